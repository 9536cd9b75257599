"""Fixtures of the lessons' tests."""

import pytest


@pytest.fixture(autouse=True)
def without_entries(monkeypatch):
    """Pages in words alone: the links behind their terms are what tests/pages/test_every_view.py is for."""
    monkeypatch.setattr("lesson.frame.glossary.gloss", lambda text: text)
