"""Worksheets for printing, and their answer keys: a page's drawing, calculations by hand and questions."""
