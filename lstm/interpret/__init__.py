"""Tools above the book: what a trained network does without a gate, and which unit follows a rule."""
