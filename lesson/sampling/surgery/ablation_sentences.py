"""What assets/ablation.json says of the gates, in words; `assets.build.ablation` writes an entry a model."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from visualization.text import join_words

Entry = Mapping[str, Any]

# Losses that are no further apart say nothing: read another way, or over another text, they change places.
ALIKE = 0.05  # nats a character, and as a share of what is lost
OF_ALL_LAYERS = "In the network with two layers, the gate of both is clamped."
WAYS = {"mean": "at its own mean", "0": "at 0", "1": "at 1"}  # columns of the file, as they are written


def costs(entry: Entry, at: str) -> dict[str, float]:
    """Return what each gate costs clamped there (0, 1, mean), nats per character, the costliest first."""
    unsorted = {gate: losses[at] - entry["intact"] for gate, losses in entry["clamped"].items()}
    return dict(sorted(unsorted.items(), key=lambda item: -item[1]))


def costliest(entry: Entry, at: str) -> list[str]:
    """Return the gates that cost most clamped there: one, or all that cost about as much as it."""
    cost_of = costs(entry, at)
    most = max(cost_of.values(), default=0.0)
    return [gate for gate, cost in cost_of.items() if cost >= most - max(ALIKE, ALIKE * most)]


def gates_agreed_on(entry: Entry) -> list[str]:
    """Return the gates that cost most, or about as much as the one that does, in all three ways."""
    sets = [costliest(entry, at) for at in WAYS]
    return [gate for gate in sets[0] if all(gate in one for one in sets)]


def which_gate_mattered(entry: Entry) -> str:
    """Say which gate of one model costs most to clamp, and whether that depends on where."""
    intact = f"{entry['intact']:.2f}"
    if not entry["clamped"]:
        return f"The loss is {intact} nats per character. This model has no gate to clamp."
    words = f"Without any change the loss is {intact} nats per character."
    worse = [
        f"{gate} is clamped {where}"
        for at, where in WAYS.items()
        for gate in costs(entry, at)
        if entry["clamped"][gate][at] > entry["guess"]
    ]
    if worse:
        words += f" It is worse than uniform guessing ({entry['guess']:.2f}) when {join_words(worse, 'or')}."
    gates = gates_agreed_on(entry)
    if gates:
        verb = "is" if len(gates) == 1 else "are"
        return f"{words} In all three ways {join_words(gates)} {verb} among the gates that cost most."
    return f"{words} Which gate costs most depends on where it is clamped."


def reads_nothing(entry: Entry) -> str:
    """Say where nothing is read any more; "" for an RNN."""
    if entry["kind"] == "rnn":
        return ""
    gates = "i or o clamped at 0" if entry["kind"] == "lstm" else "z clamped at 1"
    return (
        f"With {gates}, h stays 0. Then nothing that it reads reaches the output: only the output layer's "
        "bias is left."
    )


def without_forgetting(entry: Entry) -> str:
    """Say how far a model that keeps nothing is from a table of character pairs; "" for an RNN."""
    if entry["kind"] == "rnn":
        return ""
    gate = "f" if entry["kind"] == "lstm" else "z"
    keeps_nothing = "the cell state keeps nothing" if gate == "f" else "h is written anew at every step"
    loss, table, one_character = entry["clamped"][gate]["0"], entry["table_1"], entry["one_character"]
    words = (
        f"With {gate} = 0, {keeps_nothing}: the loss is {loss:.2f} nats per character, "
        f"{_compared(loss, table)} a table of character pairs ({table:.2f})"
    )
    if loss > entry["guess"]:
        words += f" and worse than uniform guessing ({entry['guess']:.2f})"
    emptied = f"if the whole state is set to 0 before every character, the loss is {one_character:.2f}"
    if one_character > loss + ALIKE:
        return f"{words}. The next step still reads h, and this helps: {emptied}."
    return f"{words}. The next step still reads h, but here this does not help: {emptied}."


def _compared(loss: float, other: float) -> str:
    if abs(loss - other) <= ALIKE:
        return "about as good as"
    return "better than" if loss < other else "worse than"


def votes(entries: Sequence[Entry]) -> dict[str, Counter[str]]:
    """Return in how many LSTMs each gate costs most, or about as much as the one that does, by way."""
    lstms = [entry for entry in entries if entry["kind"] == "lstm"]
    return {at: Counter(gate for entry in lstms for gate in costliest(entry, at)) for at in WAYS}


def over_all_models(entries: Sequence[Entry]) -> str:
    """Say in how many LSTMs each gate costs most, clamped in each way, and in how many the ways agree."""
    lstms = [entry for entry in entries if entry["kind"] == "lstm"]
    ways = []
    for at, by_gate in votes(entries).items():
        first, *others = sorted(by_gate, key=lambda g: (-by_gate[g], g))
        rest = [f"{gate} in {by_gate[gate]}" for gate in others]
        ways.append(f"clamped {WAYS[at]}, {join_words([f'{first} costs most in {by_gate[first]}', *rest])}")
    return (
        f"In each of {len(lstms)} LSTMs we looked for the gate that costs most. {alike_in_words()} "
        f"{'; '.join(ways).capitalize()}."
    )


def add_up(by_gate: Counter[str], count: int) -> str:
    """Say why the numbers of so many LSTMs add up to more; "" if they do not."""
    if (total := by_gate.total()) <= count:
        return ""
    return f"(The sum is {total}, because in some LSTMs several gates cost about the same.) "


def bold_in_words() -> str:
    """Say which losses of the table are bold."""
    return f"Bold: the gate that costs most, and any that costs at most {ALIKE:g} nats or {ALIKE:.0%} less."


def alike_in_words() -> str:
    """Say what counts as costing most."""
    return (
        f"A gate whose cost is almost the highest (at most {ALIKE:g} nats or {ALIKE:.0%} less) is counted as "
        "well. So the numbers can add up to more than the number of LSTMs."
    )
