"""How the learning rate changes over a run: it rises during the warm-up, then falls along a schedule.

Long steps at first cross the landscape, short ones at the end find the bottom of the valley that they
would else jump over.  The optimiser's averages are poor guesses at first: that is what a warm-up is for.
"""

import math
from collections.abc import Callable

SCHEDULES: dict[str, Callable[[float], float]] = {
    "constant": lambda done: 1.0,
    "linear": lambda done: 1 - done,
    # Half a wave: slow at both ends (Loshchilov & Hutter 2017).
    "cosine": lambda done: (1 + math.cos(math.pi * done)) / 2,
}


def rate_factor(schedule: str, warm_up: int, step: int, steps: int) -> float:
    """Return what the learning rate is multiplied with at a step, above 0 and at most 1.

    step: steps done before it, of `steps` in the whole run.  In the first `warm_up` steps the factor
    rises evenly to 1; over the others it follows the schedule, and one step more would bring it to 0.
    """
    if step < warm_up:
        return (step + 1) / warm_up
    return SCHEDULES[schedule]((step - warm_up) / max(1, steps - warm_up))
