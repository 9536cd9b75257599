"""Help with a challenge: hints in steps, then the worked solution, which sets the sliders."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from lesson.frame.arrivals import links_taken
from lesson.frame.glossary import note, prose
from lesson.gates.challenges.challenge import Challenge, Setting

SetSliders = Callable[[Setting], None]


@dataclass
class Help:
    """How many hints, and how many stages of the solution, a visitor has had; link: by which they came."""

    hints: int = 0
    stages: int = 0
    link: int = 0


def begin_again(challenge: Challenge) -> None:
    """Forget how much of the solution a visitor has had."""
    _help_for(challenge).stages = 0


@st.fragment
def offer_help(challenge: Challenge, set_sliders: SetSliders) -> None:
    """Give hints in steps, then the worked solution; below the cell, which stays in view.

    set_sliders: sets the page's cell; it gets the whole setting at a stage of the solution.
    """
    progress = _help_for(challenge)
    for number, hint in enumerate(challenge.hints[: progress.hints], 1):
        prose(f"**Hint {number}.** {hint}")
    if progress.hints < len(challenge.hints):
        label = f"Hint {progress.hints + 1} of {len(challenge.hints)}"
        st.button(label, icon=":material/lightbulb:", on_click=_give_hint, args=(progress,))
    else:
        _solution(challenge, progress, set_sliders)


def _help_for(challenge: Challenge) -> Help:
    """Return the help that a visitor has had with a challenge; a link begins without a solution."""
    progress: Help = st.session_state.setdefault("challenges", {}).setdefault(challenge.name, Help())
    if progress.link != links_taken():
        progress.stages, progress.link = 0, links_taken()
    return progress


def _solution(challenge: Challenge, progress: Help, set_sliders: SetSliders) -> None:
    """Show the worked solution as far as the visitor has asked for it."""
    stages = challenge.solution
    for number, stage in enumerate(stages[: progress.stages], 1):
        moves = ", ".join(f"{_as_tex(name)} to {value:g}" for name, value in stage.change.items())
        prose(f"**Step {number} of {len(stages)}:** {moves.replace('-', '−')}. {stage.why}")
    if progress.stages == len(stages):
        note("The sliders were set as in the solution. Check the cell, go through its steps, or change it.")
        return
    label = "The next step of the solution" if progress.stages else "The worked solution, step by step"
    if st.button(label, icon=":material/school:"):
        progress.stages += 1
        set_sliders(challenge.setting_after(progress.stages))
        st.rerun()


def _as_tex(slider: str) -> str:
    letter, index = slider.split("_")
    return f"${letter}_{{{index}}}$"


def _give_hint(progress: Help) -> None:
    progress.hints += 1
