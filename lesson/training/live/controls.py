"""The controls of a live run, each with the cheat sheet's advice, and the settings they make."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lesson.frame.glossary import note
from lesson.frame.links import Number, complain, mend
from lesson.training.engine.settings import RunSettings, digest
from lesson.training.live.own_text import OWN, own_text
from lesson.widgets.catalogue import sample_text, text_names
from lstm import InputError
from lstm.diagnosis.observation import plain

_NONE = "nothing"
Asked = tuple[RunSettings, str]  # settings, and the text they are for


class Control(NamedTuple):
    """One setting: its label, what can be chosen (the first is the default), and the advice.

    typical: the range in which it usually lies, as numbers of `options`, None where there is none.
    """

    label: str
    options: tuple[str, ...]
    start: str
    typical: tuple[float, float] | None
    usual: str
    too_low: str
    too_high: str

    @property
    def advice(self) -> str:
        """What the cheat sheet says, as the help of the widget."""
        lines = [f"**Typical:** {self.usual}"]
        if self.too_low:
            lines.append(f"**Too low:** {self.too_low}")
        if self.too_high:
            lines.append(f"**Too high:** {self.too_high}")
        return "\n\n".join(lines)

    def comment(self, value: str) -> str:
        """What the advice says of a value outside its range; empty inside it."""
        if self.typical is None:
            return ""
        low, high = self.typical
        number = float(value)
        if low <= number <= high:
            return ""
        side, words = ("below", self.too_low) if number < low else ("above", self.too_high)
        return f"{self.label} {value} lies {side} the typical {self.usual.split(';')[0].rstrip('.')}: {words}"


CONTROLS: dict[str, Control] = {
    "kind": Control(
        "Cell", ("lstm", "gru", "rnn"), "lstm", None,
        "lstm; gru has three quarters of its cell's weights, rnn a quarter.", "", "",
    ),
    "hidden": Control(
        "Hidden units", ("2", "4", "8", "16", "32", "64", "96", "128", "192", "256"), "64", (64, 256),
        "64 to 256; 128 to begin with.",
        "it can't hold what the text needs, and the loss stops high.",
        "each step is slower, and a small text is learned by heart.",
    ),
    "seq": Control(
        "Sequence length", ("5", "10", "25", "50", "100", "200", "500"), "50", (25, 100),
        "25 to 100 steps; 50 to begin with.",
        "the error goes back so few steps that nothing further away is learned.",
        "fewer updates for the same text, and the far end of the sequence teaches little.",
    ),
    "rate": Control(
        "Learning rate",
        ("0.00001", "0.0001", "0.0003", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10", "20"),
        "0.01", (0.0003, 0.01),
        "0.0003 to 0.01 with Adam; 0.001 to begin with. Plain SGD needs about a hundred times as much.",
        "the loss hardly moves.",
        "the steps jump over what they look for, and the loss may rise.",
    ),
    "budget": Control(
        "Budget",
        ("1 epoch", "2 epochs", "5 epochs", "10 epochs", "20 epochs", "50 epochs", "100 epochs",
         "10 seconds", "30 seconds", "60 seconds"),
        "20 epochs", None,
        "20 to 100 epochs of a text as long as ours; 50 to begin with. Seconds are seconds of work.",
        "it stops while it still learns.", "it learns its text by heart, and new text gets harder for it.",
    ),
    "batch": Control(
        "Batch", ("1", "4", "8", "16", "32", "64", "128"), "32", (16, 64),
        "16 to 64 sequences side by side.",
        "the gradient is noisy, and most of the time is spent on calls instead of numbers.",
        "few updates in an epoch; a short text does not even fill one.",
    ),
    "bias": Control(
        "Forget bias", ("-5", "-3", "-1", "0", "1", "2", "3", "5", "8"), "1", (0, 3),
        "1, so that a new LSTM remembers; 3 for long memories. In a GRU it is the keep gate's bias.",
        "it begins by forgetting, and the gradient ends with the memory.",
        "it begins by keeping everything, and has to learn to forget.",
    ),
    "clip": Control(
        "Clip gradients by",
        ("norm 5", "norm 1", "norm 0.1", "value 5", "value 1", "value 0.1", "value 0.01", _NONE), "norm 5",
        None, "norm 5, or norm 1 where it still jumps. By norm the direction stays; by value each number is "
        "cut. Gradients here are per character; summed over 50 steps they would be 50 times as large.",
        "learning gets slow: every step has the same short length.",
        "one steep place throws the weights far away.",
    ),
    "optimiser": Control(
        "Optimiser", ("adam", "sgd"), "adam", None,
        "adam: every weight has a step size of its own. sgd is the plain rule, and needs larger rates.",
        "", "",
    ),
    "temperature": Control(
        "Temperature of samples", ("0.2", "0.5", "0.8", "1.0", "1.5"), "0.8", (0.5, 1.0),
        "0.5 to 0.8 for coherent text, up to 1.0; it changes what you read, not what is learned.",
        "the likeliest characters only: it repeats itself.",
        "it invents more than it knows.",
    ),
}  # fmt: skip

_SGD_RATE = CONTROLS["rate"]._replace(typical=(0.3, 3), usual="0.3 to 3 with plain SGD")
_ALWAYS = ("hidden", "rate", "budget")
_MORE = ("kind", "seq", "batch", "bias", "clip", "optimiser", "temperature")
# The cheat sheet's good starting point.
GOOD_START = {
    "kind": "lstm", "hidden": "128", "seq": "50", "rate": "0.001", "budget": "50 epochs",
    "temperature": "0.8", "optimiser": "adam",
}  # fmt: skip
ALONE = "nothing: one run"
# Wherein a second run can differ, in the words of the address.
COMPARED = {
    "learning rate": "rate", "hidden units": "hidden", "cell": "kind", "forget bias": "bias",
    "clipping": "clip", "optimiser": "optimiser", "batch": "batch",
    "sequence length": "seq", "budget": "budget", "seed": "seed",
}  # fmt: skip


def choose_runs() -> tuple[list[Asked] | None, DeltaGenerator]:
    """What the controls say: one run, or two that differ in one setting; and the last row of controls.

    None for the runs if they can't be run; then it has been said why.
    """
    _mend()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text_name = st.selectbox(
            "Text", _texts(), key="text", bind="query-params", persist_state="session", width=160,
            help="The last tenth is kept for validation: the network never learns from it.",
        )  # fmt: skip
        values = {name: _widget(name) for name in _ALWAYS}
        with st.popover("More to set", icon=":material/tune:"):
            values |= {name: _widget(name) for name in _MORE}
            values["seed"] = st.number_input(
                "Seed", 0, 9999, 1, key="run_seed", bind="query-params", persist_state="session",
                help="The same seed gives the same weights, the same order of the text and the same curve.",
            )  # fmt: skip
    fits = int(values["seq"]), int(values["batch"])
    text = own_text(*fits) if text_name == OWN else sample_text(text_name)
    row = st.container(horizontal=True, vertical_alignment="bottom")
    with row:
        other = _choose_other()
    controls = CONTROLS | ({"rate": _SGD_RATE} if values["optimiser"] == "sgd" else {})
    comments = [control.comment(values[name]) for name, control in controls.items()]
    if comments := [comment for comment in comments if comment]:
        note("  \n".join(comments))
    if other and "bias" in other and values["kind"] == "rnn":
        note("A plain RNN has no gate that a bias could open: the two runs will be the same.")
    if text is None:
        return None, row
    changed = [values] if other is None else [values, values | other]
    try:
        return [(settings_of(text_name, text, one), text) for one in changed], row
    except InputError as error:
        st.error(str(error))
        return None, row


def settings_of(text_name: str, text: str, values: Mapping[str, Any]) -> RunSettings:
    """The settings that the controls' values stand for.  Raises InputError if they can't be."""
    amount, budget = values["budget"].split()
    clip, at = ("off", "5") if values["clip"] == _NONE else values["clip"].split()
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
        clip_at=float(at),
        optimiser=values["optimiser"],
        seed=int(values["seed"]),
        amount=int(amount),
        budget="seconds" if budget.startswith("second") else "epochs",
        temperature=float(values["temperature"]),
    )


def values_of(settings: RunSettings) -> dict[str, Any]:
    """What the controls have to show for these settings, as far as they can."""
    budget = settings.budget if settings.amount > 1 else settings.budget.removesuffix("s")
    clip = _NONE if settings.clip == "off" else f"{settings.clip} {settings.clip_at:g}"
    wanted = {
        "kind": settings.cell, "hidden": str(settings.hidden), "seq": str(settings.seq),
        "batch": str(settings.batch), "rate": plain(settings.rate, None),
        "bias": f"{settings.bias:g}", "clip": clip, "optimiser": settings.optimiser,
        "budget": f"{settings.amount} {budget}", "temperature": f"{settings.temperature:.1f}",
    }  # fmt: skip
    found = {name: value for name, value in wanted.items() if value in CONTROLS[name].options}
    return found | {"run_seed": settings.seed, "text": settings.text}


def can_be_set(settings: RunSettings) -> bool:
    """Whether the controls can show exactly these settings."""
    values = values_of(settings)
    if settings.recall or not CONTROLS.keys() <= values.keys():
        return False
    return settings_of(settings.text, "", values | {"seed": settings.seed}) == settings


def _texts() -> list[str]:
    return [*text_names(), OWN]


def _mend() -> None:
    allowed = {name: (c.start, *(o for o in c.options if o != c.start)) for name, c in CONTROLS.items()}
    allowed |= {f"other_{name}": options for name, options in allowed.items()}
    allowed |= {"other_seed": Number(0, 9999, 2)}
    other: dict[str, Any] = {"text": _texts(), "run_seed": Number(0, 9999, 1), "differs": (ALONE, *COMPARED)}
    complain(mend(allowed | other))


def _set(values: Mapping[str, Any]) -> None:
    st.session_state.update(values)


def _widget(name: str, key: str = "", label: str = "") -> str:
    control = CONTROLS[name]
    bound = {"bind": "query-params", "persist_state": "session"}
    key, label = key or name, label or control.label
    if name in ("kind", "optimiser"):
        return st.segmented_control(
            label, control.options, default=control.start, required=True, key=key, help=control.advice,
            **bound,
        )  # fmt: skip
    if name in ("budget", "clip"):
        at = control.options.index(control.start)
        return st.selectbox(label, control.options, at, key=key, help=control.advice, width=180, **bound)
    return st.select_slider(
        label, control.options, control.start, key=key, help=control.advice, width=220, **bound
    )


def _choose_other() -> dict[str, Any] | None:
    """How the second run differs from the first, if there is to be one."""
    st.button(
        "The good starting point", icon=":material/star:", on_click=_set, args=(GOOD_START,),
        help="128 units, 50 steps, learning rate 0.001, 50 epochs, temperature 0.8: a few minutes here.",
    )  # fmt: skip
    chosen = st.selectbox(
        "Beside it, a second run that differs in", [ALONE, *COMPARED], key="differs", bind="query-params",
        persist_state="session", width=300,
    )  # fmt: skip
    if chosen == ALONE:
        return None
    name = COMPARED[chosen]
    if name != "seed":
        return {name: _widget(name, f"other_{name}", f"Its {CONTROLS[name].label.lower()}")}
    seed = st.number_input(
        "Its seed", 0, 9999, 2, key="other_seed", bind="query-params", persist_state="session"
    )
    return {name: seed}
