"""What the pictures of the part *Variants* ask while their controls are moved."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from lesson.frame.query import Query
from lesson.gates.cell_variants.kinds import KINDS, LINES
from lesson.gates.cell_variants.runs import along, case_of, failures
from lesson.gates.cell_variants.scan_answer import scan_picture
from lesson.gates.cell_variants.sentences import alt, challenge_words, run_words
from lesson.gates.challenges.answers import band_of
from lesson.gates.challenges.challenge import Trial
from lesson.gates.parameters import (
    NO_CHALLENGE,
    VARIANT,
    VARIANT_BIASES,
    VARIANT_CHALLENGE,
    VARIANT_INPUT,
)
from lesson.gates.tables import hundredths, packed
from lesson.widgets.source import Answer, Source

_LEAST_AXIS = (-1.0, 1.0)  # of the states
_STATES = [LINES.index("C"), LINES.index("h")]


def variants(query: Query) -> Answer:
    """Answer with both cells over time, for every position of a slider or for one setting.

    numbers of a frame: (2, 6, T), the variant's, then the LSTM's: f, i, C̃, C, o, h, in hundredths.
    """
    kind = KINDS[query.choice(VARIANT)]
    challenge = query.choice(VARIANT_CHALLENGE)
    case = case_of(kind.name, challenge, query.choice(VARIANT_INPUT))
    sliders = [
        {name: one.number(parameter) for name, parameter in VARIANT_BIASES.items()}
        for one in query.positions(VARIANT_BIASES.values())
    ]
    cell, lstm = along(case, sliders)
    failed, trials = (None, 0) if case.trial is None else failures(case, sliders)
    frames = []
    for k in range(len(sliders)):
        both = np.stack([cell[..., k], lstm[..., k]])  # (2, 6, T)
        if failed is None:
            words = run_words(kind, both)
        else:
            words = challenge_words(kind, case, int(failed[k]), trials)
        frames.append(
            {
                "numbers": packed(hundredths(both)),
                "axis": _axis(both, case.trial),
                "words": words,
                "alt": alt(kind, both),
            }
        )
    return {
        "common": {
            "x": packed(hundredths(case.x)),
            "T": len(case.x),
            "band": None if case.trial is None else band_of(case.trial),
            "isOwn": challenge != NO_CHALLENGE,
        },
        "frames": frames,
    }


def _axis(both: NDArray, trial: Trial | None) -> list[int]:
    """Return where the axis of the states ends, in hundredths: whole numbers."""
    values = [*both[:, _STATES].ravel(), *_LEAST_AXIS]
    if trial is not None:
        values += [edge for edge in (*trial.low, *trial.high) if np.isfinite(edge)]
    return [100 * int(np.floor(min(values))), 100 * int(np.ceil(max(values)))]


ANSWERS: Mapping[str, Source] = {
    "gates/variants": Source(variants, in_thread=True),
    "gates/scan": Source(scan_picture, in_thread=True),
}
