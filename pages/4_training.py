"""Trained models, runs of one's own, and what goes wrong with them."""

import streamlit as st

from lesson.course.worksheet import take_away
from lesson.frame.glossary import prose
from lesson.frame.links import choose_part
from lesson.frame.navigation import begin, page_link
from lesson.training.live import part as live
from lesson.training.parameters import PARAMETERS, TAB
from lesson.training.replay import part as replay
from lesson.training.troubles import part as troubles

begin(__file__, PARAMETERS)

PARTS = {"Replay": replay, "Live": live, "Troubles": troubles}
st.title("Training")
PARTS[choose_part(TAB)].show()
prose(
    "The network guesses each next character; its **loss** is how surprised it was by the right one, in "
    "nats per character. The *validation* loss is measured on text that it never learns from."
)

with st.expander("Half a page: what happens in training", icon=":material/menu_book:"):
    prose(
        """
**One step.** The text is cut into as many stretches as the *batch* has sequences, and they are read side
by side. The network reads *sequence length* characters of each and guesses every next one. The loss is
−ln of the probability that it gave to the right one: 0 for who knew, ln V for who guesses among V
characters. Backpropagation through time goes back over these steps and finds for every weight how the
loss would change with it; the *optimiser* then moves all weights a little. An *epoch* is the whole text
once.

**Truncated.** The error goes back over one sequence only, but the state is carried on to the next: the
network can use what is further away, it is only not taught to directly.

**Rates and clipping.** SGD moves each weight by the learning rate times its gradient; Adam divides by
the gradient's usual size (Kingma & Ba 2015), so there the rate is about the length of a step. Where the
loss is steep, a gradient can be so long that one step throws everything away; it is then shortened, by
*norm* (its direction stays) or number by number, by *value* (Pascanu et al. 2013).

**Validation.** The last tenth of the text is never learned from. Where the training loss still falls and
the validation loss rises, the network learns its text by heart: it *overfits*. The cures are more text,
fewer units, or to stop.
"""
    )

take_away("Training")
page_link("5_sampling.py", "Next: let a trained model write")
