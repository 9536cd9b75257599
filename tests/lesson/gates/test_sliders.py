"""The live cell: its tables are the textbook, its links come back, and it bears bad ones."""

import json

import numpy as np
import pytest

from lesson.frame.query import Query, QueryError
from lesson.gates import sliders, tables
from lstm.equations import lstm_step, rnn_step
from lstm.scalar import half_life
from visualization.numbers import number, steps


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
    if quantity != "half_life":
        return abs(whole - 100 * getattr(step, quantity).item()) <= 0.5 + 1e-9
    exact = half_life(step.f).item()
    if exact > tables.LONGEST_LIFE:
        return whole == tables.LARGEST
    return abs(whole - 10 * exact) <= (5 if exact >= 99.95 else 0.5) + 1e-9


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
def test_a_run_along_a_slider_is_the_textbook_at_every_step(setting, rng, name):
    slider, x = sliders.SLIDERS[name], rng.choice(sliders.SLIDERS["x"].range, 7)
    along = tables.run_along(setting, slider, x)
    assert along.quantities.shape == (len(tables.QUANTITIES), 7, len(slider.range)) and along.rnn is None
    np.testing.assert_array_equal(along.x, 100 * x)
    for position in range(0, len(slider.range), 9):
        for t, step in enumerate(textbook_run({**setting, name: slider.range[position]}, x)):
            for row, quantity in enumerate(tables.QUANTITIES):
                assert agrees(along.quantities[row, t, position], step, quantity), (quantity, t, position)


def test_the_rnn_has_the_candidates_weights(setting, rng):
    x, slider = rng.choice(sliders.SLIDERS["x"].range, 9), sliders.SLIDERS["b_C"]
    rnn = tables.run_along(setting, slider, x, rnn=True).rnn
    for position in range(0, len(slider.range), 16):
        h = np.array([setting["h_prev"]])
        for t in range(9):
            W = np.array([[setting["w_Ch"], setting["w_Cx"]]])
            h = rnn_step(x[t : t + 1], h, W, slider.range[position : position + 1]).h
            assert abs(rnn[t, position] - 100 * h[0]) <= 0.5 + 1e-9


def test_no_setting_is_too_large_for_the_tables():
    """Hundredths in 16 bits reach to ±327; sums of a gate and a cell filled over 40 steps are far below."""
    ends = {name: slider.high for name, slider in sliders.SLIDERS.items()}
    table = tables.run_along(ends, sliders.SLIDERS["b_f"], np.full(40, 4.0)).quantities
    assert np.abs(table[:-1]).max() < 32_000


@pytest.mark.parametrize("life", [0.04, 0.05, 2.25, 99.94, 99.96, 100.46, 100.54, 2999.7, 3000.4])
def test_a_half_life_travels_as_it_is_written(life):
    tenths = int(tables._tenths(np.array(life)))
    written = f"{tenths / 10:,.0f}" if tenths >= 1000 else number(tenths / 10, 1)
    said = {tables.LARGEST: "more than 3,000 steps", 0: "less than 0.1 steps"}.get(tenths, f"{written} steps")
    assert said == steps(life)


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


# -- questions --


def test_a_question_names_a_setting_as_a_link_does(setting):
    assert sliders.setting_of_query(Query({"cell": sliders.to_link(setting)})) == pytest.approx(setting)
    assert sliders.setting_of_query(Query({})) == sliders.START


@pytest.mark.parametrize(
    "text", ["", "1", "1_99999" + "_1" * 14, "2" + "_1" * 15, "1" + "_1" * 16, "1" + "_x" * 15]
)
def test_a_question_about_no_setting_of_the_cell_is_refused(text):
    with pytest.raises(QueryError, match=r"^cell is .*\.$"):
        sliders.setting_of_query(Query({"cell": text}))


@pytest.mark.parametrize(("name", "over_time"), [("y", False), ("", False), ("x", True), ("b_f ", True)])
def test_a_question_along_no_slider_is_refused(name, over_time):
    with pytest.raises(QueryError, match=r"^along is .*\.$"):
        sliders.slider_of_query(Query({"along": name}), over_time)


def test_sliders_can_be_sent():
    json.dumps(sliders.SLIDERS)
