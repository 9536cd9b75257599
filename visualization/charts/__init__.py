"""Altair charts: a tidy frame in, a chart out, and what it shows in words."""
