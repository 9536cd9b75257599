"""Every verdict of the gradients page fits the numbers beside it, in every state that its controls can reach.

The rules stand here once more, in their own words: what is said is read out of an answer, and held against
curves and numbers that are computed here from `lstm.gradients` alone.
"""

import json
import re
from itertools import product

import numpy as np
import pytest

from lesson.frame.query import Query
from lesson.gradients.answers import ANSWERS as CURVES
from lesson.gradients.explosion.answers import ANSWERS as EXPLOSION
from lesson.gradients.parameters import DRAWS, EXPLOSION_RADIUS, MEASURED, SGD_RATE
from lstm.gradients import gradient_flow, random_cell, random_inputs, weight_gradient
from tests.tiers import every_fast

ANSWERS = CURVES | EXPLOSION

NUMBER = r"(?:\d[\d,]*(?:\.\d+)?(?: · 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?|exactly 0|more than any number)"
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def value_of(text):
    """The number that a sentence writes."""
    if text in ("exactly 0", "more than any number"):
        return {"exactly 0": 0.0, "more than any number": np.inf}[text]
    mantissa, _, exponent = text.replace(",", "").partition(" · 10")
    return float(mantissa) * 10.0 ** int(exponent.translate(_RAISED) or 0)


def agree(said, true):
    """Whether a number is the true one, to the two digits that are written."""
    return said == pytest.approx(true, rel=0.051, abs=1e-300)


def frame_of(name, **values):
    reply = json.loads(ANSWERS[f"gradients/{name}"].reply(Query(values)))
    return {**reply["common"], **reply["frames"][0]}


# -- the race --


def computed(bf, T, scale, H, seed, init, radius="0.9", bz="0", **_):
    """The LSTM's norms of ∂L/∂h and ∂L/∂C, those of its cell-state path and of the rest, and its gates f."""
    start = {"forget_bias": float(bf), "seed": int(seed), "start": DRAWS[init]}
    x = random_inputs(int(T), scale=float(scale), seed=int(seed))
    flow = gradient_flow(random_cell("lstm", int(H), **start), x, seed=int(seed))
    f = flow.gates["f"]
    path = [flow.dC_units[-1]]
    for gate in f[:0:-1]:
        path.insert(0, path[0] * gate)
    length = lambda vectors: np.linalg.norm(vectors, axis=-1)  # noqa: E731
    return flow.dh, flow.dC, length(np.array(path)), length(flow.dC_units - np.array(path)), f.mean()


def complaints_about_the_race(frame, **values):
    """What is said of an LSTM and does not fit."""
    dh, dC, path, rest, mean_gate = computed(**values)
    back, symbol = int(values["T"]) - 1, values["gradient_of"]
    curve = dC if symbol == "∂L/∂C" else dh
    shares = curve[::-1] / curve[-1]
    wrong = []

    # What is drawn, what is said of it first and what is judged are one quantity.
    drawn = {**frame["still"], **frame["moving"]}["LSTM"]["logs"]
    if not np.allclose(drawn, 100 * np.log10(shares[: len(drawn)]), atol=0.51):
        wrong.append("the curve")
    first = re.search(rf"LSTM(?: \(∂L/∂C\))? ({NUMBER})", frame["alt"])
    named = "∂L/∂h" if "Share of ∂L/∂h" in frame["alt"] else "∂L/∂C" if "LSTM (∂L/∂C)" in frame["alt"] else ""
    if named != symbol or not agree(value_of(first[1]), shares[min(50, back)]):
        wrong.append("the sentence")

    by_addition, freely = frame["verdicts"]
    if "would be 1 times" in by_addition:  # every f is below 1
        wrong.append("a path on which nothing is lost")
    left = float(shares[-1])
    said = re.search(rf"(\d+) steps back (∂L/∂\w) \(the LSTM's curve\) is ({NUMBER}) times as long", freely)
    if not said or int(said[1]) != back or said[2] != symbol or not agree(value_of(said[3]), left):
        wrong.append("what is left")
    judged = next(
        (
            words
            for words in ("too few", "on the way", "True here", "gradient grows", "gradient shrinks")
            if words in freely
        ),
        "",
    )
    true = (
        "too few"
        if back < 50
        else ("gradient grows", "gradient shrinks")[left < 1]
        if not 0.1 <= left <= 10
        else "True here"
        if shares.min() >= 0.1 and shares.max() <= 10
        else "on the way"
    )
    if judged != true or ("Not true" in freely) != (true not in ("too few", "True here")):
        wrong.append("whether it flows freely")
    if on_the_way := re.search(rf"(shrinks|grows), (\d+) steps back it is ({NUMBER}) times as long", freely):
        there = shares[int(on_the_way[2])]
        if not agree(value_of(on_the_way[3]), there) or (on_the_way[1] == "shrinks") != (there < 1):
            wrong.append("what is left on the way")

    said = re.search(
        rf"by f, (\S+) on average. Along the cell-state path alone ∂L/∂C would be ({NUMBER}) times as long "
        r"as at the last step.$", by_addition
    )  # fmt: skip
    if not said or not agree(value_of(said[2]), path[0] / dC[-1]):
        wrong.append("the cell-state path")
    if said and (float(said[1]) in (0, 1) or abs(float(said[1]) - mean_gate) > 0.00051):
        wrong.append("the mean gate")

    gate, half_life, of_path, of_curve = frame["cards"]
    gate = float(gate.split(" → ")[1])
    if gate in (0, 1) or abs(gate - mean_gate) > 0.00051:
        wrong.append("the gate's card")
    if value := re.match(r"([\d,.]+) steps", half_life):
        if abs(mean_gate ** value_of(value[1]) - 0.5) > 0.02:
            wrong.append("the half-life")
    elif mean_gate**3000 < 0.5:
        wrong.append("the half-life")
    for card, norms in ((of_path, path), (of_curve, curve)):
        halved = np.flatnonzero(norms[::-1] <= norms[-1] / 2)
        if value := re.match(r"([\d.]+) steps", card):
            if not len(halved) or not halved[0] - 1.06 <= float(value[1]) <= halved[0] + 0.06:
                wrong.append("down to half")
        elif card != f"not within {back} steps" or len(halved):
            wrong.append("down to half")
    return wrong


def state(**changes):
    start = {"bf": "1", "T": "100", "scale": "0.5", "H": "32", "seed": "0", "init": "this course"}
    return {**start, "gradient_of": "∂L/∂h", **changes}


# States in which words and numbers once did not fit, then a grid.
ONCE_WRONG = [
    state(bf="8", T="200"), state(bf="8", T="200", H="128"), state(bf="8", T="200", scale="0", seed="999"),
    state(bf="8"), state(bf="0", T="5"), state(seed="1"), state(seed="1", bf="3"), state(seed="10", bf="0"),
    state(bf="8", T="200", gradient_of="∂L/∂C"), state(bf="0", T="200", scale="2"),
    state(T="50"), state(T="51"),
]  # fmt: skip
GRID = [
    state(bf=bf, T=T, scale=scale, H=H, seed=seed, init=init, gradient_of=symbol)
    for bf, T, scale, (H, seed), init, symbol in product(
        ("0", "1", "3", "8"), ("5", "50", "51", "200"), ("0", "0.5", "2"), (("16", "0"), ("64", "999")),
        DRAWS, MEASURED.options,
    )
]  # fmt: skip


def name_of(values):
    return "-".join(values.values())


@pytest.mark.parametrize("values", ONCE_WRONG, ids=name_of)
def test_what_the_race_says_fits_where_it_once_did_not(values):
    assert not complaints_about_the_race(frame_of("race", **values), **values)


@pytest.mark.parametrize("values", every_fast(23, GRID), ids=name_of)
def test_what_the_race_says_fits_in_every_state(values):
    extremes = {"radius": "3", "bz": "8"} if int(values["seed"]) else {"radius": "0.1", "bz": "0"}
    assert not complaints_about_the_race(frame_of("race", **values, **extremes), **values)


def test_along_a_slider_each_position_says_what_fits_it():
    values = state(T="60", seed="3")
    reply = json.loads(ANSWERS["gradients/race"].reply(Query({**values, "along": "bf"})))
    for k, frame in enumerate(reply["frames"]):
        here = values | {"bf": f"{k / 4:g}"}
        assert not complaints_about_the_race({**reply["common"], **frame}, **here), here


@pytest.mark.parametrize(
    ("values", "old", "complaint"),
    [
        (state(bf="0", T="5"), "True here: it stays. Of ∂L/∂C 0.12 is left.", "whether it flows freely"),
        (state(bf="8", T="200"), "Not true here: it grows. Of ∂L/∂C 18 is left.", "what is left"),
        (state(bf="8"), "Half true. … by f, 1.000 on average: the belt leaves 0.97", "the cell-state path"),
    ],
)  # fmt: skip
def test_the_verdicts_of_before_would_be_noticed(values, old, complaint):
    frame = frame_of("race", **values)
    by_addition, freely = frame["verdicts"]
    frame["verdicts"] = [old, freely] if old.startswith("Half") else [by_addition, old]
    assert complaint in complaints_about_the_race(frame, **values)


def test_a_gate_that_reads_as_1_and_a_mean_rate_for_a_half_life_would_be_noticed():
    values = state(bf="8", T="200")
    frame = frame_of("race", **values)
    assert "the gate's card" in complaints_about_the_race(
        {**frame, "cards": ["8 → 1.000", *frame["cards"][1:]]}, **values
    )
    # Falls to a twentieth at once and stays there: at the mean rate it would be half after 42 steps.
    assert "down to half" in complaints_about_the_race(
        {**frame, "cards": [*frame["cards"][:3], "42.0 steps"]}, **values
    )


# -- two gradient paths --

PATH_GRID = [
    state(bf=bf, T=T, scale=scale, H=H, seed=seed)
    for bf, T, scale, H, seed in product(
        ("0", "1", "8"), ("5", "51", "200"), ("0", "0.5", "2"), ("16", "64"), ("0", "999")
    )
]


@pytest.mark.parametrize("values", every_fast(7, PATH_GRID), ids=name_of)
def test_what_is_said_of_the_paths_fits(values):
    dh, dC, path, _, _ = computed(**values)
    frame, back = frame_of("paths", **values), min(50, int(values["T"]) - 1)
    said = re.match(
        rf"(\d+) steps back ∂L/∂C is ({NUMBER}) times as long as at the last step. Along the cell-state path "
        rf"alone it would be ({NUMBER}) times as long\.",
        frame["alt"],
    )
    assert int(said[1]) == back
    assert agree(value_of(said[2]), dC[-1 - back] / dC[-1]) and agree(
        value_of(said[3]), path[-1 - back] / dC[-1]
    )
    units = frame_of_units(**values)
    said = re.match(
        rf"(\d+) steps back the largest absolute value in ∂L/∂h is ({NUMBER}), at unit (\d+)\.",
        units["alt"],
    )
    assert int(said[1]) == int(values["T"]) - 1
    start = {"forget_bias": float(values["bf"]), "seed": int(values["seed"])}
    x = random_inputs(int(values["T"]), scale=float(values["scale"]), seed=int(values["seed"]))
    first = np.abs(
        gradient_flow(random_cell("lstm", int(values["H"]), **start), x, seed=int(values["seed"])).dh_units[0]
    )
    assert int(said[3]) == first.argmax() and agree(value_of(said[2]), first.max())


def frame_of_units(**values):
    return json.loads(ANSWERS["gradients/units"].reply(Query(values)))


# -- explosion --


def complaints_about_clipping(frame, radius, rate):
    """What is said of an update and does not fit."""
    cell = random_cell("rnn", 32, spectral_radius=radius)
    _, dW, db = weight_gradient(cell, random_inputs(50))
    raw = np.concatenate([dW.ravel(), db])
    norm, size = np.linalg.norm(raw), np.linalg.norm(np.concatenate([cell.W.ravel(), cell.b.ravel()]))
    by_value, cut = np.clip(raw, -5, 5), int((np.abs(raw) > 5).sum())
    cosine = by_value @ raw / np.linalg.norm(by_value) / norm
    words, rows = frame["clipping"], {row[0]: row[1:] for row in frame["rows"]}
    wrong = []
    kind = next(
        (k for k in ("neither kind", "no number is beyond", "so the direction has changed") if k in words), ""
    )
    if kind != (
        "neither kind" if norm <= 5 else ("no number is beyond", "so the direction has changed")[cut > 0]
    ):
        wrong.append("what clipping does")
    if cut and norm > 5:
        said = re.search(r"([\d,]+) of ([\d,]+) numbers .* \(cosine ([\d.]+)\)", words)
        if (
            not said
            or value_of(said[1]) != cut
            or value_of(said[2]) != raw.size
            or abs(float(said[3]) - cosine) > 0.006
        ):
            wrong.append("how many are cut")
        elif float(said[3]) == 1:
            wrong.append("a direction that has changed has the cosine 1")
    moved = {"not clipped": raw, "by value, ±5": by_value, "by global norm, 5": raw * min(1, 5 / norm)}
    for name, gradient in moved.items():
        length, update, _ = rows[name]
        if not agree(value_of(length), np.linalg.norm(gradient)):
            wrong.append("a norm")
        if not agree(value_of(update), rate * np.linalg.norm(gradient) / size):
            wrong.append("an update")
    if (cut > 0) != (float(rows["by value, ±5"][2]) < 1) or float(rows["by global norm, 5"][2]) != 1:
        wrong.append("a cosine")
    return wrong


@pytest.mark.parametrize("radius", EXPLOSION_RADIUS.grid)
def test_what_is_said_of_clipping_fits_at_every_radius(radius):
    rate = SGD_RATE.options[round(10 * radius) % len(SGD_RATE.options)]
    frame = frame_of("explosion", explode=f"{radius:g}", sgd_rate=rate)
    assert not complaints_about_clipping(frame, radius, float(rate))
    dh = gradient_flow(random_cell("rnn", 32, spectral_radius=radius), random_inputs(50)).dh
    said = re.match(rf"49 steps back the RNN's ∂L/∂h is ({NUMBER}) times", frame["alt"])
    assert agree(value_of(said[1]), dh[0] / dh[-1])


def test_the_clipping_sentence_of_before_would_be_noticed():
    frame = frame_of("explosion", explode="1.4")
    frame["clipping"] = "By value it is 0.31: hardly a number is above 5, although the whole vector is long."
    assert complaints_about_clipping(frame, 1.4, 0.1)
