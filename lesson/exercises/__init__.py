"""The exercises page: downloads."""
