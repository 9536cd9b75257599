"""Questions to commit to before looking.  Nobody has to: one key shows the answer, one skips it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from lesson.frame.glossary import prose
from visualization.palette import SYMBOLS

REVEAL, SKIP = "F2", "F4"  # keys that type nothing, so that they do not get in anybody's way


@dataclass(frozen=True)
class Answer:
    """An answer to a question, and the reply to it.

    id: names the answer in the files that visitors keep, so it stays when the wording is mended.
    former: earlier wordings; files of the time when an answer was kept by its wording are read by them.
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
        """The right one."""
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
    shown = f"{key}_{question.id}_shown"
    with st.container(border=True):
        prose(f"**{called}, {at + 1} of {len(questions)}:** {question.text}")
        row = st.container(horizontal=True, vertical_alignment="center")
        with row:
            choice = _choose(question, key)
        revealed = choice is not None or st.session_state.get(shown, False)
        if revealed:
            _reply(question, choice)
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
    """How many of the first guesses were right, in words."""
    guessed = [q for q in questions if q.id in first_answers()]
    if not guessed:
        return "none was answered."
    right = sum(first_answers()[q.id] == q.right for q in guessed)
    rest = len(questions) - len(guessed)
    left = f"; {rest} {'was' if rest == 1 else 'were'} not answered" if rest else ""
    return f"{right} of {len(guessed)} first guesses were right{left}."


def _go(key: str, value: object) -> None:
    st.session_state[key] = value
