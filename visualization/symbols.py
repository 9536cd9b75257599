"""The symbols of the three cells: letter, meaning, range and colour of each, said here and nowhere else.

What can't import this table (style sheets, the theme, JavaScript, `lstm`) is compared with it by tests.
A colour has a tone for light and one for dark backgrounds, of at least 4.5 : 1 against either (a test
computes it), and hues that stay apart for colour-blind eyes; charts tell lines apart by dashes too.
"""

from dataclasses import dataclass
from typing import Literal

Theme = Literal["light", "dark"]
Role = Literal["gate", "candidate", "state", "input"]


@dataclass(frozen=True)
class Symbol:
    """A symbol as every page, chart and drawing writes it.

    id: the name of its array in `lstm`; letter: as it is written; name: in words, as in "forget gate";
    meaning: as the cheat sheet explains it; summary: the same beside a picture; index: that of its weights
    W, its bias b and its sum z, empty where it has none of its own; span: its range in words; shape: of one
    step; light, dark: its colour as #rrggbb.
    """

    id: str
    letter: str
    role: Role
    name: str
    meaning: str
    summary: str
    light: str
    dark: str
    index: str = ""
    span: str = "0 to 1"
    shape: str = "(H,)"

    @property
    def short(self) -> str:
        """The name without the word gate: "forget"."""
        return self.name.removesuffix(" gate")


_OCHRE = "#8f5b00", "#e6a938"  # of either candidate

_TABLE = (
    Symbol("f", "f", "gate", "forget gate", "the share of C that is kept", "how much of it is kept",
           "#0b62a8", "#5aaef0", "f"),
    Symbol("i", "i", "gate", "input gate", "the share of C̃ that is written", "how much is written",
           "#00755a", "#2fc297", "i"),
    Symbol("C_tilde", "C̃", "candidate", "candidate", "what could be written", "what could be written into it",
           *_OCHRE, "C", span="−1 to 1"),
    Symbol("o", "o", "gate", "output gate", "the share of tanh C that is shown", "how much is shown",
           "#96397f", "#e08fca", "o"),
    Symbol("C", "C", "state", "cell state", "the memory", "the memory",
           "#b8400e", "#ff8f5e", span="any number"),
    Symbol("h", "h", "state", "hidden state", "what is shown, and read at the next step", "what is shown",
           "#44505c", "#c3ccd6", span="−1 to 1"),
    Symbol("x", "x", "input", "input", "the character at step t", "what is read",
           "#6b5636", "#cdb188", span="one 1, else 0", shape="(D,)"),
    Symbol("z", "z", "gate", "update gate", "the share of h that is kept", "how much of h is kept",
           "#00707d", "#46bdcb", "z"),
    Symbol("r", "r", "gate", "reset gate", "the share of h that the candidate sees",
           "how much of h the candidate sees", "#6b6600", "#c8bf3f", "r"),
    Symbol("h_tilde", "h̃", "candidate", "candidate", "what could be written", "what could be written",
           *_OCHRE, "h", span="−1 to 1"),
)  # fmt: skip
SYMBOLS: dict[str, Symbol] = {symbol.id: symbol for symbol in _TABLE}

# The gates of an LSTM and of a GRU; an LSTM's come first.
GATES = tuple(symbol.id for symbol in _TABLE if symbol.role == "gate")

# What a cell has of a text at every step, its memory first.
VALUES_OF_CELL = {
    "lstm": ("C", "C_tilde", "f", "i", "o", "h"),
    "gru": ("h", "h_tilde", "z", "r"),
    "gru_reset_after": ("h", "h_tilde", "z", "r"),
    "rnn": ("h",),
}

_BY_INDEX = {symbol.index: symbol.id for symbol in _TABLE if symbol.index}  # of both cells, without a clash

# Whose colour a value has that has no letter of its own: the parts of C, of the gates that decide them.
_OWNERS = {
    "kept_part": "f", "added_part": "i", "tanh_C": "C", "logits": "x", "y": "x", "W_y": "x", "b_y": "x",
}  # fmt: skip


def owner(value: str) -> str:
    """The id of the symbol whose colour a value of an LSTM or a GRU has: f for W_f, b_f, z_f and w_fh; h for
    h_prev; h_tilde for w_hx.

    Raises KeyError for a value that no symbol owns.
    """
    if value in SYMBOLS:
        return value
    if value in _OWNERS:
        return _OWNERS[value]
    letter, _, index = value.partition("_")
    if letter in ("W", "b", "z", "w"):
        return _BY_INDEX[index[0]]
    return SYMBOLS[value.removesuffix("_prev")].id


def letters_of_cell(cell: str) -> tuple[str, ...]:
    """The letters of what a cell has at every step, its memory first; cell: a key of `VALUES_OF_CELL`."""
    return tuple(SYMBOLS[name].letter for name in VALUES_OF_CELL[cell])


def symbol_of_index(index: str, cell: str = "lstm") -> Symbol:
    """The symbol of a cell that the weights with an index compute: C̃ for W_C.

    Raises KeyError if no weights have it.
    """
    for symbol in (SYMBOLS[name] for name in VALUES_OF_CELL[cell]):
        if symbol.index == index:
            return symbol
    raise KeyError(index)


def symbol_of_letter(letter: str) -> Symbol:
    """The symbol that is written with a letter.  Raises KeyError if there is none."""
    for symbol in _TABLE:
        if symbol.letter == letter:
            return symbol
    raise KeyError(letter)
