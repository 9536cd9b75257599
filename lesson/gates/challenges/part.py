"""The challenges on the page: the statement, the cell over time with its check, hints and the solution."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.frame.links import complain, mend
from lesson.frame.navigation import is_embedded
from lesson.gates.cell_drawing import mount, set_cell
from lesson.gates.challenges.answers import MOST_ATTEMPTS
from lesson.gates.challenges.catalogue import CHALLENGES
from lesson.gates.challenges.challenge import Challenge, example
from lesson.gates.challenges.checker import check
from lesson.gates.challenges.help import begin_again, offer_help
from lesson.gates.parameters import CHALLENGE, TRIES
from lesson.gates.sliders import SLIDERS, START, from_link
from lesson.gates.views import View
from lesson.widgets.drawing import sent_value
from lesson.widgets.solved import mark_solved, solved

PAGE = "gates"  # under which what is solved is kept


def show() -> None:
    """Show the part: the challenge that is chosen, its cell, and help with it."""
    complain(mend(CHALLENGE))
    name = CHALLENGE.pills(label_visibility="collapsed")
    challenge, number = CHALLENGES[name], 1 + CHALLENGE.options.index(name)
    if is_embedded():
        prose(_task_in_short(challenge))
    else:
        _state(challenge, number)
    view = view_of(challenge)
    mount(
        view, len(example(challenge).x), _challenge_data(challenge),
        on_solved_change=lambda: _take_solution(challenge, view),
        on_restart_change=lambda: begin_again(challenge),
    )  # fmt: skip
    offer_help(challenge, lambda change: set_cell(view, _unlocked(challenge, {**START, **change})))
    _offer_next(number)


def _state(challenge: Challenge, number: int) -> None:
    """State the task, with all that belongs to it; number: of this one, from 1."""
    st.caption(_ticks())
    st.subheader(f"{number} of {len(CHALLENGES)}: {challenge.title}")
    prose(challenge.statement)
    note(
        "At the start every weight on x is 1, every weight on h is 0, $b_f$ is 1 and the other biases are 0. "
        "You can move only the sliders that are shown."
    )


def _task_in_short(challenge: Challenge) -> str:
    """Return a task for a frame, which has room for two lines of it: its goal, and what can be moved."""
    _, goal, movable = challenge.statement.split("\n\n")
    goal = goal.removeprefix("**Your goal:** ")
    return f"**{challenge.title}.** {goal[0].upper()}{goal[1:]} {movable}"


def view_of(challenge: Challenge) -> View:
    """Return the cell with the sliders that a challenge unlocks."""
    return View(
        f"challenge-{challenge.name}", "gates/trial", TRIES[challenge.name], challenge.unlocked,
        start={**START, **challenge.start}, locked=True, over_time=True,
    )  # fmt: skip


def _challenge_data(challenge: Challenge) -> dict[str, Any]:
    """Return what the cell shows of a challenge besides itself."""
    return {
        "name": challenge.name,
        "C_prev": SLIDERS["C_prev"].position(example(challenge).C_0),
        "solved": sorted(solved(PAGE)),
        "count": len(CHALLENGES),
    }


def _ticks() -> str:
    """Return the list of all challenges, with a tick at those that are solved."""
    done = solved(PAGE)
    ticks = (f"{'✓' if name in done else '○'} {one.title}" for name, one in CHALLENGES.items())
    count = f"Solved: {len(done.intersection(CHALLENGES))} of {len(CHALLENGES)}."
    return f":small[{count} {' · '.join(ticks)}]"  # a list of names: no glossary's entries in it


def _offer_next(number: int) -> None:
    """Offer the challenge after this one, if there is one; number: of this one, from 1."""
    if number == len(CHALLENGES):
        return
    name = CHALLENGE.options[number]
    st.button(
        f"Next challenge: {CHALLENGES[name].title}", icon=":material/arrow_forward:", key="next_challenge",
        on_click=_choose, args=(name,),
    )  # fmt: skip


def _choose(name: str) -> None:
    st.session_state[CHALLENGE.name] = name


def _take_solution(challenge: Challenge, view: View) -> None:
    """Note that a challenge is solved if what the browser sent solves it."""
    match sent_value(f"cell_{view.name}", "solved"):
        case {"cell": str(text), "attempt": int(attempt)} if 0 <= attempt <= MOST_ATTEMPTS:
            setting, complaint = from_link(text)
            if complaint is None and check(challenge, _unlocked(challenge, setting), attempt).passed:
                mark_solved(PAGE, challenge.name)


def _unlocked(challenge: Challenge, setting: Mapping[str, float]) -> dict[str, float]:
    """Return what the visitor can move, as a setting has it."""
    return {name: setting[name] for name in challenge.unlocked}
