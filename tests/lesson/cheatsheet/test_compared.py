"""The comparison of cells: its table is counted and measured, its advice is called opinion."""

import itertools
from html import unescape

import pytest

from lesson.answers import answers
from lesson.cheatsheet import cells
from lesson.cheatsheet.answers import (
    ADVICE,
    COMPARED,
    TIMED_ROW,
    TIMES,
    advice_answer,
    compared_answer,
    times_answer,
)  # fmt: skip
from lesson.cheatsheet.parameters import FAR, MUCH, WHERE
from lesson.frame.query import Query, QueryError
from lesson.gradients.recall_results import results
from lesson.widgets.inline_html import inline_html
from lstm import GRU, LSTM, RNN
from tests.app import open_page, panels_of
from visualization.charts.recall import recall_panel
from visualization.charts.recall_sentences import seeds_that_recall

SMALL = {"sheet_H": "32", "sheet_V": "30"}


def table(**values):
    """The rows by their heads, as HTML without names for signs."""
    (frame,) = compared_answer(Query(values))["frames"]
    assert all(len(row) == len(cells.COLUMNS) for row in frame["rows"])
    return {head: rest for head, *rest in (map(unescape, row) for row in frame["rows"])}


def test_parameters_are_those_of_the_cells():
    for H, D in ((32, 30), (256, 200)):
        counted = table(sheet_H=str(H), sheet_V=str(D))["parameters without the output layer"]
        nets = (kind(D, H, D) for kind in (RNN, GRU, LSTM))
        assert counted[:3] == [f"{net.weights['W'].size + net.weights['b'].size:,}" for net in nets]
        assert f"{12 * H * H:,}" in counted[3]


def test_which_cell_keeps_more_of_a_gradient_depends_on_the_bias():
    """The course's own sentence, in its own table; the RNN has no such bias."""
    left = [cells.gradients_left(bias) for bias in cells.BIASES]
    assert [one["gru"] > one["lstm"] for one in left] == [True, False, True]
    assert len({one["rnn"] for one in left}) == 1
    heads = [head for head in table() if "b<sub>z</sub>" in head]
    assert [head[-1] for head in heads] == [str(bias) for bias in cells.BIASES]


def test_a_step_of_each_cell_is_timed_once():
    row = times_answer(Query(SMALL))["row"]
    assert all(0 < float(time.removesuffix(" ms")) < 10_000 for time in row[1:4])
    assert row == times_answer(Query(SMALL))["row"]
    assert compared_answer(Query(SMALL))["frames"][0]["rows"][TIMED_ROW][0] == row[0]


def test_the_largest_network_is_timed_in_few_turns(monkeypatch):
    """Others wait meanwhile: what is slow is timed three times, not eight, after a first step."""
    steps = []
    monkeypatch.setattr(cells, "train", lambda net, *_, **__: iter(lambda: steps.append(net.kind), 1))
    clock = iter(itertools.count())
    monkeypatch.setattr(cells.time, "perf_counter", lambda: next(clock))
    cells.milliseconds.function(32, 30)
    assert steps == ["rnn", "gru", "lstm"] * 4


def test_what_other_programs_do_is_no_part_of_a_time(monkeypatch):
    """A step waits for them on the clock, not in the processor's time; of its steps the fastest counts."""
    processor = {"rnn": iter([9, 4, 5, 4]), "gru": iter([30, 9, 10, 12]), "lstm": iter([20, 14, 11, 12])}
    clock = {"thread_time": 0.0, "perf_counter": 0.0}

    def steps(net, *_, **__):
        for needed in processor[net.kind]:
            clock["thread_time"] += needed / 1000
            clock["perf_counter"] += 0.2 if net.kind == "gru" else 0.001
            yield

    monkeypatch.setattr(cells, "train", steps)
    for name in clock:
        monkeypatch.setattr(cells.time, name, lambda name=name: clock[name])
    times = cells.milliseconds.function(32, 30)
    assert {kind: round(time, 3) for kind, time in times.items()} == {"rnn": 4, "gru": 9, "lstm": 11}


def test_every_advice_is_opinion_and_says_so():
    words = {
        advice_answer(Query(dict(zip(("aid_far", "aid_where", "aid_much"), answers_, strict=True))))[
            "frames"
        ][0]["words"]
        for answers_ in itertools.product(FAR.options, WHERE.options, MUCH.options)
    }
    assert len(words) == 4 and all("<em>The recommendation is an opinion.</em>" in line for line in words)


def test_the_advice_for_long_gaps_is_what_was_measured():
    """The surest first: of what recalls over the longest gap, the one that most seeds of do."""
    (far,) = advice_answer(Query({"aid_far": "hundreds or more"}))["frames"]
    assert far["words"].startswith(inline_html("A **GRU** with $b_z$ = 3 or an **LSTM** with $b_f$ = 3."))
    frame = recall_panel(results(), "direct")
    for cell in ("GRU", "LSTM"):
        row = next(row for row in frame["row"].unique() if row.startswith(cell) and row.endswith("3"))
        count = seeds_that_recall(frame, row, 100)
        assert f"{count} of the {cell}" in far["words"]


def test_the_gru_is_compared_by_those_who_compared_it():
    (near,) = advice_answer(Query({"aid_far": "tens of steps"}))["frames"]
    assert "Chung et al. 2014" in near["words"] and "Greff" not in near["words"]


def test_the_work_of_a_block_has_two_terms():
    """The one with the square is the larger above T = 6·H, and only then."""
    for H in (32, 128):
        linear, square = cells.block_work(H, 6 * H)
        assert linear == square
        assert cells.block_work(H, 6 * H - 1)[0] > cells.block_work(H, 6 * H - 1)[1]
    work = table(sheet_H="128", sheet_V="65")
    assert "T > 6·H = 768" in work["multiplications for T characters"][3]
    assert work["the same for T = 50"][2] == f"{4 * 128 * (128 + 65) * 50:,}"
    assert work["the same for T = 50"][3].startswith(f"{12 * 128**2 * 50 + 2 * 128 * 50**2:,}")


@pytest.mark.parametrize("values", [{"sheet_H": "33"}, {"sheet_H": "1e9"}, {"sheet_V": ""}, {"sheet_V": "x"}])
def test_sizes_that_no_control_has_are_refused(values):
    for answer in (compared_answer, times_answer):
        with pytest.raises(QueryError):
            answer(Query(values))
    with pytest.raises(QueryError):
        advice_answer(Query({"aid_far": "for ever"}))


def test_the_page_asks_for_them_and_a_link_opens_its_sizes():
    app = open_page("8_cheatsheet.py", {"sheet": "Compared", **SMALL, "aid_much": "a lot"})
    compared, advice = panels_of(app)
    assert compared["answers"] == COMPARED and compared["look"]["times"] == TIMES
    assert compared["setting"] == SMALL
    assert advice["answers"] == ADVICE and advice["setting"] == {"aid_much": "a lot"}
    assert {COMPARED, TIMES, ADVICE} <= answers().keys() and not app.warning
