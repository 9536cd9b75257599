"""Texts at many temperatures at once: each is that of its temperature, whatever a batch rounds otherwise."""

import numpy as np
import pytest

from lstm import together
from lstm.network import LSTM
from lstm.sampling import walk
from lstm.together import Draws, walk_along

TEMPERATURES = [0, 0.05, 0.4, 0.8, 1.3, 2]
PROMPT = [3, 1, 2]


def alone(net, temperature, draws):
    return list(walk(net, PROMPT, temperature=temperature, **vars(draws)))


@pytest.mark.parametrize("cuts", [{}, {"top_k": 4}, {"top_p": 0.7}, {"top_k": 6, "top_p": 0.9}], ids=str)
def test_each_row_is_the_walk_at_its_temperature(make, cuts):
    net, draws = make(12, 33, 12), Draws(300, seed=5, **cuts)
    net.Wy *= 4  # so that something is likelier than the rest
    indices, logits = walk_along(net, PROMPT, TEMPERATURES, draws)
    assert indices.shape == (300, 6) and logits.shape == (300, 6, 12)
    for row, temperature in enumerate(TEMPERATURES):
        steps = alone(net, temperature, draws)
        assert indices[:, row].tolist() == [step.index for step in steps]
        np.testing.assert_allclose(logits[:, row], [step.logits for step in steps], atol=1e-4)


def test_two_layers_are_walked_too():
    net, draws = LSTM(12, 9, 12, seed=2, layers=2), Draws(60, seed=1)
    indices, _ = walk_along(net, PROMPT, TEMPERATURES, draws)
    for row, temperature in enumerate(TEMPERATURES):
        assert indices[:, row].tolist() == [step.index for step in alone(net, temperature, draws)]


def test_rows_whose_draw_is_too_close_to_be_sure_are_written_by_themselves(make, monkeypatch):
    net, draws = make(12, 33, 12), Draws(50, seed=5)
    net.Wy, net.by = 0, 0  # without noise all characters are equal
    rows = []
    monkeypatch.setattr(
        together, "walk", lambda *a, **how: rows.append(how["temperature"]) or walk(*a, **how)
    )
    walk_along(net, PROMPT, [0, 1.0], draws)
    assert 0 in rows


def test_huge_weights_write_what_they_write_alone(make):
    net, draws = make(5, 8, 5), Draws(30, seed=5)
    net.weights.flat[:] *= 1e30
    with np.errstate(all="ignore"):
        indices, _ = walk_along(net, PROMPT, TEMPERATURES, draws)
        for row, temperature in enumerate(TEMPERATURES):
            assert indices[:, row].tolist() == [step.index for step in alone(net, temperature, draws)]
