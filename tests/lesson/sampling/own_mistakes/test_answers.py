"""What the pictures of *Its own mistakes* are sent, in a grid of states."""

import base64
import re

import numpy as np
import pytest

from lesson.frame.query import QueryError
from lesson.sampling.own_mistakes import measured
from lesson.sampling.own_mistakes.answers import FOLLOWING, LONGEST, passage_text, read_passage
from lesson.sampling.own_mistakes.free_sentences import CLEAR, change_of
from lesson.sampling.own_mistakes.sentences import probability_in_words, share_in_words
from lesson.sampling.parameters import (
    BY_SURPRISE,
    FREE_MEASURE,
    FREE_TEMPERATURE,
    MISTAKE_NETWORK,
    MISTAKE_PASSAGE,
    MISTAKE_PLACE,
    WRONG_RANK,
)
from tests.lesson.sampling.opening import ask, frame_of


def unpack(text):
    return np.frombuffer(base64.b64decode(text), "<i2") / 100


GRID = [
    (network, passage, place, rank)
    for network in MISTAKE_NETWORK.options
    for passage, place, rank in ((1, 21, 1), (1, 61, 58), (5, 100, 2), (12, 44, 30))
]


@pytest.mark.parametrize(("network", "passage", "place", "rank"), GRID)
def test_words_and_bars_are_about_the_same_numbers(network, passage, place, rank):
    frame = frame_of("mistake", reader=network, passage=str(passage), place=str(place), wrong=str(rank))
    extra, with_mistake, intact = (unpack(frame[name]) for name in ("extra", "withMistake", "intact"))
    text = passage_text(passage)
    assert len(extra) == len(with_mistake) == FOLLOWING and len(intact) == len(text) == LONGEST
    np.testing.assert_allclose(extra, with_mistake - intact[place : place + FOLLOWING], atol=0.011)
    assert frame["text"] == text and frame["place"] == place and frame["wrong"] != text[place - 1]
    assert f"The {network} reads" in frame["words"]
    assert frame["top"] >= with_mistake.max() and frame["low"] <= extra.min()
    said = re.search(r"together surprise it by ([\d.]+) bits (more|less)", frame["words"])
    if said:
        total = extra[:10].sum()
        assert float(said[1]) == pytest.approx(abs(total), abs=0.11) and (said[2] == "more") == (total > 0)
    last = re.search(
        r"the change is below 0.1 bits from character (\d+) after the mistake on", frame["words"]
    )
    if last:
        assert np.abs(extra[int(last[1]) - 1 :]).max() <= 0.101
        assert abs(extra[int(last[1]) - 2]) >= 0.099
    else:
        assert "No character's" in frame["words"] or "still affected" in frame["words"]
    assert frame["kind"] == (measured.LIKELIEST if rank == 1 else measured.ANY)
    states = {"LSTM": {"|ΔC|", "|Δh|"}}.get(network, {"|Δh|"})
    assert set(frame["moving"]) == states
    assert set(frame["medians"][frame["kind"]]) == {f"{name}, median" for name in states}


@pytest.mark.parametrize("along", [MISTAKE_PLACE, WRONG_RANK], ids=lambda one: one.name)
@pytest.mark.parametrize("network", MISTAKE_NETWORK.options)
def test_along_a_slider_there_is_a_frame_for_each_position_as_it_is_alone(network, along):
    fixed = {"reader": network, "passage": "3"}
    answer = ask("mistake", along=along.name, **fixed)
    assert len(answer["frames"]) == len(along.grid)
    for k in (0, 17, len(along.grid) - 1):
        alone = frame_of("mistake", **fixed, **{along.name: along.address_values[k]})
        np.testing.assert_allclose(unpack(answer["frames"][k]["extra"]), unpack(alone["extra"]), atol=0.011)
        assert answer["frames"][k]["wrong"] == alone["wrong"]


def test_ranks_come_by_probability():
    frames = ask("mistake", along="wrong")["frames"]
    assert len({frame["wrong"] for frame in frames}) == len(frames) == WRONG_RANK.high
    reading = read_passage("LSTM", 1).reading
    assert (np.sort(reading.probabilities[60])[::-1][:2] > 0).all()


def test_passages_are_different_ones_of_held_out_text():
    texts = [passage_text(number) for number in range(1, int(MISTAKE_PASSAGE.high) + 1)]
    assert len(set(texts)) == len(texts) and {len(text) for text in texts} == {LONGEST}


@pytest.mark.parametrize(
    "query", [{"place": "20"}, {"wrong": "59"}, {"reader": "ELMAN"}, {"along": "passage"}]
)
def test_what_no_page_sends_is_refused(query):
    with pytest.raises(QueryError):
        ask("mistake", **query)


# -- free running --


@pytest.mark.parametrize("measure", FREE_MEASURE.options)
def test_the_sentence_is_true_at_every_temperature(measure):
    frames = ask("free", along="free", judged=measure)["frames"]
    assert len(frames) == len(FREE_TEMPERATURE.grid)
    worse, better = ("higher", "lower") if measure == BY_SURPRISE else ("lower", "higher")
    for temperature, frame in zip(FREE_TEMPERATURE.grid, frames, strict=True):
        head = re.search(r"<b>(.*?)</b>", frame["words"])[1]
        for name in MISTAKE_NETWORK.options:
            one = change_of(measured.written()[name, temperature], measure)
            change = (one.last - one.first) * (1 if measure == BY_SURPRISE else -1)
            clause = next((part for part in re.split(r" and (?=the|there)", head) if name in part), head)
            if abs(change) <= CLEAR * one.error:
                assert "no clear change" in clause, (temperature, name)
            else:
                assert f"gets {worse if change > 0 else better}" in clause, (temperature, name)


def test_values_of_the_table_are_drawn():
    frame = frame_of("free", free="0.7")
    row = measured.written()["GRU", 0.7]
    assert frame["curves"]["GRU"]["values"] == [round(100 * value) for value in row.surprise]
    assert max(max(curve["values"]) for curve in frame["curves"].values()) <= 100 * frame["top"]
    assert len(frame["ranges"]) == len(row.surprise)


@pytest.mark.parametrize(
    ("value", "words"), [(0.5, "50%"), (0.0312, "3.1%"), (0.002, "0.20%"), (1e-9, "less than 0.1%")]
)
def test_probabilities_are_never_nothing(value, words):
    assert probability_in_words(value) == words


@pytest.mark.parametrize(("value", "words"), [(1.2, "120%"), (0.031, "3.1%"), (1e-6, "less than 0.1%")])
def test_shares_are_never_nothing(value, words):
    assert share_in_words(value) == words
