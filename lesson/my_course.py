"""My course: what I solved and guessed, kept while I stay, to take away and to bring back; a self-test."""

from collections.abc import Mapping

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from lesson.challenge_ui import progress
from lesson.challenges import CHALLENGES
from lesson.closing_challenge import SOLVED as SAMPLING_SOLVED
from lesson.decks import DECKS, all_questions
from lesson.exercise_files import done_key
from lesson.frame import LESSONS, page_link
from lesson.glossary import note, prose
from lesson.kept_course import Course, from_file, known_challenges, to_file
from lesson.live_challenges import CHALLENGES as TRAINING_CHALLENGES
from lesson.live_challenges import SOLVED as TRAINING_SOLVED
from lesson.questions import ask, first_answers, sentence
from lesson.self_test import self_test
from lstm import InputError

_TROUBLE, _BROUGHT = "course_trouble", "course_brought"  # in the session state: what a file came to
_PAGES = {lesson.address: lesson for lesson in LESSONS}


def my_course(exercises: Mapping[int, str]) -> None:
    """The part of the start page; exercises: the title of each by its number."""
    course, questions = _course(exercises), all_questions()
    challenges = _challenges(exercises)
    done = sum(len(names) for names in course.solved.values())
    total = sum(len(names) for names in challenges.values())
    right = sum(questions[name].right == given for name, given in course.answers.items() if name in questions)
    left, middle, last = st.columns(3)
    left.metric("Guesses committed", f"{len(course.answers)} of {len(questions)}")
    middle.metric("First guesses that were right", f"{right} of {len(course.answers)}")
    last.metric("Challenges and exercises solved", f"{done} of {total}")
    _keep(course, challenges)
    for page, names in challenges.items():
        told = " · ".join(
            f":green[:material/check:] {title}" if name in course.solved[page] else f":gray[{title}]"
            for name, title in names.items()
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            page_link(_PAGES[page].file, _PAGES[page].title)
            st.markdown(told)
    st.subheader("My first guesses, and what came")
    _guesses(course)
    st.subheader("Self-test")
    prose("Facts and transfer, mixed. Commit to an answer; the reply says why. It is not kept in the file.")
    ask(self_test(), "self_test", called="Question")


def _challenges(exercises: Mapping[int, str]) -> dict[str, dict[str, str]]:
    known = known_challenges({challenge.name: challenge.title for challenge in TRAINING_CHALLENGES})
    return known | {"exercises": {str(number): title for number, title in exercises.items()}}


def _course(exercises: Mapping[int, str]) -> Course:
    """What the session state holds."""
    solved = {
        "gates": frozenset(name for name in CHALLENGES if progress(name).solved),
        "training": frozenset(st.session_state.get(TRAINING_SOLVED, ())),
        "sampling": frozenset(st.session_state.get(SAMPLING_SOLVED, ())),
        "exercises": frozenset(str(n) for n in exercises if st.session_state.get(done_key(n))),
    }
    known = all_questions()
    return Course({name: given for name, given in first_answers().items() if name in known}, solved)


def _keep(course: Course, challenges: Mapping[str, Mapping[str, str]]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.download_button(
            "Keep it as a file", to_file(course), "my_lstm_course.json", "application/json",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip
    st.file_uploader(
        "Bring a kept file back", type=["json"], key="course_file", on_change=_bring, args=(challenges,)
    )
    if trouble := st.session_state.get(_TROUBLE):
        st.error(trouble)
    if brought := st.session_state.pop(_BROUGHT, None):
        st.success(brought)


def _bring(challenges: Mapping[str, Mapping[str, str]]) -> None:
    """Add what a file holds to what is here; nothing is taken away."""
    given = st.session_state.get("course_file")
    if not isinstance(given, UploadedFile):
        return
    try:
        course = from_file(given.getvalue(), all_questions(), challenges)
    except InputError as error:
        st.session_state[_TROUBLE] = str(error)
        return
    st.session_state.pop(_TROUBLE, None)
    st.session_state[_BROUGHT] = _brought(course)
    for name, answer in course.answers.items():
        first_answers().setdefault(name, answer)
    for name in course.solved["gates"]:
        progress(name).solved = True
    st.session_state.setdefault(TRAINING_SOLVED, set()).update(course.solved["training"])
    st.session_state.setdefault(SAMPLING_SOLVED, set()).update(course.solved["sampling"])
    for number in course.solved["exercises"]:
        st.session_state[done_key(int(number))] = True


def _brought(course: Course) -> str:
    """What was taken from a file."""
    solved = sum(map(len, course.solved.values()))
    words = f"Brought back: {len(course.answers)} guesses and {solved} solved."
    if course.left_out:
        words += f" {course.left_out} of its entries are none that this course knows; they are left out."
    return words


def _guesses(course: Course) -> None:
    if not course.answers:
        note("None yet: every page begins with some.")
        return
    for title, deck in DECKS.items():
        given = [question for question in deck() if question.name in course.answers]
        if not given:
            continue
        with st.expander(f"{title}: {len(given)}"):
            for question in given:
                answer = course.answers[question.name]
                mark = ":green[:material/check:]" if answer == question.right else ":red[:material/close:]"
                prose(f"**{sentence(question.text)}**  \n{mark} {answer}")
                note(question.replies[question.right])
