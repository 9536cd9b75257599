"""The challenge Sure and wrong: a gap that the left alone fills wrong, however sure it is, and both right."""

from dataclasses import replace

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.frame.links import settings_of_link
from lesson.sampling.challenges import Challenge, Verdict
from lesson.sampling.gaps.filling import Filling, filling_of_passage, models
from lesson.sampling.parameters import GAP, HONEST_SCALE
from lesson.widgets.solved import send_solved
from visualization.numbers import percent
from visualization.text import character_in_words

SURE = 0.9  # the probability from which on the left is sure
_LAST = "gap_verdict"  # in the session state: the last check, of which text and gap


def solves(filling: Filling, at: int) -> bool:
    """Return whether the left is sure and wrong at a character, from 0, and both together are right."""
    left, both, right = filling.left[at], filling.both[at], filling.ids[at]
    return bool(left.max() >= SURE and left.argmax() != right and both.argmax() == right)


def check(filling: Filling, at: int) -> Verdict:
    """Judge a gap, with what each way says there."""
    chars, right = models().vocabulary.chars, int(filling.ids[at])
    left, both = filling.left[at], filling.both[at]
    says = (
        f"At character {at + 1} the left says {character_in_words(chars[int(left.argmax())])} with "
        f"{percent(float(left.max()))}, and both together say "
        f"{character_in_words(chars[int(both.argmax())])}. Right is {character_in_words(chars[right])}."
    )
    if solves(filling, at):
        return Verdict(True, says)
    if left.argmax() == right:
        return Verdict(False, f"{says} The left is right here.")
    if left.max() < SURE:
        return Verdict(False, f"{says} The left is wrong, but not sure: it needs {SURE:.0%} or more.")
    return Verdict(False, f"{says} The left is sure and wrong, but both together are wrong, too.")


def _solution() -> str:
    filling = filling_of_passage(HONEST_SCALE)
    places = [str(at + 1) for at in range(len(filling.text)) if solves(filling, at)]
    return (
        f"In the text *{HONEST_SCALE}*: character {' or '.join(places)}. The left cannot know that a "
        "sentence or a word goes on in a way that is rare; the right has already read how it went on."
    )


SURE_AND_WRONG = Challenge(
    "sure_and_wrong",
    "Sure and wrong",
    f"Find a gap at which the left alone is sure (its likeliest character has {SURE:.0%} or more) and wrong, "
    "and both together are right. Move the gap there, and press *Check this gap*.",
    check,
    hints=(
        "Where does the text stop being what one expects after the first letters? Try the end of a word that "
        "could be longer or shorter.",
    ),
)  # the solution is searched for when the challenge is shown: it needs both models


def sure_and_wrong() -> Challenge:
    """Return the challenge with its solution."""
    return replace(SURE_AND_WRONG, solution=_solution())


def show_challenge(filling: Filling | None) -> None:
    """Show the challenge and its check for the gap that is set."""
    challenge = sure_and_wrong()
    with st.container(border=True):
        prose(challenge.task)
        with st.container(horizontal=True, vertical_alignment="center"):
            # Not in a callback: where the gap is stands in the address, which this run has read.
            pressed = st.button("Check this gap", type="primary", icon=":material/task_alt:", key="check_gap")
            _offer_help(challenge)
        if filling is not None:
            _judge(challenge, filling, pressed)


def _offer_help(challenge: Challenge) -> None:
    count = st.session_state.get("gap_help", 0)
    if count < len(challenge.help):
        label = "Hint" if count < len(challenge.hints) else "Solution"
        st.button(label, icon=":material/lightbulb:", key="gap_hint", on_click=_more_help)
    for text in challenge.help[:count]:
        prose(text)


def _more_help() -> None:
    st.session_state["gap_help"] = st.session_state.get("gap_help", 0) + 1


def _judge(challenge: Challenge, filling: Filling, pressed: bool) -> None:
    setting, _ = settings_of_link([GAP])
    at = min(int(setting.get(GAP.name, GAP.start)), len(filling.text)) - 1
    if pressed:
        st.session_state[_LAST] = (filling.text, at, challenge.judge(filling, at))
        send_solved("sampling")
    text, last_at, verdict = st.session_state.get(_LAST, ("", -1, None))
    if verdict is None or text != filling.text:
        return
    if last_at != at:
        note("The gap has moved since the last check.")
    elif verdict.solved:
        st.success(f"**Solved.** {verdict.sentence}", icon=":material/trophy:")
    else:
        st.warning(verdict.sentence, icon=":material/search:")
