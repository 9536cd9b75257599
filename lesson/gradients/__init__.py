"""The gradients page: what is left of an error after many steps back."""
