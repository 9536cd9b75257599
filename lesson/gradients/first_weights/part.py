"""The part *Where it starts*: what a network's first weights and biases decide."""

import numpy as np
import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.frame.style import theme
from lesson.gradients.curves import curves_css, look_of_axes
from lesson.gradients.first_weights import questions
from lesson.gradients.first_weights.answers import CHRONO, RULES
from lesson.gradients.first_weights.results import Results, results
from lesson.gradients.first_weights.sentences import both_line, longer_sentence, recall_lines, text_line
from lesson.gradients.first_weights.table import draw_results
from lesson.gradients.parameters import FIRST_BIAS, FIRST_GRADIENT, FIRST_RULE, FIRST_STEPS, T_MAX
from lesson.gradients.questions import CURVES
from lesson.widgets.panel import Control, Panel
from lesson.widgets.questions import ask, note_cover
from lstm.network.starts import FORGET_BIAS
from lstm.scalar import half_life
from visualization.palette import GREY, colour

_PANEL = Panel("first_weights", "gradients/starts", css=curves_css())
_CONTROLS = (
    Control(FIRST_RULE),
    Control(FIRST_BIAS, along=True),
    Control(T_MAX, along=True, as_slider=True),
    Control(FIRST_STEPS, more=True),
    Control(FIRST_GRADIENT, more=True),
)
_DASHES = {"this course": "1 0", "Keras": "9 4", "PyTorch": "2 4", "orthogonal": "12 4 2 4", CHRONO: "5 3"}
# H units, u drawn for each of them.  PyTorch's two biases are added; its gates stand in the order i, f, g, o,
# those of Keras in the order i, f, c, o.
_PYTORCH = """\
lstm = nn.LSTM(D, H)
with torch.no_grad():
    lstm.bias_ih_l0[H : 2 * H] = 1
    lstm.bias_hh_l0[H : 2 * H] = 0
"""
_CHRONO_PYTORCH = """\
lstm, u = nn.LSTM(D, H), torch.empty(H).uniform_(1, T_max - 1)
with torch.no_grad():
    lstm.bias_hh_l0.zero_()
    lstm.bias_ih_l0.zero_()
    lstm.bias_ih_l0[:H] = -u.log()
    lstm.bias_ih_l0[H : 2 * H] = u.log()
"""
_CHRONO_KERAS = """\
layer, u = keras.layers.LSTM(H), np.random.uniform(1, T_max - 1, H)
layer.build((None, None, D))
zeros = np.zeros(2 * H)
layer.cell.bias.assign(np.concatenate([-np.log(u), np.log(u), zeros]))
"""
_TICKS = (1, 10, 100, 1000)  # half-lives, steps
_GATES = (0.5, 0.9, 0.99, 0.999)
_LOW, _HIGH = 0.5, 3000.0  # steps: the ends of the axis of half-lives


def show() -> None:
    """Ask which start recalls, then let a start be chosen, and show what was measured of each."""
    covered = ask(questions.questions(), "starts")
    _PANEL.show("first_weights", _CONTROLS, page="gradients", look=_look(), covered=covered)
    prose(
        "**Choose a start and drag its setting.** The dots show the half-life of each unit's forget gate "
        "before training, if x and h contribute nothing. Chrono initialisation gives each unit a half-life "
        "of its own, up to about 0.7 times $T_{max}$."
    )
    if CURVES not in covered:
        prose(longer_sentence())
    st.subheader("What networks from each start learn")
    if questions.RESULTS in covered:
        note_cover()
    else:
        _show_results(results())
    _in_libraries(is_covered=questions.RULE in covered)


def _show_results(measured: Results) -> None:
    """Show a dot for each trained network, and say what came out."""
    reading = measured.settings["text"]
    prose(
        "Recall is the task of the part *Does it matter?*, with at most 2,000 updates. Each dot is one "
        "network: at the left it is never right, at the right always. The last column is the validation loss "
        f"on the fables after {reading['epochs']} epochs ({reading['hidden_size']} units, in nats per "
        "character; chrono with $T_{max}$ = 100): left is better."
    )
    draw_results(measured)
    lines = [*recall_lines(measured), text_line(measured), both_line(measured)]
    prose("\n".join(f"- {line}" for line in lines))


def _in_libraries(is_covered: bool) -> None:
    """Say how the biases are set in PyTorch and Keras, and where the rules come from."""
    with st.expander("Set them in PyTorch and Keras", icon=":material/code:"):
        if is_covered:  # what has to be set is not there by itself: that is asked for
            note_cover()
        else:
            _show_lines()
    note(
        "Chrono initialisation: Tallec & Ollivier 2018. Orthogonal weights: Saxe, McClelland & Ganguli 2014."
    )


def _show_lines() -> None:
    prose("These lines set $b_f = 1$ in PyTorch. Keras does so itself (`unit_forget_bias`).")
    st.code(_PYTORCH, language="python")
    prose(
        "Chrono initialisation needs $T_{max}$, the longest distance in steps over which something has to be "
        "remembered:"
    )
    st.code(_CHRONO_PYTORCH, language="python")
    st.code(_CHRONO_KERAS, language="python")


def _look() -> dict[str, object]:
    tone = theme()
    return {
        "axes": look_of_axes(),
        "names": list(FIRST_RULE.options),
        "chrono": CHRONO,
        "curves": {
            name: {"colour": GREY[tone], "dash": dash, "label": "", "width": 1.8}
            for name, dash in _DASHES.items()
        },
        "chosen": {"colour": colour("LSTM", tone), "width": 4, "dash": ""},
        "rules": {
            "name": FIRST_RULE.name,
            "settings": {
                name: {FIRST_BIAS.name: f"{FORGET_BIAS[rule]:g}"}
                for name, rule in RULES.items()
                if rule != CHRONO
            },
        },
        "scales": {
            "low": _hundredths(_LOW),
            "high": _hundredths(_HIGH),
            "ticks": [[_hundredths(steps), f"{steps:,}"] for steps in _TICKS],
            "gates": [[_hundredths(float(half_life(f))), f"{f:g}"] for f in _GATES],
            "title": "half-life in steps",
            "above": "forget gate f",
            "side": "units",
            "alt": "The half-lives of the forget gates of all units, shortest first.",
        },
    }


def _hundredths(value: float) -> int:
    return round(100 * float(np.log10(value)))
