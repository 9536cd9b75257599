"""The tables of the course's experiments; the modules of `assets.build.experiments` write them."""

import json
from typing import Any

from lesson.frame.files import asset
from lesson.frame.memo import memo

Table = dict[str, Any]


@memo(entries=12)
def experiment_table(name: str) -> Table:
    """Return a table: its settings, and in rows what was measured; read once for everybody."""
    table: Table = json.loads(asset(f"experiments/{name}.json"))
    return table
