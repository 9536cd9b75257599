"""The answers to the questions hold in the table of what was measured, judged by another rule."""

import numpy as np

from lesson.series.map_data import map_of
from lesson.series.parameters import LENGTH, SERIES_BIAS
from lesson.series.questions import HIGH, LONG, LOW, SHORT, losses_of_sine, questions
from lesson.series.results import select, table
from lesson.widgets.inline_html import inline_html, plain_text
from lstm.series.training import series_network


def test_the_spike_takes_both():
    spike = questions()[0]
    for bias, length, learns in ((HIGH, LONG, True), (HIGH, SHORT, False), (LOW, LONG, False)):
        shares = [row.loss for row in table() if row[:4] == ("spike", "lstm", bias, length)]
        assert len(shares) == 3 and all((share < 0.1) == learns for share in shares)
    assert spike.right == "both" and "3 of 3 networks have learned it" in spike.right_answer.reply
    assert "0 of 3 networks" in spike.answer("keep").reply and "0 of 3 networks" in spike.answer("long").reply


def test_five_steps_are_enough_for_the_sine():
    losses = {
        length: np.median([row.loss for row in table() if row[:4] == ("sine", "lstm", 1, length)])
        for length in map(int, LENGTH.options)
    }
    assert losses[5] < 1.1 * min(losses.values()) and min(losses) == 5
    seconds = [seconds for _, seconds in losses_of_sine().values()]
    assert seconds[-1] > 5 * seconds[0]
    assert questions()[1].right == "short"


def test_a_longer_memory_is_not_always_better():
    """What the map of the sine says: with b_f = 5 its loss is higher, at every length."""
    for length in map(int, LENGTH.options):
        low, high = ([row.loss for row in select("sine", "lstm", bias, length)] for bias in (1, 5))
        assert max(low) < min(high)


def test_every_cell_of_a_map_can_be_set():
    for task in ("spike", "adding", "sine"):
        shown = map_of(task)
        assert set(shown["columns"]) <= set(LENGTH.options)
        assert {int(row) for row in shown["rows"]} <= set(SERIES_BIAS.grid)
        assert len(shown["cells"]) == len(shown["rows"]) * len(shown["columns"])
        for name, cell in shown["cells"].items():
            bias, length = map(int, name.split())
            rows = select(task, "lstm", bias, length)
            assert sum(cell["dots"]) == (
                0 if task == "sine" else sum(row.loss < 0.1 for row in rows if row.learned)
            )
            assert f"b_f = {bias}, sequences of {length} steps" in cell["says"]
    assert map_of("own") is None


def test_a_map_says_where_it_stands_what_a_loss_is_a_share_of():
    for task, share in (("spike", "10%"), ("adding", "4%")):
        note = map_of(task)["note"]
        assert f"below {share} of the variance, which is the loss of always predicting the mean" in note
    sine = map_of("sine")
    assert "a share of the loss of always predicting the mean" in sine["note"]
    replies = [answer.reply for question in questions() for answer in question.answers]
    said = [sine["note"], *replies, *(cell["says"] for cell in sine["cells"].values())]
    assert not any("the mean's" in words for words in said)
    assert sum("of the loss of always predicting the mean" in words for words in replies) == len(replies)


def test_the_slider_and_the_map_say_that_the_input_bias_is_set_too():
    assert plain_text(SERIES_BIAS.label) == "Forget bias b f = −b i (GRU: b z)"
    for task in ("spike", "adding", "sine"):
        assert f"All start with {inline_html('$b_i$ = −$b_f$')}. " in map_of(task)["note"]
    for bias in SERIES_BIAS.grid:
        net = series_network("lstm", 1, 4, bias, 1)
        assert (net.bf == bias).all() and (net.bi == -bias).all()
