"""The LSTM cell for paper: black lines on white, with a box to write each value into."""

from collections.abc import Mapping

# Where a value's box stands, and what is written above it.
_BOXES = {
    "C_prev": (4, 96, "C", "t−1"), "h_prev": (4, 258, "h", "t−1"), "x": (122, 344, "x", "t"),
    "f": (150, 252, "forget gate f", ""), "i": (262, 252, "input gate i", ""),
    "C_tilde": (374, 252, "candidate C̃", ""), "o": (486, 252, "output gate o", ""),
    "C": (634, 96, "C", "t"), "h": (634, 314, "h", "t"),
}  # fmt: skip
_WIRES = (
    "M4 82H156", "M188 82H324", "M356 82H696", "M4 304H508", "M112 384V304", "M172 218V98",
    "M284 218V158H324", "M396 218V158H356", "M340 142V98", "M592 82V116", "M592 146V178", "M508 218V194H576",
    "M592 210V304H696",
    "M172 304V282", "M284 304V282", "M396 304V282", "M508 304V282",
)  # fmt: skip
_TIPS = (
    "M695 74L709 82L695 90Z", "M695 296L709 304L695 312Z", "M164 110L172 98L180 110Z",
    "M332 110L340 98L348 110Z", "M314 150L326 158L314 166Z", "M366 150L354 158L366 166Z",
    "M584 168L592 180L600 168Z", "M566 186L578 194L566 202Z",
)  # fmt: skip
_OPERATIONS = ((172, 82, "×"), (340, 82, "+"), (340, 158, "×"), (592, 194, "×"), (592, 131, "tanh"))


def paper_cell(values: Mapping[str, str]) -> str:
    """Draw the cell; values: what stands in the boxes, by the ids of the symbols; the others are empty."""
    parts = ['<rect x="86" y="26" width="530" height="302" rx="26" fill="none" stroke="#888"/>']
    parts += [f'<path d="{wire}" fill="none" stroke="#111" stroke-width="1.4"/>' for wire in _WIRES]
    parts += [f'<path d="{tip}" fill="#111"/>' for tip in _TIPS]
    parts += [_rectangle(x, 218, 100, 64, 8) for x in (122, 234, 346, 458)]
    for x, y, sign in _OPERATIONS:
        half = 30 if sign == "tanh" else 16
        parts += [_rectangle(x - half, y - 16, 2 * half, 32, 16), _text(x, y + 5, sign)]
    for name, (x, y, letter, index) in _BOXES.items():
        parts += [_text(x + 22, y - 12, letter) if name in _GATES else _text(x + 22, y - 22, letter, index)]
        parts += [_rectangle(x - 8, y - 4, 62, 26), _text(x + 23, y + 14, values.get(name, ""), bold=True)]
    filled = ", ".join(f"{' '.join(_BOXES[name][2:]).strip()} = {value}" for name, value in values.items())
    words = f"The LSTM cell with a box for each value. Filled in: {filled or 'nothing'}"
    font = f'font-family="Georgia, serif" font-size="14" fill="#111" aria-label="{words}"'
    return f'<svg viewBox="0 20 712 360" role="img" {font}>{"".join(parts)}</svg>'


_GATES = ("f", "i", "C_tilde", "o")


def _rectangle(x: float, y: float, width: float, height: float, round: float = 0) -> str:
    size = f'x="{x}" y="{y}" width="{width}" height="{height}" rx="{round}"'
    return f'<rect {size} fill="#fff" stroke="#111"/>'


def _text(x: float, y: float, text: str, index: str = "", bold: bool = False) -> str:
    """Write a text; a letter with an index is a symbol."""
    if index:
        text = f'<tspan font-style="italic">{text}</tspan><tspan dy="4" font-size="11">{index}</tspan>'
    weight = ' font-weight="bold"' if bold else ""
    return f'<text x="{x}" y="{y}" text-anchor="middle"{weight}>{text}</text>'
