"""What the networks that were trained to recall a symbol say about reach, for the cheat sheet."""

import json
import re
from collections.abc import Mapping, Sequence

import pandas as pd

from lesson.frame.files import ROOT
from lesson.frame.memo import memo
from lesson.gradients.recall_results import results
from lesson.training.engine.settings import SYMBOLS
from visualization.charts.recall import Panel, recall_panel
from visualization.charts.recall_sentences import RECALLS, reach, seeds_that_recall
from visualization.text import join_words

_SAME = 0.01  # share of right answers up to which two are alike
_ROW = re.compile(r"(\w+)(?:,\D*(\d+))?")


def named(row: str) -> str:
    """Name a row of the results with the bias that it started with: GRU with $b_z$ = 3."""
    cell, bias = _parts(row)
    symbol = {"LSTM": "b_f", "GRU": "b_z"}.get(cell)
    return f"{cell} with ${symbol}$ = {bias}" if symbol else cell


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


def seeds_of_each() -> int:
    """Return how many networks of each kind were trained: they differ in their seed."""
    return int(results()["seed"].nunique())


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
    eased = join_words(f"{seeds_at(row, gap, 'elsewhere')} of the {named(row)}" for row in able)
    return (
        f"{names[0].upper()}{names[1:]}. Networks were trained here to recall a symbol after {gap} steps. "
        f"This worked with {counts}. With training on short sequences first it worked with {eased}."
    )


def _bias(row: str) -> str:
    return named(row).removeprefix(_parts(row)[0])


def table_of_reaches() -> list[tuple[str, ...]]:
    """Return each network with the longest gap over which most of its seeds recall, and how many do."""
    rest = [
        (named(row), f"{steps} steps", seeds_at(row, steps)) if steps else (named(row), "none", "–")
        for row, steps in reaches().items()
    ]
    return [("network", "longest gap", "recalled with"), *rest]


def short_first_always_helps() -> bool:
    """Whether every kind of network is better, or as good, over every gap after short gaps first."""
    return bool((_medians() >= _medians("direct") - _SAME).all(axis=None))


def short_sequences_first() -> str:
    """Say what training on short gaps first does: for recall over the longest gap, and over shorter ones."""
    gap, medians = longest_gap(), _medians()
    before = [row for row, steps in reaches().items() if steps == gap]
    after = [row for row, steps in reaches("elsewhere").items() if steps == gap]
    parts = [
        f"It helps with the longest gap. Trained on {gap} steps from the start, {len(before)} of "
        f"{len(medians)} kinds of network recall a symbol over {gap} steps. Trained on short gaps first, "
        f"{len(after)} do.",
        *_weak_at(after),
        *_against_the_longest_alone(),
        f"The table shows the percentage of right answers (medians of {seeds_of_each()} seeds).",
    ]
    return " ".join(parts)


def _against_the_longest_alone() -> list[str]:
    """Say what networks that learned the longest gap alone recall over shorter ones: the control."""
    gap, medians, able = longest_gap(), _medians(), _learned_alone()
    parts = []
    for row, runs in able.groupby("row"):
        shares = runs.median()
        worst = shares.idxmin()
        if medians.loc[row, worst] > shares[worst] + _SAME:
            at_first = seeds_at(str(row), gap).removesuffix(" seeds")
            again = f"{len(runs)} of {seeds_of_each()}"
            other = f"; in the table of gaps it is {at_first}" if again != at_first else ""
            parts.append(
                f"After {worst} steps the {named(str(row))} is right in {shares[worst]:.0%} of the cases, "
                f"and with short gaps first in {medians.loc[row, worst]:.0%}. ({again} of these new "
                f"networks learned the task{other}.){_below_chance(shares[worst])}"
            )
    text = (
        f"Training on {gap} steps alone is worse at shorter gaps: we trained new networks in this way, and "
        f"tested those that learned the task. {' '.join(parts)}"
    )
    return [text] if parts else []


def _below_chance(share: float) -> str:
    """Say what it means to be right less often than by guessing; "" if that is not so."""
    if share >= 1 / SYMBOLS / 2:
        return ""
    return (
        f" {share:.0%} is less often than by guessing ({1 / SYMBOLS:.1%}): the state still holds something "
        "about the symbol, but the network names another one."
    )


def _weak_at(able: Sequence[str]) -> list[str]:
    """Say how many kinds that recall over the longest gap after short ones fail at a shorter one.

    And over which of these they do not recall even if they are trained on it from the start.
    """
    shorter, direct = _medians().drop(columns=longest_gap()), _medians("direct")
    failing = {row: [gap for gap in shorter.columns if shorter.loc[row, gap] < RECALLS] for row in able}
    unable = {row: [gap for gap in gaps if direct.loc[row, gap] < RECALLS] for row, gaps in failing.items()}
    if not (count := sum(map(bool, failing.values()))):
        return []
    but = f", except {_at_gaps(unable)}" if any(unable.values()) else ""
    return [
        f"But {count} of these {len(able)} are then right in less than {RECALLS:.0%} of the cases at a "
        f"shorter gap (the last column has the worst). Trained on that gap from the start, they recall over "
        f"it{but}."
    ]


def _at_gaps(gaps_of: Mapping[str, Sequence[int]]) -> str:
    """Such as: the RNN after 5 and 10 and the GRU with b_z = 0 after 5 steps."""
    parts = [f"the {named(row)} after {join_words(map(str, gaps))}" for row, gaps in gaps_of.items() if gaps]
    return f"{join_words(parts)} steps"


@memo()
def _learned_alone() -> pd.DataFrame:
    """Return what the seeds that learned the longest gap alone recall at the shorter ones, row by row.

    Seeds that do not recall over the longest gap are left out (see assets/build/recall_control.py).
    """
    runs = pd.DataFrame(json.loads((ROOT / "assets" / "recall_control.json").read_text("utf-8"))["runs"])
    shares = runs.pivot(index=["row", "seed"], columns="gap", values="accuracy")
    return shares[shares[longest_gap()] >= RECALLS].drop(columns=longest_gap())


def table_of_short_first() -> list[tuple[str, ...]]:
    """Return each network's right answers: trained on the longest gap, and with short gaps first."""
    gap, medians = longest_gap(), _medians()
    at_once = _medians("direct")[gap]
    shorter = medians.drop(columns=gap)
    rest = [
        (named(row), f"{at_once[row]:.1%}", f"{medians.loc[row, gap]:.1%}",
         f"{shorter.loc[row].min():.1%}, at {shorter.loc[row].idxmin()} steps")
        for row in rows()
    ]  # fmt: skip
    first = f"trained on {gap} steps from the start"
    eased, worst = f"on short gaps first: after {gap} steps", "on short gaps first: at the worst shorter gap"
    return [("network", first, eased, worst), *rest]


def _medians(panel: Panel = "elsewhere") -> pd.DataFrame:
    """Return the medians of the networks, a column for each gap; by default after short gaps first."""
    return recall_panel(results(), panel).groupby(["row", "gap"])["accuracy"].median().unstack()
