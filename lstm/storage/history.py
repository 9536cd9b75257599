"""The history of a training run: the reports worth keeping, however long the run."""

from collections.abc import Mapping
from dataclasses import fields

import numpy as np

from lstm.arrays import AnyArray
from lstm.training import Progress

_ROWS = 2_000
_NAMES = [f.name for f in fields(Progress)]
_STEP, _VALIDATION = _NAMES.index("step"), _NAMES.index("validation_loss")


class History:
    """Reports of a run as columns, thinned evenly where a run is long.

    The first report and every one with a validation loss are kept; of the others every k-th, with
    k = 1, 2, 4, … just large enough that at most 2,000 remain.
    """

    def __init__(self, columns: Mapping[str, AnyArray] | None = None) -> None:
        """Begin empty, or with the columns of an earlier part of the same run."""
        self._rows: list[tuple[float, ...]] = []
        self._every = 1
        if columns and all(name in columns for name in _NAMES):
            table = zip(*(columns[name] for name in _NAMES), strict=True)
            self._rows = [tuple(map(float, row)) for row in table]
            while len(self._rows) > _ROWS // 2 and self._rows == self._thinned(2 * self._every):
                self._every *= 2

    def append(self, progress: Progress) -> None:
        """Add a report, if it is one of those to keep."""
        if progress.step % self._every and progress.step > 1 and progress.validation_loss is None:
            return
        row = (getattr(progress, name) for name in _NAMES)
        self._rows.append(tuple(np.nan if value is None else float(value) for value in row))
        while len(self._rows) > _ROWS:
            self._every *= 2
            rows = self._thinned(self._every)
            # If nothing but validation losses is left, these are thinned too.
            self._rows = rows if len(rows) < len(self._rows) else rows[::2]

    def columns(self) -> dict[str, AnyArray]:
        """Return the columns by the names of `Progress`, each (rows,); NaN where nothing was measured."""
        table = np.array(self._rows, np.float64).reshape(-1, len(_NAMES))
        return dict(zip(_NAMES, table.T, strict=True))

    def __len__(self) -> int:
        return len(self._rows)

    def _thinned(self, every: int) -> list[tuple[float, ...]]:
        return [
            row
            for row in self._rows
            if row[_STEP] % every == 0 or row[_STEP] == 1 or not np.isnan(row[_VALIDATION])
        ]


def epoch_loss(columns: Mapping[str, AnyArray], epoch: int | None = None) -> float:
    """Return the validation loss at the end of an epoch, of the last if none is named; NaN if there is none.

    columns: of a history; epoch: counted from 1.
    """
    losses = columns["validation_loss"][~np.isnan(columns["validation_loss"])]
    return float(losses[-1 if epoch is None else epoch - 1]) if len(losses) else np.nan
