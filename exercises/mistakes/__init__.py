"""Typical mistakes, where an exercise has many; the number at a file's end is the exercise's."""
