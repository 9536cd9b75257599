"""The part *Where it starts*: what a network's first weights and biases decide."""

from lesson.frame.glossary import prose


def show() -> None:
    """Show the part."""
    prose("This part is being built.")
