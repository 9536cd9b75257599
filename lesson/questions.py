"""Questions to commit to before looking.  Nobody has to: one key shows the answer, one skips it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from lesson.glossary import prose
from visualization.palette import SYMBOLS

REVEAL, SKIP = "F2", "F4"  # keys that type nothing, so that they do not get in anybody's way


@dataclass(frozen=True)
class Question:
    """A question, its answers in the order shown, each with the reply to it, and the right one.

    setting: what the page's cell is set to for "Show me", as changes to its start; None where there is
    nothing to set.
    """

    name: str
    text: str
    replies: Mapping[str, str]
    right: str
    setting: Mapping[str, float] | None = None


def first_answers() -> dict[str, str]:
    """What the visitor answered first, by the question's name; kept while they stay."""
    return st.session_state.setdefault("first_answers", {})


def ask(
    questions: Sequence[Question],
    key: str,
    show: Callable[[Question], None] | None = None,
    called: str = "First guess",
) -> None:
    """One question at a time, with its answers, and the way to the next.

    show: called when the visitor asks to see a question's case in the page's control.
    """
    number = f"{key}_number"
    at = min(st.session_state.get(number, 0), len(questions))
    if at == len(questions):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(f"No more questions in this part: {_score(questions)}")
            st.button("Ask again", key=f"{key}_again", type="tertiary", on_click=_go, args=(number, 0))
        return
    question = questions[at]
    showable = show is not None and question.setting is not None
    shown = f"{key}_{question.name}_shown"
    with st.container(border=True):
        prose(f"**{called}, {at + 1} of {len(questions)}:** {question.text}")
        row = st.container(horizontal=True, vertical_alignment="center")
        with row:
            answered = _answers(question, key)
        revealed = answered is not None or st.session_state.get(shown, False)
        if revealed:
            _reply(question, answered)
            if showable:
                st.caption(
                    "Numbers of this answer are those of the question's own cell: show it to see it so."
                )
        with row:
            if not revealed:
                st.button(
                    "Show the answer", key=f"{key}_reveal", shortcut=REVEAL, type="tertiary",
                    on_click=_go, args=(shown, True),
                )  # fmt: skip
            elif showable and st.button(
                "Show it in the cell", key=f"{key}_show", icon=":material/play_arrow:"
            ):
                show(question)
            following = "Finish" if at + 1 == len(questions) else "Next question"
            label = following if revealed else "Skip"
            st.button(
                label, key=f"{key}_skip", shortcut=SKIP, type="tertiary", on_click=_go, args=(number, at + 1)
            )


def sentence(text: str) -> str:
    """A question's text as it begins a line: with a capital, but for a symbol such as f."""
    return text if text.split()[0] in SYMBOLS else text[0].upper() + text[1:]


def _answers(question: Question, key: str) -> str | None:
    # Pills, not radio buttons: the page's keys work while one of them has the focus.
    given = st.pills(
        question.text,
        list(question.replies),
        key=f"{key}_{question.name}",
        persist_state="session",
        label_visibility="collapsed",
        wrap=True,
    )
    if given is not None:
        first_answers().setdefault(question.name, given)
    return given


def _reply(question: Question, answered: str | None) -> None:
    if answered is None:
        prose(f"**{question.right}.** {question.replies[question.right]}")
    elif answered == question.right:
        prose(f":material/check: **Yes.** {question.replies[answered]}")
    else:
        prose(f":material/close: **Not quite.** {question.replies[answered]}")


def _score(questions: Sequence[Question]) -> str:
    """How many of the first guesses were right, in words."""
    given = [q for q in questions if q.name in first_answers()]
    if not given:
        return "none was answered."
    right = sum(first_answers()[q.name] == q.right for q in given)
    rest = len(questions) - len(given)
    left = f"; {rest} {'was' if rest == 1 else 'were'} not answered" if rest else ""
    return f"{right} of {len(given)} first guesses were right{left}."


def _go(key: str, value: object) -> None:
    st.session_state[key] = value
