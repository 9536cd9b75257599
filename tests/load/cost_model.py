"""A straight model of the processor time that servers take, fitted to what was measured."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

FULL = 0.6  # of a core, that a server may take: beyond, answers begin to wait for each other
TERMS = ("a server", "a visitor", "a vote a second", "a vote a second, for each server")


class Model(NamedTuple):
    """cores = TERMS · (servers, visitors, votes, servers · votes).  covariance: of the coefficients."""

    coefficients: np.ndarray
    covariance: np.ndarray
    residual: float

    def cores(self, servers: float, visitors: float, votes: float) -> tuple[float, float]:
        """Return the cores that it says, and the standard error of that."""
        x = _terms(servers, visitors, votes)
        return float(x @ self.coefficients), float(np.sqrt(x @ self.covariance @ x))


def _terms(servers: float, visitors: float, votes: float) -> np.ndarray:
    return np.array([servers, visitors, votes, servers * votes])


def fit(places: Sequence[tuple[float, float, float]], cores: Sequence[float]) -> Model:
    """Return the least squares of cores at places: servers, visitors, votes a second."""
    X, y = np.array([_terms(*place) for place in places]), np.array(cores)
    coefficients, *_ = np.linalg.lstsq(X, y, rcond=None)
    rest = y - X @ coefficients
    variance = rest @ rest / (len(y) - X.shape[1])
    return Model(coefficients, variance * np.linalg.inv(X.T @ X), float(np.sqrt(rest @ rest / len(y))))


def servers_for(model: Model, visitors: float, votes: float, most: int = 200) -> int:
    """Return the least number of servers of which none takes more than FULL of a core; 0: none is enough.

    model: of all servers together.
    """
    enough = (count for count in range(1, most) if model.cores(count, visitors, votes)[0] <= FULL * count)
    return next(enough, 0)
