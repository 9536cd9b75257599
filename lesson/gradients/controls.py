"""What can be set on the gradients page: the forget bias at once, the rest behind a drawer."""

from collections.abc import Callable, Mapping

import streamlit as st

from lesson.frame.links import complain, mend
from lesson.frame.parameters import Parameter
from lesson.gradients.flows import Setup
from lesson.gradients.parameters import (
    FORGET_BIAS,
    HIDDEN_UNITS,
    INPUT_SCALE,
    KEEP_BIAS,
    MEASURED,
    RADIUS,
    SEED,
    SETTINGS,
    STEPS,
)

_DRAW: Mapping[Parameter, Callable[[], float | str]] = {
    STEPS: STEPS.slider,
    RADIUS: RADIUS.slider,
    KEEP_BIAS: KEEP_BIAS.slider,
    INPUT_SCALE: INPUT_SCALE.slider,
    HIDDEN_UNITS: HIDDEN_UNITS.select_slider,
    SEED: SEED.number_input,
    MEASURED: MEASURED.segmented_control,
}


def mend_link() -> None:
    """Put what a link asks for in range, and say so; before the widgets are made."""
    complain(mend(*SETTINGS))


def choose_setup(*settings: Parameter) -> Setup:
    """Draw the forget bias, and behind a button the other settings of a part; return what they say.

    What a part has no control for is as it is at first.
    """
    with st.container(horizontal=True, vertical_alignment="bottom"):
        forget_bias = FORGET_BIAS.slider()
        with st.popover("More to set", icon=":material/tune:"):
            chosen = {setting: _DRAW[setting]() for setting in settings}
    return Setup(
        forget_bias=forget_bias,
        T=chosen.get(STEPS, STEPS.start),
        radius=chosen.get(RADIUS, RADIUS.start),
        keep_bias=chosen.get(KEEP_BIAS, KEEP_BIAS.start),
        scale=chosen.get(INPUT_SCALE, INPUT_SCALE.start),
        H=int(chosen.get(HIDDEN_UNITS, HIDDEN_UNITS.default)),
        seed=chosen.get(SEED, SEED.start),
        measured=chosen.get(MEASURED, MEASURED.default).removeprefix("dL/d"),
    )
