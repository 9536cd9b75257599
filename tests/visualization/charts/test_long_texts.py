"""Charts of texts of any length, as a notebook renders them: bounded, and true to what they leave out."""

import json
import time

import altair as alt
import numpy as np
import pytest

from tests.tiers import first_fast
from visualization import plot_cell_state_evolution, plot_gate_activations, plot_gradient_flow_comparison
from visualization.charts.gradients import plot_gradient_paths
from visualization.charts.windows import same_line, window_means

LENGTHS = (1, 2, 1_667, 10_000, 200_000)


def text(T):
    return ("a b\n" * (T // 4 + 1))[:T]


def gates_chart(T, rng, H=3):
    gates = {name: rng.uniform(size=(T, H)) for name in ("f", "i", "o")}
    return plot_gate_activations(gates, text(T))


def states_chart(T, rng):
    return plot_cell_state_evolution(rng.normal(size=(T, 12)), text(T))


def norms_chart(T, rng):
    norms = np.exp(rng.normal(size=T))
    return plot_gradient_flow_comparison(norms, norms**2, norms**3, ghosts={"a": norms, "b": norms})


def paths_chart(T, rng):
    return plot_gradient_paths(*np.exp(rng.normal(size=(3, T))))


CHARTS = [gates_chart, states_chart, norms_chart, paths_chart]


def as_a_notebook(chart):
    """The chart's specification by Altair's own way into a notebook, with its limit of rows."""
    assert alt.data_transformers.active == "default" and not alt.data_transformers.options
    bundle = chart._repr_mimebundle_()
    data, *_ = bundle if isinstance(bundle, tuple) else (bundle,)
    assert any("html" in kind or "vegalite" in kind for kind in data)
    return chart.to_dict()


def words(spec):
    return f"{spec['title']['text']} {spec['title']['subtitle']}"


@pytest.mark.slow
@pytest.mark.parametrize("T", first_fast(3, LENGTHS))
@pytest.mark.parametrize("chart", CHARTS)
def test_a_notebook_draws_any_length(chart, T, rng):
    spec = as_a_notebook(chart(T, rng))
    assert len(json.dumps(spec)) < 1_000_000
    assert ("title" in spec) == (T > 8_000 or T > 1_500 and chart is not states_chart)


@pytest.mark.slow
@pytest.mark.parametrize("chart", CHARTS)
def test_twenty_times_the_text_takes_at_most_some_forty_times_as_long(chart, rng):
    def seconds(T):
        began = time.process_time()
        chart(T, rng).to_dict()
        return time.process_time() - began

    seconds(10)  # what the first chart loads is not counted
    assert seconds(200_000) < 40 * seconds(10_000)


def test_windows_hold_the_mean_and_the_extremes_of_their_characters(rng):
    forget = rng.uniform(size=(10_001, 4))
    spec = as_a_notebook(plot_gate_activations({"f": forget}, text(10_001)))
    (rows,) = spec["datasets"].values()
    assert len(rows) == 477 and rows[-1]["to"] == 10_001 and rows[-1]["from"] == 9_997
    covered = []
    for row in rows:
        line = forget[row["from"] - 1 : row["to"]].mean(axis=1)
        covered.extend(range(row["from"], row["to"] + 1))
        assert row["mean"] == pytest.approx(line.mean(), rel=1e-12)
        assert (row["low"], row["high"]) == (line.min(), line.max())
    assert covered == list(range(1, 10_002))
    assert "10,001 characters; each point stands for 21" in words(spec) and "lowest to highest" in words(spec)


def test_a_single_low_character_among_200_000_is_seen(rng):
    forget = np.full((200_000, 1), 0.9)
    forget[123_456] = 0.01
    (rows,) = as_a_notebook(plot_gate_activations({"f": forget}, text(200_000)))["datasets"].values()
    low = [row for row in rows if row["low"] < 0.5]
    assert [row["low"] for row in low] == [0.01]
    assert low[0]["from"] <= 123_457 <= low[0]["to"]


def test_a_text_below_the_limit_has_a_row_for_each_character(rng):
    (rows,) = as_a_notebook(gates_chart(1_500, rng))["datasets"].values()
    assert [row["step"] for row in rows if row["symbol"] == "i"] == list(range(1, 1_501))


def test_a_map_of_means_says_so(rng):
    spec = as_a_notebook(plot_cell_state_evolution(rng.normal(size=(2_000, 2_000)), text(2_000)))
    assert words(spec).startswith(
        "2,000 characters; each point stands for 5 of them and 2 of 2,000 units colour: their mean"
    )


def test_means_over_windows(rng):
    values = rng.normal(size=(7, 3))
    np.testing.assert_allclose(
        window_means(values, 3), [values[:3].mean(axis=0), values[3:6].mean(axis=0), values[6]], rtol=1e-12
    )
    np.testing.assert_array_equal(window_means(values, 3, axis=1), values)


def test_a_curve_of_fewer_steps_keeps_its_ends_and_its_extremes(rng):
    values = rng.normal(size=50_000)
    places = same_line(values, 400)
    assert len(places) <= 400 and (np.diff(places) > 0).all()
    assert {0, 49_999, values.argmin(), values.argmax()} <= set(places.tolist())
    for start in range(0, 50_000, 500):
        part = places[(places >= start) & (places < start + 500)]
        assert {start, start + 499} <= set(part.tolist())
        assert (values[part].min(), values[part].max()) == (
            values[start : start + 500].min(), values[start : start + 500].max(),
        )  # fmt: skip
    np.testing.assert_array_equal(same_line(values[:400], 400), np.arange(400))


def test_a_long_curve_that_vanishes_has_its_mark_still():
    norms = np.exp(np.linspace(-300, 0, 20_000))
    spec = as_a_notebook(plot_gradient_flow_comparison(norms, norms))
    marks = [row for rows in spec["datasets"].values() for row in rows if row.get("end")]
    assert [(row["cell"], row["end"]) for row in marks] == [("LSTM", "below"), ("RNN", "below")]
    assert words(spec).startswith("6,140 steps back of neighbouring steps the first")
