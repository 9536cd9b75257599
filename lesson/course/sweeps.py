"""Sweeps, for rooms: each student chooses a setting, and what comes of every setting is computed before."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lesson.classroom.question import Setting, Surface
from lesson.course.curves import share_heights, share_ticks
from lesson.course.worksheets.formulas import line_html
from lesson.frame.files import asset
from lesson.frame.memo import memo
from lesson.frame.parameters import address_value
from lesson.gates import parameters as gates
from lesson.gates.challenges.challenge import HIGH, LOW, setting_of
from lesson.gates.challenges.checker import run, trials_of_attempt
from lesson.gates.challenges.keep import CHALLENGE as KEEP
from lesson.gradients import parameters as gradients
from lesson.gradients.windows import SEEDS, medians
from lesson.sampling import parameters as sampling
from visualization.numbers import number, scientific
from visualization.text import join_words

_BACK = 50  # steps that a gradient goes back
_TENTH = 0.1
_ATTEMPTS = 5  # checks of Keep, each with sequences of its own
KEEP_STEPS = len(KEEP.example_case[0])
_ENOUGH_WORDS = 0.9
# Of Keep's two biases: which values a class can choose.
KEEP_GRID = tuple(range(int(LOW), int(HIGH) + 1))


class Sweep(NamedTuple):
    """A question for a setting.

    text: the task, with formulas.  settings: its one or two controls.  surface: what comes of each.  best:
    positions of the controls at the setting that does the task best, as "7" or "7,12".  reply: what is best,
    and what the picture teaches.  file, query: the part that shows a setting; its address says the controls'
    values, too.  like: a question of that part that covers the same there.
    """

    id: str
    text: str
    settings: tuple[Setting, ...]
    surface: Surface
    best: str
    reply: str
    file: str
    query: Mapping[str, str]
    like: str = ""


@memo()
def sweeps() -> list[Sweep]:
    """Return all sweeps, in the course's order; what comes of their settings is computed once."""
    return [_keep(), _forget_bias(), _temperature()]


def _setting(text: str, formulas: str, parameter: str, values: Iterable[float]) -> Setting:
    """Return a control; text: its name in plain letters, and with formulas."""
    return Setting(text, line_html(formulas), parameter, tuple(map(address_value, values)))


# -- Keep's two biases --


def _keep() -> Sweep:
    steps = keep_steps()
    means, fewest = steps.mean(axis=-1), steps.min(axis=-1)  # (b_f, b_i)
    is_solved = fewest == KEEP_STEPS
    least, most = (
        KEEP_GRID[is_solved.any(axis=1).argmax()],
        KEEP_GRID[np.flatnonzero(is_solved.any(axis=0))[-1]],
    )
    zero = KEEP_GRID.index(0)
    return Sweep(
        "sweep_keep",
        f"One cell has to keep its $C_0$ for {KEEP_STEPS} steps while noise comes in: $C_t$ may be off by at "
        "most 0.1. Choose $b_f$ and $b_i$ so that it keeps $C_0$ for as many steps as possible.",
        (
            _setting("forget bias b_f", "forget bias $b_f$", gates.KEEP_BIASES["b_f"].name, KEEP_GRID),
            _setting("input bias b_i", "input bias $b_i$", gates.KEEP_BIASES["b_i"].name, KEEP_GRID),
        ),
        Surface(
            "steps that C is kept for",
            tuple((means / KEEP_STEPS).ravel().round(4).tolist()),
            tuple(
                f"b_f = {_signed(f)}, b_i = {_signed(i)}: {_fate(means[row, column], fewest[row, column])}"
                for row, f in enumerate(KEEP_GRID)
                for column, i in enumerate(KEEP_GRID)
            ),
            tuple((step / KEEP_STEPS, str(step)) for step in range(0, KEEP_STEPS + 1, 5)),
        ),
        ",".join(map(str, np.unravel_index(means.argmax(), means.shape))),
        f"The numbers are means of {steps.shape[-1]} random sequences. {is_solved.sum()} of the "
        f"{is_solved.size} settings keep $C_0$ for all {KEEP_STEPS} steps in each of them. They have $b_f$ "
        f"of at least {least} and $b_i$ of at most {_signed(most)}: then f is near 1 and i is near 0 "
        f"whatever comes in. One bias alone is not enough. With $b_f = {KEEP_GRID[-1]}$ and $b_i = 0$ "
        f"C is kept for {number(means[-1, zero], 1)} steps: the noise is written. With $b_f = 0$ and "
        f"$b_i = {_signed(KEEP_GRID[0])}$ it is kept for {number(means[zero, 0], 1)} steps: C fades, and "
        "only $C_0 = 0$ stays as it is.",
        "2_gates.py", {gates.PART.name: "Challenges", gates.CHALLENGE.name: KEEP.name},
    )  # fmt: skip


def keep_steps() -> NDArray:
    """Count for how many steps C is kept at each b_f of the grid and there at each b_i, (b_f, b_i, N).

    On the N sequences that the challenge draws for some attempts at it.
    """
    trials = [trial for attempt in range(_ATTEMPTS) for trial in trials_of_attempt(KEEP, attempt)]
    low, high = (np.stack([getattr(trial, end) for trial in trials], axis=1) for end in ("low", "high"))
    steps = np.empty((len(KEEP_GRID), len(KEEP_GRID), len(trials)), int)
    for row, f in enumerate(KEEP_GRID):
        for column, i in enumerate(KEEP_GRID):
            C = run(setting_of(KEEP, {"b_f": float(f), "b_i": float(i)}), trials)  # (T, N)
            wrong = (low > C) | (high < C)
            steps[row, column] = np.where(wrong.any(axis=0), wrong.argmax(axis=0), len(C))
    return steps


def _fate(mean: float, fewest: int) -> str:
    """Say for how many steps C is kept: the mean of all sequences, and in the worst of them."""
    if fewest == KEEP_STEPS:
        return f"keeps C for all {KEEP_STEPS} steps: solved"
    return f"keeps C for {number(mean, 1)} of {KEEP_STEPS} steps, at worst for {fewest}"


def _signed(value: float) -> str:
    return f"{value:g}".replace("-", "−")


# -- the forget bias and what is left of a gradient --


def _forget_bias() -> Sweep:
    grid = tuple(gradients.FORGET_BIAS.grid)
    left = medians("lstm", grid, _BACK + 1)
    best, usual = int(left.argmax()), grid.index(1)
    enough = int((left >= _TENTH).argmax())
    return Sweep(
        "sweep_forget_bias",
        f"An untrained LSTM reads {_BACK + 1} steps. Choose $b_f$ so that as much of the gradient as "
        f"possible is left at the first step, {_BACK} steps back.",
        (_setting("forget bias b_f", "forget bias $b_f$", gradients.FORGET_BIAS.name, grid),),
        Surface(
            f"gradient left {_BACK} steps back",
            tuple(share_heights(left)),
            tuple(
                f"b_f = {bias:g}: {scientific(float(share))} is left"
                for bias, share in zip(grid, left, strict=True)
            ),
            share_ticks(),
        ),
        str(best),
        f"We computed it in {SEEDS} networks with random weights and took the median. With $b_f = 1$ only "
        f"{scientific(float(left[usual]))} is left. From $b_f = {grid[enough]:g}$ on more than a tenth is "
        f"left. Most is left with $b_f = {grid[best]:g}$: {scientific(float(left[best]))}. A larger bias "
        f"does not leave more: with {grid[-1]:g} it is {scientific(float(left[-1]))}.",
        "3_gradients.py",
        {gradients.VIEW.name: gradients.VIEW.options[0], gradients.STEPS.name: str(_BACK + 1)},
        like="three",
    )  # fmt: skip


# -- temperature and words that exist --


def _temperature() -> Sweep:
    grid, shares, count = real_words()
    enough = [temperature for temperature, share in zip(grid, shares, strict=True) if share >= _ENOUGH_WORDS]
    best = max(enough)
    at = dict(zip(grid, shares, strict=True))
    others = join_words(f"{at[t]:.0%} at {t:g}" for t in (1.0, 1.5, 2.0))
    return Sweep(
        "sweep_temperature",
        "The LSTM that learned the fables writes at a temperature that you choose. Choose the highest "
        f"temperature at which at least {_ENOUGH_WORDS:.0%} of its words still occur in the fables.",
        (_setting("temperature", "temperature", sampling.TEMPERATURE.name, grid),),
        Surface(
            "words that occur in the fables",
            tuple(shares),
            tuple(
                f"temperature {temperature:g}: {number(100 * share, 1)}% of its words occur in the fables"
                for temperature, share in zip(grid, shares, strict=True)
            ),
            tuple((share, f"{share:.0%}") for share in (0.0, 0.25, 0.5, 0.75, 1.0)),
        ),
        str(list(grid).index(best)),
        f"The highest of these temperatures is {best:g}: {number(100 * at[best], 1)}% of the words occur in "
        f"the fables. The share falls with every step of the temperature: it is {others}. We counted in "
        f"{count} texts at each temperature. At 0 all words occur, but the text is a loop.",
        "5_sampling.py", {sampling.TASK.name: sampling.WRITE, sampling.NETWORK.name: "fables"},
        like="zero_temperature",
    )  # fmt: skip


def real_words() -> tuple[Sequence[float], list[float], int]:
    """Return temperatures, the share of words that occur in the fables at each, and how many texts it is of.

    `assets.build.temperatures` has counted them.
    """
    table = json.loads(asset("temperatures.json"))
    counts: NDArray = np.array(table["counts"])  # (texts, temperatures, 2)
    real, every = counts.sum(axis=0).T
    return table["temperatures"], (real / every).tolist(), len(counts)
