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
**Sampling.** The network reads the prompt and gives a number to each possible next character, its *logit*.
The logits are divided by the *temperature* τ; softmax then turns them into probabilities. One character is
drawn, and the network reads it next. Temperature changes the draw, not the network. At τ = 0 the likeliest
character is always taken. At τ = 1 the draw uses the network's own probabilities. The larger τ is, the more
alike all probabilities become. *Top k* (Fan et al. 2018) allows only the k likeliest characters. *Top p*
(Holtzman et al. 2020) takes the likeliest characters, one after the other, until their probabilities add up
to at least p, and allows only these. The draw uses the *Gumbel trick*: a random number is added to each
logit / τ, and the character with the largest sum is taken. These random numbers depend on the seed alone.
So two settings can be compared with the same random numbers.

**Surprise.** The surprise at a character is −log₂ of the probability that the network gave to this character:
1 bit for a probability of ½, 2 bits for ¼. The mean surprise over a text is the loss in bits per character;
1 nat is 1.44 bits. The *perplexity* is e to the power of the loss in nats. A perplexity of 3 means that the
network is as unsure as in a choice among 3 equally likely characters. On text that it did not learn from, the
fables model has a loss of {in_units(entry_of("fables")["intact"])}. The *entropy* is the surprise that is
expected before the character is seen.

**A memory that can be read.** The page draws C, f, i, o, C̃ and h of every unit along the text. Some units
follow something that we can name, such as being inside quotes (Karpathy, Johnson and Fei-Fei 2015). Most
units do not. But among 128 units it is easy to find one that only seems to follow something. So test the unit
that you found on other text, and compare its score with what chance gives.

**Surgery.** To *clamp* a gate is to hold it at a value. To *ablate* a unit is to set its state to 0; in an
LSTM this is C, and then h is 0 too. If the network predicts much worse after that, it may have relied on this
gate or unit. Or the operation brings it into states that it never met in training. Also, a network that was
trained without this gate or unit may predict just as well.
"""
    )
    st.code(f"{source_of(distribution)}\n\n{source_of(operate)}", language="python")

take_away("Sampling")
page_link("6_series.py", "Next: series of numbers instead of characters")
