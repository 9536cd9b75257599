"""Questions to commit to before looking.  Nobody has to: one key shows the answer, one skips it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from lesson.frame.glossary import prose
from visualization.symbols import SYMBOLS

REVEAL, SKIP = "F2", "F4"  # keys that type nothing, so that they do not get in anybody's way


@dataclass(frozen=True)
class Answer:
    """An answer to a question, and the reply to it.

    id: names the answer in the files that visitors keep, so it stays when the wording is mended.
    former: earlier wordings; files of the time when an answer was kept by its wording are read by them.
    Whoever rewords an answer adds its old wording there; the reply may change freely.
    """

    id: str
    text: str
    reply: str
    former: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """A question and its answers in the order shown.

    id: names the question in kept files and in links.  right: the id of the right answer.
    setting: what the page's cell is set to for "Show me", as changes to its start; None where there is
    nothing to set.
    """

    id: str
    text: str
    answers: tuple[Answer, ...]
    right: str
    setting: Mapping[str, float] | None = None

    def answer(self, id: str) -> Answer:
        """Return the answer with this id; raises KeyError if there is none."""
        return {answer.id: answer for answer in self.answers}[id]

    @property
    def right_answer(self) -> Answer:
        """Return the right answer."""
        return self.answer(self.right)

    def id_of(self, wording: str) -> str | None:
        """Return the id of the answer that is, or once was, worded so; None if there is none."""
        return next((a.id for a in self.answers if wording in (a.text, *a.former)), None)


def first_answers() -> dict[str, str]:
    """Return the visitor's first guesses, answers' ids by questions' ids; kept while the visitor stays."""
    return st.session_state.setdefault("first_answers", {})


def ask(
    questions: Sequence[Question],
    key: str,
    show: Callable[[Question], None] | None = None,
    name: str = "First guess",
) -> None:
    """Ask one question at a time, show its answers, and lead to the next.

    show: called when the visitor asks to see a question's case in the page's control; name: what a
    question is called.
    """
    at = min(st.session_state.get(_number_key(key), 0), len(questions))
    if at < len(questions):
        with st.container(border=True):
            _ask_one(questions, at, key, show, name)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"No more questions in this part: {_score(questions)}")
        st.button("Ask again", key=f"{key}_again", type="tertiary", on_click=_set, args=(_number_key(key), 0))


def _number_key(key: str) -> str:
    """Return the key in the session state of the number of the question that is asked, from 0."""
    return f"{key}_number"


def _ask_one(
    questions: Sequence[Question], at: int, key: str, show: Callable[[Question], None] | None, name: str
) -> None:
    """Ask the question at a place, and reply once it is answered or the answer is asked for."""
    question = questions[at]
    prose(f"**{name}, {at + 1} of {len(questions)}:** {question.text}")
    row = st.container(horizontal=True, vertical_alignment="center")
    with row:
        choice = _choose(question, key)
    reveal_key = f"{key}_{question.id}_shown"
    revealed = choice is not None or st.session_state.get(reveal_key, False)
    has_case = show is not None and question.setting is not None
    if revealed:
        _reply(question, choice)
        if has_case:
            st.caption("Numbers of this answer are those of the question's own cell: show it to see it so.")
    with row:
        if not revealed:
            st.button(
                "Show the answer", key=f"{key}_reveal", shortcut=REVEAL, type="tertiary", on_click=_set,
                args=(reveal_key, True),
            )  # fmt: skip
        elif has_case and st.button("Show it in the cell", key=f"{key}_show", icon=":material/play_arrow:"):
            show(question)
        following = "Finish" if at + 1 == len(questions) else "Next question"
        st.button(
            following if revealed else "Skip", key=f"{key}_skip", shortcut=SKIP, type="tertiary",
            on_click=_set, args=(_number_key(key), at + 1),
        )  # fmt: skip


def sentence(text: str) -> str:
    """Return a question's text as it begins a line: with a capital, but for a symbol such as f."""
    return text if text.split()[0] in SYMBOLS else text[0].upper() + text[1:]


def _choose(question: Question, key: str) -> str | None:
    # Pills, not radio buttons: the page's keys work while one of them has the focus.
    choice = st.pills(
        question.text,
        [answer.id for answer in question.answers],
        format_func=lambda id: question.answer(id).text,
        key=f"{key}_{question.id}",
        persist_state="session",
        label_visibility="collapsed",
        wrap=True,
    )
    if choice is not None:
        first_answers().setdefault(question.id, choice)
    return choice


def _reply(question: Question, choice: str | None) -> None:
    if choice is None:
        prose(f"**{question.right_answer.text}.** {question.right_answer.reply}")
    elif choice == question.right:
        prose(f":material/check: **Yes.** {question.answer(choice).reply}")
    else:
        prose(f":material/close: **Not quite.** {question.answer(choice).reply}")


def _score(questions: Sequence[Question]) -> str:
    """Say how many of the first guesses were right."""
    answered = [question for question in questions if question.id in first_answers()]
    if not answered:
        return "none was answered."
    right = sum(first_answers()[question.id] == question.right for question in answered)
    rest = len(questions) - len(answered)
    left = f"; {rest} {'was' if rest == 1 else 'were'} not answered" if rest else ""
    return f"{right} of {len(answered)} first guesses were right{left}."


def _set(key: str, value: object) -> None:
    st.session_state[key] = value
