"""A lesson as its plan has it, played in real browsers: python -m tests.played."""
