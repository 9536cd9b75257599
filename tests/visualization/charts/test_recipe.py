"""Settings compared: what is drawn and said is what was measured."""

import pytest

from visualization.charts.recipe import describe_recipe, median_curves, plot_recipe, recipe_frame

CURVES = {"slow": [3.0, 2.5, 2.0, 1.9], "middle": [2.8, 1.8, 1.7, 1.75], "quick": [2.0, 1.5, 1.6, 1.7]}


@pytest.fixture
def frame():
    """Three seeds, of which the second is the curve itself and the others lie around it unevenly."""
    return recipe_frame(
        {
            "runs": [
                {"contender": name, "seed": seed, "losses": [loss + shift for loss in losses]}
                for name, losses in CURVES.items()
                for seed, shift in ((1, 0.3), (2, 0.0), (3, -0.1))
            ]
        }
    )


def test_the_strong_line_is_the_median_of_the_seeds(frame):
    assert {name: curve.tolist() for name, curve in median_curves(frame).items()} == CURVES
    quick = frame[(frame["contender"] == "quick") & (frame["epoch"] == 3)]
    assert quick["median"].tolist() == [1.6] * 3 and quick["loss"].tolist() == pytest.approx([1.9, 1.6, 1.5])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_seed_is_a_line_and_every_contender_has_its_mark(frame, theme):
    spec = plot_recipe(frame, theme).to_dict()  # validated against the schema of Vega-Lite
    whole, best, *texts = sorted(spec["datasets"].values(), key=len, reverse=True)
    assert len(whole) == len(frame) and "width" not in spec, "as wide as there is room"
    assert {row["contender"]: row["epoch"] for row in best} == {"slow": 4, "middle": 3, "quick": 2}
    seeds, medians, *_ = spec["layer"]
    assert [[row["contender"] for row in rows] for rows in texts] == [["slow", "middle"], ["quick"]]
    assert seeds["encoding"]["detail"]["field"] == "seed" and seeds["encoding"]["y"]["field"] == "loss"
    assert medians["encoding"]["y"]["field"] == "median"
    colours = medians["encoding"]["color"]["scale"]
    assert colours["domain"] == list(CURVES) and len(set(colours["range"])) == len(CURVES)


def test_no_best_epoch_is_cut_off(frame):
    low, high = plot_recipe(frame).to_dict()["layer"][0]["encoding"]["y"]["scale"]["domain"]
    assert low < frame["loss"].min() and all(
        low < curve.min() < high for curve in median_curves(frame).values()
    )


def test_the_description_gives_first_lowest_and_last(frame):
    words = describe_recipe(frame)
    assert "each of 4 epochs, median of 3 seeds" in words
    assert "middle: 2.80 after the first, lowest 1.70 after 3, 1.75 at the end" in words
    assert words.endswith("from the lowest loss on: quick, middle and slow.")
