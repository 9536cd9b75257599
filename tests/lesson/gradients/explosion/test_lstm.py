"""The LSTM that explodes: what is drawn and said is what 21 networks have, one by one, in every state."""

import json
import re

import numpy as np
import pytest

from lesson.frame.parameters import address_value
from lesson.frame.query import Query, QueryError
from lesson.gradients.explosion.answers import ANSWERS
from lesson.gradients.explosion.lstm import _why
from lesson.gradients.explosion.lstm_answers import LARGEST, MEDIAN, ONE, PATH, SMALLEST
from lesson.gradients.explosion.networks import EVERY, STEPS_BACK, growth_without_input
from lesson.gradients.explosion.questions import about_lstms
from lesson.gradients.flows import Setup, paths, updates
from lesson.gradients.parameters import LSTM_BIAS, LSTM_INPUT
from lesson.gradients.windows import SEEDS
from lstm.gradients import textbook
from tests.lesson.gradients.test_verdicts import NUMBER, agree, value_of
from tests.tiers import first_fast

LARGEST_ANSWER = 100_000  # bytes along a slider


def answer(**values):
    return json.loads(ANSWERS["gradients/lstm_explosion"].reply(Query(values)))


def frames_of(reply):
    return [{**reply["common"], **frame} for frame in reply["frames"]]


def setups(bias, scale, H=32, seeds=range(SEEDS)):
    return [Setup(T=STEPS_BACK + 1, forget_bias=bias, scale=scale, H=H, seed=seed) for seed in seeds]


def measured(bias, scale, H=32):
    """Shares of ∂L/∂C in 21 networks, each on its own, from the last step backwards; of the path, too."""
    flows = [setup.flow("lstm") for setup in setups(bias, scale, H)]
    whole, alone = zip(*((paths(flow).whole, paths(flow).alone) for flow in flows), strict=True)
    shares = lambda rows: np.array([row[::-1] / one[-1] for row, one in zip(rows, whole, strict=True)])  # noqa: E731
    return shares(whole), shares(alone)


@pytest.mark.parametrize(("bias", "scale", "H"), [(8.0, 0.0, "32"), (3.25, 0.4, "16"), (0.0, 2.0, "32")])
def test_the_curves_are_the_median_and_the_ends_of_21_networks(bias, scale, H):
    whole, alone = measured(bias, scale, int(H))
    values = {"explode_bf": f"{bias:g}", "explode_scale": f"{scale:g}", "explode_H": H, "seed": "4"}
    curves = frames_of(answer(**values))[0]["moving"]
    expected = {
        MEDIAN: np.median(whole, axis=0), LARGEST: whole.max(axis=0), SMALLEST: whole.min(axis=0),
        ONE: whole[4], PATH: np.median(alone, axis=0),
    }  # fmt: skip
    for name, shares in expected.items():
        logs = curves[name]["logs"]
        np.testing.assert_allclose(logs, 100 * np.log10(shares[::EVERY][: len(logs)]), atol=0.51)
        assert (curves[name]["end"] is None) == (len(logs) == STEPS_BACK // EVERY + 1)


SENTENCE = re.compile(
    rf"<b>{STEPS_BACK} steps back ∂L/∂C is ({NUMBER}) times as long as at the last step: it ([a-z ]+)\.</b> "
    rf"This is the median of {SEEDS} untrained LSTMs; the smallest is ({NUMBER}), the largest ({NUMBER}), "
    rf"and with seed (\d+) it is ({NUMBER})\. Along the cell-state path alone ({NUMBER}) is left"
)
STATES = [
    ("8", "0"), ("8", "0.5"), ("1", "0"), ("3", "0.5"), ("0", "2"), ("1.5", "0"), ("8", "2"), ("2.5", "0.1"),
]  # fmt: skip


@pytest.mark.parametrize(("bias", "scale"), first_fast(3, STATES))
def test_the_sentence_fits_the_networks(bias, scale):
    whole, alone = measured(float(bias), float(scale))
    last = whole[:, -1]
    frame = frames_of(answer(explode_bf=bias, explode_scale=scale, seed="7"))[0]
    median, judged, low, high, seed, one, path = SENTENCE.match(frame["words"]).groups()
    for said, true in (
        (median, np.median(last)), (low, last.min()), (high, last.max()), (one, last[7]),
        (path, np.median(alone[:, -1])),
    ):  # fmt: skip
        assert agree(value_of(said), true)
    middle = np.median(last)
    rule = {"vanishes": middle < 0.1, "neither vanishes nor explodes": 0.1 <= middle <= 10,
            "grows": 10 < middle <= 1e4, "explodes": middle > 1e4}  # fmt: skip
    assert rule[judged] and seed == "7"
    assert ("Without input C stays 0" in frame["words"]) == (scale == "0")
    slope = float(re.search(r"o · tanh'\(C\) is ([\d.]+) on average", frame["words"])[1])
    assert slope == pytest.approx(slope_of_h(float(bias), float(scale)), abs=0.0051)


def slope_of_h(bias, scale):
    """The mean ∂h/∂C by differences of the textbook's h in a few of the networks, C moved alone."""
    means = []
    for setup in setups(bias, scale):
        cell = setup.cell("lstm")
        x, zeros = setup.inputs(), np.zeros((1, cell.hidden_size))
        trace = cell.forward(x[:, None], (zeros, zeros))
        o, C = trace.gates[:, cell.gates.index("o"), 0], trace.C[1:, 0]
        means.append((o * (np.tanh(C + 1e-6) - np.tanh(C - 1e-6)) / 2e-6).mean())
    return np.mean(means)


@pytest.mark.slow
def test_the_path_alone_never_grows_and_every_number_is_one():
    for scale in LSTM_INPUT.address_values[::4]:
        for frame in frames_of(answer(explode_scale=scale, along="explode_bf")):
            assert max(frame["moving"][PATH]["logs"]) <= 0
            assert "nan" not in json.dumps(frame) and SENTENCE.match(frame["words"])


@pytest.mark.slow
@pytest.mark.parametrize("control", [LSTM_BIAS, LSTM_INPUT], ids=lambda control: control.name)
def test_along_a_slider_each_frame_is_that_of_its_value(control):
    sent = ANSWERS["gradients/lstm_explosion"].reply(Query({"along": control.name, "explode_H": "16"}))
    frames = frames_of(json.loads(sent))
    assert len(frames) == len(control.grid) and len(sent) <= LARGEST_ANSWER
    for value, frame in list(zip(control.grid, frames, strict=True))[:: len(frames) // 3]:
        single = frames_of(answer(**{control.name: address_value(value)}, explode_H="16"))[0]
        assert frame | {"range": 0} == single | {"range": 0}


def test_the_table_says_what_one_update_does():
    for bias, scale in (("8", "0"), ("8", "0.3"), ("1", "0.5")):
        frame = frames_of(answer(explode_bf=bias, explode_scale=scale, sgd_rate="0.01", seed="3"))[0]
        (setup,) = setups(float(bias), float(scale), seeds=[3])
        raw, value, norm = updates(setup, 0.01, kind="lstm")
        assert [row[0] for row in frame["rows"]] == [raw.name, value.name, norm.name]
        assert agree(value_of(frame["rows"][0][1]), raw.norm) and norm.clipped <= 5.000001
        assert ("neither kind of clipping changes it" in frame["clipping"]) == (raw.norm <= 5)
    assert raw.norm <= 5  # the last state is one where there is nothing to clip


def test_with_no_input_each_step_multiplies_by_the_same_matrix():
    """The matrix whose spectral radius the text names is the Jacobian of the textbook's step at 0."""
    radii = []
    for setup in setups(8.0, 0.0):
        step, nudge = textbook(setup.cell("lstm")), 1e-5
        zero, x = np.zeros(32), np.zeros(16)
        columns = []
        for unit in np.eye(64):  # h and C
            ahead, behind = (
                np.concatenate(step(x, (zero + s * nudge * unit[:32], zero + s * nudge * unit[32:])))
                for s in (1, -1)
            )
            columns.append((ahead - behind) / (2 * nudge))
        radii.append(np.abs(np.linalg.eigvals(np.array(columns).T)).max())
    assert growth_without_input(8.0) == pytest.approx(np.median(radii), rel=1e-3)


def test_the_text_and_the_question_name_the_same_growth():
    (question,) = about_lstms()
    grown = re.search(rf"grows by a factor of ({NUMBER}) over", question.right_answer.reply)[1]
    whole, _ = measured(8.0, 0.0)
    assert agree(value_of(grown), np.median(whole[:, -1])) and value_of(grown) > 1e11
    assert f"only the candidate, the factor is {grown}" in _why()
    assert (whole[:, -1] > 1e10).all() and whole[:, -1].max() < 1e21


@pytest.mark.parametrize("values", [{"explode_bf": "9"}, {"along": "seed"}, {"explode_H": "128"}])
def test_what_no_page_asks_is_refused(values):
    with pytest.raises(QueryError):
        answer(**values)
