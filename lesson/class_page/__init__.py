"""The page Class: a room for a lesson, for whoever leads it."""
