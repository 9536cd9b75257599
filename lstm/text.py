"""Text as a network sees it: characters as indices, and streams of them side by side."""

import itertools
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike

from lstm.arrays import Indices, as_array
from lstm.errors import InputError, check_name

_LARGEST = 128 * 2**20  # bytes of a text file: ten times that many are taken to learn from it
# Of a list: lines, characters in one, share of neighbours in order.
_FEWEST_LINES, _LONGEST_LINE, _IN_ORDER = 50, 60, 0.9


class Vocabulary:
    """The characters a network knows, in the order of their indices.

    Attributes: chars, a tuple of V characters; char_to_idx, a dict from character to index.
    """

    def __init__(self, chars: Iterable[str]) -> None:
        self.chars: tuple[str, ...] = tuple(chars)
        self.char_to_idx = {char: index for index, char in enumerate(self.chars)}
        if not self.chars or len(self.char_to_idx) != len(self.chars) or any(len(c) != 1 for c in self.chars):
            raise InputError("A vocabulary needs at least one character, each exactly once.")

    @classmethod
    def from_text(cls, text: str) -> "Vocabulary":
        """Take all characters of a text, sorted.  Raises InputError if there is none."""
        return cls(sorted(set(text)))

    @property
    def idx_to_char(self) -> dict[int, str]:
        """The inverse of char_to_idx."""
        return dict(enumerate(self.chars))

    def unknown(self, text: str) -> list[str]:
        """List the characters of a text that are not in the vocabulary, each once, in order."""
        return [char for char in dict.fromkeys(text) if char not in self.char_to_idx]

    def encode(self, text: str) -> Indices:
        """Turn a text into indices (T,).  Raises InputError for characters that the vocabulary lacks."""
        if unknown := self.unknown(text):
            names = ", ".join(map(repr, unknown[:5])) + (", …" if len(unknown) > 5 else "")
            raise InputError(f"This model has never seen {names}; use only characters of its own text.")
        return np.fromiter(map(self.char_to_idx.__getitem__, text), np.intp, len(text))

    def decode(self, indices: Iterable[int]) -> str:
        """Turn indices into the text that they stand for.  Raises InputError for those of no character."""
        return "".join(map(self.chars.__getitem__, check_indices([*indices], len(self), "indices")))

    def __len__(self) -> int:
        return len(self.chars)

    def __contains__(self, char: str) -> bool:
        return char in self.char_to_idx

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Vocabulary) and self.chars == other.chars

    __hash__ = None  # type: ignore[assignment]  # Python's own way to say: not hashable

    def __repr__(self) -> str:
        return f"Vocabulary({''.join(self.chars)!r})"


def decode_text(data: bytes, name: str = "The text") -> str:
    """Read the bytes of a text file as a string with \\n line ends.

    They are UTF-8, or UTF-16 with a byte order mark, as some editors on Windows save it.
    Raises InputError if they are empty, binary or neither; `name` is what the sentence begins with.
    """
    if not data:
        raise InputError(f"{name} is empty; choose one with some text in it.")
    encoding = "UTF-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "UTF-8"
    binary = InputError(f"{name} is a binary file, not text; choose a plain text file (UTF-8).")
    if encoding == "UTF-8" and b"\0" in data:  # in UTF-16 every second byte may be 0
        raise binary
    try:
        text = data.decode("utf-8-sig" if encoding == "UTF-8" else encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name} is not {encoding} text (byte {error.start:,} cannot be read); save it as UTF-8 and try "
            "again."
        ) from error
    if "\0" in text:
        raise binary
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise InputError(f"{name} holds only white space; choose one with some text in it.")
    return text


def read_text(path: str | Path) -> str:
    """Read a UTF-8 text file.  Raises InputError if there is none, or it is not text or too large."""
    path = Path(check_name(path))
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder; name a text file in it.")
        with open(path, "rb") as file:  # no more than that: a device has no end
            data = file.read(_LARGEST + 1)
    except FileNotFoundError as error:
        raise InputError(f"There is no file {path}; check the name.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from error
    if len(data) > _LARGEST:
        raise InputError(f"{path} is larger than {_LARGEST // 2**20} MB; take a part of it.")
    return decode_text(data, str(path))


def split(ids: Indices, validation_share: float = 0.1) -> tuple[Indices, Indices]:
    """Split a text (T,) into its training part, the beginning, and its validation part, the end.

    The end, not a random choice of lines: neighbours resemble each other, and a validation text
    that is mixed with the training text would look easier than new text is.
    """
    if not 0 <= validation_share < 1:
        raise InputError("The share of text kept for validation must be at least 0 and below 1.")
    cut = len(ids) - int(len(ids) * validation_share)
    return ids[:cut], ids[cut:]


def shuffle_lines(ids: Indices, line_end: int, seed: int) -> Indices:
    """Return a text (T,) with its lines in another order, for lists, in which order means nothing.

    In a list sorted by name the last tenth begins with other letters than the text before it: as a
    validation text it measures what was never shown.  line_end: index of the character that ends a line;
    what follows the last one stays at the end.  The same seed gives the same order.
    """
    ends = np.flatnonzero(ids == line_end) + 1
    if len(ends) < 2:
        return ids
    lines, rest = np.split(ids[: ends[-1]], ends[:-1]), ids[ends[-1] :]
    order = np.random.default_rng(seed).permutation(len(lines))
    return np.concatenate([*(lines[k] for k in order), rest])


def looks_like_list(text: str) -> bool:
    """Return whether a text seems to be a sorted list, such as names or words, whose order means nothing.

    It has 50 different lines or more, 60 characters long at most, and 90 % of neighbours are in order,
    capital or small letters alike; empty lines don't count.
    """
    lines = [line.casefold() for line in text.splitlines() if line.strip()]
    if len(set(lines)) < _FEWEST_LINES or max(map(len, lines)) > _LONGEST_LINE:
        return False
    in_order = sum(a <= b for a, b in itertools.pairwise(lines))
    return in_order >= _IN_ORDER * (len(lines) - 1)


def streams(ids: Indices, count: int) -> Indices:
    """Cut a text (T,) into `count` equal segments side by side: (T // count, count).

    Row t holds the t-th character of every segment, so a network that reads row after row and
    carries its state reads `count` continuous texts.  At most count − 1 characters are left over.
    """
    length = len(ids) // count
    return np.ascontiguousarray(ids[: length * count].reshape(count, length).T)


def check_text(ids: ArrayLike, size: int) -> Indices:
    """Return a text (T,), indices below `size`, as an array.  Raises InputError for anything else."""
    array = check_indices(ids, size, "characters of the text")
    if array.ndim != 1:
        raise InputError(f"A text is one row of indices (T,), not an array of shape {array.shape}.")
    return array


def check_indices(ids: ArrayLike, size: int, what: str, low: int = 0) -> Indices:
    """Return indices as an array.  Raises InputError unless all are whole numbers from `low` to size − 1."""
    array = as_array(ids, f"The {what}")
    if not array.size:
        return array.astype(np.intp)
    if array.dtype.kind not in "iu" or not low <= array.min() <= array.max() < size:
        hints = {"U": "; vocabulary.encode(text) turns text into them", "f": "; .astype(int) makes them so"}
        hint = hints.get(array.dtype.kind, "")
        raise InputError(f"The {what} must be whole numbers from {low} to {size - 1}{hint}.")
    return array.astype(np.intp, copy=False)
