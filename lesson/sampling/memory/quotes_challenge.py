"""The challenge Who is speaking?: name a unit that shows whether a text is inside quotes, before any hunt."""

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
    SEGMENTS,
    accuracies,
    count_passing_units,
    has_speech,
    passes,
    quoted_text,
    right_segments,
)
from lesson.sampling.networks import NEXT_NETWORK, TrainedNetwork
from lesson.sampling.unit_search import Search
from lesson.widgets.solved import send_solved

_SEARCHED = "hunted_for_quotes"  # in the session state: keys of the networks that were searched for quotes


def check(network: TrainedNetwork, unit: int) -> Verdict:
    """Judge a unit on segments of text that nobody has seen."""
    shares = accuracies(quoted_text(network), unit, secrets.randbits(32))
    right, count = right_segments(shares), network.checkpoint.net.hidden_size
    result = f"Unit {unit} is right in {right} of {SEGMENTS} segments. Its mean is {np.mean(shares):.0%}."
    if passes(shares):
        chances = count_passing_units(network)
        return Verdict(True, f"{result} Of the {count} units of this network, {chances} would pass.")
    return Verdict(
        False,
        f"{result} Choose *held-out text* as the text that the network reads. Then find a unit whose "
        "colour changes where a quote opens, and changes back where it closes.",
    )


WHO_IS_SPEAKING = Challenge(
    "quotes",
    "Who is speaking?",
    "Name a unit that shows whether the text is inside quotes, before you hunt for the rule *inside quotes*. "
    f"It is tested on {SEGMENTS} hidden segments of held-out text, of {LENGTH} characters each. The check "
    "fixes one threshold for all of them: on one side of it your unit says “inside”, on the other side "
    "“outside”. Of the characters inside quotes it gets a share right, and of those outside, too: the mean "
    f"of these two must be at least {RIGHT:.0%} in at least {ENOUGH} segments.",
    check,
)  # no solution: the hunt below it is one


@st.fragment
def show_challenge(network: TrainedNetwork) -> None:
    """Show the challenge, as far as it is open for a network."""
    with st.container(border=True):
        if not has_speech(network):
            _offer_fables()
            return
        prose(WHO_IS_SPEAKING.task)
        if network.key in st.session_state.get(_SEARCHED, set()):
            note("You have hunted for quotes in this network. For the challenge, choose another network.")
        else:
            _ask_for_unit(network)


def _offer_fables() -> None:
    """Say that the challenge is about another text, and lead to it."""
    with st.container(horizontal=True, vertical_alignment="center"):
        note(f"The challenge *{WHO_IS_SPEAKING.title}* needs a text in which somebody speaks.")
        if st.button("Choose the fables", icon=":material/auto_stories:"):
            st.session_state[NEXT_NETWORK] = "fables"
            st.rerun()


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
