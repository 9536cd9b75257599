"""Repetition by temperature: its numbers are the library's, its words follow from them."""

import re

import pytest

from lesson.training.troubles import repetition as repeats
from lesson.training.troubles.repetition import (
    PIECE,
    Measured,
    Row,
    calm_from,
    measured,
    question,
    table,
    verdict,
    written,
)
from lesson.widgets.catalogue import model, model_names, sample_text
from lesson.widgets.repetition_sentence import repetition
from lstm import generate
from lstm.text import split
from lstm.textstats.repetition import copied_share, longest_repeat, loop, repeated_share
from tests.app import open_script, press, words_of
from tests.tiers import every_fast

each_model = pytest.mark.parametrize("name", model_names())


def page():
    from lesson.training.troubles.repetition import show

    show()


def open_repetition(**query):
    """The part after its question was skipped: until then it is covered."""
    app = open_script(page, query)
    assert not app.code and not any("|" in text.value for text in app.markdown)
    return press(app, "Skip")


# -- what is measured --


@pytest.mark.parametrize("name", every_fast(4, model_names()))
def test_a_lower_temperature_repeats_more_and_spells_better(name):
    found = measured(name)
    assert [row.temperature for row in found.rows] == sorted(repeats.MEASURED_TEMPERATURES)
    shares = [row.share for row in found.rows]
    assert shares[0] == max(shares) and shares[-1] == min(shares)
    assert found.at(1.5).spelled < found.at(0.8).spelled < found.at(0.2).spelled + 0.005
    assert all(0 <= share <= 1 for row in found.rows for share in row.shares)
    assert 0 <= found.real < 0.5


@pytest.mark.slow
def test_a_low_temperature_makes_models_repeat_and_where_it_does_not_that_is_said():
    """The trouble is real: far above what the text itself repeats.  And it is no law."""
    for name in set(model_names()) - {"brackets"}:
        found = measured(name)
        assert found.at(0.1).share > found.real + 0.1, name
        assert found.loop, name
        assert found.at(0.8).share < found.at(0.1).share / 2 or name == "programs"
    found = measured("fables_gru")
    rows = tuple(row._replace(shares=(found.real,)) for row in found.rows)
    calm = verdict(found._replace(rows=rows, loop=""))
    assert "At every temperature it stays within" in calm and "there is no loop" in calm


def test_the_numbers_are_those_of_the_texts():
    name = "places"
    learned = split(sample_text("places"))[0]
    row = measured(name).at(0.3)
    texts = []
    for seed in repeats.SEEDS:
        drawn = generate(model(name).net, model(name).vocabulary, "", repeats.LENGTH, 0.3, seed=seed)
        texts.append("".join(sampled.char for sampled in drawn))
    assert row.shares == tuple(repeated_share(text, 10) for text in texts)
    assert row.spelled == pytest.approx(sum(copied_share(text, learned, 4) for text in texts) / len(texts))
    assert len(measured(name).at(0.0).shares) == 1  # at 0 nothing is drawn
    assert measured(name).loop == loop(written(name, 0.0, 5))


# -- what is said of it --


def made(shares, real=0.02, said_for_ever=""):
    rows = [Row(t, (s,), 0.9) for t, s in zip(repeats.MEASURED_TEMPERATURES, shares, strict=True)]
    return Measured(tuple(rows), real, said_for_ever)


def test_the_verdict_follows_the_numbers():
    falling = verdict(made([0.9, 0.4, 0.2, 0.1, 0.02, 0.01, 0, 0], said_for_ever="so on and "))
    assert "loop of 10 characters" in falling and "From 0.5 on" in falling
    assert "At 0.1, 40% of its 10-grams are repetitions; at 0.8, 1%; in its training text, 2%." in falling
    never = verdict(made([0.03] * 8))
    assert "no loop" in never and "does not always" in never
    assert "At every temperature it repeats itself more than" in verdict(made([0.3] * 8))


def test_a_text_is_described_by_its_loop_or_its_longest_repeat():
    looping = "once and " + "so on and " * 30
    assert f"{repeated_share(looping, 10):.0%}" in repetition(looping, 10) and "loop of 10" in repetition(
        looping, 10
    )
    other = "the red fox and the red hen"
    assert longest_repeat(other) == "the red " and "has 8 characters" in repetition(other, 10)


def test_the_table_has_a_row_for_each_temperature_and_one_for_the_text():
    lines = table(made([0.5] * 8, real=0.125)).split("\n")
    assert len(lines) == 2 + len(repeats.MEASURED_TEMPERATURES) + 1
    assert "| 0.1 | 50% | 50% – 50% | 90% |" in lines and "12%" in lines[-1]


def test_the_question_is_answered_by_what_was_measured():
    asked, found, at = question(), measured("fables"), calm_from(measured("fables"))
    assert asked.right_answer.text == f"From {at:g} on" and 0.1 < at < 1
    assert len({a.reply for a in asked.answers}) == len({a.text for a in asked.answers}) == 4
    excess = {row.temperature: row.share - found.real for row in found.rows}
    assert all((over > 0.05) == (temperature < at) for temperature, over in excess.items())
    for answer in asked.answers:
        assert f"at {at:g}, {found.at(at).share:.0%}" in answer.reply


# -- the page --


def test_two_texts_stand_side_by_side_with_their_numbers():
    app = open_repetition()
    assert [code.value for code in app.code] == [written("fables", t, 0) for t in (0.1, 0.8)]
    said = words_of(app)
    for temperature in (0.1, 0.8):
        assert repetition(written("fables", temperature, 0), PIECE) in said
    assert table(measured("fables")) in said and verdict(measured("fables")) in said


def test_sliders_model_and_seed_change_the_texts():
    app = open_repetition()
    app.slider(key="cold").set_value(0.0)
    app.selectbox(key="writer").set_value("places")
    app.number_input(key="writer_seed").set_value(7)
    app.run()
    assert [code.value for code in app.code] == [written("places", t, 7) for t in (0.0, 0.8)]
    assert re.search(r"ends in a loop of \d+ characters: “", words_of(app))
    assert verdict(measured("places")) in words_of(app)


def test_a_link_opens_its_texts_and_one_that_asks_for_too_much_the_nearest():
    app = open_repetition(writer="rhymes", cold="0.3", writer_seed="2")
    assert app.code[0].value == written("rhymes", 0.3, 2)
    app = open_script(page, {"writer": "nobody", "warm": "9", "writer_seed": "-1"})
    assert "`warm` that does not exist; showing 1.5" in words_of(app)
    press(app, "Skip")
    assert [code.value for code in app.code] == [written("fables", t, 0) for t in (0.1, 1.5)]
