"""The hunt finds what is there, says how good it is on other text, and is not taken in by chance."""

from pathlib import Path

import numpy as np
import pytest

from lstm import InputError
from lstm.interpret.text_rules import RULES
from lstm.interpret.unit_search import balanced_accuracy, detector, hunt
from lstm.storage.checkpoint import read
from lstm.text import read_text, split

ROOT = Path(__file__).parents[3]


def stretches(rng, T, mean=12):
    """A yes-or-no rule that hangs together, as those of texts do."""
    return (np.cumsum(rng.random(T) < 1 / mean) % 2).astype(float)


def wandering(rng, T, H, keep=0.95):
    """Units that remember, and follow nothing."""
    noise, found = rng.normal(size=(T, H)), np.zeros((T, H))
    for t in range(1, T):
        found[t] = keep * found[t - 1] + noise[t]
    return found


@pytest.mark.parametrize("sign", [1, -1])
def test_a_unit_that_follows_is_found_and_its_score_is_that_of_other_text(sign):
    rng = np.random.default_rng(0)
    rule = stretches(rng, 2_000)
    states = wandering(rng, 2_000, 40)
    states[:, 17] = sign * rule + 0.5 * rng.normal(size=2_000)
    found = hunt(states, rule)
    assert found.best == 17 and found.sign[17] == sign and found.place(17) == 1
    held_out = np.corrcoef(states[1_000:, 17], rule[1_000:])[0, 1]
    assert found.score[17] == pytest.approx(sign * held_out) and found.score[17] > 0.6
    assert found.is_significant and found.chance == 1 / 201
    assert sorted(found.order) == list(range(40))


def test_a_unit_that_changes_sides_is_no_find():
    rng = np.random.default_rng(1)
    rule = stretches(rng, 1_000)
    states = wandering(rng, 1_000, 10)
    states[:, 3] = np.where(np.arange(1_000) < 500, rule, -rule)
    found = hunt(states, rule)
    assert found.best == 3 and found.score[3] == pytest.approx(-1) and not found.is_significant


@pytest.mark.slow
def test_chance_is_called_a_find_about_as_seldom_as_it_says():
    rng = np.random.default_rng(2)
    finds = [hunt(wandering(rng, 800, 30), stretches(rng, 800)).is_significant for _ in range(150)]
    assert sum(finds) <= 8  # one in a hundred is asked; three times as many would be 4.5


def test_the_baseline_is_the_whole_procedure_with_the_rule_shifted():
    rng = np.random.default_rng(3)
    states, rule = wandering(rng, 300, 7), stretches(rng, 300)
    scores = []
    for shift in np.random.default_rng(5).permutation(np.arange(30, 271))[:50]:
        shifted = np.roll(rule, shift)
        first = [np.corrcoef(states[:150, u], shifted[:150])[0, 1] for u in range(7)]
        best = int(np.abs(first).argmax())
        scores.append(np.sign(first[best]) * np.corrcoef(states[150:, best], shifted[150:])[0, 1])
    np.testing.assert_allclose(hunt(states, rule, 50, seed=5).baseline, np.sort(scores), atol=1e-9)


def test_units_that_never_move_and_shifted_rules_that_never_change_score_0():
    rule = np.zeros(100)
    rule[[10, 12, 14, 90, 92, 94]] = 1
    found = hunt(np.ones((100, 3), np.float32) * 0.1, rule)
    assert not found.score.any() and not found.baseline.any() and not found.is_significant


@pytest.mark.parametrize("size", [1e-12, 1e200])
def test_units_of_any_size_are_compared(size):
    rng = np.random.default_rng(6)
    rule = stretches(rng, 500)
    assert hunt(np.stack([size * rule, rng.normal(size=500)], axis=1), rule).score[0] == pytest.approx(1)


def test_in_a_short_text_nothing_is_found_by_chance_because_nothing_is_found():
    rule = np.arange(60) // 3 % 2
    found = hunt(rule[:, None], rule)
    assert found.score[0] == pytest.approx(1) and not found.is_significant and len(found.baseline) < 60


@pytest.mark.parametrize(
    ("states", "rule", "says"),
    [
        (np.zeros((39, 2)), np.zeros(39), "at least 40 characters"),
        (np.zeros((50, 2)), np.zeros(60), "at least 40 characters"),
        (np.zeros((50, 2)), np.zeros(50), "never changes in one half"),
        (np.zeros((50, 2)), np.arange(50) < 10, "never changes in one half"),
        (np.zeros((60, 2)), np.arange(60) // 15 % 2, "changes only 3 times"),
        (np.full((50, 2), np.nan), np.arange(50) % 2, "cannot be compared"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_one_sentence(states, rule, says):
    with pytest.raises(InputError, match=says):
        hunt(states, rule)


@pytest.mark.parametrize("turned", [1, -1])
def test_a_detector_tells_yes_from_no(turned):
    values = turned * np.array([0.1, 0.2, 0.3, 0.8, 0.9])
    rule = np.array([0, 0, 0, 1, 1])
    found = detector(values, rule)
    assert found.threshold == pytest.approx(turned * 0.55) and found.upside_down == (turned < 0)
    assert balanced_accuracy(found.says(values), rule) == 1


def test_a_detector_is_the_best_of_all_thresholds():
    rng = np.random.default_rng(4)
    for _ in range(20):
        values, rule = rng.normal(size=30).round(1), rng.random(30) < 0.3
        best = max(
            balanced_accuracy((values > at) != turned, rule)
            for at in (*(np.unique(values) - 0.05), 9)
            for turned in (False, True)
        )
        assert balanced_accuracy(detector(values, rule).says(values), rule) == pytest.approx(best)


def test_balanced_accuracy_of_one_kind_alone_is_no_number():
    assert np.isnan(balanced_accuracy([True], [1])) and np.isnan(balanced_accuracy([True], [0]))


def reading(name, most=4_000):
    """Held-out text of a model and what the model made of it."""
    checkpoint = read(ROOT / "assets/models" / f"{name}.npz")
    text = split(read_text(ROOT / "sample_texts" / f"{checkpoint.notes['text']}.txt"))[1][:most]
    values = checkpoint.net.run(checkpoint.vocabulary.encode(text)).values
    return text, {symbol: values[symbol][:, 0] for symbol in ("C", "h") if symbol in values}


def test_the_bracket_model_has_units_that_follow_depth_and_being_inside():
    text, values = reading("brackets")
    for state in ("C", "h"):
        depth = hunt(values[state], RULES["bracket depth"].of(text))
        inside = hunt(values[state], RULES["inside brackets"].of(text))
        assert depth.is_significant and depth.score[depth.best] > 0.8
        assert inside.is_significant and inside.score[inside.best] > 0.5


def test_the_fables_know_when_somebody_speaks_and_the_plain_rnn_does_not():
    for name, state, least in (("fables", "C", 0.45), ("fables_gru", "h", 0.7)):
        text, values = reading(name)
        found = hunt(values[state], RULES["inside quotes"].of(text))
        assert found.is_significant and found.score[found.best] > least
    text, values = reading("fables_rnn")
    assert not hunt(values["h"], RULES["inside quotes"].of(text)).is_significant
