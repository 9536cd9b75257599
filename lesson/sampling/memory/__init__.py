"""Read a network's memory, and search it for a unit that follows a rule."""
