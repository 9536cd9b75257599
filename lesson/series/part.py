"""The page *Series*: a network that reads numbers, and what it can learn from far back."""

from lesson.frame.glossary import prose


def show() -> None:
    """Show the page."""
    prose("This page is being built.")
