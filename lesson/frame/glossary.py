"""The words of the course, each in a sentence; behind every first use on a page stands its entry."""

import re
from typing import NamedTuple
from urllib.parse import quote

import streamlit as st

_OWNERS = "glossary_owners"  # in the session state: which text of this page used a term first


class Term(NamedTuple):
    """A term of the course.

    name: as the glossary lists it; pattern: how prose writes it, a regular expression; page: the title of
    the page where it is met; meaning: what it is, in a sentence.
    """

    name: str
    pattern: str
    page: str
    meaning: str


TERMS = (
    Term("backpropagation through time", "backpropagation(?: through time)?", "Gradients",
         "the chain rule along the unrolled network, from its end"),
    Term("batch", "batch(?:es)?", "Training",
         "sequences that are read side by side, for one update of the weights"),
    Term("bias", "bias(?:es)?", "Gates",
         "a number that is added before σ or tanh: what a gate does when nothing else speaks"),
    Term("candidate C̃", "candidates?", "Gates",
         "what could be written into the cell state at a step, from −1 to 1"),
    Term("cell state C", "cell states?", "Gates",
         "the LSTM's memory: kept by f, added to by i ⊙ C̃"),
    Term("checkpoint", "checkpoints?", "Training",
         "a file with a network and its vocabulary, and perhaps its training"),
    Term("clipping", "clip(?:ping|ped)", "Gradients",
         "a gradient that is too long is shortened before the update"),
    Term("embedding", "embeddings?", "To PyTorch",
         "a table with a row of numbers for each character, read in place of a one-hot vector"),
    Term("entropy", "entropy", "Sampling",
         "the mean surprise to be expected before a character is seen, in bits"),
    Term("epoch", "epochs?", "Training",
         "the whole text once"),
    Term("finite difference", "finite differences?", "Gradients",
         "a slope found without any gradient, by moving a little and looking"),
    Term("forget bias b_f", "forget bias", "Gradients",
         "the number that opens the forget gate before anything is learned"),
    Term("gate", "gates?", "Gates",
         "a number from 0 to 1 for each unit, by which something is multiplied"),
    Term("gradient", "gradients?", "Gradients",
         "how the loss would change with a number, for every number at once"),
    Term("GRU", "GRUs?", "Gradients",
         "a recurrent cell with two gates and one state: z mixes the old state with a new one"),
    Term("half-life", "half-li(?:fe|ves)", "Gates",
         "after how many steps half of C is gone: ln 0.5 / ln f"),
    Term("hidden state h", "hidden states?", "Gates",
         "what the cell shows of its memory, and reads again at the next step"),
    Term("learning rate", "learning rates?", "Training",
         "how far the weights move along the gradient"),
    Term("logit", "logits?", "Sampling",
         "a network's number for a possible next character, before softmax"),
    Term("loss", "loss(?:es)?", "Training",
         "−ln of the probability of what came, per character, in nats"),
    Term("nat and bit", "nats?|bits?", "Sampling",
         "units of surprise: a bit is a factor of 2, a nat of e; a nat is 1.44 bits"),
    Term("norm", "norms?", "Gradients",
         "the length of a vector: the root of the sum of its squares"),
    Term("one-hot", "one-hot", "Gates",
         "a character as a vector of zeros with one 1"),
    Term("optimiser", "optimisers?", "Training",
         "the rule that turns gradients into a step of the weights, such as SGD or Adam"),
    Term("overfitting", "overfit(?:s|ting)?", "Training",
         "the training loss falls while the validation loss rises"),
    Term("recurrent", "recurrent", "Start",
         "the state of a step is an input of the next"),
    Term("RNN", "RNNs?", "Gradients",
         "here the plain recurrent network: one state, written anew at every step"),
    Term("saturated", "saturate[sd]?", "Gates",
         "so far out on σ or tanh that small changes do nothing"),
    Term("seed", "seeds?", "Sampling",
         "where the random numbers start: the same seed, the same luck"),
    Term("softmax", "softmax", "Sampling",
         "e to the logit, divided by the sum of them all: numbers become probabilities"),
    Term("spectral radius", "spectral radius|radius", "Gradients",
         "the largest absolute eigenvalue of the recurrent weights: their stretch per step, in the long run"),
    Term("temperature", "temperatures?", "Sampling",
         "what logits are divided by before a character is drawn"),
    Term("truncated", "truncated", "Training",
         "the error goes back over one sequence only; the state goes on"),
    Term("unit", "units?", "Gates",
         "one of the H numbers of a state, with its own gates"),
    Term("unrolled", "unrolled", "Start",
         "the same network drawn once for every step"),
    Term("validation", "validation", "Training",
         "text that no weight was ever adjusted to"),
    Term("vanishing gradient", "vanish(?:es|ing|ed)?", "Gradients",
         "the error shrinks with every step back until nothing is left"),
)  # fmt: skip

# What is left alone (rows of tables, code, formulas, links, icons and badges), and every term; the longer
# ones win.
_TERM_OR_MARKUP = re.compile(
    r"(?P<markup>^\|[^\n]*|`[^`]*`|\$[^$]*\$|\[[^\]]*\]\([^)]*\)|:[a-z-]+(?:\[[^\]]*\]|/[a-z_]+:))|(?<![\w-])(?:"
    + "|".join(
        f"(?P<t{at}>{term.pattern})"
        for at, term in sorted(enumerate(TERMS), key=lambda row: -len(row[1].pattern))
    )
    + r")(?![\w-])",
    re.IGNORECASE | re.MULTILINE,
)
_DIGITS = re.compile(r"[\d⁰¹²³⁴-⁹.,−⁻-]+")


def forget() -> None:
    """Forget which terms were used: a run of a page begins."""
    st.session_state[_OWNERS] = {}


def gloss(text: str) -> str:
    """Return Markdown with the entry behind every term that this page has not used above.

    A fragment that runs again finds its text, whatever its numbers are now, as the owner of the term, and
    the link stays.
    """
    owners = st.session_state.setdefault(_OWNERS, {})
    owner = _DIGITS.sub("", text)
    linked: set[str] = set()

    def link(match: re.Match[str]) -> str:
        group = match.lastgroup
        if group is None or group == "markup":
            return match.group()
        term = TERMS[int(group[1:])]
        if term.name in linked or owners.setdefault(term.name, owner) != owner:
            return match.group()
        linked.add(term.name)
        return f'[{match.group()}](cheatsheet?sheet=Words&term={quote(term.name)} "{term.meaning}")'

    return _TERM_OR_MARKUP.sub(link, text)


def prose(text: str) -> None:
    """Show a text of a page, with the entries behind its terms."""
    st.markdown(gloss(text))


def note(text: str) -> None:
    """Show a smaller text of a page, with the entries behind its terms."""
    st.caption(gloss(text))


def glossary() -> None:
    """Show every term with its meaning; on top the one that the address names by `term`."""
    name = st.query_params.get("term", "")
    named = [term for term in TERMS if term.name.casefold() == name.casefold()]
    for term in named:
        st.info(f"**{term.name}**: {term.meaning}", icon=":material/dictionary:")
    if name and not named:
        st.warning("The link's `term` is none of these words.", icon=":material/link_off:")
    st.markdown("\n".join(f"- **{term.name}**: {term.meaning} *({term.page})*" for term in TERMS))
