"""What really happens to an error on its way back through time."""

import streamlit as st

from lesson.course.worksheet import take_away
from lesson.frame.glossary import note, prose
from lesson.frame.links import choose_part
from lesson.frame.navigation import begin, page_link
from lesson.gradients import race, recall_experiment, two_paths
from lesson.gradients.challenges import part as challenges
from lesson.gradients.explosion import part as explosion
from lesson.gradients.first_weights import part as first_weights
from lesson.gradients.parameters import PARAMETERS, VIEW
from lesson.gradients.product import part as product
from lstm.equations import sigmoid
from visualization.numbers import scientific

begin(__file__, PARAMETERS)

PARTS = {
    "The race": race,
    "The RNN's product": product,
    "Two gradient paths": two_paths,
    "Explosion": explosion,
    "Does it matter?": recall_experiment,
    "Where it starts": first_weights,
    "Challenges": challenges,
}
st.title("Gradients")
covered = PARTS[choose_part(VIEW)].show()

with st.expander("Equations, words and sources", icon=":material/menu_book:"):
    f = float(sigmoid(1.0))
    prose("Going back one step multiplies the gradient by one factor, this matrix, transposed:")
    if not covered:  # it is what the part *The RNN's product* asks for
        st.latex(r"\text{RNN: } \frac{\partial h_t}{\partial h_{t-1}} = \mathrm{diag}(1 - h_t^2)\, W_h")
    st.latex(
        r"\text{LSTM, cell-state path: } \frac{\partial C_t}{\partial C_{t-1}} = \mathrm{diag}(f_t)"
        r"\qquad \text{GRU, direct path: } \frac{\partial h_t}{\partial h_{t-1}} = \mathrm{diag}(z_t)"
    )
    prose(
        f"""
An example: let $b_f = 1$, and let x and h contribute nothing. Then f = σ(1) = {f:.3f}. Over 50 steps the
cell-state path multiplies by {f:.3f} fifty times, which makes {scientific(f**50)}.

- **Gradient** ∂L/∂h: how the loss L changes when h changes a little, one number for each unit. Its **norm**
  is the length of this vector.
- **tanh'**: the slope of tanh. It is 1 at 0 and smaller everywhere else.
- **Backpropagation through time**: the chain rule, from the last step back to the first.
- **Vanishing, exploding**: over many steps the gradient becomes too small to learn from, or too large.
- **Cell-state path**: the gradient path from C to C, on which each step multiplies by the forget gate f.
  The LSTM of 1997 had no forget gate: its factor was f = 1 at every step, and this path was called the
  constant error carousel.
- **Path through h**: all other ways from C to C. C changes h, h changes the candidate and the gates, and
  these change the next C.
- **Forget bias** $b_f$: it sets the forget gate f of an LSTM when x and h contribute nothing.
- **Update-gate bias** $b_z$: it sets the update gate z of a GRU in the same way. z is the share of h that
  is kept, and 1 − z is the share of new values that are written. So a GRU that keeps all of h (z = 1) can
  write nothing new.
- **Spectral radius** of the recurrent weights: multiply a vector by these weights again and again. In the
  long run each multiplication changes its length by the same factor, on average. This factor is the
  spectral radius. (In algebra: the largest absolute eigenvalue.)
- **Finite difference**: the slope of the loss, measured without backpropagation: change one
  number a little, and see how the loss changes.
- **Clipping**: a gradient that is too long is made shorter. Clipping by value limits every number to a
  range. Clipping by global norm multiplies all numbers by the same factor.
- **Cosine** of two vectors: 1 if they have the same direction, 0 if they are at a right angle, −1 if they
  have opposite directions.
- **Seed**: a number that fixes all random numbers of a network. Another seed gives another network of the
  same kind.
- **Median**: the middle value when all values are put in order.
"""
    )
    note(
        "Vanishing gradients: Hochreiter 1991; Bengio, Simard & Frasconi 1994. The constant error carousel: "
        "Hochreiter & Schmidhuber 1997. Forget gates: Gers, Schmidhuber & Cummins 2000. A forget bias of 1: "
        "Jozefowicz, Zaremba & Sutskever 2015."
    )
take_away("Gradients")
page_link("4_training.py", "Next: watch a network learn")
