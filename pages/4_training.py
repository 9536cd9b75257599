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
from lesson.widgets.questions import note_cover

begin(__file__, PARAMETERS)

PARTS = {"Replay": replay, "Live": live, "Troubles": troubles}
st.title("Training")
covered = PARTS[choose_part(TAB)].show()
prose(
    "The network predicts each next character. Its **loss** is high if the right one had a low probability; "
    "it is measured in nats per character. The *validation* loss is measured on text that the network never "
    "learns from."
)

with st.expander("Half a page: what happens in training", icon=":material/menu_book:"):
    if "explanation" in covered:
        note_cover()
    else:
        prose(
            """
**One step.** The text is cut into as many segments as the *batch* has sequences, and the network reads them
side by side. Of each it reads *sequence length* characters and predicts every next one. The loss is −ln of
the probability that it gave to the right character: 0 if the network was sure and right; ln V if it guesses
evenly among V characters (with one input for each, so V is the D of *Gates*); without bound if it was sure
and wrong. Backpropagation through time goes back over these steps and finds the gradient: for every weight,
how the loss changes with it. The *optimiser* then moves all weights a little against the gradient. After an
*epoch* the network has read all that it learns from once: nine tenths of the text, without the rest that does
not fill a batch.

**Truncated.** The gradient goes back over one sequence only. But the state is carried on to the next
sequence. So the network can use what it read earlier; its weights just get no gradient from there.

**Rates and clipping.** Plain SGD moves each weight by the learning rate times its gradient. Adam divides by
the gradient's usual size (Kingma & Ba 2015), so each weight moves by about the learning rate. Some gradients
are so long that one step moves the weights far away. Such a gradient is clipped: by *norm*, which shortens it
and keeps its direction (Pascanu et al. 2013), or by *value*, which cuts each of its numbers (Mikolov 2012).

**Overfitting.** The last tenth of the text is for validation. If the training loss still falls and the
validation loss rises, the network *overfits*: it fits its own text ever better, and new text worse. What
helps: more text; fewer units; to stop early, or to keep the weights of the best epoch; *dropout*, which
switches random units off during training (Zaremba et al. 2014); *weight decay*, which pulls all weights
towards 0.
"""
        )

take_away("Training")
page_link("5_sampling.py", "Next: let a trained model write")
