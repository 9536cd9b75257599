"""Tools above the book: what a training run shows, and what is wrong with it."""
