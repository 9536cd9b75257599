"""The terms of the course, each in a sentence; behind every first use on a page stands its entry.

The entry is the text of a link to the list of all terms. The browser shows it on the page where the term
stands (`assets/glossary/entry.js`), so that nobody has to leave it.
"""

import re
from typing import NamedTuple
from urllib.parse import quote

import streamlit as st

from lesson.frame.memo import memo
from visualization.text import unbroken

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
    Term("ablate", "ablat(?:es?|ed|ing|ions?)", "Sampling",
         "take out a part to see what it does; a unit is ablated by setting its state (C, and so h) to 0"),
    Term("Adam", "Adam", "Training",
         "an optimiser: it fits the size of each weight's step to the gradients that this weight has had"),
    Term("attention", "attention", "Cheat sheet",
         "each character looks directly at the earlier ones, and weighs how much it takes from each"),
    Term("backpropagation through time", "backpropagation(?: through time)?", "Gradients",
         "the chain rule along the unrolled network, from the last step back to the first"),
    Term("batch", "batch(?:es)?", "Training",
         "sequences that are read side by side, for one update of the weights"),
    Term("bias", "bias(?:es)?", "Gates",
         "a number that is added before σ or tanh; where x and h contribute nothing, a gate is σ(bias)"),
    Term("bits per character", "bits per character", "Training",
         "the loss in bits instead of nats: divided by ln 2"),
    Term("candidate C̃", "candidates?", "Gates",
         "numbers from −1 to 1 that could go into the state at this step"),
    Term("cell state C", "cell states?", "Gates",
         "the LSTM's memory, passed on from step to step; gates decide what is kept and what is added"),
    Term("cell-state path", "cell-state paths?|constant error carousel", "Gradients",
         "the gradient path through C alone: each step multiplies by f (if f = 1: constant error carousel)"),
    Term("character-pair table", "character-pair tables?|tables? of character pairs", "Sampling",
         "says for each character how often each character comes next; it knows only the last character"),
    Term("checkpoint", "checkpoints?", "Training",
         "a file with a network and its vocabulary, and often what is needed to go on training it"),
    Term("clamp", "clamp(?:s|ed|ing)?", "Sampling",
         "hold a gate at a value of your choice, whatever the network computes for it"),
    Term("clipping", "clip(?:ping|ped)", "Gradients",
         "before the update a gradient's length is limited (by norm), or each of its numbers (by value)"),
    Term("dropout", "dropout", "Training",
         "in training, some outputs of a layer, chosen at random, are set to 0; this reduces overfitting"),
    Term("embedding", "embeddings?", "To PyTorch",
         "a table with a row of numbers for each character; a network reads this row, not a one-hot vector"),
    Term("entropy", "entropy", "Sampling",
         "how large the surprise will be on average, computed before the character is seen; in bits"),
    Term("epoch", "epochs?", "Training",
         "one pass through the training part of the text"),
    Term("finite difference", "finite differences?", "Gradients",
         "a measured slope: change one number a little, compute the loss again, and take the difference"),
    Term("forget bias b_f", "forget bias", "Gradients",
         "the bias of the forget gate; before training the value of this gate is about σ(b_f)"),
    Term("free running", "free running", "Sampling",
         "a network that writes reads the characters that it drew itself; the contrary of teacher forcing"),
    Term("gate", "gates?", "Gates",
         "a number from 0 to 1, for each unit, that multiplies another number"),
    Term("gradient", "gradients?", "Gradients",
         "for each number of the network: how fast the loss changes if this number changes"),
    Term("gradient path", "gradient paths?", "Gradients",
         "an error's way back in time: through C alone, or through h, which changes candidate and gates"),
    Term("GRU", "GRUs?", "Gradients",
         "a recurrent cell with two gates, update z and reset r, and one state, h"),
    Term("half-life", "half-li(?:fe|ves)", "Gates",
         "the number of steps after which half of C is gone if f stays as it is: ln 0.5 / ln f"),
    Term("hidden state h", "hidden states?", "Gates",
         "the state that a recurrent network computes anew at each step; an LSTM has C besides"),
    Term("learning rate", "learning rates?", "Training",
         "the factor that says how far each update moves the weights against the gradient"),
    Term("logit", "logits?", "Sampling",
         "a network's score for a possible next character, before softmax"),
    Term("loss", "loss(?:es)?", "Training",
         "the mean of −ln p, in nats; p is the probability that the network gave to the right character"),
    Term("memorise", "memoris(?:es?|ed|ing)", "Training",
         "learn a text so that it can be written again letter by letter"),
    Term("n-gram", "(?:n|[0-9]+)-grams?", "Sampling",
         "n characters in a row; a 20-gram is a piece of 20 characters"),
    Term("NaN", "NaN", "Training",
         "“not a number”: ∞ − ∞ or 0 · ∞, after an overflow; once a weight is NaN, training cannot go on"),
    Term("nat and bit", "nats?|bits?", "Sampling",
         "units of surprise: 1 bit more means half as likely; 1 nat is 1.44 bits"),
    Term("norm", "norms?", "Gradients",
         "the length of a vector: the square root of the sum of its squared numbers"),
    Term("one-hot", "one-hot", "Gates",
         "a character as a vector of zeros with a single 1"),
    Term("optimiser", "optimisers?", "Training",
         "the rule that turns gradients into a step of the weights, such as SGD or Adam"),
    Term("orthogonal matrix", "orthogonal", "Gradients",
         "a square matrix that turns a vector and does not change its length (or mirrors it)"),
    Term("output layer", "output layers?", "Gates",
         "the weights that turn what the network computed into a logit for each character"),
    Term("overfitting", "overfit(?:s|ted|ting)?", "Training",
         "the training loss falls while the validation loss rises"),
    Term("perplexity", "perplexity", "Sampling",
         "e^loss: the network is as unsure as in a choice among this many equally likely characters"),
    Term("recurrent", "recurrent", "Start",
         "said of a network in which the state of one step is an input of the next step"),
    Term("RNN", "RNNs?", "Gradients",
         "here the plain recurrent network: one state, computed anew at every step"),
    Term("saturated", "saturate[sd]?", "Gates",
         "said of a gate or C̃: its sum z is so far from 0 that the curve of σ or tanh is flat there"),
    Term("seed", "(?:random )?seeds?", "Sampling",
         "a number that fixes the random numbers: the same seed gives the same random numbers"),
    Term("size of inputs", "inputs? of size|size of (?:the |an )?inputs?|input size", "Gradients",
         "the standard deviation of the random numbers that the networks read; their mean is 0"),
    Term("softmax", "softmax", "Sampling",
         "turns logits into probabilities: e^logit, divided by the sum of e^logit over all characters"),
    Term("spectral radius", "spectral radius|radius", "Gradients",
         "how much recurrent weights stretch a vector per step in the long run; their largest |eigenvalue|"),
    Term("surprise", "surprise", "Sampling",
         "−log₂ p in bits, where p is the probability that the network gave to the character that came"),
    Term("teacher forcing", "teacher forcing", "Training",
         "in training each input is the true character, not the one that the network would have drawn"),
    Term("temperature", "temperatures?", "Sampling",
         "the number by which all logits are divided before a character is drawn"),
    Term("Transformer", "Transformers?", "Cheat sheet",
         "a network without recurrence: each character looks directly at all earlier ones, by attention"),
    Term("truncated backpropagation", "truncated(?: backpropagation(?: through time)?)?", "Training",
         "the gradient goes back over one sequence only, while the state is carried on to the next"),
    Term("unit", "units?", "Gates",
         "one of the H numbers of a state, with its own gates"),
    Term("unrolled", "unrolled", "Start",
         "drawn with a copy of the same network for every step"),
    Term("update gate z", "update gates?|update-gate bias", "Gradients",
         "the share of its old h that a GRU keeps; the rest, 1 − z, comes from the candidate"),
    Term("validation", "validation", "Training",
         "text that the network is tested on and never trained on"),
    Term("vanishing gradient", "vanishing gradients?|vanish(?:es|ing|ed)?", "Gradients",
         "a gradient that gets smaller with every step back, until almost nothing is left"),
    Term("weight decay", "weight decay", "Training",
         "at each update all weights are made a little smaller, so that they do not grow large"),
)  # fmt: skip

# What is left alone (rows of tables, code, formulas, links, icons and badges, and the names of pages and
# buttons: in italics with a capital), and every term; the longer ones win.
_TERM_OR_MARKUP = re.compile(
    r"(?P<markup>^\|[^\n]*|`[^`]*`|\$\$[^$]*\$\$|\$[^$]*\$|\[[^\]]*\]\([^)]*\)|:[a-z-]+(?:\[[^\]]*\]|/[a-z_]+:)"
    r"|(?<!\*)\*(?!\*)(?-i:[A-Z])[^*\n]*\*(?!\*))|(?<![\w-])(?:"
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
    pieces, done = [], 0
    for start, end, number in _terms_in(text):
        term = TERMS[number]
        if term.name in linked or owners.setdefault(term.name, owner) != owner:
            continue
        linked.add(term.name)
        link = f'[{text[start:end]}](cheatsheet?sheet=Words&term={quote(term.name)} "{term.meaning}")'
        pieces += [text[done:start], link]
        done = end
    return "".join([*pieces, text[done:]])


@memo(entries=2_000)
def _terms_in(text: str) -> tuple[tuple[int, int, int], ...]:
    """Return where the terms of a text begin and end, and each one's number among TERMS; a page has up to
    fifty texts, and most are the same for everybody."""
    groups = ((match.span(), match.lastgroup) for match in _TERM_OR_MARKUP.finditer(text))
    return tuple((*span, int(group[1:])) for span, group in groups if group and group != "markup")


def prose(text: str) -> None:
    """Show a text of a page, with the entries behind its terms."""
    st.markdown(unbroken(gloss(text)))


def note(text: str) -> None:
    """Show a smaller text of a page, with the entries behind its terms."""
    st.caption(unbroken(gloss(text)))


def glossary() -> None:
    """Show every term with its meaning; on top the one that the address names by `term`."""
    name = st.query_params.get("term", "")
    if term := _entry(name):
        st.info(f"**{term.name}**: {term.meaning}", icon=":material/dictionary:")
    elif name:
        words = "This link asks for a term that does not exist; showing all terms."
        st.warning(words, icon=":material/link_off:")
    st.markdown("\n".join(f"- **{term.name}**: {term.meaning} *({term.page})*" for term in TERMS))


def _entry(name: str) -> Term | None:
    """Return the term with this name, or the first that a text may write so; None if there is none."""
    named = [term for term in TERMS if term.name.casefold() == name.casefold()]
    written = [term for term in TERMS if re.fullmatch(term.pattern, name, re.IGNORECASE)]
    return next(iter(named + written), None)
