"""Widgets, drawings and shared data that two or more rooms use."""
