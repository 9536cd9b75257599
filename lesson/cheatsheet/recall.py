"""What the networks that were trained to recall a symbol say about reach, for the cheat sheet."""

import re
from collections.abc import Sequence

from lesson.gradients.recall_results import results
from visualization.charts.recall import Panel, recall_panel
from visualization.charts.recall_sentences import RECALLS, reach, seeds_that_recall
from visualization.text import join_words

_ROW = re.compile(r"(\w+)(?:,\D*(\d+))?")


def named(row: str) -> str:
    """Name a row of the results with the bias that it started with: GRU, b_z = 3."""
    cell, bias = _parts(row)
    symbol = {"LSTM": "b_f", "GRU": "b_z"}.get(cell)
    return f"{cell} with {symbol} = {bias}" if symbol else cell


def _parts(row: str) -> tuple[str, str]:
    """Return the kind of cell and its starting bias, which is 0 where none is named."""
    match = _ROW.match(row)
    if not match:
        raise ValueError(f"no network is named {row!r}")
    return match[1], match[2] or "0"


def rows() -> list[str]:
    """Return the names of all networks, as the results have them."""
    return list(results()["row"].unique())


def reaches(panel: Panel = "direct") -> dict[str, int]:
    """Return the longest gap over which each network recalls, in the median of its seeds."""
    frame = recall_panel(results(), panel)
    return {row: reach(frame, row) for row in rows()}


def seeds_at(row: str, gap: int, panel: Panel = "direct") -> str:
    """Return how many seeds of a network recall over a gap: 3 of 5 seeds."""
    return seeds_that_recall(recall_panel(results(), panel), row, gap)


def longest_gap() -> int:
    """Return the longest gap that was tried."""
    return int(results()["gap"].max())


def advice_for_long_gaps() -> str:
    """Name the networks that recall over the longest gap, the surest first, with the seeds that do."""
    gap = longest_gap()
    able = [row for row, steps in reaches().items() if steps == gap]
    able.sort(key=lambda row: seeds_at(row, gap), reverse=True)
    names = " or ".join(f"{'an' if row[0] == 'L' else 'a'} **{_parts(row)[0]}**{_bias(row)}" for row in able)
    counts = join_words(f"{seeds_at(row, gap)} of the {named(row)}" for row in able)
    eased = join_words(f"{seeds_at(row, gap, 'elsewhere')}" for row in able)
    return (
        f"{names[0].upper()}{names[1:]}. Trained here to recall a symbol after {gap} steps, {counts} "
        f"succeed. If they train on short sequences first: {eased}."
    )


def _bias(row: str) -> str:
    return named(row).removeprefix(_parts(row)[0])


def short_sequences_first() -> str:
    """Say what training on short gaps first does: for recall over the longest gap, and over shorter ones."""
    gap, eased = longest_gap(), recall_panel(results(), "elsewhere")
    before = [row for row, steps in reaches().items() if steps == gap]
    after = [row for row, steps in reaches("elsewhere").items() if steps == gap]
    medians = eased.groupby(["row", "gap"])["accuracy"].median().unstack()
    everywhere = [row for row in after if (medians.loc[row] >= RECALLS).all()]
    only_there = [row for row in after if row not in everywhere]
    never = [row for row in rows() if row not in after]
    parts = [
        f"Trained on gaps of {gap} steps from the start, {len(before)} of {len(medians)} kinds of network "
        f"recall a symbol over {gap} steps: {_list(before)}. Trained on short gaps first, {len(after)} do: "
        f"{_list(after)}."
    ]
    if only_there:
        worst = ", ".join(f"{named(row)} {medians.loc[row].min():.1%}" for row in only_there)
        parts.append(
            f"But of these only {_list(everywhere)} {'is' if len(everywhere) == 1 else 'are'} right at every "
            f"shorter gap too. Right answers of the others at their worst shorter gap: {worst}."
        )
    if never:
        shares = ", ".join(f"{named(row)} {medians.loc[row, gap]:.1%}" for row in never)
        parts.append(f"For the rest it does not help enough; right answers at {gap} steps: {shares}.")
    parts.append(f"All shares are medians of {eased['seed'].nunique()} seeds.")
    return " ".join(parts)


def _list(names: Sequence[str]) -> str:
    return join_words(named(row) for row in names)
