"""Two challenges of the page: a task learned within so many updates, on a seed of the server's choosing."""

import random
from dataclasses import dataclass
from typing import Any

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.series.measures import learned_after
from lesson.series.parameters import ADDING, SERIES_SEED, SERIES_TASK, SPIKE
from lesson.series.settings import NAMES, Setting
from lesson.training.engine.recording import Recording
from lesson.widgets.inline_html import inline_html
from lesson.widgets.panel import set_panel
from lesson.widgets.solved import mark_solved, solved
from lstm.series.run import LEARNED
from visualization.numbers import percent

PANEL = "series_panel"  # the key of the page's panel
_PAGE = "series"
_TRIED = "series_challenge"  # in the session state: name and seed of the challenge that is tried
_FIRST_SEED = 100  # those below stand in the map


@dataclass(frozen=True)
class Challenge:
    """A challenge.

    name: it stands in the files that visitors keep, so it stays when the title is mended.
    """

    name: str
    task: str  # as on the page
    title: str
    updates: int


CHALLENGES = (
    Challenge("quick_spike", SPIKE, "The spike, quickly", 300),
    Challenge("quick_sum", ADDING, "The sum, quickly", 400),
)


def text_of(challenge: Challenge) -> str:
    """Return what a challenge asks for."""
    share = percent(LEARNED[NAMES[challenge.task]])
    return (
        "The server chooses a seed. Find settings with which a network learns the task "
        f"*{challenge.task}* fast: after at most **{challenge.updates} updates** its test loss has to be "
        f"below {share} of the variance."
    )


def check(challenge: Challenge, seed: int, recording: Recording, learned: int | None) -> tuple[bool, str]:
    """Return whether a run solves a challenge, and what is to be said of it."""
    setting = Setting.of_run(recording.settings)
    if setting.task != NAMES[challenge.task] or setting.seed != seed:
        return False, f"This run is not for it: the task is *{challenge.task}* and the seed {seed}."
    if learned is None:
        if recording.head < challenge.updates:
            return False, "Not yet."
        return False, f"After {challenge.updates} updates it had not learned the task. Change the settings."
    if learned > challenge.updates:
        return False, f"It learned the task, but only after {learned} updates, not {challenge.updates}."
    return True, f"It learned the task after {learned} updates."


def checked(recording: Recording, name: str, seed: int) -> dict[str, Any]:
    """Return what the challenge that a visitor tries says of a run: words as HTML, and what it solves."""
    challenge = next((each for each in CHALLENGES if each.name == name), None)
    if challenge is None:
        return {"verdict": "", "solved": []}
    passed, words = check(challenge, seed, recording, first_pass(recording))
    title = f"**{challenge.title}{': solved' if passed else ''}.** {words}"
    return {"verdict": f"<p>{inline_html(title)}</p>", "solved": [name] if passed else []}


def first_pass(recording: Recording) -> int | None:
    """Return the update after which a run had learned its task; None if it has not."""
    return learned_after(recording.settings.series, recording.up_to(recording.head))


def challenge_tried() -> dict[str, str]:
    """Return the challenge that the visitor tries and its seed, as a query has them."""
    name, seed = st.session_state.get(_TRIED, ("", 0))
    return {"challenge": name, "challenge_seed": str(seed)} if name else {}


def note_solved(recording: Recording | None) -> None:
    """Take note of the challenge that is tried, if a run solves it."""
    name, seed = st.session_state.get(_TRIED, ("", 0))
    if recording is not None and name and checked(recording, name, seed)["solved"]:
        mark_solved(_PAGE, name)


def show_challenges() -> None:
    """Draw both challenges."""
    done = solved(_PAGE)
    with st.expander("Challenges", icon=":material/trophy:"):
        note(f"{len(done)} of {len(CHALLENGES)} solved.")
        for challenge in CHALLENGES:
            mark = ":material/check: " if challenge.name in done else ""
            prose(f"**{mark}{challenge.title}.** {text_of(challenge)}")
            st.button("Try it", key=f"take_{challenge.name}", on_click=_take, args=(challenge,))
        if tried := challenge_tried():
            title = next(each.title for each in CHALLENGES if each.name == tried["challenge"])
            note(
                f"You try: {title}, with seed {tried['challenge_seed']}. Your runs are checked while they "
                "train."
            )


def _take(challenge: Challenge) -> None:
    """Draw a seed and set task and seed on the page."""
    seed = random.randint(_FIRST_SEED, int(SERIES_SEED.high))
    st.session_state[_TRIED] = challenge.name, seed
    st.session_state[SERIES_TASK.name] = challenge.task
    set_panel(PANEL, {SERIES_SEED.name: seed})
