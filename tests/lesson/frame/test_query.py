"""What a picture asks: values are taken as the page's controls could send them, anything else is refused."""

import pytest

from lesson.frame.parameters import Choice, Number, Switch, Text
from lesson.frame.query import Query, QueryError

HALVES = Number("half", low=-1.0, high=1.0, start=0.5, step=0.5)
WHOLES = Number("whole", low=0, high=9, start=3)
CELL = Choice("cell", options=("LSTM", "GRU"), start="GRU")
NOISE = Switch("noise")
WORD = Text("word", start="fox", longest=5)


def query(**values):
    return Query(values)


def test_what_is_not_named_is_as_at_first():
    empty = query()
    assert empty.number(HALVES) == 0.5
    assert empty.number(WHOLES) == 3
    assert empty.choice(CELL) == "GRU"
    assert empty.switch(NOISE) is False
    assert empty.text(WORD) == "fox"


@pytest.mark.parametrize("value", HALVES.address_values)
def test_every_position_of_a_slider_can_be_asked_for(value):
    assert query(half=value).number(HALVES) == float(value)


def test_a_whole_number_is_one():
    assert isinstance(query(whole="7").number(WHOLES), int)
    assert query(k="7").whole("k", 0, 9, 1) == 7


@pytest.mark.parametrize(
    "value", ["", "0.25", "1.5", "-1.01", "nan", "inf", "1e400", "١", "1_0", "0.5 0.5", "x", "0" * 40]
)
def test_no_other_number_can(value):
    with pytest.raises(QueryError, match="half"):
        query(half=value).number(HALVES)


def test_choices_and_switches_are_exact():
    assert query(cell="LSTM").choice(CELL) == "LSTM"
    assert query(noise="true").switch(NOISE)
    with pytest.raises(QueryError, match="LSTM, GRU"):
        query(cell="lstm").choice(CELL)
    with pytest.raises(QueryError, match="true or false"):
        query(noise="1").switch(NOISE)


def test_a_text_is_read_up_to_its_length():
    assert query(word="ostriches").text(WORD) == "ostri"


def test_along_a_control_there_is_a_query_for_each_of_its_values():
    found = [one.number(HALVES) for one in query(half="1", along="half").positions([HALVES, CELL])]
    assert found == [-1, -0.5, 0, 0.5, 1]
    assert [one.choice(CELL) for one in query(along="cell").positions([HALVES, CELL])] == ["LSTM", "GRU"]
    assert query(half="1").positions([HALVES]) == [query(half="1")]
    with pytest.raises(QueryError, match="along 'whole'"):
        query(along="whole").positions([HALVES])
