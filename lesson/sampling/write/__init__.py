"""Let a network write."""
