"""Trainings that go wrong, each with a cure."""
