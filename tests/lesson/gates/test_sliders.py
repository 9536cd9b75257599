"""The live cell: its tables are the textbook, its links come back, and it bears bad ones."""

import base64
import json
import zlib

import numpy as np
import pytest

from lesson.gates import messages, sliders, tables
from lstm.equations import lstm_step, rnn_step
from lstm.scalar import half_life


@pytest.fixture
def setting(rng):
    """A random setting on the sliders' positions."""
    return {name: float(rng.choice(slider.range)) for name, slider in sliders.SLIDERS.items()}


def arguments(s):
    """Weights and biases as `lstm_step` takes them."""
    W = [np.array([[s[f"w_{gate}h"], s[f"w_{gate}x"]]]) for gate in "fiCo"]
    return *W, *(np.array([s[f"b_{gate}"]]) for gate in "fiCo")


def textbook(s):
    """The cell for one setting, by one plain call of the textbook."""
    return lstm_step(np.array([s["x"]]), np.array([s["h_prev"]]), np.array([s["C_prev"]]), *arguments(s))


def textbook_run(s, x):
    """Steps of the textbook, one after the other."""
    h, C, steps = np.array([s["h_prev"]]), np.array([s["C_prev"]]), []
    for x_t in x:
        steps.append(lstm_step(np.array([x_t]), h, C, *arguments(s)))
        h, C = steps[-1].h, steps[-1].C
    return steps


def agrees(whole, step, quantity):
    """Whether a number of a table is the textbook's, to half of its last digit."""
    exact = half_life(step.f).item() if quantity == "half_life" else getattr(step, quantity).item()
    scaled = min(exact * 10 ** tables.DIGITS[quantity], tables.LARGEST)
    return abs(whole - scaled) <= 0.5 + 1e-9


@pytest.mark.parametrize("name", sliders.SLIDERS)
def test_a_table_is_the_textbook_at_every_position(setting, name):
    slider = sliders.SLIDERS[name]
    table = tables.table_along(setting, slider)
    assert table.shape == (len(tables.QUANTITIES), len(slider.range))
    for position in range(0, len(slider.range), 3):
        step = textbook({**setting, name: slider.range[position]})
        for row, quantity in enumerate(tables.QUANTITIES):
            assert agrees(table[row, position], step, quantity), (quantity, position)


@pytest.mark.parametrize("name", [name for name in sliders.SLIDERS if name != "x"])
def test_curves_along_a_slider_are_runs_of_the_textbook(setting, rng, name):
    slider, x = sliders.SLIDERS[name], rng.choice(sliders.SLIDERS["x"].range, 7)
    found = tables.run_along(setting, slider, x)
    curves, at = found.curves(), found.table_of_step(5)
    assert curves.shape == (len(tables.CURVES), 7, len(slider.range))
    for position in range(0, len(slider.range), 9):
        steps = textbook_run({**setting, name: slider.range[position]}, x)
        for row, quantity in enumerate(tables.CURVES):
            for t, step in enumerate(steps):
                assert agrees(curves[row, t, position], step, quantity), (quantity, t, position)
        for row, quantity in enumerate(tables.QUANTITIES):
            assert agrees(at[row, position], steps[4], quantity), (quantity, position)
    run = found.table()
    for t, step in enumerate(textbook_run(setting, x)):
        assert all(agrees(run[row, t], step, q) for row, q in enumerate(tables.QUANTITIES))
        assert found.run().C[t] == pytest.approx(step.C[0], rel=1e-12)


def test_the_rnn_has_the_candidates_weights(setting, rng):
    x = rng.choice(sliders.SLIDERS["x"].range, 9)
    rnn = tables.rnn_along(setting, sliders.SLIDERS["b_C"], x)
    h = np.array([setting["h_prev"]])
    for t in range(9):
        W = np.array([[setting["w_Ch"], setting["w_Cx"]]])
        h = rnn_step(x[t : t + 1], h, W, np.array([setting["b_C"]])).h
        assert abs(rnn[t, sliders.SLIDERS["b_C"].position(setting["b_C"])] - 100 * h[0]) <= 0.5 + 1e-9


def test_no_setting_is_too_large_for_the_tables():
    """Hundredths in 16 bits reach to ±327; sums of a gate and a cell filled over 40 steps are far below."""
    ends = {name: slider.high for name, slider in sliders.SLIDERS.items()}
    largest = np.abs(tables.run_along(ends, sliders.SLIDERS["b_f"], np.full(40, 4.0)).table()[:-1]).max()
    assert largest < 32_000


def test_what_is_packed_is_unpacked_as_the_browser_does(setting):
    parts = [tables.table_along(setting, sliders.SLIDERS[name]) for name in ("x", "b_f")]
    planes = np.frombuffer(zlib.decompress(base64.b64decode(messages.pack(parts))), np.uint8)
    low, high = np.split(planes.astype(int), 2)
    numbers = (low | (high << 8)).astype(np.uint16).view(np.int16)
    assert numbers.tolist() == np.concatenate([part.ravel() for part in parts]).tolist()


@pytest.mark.parametrize("seed", range(5))
def test_what_travels_is_small(seed):
    """Everything open in one step, and 40 steps of noise with an RNN: well below 16 kB."""
    rng = np.random.default_rng(seed)
    setting = {name: float(rng.choice(slider.range)) for name, slider in sliders.SLIDERS.items()}
    assert (
        len(messages.pack(tables.table_along(setting, slider) for slider in sliders.SLIDERS.values()))
        < 14_000
    )
    x, slider = rng.choice(sliders.SLIDERS["x"].range, 40), sliders.SLIDERS["b_f"]
    run, rnn = tables.run_along(setting, slider, x), tables.rnn_along(setting, slider, x)
    parts = [tables.hundredths(x), run.table(), run.curves(), run.table_of_step(40), rnn]
    assert len(messages.pack(parts)) < 14_000


def test_biases_and_weights_reach_8_in_steps_of_a_quarter():
    for name, slider in sliders.SLIDERS.items():
        if name.startswith(("b_", "w_")):
            assert (slider.low, slider.high, slider.range[1] - slider.range[0]) == (-8, 8, 0.25)


def test_a_link_comes_back(setting):
    found, complaint = sliders.from_link(sliders.to_link(setting))
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
        "1_-3" + "_1" * 14,
        "1_1e9" + "_1" * 14,
        "1_" + "9" * 300 + "_1" * 14,
    ],
)
def test_a_link_of_another_kind_opens_the_start_or_the_nearest_and_says_so(text):
    setting, complaint = sliders.from_link(text)
    assert setting.keys() == sliders.SLIDERS.keys() and complaint.endswith(".")
    assert all(slider.low <= setting[name] <= slider.high for name, slider in sliders.SLIDERS.items())


def test_a_position_beyond_the_end_is_the_end():
    first, *rest = sliders.to_link(sliders.START).split("_")
    setting, complaint = sliders.from_link("_".join([first, "99999999999", *rest[1:]]))
    assert setting["x"] == sliders.SLIDERS["x"].high and "nearest" in complaint


def test_what_the_browser_sends_is_checked(setting):
    positions = sliders.positions(setting)
    sent = messages.read_message(
        {"setting": positions, "open": ["more", 3], "held": "b_i", "t": 4, "seen": 2, "turn": 9}
    )
    assert sent == (pytest.approx(setting), {"more"}, "b_i", 4, 2, 9)
    plain = messages.read_message({"setting": positions, "open": "more", "held": [], "t": -1, "seen": True})
    assert plain == (pytest.approx(setting), frozenset(), "b_f", 1, 0, 0)
    for wrong in (
        None, 7, {}, {"setting": 3}, {"setting": {**positions, "x": 1000}},
        {"setting": {**positions, "x": "1"}}, {"setting": {**positions, "x": -1}},
        {"setting": {**positions, "x": True}}, {"setting": {**positions, "x": 1.5}},
    ):  # fmt: skip
        assert messages.read_message(wrong) is None


def test_sliders_can_be_sent():
    json.dumps(sliders.SLIDERS)
