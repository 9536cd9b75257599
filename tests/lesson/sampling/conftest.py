"""Fixtures of the sampling page's tests."""

import pytest

from lesson.sampling import regex


@pytest.fixture(autouse=True)
def patient_search(monkeypatch):
    """Give expressions time: on a busy machine a second may pass before a process has begun."""
    monkeypatch.setattr(regex, "SECONDS", 60.0)
