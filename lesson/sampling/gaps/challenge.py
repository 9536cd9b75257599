"""The challenge Sure and wrong: a gap that the left alone fills wrong, however sure it is, and both right."""

from dataclasses import replace

from lesson.frame.glossary import prose
from lesson.sampling.challenges import Challenge, Verdict, offer_help
from lesson.sampling.gaps.filling import Filling, filling_of_passage
from lesson.sampling.parameters import HONEST_SCALE
from lesson.widgets.drawing import sent_value
from lesson.widgets.inline_html import inline_html
from lesson.widgets.solved import mark_solved, solved
from visualization.numbers import percent

SURE = 0.9  # the probability from which on the left is sure


def solves(filling: Filling, at: int) -> bool:
    """Return whether the left is sure and wrong at a character, from 0, and both together are right."""
    left, both, right = filling.left[at], filling.both[at], filling.ids[at]
    return bool(left.max() >= SURE and left.argmax() != right and both.argmax() == right)


def check(filling: Filling, at: int) -> Verdict:
    """Judge a gap; what each way says there stands beside the charts."""
    left, both, right = filling.left[at], filling.both[at], int(filling.ids[at])
    here, share = f"At character {at + 1} the left", percent(float(left.max()))
    if left.argmax() == right:
        return Verdict(False, f"{here} is right.")
    if left.max() < SURE:
        return Verdict(False, f"{here} is wrong, but not sure: {share} is less than {SURE:.0%}.")
    if both.argmax() != right:
        return Verdict(False, f"{here} is sure ({share}) and wrong, but both together are wrong, too.")
    return Verdict(True, f"{here} is sure ({share}) and wrong, and both together are right.")


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


def verdict_of(filling: Filling, at: int) -> dict[str, object]:
    """Return the verdict on a gap as the panel shows it."""
    verdict = check(filling, at)
    says = f"**Solved.** {verdict.sentence}" if verdict.solved else verdict.sentence
    return {"solved": verdict.solved, "says": inline_html(says)}


def look_of_challenge() -> dict[str, object]:
    """Return what the panel shows of the challenge."""
    return {
        "name": SURE_AND_WRONG.name,
        "task": inline_html(SURE_AND_WRONG.task),
        "button": "Check this gap",
        "solved": SURE_AND_WRONG.name in solved("sampling"),
    }


def take_solved(key: str) -> None:
    """Note that the panel with this key has found the challenge solved."""
    if sent_value(key, "solved") == SURE_AND_WRONG.name:
        mark_solved("sampling", SURE_AND_WRONG.name)


def show_help() -> None:
    """Show the hints and the solution, one after the other."""
    for text in offer_help(sure_and_wrong(), "gap"):
        prose(text)
