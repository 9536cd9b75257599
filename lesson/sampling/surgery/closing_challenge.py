"""The challenge Close it: hold something, so that the bracket model closes what it would have left open."""

import secrets
from collections.abc import Callable
from typing import NamedTuple

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.sampling.challenges import Challenge, Verdict
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
    count = f"{right} of {LINES} right; left alone, {right_without} of the same lines."
    if right >= ENOUGH:
        return Verdict(True, f"{count} Other lines at every check.")
    wrong = next(line for line in with_it if not line.right)
    sentence = f"{count} One of them, and what came likeliest after it:"
    return Verdict(False, sentence, wrong.text, _what_is_wrong(wrong))


def _what_is_wrong(line: Line) -> str:
    right = character_in_words(CLOSER[line.text[0]])
    return f"{character_in_words(line.likeliest)}, {line.probability:.0%}; {right} would close it."


CLOSE_IT = Challenge(
    "closing",
    "Close it",
    f"The bracket model reads one open bracket and then {LETTERS[0]} to "
    f"{LETTERS[1]} letters; in its own text there are never more than three in a row. Left alone it "
    "forgets which bracket is open, and leaves it open or closes another. Hold something with the "
    "controls above, so that its likeliest next character (temperature 0) is the right closing "
    f"bracket in at least {ENOUGH} of {LINES} lines that you do not see. It is held from the first "
    "letter on; the bracket itself is read as ever.",
    check,
    hints=(
        "What has to be remembered is in C when the first letter comes. Which gate decides how much of "
        "C is still there after forty characters?",
    ),
    solution="f = 1 for all units. Nothing is erased, and every letter adds to what C holds, so the "
    "three kinds of bracket grow further and further apart. The price: asked to go on, it closes the bracket "
    "again and again, because it cannot forget that one was open.",
)

_LAST_CHECK, _HELP_SHOWN = "closing_verdict", "closing_hints"  # in the session state


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
            help_shown = st.session_state.get(_HELP_SHOWN, 0)
            if help_shown < len(CLOSE_IT.help):
                label = "Hint" if help_shown < len(CLOSE_IT.hints) else "Solution"
                st.button(label, icon=":material/lightbulb:", key="closing_hint", on_click=_show_more_help)
        for text in CLOSE_IT.help[:help_shown]:
            prose(text)
        if choose_brackets is None and operation is not None:
            _show_last_check(operation)


def _check_button(operation: Operation | None, choose_brackets: Callable[[], None] | None) -> None:
    if choose_brackets is not None:
        if st.button("Take the bracket model", icon=":material/data_array:"):
            choose_brackets()
    # Not in a callback: what is held now stands in the address, which this run has read.
    elif (
        st.button("Check what is held", type="primary", icon=":material/task_alt:", key="check_closing")
        and operation is not None
    ):
        st.session_state[_LAST_CHECK] = LastCheck(operation, CLOSE_IT.judge(operation))


def _show_more_help() -> None:
    st.session_state[_HELP_SHOWN] = st.session_state.get(_HELP_SHOWN, 0) + 1


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
