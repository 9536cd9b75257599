"""How long a move of the pointer is awaited in the pages that follow, from what both have noted."""

import pytest

pytest.importorskip("playwright")

MOVES = [[1000, "40", "0.8"], [1100, "41", "0.9"], [1200, "40", "0.8"]]


def lags(frames):
    from tests.load.paint import lags_of

    return lags_of(MOVES, frames)


def test_a_move_is_shown_by_its_own_frame_or_by_a_later_one():
    frames = [[1150, "40", "0.8"], [1350, "40", "0.8"]]
    assert lags(frames) == pytest.approx([0.15, 0.25, 0.15])


def test_a_slider_without_its_number_has_not_been_painted():
    assert lags([[1150, "40", "0.7"], [1250, "41", "0.9"]]) == pytest.approx([0.25, 0.15])


def test_what_is_shown_before_it_was_moved_there_does_not_count():
    assert lags([[900, "40", "0.8"]]) == []
