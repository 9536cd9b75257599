"""The cheat sheet: equations, hyperparameters, troubles, checklist, references; each tied to its place."""

from html import escape

import streamlit as st

from lesson.cheatsheet import commands, defaults
from lesson.frame.glossary import note, prose
from lesson.frame.navigation import page_link
from lesson.training.engine.run_names import names_of
from lesson.training.live.controls import GOOD_START
from lesson.training.parameters import CONTROLS
from lesson.training.troubles.experiments import EXPERIMENTS, TROUBLES
from lesson.training.troubles.part import CAUSES
from lesson.widgets.display import show_source, theme
from lstm import textbook_network
from lstm.diagnosis.checklist import ITEMS
from lstm.equations import lstm_step
from lstm.training import Training
from visualization.equations import EQUATIONS, Html, split_name
from visualization.palette import colour
from visualization.symbols import SYMBOLS, Theme, owner

# The symbols that the sheet explains, in its order.
SYMBOL_NAMES = ("f", "i", "C_tilde", "o", "C", "C_prev", "h", "h_prev", "x")
LETTERS = {
    "W": "weights of a gate or of the candidate; (H, H + D), the first H columns for hₜ₋₁",
    "b": "their biases; (H,)",
    "σ": "the logistic function 1 / (1 + e⁻ᶻ), from 0 to 1",
    "H, D": "units, and inputs: here characters",
}
# Of each hyperparameter: its control, a value that is too low and one that is too high, for the address.
GUIDE = (
    ("hidden_size", "hidden", {"hidden": "4"}, {"hidden": "256", "text": "rhymes"}),
    ("seq_length", "seq", {"seq": "5"}, {"seq": "500"}),
    ("learning_rate", "rate", {"rate": "0.00001"}, {"rate": "1"}),
    ("epochs", "budget", {"budget": "1 epoch"}, {"budget": "100 epochs", "text": "rhymes"}),
    ("temperature", "temperature", {"temperature": "0.2"}, {"temperature": "1.5"}),
)
# Of each cause that is an experiment: what the ill run has, and what the cured one has.
_PAIRS = {experiment.title: names_of([experiment.faulty, experiment.cured]) for experiment in EXPERIMENTS}
REFERENCES = (
    "Hochreiter & Schmidhuber 1997, Long Short-Term Memory. The cell; no forget gate yet.",
    "Gers, Schmidhuber & Cummins 2000, Learning to Forget. The forget gate.",
    "Cho et al. 2014, Learning Phrase Representations using RNN Encoder-Decoder. The GRU.",
    "Jozefowicz, Zaremba & Sutskever 2015, An Empirical Exploration of Recurrent Network Architectures. "
    "b_f = 1.",
    "Greff et al. 2017 (preprint 2015), LSTM: A Search Space Odyssey. Which parts matter.",
    "Olah 2015, Understanding LSTM Networks. The drawing with the belt.",
    "Karpathy, Johnson & Fei-Fei 2015, Visualizing and Understanding Recurrent Networks. Units one can read.",
    "Pascanu, Mikolov & Bengio 2013, On the Difficulty of Training Recurrent Neural Networks. Clipping.",
)


def show() -> None:
    """Show the part: equations, hyperparameters, troubles, checklist, and where to look further."""
    st.html(equations_html(theme()))
    note("Hover a symbol for what it is, its shape and its range. ⊙ multiplies number by number.")
    page_link("2_gates.py", "See it: one cell, live", {"part": "One step"})
    with st.expander("What the symbols mean", icon=":material/dictionary:"):
        symbols = [
            f"- **{_plain(name)}** {means}; {shape}, {span}" for name, means, shape, span in symbol_rows()
        ]
        prose("\n".join([*symbols, *(f"- **{name}** {means}" for name, means in LETTERS.items())]))
    show_source(lstm_step, "The equations as the code has them")
    note("A network is a loop over this step: h and C go on to the next one, and a readout predicts from h.")
    show_source(textbook_network, "The whole network as the code has it: loop, readout, softmax, loss")
    _guide()
    commands.show()
    defaults.show()
    _troubles()
    _checklist()
    st.subheader("Look further")
    page_link("6_exercises.py", "The exercises: write it yourself")
    page_link("5_sampling.py", "The pictures: gates and states along a text", {"task": "Read its memory"})
    page_link("3_gradients.py", "Short sequences first: what it does to recall", {"view": "Does it matter?"})
    show_source(Training._update, "One step of training, as the code does it")
    with st.expander("References", icon=":material/library_books:"):
        prose("\n".join(f"- {entry}" for entry in REFERENCES))


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


def _guide() -> None:
    st.subheader("Hyperparameters")
    page_link("4_training.py", "The good starting point, set up in Live", {"tab": "Live", **GOOD_START})
    note(
        "The links below change what they name in the page's own start (64 units, learning rate 0.01), which "
        "is made for a class that watches. Rates are Adam's. `update_weights` takes plain steps, which want "
        "about 0.1: after 4,000 of them on the fables the loss is 1.73 nats, and 2.77 with a rate of 0.001."
    )
    for name, control, low, high in GUIDE:
        entry = CONTROLS[control]
        with st.container(border=True):
            prose(f"**`{name}`**: {entry.usual}")
            left, right = st.columns(2)
            with left:
                prose(f"Too low: {entry.too_low}")
                page_link("4_training.py", f"Try {_named(low)}", {"tab": "Live", **low})
            with right:
                prose(f"Too high: {entry.too_high}")
                page_link("4_training.py", f"Try {_named(high)}", {"tab": "Live", **high})


def _named(query: dict[str, str]) -> str:
    return ", ".join(f"{CONTROLS[name].label.lower()} {value}" if name in CONTROLS else value
                     for name, value in query.items())  # fmt: skip


def _troubles() -> None:
    st.subheader("Troubles, their causes and cures")
    note("The two runs of an experiment differ in what is named here; what they share stands beside them.")
    for trouble in TROUBLES:
        with st.container(border=True):
            prose(f"**{trouble}**")
            for cause in (cause for cause, belongs in CAUSES.items() if belongs == trouble):
                address = {"tab": "Troubles", "cause": cause}
                page_link("4_training.py", f"{cause[0].upper()}{cause[1:]}", address)
                if pair := _PAIRS.get(cause):
                    note("Ill: {}. Cured: {}.".format(*pair))


def _checklist() -> None:
    st.subheader("It does not learn: what to check, in this order")
    prose("\n".join(f"{number}. {item}" for number, item in enumerate(ITEMS, 1)))
    page_link("4_training.py", "See it answered for a run of your own", {"tab": "Live"})
