"""Numbers: what Python packs is unpacked, and what Python writes is written."""

import numpy as np
import pytest

from lesson.frame.query import Query
from lesson.gates import input_presets, sliders, tables
from lesson.gates.answers import run as run_of
from lesson.gates.answers import step
from lesson.gates.cell_contents import PRESETS
from lesson.gates.views import ONE_STEP
from lstm.scalar import half_life, scalar_rnn_run, scalar_run, scalar_step
from visualization.numbers import number, percent, steps, superscript


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


def test_what_python_packs_is_unpacked(run):
    edges = [0, 1, -1, 127, 128, -128, -129, 255, 256, -256, tables.LARGEST, -tables.LARGEST, -32768]
    noise = np.random.default_rng(0).integers(-32768, 32768, 500).tolist()
    for numbers in (edges, noise, [], [7]):
        packed = tables.packed(np.array(numbers, "<i2"))
        assert run("shared/numbers.js", "(m, text) => Array.from(m.decodeInt16(text))", packed) == numbers


def test_a_half_life_is_written_in_steps(run):
    tenths = [0, 7, 10, 999, 1000, 1004, 1006, 32766, tables.LARGEST]
    written = run(
        "cell/numbers.js",
        "(m, [all, most]) => all.map((n) => m.stepsText(n, most))",
        [tenths, tables.LARGEST],
    )
    assert written == [
        "< 0.1 steps", "0.7 steps", "1.0 steps", "99.9 steps", "100 steps", "100 steps", "101 steps",
        "3,277 steps", "> 3,000",
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


def browser_cell(setting, along, answer, **more):
    """A cell as the browser keeps it, with what was answered; more: what was asked besides."""
    asked = {"cell": sliders.to_link(setting), "along": along, **more}
    return {
        "sliders": browser_sliders(),
        "positions": sliders.positions(setting),
        "values": {},
        "fixed": {"version": "1", "quantities": tables.QUANTITIES, "curveNames": tables.CURVES},
        "data": {"sliders": list(browser_sliders().values()), "controls": [], "challenge": None},
        "challenge": None,
        "input": more,
        "inHand": along,
        "t": 1,
        "received": answer,
        "query": asked,
    }


# Take an answer, then look where each slider and step is moved.
LOOK_UP = """(m, [cell, moves]) => moves.map(({ name, position, t = 1 }) => {
    const moved = { ...cell, positions: { ...cell.positions }, values: {}, t }
    moved.answer = m.unpackAnswer(moved, cell.received, cell.query)
    moved.positions[name] = position
    const run = cell.received.x ? m.lookUpRun(moved, moved.answer) : m.lookUpStep(moved, moved.answer)
    return [m.isFresh(moved), moved.values, run?.curves, run?.rnn]
})"""


def whole(step):
    """The quantities of one step as the browser keeps them."""
    names = [name for name in tables.QUANTITIES if name != "half_life"]
    return {name: int(tables.hundredths(getattr(step, name))) for name in names}


@pytest.mark.parametrize("along", ["x", "b_f", "h_prev", "w_Ch"])
def test_one_step_is_looked_up_along_its_slider_and_nowhere_else(run, along):
    setting = some_setting(np.random.default_rng(1))
    cell = browser_cell(setting, along, step(Query({"cell": sliders.to_link(setting), "along": along})))
    moves = [{"name": along, "position": k} for k in range(len(sliders.SLIDERS[along].range))]
    moves.append({"name": "b_i", "position": (cell["positions"]["b_i"] + 1) % 8})  # there is no table for it
    *found, other = run("cell/lookup.js", LOOK_UP, [cell, moves])
    assert other[0] is False
    for position, (is_fresh, values, *_) in enumerate(found):
        moved = {**setting, along: sliders.SLIDERS[along].range[position]}
        values.pop("half_life")
        assert is_fresh and values == whole(scalar_step(moved))


@pytest.mark.parametrize("rnn", ["false", "true"])
def test_a_run_is_looked_up_at_every_step_and_along_its_slider(run, rnn):
    setting, along = some_setting(np.random.default_rng(2)), "b_f"
    asked = {"input": "noise", "steps": "9", "noise": "3", "rnn": rnn}
    answer = run_of(Query({"cell": sliders.to_link(setting), "along": along, **asked}))
    x, cell = input_presets.preset("noise", 9, 3), browser_cell(setting, along, answer, **asked)
    moves = [{"name": along, "position": p, "t": t} for p in (0, 31, 64) for t in range(1, 10)]
    for move, (is_fresh, values, curves, h) in zip(
        moves, run("cell/lookup.js", LOOK_UP, [cell, moves]), strict=True
    ):
        moved = {**setting, along: sliders.SLIDERS[along].range[move["position"]]}
        values_of, t = scalar_run(moved, x), move["t"] - 1
        assert is_fresh and values.pop("half_life") >= 0
        assert curves == {
            name: tables.hundredths(getattr(values_of, name)).tolist() for name in tables.CURVES
        }
        hidden = tables.hundredths(scalar_rnn_run(moved, x)).tolist()
        assert h == (hidden if rnn == "true" else None)
        before = {f"{n}_prev": getattr(values_of, n)[t - 1] if t else moved[f"{n}_prev"] for n in ("C", "h")}
        expected = whole(type(values_of)(*(column[t] for column in values_of)))
        expected |= {name: int(tables.hundredths(value)) for name, value in {**before, "x": x[t]}.items()}
        assert values == expected | ({"rnn": hidden[t]} if rnn == "true" else {})


@pytest.mark.parametrize(("name", "value"), [("steps", "10"), ("input", "step"), ("rnn", "true")])
def test_a_run_along_another_input_is_not_taken_for_this_one(run, name, value):
    asked = {"input": "noise", "steps": "9", "noise": "3", "rnn": "false"}
    answer = run_of(Query({"cell": sliders.to_link(sliders.START), "along": "b_f", **asked}))
    cell = browser_cell(sliders.START, "b_f", answer, **asked)
    cell["input"] = {**asked, name: value}
    ((is_fresh, *_),) = run("cell/lookup.js", LOOK_UP, [cell, [{"name": "b_f", "position": 3}]])
    assert not is_fresh


def test_the_gaps_of_the_words_are_filled_with_the_numbers_of_the_textbook(run):
    for seed in range(5):
        setting = some_setting(np.random.default_rng(seed))
        table = tables.table_along(setting, sliders.SLIDERS["x"])
        column = table[:, sliders.SLIDERS["x"].position(setting["x"])].tolist()
        values = dict(zip(tables.QUANTITIES, column, strict=True)) | {
            "C_prev": round(100 * setting["C_prev"])
        }
        exact = scalar_step(setting)
        texts = {name: number(getattr(exact, name)) for name in tables.QUANTITIES[:-1]}
        texts |= {"C_prev": number(setting["C_prev"]), "half_life": steps(half_life(exact.f)), "t": "7"}
        words = f"{{t}} {ONE_STEP.words}"
        code = f"(m, [words, values]) => m.fillWords(words, values, 7, {tables.LARGEST})"
        assert run("cell/numbers.js", code, [words, values]) == words.format(**texts)


def test_a_question_goes_on_with_what_can_be_read(run):
    cell = browser_cell(sliders.START, "b_f", {}, input="my own", values="1 spam", rnn="true")
    cell |= {"refusedValues": "1 spam", "readableInput": {"input": "pulse", "steps": "20", "rnn": "false"}}
    asked = run("cell/question.js", "(m, cell) => m.question(cell)", cell)
    link = sliders.to_link(sliders.START)
    assert asked == {"cell": link, "along": "b_f", "input": "pulse", "steps": "20", "rnn": "true"}
    cell["refusedValues"] = None
    assert run("cell/question.js", "(m, cell) => m.question(cell)", cell)["values"] == "1 spam"


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_a_lesson_goes_when_another_slider_moves(run, preset):
    positions = sliders.positions(preset.setting)
    code = "(m, [preset, all]) => all.map((positions) => m.isTrueOf(preset, positions))"
    moved = [
        {**positions, slider: positions[slider] + (1 if positions[slider] == 0 else -1)}
        for slider in positions
    ]
    data = {"setting": positions, "free": preset.free}
    assert run("cell/lookup.js", code, [data, moved]) == [slider in preset.free for slider in positions]
