"""Clamp gates, ablate units, and see what the network does without them."""
