"""The part Gate surgery of the sampling page: hold something from a character on, and see what changes."""

from collections.abc import Mapping, Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from lesson.frame.glossary import note, prose
from lesson.frame.links import complain, mend
from lesson.sampling.layers import choose_layer, of_layer
from lesson.sampling.networks import NEXT_NETWORK, TrainedNetwork, choose_own_network
from lesson.sampling.parameters import SYMBOL
from lesson.sampling.reader import ReaderMap, ReaderText, draw_reader
from lesson.sampling.surgery.ablation import show_ablation
from lesson.sampling.surgery.bracket_lines import BRACKETS, lines_closed
from lesson.sampling.surgery.closing_challenge import show_challenge
from lesson.sampling.surgery.controls import choose_operation, offer_presets
from lesson.sampling.surgery.operation import CONTINUED, Operation, Outcome, carry_out, losses
from lesson.sampling.surgery.questions import surgery_questions
from lesson.sampling.surgery.sentences import difference, price
from lesson.sampling.write.chosen_character import choose_character, set_character
from lesson.sampling.write.controls import WritingSettings, choose_all
from lesson.sampling.write.passages import Passage, write
from lesson.widgets.bars import draw_bars
from lesson.widgets.display import show_source, theme
from lesson.widgets.questions import ask
from lstm import InputError
from lstm.interpret.surgery import operate
from visualization.drawings.bars import describe_next, likeliest
from visualization.drawings.heat import heat, unit_order
from visualization.symbols import GATES as GATE_SYMBOLS
from visualization.symbols import letters_of_cell, symbol_of_letter

_WITHOUT_AND_WITH = ("as it was", "with the operation")


def show() -> None:
    """Show the part Gate surgery."""
    ask(surgery_questions(), "surgery")
    settings = choose_all()
    _operate(settings, write(settings.network, settings.draw))
    show_ablation(settings.network.name)
    choose_own_network()


@st.fragment
def _operate(settings: WritingSettings, passage: Passage) -> None:
    """Show where the operation begins, what is done, and what became of it."""
    network = settings.network
    character = choose_character(passage, "From this character on")
    text = ReaderText(passage.text, start=passage.start)
    draw_reader([text], key="surgery_text", at=character, on_choice=set_character)
    offer_presets(network)
    operation, layer = None, choose_layer(network.checkpoint.net)
    try:
        operation = choose_operation(network, layer)
    except InputError as error:
        st.error(str(error))
    if operation is not None and operation.is_empty:
        st.info("Name the units, or type a text, and the two continuations appear.", icon=":material/edit:")
    elif operation is not None:
        outcome = carry_out(network, passage, character, settings.draw, operation)
        _show_outcome(network, operation, outcome, layer)
    show_challenge(operation, None if network.name == BRACKETS else _choose_brackets)


def _choose_brackets() -> None:
    """Choose the bracket model; its box is outside the fragment, so the whole page runs again."""
    st.session_state[NEXT_NETWORK] = BRACKETS
    st.rerun()


def _show_outcome(network: TrainedNetwork, operation: Operation, outcome: Outcome, layer: int) -> None:
    """Show the next character, both continuations with their maps, and what the operation costs."""
    chars = network.checkpoint.vocabulary.chars
    prose("**The next character**, grey as it was, coloured with the operation")
    bars = likeliest(outcome.probabilities[1], chars, outcome.probabilities[0])
    draw_bars(bars, key="surgery_next", symbol="C", alt=describe_next(bars))
    st.text(difference(outcome))
    net = network.checkpoint.net
    values = [of_layer(of_all, layer, net.layers) for of_all in outcome.values]
    _show_continuations(letters_of_cell(net.kind), outcome, values)
    if words := price(network, losses(network, operation)):
        st.text(f"{words} {lines_closed(network, operation)}".strip())
    show_source(operate, "How a gate is held, as the code does it")


def _show_continuations(
    symbols: tuple[str, ...], outcome: Outcome, both_values: Sequence[Mapping[str, NDArray]]
) -> None:
    """Show both texts, with a map of one of the symbols for each; both_values: those of the chosen layer."""
    choice = SYMBOL.among(symbols)
    complain(mend(choice))
    symbol = choice.segmented_control(label="The maps show", width="content")
    order = unit_order(np.tanh(both_values[0][symbols[0]]))
    own_scale = symbol not in GATE_SYMBOLS  # that of the first map, for both
    entry = symbol_of_letter(symbol)
    maps = [
        ReaderMap(
            heat(values[entry.id], symbol, order, theme(), own_scale), f"{symbol} {name}",
            f"Heat map of {symbol}, {entry.summary}, over {CONTINUED + 1} characters, {name}",
        )
        for values, name in zip(both_values, _WITHOUT_AND_WITH, strict=True)
    ]  # fmt: skip
    texts = [
        ReaderText(text, name, start=1, first_difference=outcome.first_difference)
        for text, name in zip(outcome.texts, _WITHOUT_AND_WITH, strict=True)
    ]
    draw_reader(texts, key="surgery_pair", at=-1, maps=maps, symbol=symbol, order=order, unit=-1)
    if own_scale:
        note("Each unit's colours are those of its own range in the first map, in both maps.")
