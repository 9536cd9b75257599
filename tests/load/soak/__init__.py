"""An hour of coming and going, and what of it stays in the server: python -m tests.load soak [--minutes N]"""
