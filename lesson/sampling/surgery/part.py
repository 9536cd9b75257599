"""The part Gate surgery of the sampling page: the network is changed from a character on."""

import streamlit as st

from lesson.frame.files import asset
from lesson.sampling.networks import NEXT_NETWORK, TrainedNetwork, choose_own_network, is_own
from lesson.sampling.reader import look_of_maps, look_of_reader, reader_css
from lesson.sampling.surgery.ablation import show_ablation
from lesson.sampling.surgery.bracket_lines import BRACKETS
from lesson.sampling.surgery.closing_challenge import show_challenge
from lesson.sampling.surgery.controls import operation_controls, operation_of_address, presets
from lesson.sampling.surgery.operation import Operation
from lesson.sampling.surgery.questions import TABLE, surgery_questions
from lesson.sampling.write.controls import asked_with, character_control, choose_network, draw_controls
from lesson.widgets.panel import Panel
from lesson.widgets.questions import ask
from lstm import InputError

_PANEL = Panel("surgery", "sampling/surgery", css=reader_css() + asset("bars/bars.css"))


def show() -> None:
    """Show the part Gate surgery."""
    covered = ask(surgery_questions(), "surgery")
    with st.container(key="network_first"):  # on low screens and phones its last piece, the panel, is first
        network, prompt = choose_network()
        panel = st.container()
    with panel:
        _PANEL.show(
            "surgery",
            [*operation_controls(network), character_control(looked_up=False), *draw_controls(more=True)],
            page="sampling",
            fixed=asked_with(network, prompt),
            presets=presets(network),
            more_label="More controls, and maps of all units",
            by_post=bool(prompt),
            own_network=is_own(network),
            look=look_of_reader() | look_of_maps(network),
            covered=covered,
        )
    show_challenge(_operation(network), None if network.name == BRACKETS else _choose_brackets)
    show_ablation(network.name, TABLE in covered)
    choose_own_network()


def _operation(network: TrainedNetwork) -> Operation | None:
    """Return what is done now, None for units that do not exist: the panel says so."""
    try:
        return operation_of_address(network)
    except InputError:
        return None


def _choose_brackets() -> None:
    st.session_state[NEXT_NETWORK] = BRACKETS
    st.rerun()
