"""Sweeps: what comes of a setting is computed again by another route, and what is said of it is true."""

import json
import re
from html import unescape
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest

from assets.build.temperatures import CHARACTERS, FILE, MODEL, SEEDS, TEMPERATURES, count
from lesson.catalogue import catalogue
from lesson.classroom.question import SWEEP, UNSURE, Question
from lesson.course.sweeps import KEEP_STEPS, sweeps
from lesson.frame.lessons import LESSONS
from lesson.gates import parameters as gates
from lesson.gates.challenges.checker import check, judge, trials_of_attempt
from lesson.gates.challenges.keep import CHALLENGE as KEEP
from lesson.gates.sliders import SLIDERS
from lesson.gradients import parameters as gradients
from lesson.sampling import measured
from lesson.sampling import parameters as sampling
from lesson.widgets.catalogue import model, sample_text
from lstm import generate
from lstm.equations import lstm_step
from lstm.gradients import random_cell, random_inputs
from lstm.text import split
from visualization.numbers import number, scientific

PARAMETERS = {
    "gates": gates.PARAMETERS, "gradients": gradients.PARAMETERS, "sampling": sampling.PARAMETERS,
}  # fmt: skip


@pytest.fixture(scope="module")
def rows():
    return {each.id: each for each in sweeps()}


@pytest.fixture(scope="module")
def questions():
    return {question.id: question for question in catalogue() if question.kind == SWEEP}


def plain(html):
    return unescape(re.sub("<.*?>", "", html)).replace("\xa0", " ")


def places(sweep, count):
    """Draw places of settings, the same every time, and the first and the last."""
    total = len(sweep.surface.heights)
    return sorted({0, total - 1, *np.random.default_rng(1).integers(total, size=count).tolist()})


# -- Keep --


def values_at(sweep, place):
    """Return b_f and b_i at a place of the surface."""
    first, second = (setting.values for setting in sweep.settings)
    return float(first[place // len(second)]), float(second[place % len(second)])


def steps_of(b_f, b_i):
    """Return for how many steps C is kept in each sequence, as the challenge's own judge says it."""
    verdicts = [
        judge(KEEP, {"b_f": b_f, "b_i": b_i}, [trial])
        for attempt in range(5)
        for trial in trials_of_attempt(KEEP, attempt)
    ]
    return [KEEP_STEPS if verdict.passed else verdict.step - 1 for verdict in verdicts]


@pytest.mark.slow
def test_keep_is_what_the_challenge_s_own_check_says(rows):
    keep = rows["sweep_keep"]
    corner = [keep.surface.heights.index(1.0), len(keep.surface.heights) - 18 + 3]
    for place in places(keep, 12) + corner:
        b_f, b_i = values_at(keep, place)
        steps, words = steps_of(b_f, b_i), keep.surface.words[place]
        assert keep.surface.heights[place] == pytest.approx(np.mean(steps) / KEEP_STEPS, abs=1e-4)
        assert words.startswith(f"b_f = {b_f:g}, b_i = {b_i:g}: ".replace("-", "−"))
        if min(steps) < KEEP_STEPS:
            assert words.endswith(f"C for {number(np.mean(steps), 1)} of 20 steps, at worst for {min(steps)}")


def test_keep_is_solved_where_its_check_is_passed_and_nowhere_else(rows):
    keep, solved = rows["sweep_keep"], 0
    for place, (height, words) in enumerate(zip(keep.surface.heights, keep.surface.words, strict=True)):
        b_f, b_i = values_at(keep, place)
        passed = all(check(KEEP, {"b_f": b_f, "b_i": b_i}, attempt).passed for attempt in range(5))
        assert passed == (height == 1) == words.endswith("keeps C for all 20 steps: solved")
        if passed:
            assert b_f >= 7 and b_i <= -6
            solved += 1
    assert f"{solved} of the 289 settings" in keep.reply
    assert "$b_f$ of at least 7 and $b_i$ of at most −6" in keep.reply


def test_one_bias_alone_is_not_enough_for_keep(rows):
    shut, wide = steps_of(0.0, -8.0), steps_of(8.0, 0.0)
    reply = rows["sweep_keep"].reply
    assert f"$b_i = 0$ C is kept for {number(np.mean(wide), 1)} steps" in reply
    assert f"$b_i = −8$ it is kept for {number(np.mean(shut), 1)} steps" in reply
    starts = [trial.C_0 for attempt in range(5) for trial in trials_of_attempt(KEEP, attempt)]
    whole = {start for start, steps in zip(starts, shut, strict=True) if steps == KEEP_STEPS}
    assert whole == {0}, "only C_0 = 0 stays as it is"


# -- the forget bias --


@pytest.mark.slow
def test_what_is_left_is_a_slope_of_the_textbook(rows):
    sweep = rows["sweep_forget_bias"]
    (setting,) = sweep.settings
    assert list(setting.values) == gradients.FORGET_BIAS.address_values
    for place in (4, 10, *places(sweep, 2)[1:]):  # the first is too small for a difference
        left = np.median([share_by_differences(seed, float(setting.values[place])) for seed in range(21)])
        assert sweep.surface.heights[place] == pytest.approx(1 + np.log10(left) / 10, abs=1e-3)
        bias = f"{float(setting.values[place]):g}"
        assert sweep.surface.words[place] == f"b_f = {bias}: {scientific(left)} is left"


def share_by_differences(seed, bias, steps=51, distance=1e-5):
    """Measure ∂L/∂h of the last step and of the first: by moving h there and running on from there."""
    cell = random_cell("lstm", 32, seed=seed, forget_bias=bias)
    x = random_inputs(steps, scale=0.5, seed=seed)
    at = [cell.gates.index(name) for name in ("f", "i", "C_tilde", "o")]
    blocks = [*cell.W[at], *cell.b[at]]
    first = lstm_step(x[0], np.zeros(32), np.zeros(32), *blocks)
    moved = first.h + distance * np.vstack([np.eye(32), -np.eye(32)])  # 64 networks side by side
    C = np.broadcast_to(first.C, moved.shape)
    for x_t in x[1:]:
        now = lstm_step(np.broadcast_to(x_t, (64, x.shape[1])), moved, C, *blocks)
        moved, C = now.h, now.C
    g = np.random.default_rng(seed).standard_normal(32)
    loss = moved @ g
    return np.linalg.norm((loss[:32] - loss[32:]) / (2 * distance)) / np.linalg.norm(g)


def test_what_is_said_of_the_forget_bias(rows):
    sweep = rows["sweep_forget_bias"]
    left = dict(zip(map(float, sweep.settings[0].values), sweep.surface.heights, strict=True))
    best = max(left, key=left.get)
    enough = float(re.search(r"From \$b_f = ([\d.]+)\$ on more than a tenth", sweep.reply)[1])
    assert all((height > 0.9) == (bias >= enough) for bias, height in left.items())
    assert f"Most is left with $b_f = {best:g}$" in sweep.reply
    assert best < 8 and all(height < left[best] for bias, height in left.items() if bias > best)
    share = {bias: scientific(10 ** (10 * (height - 1))) for bias, height in left.items()}
    assert f"With $b_f = 1$ only {share[1]}" in sweep.reply and f"with 8 it is {share[8]}" in sweep.reply
    assert f": {share[best]}" in sweep.reply


# -- temperature --


def test_the_words_of_a_temperature_are_counted_again():
    table = json.loads(FILE.read_text("utf-8"))
    assert table["temperatures"] == list(TEMPERATURES)
    assert len(table["counts"]) == len(SEEDS)
    assert count(model(MODEL), 7) == table["counts"][7]
    real = set(re.findall(r"[a-z]+(?:'[a-z]+)*", split(sample_text("fables"))[0].lower()))
    fables = model(MODEL)
    for seed, place in ((3, 8), (21, 14)):  # letter by letter, and words cut by hand
        steps = generate(
            fables.net, fables.vocabulary, "", CHARACTERS, temperature=TEMPERATURES[place], seed=seed
        )
        text = "".join(step.char for step in steps).lower()
        words = re.findall(r"[a-z]+(?:'[a-z]+)*", text)
        assert table["counts"][seed][place] == [sum(word in real for word in words), len(words)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_all_words_are_counted_again(seed):
    assert count(model(MODEL), seed) == json.loads(FILE.read_text("utf-8"))["counts"][seed]


def test_what_is_said_of_the_temperature(rows):
    sweep = rows["sweep_temperature"]
    totals = np.sum(json.loads(FILE.read_text("utf-8"))["counts"], axis=0)
    shares = [real / words for real, words in totals.tolist()]
    assert list(sweep.surface.heights) == pytest.approx(shares)
    assert all(later < earlier for earlier, later in pairwise(shares)), "it falls with every step"
    best = max(t for t, share in zip(TEMPERATURES, shares, strict=True) if share >= 0.9)
    assert (
        f"highest of these temperatures is {best:g}: {100 * shares[TEMPERATURES.index(best)]:.1f}%"
        in sweep.reply
    )
    for temperature in (1.0, 1.5, 2.0):
        assert f"{shares[TEMPERATURES.index(temperature)]:.0%} at {temperature:g}" in sweep.reply
    assert shares[0] == 1 and measured.loops()["fables"], "at 0 all words occur, but the text is a loop"
    assert f"{len(SEEDS)} texts" in sweep.reply
    for words, share in zip(sweep.surface.words, shares, strict=True):
        assert f"{100 * share:.1f}%" in words


# -- what rooms are sent --


def test_rooms_can_ask_them(rows, questions):
    assert list(questions) == list(rows)
    for id, question in questions.items():
        assert Question.from_json(question.to_json()) == question
        assert (question.settings, question.surface) == (rows[id].settings, rows[id].surface)
        assert question.right == rows[id].best and question.has_answer(question.right)
        assert question.scale is None and question.answers == () and not question.is_test
        assert question.page and question.reply and question.picture and question.picture_text
        assert len(json.dumps(question.to_json())) < 40_000


def test_an_answer_is_a_place_on_each_control(questions):
    keep, bias = questions["sweep_keep"], questions["sweep_forget_bias"]
    for question, right, wrong in (
        (keep, ("0,0", "16,16", "7,12", UNSURE), ("17,0", "0,17", "7", "7,12,1", "-1,0", "1.0,2", 7.0)),
        (bias, ("0", "32", UNSURE), ("33", "1,1", "", "00", 5, 5.0, None)),
    ):
        assert all(question.has_answer(value) for value in right)
        assert not any(question.has_answer(value) for value in wrong)


def test_a_surface_has_a_height_and_words_for_each_setting(rows):
    for sweep in rows.values():
        surface = sweep.surface
        count = int(np.prod([len(setting.values) for setting in sweep.settings]))
        assert len(surface.heights) == len(surface.words) == count
        assert all(0 <= height <= 1 for height in surface.heights)
        heights = [height for height, _ in surface.ticks]
        assert heights == sorted(heights) and heights[0] == 0 and heights[-1] == 1
        for setting in sweep.settings:
            assert plain(setting.html).replace(" b_", " b") == setting.text.replace("b_", "b")


def test_each_value_is_one_that_the_page_s_address_can_say(rows):
    address = {lesson.file: lesson.address for lesson in LESSONS}
    for sweep in rows.values():
        table = {parameter.name: parameter for parameter in PARAMETERS[address[sweep.file]]}
        for name, value in sweep.query.items():
            if name != sampling.NETWORK.name:  # its options are the models at hand
                assert value in table[name].address_values
        for setting in sweep.settings:
            assert set(setting.values) <= set(table[setting.parameter].address_values)
    keep = rows["sweep_keep"]
    for slider, setting in zip(("b_f", "b_i"), keep.settings, strict=True):
        assert setting.parameter == gates.KEEP_BIASES[slider].name
        assert set(map(float, setting.values)) <= set(SLIDERS[slider].range.tolist())


def test_the_link_opens_the_part_without_a_setting(questions):
    for question in questions.values():
        query = parse_qs(urlsplit(question.link).query)
        assert not query.keys() & {setting.parameter for setting in question.settings}


def test_the_picture_says_where_it_is_highest(questions):
    assert "b_f = 3.25: 0.69 is left" in questions["sweep_forget_bias"].picture_text
    keep = questions["sweep_keep"]
    assert "solved" in keep.picture_text
    full, of_key = re.findall('style="opacity:1.00" d="(.*?)"', keep.picture)
    widths = [float(width) for width in re.findall(r"h(\d+\.\d)v", full)]
    solved = keep.surface.heights.count(1)
    assert sum(widths) == pytest.approx(solved * 284 / 17, abs=0.5), "only what is solved has the full colour"
    assert "h20" in of_key


@pytest.mark.parametrize("sweep", sweeps(), ids=lambda sweep: sweep.id)
def test_what_is_as_high_as_the_best_setting_is_as_good(sweep):
    """Screens call every setting right that is as high as the best one."""
    best = np.ravel_multi_index(
        tuple(map(int, sweep.best.split(","))), [len(setting.values) for setting in sweep.settings]
    )
    words = [
        words
        for height, words in zip(sweep.surface.heights, sweep.surface.words, strict=True)
        if height == sweep.surface.heights[best]
    ]
    if sweep.id == "sweep_keep":
        assert words == [words for words in sweep.surface.words if words.endswith("solved")]
        assert len(words) == 5
    else:
        assert words == [sweep.surface.words[best]]


@pytest.mark.parametrize("sweep", sweeps(), ids=lambda sweep: sweep.id)
def test_the_best_setting_is_named_in_the_reply(sweep):
    places = list(map(int, sweep.best.split(",")))
    values = [setting.values[place] for setting, place in zip(sweep.settings, places, strict=True)]
    width = len(sweep.settings[-1].values) if len(places) > 1 else 1
    at = places[0] * width + places[1] if len(places) > 1 else places[0]
    assert all(value.replace("-", "−") in sweep.surface.words[at] for value in values)
    if sweep.id == "sweep_temperature":  # the highest that is good enough, and not the lowest of all
        assert sweep.surface.heights[at] >= 0.9 > max(sweep.surface.heights[at + 1 :])
    else:
        assert sweep.surface.heights[at] == max(sweep.surface.heights)
