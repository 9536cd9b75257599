"""Hold gates, take out units, and see what the network does without them."""
