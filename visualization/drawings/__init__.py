"""What the drawings of `assets/` are sent: whole numbers to look up, colours, and what they show in words."""
