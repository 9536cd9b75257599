"""Tests of class mode's core and its server."""
