"""What a visitor has set in the live cell: kept in the session, and in the address, which the browser writes.

A page that sets the cell itself (a question's answer, a worked solution) calls `jump`: from then on what the
browser sends counts only once it has taken the jump over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from lesson.frame import links
from lesson.gates import sliders
from lesson.gates.messages import Message, read_message
from lesson.gates.parameters import CELL, OPEN, STEP
from lesson.gates.sliders import Setting
from lesson.gates.views import View
from lesson.widgets.questions import Question

FEED = "cell_feed"  # the key of the component that the browser's messages come through
DRAWERS = frozenset({"more", "weights", "equations", "code"})


@dataclass
class CellState:
    """What a visitor has set in a view.

    slider: the one that was moved last.  t: the step in view, from 1.  turn: the number of the browser's
    last message; the answer carries it, so that no two answers are alike.  jump: how often a page has set
    the cell.  settled: whether the browser shows what the page set.  jump_change: what the page set last.
    """

    setting: Setting
    open_drawers: frozenset[str] = frozenset()
    slider: str = "b_f"
    t: int = 1
    turn: int = 0
    jump: int = 0
    settled: bool = True
    jump_change: dict[str, float] = field(default_factory=dict)


def cell_state(view: View) -> CellState:
    """Return what the visitor has set in a view, with the browser's last message taken in.

    It is kept under the name of the view's parameter, so that a link starts it anew as it does widgets.
    """
    start = CellState(dict(view.start), slider=view.main[0])
    state = st.session_state.setdefault(view.parameter.name, start)
    message = _message(view)
    if message is not None:
        state.turn = message.turn
    if message is not None and message.jump == state.jump:
        state.setting, state.open_drawers = message.setting, message.open_drawers
        state.slider, state.t, state.settled = message.slider, message.t, True
    return state


def _message(view: View) -> Message | None:
    """Return what the browser sent last if it sent it from this view."""
    component = st.session_state.get(FEED)
    sent = component.get("sent") if isinstance(component, Mapping) else None
    message = read_message(sent)
    return message if message is not None and sent.get("view") == view.name else None


def jump(view: View, change: Mapping[str, float], t: int = 1) -> None:
    """Set some of the cell from the page: the browser takes it over with the next feed.

    What `change` does not name stays as the visitor has it, even if they are moving it at this moment.
    """
    state = cell_state(view)
    state.jump_change = {**({} if state.settled else state.jump_change), **change}
    state.setting, state.t, state.settled = {**state.setting, **change}, t, False
    state.jump += 1


def show_case(view: View, question: Question) -> None:
    """Set the cell to a question's case, and run the page again."""
    jump(view, {**view.start, **(question.setting or {})})
    st.rerun()


def take_link(view: View, steps: int = 1) -> list[str]:
    """Take the setting, the step in view and the open drawers from the address, as far as it has them.

    steps: how many there are.  Returns sentences about what could not be used.
    """
    state, texts = cell_state(view), links.fresh(view.parameter)
    if not state.settled:
        return []
    complaints = _take_setting(state, view, texts) if texts else []
    if view.over_time and (texts or view.parameter == CELL):
        state.t, more = links.whole(STEP.within(1, steps, state.t))
        complaints += more
    if drawers := links.fresh(OPEN):
        state.open_drawers = frozenset(drawers[-1].split(".")) & DRAWERS
    return complaints


def _take_setting(state: CellState, view: View, texts: list[str]) -> list[str]:
    complaints = []
    if texts[-1] != sliders.to_link(state.setting):
        state.setting, complaint = sliders.from_link(texts[-1], view.start)
        complaints += [complaint] if complaint else []
    if len(texts) > 1:
        complaints.append(f"The link has `{view.parameter.name}` {len(texts)} times; the last one is shown.")
    return complaints
