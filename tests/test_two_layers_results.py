"""assets/experiments/two_layers.json is what its script measures, and what the sampling page says of it."""

import json
from functools import partial

import pytest

from assets.build.experiments.table import FOLDER
from assets.build.experiments.two_layers import CLASSES, ONE, SEEDS, TWO, held_out, measure
from assets.build.models import FOLDER as MODELS
from assets.build.models import MODELS as RECIPES
from lesson.sampling.two_layers import sentences
from lesson.sampling.two_layers.properties import JUST_READ, ORDER
from lesson.sampling.two_layers.results import knowledge, model_of, seeds
from lstm.interpret.probes import NEXT, PROPERTIES, RIDGE, back
from lstm.storage.checkpoint import read

close = partial(pytest.approx, abs=0.002)  # the last digits differ between machines


@pytest.fixture(scope="module")
def table():
    return json.loads((FOLDER / "two_layers.json").read_text("utf-8"))


def test_the_table_has_the_settings_of_its_script_and_a_row_for_each_network(table):
    length = len(held_out())
    assert table["settings"] == {
        "text": "fables, held out", "characters": length, "judged": length - 1 - length // 2,
        "ridge": RIDGE, "recipe": RECIPES[TWO],
    }  # fmt: skip
    rows = [(row["model"], row["seed"]) for row in table["rows"]]
    assert rows == [(CLASSES, 0), (ONE, 1), *((TWO, seed) for seed in SEEDS)]
    for row in table["rows"]:
        assert list(row["right"]) == list(PROPERTIES)
        assert all(len(shares) == (2 if row["model"] == TWO else 1) for shares in row["right"].values())
    assert sorted(ORDER) == sorted(PROPERTIES) and seeds() == list(SEEDS)


@pytest.mark.slow
@pytest.mark.parametrize(("model", "place"), [(CLASSES, 0), (ONE, 1), (TWO, 2)])
def test_the_stored_networks_give_the_same_again(table, model, place):
    again, row = measure(model, 1), table["rows"][place]
    for name, shares in row["right"].items():
        assert again["right"][name] == close(shares), name
    for name in set(row) - {"right", "ahead", "model", "seed"}:
        assert again[name] == close(row[name]), name
    for name, difference in row.get("ahead", {}).items():
        assert again["ahead"][name] == close(difference), name


def test_both_models_have_about_as_many_parameters():
    two, one = (read(MODELS / f"{name}.npz").net for name in (TWO, ONE))
    assert (two.layers, one.layers) == (2, 1)
    assert two.weights.flat.size == model_of(TWO).parameters == pytest.approx(one.weights.flat.size, rel=0.01)


def test_what_the_part_says_of_all_networks_holds_in_each():
    """Of the lists in the verdict each member, and of the property that is said to depend on the seed."""
    words = sentences.verdict()
    both = words.split("**layer 2**")
    for layer, part in ((1, both[0]), (2, both[1].split(".")[0])):
        names = [name for name in ORDER if f"*{sentences.label_of(name)}*" in part]
        assert names
        for name in names:
            for seed in seeds():
                ahead = knowledge(seed)[name].ahead.mean
                assert (ahead < -0.015) if layer == 1 else (ahead > 0.015), (name, seed)
    assert "Other things depend on the seed" in words and f"{len(SEEDS)} networks" in words


def test_the_answers_of_the_questions_are_far_from_the_others():
    for seed in seeds():
        table = knowledge(seed)
        assert table[JUST_READ].first > table[JUST_READ].second + 0.05
        assert table[NEXT].second > table[NEXT].first + 0.05
        first, second = model_of(TWO, seed).forgets
        assert first - second > 0.3


@pytest.mark.parametrize("layer", [0, 1])
def test_a_layer_can_be_read_as_far_back_as_is_said_and_no_further(layer):
    steps, table = sentences.reach(layer), knowledge()
    shares = [table[back(k)][layer] - table[back(k)].chance for k in range(11)]
    assert steps >= 3 and min(shares[: steps + 1]) > 0.02 and shares[steps + 1] <= 0.02
