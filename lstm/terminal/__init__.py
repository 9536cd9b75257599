"""Tools above the book: the command line, and a training as a terminal shows it and lets it be stopped."""
