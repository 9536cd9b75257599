"""The part *GRU*: the GRU, drawn and live."""

from lesson.frame.glossary import prose


def show() -> frozenset[str]:
    """Show the part."""
    prose("This part is being built.")
    return frozenset()
