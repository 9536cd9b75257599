"""Charts as files that open without a network."""

import json
import os
from importlib.util import find_spec
from pathlib import Path

import altair as alt

from lstm.errors import InputError

_SUFFIXES = (".html", ".svg", ".png")


class _InScript(json.JSONEncoder):
    """JSON that stands in a page's script: no text in it, such as a token </script>, ends that."""

    def encode(self, o: object) -> str:
        return super().encode(o).replace("<", "\\u003c")


def save_chart(chart: alt.TopLevelMixin, path: str | Path) -> Path:
    """Save a chart as a page (.html), or as a picture (.svg, .png); return its path.

    The page holds all that it needs to draw, about 800 KB, and asks no server for anything.
    The file is written beside its place and renamed into it: what was there is whole until then.
    Raises InputError for another suffix, a place that can't be written to, or without the package
    vl-convert-python (`pip install vl-convert-python`).
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in _SUFFIXES:
        raise InputError(f"A chart is saved as .html, .svg or .png, not as {path.name!r}; give one of these.")
    if find_spec("vl_convert") is None:
        raise InputError("Saving charts needs the package vl-convert-python: pip install vl-convert-python.")
    part = path.with_name(f".{path.stem}.{os.getpid()}.part{suffix}")
    try:
        try:
            # inline: the scripts of Vega in the page itself, not an address where they are.
            options = {
                ".html": {"inline": True, "json_kwds": {"cls": _InScript}}, ".png": {"scale_factor": 2},
            }.get(suffix, {})  # fmt: skip
            chart.save(part, format=suffix[1:], **options)
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{path} can't be written ({error.strerror}); choose another place.") from error
    return path
