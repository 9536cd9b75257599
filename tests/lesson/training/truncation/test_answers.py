"""What both panels of the truncation part answer: every setting, held to the library and to the table."""

import json
import re
from itertools import product

import numpy as np
import pytest

from lesson.answers import answers
from lesson.frame.query import Query, QueryError
from lesson.sampling.surgery.ablation import entry_of
from lesson.training.parameters import CUT, CUT_MODEL, LENGTH_TEXT, NEVER, TRAINED_LENGTH
from lesson.training.truncation.answers import cuts, lengths
from lesson.training.truncation.measured import gradient_costs, state_costs, trained
from lesson.training.truncation.passage import LENGTH, passage_of, resets
from lesson.training.truncation.pictures import WHOLE
from lesson.widgets.catalogue import model, sample_text
from lstm.text import split

each_model = pytest.mark.parametrize("name", CUT_MODEL.options)


def along(name):
    return cuts(Query({"cut_model": name, "along": "cut"}))


@each_model
def test_answers_along_the_slider_are_those_of_each_position(name):
    whole = along(name)
    assert len(whole["frames"]) == len(CUT.options)
    for cut, frame in zip(CUT.options, whole["frames"], strict=True):
        one = cuts(Query({"cut_model": name, "cut": cut}))
        assert one == {"common": whole["common"], "frames": [frame]}
    sent = json.dumps(whole, separators=(",", ":"), allow_nan=False, ensure_ascii=False)
    assert len(sent.encode()) < 100_000


@each_model
def test_every_frame_has_words_and_places_within_the_picture(name):
    whole = along(name)
    for chart in whole["common"]["charts"]:
        places = [n for line in chart["lines"] for point in line["points"] for n in point]
        places += [n for band in chart["bands"] for point in band["points"] for n in point]
        places += [level["at"] for level in chart["levels"]] + [place for place, _ in chart["x"] + chart["y"]]
        assert all(0 <= place <= WHOLE for place in places)
        for line in chart["lines"]:
            assert [x for x, _ in line["points"]] == sorted(x for x, _ in line["points"])
    for frame in whole["frames"]:
        assert 0 <= frame["at"] <= WHOLE and all(0 <= dot <= WHOLE for dot in frame["dots"])
        assert all(0 <= row[what][0] <= WHOLE for row in frame["rows"] for what in ("cosine", "length"))
        for words in [*frame["words"], *frame["alts"], whole["common"]["about"]]:
            assert words.endswith(".") and not re.search(r"nan|None|\{|\}|  |\.\.", words)


@each_model
def test_the_passage_is_held_out_and_its_losses_are_those_of_reading_it_there(name):
    checkpoint, passage = model(name), passage_of(name)
    text = sample_text(checkpoint.notes["text"])
    held_out = text[len(split(text)[0]) :]
    start = held_out.index(passage.text)
    assert len(passage.text) == LENGTH and start >= 400 and held_out[start - 1] == "\n"
    ids = checkpoint.vocabulary.encode(held_out[: start + LENGTH])
    probabilities = checkpoint.net.run(ids[:-1]).probabilities[:, 0]
    losses = -np.log(probabilities[np.arange(len(ids) - 1), ids[1:]])
    assert passage.losses[NEVER] == pytest.approx(losses[start - 1 :], abs=2e-3)
    # With a cut of 1 each character is predicted from the one before it alone.
    alone = checkpoint.net.run(ids[None, start - 1 : -1]).probabilities[0]
    assert passage.losses["1"] == pytest.approx(-np.log(alone[np.arange(LENGTH), ids[start:]]), abs=2e-3)


def test_marks_stand_where_the_state_is_reset():
    """The character after a mark is the first that is read from zeros: the next is predicted from it."""
    passage = passage_of("fables")
    for cut in ("5", "70", "300"):
        for mark in resets(cut):
            assert passage.losses[cut][mark + 1] == pytest.approx(passage.losses["1"][mark + 1], abs=2e-3)
    assert resets("150") == [149, 299] and resets("400") == resets(NEVER) == []
    assert resets("1") == list(range(LENGTH - 1))


@each_model
def test_where_gate_surgery_has_another_loss_of_the_model_it_is_said_at_every_cut(name):
    here, there = f"{state_costs()[name].carried:.2f}", f"{entry_of(name)['intact']:.2f}"
    for frame in along(name)["frames"]:
        said = f"Elsewhere you find {there} instead of {here}: there the text" in frame["words"][0]
        assert said == (there != here)


def test_shorter_stretches_cost_more_and_the_words_say_how_much():
    for name in CUT_MODEL.options:
        cost = state_costs()[name]
        losses = list(cost.by_reset.values())
        assert losses[0] > losses[-1] > cost.carried - 0.01
        frames = dict(zip(CUT.options, along(name)["frames"], strict=True))
        of_state, of_gradient = frames["10"]["words"]
        assert f"the loss is {cost.at('10'):.2f} instead of {cost.carried:.2f} nats" in of_state
        cosine = gradient_costs()[name].cosine["cell"][10]
        low = f"{cosine.low:.2f}".replace("-", "−")
        assert f"is {cosine.median:.2f} (median of 25 places, from {low}" in of_gradient
        for cut in ("400", NEVER):
            assert "the whole gradient, and the cosine is 1." in frames[cut]["words"][1]


def test_the_blocks_that_are_named_are_the_farthest_and_the_nearest():
    for name, cut in product(CUT_MODEL.options, ("1", "5", "50")):
        frame = cuts(Query({"cut_model": name, "cut": cut}))["frames"][0]
        values = [float(row["cosine"][1].replace("−", "-")) for row in frame["rows"]]
        named = [float(n) for n in re.findall(r"</i> \((\d\.\d\d)\)", frame["words"][1])]
        assert named == [min(values), max(values)]


@pytest.mark.parametrize("length", TRAINED_LENGTH.options)
@pytest.mark.parametrize("text", LENGTH_TEXT.options)
def test_every_length_has_a_picture_and_words(text, length):
    whole = lengths(Query({"length_text": text, "along": "trained_length"}))
    frame = whole["frames"][TRAINED_LENGTH.options.index(length)]
    assert lengths(Query({"length_text": text, "trained_length": length}))["frames"] == [frame]
    runs = trained(text, int(length))
    last_only, all_before = (
        np.mean([value(run) for run in runs])
        for value in (lambda run: run.by_context[int(length)], lambda run: run.whole)
    )
    assert f"its loss is {last_only:.2f}; if it sees everything before, {all_before:.2f}." in frame["words"]
    gains = [run.by_context[int(length)] - run.whole for run in runs]
    assert ("further back lowers the loss by" in frame["words"]) == (min(gains) > 0.01)
    assert frame["chart"]["mark"][1] == f"trained with {length}"
    assert json.dumps(frame, allow_nan=False)


def test_bad_questions_are_refused():
    for answer, query in (
        (cuts, {"cut": "6"}),
        (cuts, {"cut_model": "places"}),
        (cuts, {"along": "cut_model"}),
        (lengths, {"trained_length": "7"}),
        (lengths, {"length_text": "programs"}),
    ):
        with pytest.raises(QueryError):
            answer(Query(query))
    assert {"truncation/cuts", "truncation/lengths"} <= answers().keys()
