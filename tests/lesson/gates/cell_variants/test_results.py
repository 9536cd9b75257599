"""assets/experiments/variants.json is what its script measures, and what the page says of it."""

import re

import numpy as np
import pandas as pd
import pytest

from assets.build.experiments import variants as script
from lesson.gates.cell_variants.results import BY_HAND, RECALLS, frame, recall_sentences, text_sentences
from lesson.gates.cell_variants.tables import table
from lstm.recall.task import recall as draw_recall
from lstm.variants.networks import VARIANTS, MinLSTM
from visualization.charts.variants import describe_variants, plot_variant_losses, plot_variant_recall

TASK = ("cell", "layers", "bias", "gap", "seed")


@pytest.fixture
def rows():
    return frame()


@pytest.fixture
def recall(rows):
    return rows[rows.gap.notna()]


@pytest.fixture
def text(rows):
    return rows[rows.gap.isna()].assign(row=lambda rows: rows.cell_name)


def test_the_table_is_of_this_script():
    measured = table("variants")
    assert measured["settings"] == script.SETTINGS
    assert [{name: row[name] for name in TASK} for row in measured["rows"]] == script.tasks()
    assert {row["cell"] for row in measured["rows"]} == {"lstm", *VARIANTS}
    for row in measured["rows"]:
        if row["gap"] is None:
            assert 0 < row["loss"] < 4 and row["milliseconds"] > 0
        else:
            assert 0 <= row["accuracy"] <= 1 and 0 < row["updates"] <= script.RECALL["steps"]


def test_the_parameters_are_those_of_the_networks():
    for row in table("variants")["rows"]:
        size, H = (59, script.TEXT_UNITS) if row["gap"] is None else (9, script.HIDDEN_SIZE)
        net = script.network(row["cell"], row["layers"], row["bias"], size, H, 0)
        assert row["parameters"] == net.weights.flat.size


@pytest.mark.slow
def test_a_run_gives_the_same_again():
    """The quickest of those that recall, which other rounding does not tip over."""
    right = [
        row for row in table("variants")["rows"] if row.get("accuracy", 0) >= 0.99 and row["cell"] != "lstm"
    ]
    cheapest = min(right, key=lambda row: row["gap"] * row["updates"])
    again = script.measure(**{name: cheapest[name] for name in TASK})
    assert again["accuracy"] >= 0.98
    assert cheapest["updates"] / 2 <= again["updates"] <= cheapest["updates"] * 2


def test_each_row_is_said_to_recall_in_all_some_or_no_seeds(recall):
    (sentence, *_) = recall_sentences(recall)
    longest = recall[recall.gap == recall.gap.max()]
    parts = re.split(r"in (all seeds|some|none): ", sentence)
    where = dict(zip(parts[1::2], parts[2::2], strict=True))
    for row, accuracy in longest.groupby("row").accuracy:
        here, of = (accuracy >= RECALLS).sum(), len(accuracy)
        part = "all seeds" if here == of else "some" if here else "none"
        assert row in where[part], row
        if part == "some":
            assert f"{row} ({here} of {of})" in where[part]


def test_what_is_said_of_the_minlstm_and_of_1997_depends_on_what_was_measured(recall):
    said = " ".join(recall_sentences(recall))
    assert "One layer of minLSTM" in said and "The LSTM of 1997** recalls" in said
    other = recall.assign(accuracy=1.0)
    assert "One layer of minLSTM" not in " ".join(recall_sentences(other))
    none = recall.assign(accuracy=0.1)
    assert "The LSTM of 1997** recalls" not in " ".join(recall_sentences(none))


def test_losses_and_costs_are_those_of_the_table(text):
    losses, costs = text_sentences(text)
    medians = text.groupby("cell_name").loss.median()
    assert sorted(re.findall(r"\d\.\d\d", losses)) == sorted(f"{median:.2f}" for median in medians)
    ends = text.groupby("cell_name").loss.agg(["min", "max"])
    lower = set(ends.index[ends["max"] < ends["min"]["LSTM"]])
    assert all(
        name in losses.partition("lower than any LSTM's: ")[2].partition("higher")[0] for name in lower
    )
    sizes = text.groupby("cell_name").parameters.first()
    assert f"LSTM of 1997 {sizes['LSTM of 1997'] / sizes['LSTM']:.0%}" in costs


def test_the_pictures_have_a_dot_for_each_network(recall, text):
    assert len(plot_variant_recall(recall).layer[1].data) == len(recall)
    assert recall.row.str.contains("forget bias 3").any() and not recall.row.str.contains("_").any()
    assert len(plot_variant_losses(text).data) == len(text)
    assert isinstance(text, pd.DataFrame)
    words = describe_variants(recall, "accuracy")
    assert all(row in words for row in recall.row)


def test_one_layer_of_minlstm_can_recall_some_by_hand_so_what_is_said_is_that_it_has_not_learned_to(recall):
    """Four units for each symbol that forget at different rates: how far back it was can be read off them."""
    net = MinLSTM(9, 32, 9, seed=0, dtype=np.float64)
    net.weights.flat[:] = 0
    for symbol in range(8):
        units = slice(4 * symbol, 4 * symbol + 4)
        net.Wc[units, symbol] = 1
        net.bf[units], net.bi[units] = np.linspace(2, 4, 4), -np.linspace(2, 4, 4)
    batches = [draw_recall(np.random.default_rng(seed), 6_000, 20) for seed in (0, 1)]
    states, tests = (np.insert(net.run(one.inputs).values["h"][-1], 0, 1, axis=1) for one in batches)
    right, asked = (one.targets[-1] for one in batches)
    readout = np.linalg.lstsq(states, np.eye(8)[right])[0]
    assert ((tests @ readout).argmax(axis=1) == asked).mean() == pytest.approx(BY_HAND, abs=0.02)
    said = " ".join(recall_sentences(recall))
    assert "One layer of minLSTM** has not learned" in said and f"{BY_HAND:.0%} are over 20 steps" in said
