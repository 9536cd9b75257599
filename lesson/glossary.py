"""The words of the course, each in a sentence, with where it is met."""

import streamlit as st

# Term, what it is, and the page where it is met.
TERMS = (
    ("backpropagation through time", "the chain rule along the unrolled network, from its end", "Gradients"),
    ("batch", "sequences that are read side by side, for one update of the weights", "Training"),
    ("candidate C̃", "what could be written into the cell state at a step, from −1 to 1", "Gates"),
    ("cell state C", "the LSTM's memory: kept by f, added to by i ⊙ C̃", "Gates"),
    ("checkpoint", "a file with a network and its vocabulary, and perhaps its training", "Training"),
    ("clipping", "a gradient that is too long is shortened before the update", "Gradients"),
    ("entropy", "the mean surprise to be expected before a character is seen, in bits", "Sampling"),
    ("epoch", "the whole text once", "Training"),
    ("forget bias b_f", "the number that opens the forget gate before anything is learned", "Gradients"),
    ("gate", "a number from 0 to 1 for each unit, by which something is multiplied", "Gates"),
    ("gradient", "how the loss would change with a number, for every number at once", "Gradients"),
    ("half-life", "after how many steps half of C is gone: ln 0.5 / ln f", "Gates"),
    ("hidden state h", "what the cell shows of its memory, and reads again at the next step", "Gates"),
    ("learning rate", "how far the weights move along the gradient", "Training"),
    ("logit", "a network's number for a possible next character, before softmax", "Sampling"),
    ("loss", "−ln of the probability of what came, per character, in nats", "Training"),
    ("nat and bit", "units of surprise: a bit is a factor of 2, a nat of e; a nat is 1.44 bits", "Sampling"),
    ("overfitting", "the training loss falls while the validation loss rises", "Training"),
    ("recurrent", "the state of a step is an input of the next", "Start"),
    ("softmax", "e to the logit, divided by the sum of them all: numbers become probabilities", "Sampling"),
    ("spectral radius", "by how much the recurrent weights can stretch a state at a step", "Gradients"),
    ("temperature", "what logits are divided by before a character is drawn", "Sampling"),
    ("truncated", "the error goes back over one sequence only; the state goes on", "Training"),
    ("unit", "one of the H numbers of a state, with its own gates", "Gates"),
    ("validation", "text that no weight was ever adjusted to", "Training"),
    ("vanishing gradient", "the error shrinks with every step back until nothing is left", "Gradients"),
)  # fmt: skip


def glossary() -> None:
    """The part of the cheat sheet."""
    st.markdown("\n".join(f"- **{term}**: {means} *({page})*" for term, means, page in TERMS))


def words_of(page: str) -> None:
    """The words of one page, in a drawer on it."""
    with st.expander("The words of this page", icon=":material/dictionary:", key="words_of_page"):
        st.markdown("\n".join(f"- **{term}**: {means}" for term, means, where in TERMS if where == page))
