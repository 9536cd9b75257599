"""My course: what I solved and guessed, to be saved, loaded again, or forgotten."""

from collections.abc import Mapping

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from lesson.course.challenges import CHALLENGES
from lesson.course.course_file import Course, from_file, to_file
from lesson.course.decks import DECKS, all_questions
from lesson.course.join_class import offer_class
from lesson.course.new_student import offer_new_start
from lesson.exercises.ticks import is_ticked, tick
from lesson.frame import record
from lesson.frame.glossary import note, prose
from lesson.frame.lessons import LESSONS
from lesson.frame.navigation import page_link
from lesson.widgets.questions import first_answer, is_open, sentence
from lesson.widgets.solved import mark_solved, solved
from lstm import InputError
from visualization.text import join_words

_REFUSAL, _WELCOME = "course_trouble", "course_brought"  # in the session state: what to say of a file
_PAGES = {lesson.address: lesson for lesson in LESSONS}


def show(exercises: Mapping[int, str]) -> None:
    """Show the part; exercises: the title of each by its number."""
    course, challenges = _course(exercises), _challenges(exercises)
    st.subheader("My class")
    offer_class()
    st.subheader("What I have done")
    _count(course, challenges)
    _list_challenges(course, challenges)
    st.subheader("Keep it, or start again")
    _keep(course, challenges)
    st.subheader("My first guesses, and the right answers")
    _list_guesses(course)


def _count(course: Course, challenges: Mapping[str, Mapping[str, str]]) -> None:
    questions = all_questions()
    solutions = sum(len(names) for names in course.solved.values())
    total = sum(len(names) for names in challenges.values())
    right = sum(questions[id].right == choice for id, choice in course.answers.items() if id in questions)
    left, middle, last = st.columns(3)
    left.metric("Questions answered", f"{len(course.answers)} of {len(questions)}")
    middle.metric("First guesses that were right", f"{right} of {len(course.answers)}")
    last.metric("Challenges and exercises solved", f"{solutions} of {total}")


def _list_challenges(course: Course, challenges: Mapping[str, Mapping[str, str]]) -> None:
    """List the challenges and exercises of each page; what is solved is green."""
    for page, names in challenges.items():
        titles = " · ".join(
            f":green[:material/check:] {title}" if name in course.solved[page] else f":gray[{title}]"
            for name, title in names.items()
        )
        left, right = st.columns([1, 5], vertical_alignment="center")  # the lists begin at one edge
        with left:
            page_link(_PAGES[page].file, _PAGES[page].title)
        right.markdown(titles)


def _challenges(exercises: Mapping[int, str]) -> dict[str, dict[str, str]]:
    return {**CHALLENGES, "exercises": {str(number): title for number, title in exercises.items()}}


def _course(exercises: Mapping[int, str]) -> Course:
    """Return what the visitor's record has of today's questions and challenges."""
    names = {page: solved(page) & CHALLENGES[page].keys() for page in CHALLENGES}
    names["exercises"] = frozenset(str(n) for n in exercises if is_ticked(n))
    guesses = {id: first_answer(question) for id, question in all_questions().items()}
    return Course({id: choice for id, choice in guesses.items() if choice}, names)


def _keep(course: Course, challenges: Mapping[str, Mapping[str, str]]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.download_button(
            "Save it as a file", to_file(course), "my_lstm_course.json", "application/json",
            icon=":material/download:", on_click="ignore",
        )  # fmt: skip
    st.file_uploader(
        "Load a saved file", type=["json"], key="course_file", on_change=_bring, args=(challenges,)
    )
    offer_new_start()
    if refusal := st.session_state.get(_REFUSAL):
        st.error(refusal)
    if welcome := st.session_state.pop(_WELCOME, None):
        st.success(welcome)


def _bring(challenges: Mapping[str, Mapping[str, str]]) -> None:
    """Add what a file holds to what is here; nothing is lost."""
    file = st.session_state.get("course_file")
    if not isinstance(file, UploadedFile):
        return
    try:
        course = from_file(file.getvalue(), all_questions(), challenges)
    except InputError as error:
        st.session_state[_REFUSAL] = str(error)
        return
    st.session_state.pop(_REFUSAL, None)
    st.session_state[_WELCOME] = _welcome(course)
    record.bring({f"answer/{id}": choice for id, choice in course.answers.items()})
    for page in CHALLENGES:
        mark_solved(page, *course.solved[page])
    for number in course.solved["exercises"]:
        tick(int(number))


def _welcome(course: Course) -> str:
    """Say what was taken from a file."""
    count = sum(map(len, course.solved.values()))
    words = f"Loaded. First guesses: {len(course.answers)}. Solved challenges and exercises: {count}."
    if course.left_out:
        words += f" Entries of the file that this course does not know, and leaves out: {course.left_out}."
    return words


def _list_guesses(course: Course) -> None:
    """List the first guesses of each page beside the right answers."""
    if not course.answers:
        note(f"There are none yet. The pages {join_words(DECKS)} ask questions.")
        return
    for title, deck in DECKS.items():
        guessed = [question for question in deck() if question.id in course.answers]
        if not guessed:
            continue
        with st.expander(f"{title}: {len(guessed)}"):
            for question in guessed:
                choice = question.answer(course.answers[question.id])
                if is_open(question):  # its answer comes with the reveal
                    prose(f"**{sentence(question.text)}**  \n{choice.text}")
                    continue
                mark = ":green[:material/check:]" if choice.id == question.right else ":red[:material/close:]"
                prose(f"**{sentence(question.text)}**  \n{mark} {choice.text}")
                note(question.right_answer.reply)
