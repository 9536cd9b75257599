"""The README's figures, measured and written by one command: python -m tests.figures"""
