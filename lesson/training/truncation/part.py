"""The part *Truncation*: where a sequence is cut, for the gradient and for the state."""

from lesson.frame.glossary import prose


def show() -> frozenset[str]:
    """Show the part."""
    prose("This part is being built.")
    return frozenset()
