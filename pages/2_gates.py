"""One LSTM cell, alive: one step, over time, as vectors, and six challenges."""

import streamlit as st

from lesson.course.worksheet import take_away
from lesson.frame.glossary import prose
from lesson.frame.links import choose_part
from lesson.frame.navigation import begin, page_link
from lesson.gates import next_part, one_step, over_time, vectors
from lesson.gates.cell_variants import part as cell_variants
from lesson.gates.challenges import part as challenges
from lesson.gates.gru import part as gru
from lesson.gates.parameters import PARAMETERS, PART
from lesson.widgets.questions import note_cover

begin(__file__, PARAMETERS)

PARTS = {
    "One step": one_step,
    "Over time": over_time,
    "Vectors": vectors,
    "GRU": gru,
    "Variants": cell_variants,
    "Challenges": challenges,
}
st.title("One LSTM cell")
part = choose_part(PART)
covered = PARTS[part].show()

with st.expander("The words of this page", icon=":material/menu_book:"):
    if covered:
        note_cover()
    else:
        prose(
            """
- **Cell state** $C_t$: the memory of the cell. Its way along the top of the drawing is the *cell-state path*.
  (The LSTM of 1997 kept all of C at every step. There this path was called the constant error carousel.)
  C goes to the next step, and $h_t$ is computed from it.
- **Hidden state** $h_t$: the output of the cell. The next step's gates and candidate read it,
  and so does the next layer.
- **Gate**: a number from 0 (shut) to 1 (open) by which something is multiplied. A gate itself is not
  learned: it is computed anew at every step from $x_t$ and $h_{t-1}$. Its weights and its bias are learned.
  σ, the logistic function, gives a number between 0 and 1.
- **Forget gate** $f_t$: the share of $C_{t-1}$ that is *kept*. **Input gate** $i_t$: the share of the
  candidate that is added. **Output gate** $o_t$: the share of tanh C that is shown.
- **Candidate** $\\tilde C_t$: what could be added, from −1 to 1. It is no gate, but the new value; the input
  gate decides how much of it is added. Three gates and a candidate make four blocks of weights.
- **Bias** $b$: the gate's value is $\\sigma(b)$ when x and h contribute nothing. This course and Keras start
  with $b_f = 1$, so f is about 0.73 at first. (Gers et al. 2000 introduced the forget gate and started
  with positive biases. Jozefowicz et al. 2015 recommend $b_f = 1$.)
- **Saturated**: the sum z inside σ or tanh (weights times inputs, plus bias) is so far from 0 that the curve
  is flat there. A small change of z then changes almost nothing.
- ⊙: multiply number by number. With one unit this is plain multiplication; the part *Vectors* shows it with
  more units.
- **Half-life**: the number of steps until half of C is gone, if f stays as it is and nothing is added:
  $\\ln 0.5 / \\ln f$.
- **RNN**: here the plain recurrent network. It has one state, and computes this whole state anew at every
  step. A **GRU** has gates too, but only one state, h.
- **Update gate** $z_t$ of a GRU: the share of $h_{t-1}$ that is kept; $1 - z_t$ of the candidate is added.
  **Reset gate** $r_t$: the share of $h_{t-1}$ that the candidate sees. Of h itself the share $z_t$ stays.
- **One-hot**: a character as a vector of zeros with a single 1. **Logits**: one number of any size for each
  character; **softmax** turns them into probabilities. **Loss**: −ln p, where p is the probability that the
  network gave to the right character. Its unit is the *nat*. The loss is 0 if the network was certain and
  right, and ln V if all V characters got the same probability.
"""
        )
take_away("Gates")
if part == PART.options[-1]:
    page_link("3_gradients.py", "Next: gradients, and why gates help a network to learn")
else:
    next_part.offer(part)
