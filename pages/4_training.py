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
from lesson.training.truncation import part as truncation
from lesson.widgets.questions import note_cover

begin(__file__, PARAMETERS)

PARTS = {"Replay": replay, "Live": live, "Problems": troubles, "Truncation": truncation}
st.title("Training")
covered = PARTS[choose_part(TAB)].show()
prose(
    "After each character the network predicts the next one. The **loss** is high if the network gave a low "
    "probability to the right character. It is measured in nats per character. The *validation* loss is "
    "measured on text that the network never learns from."
)

with st.expander("Half a page: what happens in training", icon=":material/menu_book:"):
    if "explanation" in covered:
        note_cover()
    else:
        prose(
            """
**One step.** The network reads the text at several places at once. For this the text is cut into segments,
for example 32. In one step the network reads a short sequence from each segment, as many characters as the
setting *Sequence length* says. Together these sequences are the *batch*. After each character the network
predicts the next one. The loss is −ln p, where p is the probability that the network gave to the right
character. It is 0 if the network was sure and right. It is ln V if the network guesses evenly among V
characters. (V is the number of different characters.) The loss has no
upper bound if the network was sure and wrong. On the right axis of the curves is the *perplexity*, e to the
power of the loss: at 3 the network is as unsure as in a choice among 3 equally likely
characters. Backpropagation through time goes back over the characters of
each sequence and finds the gradient. For every weight, the gradient says how the loss changes when this
weight changes. The *optimiser* then moves all weights a little against the gradient. In one *epoch* the
network reads its training text once. The training text is the first nine tenths of the text. What does not
fill a whole batch is left out, at its beginning and its end, in each epoch at another place.

**Truncated backpropagation.** The gradient goes back over one sequence only. But the state is carried on to
the next sequence. The part *Truncation* measures what each of the two is worth.

**Learning rate and clipping.** Plain SGD moves each weight by the learning rate times its gradient. Adam
also divides by the gradient's usual size (Kingma & Ba 2015). In the first steps Adam moves each weight by
about the learning rate, even if its gradient is tiny. Later most weights move less: the gradients change
their signs, so the moves partly cancel. With plain SGD, some gradients are so long that one step would move
the weights far away. Such a gradient is clipped. Clipping by *norm* shortens it and keeps its direction
(Pascanu et al. 2013). Clipping by *value* cuts each of its numbers (Mikolov 2012).

**Overfitting.** The last tenth of the text is for validation. If the training loss still falls and the
validation loss rises, the network *overfits*: it predicts its training text ever better, and new text ever
worse. There are several remedies: take more text or fewer units; stop early, or keep the weights of the
best epoch; use *dropout*, which sets some outputs, chosen at random, to 0 during training (Srivastava et
al. 2014; in recurrent networks Zaremba et al. 2014); use *weight decay*, which pulls all weights towards 0.
"""
        )

take_away("Training")
page_link("5_sampling.py", "Next: let a trained model write")
