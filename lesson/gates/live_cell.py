"""The live cell on a page: the drawing mounted once, and the small feed that travels at every move.

What a visitor has set is kept in the session, one `Held` a parameter, and in the address, which the
browser writes.  A page that sets the cell itself (a question's answer, a worked solution) calls `jump`:
from then on what the browser sends counts only once it has taken the jump over.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import streamlit as st

from lesson.frame import links
from lesson.frame.files import asset, script
from lesson.gates import cell_contents, input_presets, sliders, tables
from lesson.gates.sliders import SLIDERS, Setting
from lesson.gates.tables import Run, asked, in_hand, run_parts, step_parts
from lesson.widgets.questions import Question
from lstm.equations import LSTMStep
from visualization.palette import CELLS, SYMBOLS

KEY = "cell_feed"
DRAWERS = frozenset({"more", "weights", "equations", "code"})
OWN_INPUT = "own_input"  # the key of the field for typed inputs
_AS_IT_IS = 5_000  # bytes of tables that are not worth deflating: the browser reads them without waiting
_DRAWN = "input_drawn"  # in the session state: the input's widgets have to be drawn again
_KEPT = "live_cells"  # in the session state: a `Held` for each parameter of the address
WEIGHTS = tuple(name for name in SLIDERS if name.startswith("w_"))


class View(NamedTuple):
    """One way of showing the cell.

    name: the browser's messages carry it.  parameter: of the address, carries the setting; views with the
    same parameter share their setting.  main, more, weights: sliders in view at once, and behind two
    drawers.  over_time: the cell runs along an input instead of taking one step.
    """

    name: str
    parameter: str
    main: tuple[str, ...]
    more: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    start: Setting = sliders.START
    over_time: bool = False
    presets: bool = False


ONE_STEP = View(
    "step", "cell", ("x", "C_prev", "b_f"), ("h_prev", "b_i", "b_C", "b_o"), WEIGHTS, presets=True
)
OVER_TIME = View(
    "time", "cell", ("b_f", "b_i", "C_prev"), ("b_C", "b_o", "h_prev"), WEIGHTS, over_time=True
)  # fmt: skip


@dataclass
class Held:
    """What a visitor has set in a view."""

    setting: Setting
    open: frozenset[str] = frozenset()
    held: str = "b_f"
    t: int = 1
    turn: int = 0  # of what the browser sent last: the answer carries it, so that no answer is like another
    jump: int = 0  # how often a page has set the cell
    settled: bool = True  # the browser shows what the page set
    moved: dict[str, float] = field(default_factory=dict)  # what the page set last


def held(view: View) -> Held:
    """What the visitor has set in a view, now."""
    cells = st.session_state.setdefault(_KEPT, {})
    kept = cells.setdefault(view.parameter, Held(dict(view.start), held=view.main[0]))
    state = st.session_state.get(KEY)
    message = state.get("sent") if isinstance(state, Mapping) else None
    sent = tables.received(message)
    if sent and message.get("view") == view.name:
        kept.turn = sent.turn
    if sent and message.get("view") == view.name and sent.seen == kept.jump:
        kept.setting, kept.open, kept.held, kept.t = sent.setting, sent.open, sent.held, sent.t
        kept.settled = True
    return kept


def jump(view: View, change: Mapping[str, float], t: int = 1) -> None:
    """Set some of the cell from the page: the browser takes it over with the next feed.

    What `change` does not name stays as the visitor has it, even if they are moving it at this moment.
    """
    kept = held(view)
    kept.moved = {**({} if kept.settled else kept.moved), **change}
    kept.setting, kept.t, kept.settled = {**kept.setting, **change}, t, False
    kept.jump += 1


def from_link(view: View, steps: int = 1) -> list[str]:
    """Take the setting, the step in view (of so many) and the open drawers from the address, as far as it
    has them; returns sentences about what it could not use."""
    kept = held(view)
    found, complaints = links.fresh(view.parameter), []
    if not kept.settled:
        return []
    if found and found[-1] != sliders.link(kept.setting):
        kept.setting, complaint = sliders.parse(found[-1], view.start)
        complaints += [complaint] if complaint else []
    if len(found) > 1:
        complaints.append(f"The link has `{view.parameter}` {len(found)} times; the last one is shown.")
    if view.over_time and (found or view.parameter == OVER_TIME.parameter):
        kept.t, mended = links.whole("t", 1, steps, kept.t)
        complaints += mended
    if opened := links.fresh("open"):
        kept.open = frozenset(opened[-1].split(".")) & DRAWERS
    return complaints


def show(view: View, question: Question) -> None:
    """Set the cell to a question's case."""
    jump(view, {**view.start, **question.setting})
    st.rerun()


def drawn() -> None:
    """What the visitor drew becomes what they could have typed."""
    text = st.session_state[KEY].get("drawn")
    if isinstance(text, str) and len(text) <= input_presets.LONGEST_TEXT:
        st.session_state[OWN_INPUT] = text
        st.session_state["input"] = input_presets.OWN
        st.session_state[_DRAWN] = True


_CELL = st.components.v2.component(
    "lstm_cell",
    html=asset("cell/cell.html"),
    css=asset("cell/cell.css"),
    js=script("cell/cell.js"),
)
_FEED = st.components.v2.component("lstm_cell_feed", js=script("cell/feed.js"))

_AT_START = {
    "C_prev": ("held at the start, <i class=symbol>C<sub>0</sub></i>", "held at the start, C"),
    "h_prev": ("last output at the start, <i class=symbol>h<sub>0</sub></i>", "last output at the start, h"),
}


def mount(view: View) -> None:
    """The drawing with its sliders, once; it starts with what the visitor has set."""
    kept = held(view)
    _CELL(
        key=f"cell_{view.name}",
        data={
            "version": sliders.VERSION,
            "view": view.name,
            "parameter": view.parameter,
            "overTime": view.over_time,
            "quantities": tables.QUANTITIES,
            "curveNames": tables.CURVES,
            "largest": tables.LARGEST,
            "palette": SYMBOLS | {"RNN": CELLS["RNN"]},
            "groups": {"main": view.main, "more": view.more, "weights": view.weights},
            "sliders": [_shown(name, view.over_time) for name in SLIDERS],
            "setting": sliders.positions(kept.setting),
            "open": sorted(kept.open),
            "t": kept.t,
            "jump": kept.jump,
            "equations": cell_contents.equations_shown(),
            "curves": cell_contents.curves_shown(),
            "source": cell_contents.source_shown(),
            "script": cell_contents.script_template(),
            "presets": [
                {
                    "label": p.name.replace("b_f", "b<sub>f</sub>"),
                    "setting": sliders.positions(p.setting),
                    "lesson": p.lesson,
                }
                for p in (cell_contents.PRESETS if view.presets else ())
            ],
        },
    )


def _shown(name: str, over_time: bool) -> dict:
    slider = SLIDERS[name]
    label, spoken = _AT_START.get(name) if over_time and name in _AT_START else (slider.label, slider.spoken)
    return {
        **slider._asdict(),
        "label": label,
        "spoken": spoken,
        "positions": len(slider.range),
        "first": slider.position(slider.start),
    }


def feed(
    view: View,
    run: Run | None = None,
    say: Callable[[Held, LSTMStep], str] | None = None,
    on_drawn: Callable[[], None] | None = None,
) -> None:
    """Send the tables for what the visitor has set, and what there is to say about it.

    say: makes the words from what is set and the cell's values, of one step or of all, (T,) each.
    """
    kept = held(view)
    if st.session_state.pop(_DRAWN, False):
        st.rerun()
    if run:
        kept.t = min(max(1, kept.t), len(run.x))
        parts, values = run_parts(kept.setting, in_hand(kept.held), kept.t, run)
    else:
        parts, values = step_parts(kept.setting, [*view.main, *_in_drawers(view, kept)])
    packed = sum(part.nbytes for part in parts.values()) > _AS_IT_IS
    _FEED(
        key=KEY,
        data={
            "view": view.name,
            "setting": sliders.positions(kept.setting),
            "held": in_hand(kept.held),
            "t": kept.t,
            "turn": kept.turn,
            "jump": kept.jump,
            "moved": sliders.positions(kept.moved),
            "parts": [[name, part.size] for name, part in parts.items()],
            "packed": packed,
            "numbers": tables.pack(parts.values(), packed),
            "words": say(kept, values) if say else "",
            "asked": asked(run) if run else None,
            "draw": bool(run and run.draw),
            "typed": run.typed if run else None,
        },
        on_sent_change=lambda: None,
        on_drawn_change=on_drawn or (lambda: None),
    )


def _in_drawers(view: View, kept: Held) -> list[str]:
    """The sliders of the drawers that are open."""
    drawers = {"more": view.more, "weights": view.weights}
    return [name for group, names in drawers.items() if group in kept.open for name in names]
