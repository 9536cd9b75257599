"""A class of visitors without browsers, to be run by hand: python -m tests.load"""
