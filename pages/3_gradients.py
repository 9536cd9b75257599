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
part = choose_part(VIEW)
covered = PARTS[part].show()

with st.expander("Equations, words and sources", icon=":material/menu_book:"):
    prose("One step back multiplies the gradient by this matrix, transposed:")
    if PARTS[part] is product and not covered:  # it is what this part asks for, so no part before says it
        st.latex(r"\text{RNN: } \frac{\partial h_t}{\partial h_{t-1}} = \mathrm{diag}(1 - h_t^2)\, W_h")
    st.latex(
        r"\text{LSTM, cell-state path: } \frac{\partial C_t}{\partial C_{t-1}} = \mathrm{diag}(f_t)"
        r"\qquad \text{GRU, direct path: } \frac{\partial h_t}{\partial h_{t-1}} = \mathrm{diag}(z_t)"
    )
    prose(
        """
- **Gradient** ∂L/∂h: how the loss L changes when h changes a little, one number for each unit. Its **norm**
  is the length of this vector.
- **tanh'**: the slope of tanh. It is 1 at 0 and smaller everywhere else.
- **Backpropagation through time**: the chain rule, from the last step back to the first.
- **Vanishing, exploding**: over many steps the gradient becomes too small to learn from, or too large.
- **Cell-state path**: the gradient path from C to C, on which each step multiplies by the forget gate f.
  The LSTM of 1997 had f = 1 at every step, and called this path the constant error carousel.
- **Path through h**: all other ways from C to C.
- **Forget bias** $b_f$ and **update-gate bias** $b_z$: they set the forget gate f of an LSTM and the update
  gate z of a GRU when x and h contribute nothing. z is the share of h that is kept.
- **Spectral radius** of the recurrent weights: the factor by which each of many multiplications with them
  changes the length of a vector, on average. (In algebra: the largest absolute eigenvalue.)
- **Finite difference**: how much the loss changes when one number is changed a little.
- **Clipping** shortens a gradient that is too long: by value, every number is limited to a range; by global
  norm, all numbers are multiplied by the same factor.
- **Cosine** of two vectors: 1 for the same direction, 0 for a right angle, −1 for opposite directions.
- **Seed**: a number that fixes all random numbers of a network. Another seed gives another network.
- **Median**: the middle one of all values, in order.
"""
    )
    note(
        "Vanishing gradients: Hochreiter 1991; Bengio, Simard & Frasconi 1994. The constant error carousel: "
        "Hochreiter & Schmidhuber 1997. Forget gates: Gers, Schmidhuber & Cummins 2000. A forget bias of 1: "
        "Jozefowicz, Zaremba & Sutskever 2015."
    )
take_away("Gradients")
page_link("4_training.py", "Next: watch a network learn")
