"""The part *Variants*: cells that leave something out of the LSTM, or add something."""

import streamlit as st

from lesson.frame.files import asset
from lesson.frame.glossary import note, prose
from lesson.gates.cell_variants import questions, results
from lesson.gates.cell_variants.challenge_table import (
    challenge_table,
    how_it_was_found,
    settings,
    what_a_press_loads,
)
from lesson.gates.cell_variants.kinds import KINDS, equation_lines
from lesson.gates.parameters import (
    SCAN_BIAS,
    SCAN_INPUT,
    SCAN_ROUND,
    SCAN_STEPS,
    VARIANT,
    VARIANT_BIASES,
    VARIANT_CHALLENGE,
    VARIANT_INPUT,
    VARIANT_STEP,
)
from lesson.widgets.inline_html import inline_html
from lesson.widgets.panel import Control, Panel
from lesson.widgets.questions import ask
from lstm.variants.scalar import parameters_of
from visualization.palette import SYMBOL_TONES

_PANEL = Panel("variants", "gates/variants", css=asset("panel/table.css"))
_SCAN = Panel("scan", "gates/scan")
_MAIN = ("b_f", "b_i")
_CONTROLS = (
    Control(VARIANT),
    *(Control(VARIANT_BIASES[name], along=True) for name in _MAIN),
    Control(VARIANT_INPUT),
    *(Control(one, along=True, more=True) for name, one in VARIANT_BIASES.items() if name not in _MAIN),
    Control(VARIANT_STEP, in_question=False, by_drawing=True),
    Control(VARIANT_CHALLENGE, by_drawing=True),
)
_SCAN_CONTROLS = (
    Control(SCAN_ROUND, in_question=False),
    Control(SCAN_BIAS, along=True),
    Control(SCAN_STEPS),
    Control(SCAN_INPUT),
)


def show() -> frozenset[str]:
    """Ask, then show a variant beside the LSTM, the challenges, the scan, and what was measured."""
    covered = ask(questions.questions(), "variants")
    _PANEL.show("variants", _CONTROLS, page="gates", look=_look(), covered=covered, more_label="More biases")
    if questions.TABLE in covered:  # the panel says so where it ends
        return covered
    prose(what_a_press_loads())
    _show_scan()
    results.show()
    _show_terms()
    return covered


def _look() -> dict[str, object]:
    return {
        "palette": SYMBOL_TONES,
        "title": "What can it no longer do?",
        "challenges": challenge_table(),
        "settings": settings(),
        "kinds": {
            option: {
                "lines": equation_lines(kind.name),
                "change": inline_html(kind.change),
                "spoken": kind.spoken,
                "lacks": [
                    slider.name
                    for name, slider in VARIANT_BIASES.items()
                    if name not in parameters_of(kind.name)
                ],
            }
            for option, kind in KINDS.items()
        },
    }


def _show_scan() -> None:
    st.subheader("minLSTM: a scan instead of a loop")
    prose(
        "Each step is $C_t = a_t \\cdot C_{t-1} + b_t$. **Two steps one after the other are one step "
        "again:** $C_2 = a_2 \\cdot (a_1 \\cdot C_0 + b_1) + b_2$ is one step with $a = a_2 \\cdot a_1$ "
        "and $b = a_2 \\cdot b_1 + b_2$."
    )
    prose(
        "No gate of a minLSTM reads h. So $a_t = f'_t$ (f divided by f + i) and "
        "$b_t = i'_t \\cdot \\tilde C_t$ of *all* steps are known at once, and many pairs can be joined at "
        "the same time. Here $C_0 = 0$. **Move the round** and watch which pairs are joined."
    )
    _SCAN.show("scan", _SCAN_CONTROLS, page="gates", look={"palette": SYMBOL_TONES})


def _show_terms() -> None:
    with st.expander("Terms and sources", icon=":material/menu_book:"):
        prose(
            """
- **The LSTM of 1997** (Hochreiter & Schmidhuber 1997): input and output gate, no forget gate. The original
  had other squashing functions in place of the two tanh.
- **Peephole** (Gers & Schmidhuber 2000): a weight from C to a gate of the same unit. Without it a gate sees C
  only through h, and not at all while the output gate is shut.
- **Coupled gates** (Greff et al. 2017 call it CIFG): one gate less, $i_t = 1 - f_t$, as in a GRU.
- **minLSTM** (Feng et al. 2024): gates and candidate read only x. The paper writes h for this C.
- **Scan** (parallel prefix): all $C_t$ in $\\lceil \\log_2 T \\rceil$ rounds (Hillis & Steele 1986; for
  this recurrence Blelloch 1990). It computes more in all than the loop, but all of a round at the same
  time. An LSTM needs $h_{t-1}$ for its gates, so it can't be computed this way.
"""
        )
        note(how_it_was_found())
        note(
            "In a network with several layers of minLSTM, the upper gates read the states of the layer below."
        )
