"""One LSTM cell, alive: one step, over time, as vectors, and six challenges."""

import streamlit as st

from lesson.course.worksheet import take_away
from lesson.frame.glossary import prose
from lesson.frame.links import choose_part
from lesson.frame.navigation import begin, page_link
from lesson.gates import one_step, over_time, vectors
from lesson.gates.challenges import part as challenges
from lesson.gates.parameters import PARAMETERS, PART

begin(__file__, PARAMETERS)

PARTS = {"One step": one_step, "Over time": over_time, "Vectors": vectors, "Challenges": challenges}
st.title("One LSTM cell")
PARTS[choose_part(PART)].show()

with st.expander("The words, once", icon=":material/menu_book:"):
    prose(
        """
- **Cell state** $C_t$: what the cell holds, on the belt along the top. It reaches only the next step.
- **Hidden state** $h_t$: what the cell shows, to the next step's gates and to the layer above.
- **Gate**: a number from 0 (shut) to 1 (open) that something is multiplied by. It is computed at every
  step from $x_t$ and $h_{t-1}$; only its weights and its bias are learned. σ, the logistic function,
  brings it between 0 and 1.
- **Forget gate** $f_t$: the share of $C_{t-1}$ that is *kept*. **Input gate** $i_t$: the share of the
  candidate that is added. **Output gate** $o_t$: the share of tanh C that is shown.
- **Candidate** $\\tilde C_t$: what would be written, from −1 to 1. Three gates and a candidate make the
  four blocks of weights.
- **Bias** $b$: what a gate does when nothing else speaks. $b_f = 1$ is the usual start: keep more than
  you lose (Gers et al. 2000; Jozefowicz et al. 2015).
- **Saturated**: so far out on σ or tanh that the curve is flat and small changes do nothing.
- ⊙: number by number. With one unit it is plain multiplication; *Vectors* shows what it is with more.
- **Half-life**: after how many steps half of C is gone if f stays as it is, $\\ln 0.5 / \\ln f$.
- **RNN**: a plain recurrent network, with one state that is written anew at every step. A **GRU** is
  something in between: gates, but no cell state.
- **One-hot**: a character as a vector of zeros with one 1. **Logits**: what the network says of every
  character, any numbers; **softmax** turns them into probabilities. **Loss**: −ln of the probability that
  the right character got, in *nats*; 0 is certain, ln D is guessing among D.
"""
    )
take_away("Gates")
page_link("3_gradients.py", "Next: what this is good for when a network learns")
