"""Tools above the book: networks that read series of numbers instead of characters."""
