"""The README's figures: all between <!-- figures: NAME --> and <!-- end of figures --> is written here."""

import re

from tests.figures import results
from tests.figures.owners import AMISS, CONDITIONS, OWNERS, Owner
from tests.figures.results import BUSY, ROOT, Results
from tests.figures.table import Table, fill, wrapped

FILE = ROOT / "README.md"
END = "<!-- end of figures -->"
_BLOCK = re.compile(rf"<!-- figures: ([^>]+) -->\n.*?{END}", re.DOTALL)


def block(name: str, owner: str, parts: tuple[Table | str, ...], measured: Results) -> str:
    """Return what stands in the README of a block, its two marks included."""
    quiet, busy = results.values(measured, owner), results.values(measured, owner, BUSY)
    texts = []
    for part in parts:
        if isinstance(part, Table):
            texts.append(part.markdown(quiet, busy))
        elif part == CONDITIONS:
            texts.append(wrapped(results.sentence(measured.get(owner, {}))))
        else:  # of a busy machine only what does not hold
            said = (fill(part, quiet), fill(f"Busy: {part}", busy) if part == AMISS else None)
            texts += [wrapped(text) for text in said if text is not None]
    return "\n".join([f"<!-- figures: {name} -->", "\n\n".join(texts), END])


def blocks(measured: Results, owners: dict[str, Owner]) -> dict[str, str]:
    """Return all blocks of owners by name."""
    return {
        name: block(name, key, parts, measured)
        for key, owner in owners.items()
        for name, parts in owner.blocks.items()
    }


def rewritten(text: str, new: dict[str, str]) -> str:
    """Return the text with new blocks; all else stays.  ValueError if a block has not its one place."""
    places = _BLOCK.findall(text)
    if sorted(places) != sorted(new) or text.count(END) != len(places):
        wrong = sorted(set(places) ^ set(new)) or [END]
        raise ValueError(f"README.md and the figures disagree about these blocks: {', '.join(wrong)}.")
    return _BLOCK.sub(lambda match: new[match[1]], text)


def write(measured: Results) -> None:
    """Write all blocks into the README."""
    FILE.write_text(rewritten(FILE.read_text("utf-8"), blocks(measured, OWNERS)), "utf-8")
