"""What can be set on the gradients page: the forget bias at once, the rest behind a drawer."""

import streamlit as st

from lesson.frame.links import Number, complain, mend
from lesson.gradients.flows import Setup

_KEPT = "gradient_settings"  # in the session state: what was set in any part of the page
SIZES = ("16", "32", "64", "128")
_START = Setup()
LINKED = {
    "bf": Number(0.0, 8.0, _START.forget_bias, 0.25),
    "T": Number(5, 200, _START.T),
    "radius": Number(0.1, 3.0, _START.radius, 0.05),
    "keep": Number(0.0, 8.0, _START.keep_bias, 0.25),
    "scale": Number(0.0, 2.0, _START.scale, 0.1),
    "H": ("32", "16", "64", "128"),
    "seed": Number(0, 999, _START.seed),
    "of": ("dL/dh", "dL/dC"),
}


def mend_link() -> None:
    """Put what a link asks for in range, and say so; before the widgets are made."""
    complain(mend(LINKED))


def choose(*rest: str) -> Setup:
    """The forget bias, and behind a button whichever of the other settings a part of the page has."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        bias = _widget("bf")
        with st.popover("More to set", icon=":material/tune:"):
            found = {name: _widget(name) for name in rest}
    kept = st.session_state.setdefault(_KEPT, {})
    kept |= {"bf": bias, **found}
    return Setup(
        forget_bias=bias,
        T=int(found.get("T", _START.T)),
        radius=found.get("radius", _START.radius),
        keep_bias=found.get("keep", _START.keep_bias),
        scale=found.get("scale", _START.scale),
        H=int(found.get("H", _START.H)),
        seed=int(found.get("seed", _START.seed)),
        measured="C" if found.get("of") == "dL/dC" else "h",
    )


_LABELS = {
    "bf": "Forget bias $b_f$ of the LSTM",
    "T": "Steps T",
    "radius": "RNN: spectral radius of the recurrent weights",
    "keep": "GRU: keep bias $b_z$",
    "scale": "Size of the input (standard deviation)",
    "H": "Hidden units H",
    "seed": "Seed of weights and noise",
    "of": "Measured (the RNN and the GRU have no C)",
}
_HELP = {
    "radius": "The largest absolute eigenvalue: by how much the weights can stretch a state at each step.",
    "keep": "z is the share of h that a GRU keeps; its bias is to it what $b_f$ is to an LSTM.",
}


def _widget(name: str) -> float | str:
    """A control; what the visitor chose in another part of the page is still so."""
    kept = st.session_state.get(_KEPT, {})
    if name in kept and name not in st.session_state and name not in st.query_params:
        st.session_state[name] = kept[name]
    if name == "H":
        return st.select_slider(_LABELS[name], SIZES, "32", key=name, bind="query-params")
    if name == "of":
        return st.segmented_control(
            _LABELS[name], LINKED["of"], default="dL/dh", required=True, key=name, bind="query-params"
        )
    if name == "seed":
        return st.number_input(_LABELS[name], 0, 999, 0, key=name, bind="query-params")
    low, high, start, step = LINKED[name]
    return st.slider(
        _LABELS[name], low, high, start, step, key=name, bind="query-params", help=_HELP.get(name)
    )
