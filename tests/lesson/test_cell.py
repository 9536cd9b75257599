"""The live cell: its tables are the textbook, its links come back, and it bears bad ones."""

import json

import numpy as np
import pytest

from lesson import cell
from lstm.equations import lstm_step


@pytest.fixture
def setting(rng):
    """A random setting on the sliders' positions."""
    return {name: float(rng.choice(slider.range)) for name, slider in cell.SLIDERS.items()}


def textbook(s):
    """The cell for one setting, by one plain call of the textbook."""
    W = [np.array([[s[f"w_{gate}h"], s[f"w_{gate}x"]]]) for gate in "fiCo"]
    b = [np.array([s[f"b_{gate}"]]) for gate in "fiCo"]
    return lstm_step(np.array([s["x"]]), np.array([s["h_prev"]]), np.array([s["C_prev"]]), *W, *b)


@pytest.mark.parametrize("name", cell.SLIDERS)
def test_a_table_is_the_textbook_at_every_position(setting, name):
    slider = cell.SLIDERS[name]
    table = cell.table(setting, slider)
    assert table.shape == (len(cell.QUANTITIES), len(slider.range))
    for position in range(0, len(slider.range), 3):
        step = textbook({**setting, name: slider.range[position]})
        for row, quantity in enumerate(cell.QUANTITIES):
            exact = 100 * getattr(step, quantity).item()
            assert abs(table[row, position] - exact) <= 0.5 + 1e-9, (quantity, position)


def test_no_setting_is_too_large_for_the_tables():
    """Hundredths in 16 bits reach to ±327; the largest sum a gate can have is far below."""
    ends = {name: slider.high for name, slider in cell.SLIDERS.items()}
    assert max(abs(float(value)) for value in cell.values(ends).values()) < 327


def test_a_table_for_every_slider_is_small(setting):
    everything = sum(cell.table(setting, slider).nbytes for slider in cell.SLIDERS.values())
    first = [slider for slider in cell.SLIDERS.values() if slider.group in ("main", "more")]
    assert sum(cell.table(setting, slider).nbytes for slider in first) * 4 / 3 < 16_000
    assert everything < 40_000


def test_biases_and_weights_reach_8_in_steps_of_a_quarter():
    for name, slider in cell.SLIDERS.items():
        if name.startswith(("b_", "w_")):
            assert (slider.low, slider.high, slider.range[1] - slider.range[0]) == (-8, 8, 0.25)


def test_a_link_comes_back(setting):
    found, complaint = cell.parse(cell.link(setting))
    assert complaint is None
    assert found == pytest.approx(setting)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "2_" + "_".join("1" * 15),
        "1_" + "_".join("1" * 14),
        "a" * 100_000,
        "1__" * 40,
        "1_٣" + "_1" * 14,
    ],
)
def test_a_link_of_another_kind_opens_the_start_or_the_nearest_and_says_so(text):
    setting, complaint = cell.parse(text)
    assert setting.keys() == cell.SLIDERS.keys() and complaint.endswith(".")
    assert all(slider.low <= setting[name] <= slider.high for name, slider in cell.SLIDERS.items())


def test_a_position_beyond_the_end_is_the_end():
    first, *rest = cell.link(cell.START).split("_")
    setting, complaint = cell.parse("_".join([first, "99999999999", *rest[1:]]))
    assert setting["x"] == cell.SLIDERS["x"].high and "nearest" in complaint


def test_what_the_browser_sends_is_checked(setting):
    positions = {name: cell.SLIDERS[name].position(value) for name, value in setting.items()}
    assert cell.received({"sent": {"setting": positions, "open": ["more"]}}) == (
        pytest.approx(setting), {"more"},
    )  # fmt: skip
    for wrong in (
        None, 7, {}, {"sent": 3}, {"sent": {"setting": {**positions, "x": 1000}}},
        {"sent": {"setting": {**positions, "x": "1"}}}, {"sent": {"setting": {**positions, "x": -1}}},
    ):  # fmt: skip
        assert cell.received(wrong) is None


def test_the_front_end_has_no_arithmetic_of_the_cell():
    """The browser looks up and formats: no exponential, no tanh, no product of two quantities."""
    script = cell._read("cell.js")
    for forbidden in ("Math.exp", "Math.tanh", "sigmoid", "Math.pow", "**"):
        assert forbidden not in script
    json.dumps(cell.SLIDERS)  # what the page sends can be sent
