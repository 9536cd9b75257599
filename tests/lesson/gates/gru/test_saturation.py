"""A count that saturates: h is 1 − zⁿ, and the words say how many pulses can be told apart."""

import re

import numpy as np
import pytest

from lesson.frame.query import Query
from lesson.gates.gru import saturation
from lesson.gates.gru.saturation import APART, PULSES, best, counts_apart, distances, pulse_run
from lesson.gates.parameters import GRU_PULSES
from lstm.equations import sigmoid

GRID = np.array(GRU_PULSES.grid)
H = pulse_run(GRID).h


def test_h_after_n_pulses_is_1_minus_z_to_the_n():
    n = np.arange(1, PULSES + 1)[:, None]
    np.testing.assert_allclose(H, 1 - sigmoid(GRID) ** n, atol=1e-6)


def test_as_many_are_counted_as_are_apart_from_the_one_before():
    counted = counts_apart(H)
    for p in range(len(GRID)):
        steps, n = np.diff([0.0, *H[:, p]]), 0
        while n < PULSES and steps[n] >= APART:
            n += 1
        assert counted[p] == n
    assert counted.max() < PULSES  # so that the picture shows where it ends
    assert distances(H).shape == H.shape


def test_the_best_bias_is_the_best_of_all():
    most, biases = best()
    assert (most, biases) == (7, [1.5, 1.75, 2.0, 2.25])
    fine = np.linspace(-2, 6, 4001)
    assert counts_apart(pulse_run(fine).h).max() == most
    assert biases == GRID[counts_apart(H) == most].tolist()
    assert biases == [b for b in GRU_PULSES.grid if biases[0] <= b <= biases[-1]]  # "from … to …"


@pytest.mark.parametrize("p", range(len(GRID)))
def test_every_sentence_is_true_of_its_numbers(p):
    frame = saturation.saturation(Query({GRU_PULSES.name: GRU_PULSES.address_values[p]}))["frames"][0]
    words, moved, n = frame["words"], np.diff([0.0, *H[:, p]]), frame["counted"]
    share, z = re.search(r"takes h (\d\.\d{3}) of .* since z = (\d\.\d{3})\.", words).groups()
    assert float(z) == pytest.approx(sigmoid(GRID[p]), abs=0.000501)
    assert float(share) == pytest.approx(1 - sigmoid(GRID[p]), abs=0.000501)
    assert 0 < float(share) < 1 and 0 < float(z) < 1  # never rounded to a whole number
    if n == 0:
        only = re.search(r"Even the first pulse moves h by only (\d\.\d{3,}), less than 0\.05", words)[1]
        assert float(only) == pytest.approx(moved[0], abs=0.000501) and float(only) < APART
        return
    following, by = re.search(r"pulse (\d+) moves it by only (\d\.\d{3,})\.", words).groups()
    assert int(following) == n + 1 and float(by) == pytest.approx(moved[n], abs=0.000501)
    assert 0 < float(by) < APART <= moved[n - 1]
    assert (f"pulses 1 to {n} each move" if n > 1 else "only the first pulse moves") in words
    assert f"can count <b>{n} pulse{'s' if n > 1 else ''}</b>, no more" in words
    assert f"{n} of these steps are 0.05 or more" in frame["alt"]


def test_along_the_slider_every_frame_is_that_of_its_position():
    along = saturation.saturation(Query({"along": GRU_PULSES.name}))
    assert [frame["at"] for frame in along["frames"]] == list(range(len(GRID)))
    assert along["common"]["apart"] == counts_apart(H).tolist()
    alone = saturation.saturation(Query({GRU_PULSES.name: "1.5"}))
    assert alone["frames"][0] == along["frames"][GRU_PULSES.grid.index(1.5)]
    C = along["common"]["C"]
    assert all(0.9 < (after - before) / 100 < 1.1 for before, after in zip([0, *C], C, strict=False))
