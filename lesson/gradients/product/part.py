"""The part *The RNN's product*: one factor of the RNN's gradient after the other."""

from lesson.frame.glossary import prose


def show() -> None:
    """Show the part."""
    prose("This part is being built.")
