"""Tables and sentences of figures: templates with places for named values, and what is asked of them.

A template is a format string: "{votes_p95:.0f} ms".  Values are numbers or words by name; what was not
measured has no name, and a dash in its cell.
"""

import re
import textwrap
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import NamedTuple

Values = Mapping[str, float | str | None]
WIDTH = 116  # characters of a line of prose


class Cell(NamedTuple):
    """A cell with what is asked of the first value in it, as it is written; busy: of a busy machine, if not
    the same."""

    template: str
    most: float | None = None
    least: float | None = None
    busy: float | None = None

    def asks(self) -> bool:
        """Return whether anything is asked."""
        return self.most is not None or self.least is not None

    def unit(self) -> str:
        """Return what stands behind the first value."""
        return re.sub(r"^.*?\{.*?\}", "", self.template)

    def limit(self) -> str:
        """Return what is asked, without the unit."""
        if not self.asks():
            return "–"
        number = f"{self.most if self.most is not None else self.least:,g}"
        return number if self.most is not None else f"≥ {number}"

    def holds(self, values: Values, is_busy: bool = False) -> bool:
        """Return whether what is written is what is asked for; nothing is said of what was not measured."""
        key, spec = next(_fields(self.template), ("", ""))
        value = values.get(key)
        if not self.asks() or value is None:
            return True
        written = float(format(value, spec).replace(",", ""))
        most = self.busy if is_busy and self.busy is not None else self.most
        return (most is None or written <= most) and (self.least is None or written >= self.least)

    def text(self, values: Values, is_busy: bool = False) -> str:
        """Return the cell, in bold type where less than what is asked is reached."""
        text = fill(self.template, values)
        if text is None:
            return "–"
        return text if self.holds(values, is_busy) else f"**{text}**"


class Line(NamedTuple):
    """A line of a table; what: a template as well."""

    what: str
    cells: tuple[Cell, ...]

    def asked(self, columns: tuple[str, ...]) -> str:
        """Return what is asked of its cells: once, or of each in turn, or with the names of their columns."""
        asking = [(name, cell) for name, cell in zip(columns, self.cells, strict=True) if cell.asks()]
        if not asking:
            return "–"
        first, units = asking[0][1], {cell.unit() for _, cell in asking}
        if len(columns) == 1:
            busy = "" if first.busy is None else f", busy {first.busy:,g}{first.unit()}"
            return f"{first.limit()}{first.unit()}{busy}"
        if len(units) > 1 or len(asking) < max(2, len(columns) - 2):
            return ", ".join(f"{name} {cell.limit()}{cell.unit()}" for name, cell in asking)
        limits = [cell.limit() for cell in self.cells]
        if len({cell.limit() for _, cell in asking}) == 1:
            return f"{first.limit()}{first.unit()} each"
        return ", ".join(limits).rstrip("–, ") + first.unit()


class Table(NamedTuple):
    """A table.  head: of the first column and of those that are measured."""

    head: tuple[str, ...]
    lines: tuple[Line, ...]

    def markdown(self, quiet: Values, busy: Values) -> str:
        """Return the table; what was measured on a busy machine is a column, or a table of its own."""
        if len(self.head) == 2 and busy:
            pairs = [[line.cells[0].text(quiet), line.cells[0].text(busy, True)] for line in self.lines]
            return self._grid((self.head[0], "quiet", "busy"), pairs, quiet)
        text = self._grid(self.head, [[c.text(quiet) for c in line.cells] for line in self.lines], quiet)
        if busy:
            cells = [[cell.text(busy, True) for cell in line.cells] for line in self.lines]
            text += "\n\nThe same on a busy machine:\n\n" + self._grid(self.head, cells, busy)
        return text

    def _grid(self, head: tuple[str, ...], cells: list[list[str]], values: Values) -> str:
        rows = [[fill(line.what, values) or line.what] for line in self.lines]
        top = [head[0]]
        if any(cell.asks() for line in self.lines for cell in line.cells):
            columns = self.head[1:]
            rows = [[*row, line.asked(columns)] for row, line in zip(rows, self.lines, strict=True)]
            top.append("asked")
        rows = [[*row, *measured] for row, measured in zip(rows, cells, strict=True)]
        top += head[1:]
        lines = [f"| {' | '.join(row)} |".replace("|  |", "| |") for row in (top, *rows)]
        return "\n".join([lines[0], f"|{'---|' * len(top)}", *lines[1:]])

    def short(self, values: Values, is_busy: bool = False) -> Iterator[str]:
        """Yield a sentence for each cell that is short of what is asked."""
        whole = ""
        for line in self.lines:
            what = fill(line.what, values) or line.what
            whole = whole if what.startswith("…") else what
            for name, cell in zip(self.head[1:], line.cells, strict=True):
                if not cell.holds(values, is_busy):
                    limit = f"{cell.busy:,g}" if is_busy and cell.busy is not None else cell.limit()
                    column = "" if len(self.head) == 2 else f", {name}"
                    text = fill(cell.template, values)
                    place = what if what == whole else f"{whole} {what}"
                    yield f"{place}{column}: {text} (asked: {limit}{cell.unit()})"


def line(what: str, *cells: Cell | str) -> Line:
    """Return a line; of a cell that is only a template nothing is asked."""
    return Line(what, tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in cells))


class _Written(Formatter):
    """Numbers below 0 have a minus of its own width, as everywhere in the README."""

    def format_field(self, value: float | str, spec: str) -> str:
        """Return a value as it is written."""
        text = format(value, spec)
        return text if isinstance(value, str) else text.replace("-", "−")


def _fields(template: str) -> Iterator[tuple[str, str]]:
    """Yield name and format of each place in a template."""
    for _, name, spec, _ in Formatter().parse(template):
        if name is not None:
            yield name, spec or ""


def names_in(part: "Table | str") -> set[str]:
    """Return the names of all values that a table or a sentence has a place for."""
    if isinstance(part, str):
        return {name for name, _ in _fields(part)}
    templates = [text for line in part.lines for text in (line.what, *(c.template for c in line.cells))]
    return {name for template in templates for name, _ in _fields(template)}


def fill(template: str, values: Values) -> str | None:
    """Return a template with its values, or None if one of them was not measured."""
    if any(values.get(name) is None for name, _ in _fields(template)):
        return None
    return _Written().format(template, **values)


def wrapped(text: str) -> str:
    """Return prose in lines of the README's width; a list stays as it is."""
    return text if "\n" in text else textwrap.fill(text, WIDTH, break_long_words=False)
