"""No question of the sampling page stands beside its answer, in any state that a link can open."""

import re
from itertools import product

import pytest

from lesson.sampling.gaps import questions as gaps
from lesson.sampling.memory.questions import GATES, memory_questions
from lesson.sampling.networks import network_named
from lesson.sampling.parameters import (
    ABLATE,
    CLAMP,
    GAPS,
    MEMORY,
    NETWORK,
    OWN_MISTAKES,
    SURGERY,
    SWAP,
    TWO_LAYERS,
    WRITE,
)
from lesson.sampling.surgery.ablation import entry_of
from lesson.sampling.surgery.questions import ABLATED, CLAMPED, MEMORY_GATE, TABLE, surgery_questions
from lesson.sampling.two_layers import questions as two_layers
from lesson.sampling.write.answers import subjects
from lesson.sampling.write.passages import Draw, write
from lesson.sampling.write.questions import DRAWERS, GREEDY_TEXT, RANGES, TEXT, write_questions
from lesson.widgets.catalogue import model_names
from lesson.widgets.questions import COVERED
from lstm.textstats.repetition import loop, repeated_share
from tests.app import press, words_of
from tests.lesson.sampling.opening import frame_of, open_sampling, panel_of
from tests.tiers import every_fast
from visualization.symbols import letters_of_cell

ROOMS = {
    WRITE: ("write", write_questions),
    MEMORY: ("memory", memory_questions),
    SURGERY: ("surgery", surgery_questions),
    TWO_LAYERS: ("two_layers", two_layers.questions),
    GAPS: ("gaps", gaps.questions),
}
QUESTIONS = [(part, question.id) for part, (_, questions) in ROOMS.items() for question in questions()]
# What the numbers of each reply are covered by; a question that is new here fails until it has its row.
COVERS = {
    "zero_temperature": {GREEDY_TEXT, DRAWERS, RANGES},
    "same_luck": {TEXT, DRAWERS},
    "open_gates": {GATES},
    "nothing_kept": {MEMORY_GATE, TABLE},
    "costliest_gate": {CLAMPED, TABLE},
    "one_unit_less": {ABLATED},
    "which_layer": {two_layers.KNOWLEDGE, two_layers.LOSSES},
    "which_memory": {two_layers.LOSSES},
    "two_sides": {gaps.RATES},
}


def question_of(part, id):
    return next(question for question in ROOMS[part][1]() if question.id == id)


@pytest.mark.parametrize(("part", "id"), QUESTIONS)
@pytest.mark.parametrize("network", ["fables", "brackets", "fables_gru"])
def test_what_answers_a_question_is_covered_until_it_is_answered(part, id, network):
    name, question = ROOMS[part][0], question_of(part, id)
    assert set(question.covers) == COVERS[id]
    app = open_sampling(part, ask=id, network=network, n="100")
    assert question.text.split(".")[0] in words_of(app)
    assert set(panel_of(app, name)["covered"]) == set(question.covers)
    # What Streamlit draws itself has none of the answer's numbers, with two digits after the point or %;
    # the loss of the network as it is answers nothing.
    own = set(re.findall(r"\d+(?:\.\d\d|%)", question.text))
    numbers = set(re.findall(r"\d+(?:\.\d\d|%)", question.right_answer.reply)) - own
    page, free = words_of(app), {"70%", f"{entry_of('fables')['intact']:.2f}"}
    assert len(numbers) > 1 and not [number for number in numbers - free if number in page]
    press(app, "Show the answer")
    assert panel_of(app, name)["covered"] == []
    assert question.right_answer.text in words_of(app)


def test_the_drawer_with_the_table_is_empty_while_it_would_answer():
    table = "the gate that costs most, and"
    for id, covered in (("nothing_kept", True), ("costliest_gate", True), ("one_unit_less", False)):
        words = words_of(open_sampling(SURGERY, ask=id, n="100"))
        assert (table in words) != covered and (COVERED in words) == covered


def test_what_others_have_measured_is_not_said_where_a_question_asks_for_the_same():
    app = open_sampling(OWN_MISTAKES, ask="pile_up")
    assert "exposure bias" in words_of(app).lower() and "pile up either" not in words_of(app)
    press(app, "Show the answer")
    assert "pile up either" in words_of(app)


def test_the_charts_of_the_gates_are_covered_with_them():
    app = open_sampling(MEMORY, n="100")
    app.session_state["by_character"] = True
    app.run()
    assert COVERED in words_of(app) and "analyze_gate_patterns" not in words_of(app)
    press(app, "Show the answer")
    assert "analyze_gate_patterns" in words_of(app)


# -- what is covered in the drawings: which state shows what --


DRAWS = [
    (name, *draw)
    for name, draw in product(model_names(), product((0.5, 1.0), (None, 2, 3), (None, 0.5, 0.75)))
]


@pytest.mark.parametrize(("name", "temperature", "top_k", "top_p"), every_fast(17, DRAWS))
def test_no_text_that_ends_in_a_loop_is_shown_beside_the_question_about_it(name, temperature, top_k, top_p):
    for seed in (1, 2):
        draw = Draw("", temperature, top_k, top_p, 1000, seed)
        if GREEDY_TEXT not in subjects(draw):
            text = write(network_named(name), draw).text
            assert not loop(text) and repeated_share(text) < 0.7


def test_the_likeliest_character_is_covered_however_it_is_asked_for():
    for query in ({"tau": "0"}, {"k": "1"}, {"p": "0.05"}, {"tau": "1.5", "k": "2", "p": "0.5"}):
        assert frame_of("write", n="100", **query)["shows"] == [TEXT, GREEDY_TEXT]
    assert frame_of("write", n="100")["shows"] == [TEXT]


@pytest.mark.parametrize("network", model_names())
def test_a_map_of_a_gate_is_covered_and_one_of_a_state_is_not(network):
    for symbol in letters_of_cell(network_named(network).checkpoint.net.kind):
        shows = frame_of("memory", network=network, symbol=symbol, n="100")["shows"]
        assert shows == ([GATES] if symbol in "fiozr" else [])


@pytest.mark.parametrize(
    ("query", "shows"),
    [
        ({"operation": CLAMP, "gate": "f", "clamp": "1"}, [CLAMPED, MEMORY_GATE]),
        ({"operation": CLAMP, "gate": "o"}, [CLAMPED]),
        ({"operation": CLAMP, "gate": "z", NETWORK.name: "fables_gru"}, [CLAMPED, MEMORY_GATE]),
        ({"operation": CLAMP, "gate": "r", NETWORK.name: "fables_gru"}, [CLAMPED]),
        ({"operation": ABLATE, "units": "64", NETWORK.name: "brackets"}, [ABLATED]),
        ({"operation": SWAP, "other": "the hen"}, []),
    ],
    ids=str,
)
def test_an_outcome_shows_what_was_done(query, shows):
    assert frame_of("surgery", n="100", **query)["shows"] == shows
