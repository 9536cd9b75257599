"""The page To PyTorch: the same weights in another library's order, and networks that come from there."""
