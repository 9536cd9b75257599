"""What the address of the exercises page says: nothing."""

from lesson.frame.parameters import Parameter

PARAMETERS: tuple[Parameter, ...] = ()
