"""Tools above the book: statistics of text, for comparison with what a network wrote."""
