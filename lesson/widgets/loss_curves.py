"""Loss curves, drawn by a component of our own: a Vega-Lite chart takes longer than a whole answer may."""

from collections.abc import Sequence

from lesson.frame.style import theme
from lesson.widgets.drawing import Drawing
from visualization.drawings.losses import Curve, describe_losses, loss_picture
from visualization.palette import GREY, RUNS

_LOSSES = Drawing("losses")


def draw_losses(
    curves: Sequence[Curve],
    vocabulary_size: int,
    steps: int,
    *,
    key: str,
    logarithmic: bool = False,
    clip: float | None = None,
) -> None:
    """Draw one run or two on the same axes, the steps from 0 to `steps`.

    With gradient norms there is a second panel; clip: the norm to which gradients were clipped.
    """
    picture = loss_picture(curves, vocabulary_size, steps, logarithmic=logarithmic, clip=clip)
    tone = theme()
    for run, tones in zip(picture["runs"], RUNS, strict=False):
        run["colours"] = tones[tone]
    picture["grey"] = GREY[tone]
    picture["alt"] = describe_losses(curves, vocabulary_size)
    _LOSSES.draw(picture, key)
