"""Let a trained model write, read its memory, and operate on it."""

import streamlit as st

from lesson.course.worksheet import take_away
from lesson.frame.glossary import prose
from lesson.frame.links import choose_part
from lesson.frame.navigation import begin, page_link
from lesson.sampling.gaps import part as gaps
from lesson.sampling.memory import part as memory
from lesson.sampling.own_mistakes import part as own_mistakes
from lesson.sampling.parameters import (
    GAPS,
    MEMORY,
    OWN_MISTAKES,
    PARAMETERS,
    SURGERY,
    TASK,
    TWO_LAYERS,
    WRITE,
)
from lesson.sampling.surgery import part as surgery
from lesson.sampling.surgery.ablation import entry_of
from lesson.sampling.surgery.sentences import in_units
from lesson.sampling.two_layers import part as two_layers
from lesson.sampling.write import part as write
from lesson.widgets.display import source_of
from lstm.interpret.surgery import operate
from lstm.sampling import distribution

begin(__file__, PARAMETERS)

st.title("Sampling")
PARTS = {
    WRITE: write,
    MEMORY: memory,
    SURGERY: surgery,
    OWN_MISTAKES: own_mistakes,
    TWO_LAYERS: two_layers,
    GAPS: gaps,
}
PARTS[choose_part(TASK)].show()
with st.expander(
    "Half a page: writing, reading a memory, surgery, and the code", icon=":material/menu_book:"
):
    prose(
        f"""
**Sampling.** The network reads the prompt and gives each possible next character a number, its *logit*. The
logits are divided by the *temperature* τ; softmax then turns them into probabilities. One character is drawn,
and the network reads it next. Temperature changes the draw, not the network. At τ = 0 the likeliest character
is always taken, at τ = 1 the draw uses the network's own probabilities, and the larger τ is, the more alike
all probabilities become. *Top k* (Fan et al. 2018) allows only the k likeliest characters; *top p* (Holtzman
et al. 2020) only as many of the likeliest as it takes to reach the probability p together. A draw adds random
numbers (of Gumbel's distribution) to the logits / τ and takes the largest sum. They depend on the seed alone,
so two settings can be compared with the same ones.

**Surprise.** The surprise at a character is −log₂ of its probability: 1 bit for ½, 2 bits for ¼. Its mean
over a text is the loss in bits per character; 1 nat is 1.44 bits. The *perplexity* is e to the power of the
loss in nats: at 3 the network is as unsure as in a choice among 3 equally likely characters. On held-out text
the fables model has a loss of {in_units(entry_of("fables")["intact"])}. The *entropy* is the surprise that is
expected before the character is seen.

**A memory that can be read.** Some units follow something that we can name, such as being inside quotes
(Karpathy, Johnson and Fei-Fei 2015). Most units do not. Among 128 units one often seems to follow a rule by
chance alone: hence the control rules of the hunt.

**Surgery.** To *clamp* a gate is to hold it at a value. To *ablate* a unit is to set its state to 0 (in an
LSTM C, and so h). If the network predicts much worse after that, it may have relied on this gate or unit. Or
it is now in states that it never met in training.
"""
    )
    st.code(f"{source_of(distribution)}\n\n{source_of(operate)}", language="python")

take_away("Sampling")
page_link("6_series.py", "Next: series of numbers instead of characters")
