"""Runs that learn a series of numbers, as the worker does them."""
