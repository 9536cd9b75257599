"""The question of the part *Fill the gaps*; its numbers are computed."""

from lesson.frame.memo import memo
from lesson.sampling.gaps.results import BOTH, LEFT, RIGHT, results
from lesson.widgets.question import Answer, Question

RATES = "gap_rates"  # what is covered: how often gaps are filled right


@memo()
def questions() -> list[Question]:
    """Return the question of this part."""
    return [_how_often()]


def _how_often() -> Question:
    ways = results().ways
    left, right, both = (ways[name].right for name in (LEFT, RIGHT, BOTH))
    says = f"{_rounded(left)} and {_rounded(both)}"
    result = (
        f"Measured in {results().gaps:,} gaps of held-out text: the left alone is right in {left:.0%}, the "
        f"right alone in {right:.0%}, both together in {both:.0%}. Each side knows something that the other "
        "one does not."
    )
    return Question(
        "two_sides",
        "one character of a text is missing. One model reads what stands before the gap; another one reads "
        "backwards what stands after it. How often is the likeliest character right: from the left alone, "
        "and from both together?",
        (
            Answer("much", f"{says}: each side adds something", result),
            Answer(
                "little",
                f"{_rounded(left)} and {_rounded(left + 0.05)}: the left knows nearly all",
                f"It is {says}: the right knows much that the left does not. {result}",
            ),
            Answer(
                "twice",
                f"{_rounded(left / 2)} and {_rounded(left)}: two sides, twice as often",
                f"It is {says}: the left alone is right more often than that. {result}",
            ),
        ),
        right="much",
        covers=(RATES,),
    )


def _rounded(share: float) -> str:
    """Return a share, to five per cent."""
    return f"{5 * round(20 * share)}%"
