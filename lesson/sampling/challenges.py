"""What the challenges of the sampling page have in common; each stands in a file of its own, in its part."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import streamlit as st

from lesson.widgets.solved import mark_solved, mark_tried

_PAGE = "sampling"


class Verdict(NamedTuple):
    """What a check found: whether it is solved, and what there is to say about it.

    line, about_line: of what failed an example from a text, and what is wrong with it; plain text.
    """

    solved: bool
    sentence: str
    line: str = ""
    about_line: str = ""


@dataclass(frozen=True)
class Challenge:
    """A task with everything that is said about it, and its check.

    name: its name in the files that visitors keep.  hints: from a nudge to almost the answer; solution: what
    solves it, and why, "" where that would be the answer to another task too.
    """

    name: str
    title: str
    statement: str
    check: Callable[..., Verdict]
    hints: tuple[str, ...] = ()
    solution: str = ""

    @property
    def task(self) -> str:
        """Return title and statement as they stand on the page; Markdown."""
        title = self.title[0].lower() + self.title[1:]
        return f"**Challenge: {title}{'' if title.endswith('?') else '.'}** {self.statement}"

    @property
    def help(self) -> tuple[str, ...]:
        """Return hints and solution, in the order in which they are shown; Markdown."""
        solution = (f"**Solution.** {self.solution}",) if self.solution else ()
        return (*(f"**Hint.** {hint}" for hint in self.hints), *solution)

    def judge(self, *attempt: object) -> Verdict:
        """Check an attempt, and note the challenge if it is solved."""
        verdict = self.check(*attempt)
        mark_tried(_PAGE, self.name)
        if verdict.solved:
            mark_solved(_PAGE, self.name)
        return verdict


def offer_help(challenge: Challenge, key: str) -> tuple[str, ...]:
    """Draw the button for the next hint, or for the solution after the last; return what was pressed for.

    key: of the button, which is KEY_hint, and of its count in the session state.
    """
    count = st.session_state.get(f"{key}_hints", 0)
    if count < len(challenge.help):
        label = "Hint" if count < len(challenge.hints) else "Solution"
        st.button(
            label, icon=":material/lightbulb:", key=f"{key}_hint", on_click=_count_hint, args=(key,)
        )  # fmt: skip
    return challenge.help[:count]


def _count_hint(key: str) -> None:
    st.session_state[f"{key}_hints"] = st.session_state.get(f"{key}_hints", 0) + 1
