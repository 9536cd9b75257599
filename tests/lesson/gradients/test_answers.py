"""The answers of the gradients page: what is drawn and said at a position is what was computed for it."""

import base64
import json
import re
from itertools import product

import numpy as np
import pytest

from lesson.frame.parameters import address_value
from lesson.frame.query import Query, QueryError
from lesson.gradients.answers import ANSWERS as CURVES
from lesson.gradients.explosion.answers import ANSWERS as EXPLOSION
from lesson.gradients.flows import Setup, best_carrier, digits, halvings, paths, runners, updates
from lesson.gradients.parameters import EXPLOSION_RADIUS
from lesson.gradients.ranges import SETTING_OF
from lesson.gradients.sentences import half_life_cards
from lesson.widgets.inline_html import inline_html
from tests.tiers import first_fast
from visualization.charts.gradients import PATHS, describe_flow
from visualization.drawings.gradient_units import carrying_order
from visualization.numbers import number, scientific, steps

ANSWERS = CURVES | EXPLOSION

LARGEST = 60_000  # bytes of an answer along a slider, at the page's start


def answer(name, **values):
    """The answer as the browser has it."""
    return json.loads(ANSWERS[f"gradients/{name}"].reply(Query(values)))


def frames_of(reply):
    """Each frame as it is drawn: with what all have in common."""
    return [{**reply["common"], **frame} for frame in reply["frames"]]


def assert_drawn(curve, shares):
    """Whether a curve that is drawn has these shares, (T,), to the hundredth of its logarithm."""
    first = curve["start"]
    logs = 100 * np.log10(shares[first : first + len(curve["logs"])])
    np.testing.assert_allclose(curve["logs"], logs, atol=0.5 + 1e-6)
    assert (curve["end"] is None) == (first + len(curve["logs"]) == len(shares))


@pytest.mark.parametrize("control", SETTING_OF, ids=lambda control: control.name)
def test_the_race_at_every_position_is_that_of_its_setting(control):
    base = {"T": "30", "H": "16", "seed": "4", "gradient_of": "∂L/∂C", "radius": "1.5", "bf": "2"}
    setup = Setup(T=30, H=16, seed=4, measured="C", radius=1.5, forget_bias=2)
    reply = answer("race", **base, along=control.name)
    assert len(reply["frames"]) == len(control.grid)
    for value, frame in list(zip(control.grid, frames_of(reply), strict=True))[::5]:
        here = setup._replace(**{SETTING_OF[control]: value})
        curves = {**frame["still"], **frame["moving"]}
        norms = {name: of.norms(of.flow(kind)) for name, (kind, of) in runners(here).items()}
        for name, of_runner in norms.items():
            assert_drawn(curves[name], (of_runner / of_runner[-1])[::-1])
        named = {"LSTM (∂L/∂C)": "LSTM", "GRU (∂L/∂h)": "GRU", "RNN (∂L/∂h)": "RNN"}
        words = describe_flow({name: norms[cell] for name, cell in named.items()}, 29)
        assert frame["alt"] == words and frame["words"].startswith(f"<b>{words}</b> One untrained network")
        assert f"RNN with radius {here.radius:g}, GRU" in frame["words"]
        flow = here.flow("lstm")
        left = paths(flow)
        (half_lives,) = halvings(flow, left, left.whole)
        assert frame["cards"] == half_life_cards(half_lives, here)
        assert frame["cards"][:2] == [
            f"{here.forget_bias:g} → {number(half_lives.f, 3)}",
            steps(half_lives.half_life),
        ]
        assert scientific(left.alone[0] / left.alone[-1]) in frame["verdicts"][0]
        assert scientific(left.whole[0] / left.whole[-1]) in frame["verdicts"][1]
        single = frames_of(answer("race", **base | {control.name: address_value(value)}))[0] | {
            key: frame[key] for key in ("moving", "still", "range")
        }
        assert single == frame


@pytest.mark.parametrize(
    ("along", "moving"),
    [
        ("bf", {"LSTM"}), ("radius", {"RNN"}), ("bz", {"GRU"}),
        ("scale", {"LSTM", "GRU", "RNN", "LSTM, b_f = 0", "LSTM, b_f = 3"}),
    ],
)  # fmt: skip
def test_only_what_a_slider_changes_is_along_it_and_the_axis_has_room_for_all(along, moving):
    reply = answer("race", along=along)
    assert all(set(frame["moving"]) == moving for frame in reply["frames"])
    assert ("cards" in reply["common"]) == ("LSTM" not in moving)
    low, high = reply["common"]["range"]
    assert all(low <= frame["axes"][0] and frame["axes"][1] <= high for frame in reply["frames"])
    if along != "scale":
        assert len(ANSWERS["gradients/race"].reply(Query({"along": along}))) <= LARGEST


ENDS = [(True, "5", "16"), (False, "200", "128"), *product((True, False), ("5", "200"), ("16", "128"))]


@pytest.mark.parametrize(("low", "T", "H"), first_fast(2, dict.fromkeys(ENDS)))
def test_the_race_bears_every_control_at_its_ends(low, T, H):
    values = {control.name: address_value(control.low if low else control.high) for control in SETTING_OF}
    reply = answer("race", T=T, H=H, gradient_of="∂L/∂h" if low else "∂L/∂C", **values)
    frame = frames_of(reply)[0]
    assert "nan" not in json.dumps(frame).lower() and "not a number" not in json.dumps(frame)
    for curve in frame["moving"].values():
        assert all(-4000 <= log <= 4000 for log in curve["logs"])
        assert curve["end"] is None or curve["end"]["says"]


@pytest.mark.parametrize("along", ["", "bf", "scale"])
def test_both_paths_are_shares_of_the_whole(along):
    reply = answer("paths", T="60", bf="1", scale="0.5", along=along)
    frame = frames_of(reply)[{"": 0, "bf": 4, "scale": 5}[along]]
    norms = paths(Setup(T=60).flow("lstm"))
    for name, one in zip(PATHS, norms, strict=True):
        assert_drawn(frame["moving"][name], (one / norms.whole[-1])[::-1])
    whole, alone = (scientific(one[-51] / norms.whole[-1]) for one in norms[:2])
    assert (
        f"50 steps back ∂L/∂C is {whole} times as long as at the last step. Along the cell-state path alone "
        f"it would be {alone} times as long." in frame["alt"]
    )


@pytest.mark.parametrize(("cell", "gate"), [("LSTM", "f"), ("GRU", "z"), ("RNN", "")])
def test_the_units_that_carry_most_are_on_top_with_their_gate(cell, gate):
    reply = answer("units", T="25", H="16", bz="2", flow_cell=cell)
    flow = Setup(T=25, H=16, update_bias=2).flow(cell.lower())
    order = carrying_order(flow.dh_units)
    assert reply["units"] == order.tolist()
    unit, most = best_carrier(flow)
    assert (
        f"24 steps back the largest absolute value in ∂L/∂h is {scientific(most)}, at unit {unit}."
        in (reply["words"])
    )
    maps = {one["symbol"]: np.frombuffer(base64.b64decode(one["codes"]), "<i2") for one in reply["maps"]}
    assert list(maps) == (["size", gate] if gate else ["size"])
    logs = 100 * np.log10(np.abs(flow.dh_units[::-1, order].T) / np.linalg.norm(flow.dh_units[-1]))
    np.testing.assert_allclose(maps["size"].reshape(16, 25), np.maximum(logs, -1200), atol=0.51)
    if gate:
        expected = 100 * flow.gates[gate][::-1, order].T
        np.testing.assert_allclose(maps[gate].reshape(16, 25), expected, atol=0.51)


def test_the_gradient_agrees_with_a_finite_difference():
    reply = answer("units", T="40", bf="2")
    shown = int(re.search(r"finite difference to (\d+) digits", reply["digits"])[1])
    assert shown == round(digits(Setup(T=40, forget_bias=2))) and shown >= 6


def test_the_explosion_is_clipped_in_words():
    frames = frames_of(answer("explosion", along="explode", sgd_rate="0.01"))
    assert len(frames) == len(EXPLOSION_RADIUS.grid)
    for radius, frame in list(zip(EXPLOSION_RADIUS.grid, frames, strict=True))[::5]:
        setup = Setup(T=50, radius=radius)
        raw, value, norm = updates(setup, 0.01)
        dh = setup.flow("rnn").dh
        assert_drawn(frame["moving"]["RNN"], (dh / dh[-1])[::-1])
        assert [row[2] for row in frame["rows"]] == [scientific(one.moved) for one in (raw, value, norm)]
        assert scientific(dh[0] / dh[-1]) in frame["words"]
        small = raw.norm <= 5
        assert ("neither kind of clipping changes it" in frame["clipping"]) == small
        assert small or scientific(norm.moved) in frame["clipping"]
    assert (
        f"(cosine {number(updates(Setup(T=50, radius=3.0), 0.01)[1].kept_direction)})"
        in frames[-1]["clipping"]
    )


@pytest.mark.parametrize("values", [{"along": "T"}, {"bf": "9"}, {"bf": "0.1"}, {"H": "33"}, {"T": "x"}])
def test_what_no_page_asks_is_refused(values):
    for name in ("race", "paths"):
        with pytest.raises(QueryError):
            answer(name, **values)


def test_words_with_symbols_are_html():
    assert (
        "(<i class=symbol>b<sub>f</sub></i> = 1, seed 0), over 99 steps"
        in frames_of(answer("race"))[0]["head"]
    )
    assert inline_html("**a**") == "<b>a</b>"


@pytest.mark.parametrize(
    ("name", "values", "words"),
    [
        ("race", {}, ""),
        ("race", {"T": "200", "radius": "0.1"}, "below 10⁻⁴⁰ (RNN)."),
        ("race", {"T": "200", "radius": "3", "scale": "0"}, "above 10⁴⁰ (RNN)."),
        ("paths", {"T": "200", "bf": "0"}, "below 10⁻⁴⁰ ("),
        ("explosion", {"explode": "3"}, ""),
    ],
)
def test_a_triangle_is_explained_where_there_is_one(name, values, words):
    frame = frames_of(answer(name, **values))[0]
    assert ("triangle" in frame["words"]) == bool(words) and words in frame["words"]
    ends = [curve["end"] for curve in {**frame["still"], **frame["moving"]}.values()]
    assert any(ends) == bool(words)


def test_only_long_sequences_through_many_units_have_the_thread_of_what_is_slow():
    is_slow, along = ANSWERS["gradients/race"].is_slow, {"along": "bf"}
    assert is_slow(Query({"T": "200", "H": "128"} | along))
    assert not is_slow(Query({"T": "200", "H": "32"} | along))
    assert not is_slow(Query({"T": "50", "H": "128"} | along))
    assert not is_slow(Query({"T": "200", "H": "128"}))  # a single setting
