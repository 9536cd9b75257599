"""What is said of two cells side by side, in words computed from their numbers."""

import numpy as np
from numpy.typing import NDArray

from lesson.gates.cell_variants.kinds import LINES, Kind
from lesson.gates.cell_variants.runs import Case
from lesson.gates.cell_variants.solutions import reasons
from lesson.gates.challenges.catalogue import CHALLENGES
from lesson.widgets.inline_html import inline_html
from visualization.numbers import number

_C, _H = LINES.index("C"), LINES.index("h")


def run_words(kind: Kind, both: NDArray) -> str:
    """Say as HTML how far the states of both cells are apart; both: (2, 6, T), the variant first."""
    C, (own, lstm) = both[:, _C], both[:, _C, -1]
    T, t = C.shape[1], int(np.abs(C[0] - C[1]).argmax())
    ends = (
        f"After {T} steps C is **{number(own)}** in {kind.spoken} and **{number(lstm)}** in the LSTM of the "
        "course, with the same weights."
    )
    apart = number(abs(C[0, t] - C[1, t]))
    if float(apart) == 0:
        return inline_html(f"{ends} To two digits, both have the same C at every step.")
    return inline_html(f"{ends} C differs most at step {t + 1}, by {apart}.")


def challenge_words(kind: Kind, case: Case, failed: int, trials: int) -> str:
    """Say as HTML whether a setting passes a challenge, and if nothing can, why."""
    title = CHALLENGES[case.challenge].title
    if not failed:
        return inline_html(f"**{title}: passes.** All {trials} hidden sequences are in the allowed range.")
    fail = "fails" if failed == 1 else "fail"
    result = f"**{title}:** {failed} of {trials} hidden sequences {fail}."
    if case.passes:
        return inline_html(f"{result} Another setting passes: press ✓ in the table.")
    return inline_html(f"{result} **Why {kind.spoken} can't pass:** {reasons()[kind.name, case.challenge]}")


def alt(kind: Kind, both: NDArray) -> str:
    """Describe the picture: the states of both cells at the end."""
    (C, C_lstm), (h, h_lstm) = both[:, _C, -1], both[:, _H, -1]
    return (
        f"C and h of {kind.spoken} and of the LSTM over {both.shape[2]} steps. At the end C is {number(C)} "
        f"and {number(C_lstm)}, h is {number(h)} and {number(h_lstm)}."
    )
