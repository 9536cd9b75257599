"""What the RNN's product draws and says fits its numbers, in every state that its controls can reach."""

import json
import re

import numpy as np
import pytest

from lesson.frame.parameters import address_value
from lesson.frame.query import Query, QueryError
from lesson.gradients.parameters import BACK, FORGET_BIAS, INPUT_SCALE, PRODUCT_SEED, RADIUS
from lesson.gradients.product.answers import ALONE, ANSWERS, PATH, RNN
from lesson.gradients.product.challenge import LEAST, SEEDS, STEPS_BACK, outcomes
from lesson.gradients.product.walk import STEPS, network
from lstm.equations import sigmoid
from lstm.gradients import gradient_flow
from tests.lesson.gradients.test_verdicts import NUMBER, agree, value_of
from tests.tiers import first_fast
from visualization.numbers import factor

LARGEST = 110_000  # bytes of an answer along a slider


def answer(**values):
    return json.loads(ANSWERS["gradients/product"].reply(Query(values)))


def frames_of(reply):
    return [{**reply["common"], **frame} for frame in reply["frames"]]


def frame_of(**values):
    return frames_of(answer(**values))[0]


def lengths_of(radius, scale, pair_of_units, **_):
    """What backpropagation and the weights alone leave, and what lies between both parts of each factor."""
    setup = network(float(radius), float(scale), int(pair_of_units))
    cell = setup.cell("rnn")
    flow = gradient_flow(cell, setup.inputs(), seed=setup.seed)
    arrows, slopes, W_h = flow.dh_units[::-1], 1 - flow.gates["h"][::-1] ** 2, cell.W[0, :, :2]
    alone = [arrows[0]]
    for _ in range(STEPS - 1):
        alone.append(W_h.T @ alone[-1])
    length = lambda vectors: np.hypot(*vectors.T)  # noqa: E731
    return length(arrows), length(slopes * arrows), length(np.array(alone)), arrows, slopes, W_h


# -- every sentence, by a rule of its own --

STEP = re.compile(
    rf"<b>This step makes the arrow ({NUMBER}) times as long:</b> the slopes ({NUMBER}) times, then .+?</i> "
    rf"({NUMBER}) times\. <b>After (\d+) steps? ({NUMBER}) of the arrow is left\.</b>"
)


def complaints(frame, **values):
    arrows, between, alone, *_ = lengths_of(**values)
    back, words, wrong = int(values["back"]), frame["words"], []
    if back == 0:
        return [] if words.startswith("<b>At the last step the error comes in:") else ["the last step"]
    match = STEP.match(words)
    if not match:
        wrong.append("no sentence")
    else:
        whole, slopes, weights, steps, left = map(value_of, match.groups())
        true = arrows[back] / arrows[back - 1], between[back - 1] / arrows[back - 1]
        near = lambda said, value: said == pytest.approx(value, rel=0.06, abs=0.0051)  # noqa: E731
        if not (near(whole, true[0]) and near(slopes, true[1]) and near(weights, true[0] / true[1])):
            wrong.append("the step's parts")
        if slopes > 1 or (whole == 1) != (abs(true[0] - 1) < 5e-5):
            wrong.append("a part that can't be")
        if steps != back or not agree(left, arrows[back]):
            wrong.append("what is left")
    said = re.search(rf"Without tanh \(all slopes 1\) ({NUMBER}) would be left", words)
    if not said or not agree(value_of(said[1]), alone[back]):
        wrong.append("without tanh")
    if match and said and "times shorter" in words:
        # Of the numbers that stand there; a quotient on the edge between two roundings may be either.
        quotients = {factor(value_of(said[1]) / left * (1 + edge)) for edge in (-1e-9, 1e-9)}
        if not any(f"made the arrow {each} times shorter" in words for each in quotients):
            wrong.append("a ratio that is not that of its numbers")
    ratio = alone[back] / arrows[back]
    shorter = re.search(rf"made the arrow ({NUMBER}) times shorter", words)
    if bool(shorter) != bool(ratio > 1.05) or (shorter and not agree(value_of(shorter[1]), ratio)):
        wrong.append("what the slopes cost")
    if ("That is less" in words) != bool(ratio < 1 / 1.05) or ("hardly" in words) != bool(
        1 / 1.05 <= ratio <= 1.05
    ):
        wrong.append("what the slopes did")
    return wrong


GRID = [
    {"radius": radius, "scale": scale, "pair_of_units": seed}
    for radius in ("0.1", "0.9", "1", "1.75", "3")
    for scale in ("0", "0.1", "0.5", "2")
    for seed in ("0", "1", "6", "88", "99")
]


@pytest.mark.parametrize("values", first_fast(6, GRID), ids=lambda values: "-".join(values.values()))
def test_every_sentence_fits_its_numbers(values):
    frames = frames_of(answer(**values, along="back"))
    wrong = {back: complaints(frame, **values, back=back) for back, frame in enumerate(frames)}
    assert not {back: (words, frames[back]["words"]) for back, words in wrong.items() if words}


@pytest.mark.slow
def test_in_some_states_the_slopes_help_and_in_some_they_hardly_matter():
    """The states that a short look would miss are in the grid."""
    words = [frame["words"] for values in GRID for frame in frames_of(answer(**values, along="back"))]
    assert any("That is less" in one for one in words) and any("hardly mattered" in one for one in words)


# -- what is drawn --


@pytest.mark.parametrize("back", ["1", "7", "49"])
def test_the_numbers_of_the_step_are_those_of_the_network(back):
    values = {"radius": "1.2", "scale": "0.4", "pair_of_units": "8", "back": back}
    _, _, _, arrows, slopes, W_h = lengths_of(**values)
    factors, k = frame_of(**values)["factors"], int(back)
    sign = lambda text: -1 if text[0] == "−" else 1  # noqa: E731
    number_of = lambda text: sign(text) * value_of(text.lstrip("−"))  # noqa: E731
    read = lambda rows: np.array([[number_of(text) for text in row] for row in rows])  # noqa: E731
    assert "0.00" not in str(factors)
    np.testing.assert_allclose(read(factors["weights"]), W_h.T, atol=0.0051)
    np.testing.assert_allclose(read(factors["slopes"]), np.diag(slopes[k - 1]), atol=0.0051)
    np.testing.assert_allclose(read(factors["matrix"]), W_h.T @ np.diag(slopes[k - 1]), atol=0.0051)
    for name, at in (("before", k - 1), ("after", k)):
        said = [number_of(row[0]) for row in factors[name]]
        np.testing.assert_allclose(said, arrows[at], rtol=0.051)
    assert (factors["from"], factors["to"]) == (str(STEPS - k + 1), str(STEPS - k))


@pytest.mark.parametrize("back", ["1", "7", "49"])
def test_the_plane_has_the_arrows_relative_to_the_length_before(back):
    values = {"radius": "1.2", "scale": "0.4", "pair_of_units": "8", "back": back}
    lengths, _, _, arrows, slopes, W_h = lengths_of(**values)
    plane, k = frame_of(**values)["plane"], int(back)
    for name, tip in (
        ("before", arrows[k - 1]), ("between", slopes[k - 1] * arrows[k - 1]), ("after", arrows[k]),
    ):  # fmt: skip
        np.testing.assert_allclose(plane[name], 1000 * tip / lengths[k - 1], atol=0.51)
    matrix, (long, short, degrees) = W_h.T @ np.diag(slopes[k - 1]), plane["ellipse"]
    image = matrix @ np.stack([np.cos(angles := np.linspace(0, 2 * np.pi, 721)), np.sin(angles)])
    assert [long, short] == pytest.approx(
        [1000 * np.linalg.norm(image, axis=0).max(), 1000 * np.linalg.norm(image, axis=0).min()], abs=1
    )
    axis = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
    assert np.abs(axis @ image).max() == pytest.approx(long / 1000, abs=0.002)
    assert plane["reach"] >= 1120 and all(abs(x) <= plane["reach"] for x in plane["before"])


def test_at_the_last_step_there_is_an_arrow_of_length_one_and_no_factor():
    frame = frame_of(back="0")
    assert frame["factors"] is None and np.hypot(*frame["plane"]["after"]) == pytest.approx(1000, abs=1)
    assert frame["plane"]["before"] is None and frame["plane"]["ellipse"] is None


def test_the_curves_are_those_of_backpropagation_of_the_weights_alone_and_of_the_gate():
    values = {"radius": "1.5", "scale": "0.3", "pair_of_units": "2", "bf": "2.5"}
    arrows, _, alone, *_ = lengths_of(**values)
    frame = frame_of(**values)
    path = sigmoid(2.5) ** np.arange(STEPS)
    for name, lengths in ((RNN, arrows), (ALONE, alone), (PATH, path)):
        logs = {**frame["still"], **frame["moving"]}[name]["logs"]
        np.testing.assert_allclose(logs, 100 * np.log10(lengths), atol=0.51)


@pytest.mark.parametrize("bias", FORGET_BIAS.grid)
def test_the_lstm_s_factor_is_said_with_its_power(bias):
    words = frame_of(bf=address_value(bias), back="20")["gate"]
    f = float(sigmoid(bias))
    said = re.match(
        rf"f = σ\(.+?\) = σ\({bias:g}\) = ([\d.]+) at every step\. After 20 steps .+ = ({NUMBER}) is", words
    )
    assert abs(float(said[1]) - f) < 0.0005 and float(said[1]) < 1
    assert agree(value_of(said[2]), f**20)
    assert "0.731" in frame_of()["gate"]


@pytest.mark.parametrize(
    "control", [BACK, RADIUS, INPUT_SCALE, FORGET_BIAS], ids=lambda control: control.name
)
def test_along_a_slider_each_frame_is_that_of_its_value(control):
    base = {"radius": "1.2", "pair_of_units": "6", "back": "9", "bf": "2"}
    sent = ANSWERS["gradients/product"].reply(Query({**base, "along": control.name}))
    frames = frames_of(json.loads(sent))
    assert len(frames) == len(control.grid) and len(sent) <= LARGEST
    for value, frame in list(zip(control.grid, frames, strict=True))[::7]:
        single = frame_of(**base | {control.name: address_value(value)})
        assert frame | {"range": 0} == single | {"range": 0}
        low, high = frame["range"]
        assert low <= frame["axes"][0] and frame["axes"][1] <= high


@pytest.mark.parametrize(
    "values", [{"back": "50"}, {"along": "T"}, {"pair_of_units": "100"}, {"radius": "0.12"}]
)
def test_what_no_page_asks_is_refused(values):
    with pytest.raises(QueryError):
        answer(**values)


def test_numbers_at_the_ends_of_all_controls_are_numbers():
    for end in ("low", "high"):
        values = {
            c.name: address_value(getattr(c, end))
            for c in (BACK, RADIUS, INPUT_SCALE, FORGET_BIAS, PRODUCT_SEED)
        }
        assert "nan" not in json.dumps(answer(**values)).lower().replace("networks", "")


# -- the challenge --


@pytest.fixture(scope="module")
def solved_settings():
    """Every setting of both sliders that solves the challenge."""
    return {
        (radius, scale): outcome
        for scale in INPUT_SCALE.grid
        for radius, outcome in zip(
            RADIUS.grid, outcomes(network(scale=scale), "radius", RADIUS.grid), strict=True
        )
        if outcome.stays >= LEAST
    }


def test_the_challenge_is_well_posed(solved_settings):
    """It can be solved, hardly by chance, and only where the sentence about its solution is true."""
    share = len(solved_settings) / (len(RADIUS.grid) * len(INPUT_SCALE.grid))
    assert (1.0, 0.0) in solved_settings and 0.001 < share < 0.02
    assert all(scale <= 0.1 for _, scale in solved_settings)


def test_with_the_usual_input_no_radius_suits_most_networks():
    most = max(outcome.stays for outcome in outcomes(network(scale=0.5), "radius", RADIUS.grid))
    assert most <= 3


@pytest.mark.parametrize(("radius", "scale"), [("1", "0"), ("0.9", "0.5"), ("3", "0"), ("1.1", "0.1")])
def test_the_verdict_counts_the_ten_networks(radius, scale):
    left = []
    for seed in SEEDS:
        setup = network(float(radius), float(scale), seed)
        norms = gradient_flow(setup.cell("rnn"), setup._replace(T=STEPS_BACK + 1).inputs(), seed=seed).dh
        left.append(norms[0] / norms[-1])
    stays = sum(0.1 <= one <= 10 for one in left)
    for along in ("", "radius", "scale", "back", "bf"):
        frames = frames_of(answer(radius=radius, scale=scale, along=along))
        controls = {c.name: c for c in (RADIUS, INPUT_SCALE, BACK, FORGET_BIAS)}
        values = {"radius": radius, "scale": scale, "back": "0", "bf": "0"}
        at = controls[along].address_values.index(values[along]) if along else 0
        check = frames[at]["check"]
        assert check["solved"] == (stays >= LEAST) and f"{stays} of 10 networks" in check["says"]
    if stays < LEAST:
        assert f"In {sum(one < 0.1 for one in left)} it is shorter" in check["says"]
