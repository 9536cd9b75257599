"""The controls of a live run or of two beside each other, and the settings they stand for."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lesson.frame.glossary import note
from lesson.frame.links import complain, mend
from lesson.frame.parameters import Choice
from lesson.training.engine.settings import RunRequest, RunSettings, digest
from lesson.training.live.own_text import OWN, choose_own_text, fitting_batch, note_batch
from lesson.training.parameters import (
    COMPARED,
    CONTROLS,
    DIFFERS,
    LIVE,
    NO_CLIPPING,
    ONE_RUN,
    SECOND_RUN,
    SECOND_SEED,
    SEED,
    SGD_RATE,
    TEXT,
    UPDATE_BIAS,
    Setting,
)
from lesson.widgets.catalogue import sample_text, text_names
from lstm import InputError
from lstm.diagnosis.observation import plain

# The good starting point of the cheat sheet; the page's own start is faster, for half a minute in class.
GOOD_START = {
    "kind": "lstm", "hidden": "128", "seq": "50", "rate": "0.001", "budget": "50 epochs",
    "temperature": "0.8", "optimiser": "adam",
}  # fmt: skip
_ALWAYS = ("hidden", "rate", "budget")
_MORE = ("kind", "seq", "batch", "bias", "clip", "optimiser", "temperature")
Values = Mapping[str, Any]  # what the controls show, by the names of the settings; the seed as "seed"


def choose_runs() -> tuple[list[RunRequest] | None, DeltaGenerator]:
    """Draw the controls; return one run, or two that differ in one setting, and the last row of controls.

    None for the runs if they can't be run; then it has been said why.
    """
    _mend_link()
    text_name, values = _choose_values()
    if text_name == OWN:
        text = choose_own_text(int(values["seq"]), lambda text: _fit_batch(text, values))
    else:
        text = sample_text(text_name)
    row = st.container(horizontal=True, vertical_alignment="bottom", key="other_run_controls")
    with row:
        change = _choose_second_run()
    _comment(values, change)
    if text is None:
        return None, row
    runs = [values] if change is None else [values, values | change]
    try:
        return [RunRequest(settings_of(text_name, text, run), text) for run in runs], row
    except InputError as error:
        st.error(str(error))
        return None, row


def _fit_batch(text: str, values: dict[str, Any]) -> int:
    """Return the batch for a visitor's text; where none was chosen, it becomes the command line's."""
    chosen, fitting = int(values["batch"]), fitting_batch(text, int(values["hidden"]), int(values["seq"]))
    if values["batch"] == CONTROLS["batch"].start and fitting != chosen:
        note_batch(text, fitting, chosen)
        values["batch"] = str(fitting)
    return int(values["batch"])


def _mend_link() -> None:
    """Put what a link asks for in range, and say so; before the widgets are made."""
    complain(mend(*(_text_choice() if parameter is TEXT else parameter for parameter in LIVE)))


def _text_choice() -> Choice:
    """Return the choice of a text with those at hand."""
    return TEXT.among([*text_names(), OWN])


def _choose_values() -> tuple[str, dict[str, Any]]:
    """Draw the controls of the first run; return the name of its text and the other values."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="run_controls"):
        text_name = _text_choice().selectbox(width=160)
        values: dict[str, Any] = {name: _draw(CONTROLS[name]) for name in _ALWAYS}
        with st.popover("More to set", icon=":material/tune:"), st.container(width=480):
            columns = st.columns(2)
            for place, name in enumerate(_MORE):
                with columns[place % 2]:
                    values[name] = _draw(CONTROLS[name])
            with columns[len(_MORE) % 2]:
                values["seed"] = SEED.number_input()
    return text_name, values


def _draw(setting: Setting) -> str:
    """Draw the control that fits a setting."""
    name = setting.name.removeprefix("other_")
    if name in ("kind", "optimiser"):
        return setting.segmented_control()
    if name in ("budget", "clip"):
        return setting.selectbox(width=180)
    return setting.select_slider(width=220)


def _choose_second_run() -> dict[str, Any] | None:
    """Draw in what the second run differs; return its value by its name, None if there is one run only."""
    st.button(
        "Set the good starting point", icon=":material/star:", on_click=_set, args=(GOOD_START,),
        help="128 units, 50 steps, learning rate 0.001, 50 epochs, temperature 0.8: a few minutes here.",
    )  # fmt: skip
    difference = DIFFERS.selectbox(width=300)
    if difference == ONE_RUN:
        return None
    name = COMPARED[difference]
    return {name: SECOND_SEED.number_input() if name == "seed" else _draw(SECOND_RUN[name])}


def _set(values: Values) -> None:
    st.session_state.update(values)


def _comment(values: Values, change: Values | None) -> None:
    """Say what the advice says of unusual values."""
    controls = dict(CONTROLS)
    if values["optimiser"] == "sgd":
        controls["rate"] = SGD_RATE
    if values["kind"] == "gru":
        controls["bias"] = UPDATE_BIAS
    elif values["kind"] == "rnn":
        del controls["bias"]
    comments = [control.comment(values[name]) for name, control in controls.items()]
    if comments := [comment for comment in comments if comment]:
        note("  \n".join(comments))
    if change and "bias" in change and values["kind"] == "rnn":
        note("A plain RNN has no gates, so it has no forget bias: the two runs will be the same.")


# -- from the controls to a run's settings, and back --


def settings_of(text_name: str, text: str, values: Values) -> RunSettings:
    """Return the settings that the controls' values stand for.  Raises InputError if they can't be."""
    amount, budget = values["budget"].split()
    off = values["clip"] == NO_CLIPPING
    clip, clip_at = ("off", RunSettings.clip_at) if off else values["clip"].split()
    return RunSettings(
        text=text_name,
        digest=digest(text) if text_name == OWN else "",
        cell=values["kind"],
        hidden=int(values["hidden"]),
        seq=int(values["seq"]),
        batch=int(values["batch"]),
        rate=float(values["rate"]),
        bias=float(values["bias"]),
        clip=clip,
        clip_at=float(clip_at),
        optimiser=values["optimiser"],
        seed=int(values["seed"]),
        amount=int(amount),
        budget="seconds" if budget.startswith("second") else "epochs",
        temperature=float(values["temperature"]),
    )


def values_of(settings: RunSettings) -> dict[str, Any]:
    """Return what the controls have to show for these settings, as far as they can; by their names."""
    budget = settings.budget if settings.amount > 1 else settings.budget.removesuffix("s")
    clip = NO_CLIPPING if settings.clip == "off" else f"{settings.clip} {settings.clip_at:g}"
    values = {
        "kind": settings.cell, "hidden": str(settings.hidden), "seq": str(settings.seq),
        "batch": str(settings.batch), "rate": plain(settings.rate, None),
        "bias": f"{settings.bias:g}", "clip": clip, "optimiser": settings.optimiser,
        "budget": f"{settings.amount} {budget}", "temperature": f"{settings.temperature:.1f}",
    }  # fmt: skip
    possible = {name: value for name, value in values.items() if value in CONTROLS[name].options}
    return possible | {SEED.name: settings.seed, TEXT.name: settings.text}


def can_be_set(settings: RunSettings) -> bool:
    """Return whether the controls can show exactly these settings."""
    values = values_of(settings)
    if settings.recall or not CONTROLS.keys() <= values.keys():
        return False
    return settings_of(settings.text, "", values | {"seed": settings.seed}) == settings
