"""The part *Truncation*: where a sequence is cut, for the gradient and for the state."""

from collections.abc import Set
from inspect import getsource

import streamlit as st

from lesson.frame.files import asset
from lesson.frame.glossary import prose
from lesson.frame.memo import memo
from lesson.frame.style import theme
from lesson.training.parameters import CUT, CUT_MODEL, LENGTH_TEXT, TRAINED_LENGTH
from lesson.training.truncation.measured import settings, state_costs
from lesson.training.truncation.questions import EXPLANATION, questions
from lesson.widgets.catalogue import model, saved_loss
from lesson.widgets.inline_html import inline_html
from lesson.widgets.panel import Control, Panel
from lesson.widgets.questions import ask
from lstm.interpret.truncated_gradients import truncated_gradient
from visualization.numbers import number
from visualization.palette import GREY, RUNS, SYMBOL_TONES, colour

_CUTS = Panel("truncation", "truncation/cuts", css=asset("truncation/chart.css"))
_LENGTHS = Panel("lengths", "truncation/lengths", css=asset("truncation/chart.css"))
_COLUMNS = ("weights", "cosine with the whole gradient", "length ÷ whole length")


def show() -> Set[str]:
    """Ask, show both cuts under one slider, then what a network uses though no error came so far back."""
    covered = ask(questions(), "truncation")
    _CUTS.show(
        "cuts",
        [Control(CUT, along=True, as_slider=True), Control(CUT_MODEL)],
        page="training",
        look=_look()
        | {
            "key": "The stronger the colour, the more the character surprised the model (full colour: 8 bits "
            "or more). At each orange bar the state is set to zeros.",
            "drag": inline_html(
                "**Drag the slider.** Above, the *state* is reset every k characters: the trained model "
                "forgets what it has read. Below, only the *gradient* is cut every k characters, as in "
                "training: the state is carried on, and the error stops."
            ),
            "columns": _COLUMNS,
        },
        covered=covered,
    )
    prose("### Does it help to read further back than any error went?")
    _LENGTHS.show(
        "lengths",
        [Control(TRAINED_LENGTH, along=True, as_slider=True), Control(LENGTH_TEXT)],
        page="training",
        look=_look() | {"key": "<span>Thick: the mean of the seeds. Thin: each seed.</span>"},
        covered=covered,
    )
    _explain(EXPLANATION in covered)
    return covered


def _look() -> dict[str, object]:
    tone = theme()
    return {
        "loss": RUNS[0][tone][1],
        "gradient": colour("C", tone),
        "tone": colour("f", tone),
        "grey": GREY[tone],
        "colours": {name: tones[tone] for name, tones in SYMBOL_TONES.items()},
    }


def _explain(is_covered: bool) -> None:
    """Say exactly what is compared, what `train` does, and where it comes from.

    is_covered: whether what the state is for would answer a question above.
    """
    measured = settings()
    stretch, places, update = (measured[name] for name in ("stretch", "places", "update"))
    with st.expander("What is measured here, what `train` does, and sources", icon=":material/menu_book:"):
        prose(
            f"""
**The state.** The model reads its held-out text from a state of zeros. After every k characters the state is
set to zeros again. The loss is the mean over all characters. {zero_starts()} The passage
that you see begins some {stretch} characters into this text.

**The gradient.** We take {stretch} characters of held-out text and the state after the {stretch} characters
before them. The whole gradient goes back over all {stretch}. For the truncated one the characters are cut
into sequences of k. The state goes on from each sequence to the next, the error stays within its own, and the
gradients of all sequences are added. We compare all weights and biases of the cell, at {places} places. The
output layer is left out: its gradient is the same in both. The bands show the middle half of the places, and
all of them.

**Sequences that a network was trained with.** These LSTMs have {measured["training"]["hidden"]} units. Every
update reads {update:,} characters: with a shorter sequence the batch is larger. So all of them had equally
many updates of equally many characters. To see only the last k characters means: the state is set to zeros,
and the network reads k characters and predicts the next. A state of zeros in the middle of a text is itself
unusual for them; a part of the loss at small k comes from that.

{"" if is_covered else _WHAT_TRAIN_DOES}

**Terms and sources.** This is *truncated backpropagation through time* (Williams & Peng 1990). It has two
lengths: every k₁ steps the error goes back over k₂ steps (Sutskever 2013); in `train` both are the sequence
length. Khandelwal et al. 2018 measured how far back a language model looks by hiding what lies further back.
"""
        )
        st.code(getsource(truncated_gradient), language="python")


@memo()
def zero_starts() -> str:
    """Say why a loss without a reset is lower here than the same model's validation loss elsewhere."""
    losses = {name: (saved_loss(model(name)), cost.carried) for name, cost in state_costs().items()}
    name, (elsewhere, here) = max(losses.items(), key=lambda entry: entry[1][0] / entry[1][1])
    return (
        "The validation loss on other pages is a little higher than the one here without a reset: there the "
        "text is read in segments of 500 characters or more, each from zeros. In proportion it is most for "
        f"the model {name} ({number(elsewhere)} and {number(here)})."
    )


_WHAT_TRAIN_DOES = """
**What `train` does.** It cuts the gradient every *sequence length* characters and carries the state on to the
next sequence, so no sequence starts at zeros but the first of an epoch. If you start every sequence at zeros
instead, you cut both: then what stood before a sequence can neither be used nor learned from in training.
"""
