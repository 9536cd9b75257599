"""assets/recipe.json is what its script measures, with the settings that a user of the command line gets."""

import json

import pytest

from assets.build.recipe import (
    CHARACTERS,
    DEFAULT,
    EPOCHS,
    FASTER,
    FILE,
    SEEDS,
    SHEET,
    contenders,
    header,
    run,
)
from assets.build.recipe import text as measured_text
from lesson.cheatsheet import defaults
from lstm.terminal.options import command_parser
from lstm.terminal.program import INSTALLED
from lstm.terminal.start import fresh
from lstm.training.recipe import INPUT_SCALE

RESULTS = json.loads(FILE.read_text("utf-8"))


def test_every_contender_ran_with_every_seed_to_the_last_epoch():
    # One that fails here after the recipe has changed: python -m assets.build.recipe measures it again.
    assert RESULTS["header"] == json.loads(json.dumps(header()))
    pairs = [(run["contender"], run["seed"]) for run in RESULTS["runs"]]
    assert pairs == [(name, seed) for name in (SHEET, FASTER, DEFAULT) for seed in SEEDS]
    assert all(len(run["losses"]) == EPOCHS and 0.5 < min(run["losses"]) < 4 for run in RESULTS["runs"])
    assert FILE.stat().st_size < 10_000


def test_the_page_knows_the_contenders_by_their_names():
    assert (
        (defaults.SHEET, defaults.FASTER, defaults.DEFAULT) == tuple(contenders()) == (SHEET, FASTER, DEFAULT)
    )


def test_the_default_is_what_the_command_line_takes():
    """But for patience, which would end the curve."""
    options = command_parser(INSTALLED).parse_args(["train", "input.txt"])
    training, _, _ = fresh(options, measured_text())
    default = contenders()[DEFAULT]
    assert (
        len(measured_text()) == CHARACTERS and training.settings.patience and default.pop("patience") is None
    )
    assert default.pop("input_scale") == INPUT_SCALE
    assert default == {name: getattr(training.settings, name) for name in default}


@pytest.mark.slow
@pytest.mark.parametrize("contender", [SHEET, FASTER, DEFAULT])
def test_a_run_gives_the_same_again(contender):
    """The first epochs, before other rounding has grown."""
    (noted,) = (r["losses"] for r in RESULTS["runs"] if (r["contender"], r["seed"]) == (contender, 1))
    assert run(contender, 1, last=3) == pytest.approx(noted[:3], abs=0.01)
