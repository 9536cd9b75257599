"""Networks that a class trains, one for each seed, and the drawing with a student's own among them."""

from collections.abc import Mapping, Sequence
from typing import Any

Table = Mapping[str, Any]
_COLOURS = ("f", "C")  # of the setups, in their order


class Trainer:
    """Trains and draws them.  What that needs is imported when it is needed: the first page comes first."""

    def start(self, experiment: str, first: int) -> None:
        """Begin the runs whose seeds begin with `first`, or do nothing if they are there."""
        from lesson.course.experiments import experiments

        experiments().start(experiment, first)

    def table(self, experiment: str, first: int) -> Table | None:
        """Return what has come so far, None before that."""
        from lesson.course.experiments import experiments
        from lesson.course.worksheets.formulas import line_html

        table = experiments().table(experiment, first)
        return table and {**table, "reply": line_html(table["reply"])}

    def leave(self, experiment: str, first: int) -> None:
        """Let these runs go, whose class is over."""
        from lesson.course.experiments import experiments

        experiments().leave(experiment, first)

    def picture(self, table: Table, seed: int) -> str:
        """Return a drawing of all networks, an SVG, with those of one seed in front."""
        return network_picture(table, seed)


def network_picture(table: Table, seed: int) -> str:
    """Draw the curves of an experiment, those of one seed thick; table: as the experiment has it."""
    from visualization.drawings.paper import Axis, Curve
    from visualization.drawings.pocket import pocket_axes

    last, heights = table["axis"]["last"], table["heights"]
    names = [setup["name"] for setup in table["setups"]]
    own: list[Curve] = []
    behind: dict[str, list[Curve]] = {colour: [] for colour in _COLOURS[: len(names)]}
    for run in table["runs"]:
        points: Sequence[tuple[float, float]] = run["points"]
        if not points:
            continue
        x, y = zip(*points, strict=True)
        curve = Curve(f"{names[run['setup']]}, your network", x, y)
        if run["seed"] == seed:
            own.append(curve)
        else:
            behind[_COLOURS[run["setup"]]].append(curve)
    axes = (
        Axis(table["axis"]["title"], 0, last, [(at, f"{at:,.0f}") for at in (0, last // 2, last)]),
        Axis(heights["title"], heights["low"], heights["high"], heights["ticks"]),
    )
    return pocket_axes(*axes, own, _COLOURS, behind={name: rows for name, rows in behind.items() if rows})
