"""Which units carry an error farthest back, as a heat map that the browser only has to paint."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from visualization.drawings.heat import Heat
from visualization.shades import towards
from visualization.symbols import Theme

SMALLEST = -12  # power of ten of what was put in: what is smaller has the page's own colour


def unit_heat(units: ArrayLike, order: ArrayLike, theme: Theme) -> Heat:
    """Return the map of log₁₀ |∂L/∂h|, relative to what was put in; units (T, H), order (H,) from the top."""
    units = np.abs(np.asarray(units, float))
    logs = np.log10(np.maximum(units / np.linalg.norm(units[-1]), 10.0**SMALLEST))
    codes = np.rint(100 * logs).astype("<i2")
    palette = unit_palette(theme)
    bounds = np.linspace(100 * SMALLEST, 0, 2 * len(palette) - 1)[1::2]
    return Heat(
        np.ascontiguousarray(codes.T[np.asarray(order)]), palette, np.ceil(bounds).astype(int).tolist()
    )


def unit_palette(theme: Theme) -> list[str]:
    """Return the colours of the map, from the page's own to that of C."""
    return towards("C", theme)


def carrying_order(units: ArrayLike) -> NDArray:
    """Return the units by how large their gradient still is over all steps, largest first; units (T, H)."""
    size = np.log10(np.maximum(np.abs(np.asarray(units, float)), 1e-300))
    return np.argsort(-size.mean(axis=0), kind="stable")
