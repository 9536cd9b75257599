"""The part *Variants*: cells that leave something out of the LSTM, or add something."""

from lesson.frame.glossary import prose


def show() -> frozenset[str]:
    """Show the part."""
    prose("This part is being built.")
    return frozenset()
