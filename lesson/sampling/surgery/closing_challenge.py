"""The challenge Close it: clamp a gate, so that the bracket model closes what it would have left open."""

import secrets
from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.sampling.challenges import Challenge, Verdict, offer_help
from lesson.sampling.measured import open_bracket
from lesson.sampling.surgery.bracket_lines import BRACKETS
from lesson.sampling.surgery.closing_rules import ENOUGH, LETTERS, LINES, Line, hidden_lines, judge_lines
from lesson.sampling.surgery.operation import Operation
from lesson.sampling.surgery.sentences import operation_in_words
from lesson.widgets.catalogue import model
from lstm.interpret.brackets import CLOSER
from visualization.text import character_in_words


def check(operation: Operation) -> Verdict:
    """Judge an operation on lines that nobody has seen, beside the network as it is."""
    checkpoint, lines = model(BRACKETS), hidden_lines(secrets.randbits(32))
    without, with_it = (
        judge_lines(checkpoint.net, checkpoint.vocabulary, one, lines) for one in (Operation(), operation)
    )
    right, right_without = (sum(line.right for line in judged) for judged in (with_it, without))
    count = (
        f"{right} of {LINES} lines are right; without the operation, {right_without} of the same lines are."
    )
    if right >= ENOUGH:
        return Verdict(True, f"{count} Every check draws new lines.")
    wrong = next(line for line in with_it if not line.right)
    sentence = f"{count} This line is wrong:"
    return Verdict(False, sentence, wrong.text, _what_is_wrong(wrong))


def _what_is_wrong(line: Line) -> str:
    right = character_in_words(CLOSER[line.text[0]])
    return (
        f"The likeliest next character is {character_in_words(line.likeliest)} ({line.probability:.0%}); the "
        f"right one is {right}."
    )


_MEASURED = open_bracket()
CLOSE_IT = Challenge(
    "closing",
    "Close it",
    f"The bracket model reads one open bracket and then {LETTERS[0]} to {LETTERS[1]} letters. In its "
    "training text there are never more than three letters in a row. After "
    f"{_MEASURED.letters} letters C still stores which bracket is open: a linear function of C, fitted on "
    f"{_MEASURED.fitted} lines, names it in {_MEASURED.in_C} of {_MEASURED.new} other lines. But the output "
    "does not show it: the likeliest closing bracket is the right one in "
    f"{_MEASURED.in_logits} of these {_MEASURED.new} lines; by chance it is one in {len(CLOSER)}. Choose "
    "this model and an operation above, and press *Check this operation*. It begins at "
    f"the first letter, after the bracket. The goal: in at least {ENOUGH} of {LINES} hidden lines the "
    "likeliest character is the right closing bracket.",
    check,
    hints=(
        "When the first letter comes, the open bracket is stored in C. Which gate decides how much of C is "
        "still there after forty characters?",
    ),
    solution="Clamp f at 1 for all units. Then nothing is erased, and every letter adds to C: the states "
    "after the three kinds of bracket move further and further apart. But if the text goes on, "
    "the model closes the bracket again and again, because it cannot forget that one was open.",
)

_LAST_CHECK = "closing_verdict"  # in the session state


class LastCheck(NamedTuple):
    """The visitor's last check: what was judged, and how."""

    operation: Operation
    verdict: Verdict


def show_challenge(operation: Operation | None, choose_brackets: Callable[[], None] | None) -> None:
    """Show the challenge, its check, hints and solution.

    operation: what the controls above do now, None if they cannot be read; choose_brackets: chooses the
    bracket model, None if it is chosen.
    """
    with st.container(border=True):
        prose(CLOSE_IT.task)
        with st.container(horizontal=True, vertical_alignment="center"):
            _check_button(operation, choose_brackets)
            hints = offer_help(CLOSE_IT, "closing")
        for text in hints:
            prose(text)
        if choose_brackets is None and operation is not None:
            _show_last_check(operation)


def _check_button(operation: Operation | None, choose_brackets: Callable[[], None] | None) -> None:
    if choose_brackets is not None:
        if st.button("Choose the bracket model", icon=":material/data_array:"):
            choose_brackets()
    # Not in a callback: what is done now stands in the address, which this run has read.
    elif (
        st.button("Check this operation", type="primary", icon=":material/task_alt:", key="check_closing")
        and operation is not None
    ):
        st.session_state[_LAST_CHECK] = LastCheck(operation, CLOSE_IT.judge(operation))


def _show_last_check(operation: Operation) -> None:
    last: LastCheck | None = st.session_state.get(_LAST_CHECK)
    if last is None:
        return
    if last.operation != operation:
        note("The controls have changed since the last check.")
        return
    verdict = last.verdict
    note(f"Checked: {operation_in_words(operation)}.")
    if verdict.solved:
        st.success(f"**Solved.** {verdict.sentence}", icon=":material/trophy:")
        return
    st.warning(verdict.sentence, icon=":material/search:")
    st.code(verdict.line, language=None)
    st.text(verdict.about_line)
