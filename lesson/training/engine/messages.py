"""What server and worker send each other: a line of JSON with, where there is one, a file after it.

JSON and no pickle, because then nothing that arrives can be more than numbers and words.
"""

import json
import struct
from collections.abc import Mapping
from typing import Any, BinaryIO, Literal, NotRequired, TypedDict

_LENGTHS = struct.Struct("<QQ")


class Order(TypedDict):
    """What the server tells the worker to do with a run.

    start: with its settings as JSON and the bytes of its text, which come as file, a checkpoint behind it if
    it goes on with one.  work: up to the step `limit`.  checkpoint: under the number `ask`, with notes.
    """

    do: Literal["start", "work", "drop", "checkpoint"]
    run: str
    settings: NotRequired[str]
    text_bytes: NotRequired[int]
    limit: NotRequired[int]
    ask: NotRequired[int]
    notes: NotRequired[dict[str, str]]


class Looks(TypedDict, total=False):
    """What is looked at at some steps.

    samples: (step, text); validation: (step, loss); right: (step, share of right answers); probes: numbers
    by name, `step` among them.
    """

    samples: list[tuple[int, str]]
    validation: list[tuple[int, float]]
    right: list[tuple[int, float]]
    probes: list[dict[str, float]]


class BegunReport(Looks):
    """What is known before the first step; see `recording.Begun`."""

    steps: int | None
    began: int
    chunks: int
    vocabulary: list[str]
    parameters: int
    train_characters: NotRequired[int]
    validation_characters: NotRequired[int]
    before: NotRequired[Mapping[str, list[float]]]


# In the other form, because `from` is a word of Python's.
_Steps = TypedDict("_Steps", {"from": int, "to": int})


class Report(_Steps, Looks):
    """The steps after `from` up to `to`: loss and norm of each, or what was measured of speed in each.

    seconds: of work, up to there; examined: what can be known of the network before its first step; best: of
    a run that has ended, what is to be known of its best epoch (see `recording.Best`).
    """

    finished: bool
    loss: NotRequired[list[float]]
    norm: NotRequired[list[float]]
    speed: NotRequired[list[tuple[str, int, float]]]
    seconds: NotRequired[float]
    examined: NotRequired[dict[str, float]]
    best: NotRequired[tuple[int, float, str]]


class Answer(TypedDict):
    """What the worker says of a run: that it exists, what it has done, a checkpoint's file or an error."""

    run: str
    begun: NotRequired[BegunReport]
    report: NotRequired[Report]
    ask: NotRequired[int | None]
    step: NotRequired[int]
    error: NotRequired[str]


def send(stream: BinaryIO, message: Order | Answer, data: bytes = b"") -> None:
    """Write a message at once.  Raises OSError if nobody reads any more."""
    head = json.dumps(message).encode()
    stream.write(_LENGTHS.pack(len(head), len(data)) + head + data)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[Any, bytes] | None:
    """Return the next message, an Order or an Answer, and its file; None at the end of the stream.

    A stream that ends within a message gives None too.
    """
    lengths = _exactly(stream, _LENGTHS.size)
    if lengths is None:
        return None
    head_size, data_size = _LENGTHS.unpack(lengths)
    head, data = _exactly(stream, head_size), _exactly(stream, data_size)
    return None if head is None or data is None else (json.loads(head), data)


def _exactly(stream: BinaryIO, size: int) -> bytes | None:
    data = stream.read(size)
    return data if data is not None and len(data) == size else None
