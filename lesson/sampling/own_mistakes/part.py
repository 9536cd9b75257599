"""The part *Its own mistakes*: what one wrong character costs at the next ones."""

from lesson.frame.glossary import prose


def show() -> None:
    """Show the part."""
    prose("This part is being built.")
