"""The table of what networks of each start learned: a dot for each of them."""

from collections.abc import Iterable, Sequence

from lesson.frame.style import theme
from lesson.gradients.first_weights.results import Result, Results
from lesson.widgets.drawing import Drawing
from lesson.widgets.inline_html import inline_html
from visualization.numbers import number
from visualization.palette import colour

_TABLE = Drawing("start_results")
_ROOM = 0.25  # of the range of losses, beyond its ends


def draw_results(results: Results) -> None:
    """Draw the table."""
    _TABLE.draw({"markup": table(results), "colour": colour("LSTM", theme())}, "start_results")


def table(results: Results) -> str:
    """Return the table, HTML."""
    heads = ["start", *(f"recall, N = {gap}" for gap in results.gaps), "loss on the text"]
    head = "".join(f'<th scope="col">{text}</th>' for text in heads)
    losses = [loss for result in results.results for loss in result.losses]
    rows = "".join(
        f'<tr><th scope="row">{inline_html(result.name)}</th>'
        f"{''.join(_recall(result, gap) for gap in results.gaps)}{_loss(result, losses)}</tr>"
        for result in results.results
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _recall(result: Result, gap: int) -> str:
    shares = result.recalled[gap]
    if not shares:
        return "<td></td>"
    able = result.able(gap)
    kind = "all" if able == len(shares) else "" if able else "none"
    title = "right answers: " + ", ".join(f"{share:.0%}" for share in shares)
    return _cell(kind, title, [100 * share for share in shares], f"{able} of {len(shares)}")


def _loss(result: Result, losses: Sequence[float]) -> str:
    low, high = min(losses), max(losses)
    room = _ROOM * (high - low)
    places = [100 * (loss - low + room) / (high - low + 2 * room) for loss in result.losses]
    title = "nats per character: " + ", ".join(number(loss, 3) for loss in result.losses)
    return _cell("", title, places, number(result.loss, 3))


def _cell(kind: str, title: str, places: Sequence[float], says: str) -> str:
    return (
        f'<td class="{kind}" title="{title}"><div><div class="dots" aria-hidden="true">'
        f'{"".join(_dots(places))}</div><span class="says">{says}</span></div></td>'
    )


def _dots(places: Sequence[float]) -> Iterable[str]:
    """Return a dot for each network, one below the other, so that equal ones can be counted."""
    for k, place in enumerate(places):
        height = 50 if len(places) == 1 else 10 + 65 * k / (len(places) - 1)
        yield f'<span style="left:{place:.1f}%;top:{height:.0f}%"></span>'
