"""What the replay asks while its slider is moved: a film, and what its networks expect after a prompt."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.frame.parameters import Choice, Number
from lesson.frame.query import Query
from lesson.training.parameters import MODEL, MOMENT, PROMPT
from lesson.training.replay.film import (
    LONGEST_PROMPT,
    MEASURED_LENGTH,
    Film,
    change_since,
    describe_reading,
    expected,
    film_of,
    gates,
    last_moment,
    place_of,
)
from lesson.widgets.catalogue import model_names, sample_text
from lesson.widgets.gate_table import gate_table_html
from lesson.widgets.inline_html import inline_html
from lesson.widgets.source import Answer, Source
from lesson.widgets.unknown_characters import known_part, unknown_html
from visualization.drawings.bars import describe_next, likeliest
from visualization.drawings.losses import describe_losses, loss_picture

FILM, EXPECTED = "replay/film", "replay/expected"  # addresses


def models() -> Choice:
    """Return the parameter with the models at hand."""
    return MODEL.among(model_names())


def moments() -> Number:
    """Return the parameter with as many moments as the longest film has; shorter ones stay at their last."""
    return MOMENT.within(0, last_moment(), 0)


def film_answer(query: Query) -> Answer:
    """Answer along the moments of a model's training, or for one: all but what follows a visitor's prompt."""
    name = query.choice(models())
    common, frames = whole_film(name)
    at = [int(one.number(moments())) for one in query.positions([moments()])]
    return {"common": common, "frames": [frames[min(moment, len(frames) - 1)] for moment in at]}


@memo(entries=20)  # of every model at hand: 20 kB each
def whole_film(name: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return what all moments of a film share, and a frame for each."""
    film = film_of(name)
    bars = _bars(expected(name, ""), film)
    return _common(film), [{**_frame(film, moment), "next": bars[moment]} for moment in range(len(bars))]


def _common(film: Film) -> dict[str, Any]:
    net, text_name = film.checkpoint.net, film.checkpoint.notes["text"]
    article = "a" if net.kind.startswith("g") else "an"
    layers = f"{net.layers} layers of " if net.layers > 1 else ""
    about = (
        f"This model is {article} {net.kind.upper()} with {layers}{net.hidden_size} units and "
        f"{net.weights.flat.size:,} parameters. It learned from the first {film.characters:,} of the "
        f"{len(sample_text(text_name)):,} characters of the text *{text_name}*."
    )
    steps = [film.step(min(int(moment), film.last)) for moment in moments().grid]
    measured = (
        f"The table is computed over all {net.hidden_size} units while the network reads a piece of "
        f"{MEASURED_LENGTH} characters. The piece is the same at every training step, and the network never "
        "learns from it."
    )
    return {
        "about": inline_html(about),
        "reading": inline_html(describe_reading(film)),
        "steps": steps,
        "losses": _losses(film, None),
        "measured": measured if gates(film.name, 0) else "",
    }


def _frame(film: Film, moment: int) -> dict[str, Any]:
    curve = film.marked(moment)
    (run,) = _losses(film, moment)["runs"]
    return {
        "text": film.texts[moment],
        "at": run["at"],
        "dots": run["dots"],
        "alt": describe_losses([curve], len(film.checkpoint.vocabulary)),
        "where": inline_html(place_of(film, moment)),
        "change": inline_html(change_since(film, moment)),
        "gates": gate_table_html(gates(film.name, moment)),
    }


def _losses(film: Film, moment: int | None) -> Mapping[str, Any]:
    """Return the picture of the losses, with a marker at a moment if there is one."""
    curve = replace(film.curve, at=None) if moment is None else film.marked(moment)
    return loss_picture([curve], len(film.checkpoint.vocabulary), int(film.curve.step[-1]), logarithmic=True)


def _bars(probabilities: NDArray, film: Film) -> list[dict[str, Any]]:
    """Return the bars of the likeliest characters for each row of probabilities, (n, V)."""
    rows = [likeliest(row, film.checkpoint.vocabulary.chars) for row in probabilities]
    return [{"rows": bars, "alt": describe_next(bars)} for bars in rows]


def expected_answer(query: Query) -> Answer:
    """Answer what is expected after a prompt, for every position of the slider; the prompt is not kept."""
    film = film_of(query.choice(models()))
    prompt, vocabulary = query.text(PROMPT), film.checkpoint.vocabulary
    read = prompt[-LONGEST_PROMPT:]
    bars = _bars(expected(film.name, known_part(read, vocabulary)), film)
    positions: Sequence[float] = moments().grid
    return {
        "unknown": unknown_html(read, vocabulary),
        "long": f"Your text is long: only its last {LONGEST_PROMPT} characters are read."
        if len(prompt) > LONGEST_PROMPT
        else "",
        "frames": [bars[min(int(moment), film.last)] for moment in positions],
    }


ANSWERS = {FILM: Source(film_answer, in_thread=True), EXPECTED: Source(expected_answer, in_thread=True)}
