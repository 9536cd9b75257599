"""What stays covered on the live cell while a question above it stands unanswered."""

from collections.abc import Collection
from typing import Any, NamedTuple

from lesson.widgets.questions import cover_sentence

# Besides the sentences (WORDS of the questions): the equations and the code, the word “kept” in the drawing,
# the curves over time.
EQUATIONS, LABELS, CURVES = "equations", "labels", "curves"
_EVERYWHERE = ((-1_000.0, 1_000.0),)


class HiddenNumbers(NamedTuple):
    """Numbers of the cell that would answer a question.

    values: their names.  of: a quantity of the cell; they are covered while it lies in one of `ranges`, which
    is where the cell stands in the question's own case or near it; empty for everywhere.
    """

    values: tuple[str, ...]
    of: str = ""
    ranges: tuple[tuple[float, float], ...] = _EVERYWHERE

    def data(self) -> dict[str, Any]:
        """Return it as the browser has it, in hundredths."""
        ranges = [[round(100 * end) for end in range_] for range_ in self.ranges]
        return {"values": self.values, "of": self.of, "ranges": ranges}


_STATES = ("C", "tanh_C", "h")
HIDDEN_NUMBERS: dict[str, tuple[HiddenNumbers, ...]] = {
    # The share that is kept is the label itself; with f near 1 or 0 the new state tells it as well.
    "keep_numbers": (
        HiddenNumbers(("kept_part", "half_life")),
        HiddenNumbers(_STATES, "f", ((0.95, 1.0), (0.0, 0.05))),
    ),
    "hide_numbers": (HiddenNumbers(("C", "tanh_C", "kept_part"), "o", ((0.0, 0.05),)),),
    "squash_numbers": (
        HiddenNumbers(("tanh_C",)),
        HiddenNumbers(("h",), "C", ((-1_000.0, -1.5), (1.5, 1_000.0))),
    ),
    # Along a run every state says how much is left.
    "half_life_numbers": (HiddenNumbers(("half_life", "kept_part", "C_prev", "h_prev", *_STATES)),),
}


def cover_data(covered: Collection[str]) -> dict[str, Any]:
    """Return what the browser is told of names of covers, as `ask` returns them."""
    hidden = [row.data() for name in sorted(covered) for row in HIDDEN_NUMBERS.get(name, ())]
    return {"covered": sorted(covered), "hidden": hidden, "cover": cover_sentence()}
