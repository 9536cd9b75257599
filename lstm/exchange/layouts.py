"""One table: in which order each library stacks the gates of a cell.

Letters are those of our weight names: c, f, i, o for the LSTM; h, z, r for the GRU; h for the RNN.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lstm.arrays import Array


@dataclass(frozen=True)
class Layout:
    """Where a library keeps each gate.

    order: for a cell of so many gates, our letters from the top; names: what the library calls a gate,
    where that differs from our letter, by (number of gates, letter).
    """

    library: str
    order: Mapping[int, str]
    names: Mapping[tuple[int, str], str]

    def stack(self, gates: Mapping[str, Array]) -> Array:
        """Put the gates' rows on top of each other: (H, …) by letter -> (G·H, …)."""
        return np.concatenate([gates[letter] for letter in self.order[len(gates)]])

    def unstack(self, rows: Array, gates: int) -> dict[str, Array]:
        """Return each gate's rows by our letter: (G·H, …) -> (H, …) each, views."""
        return dict(zip(self.order[gates], np.split(rows, gates), strict=True))

    def name(self, gates: int, letter: str) -> str:
        """Return what the library calls a gate."""
        return self.names.get((gates, letter), letter)


# nn.RNN, nn.GRU, nn.LSTM: weight_ih_l0 (G·H, D), weight_hh_l0 (G·H, H); g and n are the candidates.
PYTORCH = Layout("PyTorch", {4: "ifco", 3: "rzh", 1: "h"}, {(4, "c"): "g", (3, "h"): "n"})
# SimpleRNN, GRU, LSTM: kernel (D, G·H), recurrent_kernel (H, G·H): the gates are columns.
KERAS = Layout("Keras", {4: "ifco", 3: "zrh", 1: "h"}, {})
# RNN, GRU, LSTM: W (directions, G·H, D), R (directions, G·H, H).
ONNX = Layout("ONNX", {4: "iofc", 3: "zrh", 1: "h"}, {(1, "h"): "i"})
# The library of this course: W (G·H, H + D), the candidate first.
OURS = Layout("here", {4: "cfio", 3: "hzr", 1: "h"}, {})

LAYOUTS = {layout.library: layout for layout in (PYTORCH, KERAS, ONNX)}
