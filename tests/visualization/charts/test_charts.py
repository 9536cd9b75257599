"""Charts: what they are given is what they draw, and what they say is what they draw."""

import itertools
import json
from types import SimpleNamespace

import numpy as np
import pytest

import visualization
from tests.visualization.contrast import luminance
from visualization.charts.gates import describe_gates
from visualization.charts.gradients import (
    describe_flow,
    gradient_frame,
    left_after,
    plot_gradient_paths,
)
from visualization.drawings.carry import describe_signal
from visualization.numbers import CEILING, decades, number, scientific
from visualization.palette import BACKGROUND, CELLS, GREY, SYMBOL_TONES

TEXT = "a b\n"


@pytest.fixture
def gates(rng):
    return {name: rng.uniform(size=(4, 6)) for name in ("f", "i", "o", "C")}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_colour_can_be_read_on_its_background(theme):
    background = luminance(BACKGROUND[theme])
    for name, tones in {**SYMBOL_TONES, **CELLS, "grey": GREY}.items():
        low, high = sorted((background, luminance(tones[theme])))
        assert (high + 0.05) / (low + 0.05) >= 4.5, name


def test_the_symbols_of_one_picture_have_different_colours():
    for picture in (("f", "i", "C_tilde", "C", "o", "h", "x"), ("z", "r", "h_tilde", "h", "x")):
        for a, b in itertools.combinations(picture, 2):
            assert SYMBOL_TONES[a] != SYMBOL_TONES[b]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_four_functions_of_the_cheatsheet_give_valid_charts(gates, theme):
    norms = np.exp(-np.arange(20.0))[::-1]
    for chart in (
        visualization.plot_gate_activations(gates, TEXT, theme),
        visualization.plot_cell_state_evolution(gates["C"], TEXT, theme),
        visualization.plot_gradient_flow_comparison(norms, norms**2, norms**3, theme),
    ):
        assert chart.to_dict()  # validated against the schema of Vega-Lite


def test_gates_are_drawn_as_mean_and_middle_half(gates):
    chart = visualization.plot_gate_activations(gates, TEXT).to_dict()
    rows = next(iter(chart["datasets"].values()))
    row = next(r for r in rows if r["symbol"] == "i" and r["step"] == 3)
    assert row["mean"] == pytest.approx(gates["i"][2].mean())
    assert (row["low"], row["high"]) == pytest.approx(tuple(np.quantile(gates["i"][2], [0.25, 0.75])))
    assert [r["character"] for r in rows if r["symbol"] == "f"] == ["a", "␣", "b", "⏎"]


def test_every_step_is_labelled_with_its_own_character(gates):
    for axis in (
        visualization.plot_gate_activations(gates, TEXT).to_dict()["layer"][0]["encoding"]["x"]["axis"],
        visualization.plot_cell_state_evolution(gates["C"], TEXT).to_dict()["encoding"]["x"]["axis"],
    ):
        letters, place = axis["labelExpr"].removesuffix("]").rsplit("[", 1)
        places = [eval(place, {"datum": SimpleNamespace(value=step)}) for step in (1, 2, 3, 4)]
        assert [json.loads(letters)[place] for place in places] == ["a", "␣", "b", "⏎"]


def test_the_table_names_what_is_unusual_along_the_text():
    gates = {
        "f": [0.9, 0.2, 0.9, 0.9, 0.9],
        "i": [0.1, 0.8, 0.1, 0.1, 0.1],
        "o": [0.5, 0.5, 0.9, 0.5, 0.5],
    }
    table = visualization.analyze_gate_patterns(gates, "abcde")
    assert table["reading"].tolist() == ["usual", "forgets, writes", "shows", "usual", "usual"]
    for name, values in zip(("forget", "input", "output"), gates.values(), strict=True):
        assert table[name].tolist() == values


def test_gates_that_never_move_are_usual():
    table = visualization.analyze_gate_patterns({"f": [0.1] * 3, "i": [0.9] * 3, "o": [0.9] * 3}, "abc")
    assert set(table["reading"]) == {"usual"}


def test_keeping_is_the_share_of_units_that_keep_half_over_ten_steps():
    f = [[0.5, 0.93, 0.94, 1.0]]
    table = visualization.analyze_gate_patterns({"f": f, "i": [[0] * 4], "o": [[0] * 4]}, "x")
    assert table["keeping"].tolist() == [sum(value**10 >= 0.5 for value in f[0]) / 4] == [0.5]


def test_columns_of_the_classroom_are_read_too(gates):
    columns = {name: [row[:, None] for row in values] for name, values in gates.items()}
    expected = visualization.analyze_gate_patterns(gates, TEXT)
    assert visualization.analyze_gate_patterns(columns, TEXT).equals(expected)


def test_steps_and_characters_must_match(gates):
    for call in (
        lambda: visualization.plot_gate_activations(gates, "abc"),
        lambda: visualization.plot_cell_state_evolution(gates["C"], "abc"),
        lambda: visualization.analyze_gate_patterns(gates, "abc"),
        lambda: visualization.analyze_gate_patterns({"f": gates["f"]}, TEXT),
        lambda: visualization.plot_gate_activations({"C": gates["C"]}, TEXT),
    ):
        with pytest.raises(ValueError):
            call()


def test_gradients_are_shares_of_what_was_put_in():
    frame = gradient_frame({"LSTM": [1.0, 2.0, 4.0], "RNN": None})
    assert frame["left"].tolist() == [1.0, 0.5, 0.25] and set(frame["end"]) == {""}
    assert gradient_frame({"x": [1.0, 2.0]}, put_in=4.0)["left"].tolist() == [0.5, 0.25]
    assert describe_flow({"RNN": [800.0, 1.0]}, 1).endswith("RNN 800.")
    assert left_after([1.0, 2.0, 4.0], 1) == 0.5 and left_after([0.0, 0.0], 1) == 0


def drawn(chart, name):
    """The rows of a curve in a chart's data; the cells' and the ghosts' are data sets of their own."""
    return [row for rows in chart["datasets"].values() for row in rows if row.get("cell") == name]


@pytest.mark.parametrize(
    ("norms", "end", "says"),
    [
        ([0.0, 0.0, 2.0, 4.0], "below", "exactly 0"),
        ([1e-50, 1e-45, 1.0, 1.0], "below", "1.0 · 10⁻⁴⁵"),
        ([np.inf, np.inf, 1.0, 1.0], "above", "more than any number"),
        ([1e60, 1e50, 1.0, 1.0], "above", "1.0 · 10⁵⁰"),
        ([0.0, 0.0, 0.0, 0.0], "below", "not a number"),
    ],
)
def test_what_no_axis_can_show_is_marked_once_and_said(norms, end, says):
    frame = gradient_frame({"LSTM": norms})
    marks = frame[frame["end"] != ""]
    assert marks["end"].tolist() == [end] and marks["says"].tolist() == [says]
    assert np.isfinite(frame["left"]).all() and (frame["left"] <= CEILING).all()
    chart = visualization.plot_gradient_flow_comparison(norms, norms, ghosts={"ghost": norms}).to_dict()
    assert "NaN" not in str(chart)
    for curve in ("LSTM", "RNN", "ghost"):
        rows = drawn(chart, curve)
        assert [row["says"] for row in rows if row["end"]] == [says]
        assert np.isfinite([row["left"] for row in rows]).all()


def test_every_curve_of_the_race_has_its_own_name():
    lstm, rnn, gru = (np.array([left, 1.0]) for left in (0.5, 0.2, 0.1))
    ghost = {"LSTM, b_f = 0": np.array([0.3, 1.0])}
    chart = visualization.plot_gradient_flow_comparison(lstm, rnn, gru, ghosts=ghost).to_dict()
    for name, left in {"LSTM": 0.5, "RNN": 0.2, "GRU": 0.1, "LSTM, b_f = 0": 0.3}.items():
        assert [row["left"] for row in drawn(chart, name) if row["back"] == 1] == [left]


def test_a_ghosts_tooltip_says_what_is_left():
    norms = np.array([0.5, 1.0])
    chart = visualization.plot_gradient_flow_comparison(norms, norms, ghosts={"ghost": norms}).to_dict()
    lines = [layer for layer in chart["layer"] if layer["mark"]["type"] == "line"]
    assert len(lines) == 2  # the cells' and the ghosts'
    for layer in lines:
        assert [tip["field"] for tip in layer["encoding"]["tooltip"]] == ["cell", "back", "left"]


def test_the_axis_goes_by_fives_of_decades():
    assert decades(np.array([1e-9, 1.0])) == (-10, 3)


def test_the_paths_are_shares_of_the_whole():
    chart = plot_gradient_paths([1.0, 2.0], [0.5, 2.0], [0.5, 0.0]).to_dict()
    rows = next(rows for rows in chart["datasets"].values() if "cell" in rows[0])
    assert {(r["cell"], r["back"]): r["left"] for r in rows if r["end"] == ""} == {
        ("whole", 0): 1.0, ("whole", 1): 0.5, ("cell-state path", 0): 1.0, ("cell-state path", 1): 0.25,
        ("through h", 1): 0.25,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "exactly 0"),
        (0.314, "0.31"),
        (2.04e-4, "2.0 · 10⁻⁴"),
        (25.0, "25"),
        (3.1e7, "3.1 · 10⁷"),
        (1.0, "1"),
        (1 - 1e-15, "1"),
        (0.9968, "0.997"),
        (1.0004, "1.0004"),
        (0.98, "0.98"),
        (1.3, "1.3"),
    ],
)
def test_numbers_are_written_for_people(value, words):
    assert scientific(value) == words


@pytest.mark.parametrize(("value", "words"), [(-0.001, "0.00"), (-1.5, "−1.50"), (0.0, "0.00"), (2, "2.00")])
def test_no_number_is_minus_zero(value, words):
    assert number(value) == words


def test_words_are_computed_from_the_numbers(gates):
    assert f"f {gates['f'].mean():.2f}, i {gates['i'].mean():.2f}" in describe_gates(gates, TEXT)
    assert "0.25" in describe_signal((np.array([0.9, 0.25]), np.array([0.9, 0.0])))
