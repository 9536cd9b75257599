"""The start page: a signal that is carried along, and what a state carries."""
