"""The hunt on the page, its challenge, and what the found unit is worth."""

import numpy as np
import pytest

from lesson.sampling.memory import quotes_rules as quotes
from lesson.sampling.networks import network_named
from lesson.sampling.parameters import MEMORY, SURGERY
from lesson.sampling.surgery.bracket_lines import depth_unit, lines_after, lines_closed
from lesson.sampling.surgery.operation import Operation
from lesson.sampling.surgery.questions import surgery_questions
from lesson.sampling.unit_search import MOST, Search, rank_units, threshold_accuracy
from lesson.widgets.catalogue import model_names
from lstm.interpret.brackets import closes_what_it_opens
from lstm.interpret.text_rules import RULES, from_spans
from lstm.interpret.unit_search import hunt
from tests.app import press, rerun, words_of
from tests.lesson.sampling.opening import ask, open_sampling, panel_of


def ranking(name, rule, state, pattern=""):
    """The units of a network as they follow a rule on text that it did not learn from."""
    network = network_named(name)
    return rank_units(network, Search(network.unseen_text(MOST), rule, state, pattern))


def test_held_out_text_begins_with_a_line_and_was_not_learned_from():
    fables = network_named("fables")
    text = fables.unseen_text(4_000)
    assert len(text) == 4_000 and fables.held_out[fables.held_out.index(text) - 1] == "\n"


def test_a_rule_is_hunted_and_the_unit_in_view_is_judged_too():
    app = press(open_sampling(MEMORY, network="brackets", rule="bracket depth", by="h", unit="5"), "Hunt")
    found = ranking("brackets", "bracket depth", "h")
    words = words_of(app)
    assert f"**Unit {found.best} follows the rule.**" in words and f"{found.score[found.best]:.2f}" in words
    assert f"Your unit was 5. It has rank {found.place(5)} of 128" in words
    assert found.best == depth_unit()


def test_what_follows_weakly_is_no_find():
    app = press(open_sampling(MEMORY, network="fables_rnn", rule="start of line", by="h"), "Hunt")
    found = ranking("fables_rnn", "start of line", "h")
    assert found.is_significant and found.score[found.best] < 0.3
    assert "is not enough to say that the unit knows the rule" in words_of(app) and not app.success


def test_nothing_better_than_chance_is_said():
    short_lines = r"^[^\n]{1,150}$"  # at its characters nobody knows how long the line will be
    found = ranking("fables", "regular expression", "C", short_lines)
    app = press(open_sampling(MEMORY, rule="regular expression", pattern=short_lines), "Hunt")
    assert not found.is_significant and found.chance > 0.1
    assert f"**No unit is better than chance.** On the first half unit {found.best} is the best one." in (
        words_of(app)
    )


def test_a_rule_that_never_holds_gets_one_sentence():
    app = press(open_sampling(MEMORY, network="places", rule="inside quotes"), "Hunt")
    assert app.error and "never changes in one half" in words_of(app)


@pytest.mark.parametrize(
    ("pattern", "says"),
    [("[a", "not one that Python's re understands"), ("zzzz", "matches nothing"), ("", "matches nothing")],
)
def test_an_expression_that_is_none_or_finds_nothing_gets_one_sentence(pattern, says):
    app = press(open_sampling(MEMORY, rule="regular expression", pattern=pattern), "Hunt")
    assert app.error and says in words_of(app)


def test_an_expression_is_a_rule():
    app = press(open_sampling(MEMORY, rule="regular expression", pattern="said"), "Hunt")
    text = network_named("fables").unseen_text(4_000)
    spans = [(k, k + 4) for k in range(len(text)) if text.startswith("said", k)]
    fables = network_named("fables").checkpoint
    C = fables.net.run(fables.vocabulary.encode(text)).values["C"][:, 0]
    by_hand = hunt(C, from_spans(spans, len(text)))
    assert f"**Unit {by_hand.best} follows the rule" in words_of(app)


def test_a_found_unit_can_be_looked_at_in_the_map():
    app = press(open_sampling(MEMORY, network="brackets", rule="bracket depth", by="h"), "Hunt")
    found = ranking("brackets", "bracket depth", "h")
    pills = next(p for p in app.get("button_group") if p.label == "Look at a unit in the map")
    pills.set_value(str(found.order[2]))
    rerun(app)
    assert panel_of(app, "memory")["jump"]["setting"] == {"unit": str(found.order[2])}
    press(app, f"Ablate unit {found.best} in Gate surgery")
    jump = panel_of(app, "surgery")["jump"]["setting"]
    assert jump == {"operation": "ablate units", "units": str(found.best)}


@pytest.mark.slow
@pytest.mark.parametrize("name", model_names())
def test_every_network_can_be_hunted_in(name):
    app = press(open_sampling(MEMORY, network=name, rule="vowel"), "Hunt")
    assert "follows the rule" in words_of(app)


def test_yes_and_no_are_told_apart_by_a_threshold_of_the_other_half():
    brackets = network_named("brackets")
    text = brackets.unseen_text(MOST)
    assert 0.8 < threshold_accuracy(brackets, 99, Search(text, "inside quotes", "C")) < 1
    assert threshold_accuracy(brackets, 99, Search(text, "bracket depth", "C")) is None


# -- what the unit is worth --


def test_without_the_unit_that_counts_depth_the_brackets_break_and_without_another_they_do_not():
    assert lines_after(Operation()).share > 0.9
    without = lines_after(Operation(ablate=(depth_unit(),)))
    assert without.share < 0.65
    others = [lines_after(Operation(ablate=(unit,))).share for unit in (1, 2, 3, 5, 8)]
    assert np.median(others) > 0.9
    assert f"with it, {without.share:.0%} of {without.lines} lines do." in lines_closed(
        network_named("brackets"), Operation(ablate=(depth_unit(),))
    )
    assert lines_closed(network_named("fables"), Operation(ablate=(1,))) == ""
    assert closes_what_it_opens("(a)") and not closes_what_it_opens("(a")


def test_the_preset_ablates_it():
    presets = panel_of(open_sampling(SURGERY, network="brackets"), "surgery")["presets"]
    (setting,) = (
        row["setting"] for row in presets if row["label"] == f"Ablate unit {depth_unit()}, which counts depth"
    )
    assert setting["operation"] == "ablate units"
    assert "close every bracket" in ask("loss", network="brackets", **setting)["words"]


def test_the_answer_about_one_unit_less_is_what_was_measured():
    question = surgery_questions()[2]
    share = lines_after(Operation(ablate=(depth_unit(),))).share
    assert question.right_answer.text == "About half" and 0.4 < share < 0.6
    assert f"with unit {depth_unit()} ablated, {share:.0%} of the lines do" in question.right_answer.reply


# -- the challenge --


@pytest.mark.slow
def test_few_units_pass_and_the_best_of_the_hunt_is_among_them():
    for name, most in (("fables", 12), ("fables_gru", 2)):
        found = quotes.quoted_text(network_named(name))
        best = hunt(found.states, found.inside).best
        candidates = [best, *hunt(found.states, found.inside).order[1:4]]
        assert any(
            all(quotes.passes(quotes.accuracies(found, unit, seed)) for seed in range(5))
            for unit in candidates
        )
        assert 1 <= quotes.count_passing_units(network_named(name)) <= most


def test_segments_are_of_the_half_that_gave_no_threshold_and_new_each_time():
    found = quotes.quoted_text(network_named("fables"))
    first, again, other = (quotes.accuracies(found, 81, seed) for seed in (1, 1, 2))
    assert first == again != other
    half = len(found.text) // 2
    changed = found._replace(states=found.states.copy())
    changed.states[half:, 81] = 0
    assert max(quotes.accuracies(changed, 81, 1)) == 0.5


def test_only_networks_whose_text_has_speech_can_be_asked():
    assert [name for name in model_names() if quotes.has_speech(network_named(name))] == [
        "fables", "fables_gru", "fables_rnn", "fables_two_layers",
    ]  # fmt: skip


def check(app, unit):
    app.number_input(key="quote_unit").set_value(unit)
    return press(app, "Check the unit")


def test_the_challenge_is_solved_by_the_right_unit_and_not_by_another():
    app = check(open_sampling(MEMORY, network="fables_gru", n="100"), 5)
    assert "of 10 segments" in app.warning[0].value
    app = check(app, 73)
    assert "**Solved.** Unit 73" in app.success[0].value
    assert app.session_state["record_entries"] == {
        "tried/sampling/quotes": "2", "solved/sampling/quotes": "yes",
    }  # fmt: skip


def test_after_the_hunt_it_is_closed_and_elsewhere_it_is_open():
    app = press(open_sampling(MEMORY, network="fables_gru", rule="inside quotes"), "Hunt")
    rerun(app)
    assert "You have hunted for quotes in this network" in words_of(app)
    app.selectbox(key="network").set_value("fables")
    rerun(app)
    assert any(button.label == "Check the unit" for button in app.button)


def test_a_network_without_quotes_is_exchanged():
    app = press(open_sampling(MEMORY, network="places"), "Choose the fables")
    assert app.session_state["network"] == "fables"


def test_every_rule_says_what_it_is():
    for name in RULES:
        sentence = f"The rule *{name}* is {RULES[name].says}."
        assert sentence in words_of(open_sampling(MEMORY, rule=name))
