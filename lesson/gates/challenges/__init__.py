"""Six challenges that check themselves."""
