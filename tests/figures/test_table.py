"""Tables of figures: what is written, what is asked, and what is short of it."""

import pytest

from tests.figures.table import Cell, Table, fill, line, names_in, wrapped

TABLE = Table(
    ("", "measured"),
    (
        line("votes: 95 % within", Cell("{votes:,.0f} ms", most=300, busy=600)),
        line("… the slowest of {count:.0f}", Cell("{slowest:.1f} s", most=1)),
        line("frames", Cell("{frames:.0f} a second", least=30)),
    ),
)
VALUES = {"votes": 300.4, "slowest": 0.96, "frames": 29.6, "count": 600}
WIDE = Table(
    ("page", "gates", "sampling", "bare"),
    (
        line("key", Cell("{a:.1f} ms", most=0.6), Cell("{b:.1f} ms", most=4), "{c:.0f} ms"),
        line("drag", Cell("{d:.1f} ms", most=16.7), Cell("{e:.1f} ms", most=16.7), "–"),
        line("step", "{f:.1f} ms", "{g:.1f} ms", Cell("{h:.2f}", most=1)),
        line("text", Cell("{f:.2f}", most=1.58), "{g:.2f}", Cell("{h:.0f} %", least=75)),
    ),
)


def test_a_table_has_what_was_measured_beside_what_is_asked():
    assert TABLE.markdown(VALUES, {}).splitlines() == [
        "| | asked | measured |",
        "|---|---|---|",
        "| votes: 95 % within | 300 ms, busy 600 ms | 300 ms |",
        "| … the slowest of 600 | 1 s | 1.0 s |",
        "| frames | ≥ 30 a second | 30 a second |",
    ]


def test_what_was_measured_on_a_busy_machine_is_a_column_with_limits_of_its_own():
    busy = {**VALUES, "votes": 601, "slowest": 1.3}
    rows = TABLE.markdown({**VALUES, "votes": 301}, busy).splitlines()
    assert rows[0] == "| | asked | quiet | busy |"
    assert rows[2].endswith("| **301 ms** | **601 ms** |")
    assert rows[3].endswith("| 1.0 s | **1.3 s** |")
    assert "busy" not in rows[4]


@pytest.mark.parametrize("votes, is_short", [(300.49, False), (300.51, True), (1301, True)])
def test_what_counts_is_the_number_as_it_is_written(votes, is_short):
    text = fill("{votes:,.0f} ms", {"votes": votes})
    assert TABLE.lines[0].cells[0].text({"votes": votes}) == (f"**{text}**" if is_short else text)


def test_of_a_busy_machine_only_its_own_limit_is_asked():
    cell = TABLE.lines[0].cells[0]
    assert cell.text({"votes": 450}) == "**450 ms**" and cell.text({"votes": 450}, is_busy=True) == "450 ms"


@pytest.mark.parametrize("value, is_short", [(29.4, True), (30, False), (31, False)])
def test_less_than_the_least_is_short(value, is_short):
    assert TABLE.lines[2].cells[0].holds({"frames": value}) is not is_short


@pytest.mark.parametrize("value", [19, 21])
def test_exactly_is_neither_less_nor_more(value):
    cell = Cell("{fair:.0f} times", most=20, least=20)
    assert not cell.holds({"fair": value}) and cell.holds({"fair": 20})
    assert line("", cell).asked(("measured",)) == "20 times"


def test_what_was_not_measured_is_a_dash_and_nothing_is_said_of_it():
    assert TABLE.markdown({}, {}).count("| – |") == 3
    assert list(TABLE.short({})) == []


def test_a_wide_table_has_one_row_for_the_limits_and_a_table_of_its_own_when_busy():
    values = {"a": 0.7, "b": 3.3, "c": 26, "d": 17, "e": 16.7}
    quiet, words, busy = WIDE.markdown(values, {**values, "a": 0.5}).split("\n\n")
    assert quiet.splitlines()[2:] == [
        "| key | 0.6, 4 ms | **0.7 ms** | 3.3 ms | 26 ms |",
        "| drag | 16.7 ms each | **17.0 ms** | 16.7 ms | – |",
        "| step | bare 1 | – | – | – |",
        "| text | gates 1.58, bare ≥ 75 % | – | – | – |",
    ]
    assert "busy" in words and "| 0.5 ms |" in busy


def test_what_is_short_is_told_with_its_row_and_column():
    assert list(TABLE.short({**VALUES, "votes": 301, "slowest": 2})) == [
        "votes: 95 % within: 301 ms (asked: 300 ms)",
        "votes: 95 % within … the slowest of 600: 2.0 s (asked: 1 s)",
    ]
    assert list(TABLE.short({"votes": 700}, is_busy=True)) == ["votes: 95 % within: 700 ms (asked: 600 ms)"]
    assert list(WIDE.short({"b": 5})) == ["key, sampling: 5.0 ms (asked: 4 ms)"]


def test_a_table_of_which_nothing_is_asked_has_no_such_column():
    table = Table(("servers", "votes"), (line("1", "{votes:.0f}"),))
    assert table.markdown({"votes": 3}, {}) == "| servers | votes |\n|---|---|\n| 1 | 3 |"


def test_numbers_below_zero_have_a_minus_and_words_their_hyphens():
    assert fill("{a:+.2f} after kill -9 of {b}", {"a": -0.5, "b": "x-1"}) == "−0.50 after kill -9 of x-1"
    assert not Cell("{a:.2f}", least=0).holds({"a": -0.5})


def test_a_sentence_without_its_value_is_left_out_and_a_list_keeps_its_lines():
    assert fill("It took {a:.0f} s.", {}) is None and fill("It took {a:.0f} s.", {"a": None}) is None
    assert wrapped("1. one\n2. two") == "1. one\n2. two"
    assert max(map(len, wrapped("word " * 60).splitlines())) <= 118


def test_all_names_of_a_table_are_told():
    assert names_in(TABLE) == {"votes", "slowest", "count", "frames"}
    assert names_in("{a:.0f} and {b}") == {"a", "b"}
