"""What all parts of the sampling page share: which network writes, after which prompt, and how."""

from collections.abc import Mapping
from typing import NamedTuple

import streamlit as st

from lesson.frame.glossary import note
from lesson.frame.links import complain, mend, settings_of_link
from lesson.frame.parameters import address_value
from lesson.frame.query import Query
from lesson.sampling.networks import (
    NEXT_NETWORK,
    TrainedNetwork,
    is_own,
    network_named,
    network_names,
    network_of,
)  # fmt: skip
from lesson.sampling.parameters import (
    CHARACTER,
    LENGTH,
    NETWORK,
    NO_TOP_K,
    PROMPT,
    SEED,
    TEMPERATURE,
    TOP_K,
    TOP_P,
)  # fmt: skip
from lesson.sampling.write.passages import LONGEST_PROMPT, Draw
from lesson.widgets.channel import set_own_network
from lesson.widgets.panel import Control
from lesson.widgets.unknown_characters import known_part, readable
from lstm.text import Vocabulary

LONGEST_TEXT = LONGEST_PROMPT + max(map(int, LENGTH.options))  # characters
HOW_IT_WAS_WRITTEN = (
    "How the text is written"  # the button that shows these controls where they are not in view
)
_DRAW = (TEMPERATURE, TOP_K, TOP_P, LENGTH, SEED)


class WritingSettings(NamedTuple):
    """Which network writes, and how its characters are drawn."""

    network: TrainedNetwork
    draw: Draw


def choose_network() -> tuple[TrainedNetwork, str]:
    """Draw network and prompt; return them, of the prompt what the network can read."""
    if name := st.session_state.pop(NEXT_NETWORK, None):
        st.session_state[NETWORK.name] = name
    choice = NETWORK.among(network_names())
    complain(mend(choice))
    left, right = st.columns([2, 3])
    with left:
        network = network_named(choice.selectbox())
    with right:
        prompt = PROMPT.text_input(placeholder="empty: it starts at a new line")
    set_own_network(network if is_own(network) else None)
    return network, _readable_prompt(prompt, network.checkpoint.vocabulary)


def _readable_prompt(prompt: str, vocabulary: Vocabulary) -> str:
    """Return what is read of a prompt; what is left out is named on the page."""
    if len(prompt) > LONGEST_PROMPT:
        note(f"The prompt is long: only its last {LONGEST_PROMPT} characters are read.")
    return readable(prompt[-LONGEST_PROMPT:], vocabulary)


def draw_controls(more: bool) -> list[Control]:
    """Return a panel's controls for how a text is drawn; more: temperature too stands behind the button."""
    return [
        Control(TEMPERATURE, along=not more, near=8, more=more),
        Control(TOP_K, more=True, as_slider=True),
        Control(TOP_P, more=True),
        Control(LENGTH, more=True, as_slider=True),
        Control(SEED, more=True, as_field=True),
    ]


def character_control(looked_up: bool) -> Control:
    """Return what stands for the chosen character, which is chosen in the text; from 1 to its end."""
    return Control(CHARACTER.within(1, LONGEST_TEXT, 1), in_drawing=True, looked_up=looked_up)


def asked_with(network: TrainedNetwork, prompt: str) -> dict[str, str]:
    """Return what a panel's questions hold besides its controls; the prompt, which is read already."""
    # Named with its key: two uploads have one name, and what is asked of one is not asked of the other.
    return {NETWORK.name: network.name, PROMPT.name: prompt, "weights": network.key}


def settings_of(query: Query) -> WritingSettings:
    """Return what a picture asks about.  Raises QueryError for what no page of this version sends."""
    network, values = network_of(query), query.values
    prompt = known_part(values.get(PROMPT.name, "")[-LONGEST_PROMPT:], network.checkpoint.vocabulary)
    top_k, top_p = query.choice(TOP_K), query.number(TOP_P)
    return WritingSettings(
        network,
        Draw(
            prompt,
            query.number(TEMPERATURE),
            None if top_k == NO_TOP_K else int(top_k),
            None if top_p >= TOP_P.high else top_p,
            int(query.choice(LENGTH)),
            int(query.number(SEED)),
        ),
    )


def settings_of_address(network: TrainedNetwork, prompt: str) -> WritingSettings:
    """Return the settings as the address has them now, for what a run of the page shows."""
    setting, _ = settings_of_link(_DRAW)
    values: Mapping[str, str] = {name: address_value(value) for name, value in setting.items()}
    return settings_of(Query({**values, **asked_with(network, prompt)}, network))


def character_of(query: Query, length: int, start: int) -> int:
    """Return the chosen character, from 0, in a text of so many; start: where none is chosen."""
    text = query.values.get(CHARACTER.name, "")
    if not text:
        return start
    return min(int(query.number(CHARACTER.within(1, LONGEST_TEXT, 1))), length) - 1
