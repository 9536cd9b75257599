"""Tools above the book: checkpoints and histories, written and read safely."""
