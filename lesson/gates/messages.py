"""What travels between the live cell and Python: packed tables there, a checked message back."""

import base64
import zlib
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from lesson.gates.sliders import SLIDERS, Setting

LARGEST_STEP = 1_000  # a step in view
LARGEST_COUNT = 10**9  # of turns and jumps


def pack(tables: Iterable[NDArray[np.int16]], deflate: bool = True) -> str:
    """Return tables as the browser unpacks them: joined, low bytes before high ones, deflated, base64.

    Neighbouring values are alike, so that their high bytes repeat: a fifth of the size.
    """
    joined = np.concatenate([table.ravel() for table in tables]).astype("<i2")
    planes = joined.view(np.uint8).reshape(-1, 2).T.tobytes()
    return base64.b64encode(zlib.compress(planes, 6) if deflate else planes).decode()


class Message(NamedTuple):
    """What the browser sent: a setting, the drawers that are open, the slider in hand, the step in view.

    jump: the page's last jump that the browser has taken over.  turn: the number of the message.
    """

    setting: Setting
    open_drawers: frozenset[str]
    slider: str
    t: int
    jump: int
    turn: int


def read_message(sent: object) -> Message | None:
    """Return what the browser sent, checked; None if it is not one of ours."""
    if not isinstance(sent, Mapping) or (setting := _setting(sent.get("setting"))) is None:
        return None
    groups = sent.get("open")
    drawers = frozenset(g for g in groups if isinstance(g, str)) if isinstance(groups, list) else frozenset()
    slider, t, jump, turn = (sent.get(name) for name in ("held", "t", "seen", "turn"))
    return Message(
        setting,
        drawers,
        slider if isinstance(slider, str) and slider in SLIDERS else "b_f",
        t if _is_whole_number(t, LARGEST_STEP) else 1,
        jump if _is_whole_number(jump, LARGEST_COUNT) else 0,
        turn if _is_whole_number(turn, LARGEST_COUNT) else 0,
    )


def _setting(positions: object) -> Setting | None:
    """Return the setting at these positions of all sliders, None if they are not that."""
    if not isinstance(positions, Mapping):
        return None
    setting = {}
    for name, slider in SLIDERS.items():
        position = positions.get(name)
        if not _is_whole_number(position, len(slider.range) - 1):
            return None
        setting[name] = float(slider.range[position])
    return setting


def _is_whole_number(value: object, largest: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= largest
