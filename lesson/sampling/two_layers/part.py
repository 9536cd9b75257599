"""The part *Two layers*: what the second layer knows that the first does not."""

from lesson.frame.glossary import prose


def show() -> None:
    """Show the part."""
    prose("This part is being built.")
