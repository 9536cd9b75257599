"""The part Two layers: what it shows is what the table has, at every character and for every property."""

import json
import re

import numpy as np
import pytest

from lesson.answers import answers
from lesson.frame.query import Query, QueryError
from lesson.sampling.parameters import CHARACTER_BEFORE, MEMORY, READ_OFF, STRETCH, SURGERY, TWO_LAYERS
from lesson.sampling.two_layers.answers import two_layers
from lesson.sampling.two_layers.probing import probing
from lesson.sampling.two_layers.properties import ORDER, label_of, property_of, setting_of
from lesson.sampling.two_layers.questions import questions
from lesson.sampling.two_layers.results import TWO, knowledge, model_of
from lesson.sampling.two_layers.sentences import about_forgetting
from lesson.widgets.catalogue import sample_text
from lstm.interpret.probes import MOST_BACK, WORD_POSITION, back
from lstm.text import split
from tests.app import press
from tests.lesson.sampling.opening import frame_of, numbers, open_sampling, panel_of


def frame(name):
    return frame_of("two_layers", **setting_of(name))


@pytest.mark.parametrize("name", ORDER)
def test_the_probes_in_view_are_those_of_the_table(name):
    of = knowledge()[name]
    assert probing().shares[name] == pytest.approx((of.first, of.second), abs=0.002)


@pytest.fixture(scope="module")
def text():
    """The text in view."""
    return probing().text


def test_the_text_is_of_the_half_that_no_probe_was_fitted_on(text):
    held_out = split(sample_text("fables"))[1]
    assert len(text) == STRETCH and text.count('"') >= 4
    assert held_out.index(text) > len(held_out) // 2 and held_out[held_out.index(text) - 1] == "\n"


@pytest.mark.parametrize("name", ORDER)
def test_every_sentence_is_true_of_its_character(name, text):
    """Filled as the browser fills it; and the number of right ones is counted again."""
    answer = frame(name)
    right, layers, classes = answer["right"], answer["layers"], answer["classes"]
    assert answer["name"] == name and answer["text"] == list(text)
    assert len(right) == len(layers[0]) == len(layers[1]) == STRETCH
    assert max(map(max, (right, *layers))) < len(classes) == len(answer["signs"])
    assert re.findall(r"{(\w+)}", answer["template"]) == ["right", "first", "second"]
    counts = [int(np.equal(layer, right).sum()) for layer in layers]
    assert (
        f"right at {counts[0]} of {STRETCH} characters, the one on layer 2 at {counts[1]}." in answer["words"]
    )
    ahead = knowledge()[name].ahead
    leader = f"Layer {2 if ahead.mean > 0 else 1} is ahead"
    of = knowledge()[name]
    is_low = max(of.first, of.second) <= of.chance + 0.02
    assert ("Neither is clearly better than always naming" in answer["words"]) == is_low
    assert (leader in answer["words"]) == (ahead.is_sure and not is_low)
    assert ("not differ clearly" in answer["words"]) == (not ahead.is_sure and not is_low)


@pytest.mark.parametrize("steps", range(MOST_BACK + 1))
def test_what_is_right_is_what_stands_in_the_text(steps, text):
    answer = frame(back(steps))
    for at in range(MOST_BACK, STRETCH):
        char = text[at - steps]
        word = answer["classes"][answer["right"][at]]
        assert word == {" ": "a space", "\n": "a new line"}.get(char, f"‘{char}’")


def test_a_position_is_counted_in_its_word(text):
    answer, at = frame(WORD_POSITION), text.index("again")
    signs = [answer["signs"][answer["right"][k]] for k in range(at - 1, at + 6)]
    assert signs == ["·", "1", "2", "3", "4", "5", "·"]


def test_the_slider_has_a_frame_for_every_position_and_a_bounded_answer():
    along = two_layers(Query({"along": "steps_back"}))
    assert [one["name"] for one in along["frames"]] == [back(steps) for steps in range(MOST_BACK + 1)]
    assert along["frames"][3] == two_layers(Query({"steps_back": "3"}))["frames"][0]
    other = two_layers(Query({"along": "steps_back", "read_off": "inside quotes"}))
    assert {one["name"] for one in other["frames"]} == {"quotes"}
    assert len(answers()["sampling/two_layers"].reply(Query({"along": "steps_back"}))) < 100_000


def test_the_map_of_each_layer_is_its_own():
    maps = [numbers(code, "u1").reshape(-1, STRETCH) for code in frame(ORDER[0])["maps"]]
    assert [map.shape[0] for map in maps] == [81, 81] and not np.array_equal(*maps)
    first, second = probing().states
    assert first.shape == second.shape == (STRETCH, 81) and not np.allclose(first, second)


def test_every_row_of_the_results_leads_to_its_property():
    rows = frame(ORDER[0])["rows"]
    assert [row["name"] for row in rows] == list(ORDER)
    for row in rows:
        of = knowledge()[row["name"]]
        assert property_of(Query(row["setting"])) == row["name"]
        assert row["places"] == [round(10_000 * share) for share in of[:4]]
        assert row["label"] in row["alt"] and f"layer 2 {of.second:.0%}" in row["alt"]


def test_what_no_page_sends_is_refused():
    for query in ({"read_off": "the weather"}, {"steps_back": "11"}, {"along": "read_off"}):
        with pytest.raises(QueryError):
            two_layers(Query(query))


@pytest.mark.parametrize("option", READ_OFF.options)
def test_a_link_opens_the_part_with_its_setting(option):
    app = open_sampling(TWO_LAYERS, read_off=option, steps_back="4", layers_at="100")
    panel = panel_of(app, "two_layers")
    assert panel["setting"] == {"read_off": option, "steps_back": "4", "layers_at": "100"}
    assert json.dumps(panel["look"])
    name = property_of(Query({"read_off": option, "steps_back": "4"}))
    assert label_of(name) == "4 characters before" if option == CHARACTER_BEFORE else label_of(name)


@pytest.mark.parametrize(
    ("label", "part", "name"),
    [
        ("Read the memory of this network", MEMORY, "memory"),
        ("Operate on one of its layers", SURGERY, "surgery"),
    ],
)
def test_the_other_parts_open_with_this_network_and_its_second_layer(label, part, name):
    app = press(open_sampling(TWO_LAYERS), label)
    panel = panel_of(app, name)
    assert app.session_state["task"] == part and panel["fixed"]["network"] == TWO
    assert panel["jump"]["setting"]["layer"] == "2"


def test_what_a_layer_costs_that_forgets_is_the_difference_of_the_losses_in_the_picture():
    two = model_of(TWO)
    reply = questions()[1].right_answer.reply
    for layer, loss in enumerate(two.forgets, 1):
        cost = f"{round(loss, 2) - round(two.loss, 2):.2f}"
        assert f"layer {layer} this costs {cost}" in about_forgetting() or f"2 {cost}." in about_forgetting()
        assert f"by {cost}" in reply
