"""Loss curves and bars as they are sent: what is kept, what is averaged, what has no place on an axis."""

import base64
import json
import math
import warnings

import numpy as np
import pytest

from tests.visualization.contrast import luminance
from visualization.drawings.bars import LIKELIEST, describe_next, likeliest
from visualization.drawings.loss_codes import (
    BEYOND,
    INFINITE,
    NAN,
    ZERO,
    StepAxis,
    loss_axis,
    loss_codes,
    norm_axis,
    norm_codes,
    thinned,
)
from visualization.drawings.losses import Curve, describe_losses, guessing, loss_picture, run_curve
from visualization.palette import BACKGROUND, RUNS

each_axis = pytest.mark.parametrize("logarithmic", [False, True])


@pytest.fixture
def history():
    step = np.arange(1, 2001)
    validation = np.where(step % 100 == 0, 1.5, np.nan)
    return {"step": step, "loss": 4 / np.sqrt(step), "validation_loss": validation}


def curve(loss, name="this run", norm=None, **more):
    """A run of which every step was kept and every tenth validated."""
    loss = np.asarray(loss, float)
    step = np.arange(1, len(loss) + 1)
    return Curve(name, step, loss, step[9::10], loss[9::10] + 0.1, norm, **more)


def numbers(text, kind="<i2"):
    """What the browser unpacks."""
    return np.frombuffer(base64.b64decode(text), kind)


def sent(curves, V=50, steps=2000, **more):
    """A picture that has been to the browser, and its first run."""
    picture = json.loads(json.dumps(loss_picture(curves, V, steps, **{"logarithmic": False, **more})))
    return picture, picture["runs"][0]


# -- thinning --


@each_axis
@pytest.mark.parametrize("n", [1, 2, 3, 200, 2000, 50_000])
def test_the_first_and_last_point_are_kept_and_the_others_are_means(n, logarithmic, rng):
    step, loss = np.arange(1, n + 1), rng.uniform(1, 4, n)
    steps, means = thinned(step, [loss], StepAxis(n, logarithmic), 300)
    assert len(steps) <= min(n, 300) and (np.diff(steps) > 0).all()
    assert (steps[0], means[0], steps[-1], means[-1]) == (1, loss[0], n, loss[-1])
    # Every row is in one stretch: cut them at the means of neighbouring stretches, and compare.
    axis = StepAxis(n, logarithmic)
    inner = np.floor(297 * axis.share(step[1:-1].astype(float)))
    for at, stretch in enumerate(np.unique(inner)):
        rows = inner == stretch
        assert steps[1 + at] == pytest.approx(step[1:-1][rows].mean())
        assert means[1 + at] == pytest.approx(loss[1:-1][rows].mean())


def test_a_logarithmic_axis_keeps_the_early_steps_and_averages_the_late_ones(history):
    _, run = sent([run_curve("x", history)], logarithmic=True)
    steps, losses = numbers(run["step"], "<u2"), numbers(run["loss"]) / 1000
    assert losses[0] == 4.0
    assert len(steps) < 300 and (np.diff(steps) > 0).all()
    assert np.diff(steps)[:3].max() <= 1.5 < 10 < np.diff(steps)[-2]
    assert history["loss"][-1] == pytest.approx(losses[-1], abs=5e-4)
    late = history["loss"][-30:]
    assert late.min() <= losses[-2] <= late.max()


def test_points_stay_where_they_are_while_a_run_goes_on(rng):
    loss = rng.uniform(1, 4, 1500)
    before, after = (sent([curve(loss[:n])])[1]["loss"] for n in (1000, 1500))
    assert (numbers(before)[:-2] == numbers(after)[: len(numbers(before)) - 2]).all()


def test_two_runs_at_once_stay_small(rng):
    norm = rng.uniform(0.1, 10, 2000)
    runs = [curve(rng.uniform(1, 4, 2000), name, norm) for name in ("this run", "learning rate 0.3")]
    picture, _ = sent(runs, clip=5.0)
    assert len(json.dumps(picture)) < 5_500  # bytes
    assert all(len(numbers(run["loss"])) <= 200 for run in picture["runs"])


@pytest.mark.parametrize(("last", "kind"), [(65_535, "<u2"), (65_536, "<u4"), (3_000_000, "<u4")])
def test_steps_of_any_length_arrive(last, kind):
    run = Curve("x", np.array([1, last]), np.array([4.0, 1.0]), np.array([]), np.array([]))
    assert numbers(sent([run])[1]["step"], kind).tolist() == [1, last]


def test_what_is_sent_is_what_was_measured(history):
    _, run = sent([run_curve("x", {k: v[:250] for k, v in history.items()})], steps=250)
    assert numbers(run["step"], "<u2").tolist() == list(range(1, 251))
    np.testing.assert_allclose(numbers(run["loss"]) / 1000, history["loss"][:250], atol=5.1e-4)
    assert numbers(run["validation_step"], "<u2").tolist() == [100, 200]
    assert numbers(run["validation"]).tolist() == [1500, 1500]
    assert run["norm"] is None and run["at"] is None and not run["means"]


def test_a_long_history_is_averaged_and_every_validation_loss_kept():
    steps = np.arange(1.0, 1001)
    validation = np.where(steps % 100 == 0, 2.0, np.nan)
    history = {"step": steps, "loss": steps / 500, "validation_loss": validation}
    _, run = sent([run_curve("x", history)], steps=1000)
    losses = numbers(run["loss"]) / 1000
    assert len(losses) <= 300 and losses.mean() == pytest.approx(1, rel=0.01) and run["means"]
    assert numbers(run["validation_step"], "<u2").tolist() == list(range(100, 1001, 100))


def test_moments_add_their_validation_loss_once(history):
    moments = {
        "step": np.array([0, 10, 100]), "validation_loss": np.array([4.0, 3.0, 9.0]),
        "loss": np.array([np.nan, 3.0, 1.25]),
    }  # fmt: skip
    run = run_curve("x", history, moments)
    assert "to 1.25 (the mean of the last steps)" in describe_losses([run], 50)  # the last snapshot's
    held_out = dict(zip(run.validation_step, run.validation_loss, strict=True))
    assert held_out[0] == 4 and held_out[10] == 3 and held_out[100] == 1.5  # the history's own
    assert (np.diff(run.validation_step) > 0).all() and len(held_out) == 22


# -- the marker --


def test_a_marker_has_a_point_on_each_curve_that_was_measured():
    losses = [3.0, 2.0] * 10
    assert sent([curve(losses, at=10)])[1]["dots"] == [2000, 2100]
    assert sent([curve(losses, at=11)])[1]["dots"] == [3000, NAN]
    assert sent([curve(losses, at=0, marked=(np.nan, 2.0))])[1]["dots"] == [NAN, 2000]
    assert sent([curve(losses)])[1]["dots"] == []
    assert "at step 11 training 3.00." in describe_losses([curve(losses, at=11)], 50)


@each_axis
def test_all_but_the_marker_is_the_same_for_every_moment(history, logarithmic):
    first, again = (
        sent([Curve("x", history["step"], history["loss"], [], [], at=at)], logarithmic=logarithmic)[0]
        for at in (1, 100)
    )
    for picture in (first, again):
        picture["runs"][0].pop("at"), picture["runs"][0].pop("dots")
    assert first == again


# -- axes --


def test_the_guess_is_ln_v_and_has_its_name():
    picture, _ = sent([curve([4.0, 3.0])], V=50)
    assert picture["guess"] == [3912, "guessing: ln 50 = 3.91"]
    assert guessing(59)[0] == pytest.approx(np.log(59))


def test_ticks_are_round_and_inside_the_axis():
    assert [text for _, text in loss_axis(4.1, 4.08)[1]["ticks"]] == ["0", "1", "2", "3", "4"]
    assert [text for _, text in loss_axis(0.5, 0.69)[1]["ticks"]] == ["0.0", "0.2", "0.4", "0.6"]
    assert StepAxis(2600, True).sent()["ticks"] == [(0, "0"), (10, "10"), (100, "100"), (1000, "1,000")]
    assert StepAxis(2000, False).sent()["ticks"][-1] == (2000, "2,000")
    assert StepAxis(1, False).sent()["ticks"] == [(0, "0"), (1, "1")]
    assert [text for _, text in norm_axis([np.array([0.02, 40.0])], 5.0)["ticks"]] == [
        "0.01", "0.1", "1", "10", "100",
    ]  # fmt: skip
    assert len(norm_axis([np.array([1e-30, 1e30])], None)["ticks"]) <= 5


def test_the_axis_has_all_losses_but_goes_no_further_than_twice_guessing():
    guess = 4.0
    assert loss_axis(2.0, guess)[0] == pytest.approx(1.08 * guess)
    assert loss_axis(6.0, guess)[0] == pytest.approx(1.02 * 6)
    assert loss_axis(1e30, guess)[0] == loss_axis(9.0, guess)[0] == 2 * guess
    assert loss_axis(3.0, 0.0)[0] > 3  # a text of one character: nothing to guess


def test_the_axis_of_steps_is_that_of_the_longest_run():
    assert sent([curve([1.0] * 30)], steps=20)[0]["x"]["last"] == 30
    assert sent([curve([])], steps=0)[0]["x"]["last"] == 1


# -- what no axis can show --


def test_codes_of_what_has_no_place():
    assert loss_codes([0, 1.2345, np.nan, np.inf], 8.0).tolist() == [0, 1234, NAN, INFINITE]
    assert loss_codes([1000.0, 1e300], 8.0).tolist() == [-BEYOND - 300, -BEYOND - 30000]
    assert norm_codes([0, 100, 0.1, np.nan, np.inf]).tolist() == [ZERO, 200, -100, NAN, INFINITE]


def test_a_curve_that_explodes_is_cut_marked_and_said():
    loss = np.full(1000, 3.0)
    loss[500:600] = np.geomspace(10, 12_345, 100)
    picture, run = sent([curve(loss)], V=50, steps=1000)
    assert picture["y"]["top"] == round(2000 * np.log(50))
    assert run["up"][-1] == 600 and all(500 < step <= 600 for step in run["up"]) and len(run["up"]) <= 4
    assert run["says"].startswith("training up to 1.2 · 10⁴ at step 600; validation up to 1.2 · 10⁴")
    assert run["says"].split(";")[0] in describe_losses([curve(loss)], 50)


def test_of_several_steps_above_the_axis_the_highest_is_marked():
    loss = np.full(1000, 3.0)
    loss[[510, 520, 530]] = 20, 30, 25
    assert sent([curve(loss)], V=50, steps=1000)[1]["up"] == [521]


@pytest.mark.parametrize(("bad", "words"), [(np.nan, "not a number"), (np.inf, "infinite")])
def test_what_is_no_number_is_said_with_its_first_step(bad, words):
    loss = np.full(400, 3.0)
    loss[119:] = bad
    _, run = sent([curve(loss, norm=loss)], steps=400)
    assert run["says"] == f"training {words} from step 120 on; validation {words} from step 120 on"
    assert run["says"] in describe_losses([curve(loss)], 50)
    assert numbers(run["loss"])[-1] == {"not a number": NAN}.get(words, INFINITE)
    assert run["up"] == []


def test_a_single_bad_step_is_said_and_the_run_goes_on():
    loss = np.full(400, 3.0)
    loss[50] = np.nan
    _, run = sent([curve(loss)], steps=400)
    assert run["says"] == "training not a number at 1 of 400 steps, first at step 51"


@pytest.mark.parametrize(
    "loss", [[], [np.nan], [np.inf, -np.inf, np.nan] * 400, [0.0] * 900, [-1.0, 1e308, 1e-308]]
)
def test_any_losses_can_be_sent_and_described(loss):
    loss = np.array(loss, np.float64)
    for clip in (None, 5.0):
        for logarithmic in (False, True):
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                picture, _ = sent([curve(loss, norm=loss)], V=2, clip=clip, logarithmic=logarithmic)
                describe_losses([curve(loss, norm=loss), curve(loss)], 2)
    assert "NaN" not in json.dumps(picture)


def test_what_was_never_measured_is_no_trouble():
    empty = Curve("x", np.array([]), np.array([]), np.array([]), np.array([]), np.array([]), at=3)
    picture, run = sent([empty], clip=5)
    assert run["step"] == "" and run["dots"] == [NAN, NAN] and picture["norm"]["clip"][1] == "clipped to 5"
    assert "none yet" in describe_losses([empty], 50)


# -- words and colours --


def test_the_words_have_the_numbers_of_every_run(history):
    words = describe_losses([run_curve("this run", history), curve([4.0] * 99 + [2.0], "other")], 50)
    end = history["loss"][-40:].mean()
    assert (
        f"this run: training from 4.00 to {end:.2f} (the mean of the last steps); validation ends at 1.5"
        in words
    )
    assert "other: training from 4.00 to 3.00" in words and "is lowest at step 100 with 2.10" in words
    assert words.endswith("Uniform guessing among 50 characters has a loss of 3.91.")


def test_names_travel_as_they_are():
    assert sent([curve([1.0], "<b>&amp;")])[1]["name"] == "<b>&amp;"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_runs_can_be_seen_their_names_be_read_and_their_two_lines_told_apart(theme):
    def contrast(a, b):
        low, high = sorted((luminance(a), luminance(b)))
        return (high + 0.05) / (low + 0.05)

    for training, validation in (run[theme] for run in RUNS):
        assert contrast(training, BACKGROUND[theme]) >= 3
        assert contrast(validation, BACKGROUND[theme]) >= 4.5
        assert contrast(training, validation) >= 2.4


# -- bars --


def test_the_likeliest_characters_come_first_and_white_space_is_seen():
    bars = likeliest([0.1, 0.6, 0.296, 0.004], ["a", " ", "\n", "<"])
    assert [bar.character for bar in bars] == ["␣", "⏎", "a", "<"]
    assert [bar.says for bar in bars] == ["60%", "30%", "10%", "< 1%"]
    assert [bar.length for bar in bars] == [6000, 2960, 1000, 40]
    assert describe_next(bars).startswith("Likeliest next characters: ␣ 60%, ⏎ 30%")
    assert len(likeliest(np.ones(50) / 50, "x" * 50)) == LIKELIEST


def test_a_second_bar_is_the_same_characters_of_before():
    bars = likeliest([0.2, 0.8], "ab", before=[0.5, 0.5])
    assert [(bar.character, bar.length, bar.before) for bar in bars] == [("b", 8000, 5000), ("a", 2000, 5000)]


def test_beside_each_loss_of_the_axis_stands_its_perplexity():
    axis = loss_axis(4.1, 4.08)[1]
    assert axis["other_unit"]["title"] == "perplexity"
    assert [float(text) for text in axis["other_unit"]["ticks"]] == pytest.approx(
        [math.exp(float(loss)) for _, loss in axis["ticks"]], abs=0.51
    )
    assert axis["other_unit"]["ticks"][:2] == ["1.0", "2.7"]
