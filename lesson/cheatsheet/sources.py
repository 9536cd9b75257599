"""The sources: every work that the course cites, where it is to be found, and what it is cited for."""

import re
import tomllib
from typing import NamedTuple

from lesson.frame.files import asset
from lesson.frame.glossary import note, prose


class Source(NamedTuple):
    """A work that is cited.

    authors: surnames, as on the work; year: as it is cited; where: a DOI, an arXiv number or a place;
    cited_for: what the course says after it; earlier: the year of an earlier version, "" if there is none.
    """

    authors: tuple[str, ...]
    year: str
    title: str
    where: str
    cited_for: str
    earlier: str = ""

    @property
    def name(self) -> str:
        """The authors and the year; of more than three authors the first."""
        *others, last = self.authors
        if len(others) > 2:
            return f"{others[0]} et al. {self.year}"
        return f"{', '.join(others)} & {last} {self.year}" if others else f"{last} {self.year}"


def _read(text: str) -> tuple[Source, ...]:
    """Read the list of sources from its file."""
    rows = tomllib.loads(text)["source"]
    return tuple(Source(**{**row, "authors": tuple(row["authors"])}) for row in rows)


SOURCES = _read(asset("sources.toml"))


def show() -> None:
    """Show the part: every source, with its place and what it is cited for."""
    prose(
        f"The course and its library cite {len(SOURCES)} works. Each entry says where the work can be found "
        "and what it is cited for. A DOI can be opened at doi.org, an arXiv number at arxiv.org."
    )
    prose("\n".join(f"- {_entry(source)}" for source in SOURCES))
    note(
        "The program of this course has measured or counted the results that have no source. The usual "
        "ranges of the settings on the sheet are customary values, and the minutes of the plans are "
        "estimates."
    )


def _entry(source: Source) -> str:
    earlier = f" (first version {source.earlier})" if source.earlier else ""
    return f"**{source.name}**{earlier}. *{source.title}.* {source.where}. Cited for: {source.cited_for}."


def in_short(source: Source) -> str:
    """Write a source for the printed sheet: who, when and where."""
    return f"{source.name}: {source.where}"


def is_cited(source: Source, text: str) -> bool:
    """Whether a text cites a source: its first author, and then its year."""
    return re.search(rf"\b{re.escape(source.authors[0])}\b[^;()<>]*\b{source.year}\b", text) is not None
