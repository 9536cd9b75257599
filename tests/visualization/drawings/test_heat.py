"""Heat maps: exact hundredths, colours that can be told apart, an order in which structure shows."""

import numpy as np
import pytest

from visualization.drawings.heat import describe_units, heat, shade_indices, unit_order
from visualization.palette import BACKGROUND, colour
from visualization.shades import shades

RNG = np.random.default_rng(1)


def colour_of(map_, value):
    """As the browser looks it up."""
    return map_.palette[np.searchsorted(map_.bounds, round(100 * value), side="right")]


def test_codes_are_hundredths_in_the_order_of_the_units():
    values = RNG.normal(size=(7, 3)) * 50
    map_ = heat(values, "C", [2, 0, 1], "light")
    np.testing.assert_array_equal(map_.codes, np.rint(100 * values).T[[2, 0, 1]])


def test_what_is_too_large_to_be_sent_is_sent_as_the_largest():
    assert heat([[1e9], [-np.inf]], "C", [0], "light").codes.tolist() == [[32767, -32767]]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_gate_goes_from_the_pages_colour_to_its_own_in_hundredths(theme):
    map_ = heat(np.linspace(0, 1, 101)[:, None], "f", [0], theme)
    assert colour_of(map_, 0) == BACKGROUND[theme] and colour_of(map_, 1) == colour("f", theme)
    assert len({colour_of(map_, k / 100) for k in range(101)}) > 95


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("symbol", ["C", "C̃", "h", "h̃"])
def test_zero_is_the_pages_colour_and_both_ends_are_others(symbol, theme):
    map_ = heat(np.zeros((2, 1)), symbol, [0], theme)
    assert colour_of(map_, 0) == BACKGROUND[theme]
    ends = {colour_of(map_, -5), colour_of(map_, 5), BACKGROUND[theme]}
    assert len(ends) == 3 and ends >= {shades(symbol, theme)[0], shades(symbol, theme)[-1]}


def test_the_colour_of_C_is_that_of_its_tanh():
    of_C, of_h = (heat(np.zeros((2, 1)), symbol, [0], "light") for symbol in ("C", "h"))
    for C in (-2.0, -0.7, 0.3, 1.1):
        places = [
            np.searchsorted(m.bounds, 100 * v, side="right") for m, v in ((of_C, C), (of_h, np.tanh(C)))
        ]
        assert abs(places[0] - places[1]) <= 1


def test_units_that_move_together_stand_together():
    t = np.linspace(0, 20, 200)
    kinds = [np.sin(t), np.cos(3 * t), np.sign(np.sin(0.7 * t))]
    which = RNG.permutation(np.repeat(np.arange(3), 5))
    states = np.stack([kinds[k] for k in which], axis=1) + 0.1 * RNG.normal(size=(200, 15))
    ordered = which[unit_order(states)]
    assert (np.diff(ordered) != 0).sum() == 2


def test_every_order_has_every_unit_once_even_of_units_that_never_move():
    for states in (np.zeros((5, 4)), RNG.normal(size=(5, 2)), RNG.normal(size=(30, 40))):
        for how in ("similar units together", "by mean", "by number"):
            assert sorted(unit_order(states, how)) == list(range(states.shape[1]))
    assert unit_order([[1, 3, 2]], "by mean").tolist() == [1, 2, 0]


def test_a_unit_is_described_by_what_it_is_high_and_low_after():
    text = "a\na\na\nb"
    _, words = describe_units(np.array([[0] * 7, [1, -1, 1, -1, 1, -1, 5]]).T, text, "C")
    assert words.startswith("Unit 1 of C: mean 0.71, from −1.00 to 5.00.")
    assert (
        "highest after ‘a’ 1.00" in words and "lowest after a new line −1.00" in words and "‘b’" not in words
    )


def test_with_a_scale_of_its_own_each_unit_goes_through_all_colours():
    values = np.stack([np.linspace(50, 52, 101), np.linspace(-0.3, 0.3, 101), np.full(101, 7.0)], axis=1)
    map_ = heat(values, "C", [2, 0, 1], "light", own_scale=True)
    assert map_.spans == [(698, 702), (5004, 5196), (-29, 29)]
    np.testing.assert_array_equal(map_.codes[1], np.rint(100 * values[:, 0]))  # the numbers are as ever


def test_shades_are_the_places_of_the_colours():
    values = np.array([[-9.0, 0, 1], [0.004, 0.5, 9]]).T
    map_ = heat(values, "h", [0, 1], "light")
    shades, last = shade_indices(map_.codes, map_), len(map_.palette) - 1
    assert shades.dtype == np.uint8 and shades[0].tolist() == [0, last // 2, last]
    assert shades[1][0] == last // 2 < shades[1][1] < shades[1][2] == last
    own = heat(values, "h", [0, 1], "light", own_scale=True)
    (low, high), shades = own.spans[0], shade_indices(own.codes, own)
    assert shades[0].tolist() == [0, np.floor(-low / (high - low) * last + 0.5), last]
