"""A text as training reads it: B segments side by side, cut into chunks of T characters."""

import zlib

import numpy as np

from lstm.arrays import Array, Indices
from lstm.errors import InputError
from lstm.settings import Settings
from lstm.text import shuffle_lines, split

TEXT, VALIDATION_TEXT = "text", "validation_text"  # in a training's state; the second not in older files


class Batches:
    """What each step of a training reads.

    Attributes: chunks, how many steps an epoch has; train and validation, the two parts of the text.
    Raises InputError if the text is too short for one chunk.
    """

    def __init__(self, ids: Indices, settings: Settings) -> None:
        self._settings = settings
        if settings.line_end is not None:
            ids = shuffle_lines(ids, settings.line_end, settings.seed)
        self.train, self.validation = split(ids, settings.validation_share)
        segment = (len(self.train) - 1) // settings.batch_size  # characters
        self.chunks = segment // settings.seq_length
        if self.chunks < 1:
            need = settings.batch_size * settings.seq_length + 1
            raise InputError(
                f"The text is too short: {len(self.train):,} characters to train on, and a batch of "
                f"{settings.batch_size} with {settings.seq_length} steps needs {need:,}; use a longer text"
                f"{', a smaller batch' if settings.batch_size > 1 else ''} or a shorter sequence."
            )
        self.release()

    def batch(self, epoch: int, chunk: int) -> tuple[Indices, Indices]:
        """Return inputs and targets of one step, (T, B): every target is the character after its input."""
        text, T = self._epoch(epoch), self._settings.seq_length
        start = chunk * T
        return text[start : start + T], text[start + 1 : start + T + 1]

    def release(self) -> None:
        """Give back the memory of the epoch that is laid out, until the next step lays it out again."""
        self._text: tuple[int, Indices] = (-1, self.train)  # the epoch, and its text

    def _epoch(self, epoch: int) -> Indices:
        """Return the text of an epoch, (length, B).

        What does not fill a chunk is left out at the beginning, by another number of characters in
        every epoch, so that all of the text is read and no chunk is always cut at the same place.
        """
        if self._text[0] != epoch:
            B, length = self._settings.batch_size, self.chunks * self._settings.seq_length
            spare = len(self.train) - 1 - length * B
            offset = int(np.random.default_rng([self._settings.seed, epoch]).integers(0, spare + 1))
            starts = offset + length * np.arange(B)
            # Each segment with the character after it, the last target.
            self._text = epoch, self.train[starts + np.arange(length + 1)[:, None]]
        return self._text[1]

    def fingerprints(self) -> dict[str, Array]:
        """Return a number that tells a text cut into chunks from others, and one of its validation part."""
        settings = self._settings
        sizes = [settings.seq_length, settings.batch_size, len(self.validation), settings.seed]
        parts = {TEXT: np.concatenate([sizes, self.train]), VALIDATION_TEXT: self.validation}
        return {name: np.array(zlib.crc32(part.astype(np.int64).tobytes())) for name, part in parts.items()}
