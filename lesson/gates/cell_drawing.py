"""The live cell's drawing with its sliders: mounted once, and fed from then on by `cell_feed`."""

from typing import Any

import streamlit as st

from lesson.frame.files import asset, script
from lesson.gates import cell_contents, sliders, tables
from lesson.gates.cell_state import cell_state
from lesson.gates.sliders import SLIDERS
from lesson.gates.views import View
from visualization.palette import CELLS, SYMBOL_TONES

_CELL = st.components.v2.component(
    "lstm_cell",
    html=asset("cell/cell.html"),
    css=asset("cell/cell.css"),
    js=script("cell/cell.js"),
)
# Labels over time, written and spoken: there these two are what the run starts from.
_AT_START = {
    "C_prev": ("held at the start, <i class=symbol>C<sub>0</sub></i>", "held at the start, C"),
    "h_prev": ("last output at the start, <i class=symbol>h<sub>0</sub></i>", "last output at the start, h"),
}


def mount(view: View) -> None:
    """Draw the cell with its sliders, as the visitor has set it."""
    _CELL(key=f"cell_{view.name}", data=_fixed(view) | _set(view))


def _fixed(view: View) -> dict[str, Any]:
    """Return what is the same for everybody who looks at a view."""
    return {
        "version": sliders.VERSION,
        "view": view.name,
        "parameter": view.parameter.name,
        "overTime": view.over_time,
        "quantities": tables.QUANTITIES,
        "curveNames": tables.CURVES,
        "largest": tables.LARGEST,
        "palette": SYMBOL_TONES | {"RNN": CELLS["RNN"]},
        "groups": {"main": view.main, "more": view.more, "weights": view.weights},
        "sliders": [_slider(name, view.over_time) for name in SLIDERS],
        "equations": cell_contents.equations(),
        "curves": cell_contents.response_curves(),
        "source": cell_contents.source_lines(),
        "script": cell_contents.script_template(),
        "presets": [_preset(preset) for preset in cell_contents.PRESETS] if view.presets else [],
    }


def _set(view: View) -> dict[str, Any]:
    """Return what the visitor has set in a view."""
    state = cell_state(view)
    return {
        "setting": sliders.positions(state.setting),
        "open": sorted(state.open_drawers),
        "t": state.t,
        "jump": state.jump,
    }


def _slider(name: str, over_time: bool) -> dict[str, Any]:
    slider = SLIDERS[name]
    label, spoken = slider.label, slider.spoken
    if over_time:
        label, spoken = _AT_START.get(name, (label, spoken))
    return {
        **slider._asdict(),
        "label": label,
        "spoken": spoken,
        "positions": len(slider.range),
        "first": slider.position(slider.start),
    }


def _preset(preset: cell_contents.Preset) -> dict[str, Any]:
    return {
        "label": preset.name.replace("b_f", "b<sub>f</sub>"),
        "setting": sliders.positions(preset.setting),
        "lesson": preset.lesson,
    }
