"""Numbers: what Python packs is unpacked, and what Python writes is written."""

import numpy as np
import pytest

from lesson.gates import messages, sliders, tables
from lesson.gates.tables import Run, run_tables, slider_over_time, step_tables
from lstm.scalar import scalar_rnn_run, scalar_run, scalar_step
from visualization.numbers import number, percent, superscript


def test_a_number_is_written_as_python_writes_it(run):
    whole = [*range(-1200, 1201), -32767, 32767]
    written = run(
        "shared/numbers.js", "(m, all) => all.map((n) => [m.formatNumber(n), m.formatNumber(n, 1)])", whole
    )
    assert written == [[number(n / 100), number(n / 10, 1)] for n in whole]


def test_an_exponent_is_written_as_python_writes_it(run):
    exponents = list(range(-45, 46))
    assert run("shared/numbers.js", "(m, all) => all.map(m.superscript)", exponents) == [
        superscript(e) for e in exponents
    ]


def test_a_share_is_written_as_python_writes_it(run):
    shares = [1, 49, 99, 100, 149, 151, 5149, 9949, 9951, 10000]
    written = run("reader/format.js", "(m, all) => all.map(m.percent)", shares)
    assert written == [percent(share / 10_000) for share in shares]
    assert run("reader/format.js", "(m) => m.percent(0)") == "0%"


@pytest.mark.parametrize("deflate", [True, False])
def test_what_python_packs_is_unpacked(run, deflate):
    rng = np.random.default_rng(0)
    edges = np.array(
        [0, 1, -1, 127, 128, -128, -129, 255, 256, -256, tables.LARGEST, -tables.LARGEST, -32768]
    )
    parts = {"edges": edges, "noise": rng.integers(-32768, 32768, 500), "none": edges[:0], "one": edges[3:4]}
    packed = messages.pack([part.astype("<i2") for part in parts.values()], deflate)
    unpacked = run(
        "cell/numbers.js",
        """async (m, { text, parts, deflate }) =>
            m.splitParts(deflate ? await m.unpack(text) : m.unpackPlain(text), parts)""",
        {"text": packed, "parts": [[name, len(part)] for name, part in parts.items()], "deflate": deflate},
    )
    assert unpacked == {name: part.tolist() for name, part in parts.items()}


def test_a_half_life_is_written_in_steps(run):
    tenths = [0, 7, 10, 999, 1000, 1004, 1006, 32766, tables.LARGEST]
    written = run(
        "cell/numbers.js",
        "(m, [all, most]) => all.map((n) => m.stepsText(n, most))",
        [tenths, tables.LARGEST],
    )
    assert written == [
        "0.0 steps", "0.7 steps", "1.0 steps", "99.9 steps", "100 steps", "100 steps", "101 steps",
        "3277 steps", "> 3,000",
    ]  # fmt: skip


# -- the cell's tables --

AXIS = "(m, all) => all.map((s) => Array.from({ length: s.positions }, (_, k) => m.axisLabel(s, k)))"


def browser_sliders():
    return {name: {**s._asdict(), "positions": len(s.range)} for name, s in sliders.SLIDERS.items()}


def test_the_labels_of_a_slider_are_its_values(run):
    labels = run("cell/lookup.js", AXIS, list(browser_sliders().values()))
    assert labels == [tables.hundredths(slider.range).tolist() for slider in sliders.SLIDERS.values()]


def some_setting(rng):
    return {name: float(rng.choice(slider.range)) for name, slider in sliders.SLIDERS.items()}


def browser_cell(setting, parts, **message):
    """A cell as the browser keeps it, after an answer."""
    arrays = {name: {"int16": np.ravel(part).tolist()} for name, part in parts.items()}
    positions = sliders.positions(setting)
    return {
        "sliders": browser_sliders(),
        "setting": positions,
        "values": {},
        "data": {"quantities": tables.QUANTITIES, "curveNames": tables.CURVES},
        "answer": {"setting": positions, "tables": arrays, **message},
        "t": message.get("t", 1),
    }


def whole(step):
    """The quantities of one step as the browser keeps them."""
    at_start = {name: slider.start for name, slider in sliders.SLIDERS.items()}
    names = [name for name in tables.QUANTITIES if name != "half_life"]
    assert not set(names) & set(at_start)
    return {name: int(tables.hundredths(getattr(step, name))) for name in names}


def test_one_step_is_looked_up_along_each_slider_and_nowhere_else(run):
    rng = np.random.default_rng(1)
    setting, names = some_setting(rng), ("x", "b_f", "w_Ch")
    value = browser_cell(setting, step_tables(setting, names)[0])
    moves = [(name, int(rng.integers(len(sliders.SLIDERS[name].range)))) for name in names for _ in range(4)]
    moves += [("b_i", (value["setting"]["b_i"] + 1) % 8)]  # there is no table for it
    looked_up = run(
        "cell/lookup.js",
        """(m, [cell, moves]) => moves.map(([name, position]) => {
            const moved = { ...cell, setting: { ...cell.setting, [name]: position }, values: {} }
            return [m.lookUpStep(moved), moved.values]
        })""",
        [value, moves],
    )
    for (name, position), (is_there, values) in zip(moves, looked_up, strict=True):
        assert is_there == (name in names)
        if is_there:
            moved = {**setting, name: sliders.SLIDERS[name].range[position]}
            values.pop("half_life")
            assert values == whole(scalar_step(moved))


@pytest.mark.parametrize("rnn", [False, True])
def test_a_run_is_looked_up_at_every_step_and_along_the_slider_slider_over_time(run, rnn):
    rng = np.random.default_rng(2)
    setting, x, held = some_setting(rng), rng.choice(sliders.SLIDERS["x"].range, 9), slider_over_time("b_f")
    parts, _ = run_tables(setting, held, 4, Run(x, rnn=rnn))
    value = browser_cell(setting, parts, held=held, t=4, asked=None, draw=False)
    here = value["setting"][held]
    cases = [(here, t) for t in range(1, 10)] + [((here + 9) % 60, t) for t in (1, 4, 9)]
    looked_up = run(
        "cell/lookup.js",
        """(m, [cell, held, cases]) => cases.map(([position, t]) => {
            const moved = { ...cell, setting: { ...cell.setting, [held]: position }, values: {}, t }
            const { curves, rnn } = m.lookUpRun(moved)
            return [moved.values, curves, rnn]
        })""",
        [value, held, cases],
    )
    for (position, t), (values, curves, h) in zip(cases, looked_up, strict=True):
        moved = {**setting, held: sliders.SLIDERS[held].range[position]}
        steps = scalar_run(moved, x)
        assert curves == {name: tables.hundredths(getattr(steps, name)).tolist() for name in tables.CURVES}
        assert h == (tables.hundredths(scalar_rnn_run(moved, x)).tolist() if rnn else None)
        values.pop("half_life", None)
        before = {"C": moved["C_prev"], "h": moved["h_prev"]} if t == 1 else None
        assert values["x"] == tables.hundredths(x[t - 1])
        for name in ("C", "h"):
            last = before[name] if before else getattr(steps, name)[t - 2]
            assert values[f"{name}_prev"] == tables.hundredths(last)
        exact = whole(type(steps)(*(column[t - 1] for column in steps)))
        assert {name: values[name] for name in tables.CURVES} == {name: exact[name] for name in tables.CURVES}
        if position == here or t == 4:  # sent in full
            assert {name: values[name] for name in exact} == exact


def test_a_setting_that_was_not_answered_has_no_run(run):
    setting = some_setting(np.random.default_rng(3))
    parts, _ = run_tables(setting, "b_f", 1, Run(np.ones(5)))
    value = browser_cell(setting, parts, held="b_f", t=1, asked=None, draw=False)
    value["setting"] = {**value["setting"], "b_i": (value["setting"]["b_i"] + 1) % 8}
    assert run("cell/lookup.js", "(m, cell) => m.lookUpRun(cell)", value) is None
