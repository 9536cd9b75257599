"""What was measured about recall, in words, also where it contradicts a common claim."""

from collections.abc import Mapping

import pandas as pd

from visualization.charts.recall import recall_panel
from visualization.text import join_words

RECALLS = 0.95  # right answers, as a share, from which a run is said to recall


def describe_recall(frame: pd.DataFrame, symbols: int = 8) -> str:
    """What `plot_recall` shows: the median of every network at every gap, and how far seeds differ."""
    gaps = sorted(frame["gap"].unique())
    parts = []
    for row, runs in frame.groupby("row", sort=False):
        medians = runs.groupby("gap")["accuracy"].median()
        parts.append(f"{_named(row)}: {join_words(f'{medians[gap] * 100:.0f}' for gap in gaps)}%")
    spread = frame.groupby(["row", "gap"])["accuracy"].agg(lambda a: a.max() - a.min())
    text = (
        f"Right answers after {join_words(map(str, gaps))} steps of noise, median of "
        f"{frame['seed'].nunique()} seeds. {'; '.join(parts)}. Guessing gives {1 / symbols:.1%}."
    )
    if spread.max() > 0.5:
        row, gap = spread.idxmax()
        runs = frame[(frame["row"] == row) & (frame["gap"] == gap)]["accuracy"]
        text += (
            f" Much can depend on the seed: the {_named(row)} is right in {runs.min():.0%} to "
            f"{runs.max():.0%} of the cases after {gap} steps."
        )
    return text


def recall_verdicts(frame: pd.DataFrame, symbols: int = 8) -> list[str]:
    """Common claims about memory, each with what was measured; frame: a `recall_frame` of every goal.

    A network recalls over a gap if the median of its seeds is right in 95% or more.
    """
    direct, eased = recall_panel(frame, "direct"), recall_panel(frame, "curriculum")
    return [
        _about_rnn(direct),
        _about_lstm(direct),
        _about_bias(direct),
        _about_short_first(direct, eased),
        _about_distance(recall_panel(frame, "elsewhere"), symbols),
    ]


def recall_table(frame: pd.DataFrame) -> str:
    """How many seeds of each network recall over each gap, as Markdown; frame: one panel."""
    gaps = sorted(frame["gap"].unique())
    lines = ["| network, N = | " + " | ".join(map(str, gaps)) + " |"]
    lines.append("|---" * (len(gaps) + 1) + "|")
    for row in frame["row"].unique():
        counts = [_counted(frame, row, gap) for gap in gaps]
        lines.append(f"| {' | '.join([row, *counts])} |")
    return "\n".join(lines)


def reach(frame: pd.DataFrame, row: str) -> int:
    """The longest gap over which a network recalls, in steps; 0 if there is none."""
    medians = frame[frame["row"] == row].groupby("gap")["accuracy"].median()
    return int(medians[medians >= RECALLS].index.max()) if (medians >= RECALLS).any() else 0


def _counted(frame: pd.DataFrame, row: str, gap: int) -> str:
    return seeds_that_recall(frame, row, gap).removesuffix(" seeds").replace(" of ", "/")


def seeds_that_recall(frame: pd.DataFrame, row: str, gap: int) -> str:
    """How many of a network's seeds recall over a gap, such as: 4 of 5 seeds."""
    runs = frame[(frame["row"] == row) & (frame["gap"] == gap)]["accuracy"]
    return f"{(runs >= RECALLS).sum()} of {len(runs)} seeds"


def _how_far(frame: pd.DataFrame, row: str) -> str:
    """Such as: over 20 steps (4 of 5 seeds), not over 50 (1 of 5 seeds)."""
    gaps, far = sorted(frame["gap"].unique()), reach(frame, row)
    beyond = [gap for gap in gaps if gap > far]
    parts = [f"over {far} steps ({seeds_that_recall(frame, row, far)})"] if far else []
    if beyond:
        parts.append(
            f"{'but not' if far else 'not even'} over {beyond[0]} "
            f"({seeds_that_recall(frame, row, beyond[0])})"
        )
    return ", ".join(parts)


def _about_rnn(direct: pd.DataFrame) -> str:
    verdict = "Not true here" if reach(direct, "RNN") >= 10 else "True here"
    return (
        f"“RNNs remember fewer than 10 steps.” {verdict}: the RNN recalls the symbol "
        f"{_how_far(direct, 'RNN')}."
    )


def _about_lstm(direct: pd.DataFrame) -> str:
    rows = _rows(direct, "LSTM")
    able = [row for row in rows if reach(direct, row) >= 100]
    verdict = "True here" if able else "Not true here"
    if able and able != rows:
        verdict = (
            f"If a network is trained at one distance only, this is true here only with "
            f"{join_words(row.removeprefix('LSTM, ') for row in able)}"
        )
    each = join_words(f"{reach(direct, row)} steps with {row.removeprefix('LSTM, ')}" for row in rows)
    longest = int(direct["gap"].max())
    return (
        f"“LSTMs remember 100 steps and more.” {verdict}. The LSTM recalls over {each}. We tried no longer "
        f"distance than {longest}."
    )


def _about_bias(direct: pd.DataFrame) -> str:
    """Whether gates bring a network farther than the RNN, or only gates that begin open."""
    rnn = reach(direct, "RNN")
    gated = [row for row in direct["row"].unique() if row != "RNN"]
    farther = [row for row in gated if reach(direct, row) > rnn]
    rest = [row for row in gated if row not in farther]
    if farther and rest:
        who = f"only {join_words(f'the {_named(row)}' for row in farther)} {_recall(farther)}"
    else:
        who = "all recall" if farther else "none recalls"
    return (
        f"“Gates make the difference.” {_verdict(farther, rest)} here. Of the networks with gates, {who} "
        f"over more steps than the RNN ({rnn})."
    )


def _verdict(confirming: list[str], contradicting: list[str]) -> str:
    """Return what a claim comes to, by the networks that confirm it and those that do not."""
    if confirming and contradicting:
        return "Half true"
    return "True" if confirming else "Not true"


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _recall(rows: list[str]) -> str:
    """Return the verb for one network or for several."""
    return "recalls" if len(rows) == 1 else "recall"


def _about_short_first(direct: pd.DataFrame, eased: pd.DataFrame) -> str:
    """What growing sequences change at the longest gap."""
    goal = int(direct["gap"].max())
    rows = [row for row in direct["row"].unique() if reach(direct, row) < goal]
    able = [row for row in rows if reach(eased, row) == goal]
    medians = eased[eased["gap"] == goal].groupby("row")["accuracy"].median()
    text = "“Start with short sequences.”"
    if not rows:
        return f"{text} This is not needed here: all networks recall over {goal} steps without it."
    if not able:
        return f"{text} This does not help here: no further network recalls over {goal} steps with it."
    text += (
        f" This helps. With short sequences first, {join_words(f'the {_named(row)}' for row in able)} "
        f"{_recall(able)} over {goal} steps as well. So they can store a symbol that long, but did not "
        "learn it from long sequences alone."
    )
    if unable := [row for row in rows if row not in able]:
        named = join_words(f"the {_named(row)} (right in {medians[row]:.0%} of the cases)" for row in unable)
        text += f" For {named} this is not enough."
    return text


def _about_distance(eased: pd.DataFrame, symbols: int) -> str:
    """What the networks that recall over the longest gap know about shorter ones."""
    goal = int(eased["goal"].max())
    able = [row for row in eased["row"].unique() if reach(eased, row) == goal]
    if not able:
        return f"With short sequences first, no network recalls over {goal} steps."
    shorter = eased[(eased["gap"] < goal) & eased["row"].isin(able)]
    gaps = join_words(str(gap) for gap in sorted(shorter["gap"].unique()))
    worst = shorter.groupby(["row", "gap"], sort=False)["accuracy"].median().groupby("row", sort=False).min()
    lasting = [f"the {_named(row)}" for row, share in worst.items() if share >= RECALLS]
    fallen = [_where_below(shorter, str(row)) for row, share in worst.items() if share < RECALLS]
    wrong = [f"the {_named(row)}" for row, share in worst.items() if share < 1 / symbols / 2]
    text = (
        f"“A network that recalls over {goal} steps recalls over shorter distances, too.” "
        f"{_verdict(lasting, fallen)} here. We tested, over {gaps} steps, the networks that recall over "
        f"{goal} steps with short sequences first."
    )
    if lasting:
        who = _capitalised(join_words(lasting))
        text += f" {who} still {_recall(lasting)} the symbol at all these distances."
    if fallen:
        text += f" Right in less than {RECALLS:.0%} of the cases: {'; '.join(fallen)}."
    for name in wrong:
        # Without the symbol it would be right by chance; to be right less often it must know the symbol.
        text += (
            f" At its worst {name} is right less often than by guessing ({1 / symbols:.1%}): so its state "
            "still holds something about the symbol, but it names the symbol only at the distance at which "
            "its training ended."
        )
    return text


def _where_below(frame: pd.DataFrame, row: str) -> str:
    """Such as: the RNN after 5 and 10 steps (at worst 12.5%)."""
    medians = frame[frame["row"] == row].groupby("gap")["accuracy"].median()
    below = medians[medians < RECALLS]
    at_worst = "at worst " if len(below) > 1 else ""
    return f"the {_named(row)} after {join_words(map(str, below.index))} steps ({at_worst}{below.min():.1%})"


def share_is_not_all(direct: pd.DataFrame, shares: Mapping[int, Mapping[str, float]]) -> str:
    """That a larger share of the gradient need not mean more seeds that recall, by the clearest pair.

    shares: of the gradient that comes back to the first symbol before training, by gap and row.
    """
    recalls = (direct["accuracy"] >= RECALLS).groupby([direct["row"], direct["gap"]]).sum()
    pairs = [
        (int(recalls[less, gap] - recalls[more, gap]), gap, more, less)
        for gap, by_row in shares.items()
        for more, share in by_row.items()
        for less, other in by_row.items()
        if share > other
    ]
    most, gap, more, less = max(pairs, key=lambda pair: pair[:2], default=(0, 0, "", ""))
    if most <= 0:
        return ""
    return (
        "This share alone does not decide whether a network learns to recall. At N = "
        f"{gap} it is {shares[gap][more]:.2g} in the {_named(more)}, of which "
        f"{_how_many(direct, more, gap)} recall, and {shares[gap][less]:.2g} in the {_named(less)}, of which "
        f"{_how_many(direct, less, gap)} do."
    )


def _how_many(frame: pd.DataFrame, row: str, gap: int) -> str:
    """Such as: 3 of 5."""
    return seeds_that_recall(frame, row, gap).removesuffix(" seeds")


def _named(row: str) -> str:
    """A network's name within a sentence: LSTM with b_f = 1."""
    return row.replace(", ", " with ")


def _rows(frame: pd.DataFrame, cell: str) -> list[str]:
    return [row for row in frame["row"].unique() if row.split(",")[0] == cell]
