"""The GRU's cell: its numbers are the textbook's, its words and its questions are true of them."""

import itertools
import json
import re

import numpy as np
import pytest

from lesson.frame.query import Query, QueryError
from lesson.gates.cell_contents import equations
from lesson.gates.gru.answers import ANSWERS
from lesson.gates.gru.cell_answer import LINES, QUANTITIES, ROWS, STEPS, cell, run_words, step_words
from lesson.gates.gru.covers import hidden_numbers
from lesson.gates.gru.questions import KEEP, RESET, START, questions
from lesson.gates.gru.settings import lstm_beside
from lesson.gates.input_presets import PRESETS, preset
from lesson.gates.parameters import GRU_CELL, GRU_INPUT
from lstm.equations import gru_step, lstm_step, sigmoid

NUMBER = r"(−?\d+\.\d\d)"
SENTENCE = re.compile(
    rf"The update gate keeps {NUMBER} of the old h \({NUMBER} becomes {NUMBER}\) and lets in {NUMBER} of "
    rf"the candidate \({NUMBER} becomes {NUMBER}\): now h is {NUMBER}\. The candidate sees {NUMBER} of the "
    rf"old h \({NUMBER} becomes {NUMBER}\): that is the reset gate\."
)


def asked(**setting):
    """The answer to a query by the names of the cell's setting."""
    values = {GRU_CELL[name].name if name in GRU_CELL else name: str(v) for name, v in setting.items()}
    return json.loads(json.dumps(cell(Query(values))))


def textbook(setting, x, h):
    W = [np.array([[setting[f"w_{gate}h"], setting[f"w_{gate}x"]]]) for gate in "zrh"]
    b = [np.array([setting[f"b_{gate}"]]) for gate in "zrh"]
    return gru_step(np.array([x]), np.array([h]), *W, *b)


def settings():
    """Settings of the cell: both ends and the start of what is in view, weights at both ends."""
    main = ("x", "h_prev", "b_z", "b_r", "b_h")
    ends = ({GRU_CELL[name].low, GRU_CELL[name].start, GRU_CELL[name].high} for name in main)
    weights = ({}, {"w_zh": 8.0, "w_zx": -8.0}, {"w_rh": -8.0, "w_hh": 8.0}, {"w_hx": -8.0, "w_hh": -3.0})
    for values in itertools.product(*ends):
        for change in weights:
            yield {**START, **dict(zip(main, values, strict=True)), **change}


@pytest.mark.parametrize("name", GRU_CELL)
def test_the_numbers_along_a_slider_are_the_textbooks(name):
    answer = asked(along=GRU_CELL[name].name, b_r=-2.5, w_zh=3.0, gru_input="alternation")
    grid = GRU_CELL[name].grid
    assert len(answer["frames"]) == len(grid)
    x = preset("alternation", STEPS)
    assert answer["common"]["x"] == np.round(100 * x).tolist()
    for position in (0, len(grid) // 3, len(grid) - 1):
        setting = {**START, "b_r": -2.5, "w_zh": 3.0, name: grid[position]}
        frame = answer["frames"][position]
        values = dict(zip(QUANTITIES, frame["values"], strict=True))
        step = textbook(setting, setting["x"], setting["h_prev"])
        for quantity in ("z_z", "z_r", "z_h", "z", "r", "h_tilde", "h"):
            assert values[quantity] == pytest.approx(100 * getattr(step, quantity)[0], abs=0.501), quantity
        assert values["seen_h"] == pytest.approx(100 * step.r[0] * setting["h_prev"], abs=0.501)
        assert values["one_minus_z"] == pytest.approx(100 * (1 - step.z[0]), abs=0.501)
        assert values["kept_h"] == pytest.approx(100 * step.z[0] * setting["h_prev"], abs=0.501)
        assert values["added_h"] == pytest.approx(100 * (1 - step.z[0]) * step.h_tilde[0], abs=0.501)
        assert all(values[n] == pytest.approx(100 * setting[n]) for n in GRU_CELL)
        h = 0.0
        for t in range(STEPS):
            step = textbook(setting, x[t], h)
            h = step.h[0]
            for quantity in ("h", *ROWS):
                value = 100 * getattr(step, quantity)[0]
                assert frame["curves"][quantity][t] == pytest.approx(value, abs=0.501), (quantity, t)


def test_the_lstm_beside_forgets_by_z_and_has_the_same_candidate_and_gates_of_its_own():
    setting = {**START, "b_z": 2.0, "w_zh": -1.0, "b_h": 0.5}
    x, (h, C) = preset("noise", STEPS), (np.zeros(1), np.zeros(1))
    curves = asked(b_z=2.0, w_zh=-1.0, b_h=0.5, gru_input="noise")["frames"][0]["curves"]
    W = [np.array([row]) for row in ([-1.0, setting["w_zx"]], [0.0, 1.0],
                                     [setting["w_hh"], setting["w_hx"]], [0.0, 1.0])]  # fmt: skip
    for t in range(STEPS):
        step = lstm_step(x[t : t + 1], h, C, *W, *(np.array([b]) for b in (2.0, 0.0, 0.5, 0.0)))
        h, C = step.h, step.C
        assert curves["C"][t] == pytest.approx(100 * C[0], abs=0.501)
        assert curves["h_lstm"][t] == pytest.approx(100 * h[0], abs=0.501)
    assert lstm_beside(setting)["b_f"] == 2.0


@pytest.mark.parametrize("name", PRESETS)
def test_every_input_can_be_chosen(name):
    assert asked(**{GRU_INPUT.name: name})["common"]["x"] == (100 * preset(name, STEPS)).round().tolist()


@pytest.mark.parametrize(
    "wrong", [{"b_z": "9"}, {"b_z": "0.1"}, {"x": "nan"}, {"gru_input": "my own"}, {"along": "b_f"}]
)
def test_what_no_page_asks_is_refused(wrong):
    with pytest.raises(QueryError):
        asked(**wrong)


def test_every_sentence_is_true_of_its_numbers():
    for setting in settings():
        words = step_words(setting)
        numbers = [float(n.replace("−", "-")) for n in SENTENCE.fullmatch(words).groups()]
        z, old, left, share, h_tilde, new, h, r, again, in_view = numbers
        step = textbook(setting, setting["x"], setting["h_prev"])
        expected = [
            step.z[0], setting["h_prev"], step.z[0] * setting["h_prev"], 1 - step.z[0], step.h_tilde[0],
            (1 - step.z[0]) * step.h_tilde[0], step.h[0], step.r[0], setting["h_prev"],
            step.r[0] * setting["h_prev"],
        ]  # fmt: skip
        assert numbers == pytest.approx(expected, abs=0.00501), words
        assert abs(z + share - 1) < 0.011 and abs(left + new - h) < 0.016 and old == again


def test_a_wrong_sentence_would_be_noticed():
    words = step_words(START).replace("0.62", "0.63")
    assert float(SENTENCE.fullmatch(words)[1]) != pytest.approx(float(sigmoid(0.5)), abs=0.00501)


def test_the_run_in_words_has_the_ends_of_the_curves():
    run = {"h": [10, -90, 5], "C": [10, 20, -300], "h_lstm": [1, 2, -8]}
    assert run_words(run) == (
        "After 3 steps h of the GRU is 0.05, C of the LSTM is −3.00 and its h is −0.08. On the way h of the "
        "GRU was never further than 0.90 from 0."
    )
    assert set(run) == set(LINES)


def test_an_answer_is_small():
    for name, slider in (("gates/gru", "gru_bz"), ("gates/gru-count", "count_bz")):
        assert len(ANSWERS[name].reply(Query({"along": slider}))) < 100_000


def test_the_equations_have_a_place_for_each_number_and_no_other():
    names = {name for row in equations("gru") for name in re.findall(r"data-value=(\w+)", row["numbers"])}
    assert names <= set(QUANTITIES)
    assert {row["symbol"] for row in equations("gru")} == {"z", "r", "h_tilde", "h"}


# -- the questions --


def values_of(change):
    setting = {**START, **change}
    return setting, textbook(setting, setting["x"], setting["h_prev"])


def test_with_z_at_1_nothing_is_written():
    question, _ = questions()
    setting, step = values_of(KEEP)
    assert question.right == "nothing" and f"{step.z[0]:.2f}" == "1.00"
    added = (1 - step.z[0]) * step.h_tilde[0]
    example = f"z is {step.z[0]:.4f}, and of the candidate, {step.h_tilde[0]:.4f}, only {added:.4f} is"
    assert added >= 0.0001 and step.z[0] <= 0.9999  # so that the rounded ones are not 0 and 1
    for name in ("nothing", "all"):
        assert example in question.answer(name).reply
        assert "with z = 1 that is 0" in question.answer(name).reply.replace("\n", " ")
    assert step.h[0] == pytest.approx(setting["h_prev"], abs=0.005)


def test_with_r_at_0_h_is_not_erased_and_the_candidate_does_not_see_it():
    _, question = questions()
    setting, step = values_of(RESET)
    _, without = values_of({**RESET, "h_prev": 0.0})
    assert question.right == "unseen" and f"{step.r[0]:.2f}" == "0.00"
    assert step.h_tilde[0] == pytest.approx(without.h_tilde[0], abs=0.001)
    left = f"{step.z[0] * setting['h_prev']:.2f}"
    assert left != "0.00" and f"{left} of 0.8" in question.right_answer.reply
    assert all(left in answer.reply for answer in question.answers)
    assert f"$z_t = {step.z[0]:.2f}$" in question.text
    for answer in question.answers:  # each names its case, and none speaks of the picture
        assert f"n this example, with z = {step.z[0]:.2f}, {left} of 0.8 is kept" in answer.reply
        assert "here" not in answer.reply.lower().split()


def test_what_answers_a_question_is_covered_and_nothing_else_is_named():
    assert hidden_numbers([]) == [] == hidden_numbers(["words"])
    for question in questions():
        hidden = hidden_numbers(question.covers)
        assert hidden and set(hidden) <= {*QUANTITIES, "minus"}
