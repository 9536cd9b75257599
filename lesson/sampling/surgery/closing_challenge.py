"""The challenge of the open bracket on the page: the task, the check, a hint and the solution."""

import secrets
from collections.abc import Callable

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.sampling.challenges import CLOSE_IT, solve
from lesson.sampling.surgery.closing_rules import ENOUGH, LETTERS, LINES, Line, hidden_lines, judge
from lesson.sampling.surgery.operation import Operation
from lesson.widgets.catalogue import model
from lstm.interpret.brackets import CLOSER
from visualization.heat import shown_in_words

_VERDICT, _HINTS = "closing_verdict", "closing_hints"


def closing_challenge(operation: Operation | None, choose_brackets: Callable[[], None] | None) -> None:
    """The whole challenge.

    operation: what the controls above do, None if they cannot be read; choose_brackets: chooses the bracket
    model, None if it is chosen.
    """
    with st.container(border=True):
        prose(
            f"**Challenge: close it.** The bracket model reads one open bracket and then {LETTERS[0]} to "
            f"{LETTERS[1]} letters; in its own text there are never more than three in a row. Left alone it "
            "forgets which bracket is open, and leaves it open or closes another. Hold something with the "
            "controls above, so that its likeliest next character (temperature 0) is the right closing "
            f"bracket in at least {ENOUGH} of {LINES} lines that you do not see. It is held from the first "
            "letter on; the bracket itself is read as ever."
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            if choose_brackets is not None:
                if st.button("Take the bracket model", icon=":material/data_array:"):
                    choose_brackets()
            elif operation is not None:
                st.button(
                    "Check what is held", type="primary", icon=":material/task_alt:", key="check_closing",
                    on_click=_check, args=(operation,),
                )  # fmt: skip
            if st.session_state.get(_HINTS, 0) < len(_HELP):
                label = ("Hint", "Solution")[st.session_state.get(_HINTS, 0)]
                st.button(label, icon=":material/lightbulb:", key="closing_hint", on_click=_hint)
        for text in _HELP[: st.session_state.get(_HINTS, 0)]:
            prose(text)
        if choose_brackets is None:
            _verdict(operation)


_HELP = (
    "**Hint.** What has to be remembered is in C when the first letter comes. Which gate decides how much of "
    "C is still there after forty characters?",
    "**Solution.** f = 1 for all units. Nothing is erased, and every letter adds to what C holds, so the "
    "three kinds of bracket grow further and further apart. The price: asked to go on, it closes the bracket "
    "again and again, because it cannot forget that one was open.",
)


def _hint() -> None:
    st.session_state[_HINTS] = st.session_state.get(_HINTS, 0) + 1


def _check(operation: Operation) -> None:
    checkpoint = model("brackets")
    lines = hidden_lines(secrets.randbits(32))
    alone, held = (
        judge(checkpoint.net, checkpoint.vocabulary, what, lines) for what in (Operation(), operation)
    )
    st.session_state[_VERDICT] = (operation, alone, held)
    if _right(held) >= ENOUGH:
        solve(CLOSE_IT)


def _right(lines: list[Line]) -> int:
    return sum(line.right for line in lines)


def _verdict(operation: Operation | None) -> None:
    if _VERDICT not in st.session_state or operation is None:
        return
    judged, alone, held = st.session_state[_VERDICT]
    if judged != operation:
        note("The controls have changed since the last check.")
        return
    count = f"{_right(held)} of {LINES} right; left alone, {_right(alone)} of the same lines."
    if _right(held) >= ENOUGH:
        st.success(f"**Solved.** {count} Other lines at every check.", icon=":material/trophy:")
        return
    wrong = next(line for line in held if not line.right)
    st.warning(f"{count} One of them, and what came likeliest after it:", icon=":material/search:")
    st.code(wrong.text, language=None)
    asked = shown_in_words(CLOSER[wrong.text[0]])
    st.text(f"{shown_in_words(wrong.said)}, {wrong.probability:.0%}; {asked} would close it.")
