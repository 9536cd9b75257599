"""From numbers to pixels and words: widths, bars, curves, colours, codes of losses."""

import math
import re

import numpy as np
import pytest

from visualization.drawings import loss_codes
from visualization.drawings.expectations import Expected, expectation_codes
from visualization.drawings.heat import heat
from visualization.drawings.loss_codes import StepAxis, norm_codes, packed
from visualization.drawings.losses import Curve, loss_picture
from visualization.numbers import scientific

# -- the cell --


def test_a_wire_is_as_thick_as_its_number_is_large(run):
    widths = run(
        "cell/draw.js",
        """(m, names) => Object.fromEntries(names.map((name) =>
            [name, [0, 25, -25, 100, 200, 400, 32767].map((n) => m.thickness(name, n))]))""",
        ["f", "h", "C", "C_prev", "kept_part", "x"],
    )
    gate, state = [2.5, 4.75, 4.75, 11.5, 11.5, 11.5, 11.5], [2.5, 4.75, 4.75, 7.0, None, 11.5, 11.5]
    state[4] = 2.5 + 9 * math.sqrt(0.5)
    assert widths == {"f": gate, "h": gate, "C": state, "C_prev": state, "kept_part": state, "x": state}


def test_bars_stand_on_their_base_and_go_down_when_negative(run):
    path = run(
        "cell/chart/draw.js",
        "(m, x) => m.barsPath({ T: 4, width: 20, middle: (t) => 20 * t }, x, 50, 40, 200)",
        [200, -100, 0, 400],
    )
    bars = re.findall(r"M([\d.]+) 50h17.0v(-?[\d.]+)h-17.0z", path)
    assert bars == [("11.5", "-40.0"), ("31.5", "20.0"), ("51.5", "-0.8"), ("71.5", "-40.0")]


def test_the_axis_of_the_states_has_room_for_curves_and_target(run):
    state = {"curves": {"C": [130], "h": [-20]}, "rnn": None, "start": {"C": 10, "h": 0}, "target": None}
    target = {"low": [None, -220], "high": [290, None]}
    ranges = run(
        "cell/chart/draw.js", "(m, all) => all.map(m.statesRange)",
        [state, {**state, "rnn": [-60]}, {**state, "target": target}],
    )  # fmt: skip
    assert ranges == [[-50, 150], [-100, 150], [-250, 350]]


def test_the_bar_of_a_number_starts_at_the_left_or_in_the_middle(run):
    ends = run("vectors/fill.js", "(m, all) => all.map((one) => m.barEnds(...one))", [
        [50, 100, True], [100, 200, False], [-100, 200, False], [-300, 200, False], [900, 200, True],
    ])  # fmt: skip
    assert ends == [[0, 50], [50, 75], [25, 50], [0, 50], [0, 100]]


# -- losses --


def test_the_codes_of_what_has_no_place_are_pythons(run):
    codes = run("losses/numbers.js", "({ NAN, INFINITE, ZERO, BEYOND }) => ({ NAN, INFINITE, ZERO, BEYOND })")
    assert codes == {name: getattr(loss_codes, name) for name in codes} and len(codes) == 4


def test_a_loss_is_told_as_it_was_measured(run):
    losses = [0.0, 0.0004, 1.2345, 3.9994, math.nan, math.inf, 4.2, 57.0, 812.0, 3.1e7, 1e300]
    texts = run(
        "losses/numbers.js", "(m, all) => all.map(m.lossText)", loss_codes.loss_codes(losses, 4.0).tolist()
    )
    assert texts[:6] == ["0.000", "0.000", "1.234", "3.999", "not a number", "more than any number"]
    assert texts[6:] == ["4.2", "58", "810", "3.1 · 10⁷", "1.0 · 10³⁰⁰"]


def number_in(text):
    """The number that a text with a power of ten tells."""
    digits, _, power = text.partition(" · 10")
    return float(digits) * 10.0 ** int(power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or 0)


def test_a_norm_is_told_in_two_digits(run):
    norms = 10.0 ** np.random.default_rng(0).uniform(-39, 39, 400)
    norms[:200] = 10.0 ** np.linspace(-3.5, 3.5, 200)
    texts = run("losses/numbers.js", "(m, all) => all.map(m.normText)", norm_codes(norms).tolist())
    for text, norm in zip(texts, norms, strict=True):
        # Half a digit, and the half of a hundredth of the logarithm that it travels with.
        assert abs(number_in(text) / norm - 1) < 0.05 + 0.012, (text, norm)
        assert abs(len(text) - len(scientific(norm))) <= 2  # written alike, but for 0.3 and 0.30
    special = norm_codes([0, np.nan, np.inf]).tolist()
    texts = run("losses/numbers.js", "(m, all) => all.map(m.normText)", special)
    assert texts == ["exactly 0", "not a number", "more than any number"]


@pytest.mark.parametrize("last", [300, 70_000])
def test_a_run_is_unpacked_and_its_steps_stand_where_python_s_axis_has_them(run, last):
    step = np.unique(np.geomspace(1, last, 50).astype(int))
    loss = np.where(step % 7 == 0, np.nan, 3 / step**0.1)
    curve = Curve("run", step, loss, step[::9], loss[::9], gradient_norm=1 + 0 * loss)
    picture = loss_picture([curve], 20, last, logarithmic=True)
    unpacked, xs, ys = run(
        "losses/numbers.js losses/scales.js",
        """(m, data) => {
            const run = m.unpackRun(data.runs[0], data.x.last), at = m.scales(data, 500)
            return [run, Array.from(run.step, at.x), Array.from(run.loss, at.y)]
        }""",
        picture,
    )
    assert unpacked["step"] == step.tolist()
    assert unpacked["loss"] == loss_codes.loss_codes(loss, picture["y"]["top"] / 1000).tolist()
    assert unpacked["norm"] == norm_codes(1 + 0 * loss).tolist()
    share, right = StepAxis(float(last), True).share(step), 38  # pixels of the axis of perplexity
    np.testing.assert_allclose(xs, 44 + (500 - 44 - right) * share, atol=0.051)
    heights = 22 + 246 * (1 - 1000 * loss / picture["y"]["top"])
    assert [y == "NaN" for y in ys] == np.isnan(loss).tolist()
    np.testing.assert_allclose(np.array(ys, float), heights, atol=0.6)


def test_a_curve_has_gaps_where_nothing_is_seen_and_no_line_beyond_the_axis(run):
    code = "(m, [xs, ys, outside]) => m.curvePath(xs, ys.map((y) => y ?? NaN), (k) => outside.includes(k))"
    whole = run("losses/scales.js", code, [[1, 2, 3], [9, 8, 7], []])
    assert whole == {"d": "M1 9L2 8L3 7", "end": [3, 7]}
    assert run("losses/scales.js", code, [[1, 2, 3, 4], [9, None, 7, None], []]) == {
        "d": "M1 9M3 7",
        "end": [3, 7],
    }
    assert run("losses/scales.js", code, [[1, 2, 3, 4], [9, 8, 7, 6], [1, 2]])["d"] == "M1 9L2 8M3 7L4 6"
    assert run("losses/scales.js", code, [[], [], []]) == {"d": "", "end": None}


def test_marks_are_apart_and_the_nearest_point_is_found(run):
    points = run(
        "losses/scales.js", "(m, [xs, codes]) => m.spacedPoints(xs, xs, codes, 10)",
        [[0, 4, 9, 11, 15, 21, 40], [1, 1, 1, -5, 1, 1, 1]],
    )  # fmt: skip
    assert points == [[0, 0], [15, 15], [40, 40]]
    nearest = run(
        "losses/scales.js", "(m, all) => all.map((x) => m.nearest([0, 10, 20], x))", [-5, 4, 5, 6, 99]
    )
    assert nearest == [0, 0, 0, 1, 2]
    assert run("losses/scales.js", "(m) => m.nearest([], 3)") == -1


# -- the race --


def test_what_is_left_is_told_from_the_mantissas(run):
    mantissas = [f"{10 ** (k / 100):.1f}" for k in range(100)]
    logs = [0, -1, -30, -100, 31, 250, -3725]
    texts = run(
        "curves/curves.js",
        "(m, [all, table]) => all.map((log) => m.antilogarithm(log, table))",
        [logs, mantissas],
    )
    assert texts == ["1.0", "9.8 · 10⁻¹", "5.0 · 10⁻¹", "1.0 · 10⁻¹", "2.0", "3.2 · 10²", "5.6 · 10⁻³⁸"]


# -- the reader --


@pytest.mark.parametrize("symbol", ["f", "h", "C"])
@pytest.mark.parametrize("own_scale", [False, True])
def test_a_value_has_the_colour_that_python_chose(run, symbol, own_scale):
    rng = np.random.default_rng(4)
    values = rng.uniform(0 if symbol == "f" else -2, 1, (40, 3))
    shown = heat(values, symbol, np.arange(3), "light", own_scale)
    colours = run(
        "reader/format.js",
        "(m, [map, rows]) => rows.map((row, k) => row.map((code) => m.colourOf(code, map, k)))",
        [{"palette": shown.palette, "bounds": shown.bounds, "spans": shown.spans}, shown.codes.tolist()],
    )
    for row, (codes, found) in enumerate(zip(shown.codes, colours, strict=True)):
        if own_scale:
            start, end = shown.spans[row]
            share = np.clip((codes - start) / (end - start), 0, 1) * (len(shown.palette) - 1)
            places = np.floor(share + 0.5).astype(int)
        else:
            places = np.searchsorted(shown.bounds, codes, side="right")
        assert found == [shown.palette[k] for k in places]


def test_a_canvas_keeps_red_in_the_lowest_byte(run):
    assert run("reader/format.js", "(m) => m.pixelOf('#12ab9f')") == 0xFF9FAB12


def test_what_was_expected_is_unpacked(run):
    rng = np.random.default_rng(5)
    before, after = (rng.dirichlet(np.ones(12), 6) for _ in range(2))
    codes = expectation_codes(Expected(before, after, rng.integers(12, size=6), *rng.uniform(0, 3, (2, 6))))
    unpacked = run("reader/details.js", "(m, details) => m.unpackDetails(details)", {
        "codes": codes, "chars": ["a"], "given": "temperature 1", "each": 8,
    })  # fmt: skip
    assert {name: packed(np.array(unpacked[name], "<u2")) for name in codes} == codes
    assert (unpacked["chars"], unpacked["given"], unpacked["each"]) == (["a"], "temperature 1", 8)
