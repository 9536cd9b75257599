"""The part Replay of the training page: choose a trained model and go through its training."""

from collections.abc import Set
from typing import Any

from lesson.frame.files import asset
from lesson.frame.memo import memo
from lesson.frame.style import theme
from lesson.training.parameters import PROMPT
from lesson.training.replay.answers import EXPECTED, FILM, models, moments, whole_film
from lesson.training.replay.film import READABLE_FROM, VALIDATION_LOSS, catalogue
from lesson.training.replay.questions import questions
from lesson.training.replay.reading import ENOUGH
from lesson.widgets.panel import Control, Panel
from lesson.widgets.questions import ask
from visualization.palette import GREY, RUNS, colour

_PANEL = Panel(
    "replay",
    FILM,
    css="".join(map(asset, ("bars/bars.css", "losses/losses.css", "panel/table.css", "shared/scroll.css"))),
)


def warm_up() -> None:
    """Read all films, and make the one that everybody sees first: half a second."""
    _catalogue()
    questions()
    whole_film(models().default)


def show() -> Set[str]:
    """Ask, let the visitor choose a model, and show its training as a film; return what stays covered."""
    covered = ask(questions(), "replay")
    tone = theme()
    _PANEL.show(
        "replay",
        [Control(models()), Control(moments(), along=True), Control(PROMPT, in_question=False)],
        page="training",
        covered=covered,
        look={
            "colours": RUNS[0][tone],
            "grey": GREY[tone],
            "bar": colour("h", tone),
            "catalogue": _catalogue(),
            "expected": EXPECTED,
            "placeholder": "empty: the beginning of a line",
        },
    )
    return covered


@memo()
def _catalogue() -> dict[str, Any]:
    """Return what there is to compare of all models; covers: what stands in the way of a column."""
    rows = catalogue()
    return {
        "label": "Compare all models",
        "columns": list(rows[0]),
        "covers": {VALIDATION_LOSS: "losses", READABLE_FROM: "reading"},
        "rows": [[f"{cell:,}" if isinstance(cell, int) else cell for cell in row.values()] for row in rows],
        "note": "The validation loss is that of the weights in the file, in nats per character. It is "
        "measured in segments of 500 characters or more, each read from a state of zeros. In brackets "
        "stands the loss of uniform guessing, ln V. Readable means: at least "
        f"{ENOUGH:.0%} of the words that the model writes occur in its training text. Of place names, at "
        f"least {ENOUGH:.0%} must end like a name in that text.",
    }
