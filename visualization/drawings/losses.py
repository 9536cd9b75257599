"""Loss curves of one training run or two: what is sent to the browser, and what they show in words."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from visualization.drawings.loss_codes import (
    StepAxis,
    loss_axis,
    loss_codes,
    norm_axis,
    norm_codes,
    packed,
    thinned,
)
from visualization.numbers import scientific

POINTS = (300, 200)  # of a curve, at most: alone, and beside another
STRETCHES = 20  # of the axis: a curve that leaves the picture is marked at most once in each


@dataclass(frozen=True)
class Curve:
    """The losses of one run, in nats per character; NaN and infinity are welcome.

    name: plain text, never markup; step (n,), increasing; loss (n,), of training; validation_step and
    validation_loss (m,); gradient_norm (n,), before clipping, None for no panel of it; at: the step at
    which the marker stands, None for no marker; marked: training and validation loss at the marker, if
    they are others than those of that step; end: training loss at the end, if it is another mean than that of
    the last steps of `loss`.
    """

    name: str
    step: NDArray
    loss: NDArray
    validation_step: NDArray
    validation_loss: NDArray
    gradient_norm: NDArray | None = None
    at: int | None = None
    marked: tuple[float, float] | None = None
    end: float | None = None

    def kinds(self) -> tuple[tuple[str, NDArray, NDArray], ...]:
        """What its two losses are called, their steps and they themselves."""
        return ("training", self.step, self.loss), ("validation", self.validation_step, self.validation_loss)

    def at_marker(self) -> tuple[float, ...]:
        """Training and validation loss at the marker, NaN for what was not measured at that step."""
        if self.marked is not None:
            return self.marked
        rows = [(np.flatnonzero(np.asarray(steps) == self.at), losses) for _, steps, losses in self.kinds()]
        return tuple(float(losses[row[-1]]) if len(row) else math.nan for row, losses in rows)


def run_curve(
    name: str, history: Mapping[str, ArrayLike], moments: Mapping[str, ArrayLike] | None = None
) -> Curve:
    """The curve of a run without its gradient norms.

    history: columns step, loss and validation_loss (NaN where not measured), as `lstm.storage.history` keeps
    them; moments: more of step, loss and validation_loss, as snapshots have them.
    """
    step, loss, validation = (np.asarray(history[k], float) for k in ("step", "loss", "validation_loss"))
    measured = ~np.isnan(validation)
    steps, losses = [step[measured]], [validation[measured]]
    if moments is not None:
        steps.append(np.asarray(moments["step"], float))
        losses.append(np.asarray(moments["validation_loss"], float))
    # Where a step is in both, the history's own loss counts: it is the first.
    held_out, first = np.unique(np.concatenate(steps), return_index=True)
    # Snapshots have the means of all steps before them; a long run's history has some of its steps.
    end = None if moments is None or not len(steps[1]) else float(np.asarray(moments["loss"])[-1])
    return Curve(name, step, loss, held_out, np.concatenate(losses)[first], end=end)


def guessing(vocabulary_size: int) -> tuple[float, str]:
    """The loss of uniform guessing, ln V, and its name."""
    loss = math.log(vocabulary_size)
    return loss, f"guessing: ln {vocabulary_size} = {loss:.2f}"


def loss_picture(
    curves: Sequence[Curve], vocabulary_size: int, steps: int, *, logarithmic: bool, clip: float | None = None
) -> dict:
    """What is sent of one run or two on the same axes, the steps from 0 to `steps`.

    A curve has at most 300 points, 200 beside another: its first and its last as they are, between them
    means over stretches that are alike on the axis.  clip: the norm to which gradients were clipped.
    """
    axis = StepAxis(float(max(1, steps, *(c.step[-1] for c in curves if len(c.step)))), logarithmic)
    points = POINTS[len(curves) > 1]
    training = [_training(curve, axis, points) for curve in curves]
    validation = [
        thinned(curve.validation_step, [curve.validation_loss], axis, points // 3) for curve in curves
    ]
    guess, name = guessing(vocabulary_size)
    top, y = loss_axis(_highest(curves), guess)
    return {
        "x": axis.sent(),
        "y": y,
        "guess": (round(1000 * guess), name),
        "norm": norm_axis([norm for columns in training for norm in columns[2:]], clip),
        "runs": [
            _sent(curve, axis, top, columns, held_out)
            for curve, columns, held_out in zip(curves, training, validation, strict=True)
        ],
    }


def _training(curve: Curve, axis: StepAxis, points: int) -> list[NDArray]:
    """Step, loss and, if there is one, norm of what is drawn, each (p,)."""
    norm = [] if curve.gradient_norm is None else [curve.gradient_norm]
    return thinned(curve.step, [curve.loss, *norm], axis, points)


def _highest(curves: Sequence[Curve]) -> float:
    """The largest finite loss, 0 if there is none."""
    losses = [np.asarray(loss, float) for curve in curves for _, _, loss in curve.kinds()]
    return max(float(loss.max(where=np.isfinite(loss), initial=0.0)) for loss in losses)


def _sent(curve: Curve, axis: StepAxis, top: float, training: list[NDArray], held_out: list[NDArray]) -> dict:
    """A run's share of the picture; dots: the losses under the marker, up: steps of which the loss is above
    the axis, says: how far above, and where it is no number."""
    step, loss, *norm = training
    return {
        "name": curve.name,
        "step": packed(axis.codes(step)),
        "loss": packed(loss_codes(loss, top)),
        "norm": packed(norm_codes(norm[0])) if norm else None,
        "validation_step": packed(axis.codes(held_out[0])),
        "validation": packed(loss_codes(held_out[1], top)),
        "means": len(step) < len(curve.step),
        "at": curve.at,
        "dots": [] if curve.at is None else loss_codes(curve.at_marker(), top).tolist(),
        "up": _above(curve, axis, top),
        "says": "; ".join(_leaves(curve, top)),
    }


def steps_above(curves: Sequence[Curve], curve: Curve, last: int, vocabulary_size: int) -> list[int]:
    """The steps at which one of the curves is above the axis that they share, as `loss_picture` has them."""
    top, _ = loss_axis(_highest(curves), guessing(vocabulary_size)[0])
    return _above(curve, StepAxis(float(max(1, last)), False), top)


def leaves_axis(curves: Sequence[Curve], curve: Curve, vocabulary_size: int) -> str:
    """That one of the curves goes above the axis that they share and how far, and where it is no number."""
    top, _ = loss_axis(_highest(curves), guessing(vocabulary_size)[0])
    return "; ".join(_leaves(curve, top))


def _above(curve: Curve, axis: StepAxis, top: float) -> list[int]:
    """The steps at which a curve is above the axis, of each stretch of the axis the highest."""
    step = np.concatenate([np.asarray(steps, float) for _, steps, _ in curve.kinds()])
    loss = np.concatenate([np.asarray(losses, float) for _, _, losses in curve.kinds()])
    above = np.isfinite(loss) & (loss > top)
    step, loss = step[above], loss[above]
    stretch = np.floor(STRETCHES * axis.share(step))
    return [int(step[part][loss[part].argmax()]) for part in (stretch == s for s in np.unique(stretch))]


def _leaves(curve: Curve, top: float) -> list[str]:
    """That a curve goes above the axis and how far, and where it is no number, in words."""
    says = []
    for kind, steps, losses in curve.kinds():
        step, loss = np.asarray(steps), np.asarray(losses, float)
        bad = ~np.isfinite(loss)
        highest = int(np.where(bad, 0, loss).argmax()) if len(loss) else 0
        if len(loss) and np.isfinite(loss[highest]) and loss[highest] > top:
            says.append(f"{kind} up to {scientific(loss[highest])} at step {step[highest]:,.0f}")
        if bad.any():
            says.append(f"{kind} {_no_number(step, loss, np.flatnonzero(bad))}")
    return says


def _no_number(step: NDArray, loss: NDArray, bad: NDArray) -> str:
    """Where a loss is NaN or infinite, in words; bad: its rows."""
    what = "not a number" if np.isnan(loss[bad]).any() else "infinite"
    if len(bad) == len(loss) - bad[0]:
        return f"{what} from step {step[bad[0]]:,.0f} on"
    return f"{what} at {len(bad)} of {len(loss)} steps, first at step {step[bad[0]]:,.0f}"


def describe_losses(curves: Sequence[Curve], vocabulary_size: int) -> str:
    """What the picture shows, in words computed from the curves."""
    guess, _ = guessing(vocabulary_size)
    top, _ = loss_axis(_highest(curves), guess)
    runs = " ".join(f"{curve.name}: {_described(curve, top)}" for curve in curves)
    guessed = f"Uniform guessing among {vocabulary_size} characters has a loss of {guess:.2f}."
    return f"Losses in nats per character. {runs} {guessed}"


def _described(curve: Curve, top: float) -> str:
    """One run in words."""
    loss, held_out = np.asarray(curve.loss, float), np.asarray(curve.validation_loss, float)
    if not len(loss):
        return "none yet."
    # Single steps are noisy: the end is the mean of the last fiftieth.
    with np.errstate(all="ignore"):
        end = loss[-max(1, len(loss) // 50) :].mean() if curve.end is None else curve.end
    clauses = [f"training from {_number(loss[0])} to {_number(end)} (the mean of the last steps)"]
    if len(held_out):
        clauses.append(f"validation ends at {_number(held_out[-1])}")
    if np.isfinite(held_out).any():
        best = int(np.where(np.isfinite(held_out), held_out, np.inf).argmin())
        clauses[-1] += (
            f" and is lowest at step {curve.validation_step[best]:,.0f} with {_number(held_out[best])}"
        )
    clauses += _leaves(curve, top)
    if curve.gradient_norm is not None:
        clauses.append(
            f"gradient norm before clipping {scientific(float(curve.gradient_norm[-1]))} at the end"
        )
    if curve.at is not None:
        measured = zip(curve.kinds(), curve.at_marker(), strict=True)
        here = " and ".join(f"{kind} {_number(value)}" for (kind, *_), value in measured if value == value)
        clauses.append(f"at step {curve.at:,} {here or 'nothing was measured'}")
    return f"{'; '.join(clauses)}."


def _number(loss: float) -> str:
    """A loss for people."""
    return f"{loss:.2f}" if abs(loss) < 100 else scientific(loss)
