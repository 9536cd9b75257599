"""Let a trained model write, read its memory, and hold its gates."""

import streamlit as st

from lesson.course.worksheet import take_away
from lesson.frame.glossary import prose
from lesson.frame.links import choose_part
from lesson.frame.navigation import begin, page_link
from lesson.sampling.memory import part as memory
from lesson.sampling.parameters import MEMORY, PARAMETERS, SURGERY, TASK, WRITE
from lesson.sampling.surgery import part as surgery
from lesson.sampling.write import part as write
from lesson.widgets.display import show_source
from lstm.sampling import distribution

begin(__file__, PARAMETERS)

st.title("Sampling")
{WRITE: write.show, MEMORY: memory.show, SURGERY: surgery.show}[choose_part(TASK)]()
prose(
    "The network reads the prompt and says how likely each next character is; one is drawn, and that one is "
    "what it reads next. **Temperature** changes the draw, not the network."
)

show_source(distribution, "What a character is drawn from, as the code does it")
with st.expander("Half a page: writing, and reading a memory", icon=":material/menu_book:"):
    prose(
        """
**Sampling.** After every character the network has a number for each possible next one, its *logit*.
Divided by the *temperature* τ and put through softmax they are probabilities, and one character is drawn.
τ → 0 always takes the likeliest, τ = 1 is the network as it was trained, and a large τ forgets what it had
learned. *Top k* and *top p* leave out unlikely characters before the draw (Holtzman et al. 2020). Here the
draw is made with the *Gumbel trick*: noise is added to logit / τ and the largest wins. The noise depends on
the seed alone, so two settings can meet the same luck.

**Surprise** is −log₂ of the probability of what came: 1 bit is a coin toss. Its mean over a text is the loss,
in bits instead of nats (a nat is 1.44 bits); the *entropy* is what it is expected to be before the character
is seen.

**A memory that can be read.** C, f, i, o, C̃ and h of every unit can be drawn along the text. Some units
follow something that we have a word for, such as being inside quotes (Karpathy, Johnson and Fei-Fei 2015);
most do not, and a unit that seems to is easily found among 128. So a hunt is only worth something on text
that did not help to find the unit, and against chance.

**Surgery.** To hold a gate asks what the trained network does without it. That it breaks shows that it
relied on the gate, not that no network could do without it.
"""
    )

take_away("Sampling")
page_link("7_cheatsheet.py", "Next: the cheat sheet, and what is half true")
