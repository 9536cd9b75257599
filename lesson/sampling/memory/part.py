"""The part Read its memory of the sampling page: what gates and states do along a text, unit by unit."""

from collections.abc import Collection, Mapping

import streamlit as st

from lesson.frame.glossary import note
from lesson.frame.links import complain, mend, settings_of_link
from lesson.frame.query import Query
from lesson.sampling.layers import layer_choice
from lesson.sampling.memory.gate_statistics import show_gate_statistics
from lesson.sampling.memory.hunt import show_hunt
from lesson.sampling.memory.match_sentences import ELSEWHERE
from lesson.sampling.memory.passage import MOST, OWN, passage_of
from lesson.sampling.memory.questions import GATES, memory_questions
from lesson.sampling.networks import TrainedNetwork, choose_own_network, is_own
from lesson.sampling.parameters import (
    OFF_OUTSIDE,
    ON_THRESHOLD,
    ORDER,
    OWN_SCALE,
    OWN_TEXT,
    READS,
    STRETCH_END,
    STRETCH_START,
    SYMBOL,
    UNIT,
    WHAT_IT_WROTE,
)  # fmt: skip
from lesson.sampling.reader import look_of_maps, look_of_reader, reader_css
from lesson.sampling.write.controls import (
    HOW_IT_WAS_WRITTEN,
    asked_with,
    character_control,
    choose_network,
    draw_controls,
    settings_of_address,
)  # fmt: skip
from lesson.widgets.inline_html import inline_html
from lesson.widgets.panel import Control, Panel
from lesson.widgets.questions import ask
from lesson.widgets.unknown_characters import readable
from visualization.symbols import letters_of_cell

_TYPED = "memory_text"  # in the session state: the visitor's own text
_PANEL = Panel("memory", "sampling/memory", css=reader_css())


def show() -> None:
    """Show the part Read its memory."""
    covered = ask(memory_questions(), "memory")
    with st.container(key="network_first"):  # on low screens and phones its last piece, the panel, is first
        network, prompt = choose_network()
        text = _choose_text(network)
        panel = st.container()
    if text is not None:
        with panel:
            _show_map(network, asked_with(network, prompt) | text, covered)
        passage = passage_of(settings_of_address(network, prompt), Query(text))
        layer = _layer_of_address(network)
        if passage is not None:
            show_gate_statistics(network, passage, layer, GATES in covered)
            show_hunt(network, passage, layer)
    choose_own_network()


def _choose_text(network: TrainedNetwork) -> dict[str, str] | None:
    """Draw the choice of the text that is read; return it as it is asked with, None if there is none yet."""
    reads = READS if network.held_out else READS.among([WHAT_IT_WROTE, OWN_TEXT])
    complain(mend(reads))
    choice = reads.segmented_control()
    if choice != OWN_TEXT:
        return {READS.name: choice}
    typed = st.text_area(
        f"Your text (its first {MOST} characters are read)", key=_TYPED, height=120,
        persist_state="session",
        placeholder="Type or paste a text like those that the network learned from.",
    )  # fmt: skip
    if len(typed) > MOST:
        note(f"Your text has {len(typed):,} characters; the first {MOST} are read.")
    text = readable(typed[:MOST], network.checkpoint.vocabulary)
    if len(text) < 2:
        st.info(
            "The map needs a text of two characters or more that the network knows.", icon=":material/edit:"
        )
        return None
    return {READS.name: choice, OWN: text}


def _show_map(network: TrainedNetwork, fixed: Mapping[str, str], covered: Collection[str]) -> None:
    """Show heat map and text, coloured by the chosen unit of a layer."""
    net = network.checkpoint.net
    wrote, unit = fixed[READS.name] == WHAT_IT_WROTE, UNIT.within(0, net.hidden_size - 1, 0)
    _PANEL.show(
        "memory",
        [
            Control(SYMBOL.among(letters_of_cell(net.kind)), label="Gate or state"),
            *([Control(layer_choice(net))] if net.layers > 1 else []),
            Control(unit, as_field=True, drawing_starts=True, looked_up=True),
            Control(ORDER), Control(OWN_SCALE), character_control(looked_up=True),
            *_stretch_controls(),
            *(draw_controls(more=True) if wrote else []),
        ],
        page="sampling",
        fixed=fixed,
        more_label=HOW_IT_WAS_WRITTEN,
        by_post=OWN in fixed or (wrote and bool(fixed["prompt"])),
        own_network=is_own(network),
        look=look_of_reader()
        | look_of_maps(network)
        | {"elsewhere": [inline_html(line) for line in ELSEWHERE]},
        covered=covered,
    )  # fmt: skip


def _stretch_controls() -> list[Control]:
    """Return what says which stretch is marked, and which units count as on in it."""
    places = (STRETCH_START.within(1, MOST, 1), STRETCH_END.within(1, MOST, 1))
    return [
        *(Control(place, in_drawing=True, in_question=False) for place in places),
        Control(ON_THRESHOLD, by_drawing=True, in_question=False),
        Control(OFF_OUTSIDE, by_drawing=True, in_question=False),
    ]


def _layer_of_address(network: TrainedNetwork) -> int:
    choice = layer_choice(network.checkpoint.net)
    setting, _ = settings_of_link([choice])
    return int(setting.get(choice.name, choice.default)) - 1
