"""Let a trained model write, read its memory, and operate on it."""

import streamlit as st

from lesson.course.worksheet import take_away
from lesson.frame.glossary import prose
from lesson.frame.links import choose_part
from lesson.frame.navigation import begin, page_link
from lesson.sampling.memory import part as memory
from lesson.sampling.parameters import MEMORY, PARAMETERS, SURGERY, TASK, WRITE
from lesson.sampling.surgery import part as surgery
from lesson.sampling.surgery.ablation import entry_of
from lesson.sampling.surgery.sentences import in_units
from lesson.sampling.write import part as write
from lesson.widgets.display import source_of
from lstm.interpret.surgery import operate
from lstm.sampling import distribution

begin(__file__, PARAMETERS)

st.title("Sampling")
{WRITE: write.show, MEMORY: memory.show, SURGERY: surgery.show}[choose_part(TASK)]()
with st.expander(
    "Half a page: writing, reading a memory, surgery, and the code", icon=":material/menu_book:"
):
    prose(
        f"""
**Sampling.** The network reads the prompt and gives a number to each possible next character, its *logit*.
Divided by the *temperature* τ and put through softmax, the logits are probabilities. One character is drawn,
and the network reads it next. Temperature changes the draw, not the network: τ → 0 always takes the likeliest
character, τ = 1 uses the network's own probabilities, and a large τ makes all characters equally likely. *Top
k* (Fan et al. 2018) keeps only the k likeliest characters. *Top p* (Holtzman et al. 2020) keeps the likeliest
characters that reach the probability p together. The draw uses the *Gumbel trick*: random noise is added to
logit / τ, and the largest sum wins. The noise depends on the seed alone, so two settings can be compared on
the same random numbers.

**Surprise** is −log₂ of the probability of what came: 1 bit for a coin toss. Its mean over a text is the
loss in bits per character; a nat is 1.44 bits. The *perplexity* is e to the loss in nats. A perplexity of 3
means: as unsure as a choice among 3 equally likely characters. On text that it did not learn from, the fables
model has a loss of {in_units(entry_of("fables")["intact"])}. The *entropy* is the surprise to be expected
before the character is seen.

**A memory that can be read.** C, f, i, o, C̃ and h of every unit can be drawn along the text. Some units
follow something that we can name, such as being inside quotes (Karpathy, Johnson and Fei-Fei 2015). Most do
not, and among 128 units one that seems to is easily found. So a hunt must be tested on text that did not help
to find the unit, and against chance.

**Surgery.** To *clamp* a gate is to hold it at a value; to *ablate* a unit is to set its output to 0. If the
network fails then, it relied on the gate or the unit. It does not show that no network could do without it.
"""
    )
    st.code(f"{source_of(distribution)}\n\n{source_of(operate)}", language="python")

take_away("Sampling")
page_link("7_cheatsheet.py", "Next: the cheat sheet, and what is half true")
