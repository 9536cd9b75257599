"""The start page: the belt, and what a state carries."""
