"""The challenge Who is speaking?: name a unit that knows whether a text is inside quotes, before any hunt."""

import secrets

import numpy as np
import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.sampling.challenges import Challenge, Verdict
from lesson.sampling.memory.quotes_rules import (
    ENOUGH,
    LENGTH,
    RIGHT,
    RULE,
    STRETCHES,
    accuracies,
    count_passing_units,
    has_quotes,
    passes,
    quoted_text,
    right_stretches,
)
from lesson.sampling.networks import NEXT_NETWORK, TrainedNetwork
from lesson.sampling.unit_search import Search
from lesson.widgets.solved import send_solved

_SEARCHED = "hunted_for_quotes"  # in the session state: keys of the networks that were searched for quotes


def check(network: TrainedNetwork, unit: int) -> Verdict:
    """Judge a unit on stretches of text that nobody has seen."""
    shares = accuracies(quoted_text(network), unit, secrets.randbits(32))
    right, count = right_stretches(shares), network.checkpoint.net.hidden_size
    result = f"Unit {unit}: {right} of {STRETCHES} stretches; on average {np.mean(shares):.0%} right."
    if passes(shares):
        chances = count_passing_units(network)
        return Verdict(True, f"{result} A blind guess had {chances} chances in {count}.")
    return Verdict(
        False,
        f"{result} Choose *text it never saw* and colour it by units that change where a quote opens and "
        "change back where it closes.",
    )


WHO_IS_SPEAKING = Challenge(
    "quotes",
    "Who is speaking?",
    "Before any hunt for it, name a unit that knows whether the text "
    f"is inside quotes. It is judged on {STRETCHES} stretches of {LENGTH} characters "
    "that you do not see, of text kept from training: with one threshold it has to tell inside from "
    f"outside, {RIGHT:.0%} on average of both, in {ENOUGH} of them.",
    check,
)  # no solution: the hunt below it is one


@st.fragment
def show_challenge(network: TrainedNetwork) -> None:
    """Show the challenge, as far as it is open for a network."""
    with st.container(border=True):
        prose(WHO_IS_SPEAKING.task)
        if not has_quotes(network):
            if st.button("Take the fables", icon=":material/auto_stories:"):
                st.session_state[NEXT_NETWORK] = "fables"
                st.rerun()
            note("The text of this network has no quotes, or none that it did not learn from.")
        elif network.key in st.session_state.get(_SEARCHED, set()):
            note("You have hunted for quotes in this network already; in another one the challenge is open.")
        else:
            _ask_for_unit(network)


def note_search(network: TrainedNetwork, search: Search) -> None:
    """Close the challenge for a network in which the visitor has searched for quotes."""
    if search.rule == RULE:
        st.session_state.setdefault(_SEARCHED, set()).add(network.key)


def _ask_for_unit(network: TrainedNetwork) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        last = network.checkpoint.net.hidden_size - 1
        unit = st.number_input("The unit", 0, last, value=None, key="quote_unit", width=140)
        if st.button("Check the unit", icon=":material/task_alt:") and unit is not None:
            _show_verdict(WHO_IS_SPEAKING.judge(network, int(unit)))
            send_solved("sampling")


def _show_verdict(verdict: Verdict) -> None:
    if verdict.solved:
        st.success(f"**Solved.** {verdict.sentence}", icon=":material/trophy:")
    else:
        st.warning(verdict.sentence, icon=":material/search:")
