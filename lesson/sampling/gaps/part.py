"""The part *Fill the gaps*: a model that reads from the left, one that reads backwards, and both together."""

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.frame.links import complain, mend
from lesson.frame.style import theme
from lesson.sampling.gaps.challenge import look_of_challenge, show_help, take_solved
from lesson.sampling.gaps.filling import OWN, SHORTEST, models, passages
from lesson.sampling.gaps.questions import RATES, questions
from lesson.sampling.gaps.sentences import undivided
from lesson.sampling.parameters import GAP, GAP_TEXT, LONGEST_GAP_TEXT, OWN_TEXT
from lesson.widgets.display import source_of
from lesson.widgets.panel import Control, Panel
from lesson.widgets.questions import ask
from lesson.widgets.unknown_characters import readable
from lstm.interpret.gaps import both_sides, reading_on
from visualization.palette import GREY, colour

_TYPED = "gap_typed"  # in the session state: the visitor's own text
_KEY = "gaps"
_PANEL = Panel("gaps", "sampling/gaps")


def show() -> None:
    """Ask how much both sides gain, then let a gap be moved along a text."""
    covered = ask(questions(), "gaps")
    panel = st.container()  # above the choice of the text: gap and charts are seen first
    text = _choose_text()
    if text is not None:
        fixed, length = text
        with panel:
            # The slider is as long as the text; what a link says beyond it is mended, and said.
            gap = GAP.within(1, length, min(GAP.start, length))
            _PANEL.show(
                _KEY, [Control(gap, along=True)], page="sampling", fixed=fixed, by_post=OWN in fixed,
                look=_look() | look_of_challenge(), covered=covered,
                on_solved_change=lambda: take_solved(_KEY),
            )  # fmt: skip
            show_help()
    with st.expander("Half a page: two directions, and what a product assumes", icon=":material/menu_book:"):
        prose(_HALF_A_PAGE + ("" if RATES in covered else undivided()))
        st.code(f"{source_of(both_sides)}\n\n{source_of(reading_on)}", language="python")


def _choose_text() -> tuple[dict[str, str], int] | None:
    """Draw the choice of the text; return what is asked with, and the length; None without a text."""
    complain(mend(GAP_TEXT))
    choice = GAP_TEXT.segmented_control()
    if choice != OWN_TEXT:
        return {GAP_TEXT.name: choice}, len(passages()[choice])
    typed = st.text_area(
        f"Your text (its first {LONGEST_GAP_TEXT} characters are read, and stored nowhere)", key=_TYPED,
        height=100, persist_state="session",
        placeholder="Type a sentence or two, in the manner of a fable.",
    )  # fmt: skip
    if len(typed) > LONGEST_GAP_TEXT:
        note(f"Your text has {len(typed):,} characters; the first {LONGEST_GAP_TEXT} are read.")
    text = readable(typed[:LONGEST_GAP_TEXT], models().vocabulary)
    if len(text) < SHORTEST:
        st.info(
            f"A gap needs a text of {SHORTEST} characters or more that the models know.",
            icon=":material/edit:",
        )
        return None
    return {GAP_TEXT.name: choice, OWN: text}, len(text)


def _look() -> dict[str, object]:
    tone = theme()
    return {"colour": colour("h", tone), "grey": GREY[tone]}


_HALF_A_PAGE = """
**Two directions.** The model from the left is the fables model. The other one has learned the same text, by
the same recipe, from the last character to the first. A *bidirectional* network has both directions in one
and is trained as a whole (Schuster & Paliwal 1997; with LSTMs Graves & Schmidhuber 2005). It is right for
what is there from beginning to end: a recording, a text with a gap. It can't write from left to right: it
would have to read what is not yet written.

**The product.** By Bayes' rule p(c | left, right) is p(c | left) · p(c | right) / p(c), divided by its sum
over all c, *if* left and right are independent of each other once c is known. In a text they are not: both
belong to the same word. So the product can be sure of a character with which the two halves don't fit
together. **Reading on** assumes nothing of this kind: p(c | left) · p(right | left, c) puts each character
into the gap and asks how well the same model predicts what follows. It needs no second model, but reads the
rest of the text once for each character. """
