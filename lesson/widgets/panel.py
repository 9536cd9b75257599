"""Controls of our own with a drawing that answers while they are dragged; no move of them runs a script.

What is set stands in the address and in the tab's memory.  The drawing asks for what it shows over HTTP (see
`assets/panel/panel.js`); the room's `answers.py` answers.  Streamlit's own slider only says where it was let
go.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from lesson.frame.arrivals import links_taken
from lesson.frame.files import asset
from lesson.frame.links import complain, settings_of_link
from lesson.frame.parameters import Choice, Number, Parameter, Switch, Text, address_value
from lesson.widgets.drawing import Drawing
from lesson.widgets.inline_html import inline_html, plain_text
from lesson.widgets.questions import cover_sentence


@dataclass(frozen=True)
class Control:
    """How a parameter is shown in a panel.

    along: there are answers along its whole range; near: while it is moved by keys, only so many positions to
    both sides are asked for.  more: behind the button.  label: in place of the
    parameter's.  as_field: a field for a number instead of a slider; as_slider: a slider over a choice's
    options.  in_drawing: it is set in the drawing and has no control.  drawing_starts: without a link its
    value is the drawing's to say.  in_question: the panel's answers depend on it; if not, only the drawing
    knows what it is for.  looked_up: likewise, but an answer along a slider is for one value of it.
    by_drawing: the drawing puts it where it belongs, not among the others.
    """

    parameter: Parameter
    along: bool = False
    near: int = 0
    more: bool = False
    label: str = ""
    as_field: bool = False
    in_question: bool = True
    by_drawing: bool = False
    as_slider: bool = False
    in_drawing: bool = False
    drawing_starts: bool = False
    looked_up: bool = False


class Panel:
    """A drawing of assets/NAME with controls.

    answers: the address of its answers, below api/.  css: the look of what it is made of, before its own.
    """

    def __init__(self, name: str, answers: str, css: str = "") -> None:
        """Register it, once, when the module is imported."""
        self.name, self.answers = name, answers
        self._drawing = Drawing(name, asset("panel/panel.css") + css)

    def show(
        self,
        key: str,
        controls: Sequence[Control],
        *,
        page: str,
        fixed: Mapping[str, str] | None = None,
        presets: Mapping[str, Mapping[str, float | str]] | None = None,
        more_label: str = "More to set",
        by_post: bool = False,
        own_network: bool = False,
        look: object = None,
        covered: Collection[str] = (),
        **on_change: Callable[[], None],
    ) -> None:
        """Draw it; what the address says that its controls can't show is mended, and said.

        page: settings that are left by this name are taken up again in the same tab.  fixed: what else is
        asked with.  presets: settings by the labels of their buttons.  by_post: questions hold a visitor's
        text.  own_network: questions are about the network that only this visitor has.  look: for the
        drawing.  covered: what stays hidden, as `ask` returns it.  on_change: as in `Drawing.draw`.
        """
        parameters = [control.parameter for control in controls]
        setting, complaints = settings_of_link(parameters)
        complain(complaints)
        count, jump = st.session_state.get(_jump_key(key), (0, {}))
        self._drawing.draw(
            {
                "page": page,
                "answers": self.answers,
                "controls": [control_data(control) for control in controls],
                "fixed": dict(fixed or {}),
                "setting": {name: address_value(value) for name, value in setting.items()},
                "link": links_taken(),
                "jump": {"count": count, "setting": jump},
                "presets": [
                    {"label": label, "setting": {name: address_value(v) for name, v in values.items()}}
                    for label, values in (presets or {}).items()
                ],
                "moreLabel": more_label,
                "byPost": by_post,
                "channel": own_network,
                "look": look,
                "covered": sorted(covered),
                "cover": cover_sentence(),
            },
            key,
            **on_change,
        )


def set_panel(key: str, changes: Mapping[str, float | str]) -> None:
    """Set some controls of a panel from the page: it takes them over with the next run."""
    count, _ = st.session_state.get(_jump_key(key), (0, {}))
    st.session_state[_jump_key(key)] = (count + 1, {n: address_value(v) for n, v in changes.items()})


def _jump_key(key: str) -> str:
    return f"{key}_jump"


def control_data(control: Control) -> dict[str, Any]:
    """Return what the browser builds a control of (`assets/panel/controls.js`)."""
    parameter, label = control.parameter, control.label or control.parameter.label
    return {
        "name": parameter.name,
        "label": inline_html(label),
        "spoken": plain_text(label),
        "help": plain_text(parameter.help or ""),
        "more": control.more,
        "along": control.along,
        "near": control.near,
        "inQuestion": control.in_question,
        "byDrawing": control.by_drawing,
        "lookedUp": control.looked_up,
        "longest": 0,
        "start": "",
        "texts": [],
        **_values(control),
    }


def _values(control: Control) -> dict[str, Any]:
    """Return what kind of control a parameter has, and the values that it can take."""
    parameter = control.parameter
    if control.in_drawing:
        return {"kind": "drawing", "values": []}
    if isinstance(parameter, Number):
        if control.as_field:
            ends = [address_value(parameter.low), address_value(parameter.high)]
            start = "" if control.drawing_starts else address_value(parameter.start)
            return {"kind": "number", "values": ends, "start": start}
        values = parameter.address_values
        texts = [value.replace("-", "−") for value in values]
        return {"kind": "slider", "values": values, "texts": texts, "start": address_value(parameter.start)}
    if isinstance(parameter, Switch):
        return {"kind": "switch", "values": list(parameter.options), "start": parameter.default}
    if isinstance(parameter, Choice):
        options, kind = list(parameter.options), "slider" if control.as_slider else "choice"
        return {"kind": kind, "values": options, "texts": options, "start": parameter.default}
    assert isinstance(parameter, Text)
    return {"kind": "text", "values": [], "start": parameter.start, "longest": parameter.longest or 0}
