"""The cheat sheet: equations, hyperparameters, troubles, checklist; each tied to its place."""

from collections.abc import Callable
from html import escape
from inspect import Parameter, signature

import streamlit as st

from lesson.cheatsheet import commands, defaults, guide, troubles
from lesson.frame.glossary import note, prose
from lesson.frame.navigation import page_link
from lesson.frame.style import theme
from lesson.widgets.display import show_source
from lstm import textbook_network
from lstm.diagnosis.checklist import ITEMS
from lstm.equations import lstm_step
from lstm.training import Training
from visualization import (
    analyze_gate_patterns,
    plot_cell_state_evolution,
    plot_gate_activations,
    plot_gradient_flow_comparison,
)
from visualization.equations import EQUATIONS, Html, split_name
from visualization.palette import colour
from visualization.symbols import SYMBOLS, Theme, owner

# The symbols that the sheet explains, in its order.
SYMBOL_NAMES = ("f", "i", "C_tilde", "o", "C", "C_prev", "h", "h_prev", "x")
LETTERS = {
    "W": "weights of a gate or of the candidate; (H, H + D), the first H columns for hₜ₋₁",
    "b": "bias of a gate or of the candidate; (H,)",
    "σ": "the logistic function 1 / (1 + e⁻ᶻ), from 0 to 1",
    "H, D, V": "the numbers of units, of inputs and of different characters; one-hot inputs have D = V",
}
# What draws the pictures of gates and states, for a notebook; `visualization` has them.
PICTURES = (
    plot_gate_activations, plot_cell_state_evolution, plot_gradient_flow_comparison, analyze_gate_patterns,
)  # fmt: skip


def show() -> None:
    """Show the part: equations, hyperparameters, troubles, checklist, and where to look further."""
    st.html(equations_html(theme()))
    note(
        "Hover over a symbol for its meaning, shape and range. ⊙ multiplies number by number. The forget "
        "gate is from Gers, Schmidhuber & Cummins 2000 (first published in 1999); the LSTM of Hochreiter & "
        "Schmidhuber 1997 had none. With peepholes the gates also read C (Gers & Schmidhuber 2000); here "
        "they do not."
    )
    page_link("2_gates.py", "See it: one cell, live (drawn after Olah 2015)", {"part": "One step"})
    with st.expander("What the symbols mean", icon=":material/dictionary:"):
        symbols = [
            f"- **{_plain(name)}** {means}; {shape}, {span}" for name, means, shape, span in symbol_rows()
        ]
        prose("\n".join([*symbols, *(f"- **{name}** {means}" for name, means in LETTERS.items())]))
    show_source(lstm_step, "The equations as code")
    note(
        "A network is a loop over this step. h and C go on to the next step, and the output layer turns h "
        "into a prediction."
    )
    show_source(
        textbook_network, "The whole network as code: the loop, the output layer, softmax and the loss"
    )
    guide.show()
    commands.show()
    defaults.show()
    troubles.show()
    _checklist()
    _further()


def _checklist() -> None:
    st.subheader("If a network does not learn: what to check, in this order")
    prose("\n".join(f"{number}. {item}" for number, item in enumerate(ITEMS, 1)))
    page_link("4_training.py", "See these questions answered for a run of your own", {"tab": "Live"})


def _further() -> None:
    """Say how to draw a text, and link what belongs to the sheet on other pages."""
    st.subheader("Look further")
    prose(
        "The Python package `visualization` has functions that draw gates, states and gradients in a "
        "notebook: " + ", ".join(f"`{signature_of(function)}`" for function in PICTURES) + "."
    )
    page_link("5_sampling.py", "See their pictures along a text", {"task": "Read its memory"})
    note(
        "When a network writes a text, choose the temperature first. *Top k* draws only from the k likeliest "
        "characters (Fan et al. 2018). *Top p* takes the likeliest characters, one after the other, until "
        "their probabilities add up to at least p, and draws only from these (Holtzman et al. 2020)."
    )
    page_link(
        "3_gradients.py",
        "Training on short sequences first: how it changes recall",
        {"view": "Does it matter?"},
    )
    page_link("7_exercises.py", "The exercises: write an LSTM yourself")
    show_source(Training._update, "One step of training as code")
    note("The part *Sources* of this page lists the works that the course cites.")


def signature_of(function: Callable[..., object]) -> str:
    """Write a function's name with the arguments that it needs."""
    needed = [p.name for p in signature(function).parameters.values() if p.default is Parameter.empty]
    return f"{function.__name__}({', '.join(needed)})"


def symbol_rows() -> list[tuple[str, str, str, str]]:
    """Return every symbol: its name, what it is, its shape and its range."""
    return [(name, *explained(name)) for name in SYMBOL_NAMES]


def explained(name: str) -> tuple[str, str, str]:
    """Return what a symbol is, its shape and its range; name: as in the equations."""
    symbol = SYMBOLS[owner(name)]
    before = name.endswith("_prev")
    meaning = f"{symbol.name} of the step before" if before else f"{symbol.name}: {symbol.meaning}"
    return meaning, symbol.shape, symbol.span


def _plain(name: str) -> str:
    """Write a symbol with its index and without any markup: Cₜ₋₁."""
    letter, index = split_name(name)
    return letter + (index or "t").translate(str.maketrans("t−1", "ₜ₋₁"))


def equations_html(tone: Theme) -> str:
    """Write the six equations, every symbol in its colour with what it is behind it."""

    def mark(written: str, name: str) -> str:
        meaning, shape, span = explained(name)
        tooltip = escape(f"{meaning}; shape {shape}; {span}", quote=True)
        return f'<b title="{tooltip}" style="color:{colour(owner(name), tone)};cursor:help">{written}</b>'

    notation = Html(mark)
    return "".join(
        f'<div style="font-size:1.25rem;line-height:2">{notation.name(row.symbol)} = '
        f"{notation.write(row.right)}</div>"
        for row in EQUATIONS["lstm"]
    )
