"""Tools above the book: remember the first symbol of a long sequence."""
