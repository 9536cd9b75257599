"""The small feed that travels to the live cell at every move: its tables, and what is said of it."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from lesson.frame.files import script
from lesson.gates import input_presets, sliders
from lesson.gates.cell_state import FEED, CellState, cell_state
from lesson.gates.messages import pack
from lesson.gates.parameters import INPUT, VALUES
from lesson.gates.tables import Run, Tables, band, run_tables, slider_over_time, step_tables
from lesson.gates.views import View
from lstm.equations import LSTMStep

_NOT_PACKED = 5_000  # bytes of tables that are not worth deflating: the browser reads them without waiting
_REDRAW_INPUT = "input_drawn"  # in the session state: the input's widgets have to be drawn again

_FEED = st.components.v2.component("lstm_cell_feed", js=script("cell/feed.js"))


def feed(
    view: View,
    run: Run | None = None,
    say: Callable[[CellState, LSTMStep], str] | None = None,
    on_drawn: Callable[[], None] | None = None,
) -> None:
    """Send the tables for what the visitor has set, and what there is to say about it.

    say: makes the words from what is set and the cell's values, of one step or of all, (T,) each.
    on_drawn: called when the visitor has drawn an input.
    """
    state = cell_state(view)
    if st.session_state.pop(_REDRAW_INPUT, False):
        st.rerun()
    if run:
        state.t = min(max(1, state.t), len(run.x))
        tables, values = run_tables(state.setting, slider_over_time(state.slider), state.t, run)
    else:
        tables, values = step_tables(state.setting, [*view.main, *_in_open_drawers(view, state)])
    words = say(state, values) if say else ""
    _FEED(
        key=FEED,
        data=_of_state(view, state) | _of_tables(tables) | _of_run(run) | {"words": words},
        on_sent_change=lambda: None,
        on_drawn_change=on_drawn or (lambda: None),
    )


def take_drawn_input() -> None:
    """Make of what the visitor drew what they could have typed."""
    text = st.session_state[FEED].get("drawn")
    if isinstance(text, str) and len(text) <= input_presets.LONGEST_TEXT:
        st.session_state[VALUES.name] = text
        st.session_state[INPUT.name] = input_presets.OWN
        st.session_state[_REDRAW_INPUT] = True


def _in_open_drawers(view: View, state: CellState) -> list[str]:
    """Return the sliders of the drawers that are open."""
    drawers = {"more": view.more, "weights": view.weights}
    return [name for drawer, names in drawers.items() if drawer in state.open_drawers for name in names]


def _of_state(view: View, state: CellState) -> dict[str, Any]:
    return {
        "view": view.name,
        "setting": sliders.positions(state.setting),
        "held": slider_over_time(state.slider),
        "t": state.t,
        "turn": state.turn,
        "jump": state.jump,
        "moved": sliders.positions(state.jump_change),
    }


def _of_tables(tables: Tables) -> dict[str, Any]:
    packed = sum(table.nbytes for table in tables.values()) > _NOT_PACKED
    return {
        "parts": [[name, table.size] for name, table in tables.items()],
        "packed": packed,
        "numbers": pack(tables.values(), packed),
    }


def _of_run(run: Run | None) -> dict[str, Any]:
    if run is None:
        return {"asked": None, "draw": False, "typed": None}
    return {"asked": band(run), "draw": run.draw, "typed": run.typed}
