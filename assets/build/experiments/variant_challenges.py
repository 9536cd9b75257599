"""Which challenges each cell passes, and a search where it can't: python -m … variant_challenges

Where a setting passes (lesson/gates/cell_variants/solutions.py) the challenges' own checker judges it on many
attempts.  Where none is known, random settings of all weights and biases are judged, the best are improved in
small steps, and the one that is least outside of what is asked is noted.
"""

from itertools import product

import numpy as np
from numpy.typing import NDArray

from assets.build.experiments import table
from lesson.gates.cell_variants.solutions import free, solution, verdict
from lesson.gates.challenges.catalogue import CHALLENGES
from lesson.gates.challenges.challenge import HIGH, LOW, Trial
from lesson.gates.challenges.checker import run, trials_of_attempt
from lstm.variants.networks import VARIANTS
from lstm.variants.scalar import LSTM, parameters_of, variant_run

GRID = 0.25  # of the sliders
# Sets of hidden sequences: on which a solution has to pass, and on which the search is judged.
ATTEMPTS, SEARCH_ATTEMPTS = 20, 2
RANDOM, BATCH = 20_000, 500  # settings
CLIMBERS, ROUNDS, TRIES = 40, 100, 12  # the best settings, and how often each is changed in how many ways
SETTINGS = {
    "grid": GRID, "attempts": ATTEMPTS, "search_attempts": SEARCH_ATTEMPTS, "random": RANDOM,
    "climbers": CLIMBERS, "rounds": ROUNDS, "tries": TRIES,
}  # fmt: skip


def build() -> list[table.Row]:
    """Judge and search what is missing and write the file."""
    return table.fill("variant_challenges", SETTINGS, tasks(), measure)


def tasks() -> list[table.Row]:
    """List every cell with every challenge."""
    return [{"cell": cell, "challenge": name} for cell, name in product((LSTM, *VARIANTS), CHALLENGES)]


def measure(cell: str, challenge: str) -> table.Row:
    """Judge a cell in a challenge.

    passes; setting: one that passes, else the best of the search; tried: how many settings were judged to
    find it; outside: how far it leaves the allowed range at most.
    """
    setting = solution(cell, challenge)
    if setting is not None:
        passes = all(verdict(cell, challenge, setting, attempt).passed for attempt in range(ATTEMPTS))
        return {"passes": passes, "setting": setting, "tried": 0, "outside": 0.0}
    return {"passes": False, **_search(cell, challenge)}


def _search(cell: str, challenge: str) -> table.Row:
    names, rng = parameters_of(cell), np.random.default_rng(1)
    trials = [
        trial for attempt in range(SEARCH_ATTEMPTS) for trial in trials_of_attempt(free(challenge), attempt)
    ]
    uniform = np.round(rng.uniform(LOW, HIGH, (RANDOM, len(names))) / GRID) * GRID
    far = np.concatenate(
        [_outside(cell, challenge, part, trials) for part in np.split(uniform, RANDOM // BATCH)]
    )
    best = np.argsort(far)[:CLIMBERS]
    settings, far, row = uniform[best], far[best], np.arange(CLIMBERS)
    for _ in range(ROUNDS):
        size = rng.choice([GRID, 2 * GRID, 1, 3], (CLIMBERS, TRIES, 1))
        moved = rng.random((CLIMBERS, TRIES, len(names))) < rng.choice([0.1, 0.25, 0.6])
        changed = settings[:, None] + moved * size * rng.standard_normal(moved.shape)
        changed = np.clip(np.round(changed / GRID) * GRID, LOW, HIGH)
        of_changed = _outside(cell, challenge, changed.reshape(-1, len(names)), trials).reshape(
            CLIMBERS, TRIES
        )
        best = of_changed.argmin(axis=1)
        is_better = of_changed[row, best] <= far
        settings = np.where(is_better[:, None], changed[row, best], settings)
        far = np.minimum(far, of_changed[row, best])
    setting = dict(zip(names, settings[far.argmin()].tolist(), strict=True))
    failing = not all(verdict(cell, challenge, setting, attempt).passed for attempt in range(ATTEMPTS))
    assert failing, f"{cell} passes {challenge} with {setting}"
    return {
        "setting": setting,
        "tried": RANDOM + CLIMBERS * ROUNDS * TRIES,
        "outside": round(float(_outside(cell, challenge, settings[[far.argmin()]], trials)[0]), 3),
    }


def _outside(cell: str, challenge: str, settings: NDArray, trials: list[Trial]) -> NDArray:
    """Return how far each setting, (N, names), is outside of what is asked at most, over trials and steps."""
    values = dict(zip(parameters_of(cell), settings.T[:, :, None], strict=True))
    states = run(
        {**free(challenge).start, **values}, trials, lambda setting, x: variant_run(cell, setting, x[:, None])
    )
    low, high = (
        np.stack([getattr(trial, end) for trial in trials], axis=1)[:, None] for end in ("low", "high")
    )
    worst: NDArray = np.maximum(np.maximum(low - states, states - high), 0).max(axis=(0, 2))
    return worst
