"""How far a GRU can count: a challenge that checks itself, why it goes no further, and what a GRU can do."""

import streamlit as st

from lesson.frame.files import asset
from lesson.frame.glossary import note, prose
from lesson.frame.navigation import is_embedded
from lesson.frame.query import Query, QueryError
from lesson.gates.challenges.answers import MOST_ATTEMPTS
from lesson.gates.challenges.checker import check
from lesson.gates.challenges.help import begin_again, offer_help
from lesson.gates.gru import count_answers
from lesson.gates.gru.challenge import CHALLENGE
from lesson.gates.gru.saturation import APART, best
from lesson.gates.parameters import GRU_COUNT, GRU_PULSES, GRU_SEQUENCE
from lesson.widgets.drawing import sent_value
from lesson.widgets.panel import Control, Panel, set_panel
from lesson.widgets.solved import mark_solved, solved
from visualization.palette import SYMBOL_TONES

PAGE = "gates"  # under which what is solved is kept
_CSS = asset("cell/cell.css") + asset("gru/gru.css")
_PANEL = Panel("gru_count", "gates/gru-count", css=_CSS)
_PULSES = Panel("gru_pulses", "gates/gru-pulses")
_KEY = "gru_count"
_MAIN = ("b_z", "w_zx", "w_hx", "b_h")  # sliders in view at once


def show() -> None:
    """Show the challenge with its help, what is proved by it, and the count that saturates."""
    is_solved = CHALLENGE.name in solved(PAGE)
    _state(is_solved)
    controls = [Control(slider, along=True, by_drawing=True) for slider in GRU_COUNT.values()]
    _PANEL.show(
        _KEY,
        [*controls, Control(GRU_SEQUENCE, in_drawing=True)],
        page=PAGE,
        look={
            "palette": SYMBOL_TONES,
            "main": _MAIN,
            "isSolved": is_solved,
            "name": CHALLENGE.name,
            "check": "gates/gru-check",
            "sequenceName": GRU_SEQUENCE.name,
            **count_answers.look(),
        },
        on_solved_change=_take_solution,
        on_restart_change=lambda: begin_again(CHALLENGE),
    )
    note(
        "At the start every weight on x is 1, every weight on h is 0, $b_z$ is 1 and the other biases are 0, "
        "as in the LSTM's challenge."
    )
    offer_help(CHALLENGE, _set_sliders)
    _what_instead()


def _state(is_solved: bool) -> None:
    """State the task; in a frame, which has little room, its goal alone."""
    if is_embedded():
        prose(CHALLENGE.statement.split("\n\n")[-1])
        return
    st.subheader(f"{'✓ ' if is_solved else ''}{CHALLENGE.title}")
    prose(CHALLENGE.statement)


def _set_sliders(setting: dict[str, float]) -> None:
    set_panel(_KEY, {slider.name: setting[name] for name, slider in GRU_COUNT.items()})


def _take_solution() -> None:
    """Note that the challenge is solved if what the browser sent solves it."""
    sent = sent_value(_KEY, "solved")
    if not isinstance(sent, dict) or not all(isinstance(value, str) for value in sent.values()):
        return
    query = Query({str(name): value for name, value in sent.items()})
    try:
        setting = count_answers.setting_of_query(query)
        attempt = query.whole("attempt", 0, MOST_ATTEMPTS, 0)
    except QueryError:
        return
    if check(CHALLENGE, setting, attempt).passed:
        mark_solved(PAGE, CHALLENGE.name)


def _what_instead() -> None:
    """Show what a GRU can do instead: a count whose steps get smaller."""
    pulses, biases = best()
    st.subheader("A count that saturates")
    prose(
        "An ideal cell: at a pulse $\\tilde h = 1$ and $z = \\sigma(b_z)$; between pulses h stays. So each "
        "pulse moves h a part of the way to 1: after n pulses h is $1 - z^n$. The steps get smaller and "
        "smaller. **Drag the update bias: how many pulses can be told apart?**"
    )
    _PULSES.show("gru_pulses", [Control(GRU_PULSES, along=True)], page=PAGE, look={"palette": SYMBOL_TONES})
    prose(
        f"If steps below {APART:g} are too small to be read, this cell counts to {pulses} at most (for $b_z$ "
        f"from {biases[0]:g} to {biases[-1]:g}). With more precise numbers it counts further, but not "
        "for ever; the LSTM's C grows by about 1 at every pulse. (Weiss, Goldberg & Yahav 2018 show "
        "for finite precision: LSTMs can count, GRUs and RNNs with tanh can't; and LSTMs learn to do it.)"
    )
