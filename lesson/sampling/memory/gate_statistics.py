"""What the gates did along a text, in the charts and the table of `visualization`."""

import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from lesson.frame.glossary import note, prose
from lesson.frame.style import theme
from lesson.sampling.networks import TrainedNetwork
from lesson.sampling.write.passages import Passage, gates_and_states
from lesson.widgets.display import draw
from lesson.widgets.questions import note_cover
from visualization import analyze_gate_patterns, plot_cell_state_evolution, plot_gate_activations
from visualization.charts.gates import KEEPS_HALF, describe_gates
from visualization.symbols import GATES
from visualization.text import join_words


def show_gate_statistics(network: TrainedNetwork, passage: Passage, layer: int, is_covered: bool) -> None:
    """Show charts and a table of the gates over all units and characters.

    is_covered: whether they would give away the answer to a question above.
    """
    values = gates_and_states(network, passage, layer)
    gates = {letter: values[letter] for letter in GATES if letter in values}
    if not gates:
        return
    with st.expander(
        "The gates character by character", icon=":material/table:",
        key="by_character", on_change="rerun",
    ) as drawer:  # fmt: skip
        if drawer.open and is_covered:
            note_cover()
        elif drawer.open:
            note("This shows the text as it was when you opened this section.")
            _charts(gates, values.get("C"), passage.text)


def _charts(gates: dict[str, NDArray], C: NDArray | None, text: str) -> None:
    """Show the charts and the table of `visualization` over the whole text; C (L, H), None without one."""
    words = describe_gates(gates, text)
    prose(
        "`plot_gate_activations` draws the mean over the units as a line, and the middle half of them as a "
        "band."
    )
    draw(plot_gate_activations(gates, text, theme()), words, key="gate_lines")
    st.text(words)
    if C is None:
        note("z is the share of h that is kept; r is the share of h that the new candidate sees.")
        _patterns(gates, text)
        return
    prose("`plot_cell_state_evolution` draws C of every unit. The units stand in the order of their numbers.")
    draw(
        plot_cell_state_evolution(C, text, theme()),
        f"Cell state of {C.shape[1]} units over {len(text)} characters, from {C.min():.2f} to {C.max():.2f}.",
        key="cell_states",
    )
    _patterns(gates, text)


def _patterns(gates: dict[str, NDArray], text: str) -> None:
    table = analyze_gate_patterns(gates, text)
    prose("`analyze_gate_patterns` lists every character and says where a gate has an unusual value.")
    st.dataframe(table, hide_index=True, height=300)
    others = {
        "f": "“writes” where i is high, and “shows” where o is high",
        "z": "and “resets” where r is low",
    }
    letter, state = ("f", "C") if "f" in gates else ("z", "h")
    prose(
        "The column `reading` describes each character in a word or two: "
        f"“forgets” where the mean {letter} of all units is low, {others[letter]}. "
        "Low is more than one standard deviation below the gate's average over this text, and high is as "
        "much above it. All other characters have the word “usual”. "
        f"{readings_in_words(table)} "
        f"The column `keeping` gives the share of units with {letter} ≥ {KEEPS_HALF:.3f}. If {letter} stays "
        f"at {KEEPS_HALF:.3f}, half of {state} is left after ten steps."
    )


def readings_in_words(table: pd.DataFrame) -> str:
    """Say how many characters are unusual, and at which ones the units forget most often."""
    forgets = table[table["reading"].str.contains("forgets")]
    unusual = int((table["reading"] != "usual").sum())
    words = f"In this text {unusual} of {len(table)} characters are not “usual”."
    if forgets.empty:
        return words
    counts = forgets["character"].value_counts()[:3].items()
    often = join_words(f"‘{char}’ ({'once' if count == 1 else f'{count} times'})" for char, count in counts)
    return f"{words} “forgets” describes {len(forgets)} of them, most often {often}."
