"""The part Gate surgery of the sampling page, as it is opened from a link and asked."""

import numpy as np
import pytest

from lesson.sampling.networks import network_named
from lesson.sampling.parameters import CLAMP_VALUE, SURGERY
from lesson.sampling.surgery.ablation import entry_of
from lesson.sampling.surgery.operation import Clamp, Operation, carry_out
from lesson.sampling.surgery.questions import surgery_questions
from lesson.sampling.write.passages import Draw, write
from lesson.widgets.catalogue import model_names
from tests.app import press, rerun, words_of
from tests.lesson.sampling.opening import ask, asked_by, frame_of, numbers, open_sampling, panel_of
from tests.tiers import first_fast
from visualization.drawings.heat import heat

FABLES = network_named("fables")


def test_a_link_does_the_operation_and_both_continuations_are_shown():
    link = {"operation": "clamp a gate", "gate": "o", "clamp": "0.5", "units": "3, 8", "at": "50", "n": "100"}
    app = open_sampling(SURGERY, **link)
    frame = asked_by(app, "surgery")
    written = write(FABLES, Draw(length=100))
    operation = Operation(Clamp("o", 0.5), units=(3, 8))
    outcome = carry_out(FABLES, written, 49, Draw(length=100), operation)
    assert (frame["before"], frame["after"]) == outcome.texts
    assert frame["text"] == written.text and frame["at"] == 49
    assert "The operation was also carried out at every character" in ask("loss", **link)["words"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "query", [{}, {"gate": "o", "units": "3, 8"}, {"network": "fables_gru", "gate": "z", "tau": "0"}], ids=str
)
@pytest.mark.parametrize("symbol", first_fast(1, ["h", "C"]))
def test_along_the_slider_each_outcome_is_that_of_its_value(query, symbol):
    if "network" in query and symbol == "C":
        symbol = "z"
    query = query | {"n": "100", "at": "30", "symbol": symbol}
    along = ask("surgery", along="clamp", **query)
    assert len(along["frames"]) == len(CLAMP_VALUE.address_values) == 21
    for value, frame in zip(CLAMP_VALUE.address_values, along["frames"], strict=True):
        one = ask("surgery", clamp=value, **query)
        exact = one["frames"][0]
        assert along["common"] == one["common"]
        same = {"after", "first", "words", "alt"}
        assert {name: frame[name] for name in same} == {name: exact[name] for name in same}
        assert [row[:2] for row in frame["rows"]] == [row[:2] for row in exact["rows"]]
        assert (frame["exact"], exact["exact"]) == (False, True)


def test_while_it_is_dragged_the_map_has_the_colours_of_its_numbers():
    query = {"n": "100", "at": "30"}
    common, exact = (ask("surgery", clamp="0.5", **query)[part] for part in ("common", "frames"))
    shades = numbers(ask("surgery", along="clamp", **query)["frames"][10]["afterMap"], "u1")
    codes = numbers(exact[0]["afterMap"], "<i2").reshape(len(common["units"]), -1)
    colours = len(heat(np.zeros((2, 3)), "C", [0, 1, 2], "light").palette)
    for row, (codes_of_row, (low, high)) in enumerate(zip(codes, common["spans"], strict=True)):
        share = np.clip((codes_of_row - low) / (high - low), 0, 1)
        shades_of_row = shades.reshape(codes.shape)[row]
        np.testing.assert_allclose(shades_of_row, share * (colours - 1), atol=0.5 + colours / (high - low))


def test_presets_are_settings_of_the_panel():
    presets = {row["label"]: row["setting"] for row in panel_of(open_sampling(SURGERY), "surgery")["presets"]}
    clamped = {"operation": "clamp a gate", "gate": "f", "clamp": "1", "units": "all", "other": ""}
    assert presets["f = 1: forget nothing"] == clamped
    assert not panel_of(open_sampling(SURGERY, network="fables_rnn"), "surgery")["presets"]


@pytest.mark.parametrize("name", model_names())
def test_every_network_has_something_to_be_done_with(name):
    app = open_sampling(SURGERY, network=name, n="100")
    assert not app.error and len(asked_by(app, "surgery")["text"]) == 100
    assert frame_of("surgery", network=name, operation="ablate units", units="0, 1", n="100")["after"]


@pytest.mark.parametrize("units", ["500", "0-999999", "x" * 300])
def test_units_that_do_not_exist_get_one_sentence(units):
    sentence = "Units are whole numbers from 0 to 127, such as 3, 17, 20-25, or all."
    assert frame_of("surgery", units=units, n="100")["trouble"] == sentence
    assert {frame["trouble"] for frame in ask("surgery", units=units, along="clamp")["frames"]} == {sentence}
    assert ask("loss", units=units)["words"] == ""


def test_the_memory_of_another_text():
    query = {"operation": "swap the memory", "n": "100"}
    assert "two continuations appear" in frame_of("surgery", **query)["missing"]
    frame = frame_of("surgery", other="the hen 狐", **query)
    assert "left out: <code>狐</code>" in frame["about"]
    written = write(FABLES, Draw(length=100))
    outcome = carry_out(FABLES, written, frame["at"], Draw(length=100), Operation(other_text="the hen "))
    assert frame["after"] == outcome.texts[1]
    assert ask("loss", other="the hen", **query)["words"] == ""


def test_the_right_answer_is_among_the_answers():
    for question in surgery_questions():
        assert question.right_answer in question.answers


def test_the_answers_are_what_was_measured():
    loss = entry_of("fables")["clamped"]["f"]["0"]
    assert f"{loss:.2f}" in surgery_questions()[0].right_answer.reply
    assert abs(loss - entry_of("fables")["table_1"]) < 0.15, "like a table of pairs, nearly"
    assert surgery_questions()[1].right.startswith("o")


def test_what_a_text_costs_is_what_the_ablation_says():
    entry = entry_of("fables")
    assert (
        f"from {entry['intact']:.2f} to {entry['clamped']['f']['0']:.2f} nats"
        in ask("loss", gate="f")["words"]
    )


# -- the challenge of the open bracket --


def solve(**query):
    app = open_sampling(SURGERY, network="brackets", n="100", **query)
    return press(app, "Check this operation")


def test_the_challenge_is_solved_by_a_clamped_gate_and_says_what_it_is_without():
    app = solve(gate="f", clamp="1")
    assert "**Solved.**" in app.success[0].value and "without the operation" in app.success[0].value
    assert app.session_state["record_entries"] == {
        "tried/sampling/closing": "1", "solved/sampling/closing": "yes",
    }  # fmt: skip


def test_what_the_controls_begin_with_does_not_solve_it():
    app = solve()
    assert not app.success and "of 10 lines are right" in app.warning[0].value
    assert "Checked: f clamped at 0 for all units." in words_of(app)


def test_what_does_not_solve_it_shows_a_line_and_changing_the_controls_says_so():
    app = solve(gate="i", clamp="0")
    assert "0 of 10 lines are right" in app.warning[0].value and "the right one is" in words_of(app)
    assert app.session_state["record_entries"] == {"tried/sampling/closing": "1"}
    app.query_params["clamp"] = "0.5"  # as the browser writes it
    assert "have changed since the last check" in words_of(rerun(app))


def test_what_is_checked_is_what_the_address_says_at_that_moment():
    app = open_sampling(SURGERY, network="brackets", gate="i")
    app.query_params["gate"], app.query_params["clamp"] = "f", "1"
    press(app, "Check this operation")
    assert app.success and "Checked: f clamped at 1 for all units." in words_of(app)


def test_another_network_is_first_exchanged_for_the_brackets():
    app = press(open_sampling(SURGERY, n="100"), "Choose the bracket model")
    assert app.session_state["network"] == "brackets"
    assert any(button.label == "Check this operation" for button in app.button)
    for label in ("Hint", "Solution"):
        press(app, label)
    assert "Clamp f at 1 for all units" in words_of(app)


@pytest.mark.parametrize(
    ("operation", "says"),
    [("ablate units", "Name the units to ablate"), ("swap the memory", "Enter the other text")],
)
def test_an_operation_that_nothing_is_entered_for_says_what_it_needs(operation, says):
    assert says in frame_of("surgery", operation=operation, units="all", n="100")["missing"]
