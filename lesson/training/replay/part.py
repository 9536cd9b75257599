"""The part Replay of the training page: choose a trained model and leaf through its training."""

from typing import Any

from lesson.frame.files import asset
from lesson.frame.memo import memo
from lesson.training.parameters import PROMPT
from lesson.training.replay.answers import EXPECTED, FILM, models, moments, whole_film
from lesson.training.replay.film import WORTH_READING, catalogue
from lesson.training.replay.questions import questions
from lesson.widgets.display import theme
from lesson.widgets.panel import Control, Panel
from lesson.widgets.questions import ask
from visualization.palette import GREY, RUNS, colour

_PANEL = Panel(
    "replay", FILM, css="".join(map(asset, ("bars/bars.css", "losses/losses.css", "panel/table.css")))
)


def warm_up() -> None:
    """Read all films, and make the one that everybody sees first: half a second."""
    _catalogue()
    questions()
    whole_film(models().default)


def show() -> None:
    """Ask, let the visitor choose a model, and show its training as a film."""
    ask(questions(), "replay")
    tone = theme()
    _PANEL.show(
        "replay",
        [Control(models()), Control(moments(), along=True), Control(PROMPT, in_question=False)],
        page="training",
        look={
            "colours": RUNS[0][tone],
            "grey": GREY[tone],
            "bar": colour("h", tone),
            "catalogue": _catalogue(),
            "expected": EXPECTED,
            "placeholder": "nothing: the beginning of a line",
        },
    )


@memo()
def _catalogue() -> dict[str, Any]:
    """Return what there is to compare of all models."""
    rows = catalogue()
    return {
        "label": "The catalogue: all models",
        "columns": list(rows[0]),
        "rows": [[f"{cell:,}" if isinstance(cell, int) else cell for cell in row.values()] for row in rows],
        "note": "The validation loss is that of the weights in the file, of ln V. Worth reading: the first "
        f"moment at which {WORTH_READING:.0%} of the four-character pieces it wrote occur in its text.",
    }
