"""The part *Fill the gaps*: a network that reads backwards, and both together."""

from lesson.frame.glossary import prose


def show() -> None:
    """Show the part."""
    prose("This part is being built.")
