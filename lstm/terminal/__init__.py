"""Tools above the book: a training as a command shows it and lets it be stopped."""
