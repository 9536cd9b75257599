"""Questions to commit to before looking.  Nobody has to: one key shows the answer, one skips it."""

from collections.abc import Callable, Sequence

import streamlit as st

from lesson.frame import record
from lesson.frame.arrivals import by_link, set_back
from lesson.frame.class_bar import UNSURE, is_answered, is_vote_closed, open_question, take_last_vote
from lesson.frame.glossary import note, prose
from lesson.frame.links import complain, fresh
from lesson.frame.navigation import is_embedded
from lesson.frame.parameters import ASK, NO_QUESTION
from lesson.widgets.question import Question
from visualization.symbols import SYMBOLS

REVEAL, SKIP = "F2", "F4"  # keys that type nothing, so that they do not get in anybody's way
# What can be covered in every panel: its sentences, its numbers.
WORDS, NUMBERS = "words", "numbers"
_PLAY = ":material/play_arrow:"
_NOTHING: frozenset[str] = frozenset()


def first_answers() -> dict[str, str]:
    """Return the visitor's first guesses, answers' ids by questions' ids; both may be of another version."""
    return record.entries("answer")


def first_answer(question: Question) -> str | None:
    """Return the id of the visitor's first guess at a question; None if there is none, or "I don't know"."""
    id = first_answers().get(question.id)
    return id if id in {answer.id for answer in question.answers} else None


def ask(
    questions: Sequence[Question],
    key: str,
    show: Callable[[Question], None] | None = None,
    name: str = "First guess",
) -> frozenset[str]:
    """Ask one question at a time, show its answers, and lead to the next.

    show: called when the visitor asks to see a question's case in the page's control; name: what a
    question is called.  Returns the names of what has to stay covered on the page: of the question that the
    visitor's class answers, too, wherever they are.  In a frame of course notes there are no questions.
    """
    if is_embedded():
        # Without its question, but in its state: the projector of class mode shows the model so.
        ids = fresh(ASK) if show else []
        case = next((each for each in questions if each.id in ids and each.setting), None)
        if show and case:
            show(case)
        return _NOTHING
    covered = _NOTHING
    at = _number(key, questions)
    if at < len(questions):
        # The key is a class of the container: the style sheet hides it until the browser's record is here.
        with st.container(border=True, key=f"question_{key}"):
            covered = _ask_one(questions, at, key, show, name)
        covered = covered.union(*(question.covers_ahead for question in questions[at + 1 :]))
    else:
        _close(questions, key)
    record.send(key)
    return covered.union(*(question.covers for question in questions if is_open(question)))


def note_cover() -> None:
    """Say, in place of what is covered, when it will be shown."""
    prose(f"> {cover_sentence()}")  # a quotation has the look of all covers (reading.css)


def cover_sentence() -> str:
    """Return what stands in place of what is covered."""
    return COVERED_IN_CLASS if open_question() else COVERED


def is_open(question: Question) -> bool:
    """Return whether the visitor's class answers the question at present: its answer is not revealed yet."""
    return question.id == open_question()


COMMITTED = "Your vote is in. Your lecturer shows the answer later."
CLOSED = "No choice counts here now. Your lecturer shows the answer later."
COMMITTED_UNSURE = "You answered: I don’t know. Your lecturer shows the answer later."
IN_CLASS = "Your class answers this question now. Your choice here is your vote."
COVERED_IN_CLASS = "Something is hidden here as long as a question about it is open."
COVERED = "Something is hidden here until you answer or skip the question above."


def _close(questions: Sequence[Question], key: str) -> None:
    """Say what came of the questions."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"Questions in this part: {len(questions)}. {_score(questions)}", width="content")
        st.button("Ask again", key=f"{key}_again", type="tertiary", on_click=_go, args=(key, 0))


def _number(key: str, questions: Sequence[Question]) -> int:
    """Return the number of the question that is asked, from 0; after the last, how many there are."""
    name = _number_key(key)
    place = record.news("place", key) or ""
    if place.isascii() and place.isdigit():  # after a reload: it counts more than what the address asks
        st.session_state[name] = int(place)
    if by_link() and (linked := fresh(ASK)):
        ids = [*(question.id for question in questions), NO_QUESTION]
        if linked[-1] in ids:
            st.session_state[name] = ids.index(linked[-1])
        else:
            complain(["The link asks a question that this part does not have."])
    return min(st.session_state.get(name, 0), len(questions))


def _number_key(key: str) -> str:
    """Return the key in the session state of the number of the question that is asked."""
    set_back(f"{key}_number")
    return f"{key}_number"


def _ask_one(
    questions: Sequence[Question], at: int, key: str, show: Callable[[Question], None] | None, name: str
) -> frozenset[str]:
    """Ask the question at a place, and reply once it is answered or the answer is asked for."""
    question = questions[at]
    prose(f"**{name}, {at + 1} of {len(questions)}:** {question.text}")
    row = st.container(horizontal=True, vertical_alignment="center")
    with row:
        choice = _choose(question, key)
    # What the class answers together has its answer at the reveal, whoever has seen it before.
    in_class, unsure = is_open(question), choice is None and _is_unsure(question)
    revealed = not in_class and (choice is not None or _is_revealed(question, key))
    can_show = revealed and show is not None and question.setting is not None
    if revealed:
        _reply(question, choice, unsure)
        if can_show:
            st.caption("*Show it in the cell* sets the sliders as in this answer.")
    elif in_class:
        note(_in_class(choice, unsure))
    # What is no answer stays together where the row is broken.
    with row, st.container(horizontal=True, vertical_alignment="center", width="content"):
        if not revealed and not in_class:
            st.button(
                "Show the answer", key=f"{key}_reveal", shortcut=REVEAL, type="tertiary", on_click=_reveal,
                args=(question, key),
            )  # fmt: skip
        if show and can_show and st.button("Show it in the cell", key=f"{key}_show", icon=_PLAY):
            show(question)
        following = "Finish" if at + 1 == len(questions) else "Next question"
        is_done = revealed or choice is not None or unsure
        st.button(
            following if is_done else "Skip", key=f"{key}_skip", shortcut=SKIP, type="tertiary",
            on_click=_go, args=(key, at + 1),
        )  # fmt: skip
        if not revealed and at + 1 < len(questions) and any(each.covers for each in questions):
            st.button(
                "Explore without questions", key=f"{key}_explore", type="tertiary",
                on_click=_go, args=(key, len(questions)),
            )  # fmt: skip
    return _NOTHING if revealed else frozenset(question.covers)


def _in_class(choice: str | None, unsure: bool) -> str:
    """Return what is said of a question that the class answers at present."""
    if is_vote_closed():
        return CLOSED
    if unsure:
        return COMMITTED_UNSURE
    return COMMITTED if choice else IN_CLASS


def sentence(text: str) -> str:
    """Return a question's text as it begins a line: with a capital, but for a symbol such as f."""
    return text if text.split()[0] in SYMBOLS else text[0].upper() + text[1:]


def _choose(question: Question, key: str) -> str | None:
    pills_key = f"{key}_{question.id}"
    set_back(pills_key)
    is_new = record.news("answer", question.id) is not None or is_answered(question.id)
    if (last := take_last_vote(question.id)) in {answer.id for answer in question.answers}:
        st.session_state[pills_key] = last
    elif is_new and st.session_state.get(pills_key) is None:
        st.session_state[pills_key] = first_answer(question)
    # Pills, not radio buttons: the page's keys work while one of them has the focus.
    choice = st.pills(
        question.text,
        [answer.id for answer in question.in_random_order()],
        format_func=lambda id: question.answer(id).text,
        key=pills_key,
        persist_state="session",
        label_visibility="collapsed",
        wrap=True,
        disabled=is_open(question) and is_vote_closed(),
        on_change=_vote,
        args=(question, pills_key),
    )
    if choice is not None and first_answer(question) is None and not _is_unsure(question):
        record.add("answer", question.id, choice)
    return choice


def _vote(question: Question, pills_key: str) -> None:
    """Let a choice be the vote, if the visitor's class answers the question: the bar sends it to the room."""
    if is_open(question) and (choice := st.session_state.get(pills_key)):
        record.add("vote", question.id, choice)


def _is_unsure(question: Question) -> bool:
    """Return whether the visitor's first answer, in a class, was "I don't know"."""
    return first_answers().get(question.id) == UNSURE


def _is_revealed(question: Question, key: str) -> bool:
    """Return whether the answer was asked for."""
    name = _revealed_key(question, key)
    set_back(name)
    if record.news("shown", question.id) or (is_answered(question.id) and _is_unsure(question)):
        st.session_state[name] = True
    return st.session_state.get(name, False)


def _revealed_key(question: Question, key: str) -> str:
    return f"{key}_{question.id}_shown"


def _reveal(question: Question, key: str) -> None:
    st.session_state[_revealed_key(question, key)] = True
    record.add("shown", question.id)


def _go(key: str, number: int) -> None:
    st.session_state[_number_key(key)] = number
    record.add("place", key, str(number))


def _reply(question: Question, choice: str | None, unsure: bool) -> None:
    if choice is None:
        text, before = question.right_answer.text, "You did not know. " if unsure else ""
        prose(f"{before}**{text}{'' if text.endswith('.') else '.'}** {question.right_answer.reply}")
    elif choice == question.right:
        prose(f":material/check: **Yes.** {question.answer(choice).reply}")
    else:
        prose(f":material/close: **Not quite.** {question.answer(choice).reply}")


def _score(questions: Sequence[Question]) -> str:
    """Say how many questions were answered, and how many of the first guesses were right."""
    answered = [question for question in questions if first_answer(question) and not is_open(question)]
    if not answered:
        return "You answered none of them."
    right = sum(first_answer(question) == question.right for question in answered)
    if len(answered) == 1:
        return f"You answered one; your first guess was {'right' if right else 'wrong'}."
    return f"You answered {len(answered)}; your first guess was right in {right} of these {len(answered)}."
