"""Curves of gradients as numbers for the browser: those of the table behind the chart."""

import numpy as np
import pytest

from lstm.gradients import gradient_flow, random_cell, random_inputs
from visualization.charts.gradients import gradient_frame
from visualization.drawings.gradient_curves import axis_ends, curve_codes, shares_left
from visualization.numbers import decades

CURVES = {
    "vanishes": gradient_flow(random_cell("lstm", forget_bias=0.0), random_inputs(100)).dh,
    "leaves below": gradient_flow(random_cell("rnn", spectral_radius=0.1), random_inputs(100)).dh,
    "leaves above": gradient_flow(
        random_cell("rnn", spectral_radius=3.0), random_inputs(200, scale=0)
    ).dh,
    "is lost": np.array([0.0, 0.0, 0.5, 1.0]),
    "comes later": np.array([0.2, 0.5, 0.0]),
    "one step": np.ones(1),
}  # fmt: skip


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("put_in", [1.0, 2.5])
def test_a_curve_is_that_of_the_table(name, put_in):
    frame = gradient_frame({"curve": CURVES[name]}, put_in=put_in)
    points, end = frame[frame["end"] == ""], frame[(frame["end"] != "") & (frame["back"] > 0)]
    shares = shares_left(CURVES[name], put_in)
    codes = curve_codes(shares)
    assert codes.logs == np.round(100 * np.log10(points["left"].to_numpy())).astype(int).tolist()
    if end.empty:
        assert codes.end is None
    else:
        assert codes.end == {"up": end["end"].iloc[0] == "above", "says": end["says"].iloc[0]}
        assert len(codes.logs) == end["back"].iloc[0]
    assert points["back"].tolist() == list(range(codes.start, codes.start + len(codes.logs)))
    assert axis_ends([shares]) == decades(frame["left"].to_numpy())


def test_the_ends_that_are_tried_are_all_there():
    ends = {name: curve_codes(shares_left(norms)).end for name, norms in CURVES.items()}
    assert ends["vanishes"] is None and ends["leaves above"]["up"] and not ends["leaves below"]["up"]
    assert ends["is lost"]["says"] == "exactly 0"


def test_a_curve_that_begins_later_and_one_that_never_was():
    assert curve_codes(shares_left([0.2, 0.5, 0.0], 1.0)) == ([-30, -70], None, 1, "exactly 0")
    assert curve_codes(shares_left(np.zeros(3))) == ([], {"up": False, "says": "not a number"}, 0, "")


def test_an_axis_has_room_for_all_curves():
    low, high = axis_ends([np.array([1.0, 1e-12]), np.array([1.0, 1e7])])
    assert low <= -12 and high >= 7
