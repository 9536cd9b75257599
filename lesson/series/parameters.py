"""What the address of the page *Series* says: one row for each parameter."""

from lesson.frame.parameters import Parameter

PARAMETERS: tuple[Parameter, ...] = ()
