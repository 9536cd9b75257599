"""The challenges on the page: the statement, the cell over time, the check, hints and the solution."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.frame.links import complain, mend
from lesson.gates.cell_drawing import mount
from lesson.gates.cell_feed import feed
from lesson.gates.cell_state import CellState, cell_state, jump, take_link
from lesson.gates.challenges.catalogue import CHALLENGES
from lesson.gates.challenges.challenge import Challenge, Trial, example, setting_of
from lesson.gates.challenges.checker import Verdict, check
from lesson.gates.parameters import CHALLENGE, TRIES
from lesson.gates.sliders import START
from lesson.gates.tables import Run
from lesson.gates.views import View
from lesson.widgets.solved import mark_solved, solved

PAGE = "gates"  # under which what is solved is kept


def show() -> None:
    """Show the part: the challenge that is chosen, its cell, and help with it."""
    complain(mend(CHALLENGE))
    name = CHALLENGE.pills(label_visibility="collapsed")
    challenge, number = CHALLENGES[name], 1 + CHALLENGE.options.index(name)
    st.subheader(f"{number} of {len(CHALLENGES)}: {challenge.title}")
    prose(challenge.statement)
    note(
        "At the start every weight on x is 1, every weight on h is 0, $b_f$ is 1 and the other biases are 0; "
        f"only the sliders you see can be moved.{_solved_so_far()}"
    )
    view = view_of(challenge)
    complain(take_link(view, len(_trial_in_view(challenge).x)))
    _attempt(challenge)
    mount(view)
    _help(challenge)


def view_of(challenge: Challenge) -> View:
    """Return the cell with the sliders that a challenge unlocks."""
    return View(
        f"challenge-{challenge.name}", TRIES[challenge.name], challenge.unlocked,
        start={**START, **challenge.start}, over_time=True,
    )  # fmt: skip


@dataclass
class Progress:
    """How far a visitor is with a challenge.

    cell: what they have set; a link starts it anew, and with it the sequence in view.  judged_setting: what
    the verdict is about.  trial: the sequence in view, if it is not the example.  hints, stages: how many
    hints, and how many stages of the solution, they have seen.
    """

    cell: CellState
    attempts: int = 0
    verdict: Verdict | None = None
    judged_setting: dict[str, float] = field(default_factory=dict)
    trial: Trial | None = None
    hints: int = 0
    stages: int = 0

    def begin_again(self) -> None:
        """Forget the verdict, the sequence and the solution; attempts and hints stay."""
        self.verdict, self.trial, self.stages = None, None, 0


def progress_of(challenge: Challenge) -> Progress:
    """Return a visitor's progress with a challenge, kept while they stay."""
    cell = cell_state(view_of(challenge))
    progress = st.session_state.setdefault("challenges", {}).setdefault(challenge.name, Progress(cell))
    if progress.cell is not cell:
        progress.begin_again()
        progress.cell = cell
    return progress


def _solved_so_far() -> str:
    titles = [challenge.title for challenge in CHALLENGES.values() if challenge.name in solved(PAGE)]
    return f" Solved so far: {', '.join(titles)}." if titles else ""


def _trial_in_view(challenge: Challenge) -> Trial:
    return progress_of(challenge).trial or example(challenge)


def _unlocked(challenge: Challenge, setting: Mapping[str, float]) -> dict[str, float]:
    """Return what the visitor can move, as a setting has it."""
    return {name: setting[name] for name in challenge.unlocked}


# -- trying and checking --


@st.fragment
def _attempt(challenge: Challenge) -> None:
    """Answer what the browser sent, and draw the buttons; above the cell, they are in view while it moves."""
    progress, trial = progress_of(challenge), _trial_in_view(challenge)
    cell, verdict = progress.cell, progress.verdict
    cell.setting = {**START, **setting_of(challenge, cell.setting), "C_prev": trial.C_0}
    current = verdict is not None and progress.judged_setting == _unlocked(challenge, cell.setting)
    failed = verdict.step if current and verdict.trial is trial else 0
    run = Run(trial.x, False, trial.quantity, trial.low, trial.high, failed or 0)
    feed(view_of(challenge), run)
    with st.container(horizontal=True, vertical_alignment="center"):
        _draw_buttons(challenge, progress)
        if not current:
            note(
                "The sliders have moved since the last check."
                if verdict
                else "The picture shows one sequence; the check takes others, which are not shown."
            )
    if current:
        _say_verdict(challenge, verdict)


def _draw_buttons(challenge: Challenge, progress: Progress) -> None:
    about = (challenge, progress)
    st.button("Check", type="primary", icon=":material/task_alt:", on_click=_check, args=about)
    if progress.trial is not None:
        st.button("Back to the first sequence", on_click=_back_to_example, args=about)
    st.button("Start again", on_click=_start_again, args=about)


def _say_verdict(challenge: Challenge, verdict: Verdict) -> None:
    if verdict.passed:
        count = len(solved(PAGE))
        st.success(
            f"**Solved**, {count} of {len(CHALLENGES)}. {verdict.sentence} {challenge.ending}",
            icon=":material/trophy:",
        )
    else:
        st.warning(
            f"{verdict.failed} of {verdict.trials} sequences fail. {verdict.sentence} "
            "It is in the picture now; the ring marks the step.",
            icon=":material/search:",
        )


def _check(challenge: Challenge, progress: Progress) -> None:
    progress.judged_setting = _unlocked(challenge, cell_state(view_of(challenge)).setting)
    verdict = check(challenge, progress.judged_setting, progress.attempts)
    progress.verdict, progress.attempts = verdict, progress.attempts + 1
    if verdict.passed:
        mark_solved(PAGE, challenge.name)
    elif verdict.trial is not None:
        progress.trial = verdict.trial
        jump(view_of(challenge), {"C_prev": verdict.trial.C_0}, verdict.step)


def _back_to_example(challenge: Challenge, progress: Progress) -> None:
    progress.trial = None
    jump(view_of(challenge), {"C_prev": example(challenge).C_0})


def _start_again(challenge: Challenge, progress: Progress) -> None:
    progress.begin_again()
    jump(view_of(challenge), {**START, **challenge.start})


# -- help --


@st.fragment
def _help(challenge: Challenge) -> None:
    """Give hints in steps, then the worked solution; below the cell, which stays in view."""
    progress = progress_of(challenge)
    for number, hint in enumerate(challenge.hints[: progress.hints], 1):
        prose(f"**Hint {number}.** {hint}")
    if progress.hints < len(challenge.hints):
        label = f"Hint {progress.hints + 1} of {len(challenge.hints)}"
        st.button(label, icon=":material/lightbulb:", on_click=_give_hint, args=(progress,))
    else:
        _solution(challenge, progress)


def _solution(challenge: Challenge, progress: Progress) -> None:
    """Show the worked solution as far as the visitor has asked for it."""
    stages = challenge.solution
    for number, stage in enumerate(stages[: progress.stages], 1):
        moves = ", ".join(f"{_as_tex(name)} to {value:g}" for name, value in stage.change.items())
        prose(f"**Step {number} of {len(stages)}:** {moves.replace('-', '−')}. {stage.why}")
    if progress.stages == len(stages):
        note("The cell stands as the solution has it: check it, scrub through it, change it.")
        return
    label = "The next step of the solution" if progress.stages else "The worked solution, step by step"
    if st.button(label, icon=":material/school:"):
        _take_next_stage(challenge, progress)
        st.rerun()


def _as_tex(slider: str) -> str:
    letter, index = slider.split("_")
    return f"${letter}_{{{index}}}$"


def _give_hint(progress: Progress) -> None:
    progress.hints += 1


def _take_next_stage(challenge: Challenge, progress: Progress) -> None:
    """Set what can be moved as the next stage of the solution has it; the sequence in view stays."""
    progress.stages += 1
    setting = {**START, **challenge.start}
    for stage in challenge.solution[: progress.stages]:
        setting |= stage.change
    jump(view_of(challenge), _unlocked(challenge, setting))
