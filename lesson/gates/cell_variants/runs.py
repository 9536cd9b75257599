"""A variant and the LSTM of the course over time: what both are set to, and what comes out.

Letters: P positions of a slider, T steps, N sequences.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lesson.gates.cell_variants.kinds import LINES
from lesson.gates.cell_variants.solutions import free, solution
from lesson.gates.cell_variants.tables import closest
from lesson.gates.challenges.challenge import Setting, Trial, example
from lesson.gates.challenges.checker import run, trials_of_attempt
from lesson.gates.input_presets import preset
from lesson.gates.parameters import NO_CHALLENGE, VARIANT_BIASES
from lesson.gates.sliders import START
from lstm.variants.scalar import LSTM, PEEPHOLES, parameters_of, variant_run

STEPS = 20
_AT_FIRST = {**START, "C_prev": 0.0, **dict.fromkeys(PEEPHOLES, 0.0)}


@dataclass(frozen=True, eq=False)
class Case:
    """What two cells run on, and with which weights.

    weights: of the variant, without what the sliders say; lstm: the whole setting of the LSTM beside it, None
    if it has the variant's.  trial: what a challenge asks on this input, None outside of one.
    """

    kind: str
    challenge: str
    x: NDArray
    weights: Setting
    lstm: Setting | None
    trial: Trial | None

    @property
    def passes(self) -> bool:
        """Whether a setting of this cell is known that passes the challenge."""
        return solution(self.kind, self.challenge) is not None


def case_of(kind: str, challenge: str, preset_name: str) -> Case:
    """Return the input and the weights that belong to a cell and a challenge, or to an input without one."""
    if challenge == NO_CHALLENGE:
        return Case(kind, challenge, preset(preset_name, STEPS), _AT_FIRST, None, None)
    trial = example(free(challenge))
    start = {**_AT_FIRST, "h_prev": 0.0, "C_prev": trial.C_0}
    lstm = solution(LSTM, challenge)
    assert lstm is not None
    return Case(
        kind, challenge, trial.x, {**start, **best_setting(kind, challenge)}, {**start, **lstm}, trial
    )  # fmt: skip


def best_setting(kind: str, challenge: str) -> Setting:
    """Return a cell's weights and biases that pass a challenge, else those that come closest."""
    return solution(kind, challenge) or closest(kind, challenge)


def sliders_of(kind: str, challenge: str) -> Setting:
    """Return where the sliders stand when a challenge is loaded; what the cell lacks stands as at first."""
    setting = best_setting(kind, challenge)
    return {name: setting.get(name, parameter.start) for name, parameter in VARIANT_BIASES.items()}


def along(case: Case, sliders: Sequence[Mapping[str, float]]) -> tuple[NDArray, NDArray]:
    """Run the variant and the LSTM at every position; each returns (6, T, P): f, i, C̃, C, o, h.

    sliders: all of them, at each position.  A line that a variant does not have is 0.
    """
    setting = _settings(case, sliders)
    lstm = setting if case.lstm is None else case.lstm
    shape = (len(LINES), len(case.x), len(sliders))
    return (
        _lines(variant_run(case.kind, setting, case.x[:, None]), shape),
        _lines(variant_run(LSTM, lstm, case.x[:, None]), shape),
    )


def failures(case: Case, sliders: Sequence[Mapping[str, float]]) -> tuple[NDArray, int]:
    """Count the hidden sequences on which the variant fails, at every position, (P,), and all of them."""
    trials = trials_of_attempt(free(case.challenge), 0)
    settings = {name: np.asarray(value)[..., None] for name, value in _settings(case, sliders).items()}
    states = run(
        settings, trials, lambda setting, x: variant_run(case.kind, setting, x[:, None])
    )  # (T, P, N)
    low, high = (np.stack([getattr(trial, end) for trial in trials], axis=1) for end in ("low", "high"))
    wrong = ~((low[:, None] <= states) & (states <= high[:, None]))
    return np.broadcast_to(wrong.any(axis=0).sum(axis=-1), (len(sliders),)), len(trials)


def _settings(case: Case, sliders: Sequence[Mapping[str, float]]) -> dict[str, Any]:
    """Return the variant's setting at all positions: its weights, and what the sliders say, (P,) each."""
    # The LSTM beside it has the biases that the variant lacks, and no peephole.
    names = [name for name in VARIANT_BIASES if name in parameters_of(case.kind) or name not in PEEPHOLES]
    return {**case.weights, **{name: np.array([one[name] for one in sliders]) for name in names}}


def _lines(step: Any, shape: tuple[int, ...]) -> NDArray:
    lines = np.zeros(shape)
    for row, name in zip(lines, LINES, strict=True):
        if hasattr(step, name):
            row[...] = getattr(step, name)
    return lines
