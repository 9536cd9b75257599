"""Two challenges of the training page, checked on the visitor's own run."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.training.engine.recording import Recording
from lesson.training.engine.run_names import what_differs
from lesson.training.engine.settings import RunSettings
from lesson.training.engine.viewer import Watched
from lesson.training.live.controls import values_of
from lesson.training.parameters import DIFFERS, ONE_RUN
from lesson.widgets.solved import mark_solved, solved

FAULTY = RunSettings(optimiser="sgd", rate=0.1, amount=5)
# Nats.  The faulty run ends at 2.81, with ten times its rate at 1.90, with thirty times at 1.61, with Adam at
# 1.34; the test trains them.
GOAL = 1.75
RISE = 0.3  # nats between the lowest validation loss and the last one
_PAGE = "training"
_TRIED = "challenged"  # in the session state: the name of the challenge that the next run is for
_LAST_STEPS = 20  # over which a training loss is averaged


@dataclass(frozen=True)
class Challenge:
    """A challenge; check: whether a run that has ended solves it, and what is to be said of it.

    name: it stands in the files that visitors keep, so it stays when the title is mended.
    """

    name: str
    title: str
    text: str
    check: Callable[[Watched], tuple[bool, str]]


def _check_repair(watched: Watched) -> tuple[bool, str]:
    settings = watched.recording.settings
    changed = what_differs(settings, FAULTY)
    if not changed:
        return False, "This is the faulty run itself: nothing was changed."
    if len(changed) > 1:
        return (
            False,
            f"This run differs from the faulty run in {len(changed)} settings: {', '.join(changed)}.",
        )
    losses = watched.recording.up_to(watched.cursor).validation_loss
    if not len(losses):
        return False, "The validation loss of this run was never measured. Train for a whole epoch at least."
    if not losses[-1] <= GOAL:  # NaN is no cure
        return (
            False,
            f"With another {changed[0]} alone the validation loss ends at {losses[-1]:.2f}, above {GOAL}.",
        )
    return True, f"With another {changed[0]} alone the validation loss ends at {losses[-1]:.2f} nats."


def _check_overfits(watched: Watched) -> tuple[bool, str]:
    run = watched.recording.up_to(watched.cursor)
    if len(run.validation_loss) < 2:
        return False, "Train for a few epochs: the validation loss is measured after each of them."
    lowest = int(run.validation_loss.argmin())
    rise = run.validation_loss[-1] - run.validation_loss[lowest]
    course = (
        f"its validation loss was lowest at step {run.validation_step[lowest]:,}, "
        f"{run.validation_loss[lowest]:.2f}, and ends at {run.validation_loss[-1]:.2f}"
    )
    if not rise >= RISE:
        return False, f"Not yet: {course}; it has to rise by {RISE} nats."
    until_then = run.loss[run.step <= run.validation_step[lowest]]
    then, now = until_then[-_LAST_STEPS:].mean(), run.loss[-_LAST_STEPS:].mean()
    if not now < then:
        return (
            False,
            f"Its training loss rose as well, from {then:.2f} to {now:.2f}. That is not overfitting.",
        )
    fell = f"while the training loss fell from {then:.2f} to {now:.2f}."
    return True, f"{course[0].upper()}{course[1:]}, {fell}"


CHALLENGES = (
    Challenge(
        "cure", "Repair the faulty run",
        f"A network learns the fables with plain SGD, learning rate {FAULTY.rate:g}, for five epochs. Its "
        "loss stays high. Change **exactly one** setting so that its validation loss ends at "
        f"{GOAL} or lower. (The temperature of the samples does not "
        "count: you may change it as well.)",
        _check_repair,
    ),
    Challenge(
        "by_heart", "Make it overfit",
        f"Find settings with which the validation loss rises at least {RISE} nats above its minimum, while "
        "the training loss still falls. Think about it: which text makes that easy, and why?",
        _check_overfits,
    ),
)  # fmt: skip


def verdicts(runs: Sequence[Watched], tried: str) -> tuple[str, list[str]]:
    """Return what the challenges say of a run that has ended, a line each, and the names of those it solves.

    tried: the name of the challenge that the visitor tries.  Nothing while it runs, or of a pair.
    """
    if len(runs) != 1 or not runs[0].ended or runs[0].recording.error or runs[0].recording.settings.recall:
        return "", []
    checked = [(challenge, *challenge.check(runs[0])) for challenge in CHALLENGES]
    lines = [
        f"**{challenge.title}{': solved' if passed else ''}.** {words}"
        for challenge, passed, words in checked
        if passed or challenge.name == tried
    ]
    return "\n".join(lines), [challenge.name for challenge, passed, _ in checked if passed]


def challenge_tried() -> str:
    """Return the name of the challenge that the visitor's next run is for, "" if it is for none."""
    return st.session_state.get(_TRIED, "")


def note_solved(recordings: Sequence[Recording]) -> None:
    """Take note of the challenges that a run which has ended solves."""
    _, names = verdicts([Watched(recording, recording.head) for recording in recordings], "")
    mark_solved(_PAGE, *names)


def show_challenges() -> None:
    """Draw both challenges, and a button that sets the faulty run."""
    done = solved(_PAGE)
    # One label whatever is solved: another label would close it just then.
    with st.expander("Challenges", icon=":material/trophy:"):
        note(f"{len(done)} of {len(CHALLENGES)} solved.")
        for challenge in CHALLENGES:
            mark = ":material/check: " if challenge.name in done else ""
            prose(f"**{mark}{challenge.title}.** {challenge.text}")
            st.button(
                "Set the faulty run" if challenge.name == "cure" else "Try it",
                key=f"take_{challenge.name}", on_click=_take, args=(challenge.name,),
            )  # fmt: skip
        note("Your run is checked when it has ended.")


def _take(name: str) -> None:
    st.session_state[_TRIED] = name
    if name == "cure":
        st.session_state.update(values_of(FAULTY) | {DIFFERS.name: ONE_RUN})
    title = next(challenge.title for challenge in CHALLENGES if challenge.name == name)
    st.toast(f"{title}: your next run is checked when it has ended.", icon=":material/target:")
