"""The part Fill the gaps: charts and sentences at every gap, a visitor's own text, and the challenge."""

import json
import re

import numpy as np
import pytest

from lesson.answers import answers
from lesson.frame.query import Query, QueryError
from lesson.sampling.gaps import filling
from lesson.sampling.gaps.answers import CANDIDATES, exact, gaps
from lesson.sampling.gaps.challenge import SURE, check, solves, sure_and_wrong
from lesson.sampling.gaps.filling import OWN, fill, filling_of_passage, models, passages, read_on
from lesson.sampling.parameters import GAP, GAP_TEXT, GAPS, LONGEST_GAP_TEXT, OWN_TEXT
from lesson.widgets.catalogue import sample_text
from lstm.text import split
from tests.app import press, words_of
from tests.lesson.sampling.opening import ask, frame_of, open_sampling, panel_of
from visualization.text import character_in_words, visible

NAMES = list(passages())
OWN_TEXTS = ["ab", "x" * 300, 'He said "no".\nThen she left', "zqzq Vq", "  ", "a\n"]


def own(text, **query):
    return {GAP_TEXT.name: OWN_TEXT, OWN: text, **query}


def charts(query):
    """Every frame along a text, with what is expected there."""
    answer = ask("gaps", **query, along="gap")
    return answer["common"], answer["frames"]


def judge(frame, text, ways):
    """What a frame says, held against what is expected there."""
    at, chars = frame["at"], models().vocabulary.chars
    right = chars.index(text[at])
    assert frame["signs"][frame["right"]] == visible(text[at])
    assert 1 <= len(frame["signs"]) <= CANDIDATES + len(ways) and len(set(frame["signs"])) == len(
        frame["signs"]
    )
    for way, shares, verdict in zip(ways, frame["shares"], frame["verdicts"], strict=True):
        likeliest = visible(chars[int(way.argmax())])
        assert likeliest in frame["signs"]
        for sign, share in zip(frame["signs"], shares, strict=True):
            (k,) = (k for k, char in enumerate(chars) if visible(char) == sign)
            assert share == max(1, round(10_000 * way[k]))
        assert verdict.startswith("✓") == (int(way.argmax()) == right)
        assert verdict.endswith(f"{-np.log2(way[right]):.1f} bits")
    assert frame["shares"][2] == sorted(frame["shares"][2], reverse=True)
    assert f"right is {character_in_words(text[at])}." in frame["words"]
    told = re.findall(r"(?:alone|together) (.+?) \(", frame["words"])
    assert told == [character_in_words(chars[int(way.argmax())]) for way in ways[:3]]


@pytest.mark.parametrize("name", NAMES)
def test_every_gap_of_a_text_has_true_charts(name):
    common, frames = charts({GAP_TEXT.name: name})
    text, _, left, right, both = filling_of_passage(name)
    assert common["text"] == text and len(frames) == LONGEST_GAP_TEXT
    for at in range(len(text)):
        judge(frames[at], text, [left[at], right[at], both[at]])
    assert frames[len(text) :] == [frames[len(text) - 1]] * (LONGEST_GAP_TEXT - len(text))
    assert frame_of("gaps", **{GAP_TEXT.name: name, "gap": "7"})["words"] == frames[6]["words"]
    size = len(answers()["sampling/gaps"].reply(Query({GAP_TEXT.name: name, "along": "gap"})))
    assert size < 100_000


@pytest.mark.parametrize("name", NAMES)
def test_the_texts_are_whole_lines_that_no_model_learned_from(name):
    learned, held_out = split(sample_text("fables"))
    text = passages()[name]
    assert f"\n{text}\n" in held_out and text not in learned and 100 < len(text) <= LONGEST_GAP_TEXT


@pytest.mark.parametrize("at", [1, 41, 94, 159])
def test_reading_on_joins_the_charts_with_its_price(at):
    frame = exact(Query({"gap": str(at)}))["frame"]
    text, _, left, right, both = filling_of_passage(NAMES[0])
    on = read_on(text, at - 1)
    judge(frame, text, [left[at - 1], right[at - 1], both[at - 1], on])
    # A line end before and after the text: what is read before the gap, then 59 times what follows it.
    assert f"{at + 59 * (len(text) + 1 - at):,} characters" in frame["price"]
    assert f"Both models together read {len(text) + 1}." in frame["price"]


@pytest.mark.parametrize("text", OWN_TEXTS)
def test_a_text_of_ones_own_is_read_as_far_as_it_is_known(text):
    known = text[:LONGEST_GAP_TEXT]
    common, frames = charts(own(text))
    of = fill(known)
    assert common["text"] == known
    for at in range(len(known)):
        judge(frames[at], known, [of.left[at], of.right[at], of.both[at]])
    assert exact(Query(own(text, gap="2")))["frame"]["at"] == 1


@pytest.mark.parametrize("text", ["", "a", "é", "éa", "日本語"])
def test_a_text_that_is_too_short_is_said_to_be(text):
    answer = gaps(Query(own(text)))
    assert "at least 2 characters" in answer["frames"][0]["missing"]
    assert exact(Query(own(text))) == {"frame": None}


def test_unknown_characters_are_left_out():
    assert charts(own("a é hen"))[0]["text"] == "a  hen"


def test_a_visitors_text_is_kept_nowhere():
    secret = "the crow hid the key"
    charts(own(secret))
    exact(Query(own(secret, gap="5")))
    stored = str([memo._results for memo in vars(filling).values() if hasattr(memo, "_results")])
    assert "_results" not in stored and secret not in stored and NAMES[0] in stored


def test_what_no_page_sends_is_refused():
    for query in ({"gap": "0"}, {"gap": "201"}, {GAP_TEXT.name: "another"}, {"along": "gap_text"}):
        with pytest.raises(QueryError):
            gaps(Query(query))


def test_the_rates_are_placed_on_their_scales():
    rows = frame_of("gaps")["rows"]
    assert len(rows) == 4
    for row in rows:
        for middle, low, high in row["tracks"]:
            assert 0 < low < middle < high < 10_000
            assert abs(middle - low - (high - middle)) <= 1


# -- the challenge --


@pytest.mark.parametrize("name", NAMES)
def test_every_text_has_a_gap_that_solves_the_challenge_and_few_of_them(name):
    of = filling_of_passage(name)
    solving = [at for at in range(len(of.text)) if solves(of, at)]
    assert 1 <= len(solving) <= 4 and GAP.start - 1 not in solving
    for at in range(len(of.text)):
        verdict = check(of, at)
        assert verdict.solved == (at in solving)
        assert ("the left is right." in verdict.sentence) == (of.left[at].argmax() == of.ids[at])
        assert ("not sure" in verdict.sentence) == (
            of.left[at].argmax() != of.ids[at] and of.left[at].max() < SURE
        )


def test_the_solution_solves_it():
    of = filling_of_passage(NAMES[0])
    places = [int(n) for n in re.findall(r"\d+", sure_and_wrong().solution)]
    assert places and all(solves(of, place - 1) for place in places)


def test_every_frame_has_the_verdict_on_its_own_gap():
    of = filling_of_passage(NAMES[0])
    for at, frame in enumerate(charts({GAP_TEXT.name: NAMES[0]})[1][: len(of.text)]):
        verdict = check(of, at)
        assert frame["check"]["solved"] == verdict.solved
        assert f"At character {at + 1} " in frame["check"]["says"]
        assert ("Solved" in frame["check"]["says"]) == verdict.solved


def test_hint_and_solution_are_offered():
    of = filling_of_passage(NAMES[0])
    place = next(at for at in range(len(of.text)) if solves(of, at)) + 1
    app = open_sampling(GAPS)
    look = panel_of(app, "gaps")["look"]
    assert look["button"] == "Check this gap" and "Move the gap there" in look["task"] and not look["solved"]
    press(press(app, "Hint"), "Solution")
    assert str(place) in words_of(app)


# -- the page --


def test_a_link_opens_the_part_at_its_gap():
    panel = panel_of(open_sampling(GAPS, gap_text=NAMES[1], gap="12"), "gaps")
    assert panel["fixed"] == {GAP_TEXT.name: NAMES[1]} and panel["setting"] == {"gap": "12"}
    (control,) = panel["controls"]
    assert control["values"][-1] == str(len(passages()[NAMES[1]])) and not panel["byPost"]


def test_a_gap_beyond_the_text_is_mended_and_said():
    app = open_sampling(GAPS, gap_text=NAMES[0], gap="200")
    assert panel_of(app, "gaps")["setting"] == {"gap": str(len(passages()[NAMES[0]]))}


def test_a_text_of_ones_own_goes_by_post():
    app = open_sampling(GAPS, gap_text=OWN_TEXT)
    assert "needs a text of 2 characters" in words_of(app)
    app.text_area(key="gap_typed").set_value("A hen é sat").run()
    panel = panel_of(app, "gaps")
    assert panel["byPost"] and panel["fixed"][OWN] == "A hen  sat" and "é" in str(app.code[0].value)
    assert json.dumps(panel["fixed"]) and "Check this gap" in panel["look"]["button"]
