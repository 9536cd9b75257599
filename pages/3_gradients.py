"""What really happens to an error on its way back through time."""

import streamlit as st

from lesson.course.worksheet import take_away
from lesson.frame.glossary import prose
from lesson.frame.links import choose_part
from lesson.frame.navigation import begin, page_link
from lesson.gradients import explosion, race, recall_experiment, two_paths
from lesson.gradients.challenges import part as challenges
from lesson.gradients.parameters import PARAMETERS, VIEW

begin(__file__, PARAMETERS)

PARTS = {
    "The race": race,
    "Two roads": two_paths,
    "Explosion": explosion,
    "Does it matter?": recall_experiment,
    "Challenges": challenges,
}
st.title("Gradients through time")
PARTS[choose_part(VIEW)].show()

with st.expander("The words, once", icon=":material/menu_book:"):
    prose(
        """
- **Gradient** ∂L/∂h: by how much the error L changes when h changes a little, one number a unit. Its
  **norm** is the length of this vector; what is drawn is the norm's share of what was put in.
- **Backpropagation through time**: the chain rule, from the last step back to the first.
- **Vanishing, exploding**: the product over many steps becomes too small to teach anything, or too
  large.
- **The belt**: the cell state's own road, where each step multiplies by the forget gate f.
- **Forget bias** $b_f$, **keep bias** $b_z$: what the gate that keeps does when nothing else speaks; z
  is to a GRU what f is to an LSTM.
- **Spectral radius**: the largest absolute eigenvalue of the recurrent weights; over many steps they
  stretch a state by it at each.
- **Finite difference**: the same slope found without any gradient, by moving a little and looking.
- **Clipping**: shortening a gradient that is too long, number by number (by value) or as a whole (by
  global norm). The **cosine** between two vectors is 1 if they have the same direction, 0 if they have
  nothing in common.
- **Seed**: where the random numbers start; another seed is another network of the same kind.
"""
    )
take_away("Gradients")
page_link("4_training.py", "Next: watch a network learn")
