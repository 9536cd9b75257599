"""Which units carry an error: the map's codes are logarithms in hundredths, the best unit on top."""

import numpy as np
import pytest

from visualization.drawings.gradient_units import carrying_order, unit_heat
from visualization.palette import BACKGROUND, colour


def test_the_unit_that_carries_most_stands_on_top(rng):
    units = rng.uniform(1e-9, 1e-8, (6, 4))
    units[:, 2] = -0.5
    order = carrying_order(units)
    assert order[0] == 2 and sorted(order) == [0, 1, 2, 3]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_codes_are_hundredths_of_the_logarithm_of_what_is_left(theme):
    units = np.array([[1e-20, 0.0], [3e-4, -2e-6], [3.0, 4.0]])  # (T, H); 5 was put in
    shown = unit_heat(units, [1, 0], theme)
    assert shown.codes.tolist() == [[-1200, -640, -10], [-1200, -422, -22]]
    colours = [shown.palette[np.searchsorted(shown.bounds, code, side="right")] for code in (-1200, 0)]
    assert colours == [BACKGROUND[theme], colour("C", theme)]
