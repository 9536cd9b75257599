"""assets/experiments/series.json is what its script measures."""

import json

import pytest

from assets.build.experiments.series import LENGTHS, SETTINGS, UPDATES, measure, tasks
from assets.build.experiments.table import FOLDER
from lesson.series.parameters import LENGTH, SERIES_BIAS
from lesson.series.settings import LIMITS
from lstm.series.run import LEARNED
from tests.tiers import first_fast


@pytest.fixture(scope="module")
def table():
    return json.loads((FOLDER / "series.json").read_text("utf-8"))


def test_every_network_was_trained(table):
    assert table["settings"] == SETTINGS
    names = list(tasks()[0])
    assert [{name: row[name] for name in names} for row in table["rows"]] == tasks()


def test_its_settings_are_those_of_the_page():
    assert [str(length) for length in LENGTHS] == list(LENGTH.options)
    assert sorted({row["bias"] for row in tasks()}) == SERIES_BIAS.grid
    assert {task: LIMITS[task] for task in UPDATES} == UPDATES


def test_who_has_learned_is_below_the_threshold(table):
    for row in table["rows"]:
        if row["task"] != "sine":
            assert (row["learned"] is not None) == (row["loss"] < LEARNED[row["task"]])
            assert row["updates"] == (row["learned"] or UPDATES[row["task"]])


def test_its_time_is_within_what_the_script_promises(table):
    assert sum(row["seconds"] for row in table["rows"]) < 12 * 60


@pytest.mark.parametrize("number", first_fast(1, [280, 200, 0]))
def test_a_row_comes_out_again(table, number):
    row = table["rows"][number]
    again = measure(**tasks()[number])
    assert again["learned"] == row["learned"]
    assert again["loss"] == pytest.approx(row["loss"], rel=0.02)
