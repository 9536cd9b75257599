"""The gates page: one cell that is moved, over one step, over time and as vectors."""
