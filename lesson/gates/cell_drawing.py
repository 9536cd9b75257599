"""The live cell: a drawing with sliders of its own, which asks for its numbers over HTTP.

What is set stands in the address and in the tab's memory; no move of it runs a script.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

import streamlit as st

from lesson.frame.arrivals import links_taken
from lesson.frame.files import asset
from lesson.frame.links import complain, fresh, settings_of_link
from lesson.frame.parameters import address_value
from lesson.gates import cell_contents, sliders, tables
from lesson.gates.covers import cover_data
from lesson.gates.input_presets import steps_of
from lesson.gates.parameters import CELL, INPUT, KEEP_BIASES, OPEN, STEP, STEPS, TRIES, VALUES
from lesson.gates.sliders import SLIDERS
from lesson.gates.views import View
from lesson.widgets.drawing import Drawing
from lesson.widgets.panel import control_data
from lesson.widgets.question import Question
from visualization.palette import CELLS, SYMBOL_TONES

DRAWERS = frozenset({"more", "weights", "equations", "code"})
_JUMP = "cell_jump"  # in the session state: how often the page has set a cell, which, and to what
# Labels over time, written and spoken: there these two are what the run starts from.
_AT_START = {
    "C_prev": ("cell state at the start, <i class=symbol>C<sub>0</sub></i>", "cell state at the start, C"),
    "h_prev": (
        "hidden state at the start, <i class=symbol>h<sub>0</sub></i>",
        "hidden state at the start, h",
    ),
}


def _fixed() -> dict[str, Any]:
    """Return what is the same for everybody and in every view."""
    return {
        "markup": asset("cell/cell.html"),
        "version": sliders.VERSION,
        "quantities": tables.QUANTITIES,
        "curveNames": tables.CURVES,
        "largest": tables.LARGEST,
        "palette": SYMBOL_TONES | {"RNN": CELLS["RNN"]},
        "equations": cell_contents.equations(),
        "curves": cell_contents.response_curves(),
        "source": cell_contents.source_lines(),
        "script": cell_contents.script_template(),
        "presets": [_preset(preset) for preset in cell_contents.PRESETS],
    }


def _preset(preset: cell_contents.Preset) -> dict[str, Any]:
    return {
        "label": preset.name.replace("b_f", "b<sub>f</sub>"),
        "setting": sliders.positions(preset.setting),
        "lesson": cell_contents.lesson_of(preset),
        "free": preset.free,
    }


_CELL = Drawing("cell", asset("panel/panel.css"), _fixed())


def mount(
    view: View,
    steps: int | None = None,
    challenge: Mapping[str, Any] | None = None,
    covered: Collection[str] = (),
    **on_change: Callable[[], None],
) -> None:
    """Draw the cell with its sliders.

    steps: how many the run has, where no control of the view says it.  challenge: what a challenge adds.
    covered: names of what stays hidden, as `ask` returns them.  on_change: as of a drawing.
    """
    setting, complaints = _of_address(view, steps)
    complain(complaints)
    count, name, positions, t = st.session_state.get(_JUMP, (0, "", {}, 1))
    data = {
        "page": "gates",
        "view": view.name,
        "answers": view.answers,
        "parameter": view.parameter.name,
        "otherParameters": [p.name for p in TRIES.values() if p is not view.parameter],
        "overTime": view.over_time,
        "groups": {"main": view.main, "more": view.more, "weights": view.weights},
        "sliders": [_slider(name, view) for name in SLIDERS],
        "controls": [control_data(control) for control in view.controls],
        "hasPresets": view.presets,
        "words": view.words,
        "rnnWords": view.rnn_words,
        "setting": setting,
        "link": links_taken(),
        "jump": {"count": count, "positions": positions if name == view.name else {}, "t": t},
        "challenge": challenge,
        **cover_data(covered),
    }
    _CELL.draw(data, f"cell_{view.name}", **on_change)


def set_cell(view: View, change: Mapping[str, float], t: int = 1) -> None:
    """Set some of the cell from the page: the browser takes it over with the next run.

    What `change` does not name stays as the visitor has it, even if they are moving it at this moment.
    """
    count = st.session_state.get(_JUMP, (0,))[0]
    st.session_state[_JUMP] = (count + 1, view.name, sliders.positions(change), t)


def show_case(view: View, question: Question) -> None:
    """Set the cell to a question's case, and run the page again."""
    set_cell(view, {**view.start, **(question.setting or {})})
    st.rerun()


def _slider(name: str, view: View) -> dict[str, Any]:
    slider = SLIDERS[name]
    label, spoken = slider.label, slider.spoken
    if view.over_time:
        label, spoken = _AT_START.get(name, (label, spoken))
    return {
        **slider._asdict(),
        "label": label,
        "spoken": spoken,
        "positions": len(slider.range),
        "first": slider.position(view.start[name]),
    }


# -- the address --


def _of_address(view: View, steps: int | None) -> tuple[dict[str, str], list[str]]:
    """Return what the address says of a view, as the browser writes it, and what there is to complain of."""
    values, complaints = settings_of_link([control.parameter for control in view.controls])
    setting = {name: address_value(value) for name, value in values.items()}
    complaints += _take_positions(view, setting)
    if view.over_time and _has_step(view):
        T = steps or steps_of(
            str(values.get(INPUT.name, INPUT.default)), int(values.get(STEPS.name, STEPS.start)),
            str(values.get(VALUES.name, VALUES.start)),
        )  # fmt: skip
        t, more = settings_of_link([STEP.within(1, T, 1)])
        setting |= {name: address_value(value) for name, value in t.items()}
        complaints += more
    if drawers := st.query_params.get_all(OPEN.name):
        setting[OPEN.name] = ".".join(sorted(DRAWERS.intersection(drawers[-1].split("."))))
    return setting, complaints


def _take_positions(view: View, setting: dict[str, str]) -> list[str]:
    """Put the sliders' positions of the address into a setting; returns sentences, each once."""
    name = view.parameter.name
    texts = st.query_params.get_all(name)
    if not texts:
        return _take_biases(view, setting) if view.parameter is TRIES["keep"] else []
    positions, complaint = sliders.from_link(texts[-1], view.start)
    setting[name] = sliders.to_link(view.allowed(positions))
    complaints = [complaint] if complaint else []
    if len(texts) > 1:
        complaints.append(f"The link has `{name}` {len(texts)} times; the last one is shown.")
    return complaints if fresh(view.parameter) else []


def _take_biases(view: View, setting: dict[str, str]) -> list[str]:
    """Put the biases that the address names alone into a setting; returns sentences, each once."""
    values, complaints = settings_of_link(KEEP_BIASES.values())
    change = {name: float(values[each.name]) for name, each in KEEP_BIASES.items() if each.name in values}
    if change:
        setting[view.parameter.name] = sliders.to_link({**view.start, **change})
    return complaints


def _has_step(view: View) -> bool:
    """Tell whether the step in view that the address names is this view's, not that of another cell's run."""
    if view.parameter is not CELL:
        return view.parameter.name in st.query_params
    return not any(parameter.name in st.query_params for parameter in TRIES.values())
