"""The challenges on the page: the statement, the cell over time, the check, hints and the solution."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.frame.links import complain, mend
from lesson.gates import live_cell
from lesson.gates.challenges.checker import CHALLENGES, Challenge, Trial, Verdict, check, example, setting_of
from lesson.gates.live_cell import View
from lesson.gates.sliders import START
from lesson.gates.tables import Run
from lesson.widgets.solved import mark_solved, solved


@dataclass
class Progress:
    """How far a visitor is with a challenge."""

    attempts: int = 0
    verdict: Verdict | None = None
    judged: dict[str, float] = field(default_factory=dict)  # the setting that the verdict is about
    trial: Trial | None = None  # the sequence in view, if it is not the example
    hints: int = 0
    stage: int = 0  # how many stages of the solution have been shown


def progress(name: str) -> Progress:
    """A visitor's progress with a challenge, kept while they stay."""
    return st.session_state.setdefault("challenges", {}).setdefault(name, Progress())


def view(challenge: Challenge) -> View:
    """The cell with the sliders that the challenge unlocks."""
    return View(
        f"challenge-{challenge.name}", f"try-{challenge.name}", challenge.unlocked,
        start={**START, **challenge.start}, over_time=True,
    )  # fmt: skip


def challenges() -> None:
    """The part of the page, for the challenge that is chosen."""
    names = tuple(CHALLENGES)
    complain(mend({"challenge": names}))
    name = st.pills(
        "Challenge", names, default=names[0], required=True, key="challenge", bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip
    challenge = CHALLENGES[name]
    st.subheader(f"{names.index(name) + 1} of {len(names)}: {challenge.title}")
    prose(challenge.statement)
    note(
        "At the start every weight on x is 1, every weight on h is 0, $b_f$ is 1 and the other biases are 0; "
        f"only the sliders you see can be moved.{_solved_so_far()}"
    )
    shown = view(challenge)
    complain(live_cell.from_link(shown, len(_trial(challenge).x)))
    _follow(challenge)
    live_cell.mount(shown)
    _help(challenge)


def _solved_so_far() -> str:
    titles = [c.title for c in CHALLENGES.values() if c.name in solved("gates")]
    return f" Solved so far: {', '.join(titles)}." if titles else ""


def _trial(challenge: Challenge) -> Trial:
    """The sequence in view."""
    return progress(challenge.name).trial or example(challenge)


def _unlocked(challenge: Challenge, setting: Mapping[str, float]) -> dict[str, float]:
    """What the visitor can move, as a setting has it."""
    return {name: setting[name] for name in challenge.unlocked}


@st.fragment
def _follow(challenge: Challenge) -> None:
    """What the browser sent, answered, and the buttons; they stand above the cell, in view while it moves."""
    done, shown = progress(challenge.name), view(challenge)
    trial = _trial(challenge)
    kept = live_cell.held(shown)
    kept.setting = {**START, **setting_of(challenge, kept.setting), "C_prev": trial.C_0}
    same = done.verdict is not None and done.judged == _unlocked(challenge, kept.setting)
    failed = done.verdict.step if same and done.verdict.trial is trial else 0
    live_cell.feed(shown, Run(trial.x, False, trial.quantity, trial.low, trial.high, failed or 0))
    with st.container(horizontal=True, vertical_alignment="center"):
        _buttons(challenge, done, shown)
        if not same:
            note(
                "The sliders have moved since the last check."
                if done.verdict
                else "The picture shows one sequence; the check takes others, which are not shown."
            )
    if same:
        _words(challenge, done)


def _words(challenge: Challenge, done: Progress) -> None:
    if done.verdict.passed:
        count = len(solved("gates"))
        st.success(
            f"**Solved**, {count} of {len(CHALLENGES)}. {done.verdict.sentence} {challenge.ending}",
            icon=":material/trophy:",
        )
    else:
        st.warning(
            f"{done.verdict.failed} of {done.verdict.trials} sequences fail. {done.verdict.sentence} "
            "It is in the picture now; the ring marks the step.",
            icon=":material/search:",
        )


def _buttons(challenge: Challenge, done: Progress, shown: View) -> None:
    where = (challenge, done, shown)
    st.button("Check", type="primary", icon=":material/task_alt:", on_click=_check, args=where)
    if done.trial is not None:
        st.button("Back to the first sequence", on_click=_first, args=where)
    st.button("Start again", on_click=_restart, args=where)


@st.fragment
def _help(challenge: Challenge) -> None:
    """Below the cell, which stays in view: hints in steps, and after the last one the worked solution."""
    done, shown = progress(challenge.name), view(challenge)
    for number, hint in enumerate(challenge.hints[: done.hints], 1):
        prose(f"**Hint {number}.** {hint}")
    if done.hints < len(challenge.hints):
        label = f"Hint {done.hints + 1} of {len(challenge.hints)}"
        st.button(label, icon=":material/lightbulb:", on_click=_hint, args=(done,))
        return
    stages = challenge.solution
    for number, stage in enumerate(stages[: done.stage], 1):
        moved = ", ".join(f"{_written(name)} to {value:g}" for name, value in stage.change.items())
        prose(f"**Step {number} of {len(stages)}:** {moved.replace('-', '−')}. {stage.why}")
    if done.stage < len(stages):
        label = "The worked solution, step by step" if not done.stage else "The next step of the solution"
        if st.button(label, icon=":material/school:"):
            _step(challenge, done, shown)
            st.rerun()
    else:
        note("The cell stands as the solution has it: check it, scrub through it, change it.")


def _written(name: str) -> str:
    letter, index = name.split("_")
    return f"${letter}_{{{index}}}$"


def _check(challenge: Challenge, done: Progress, shown: View) -> None:
    kept = live_cell.held(shown)
    done.judged = _unlocked(challenge, kept.setting)
    done.verdict = check(challenge, done.judged, done.attempts)
    done.attempts += 1
    if done.verdict.passed:
        mark_solved("gates", challenge.name)
    elif done.verdict.trial is not None:
        done.trial = done.verdict.trial
        live_cell.jump(shown, {"C_prev": done.trial.C_0}, done.verdict.step)


def _first(challenge: Challenge, done: Progress, shown: View) -> None:
    done.trial = None
    live_cell.jump(shown, {"C_prev": example(challenge).C_0})


def _restart(challenge: Challenge, done: Progress, shown: View) -> None:
    done.verdict, done.trial, done.stage = None, None, 0
    live_cell.jump(shown, {**START, **challenge.start})


def _hint(done: Progress) -> None:
    done.hints += 1


def _step(challenge: Challenge, done: Progress, shown: View) -> None:
    """Set what can be moved as the next stage of the solution has it; the sequence in view stays."""
    done.stage += 1
    setting = {**START, **challenge.start}
    for stage in challenge.solution[: done.stage]:
        setting |= stage.change
    live_cell.jump(shown, _unlocked(challenge, setting))
