"""What the gates did along a text, in the charts of the cheat sheet."""

import streamlit as st
from numpy.typing import NDArray

from lesson.frame.glossary import note, prose
from lesson.sampling.networks import TrainedNetwork
from lesson.sampling.write.passages import Passage, gates_and_states
from lesson.widgets.display import draw, theme
from visualization import analyze_gate_patterns, plot_cell_state_evolution, plot_gate_activations
from visualization.charts.gates import describe_gates
from visualization.symbols import GATES


def show_gate_statistics(network: TrainedNetwork, passage: Passage, layer: int) -> None:
    """Show the cheat sheet's charts and table of the gates over all units and characters."""
    values = gates_and_states(network, passage, layer)
    gates = {letter: values[letter] for letter in GATES if letter in values}
    if not gates:
        return
    with st.expander(
        "Character by character, with the functions of the cheat sheet", icon=":material/table:",
        key="by_character", on_change="rerun",
    ) as drawer:  # fmt: skip
        if drawer.open:
            note("Of the text as it is when this is opened.")
            _charts(gates, values.get("C"), passage.text)


def _charts(gates: dict[str, NDArray], C: NDArray | None, text: str) -> None:
    """Show the charts and the table of `visualization` over the whole text; C (L, H), None without one."""
    words = describe_gates(gates, text)
    prose("`plot_gate_activations`: the mean over the units, and a band for the middle half of them.")
    draw(plot_gate_activations(gates, text, theme()), words, key="gate_lines")
    st.text(words)
    if C is None:
        note("z is how much of the state is kept, r how much of it the new candidate sees.")
        return
    prose("`plot_cell_state_evolution`: C of every unit, by number; here the colours reach to the largest C.")
    draw(
        plot_cell_state_evolution(C, text, theme()),
        f"Cell state of {C.shape[1]} units over {len(text)} characters, from {C.min():.2f} to {C.max():.2f}.",
        key="cell_states",
    )
    _patterns(gates, text)


def _patterns(gates: dict[str, NDArray], text: str) -> None:
    table = analyze_gate_patterns(gates, text)
    prose("`analyze_gate_patterns`: what the gates do to the memory, character by character.")
    st.dataframe(table, hide_index=True, height=300)
    counts = ", ".join(f"{name} at {count}" for name, count in table["reading"].value_counts().items())
    prose(
        f"Of {len(table)} characters: {counts}. *Keeping*: f at least ½ and i below, so the memory stays. "
        "*Replacing*: the other way round. *Accumulating*: both, the new is added to the old. *Clearing*: "
        "neither. *Showing*: o at least ½. All of it for the mean over the units; single units differ."
    )
