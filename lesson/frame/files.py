"""Files of the repository that pages read."""

from pathlib import Path

ROOT = Path(__file__).parents[2]


def asset(path: str) -> str:
    """A text file of assets/, such as `cell/cell.js`."""
    return (ROOT / "assets" / path).read_text("utf-8")
