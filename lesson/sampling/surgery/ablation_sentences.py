"""What assets/ablation.json says of the gates, in words; `assets.build.ablation` writes an entry a model."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from visualization.text import join_words

Entry = Mapping[str, Any]

# Losses that are no further apart say nothing: read another way, or over another text, they change places.
ALIKE = 0.05  # nats a character, and as a share of what is lost
_AT = {"mean": "at its own mean", "0": "at 0", "1": "at 1"}


def costs(entry: Entry, at: str) -> dict[str, float]:
    """Return what each gate costs held there (0, 1, mean), nats per character, the costliest first."""
    unsorted = {gate: losses[at] - entry["intact"] for gate, losses in entry["held"].items()}
    return dict(sorted(unsorted.items(), key=lambda item: -item[1]))


def costliest(entry: Entry, at: str) -> list[str]:
    """Return the gates that cost most held there: one, or all that cost about as much as it."""
    cost_of = costs(entry, at)
    most = max(cost_of.values(), default=0.0)
    return [gate for gate, cost in cost_of.items() if cost >= most - max(ALIKE, ALIKE * most)]


def gates_agreed_on(entry: Entry) -> list[str]:
    """Return the gates that cost most, or about as much as the one that does, in all three ways."""
    sets = [costliest(entry, at) for at in _AT]
    return [gate for gate in sets[0] if all(gate in one for one in sets)]


def which_gate_mattered(entry: Entry) -> str:
    """Say which gate of one model costs most to hold, and whether that depends on where."""
    intact = f"{entry['intact']:.2f}"
    if not entry["held"]:
        return f"Its loss is {intact} nats a character; it has no gate to hold."
    words = f"As it is, its loss is {intact} nats a character. " + " ".join(
        _cost_in_words(entry, at) for at in _AT
    )
    gates = gates_agreed_on(entry)
    if gates:
        return f"{words} Wherever they are held, {join_words(gates)} {_is(gates)} among the costliest."
    return f"{words} So which gate matters most depends on where it is held."


def without_forgetting(entry: Entry) -> str:
    """Say how far a model that keeps nothing is from one that sees only one character; "" for an RNN."""
    if entry["kind"] == "rnn":
        return ""
    gate, state = ("f", "C") if entry["kind"] == "lstm" else ("z", "h")
    loss, table, one_character = entry["held"][gate]["0"], entry["table_1"], entry["one_character"]
    if abs(loss - table) <= ALIKE:
        comparison = "about what a table loses"
    else:
        comparison = f"{'less' if loss < table else 'more'} than a table"
    words = (
        f"With {gate} = 0 no {state} is kept, and the loss is {loss:.2f} nats a character, {comparison} that "
        f"knows which character follows which ({table:.2f})"
    )
    if loss > entry["guess"]:
        words += f", and more than a guesser's ({entry['guess']:.2f})"
    emptied = f"with the whole state set to 0 before every character it is {one_character:.2f}"
    if one_character > loss + ALIKE:
        return f"{words}. h is still a road, for the next step reads it, and it helps: {emptied}."
    return f"{words}. h is still a road, for the next step reads it, but here it does not help: {emptied}."


def over_all_models(entries: Sequence[Entry]) -> str:
    """Say which gate costs most in how many LSTMs, held in each way, and in how many the ways agree."""
    lstms = [entry for entry in entries if entry["kind"] == "lstm"]
    count = len(lstms)
    ways = []
    for at, where in _AT.items():
        votes = Counter(gate for entry in lstms for gate in costliest(entry, at))
        ranked = [f"{gate} in {votes[gate]}" for gate in sorted(votes, key=lambda g: (-votes[g], g))]
        ways.append(f"held {where}, {join_words(ranked)}")
    ties = sum(len(costliest(entry, at)) > 1 for entry in lstms for at in _AT)
    words = f"Of {count} LSTMs, the gate that costs most is: {'; '.join(ways)}"
    if ties:
        words += f" (gates within {ALIKE:g} nats, or {ALIKE:.0%}, of it count too)"
    both = [entry for entry in lstms if gates_agreed_on(entry)]
    if not both:
        return f"{words}. In none of them do the three ways agree."
    which = join_words(f"{entry['model']} ({join_words(gates_agreed_on(entry))})" for entry in both)
    if len(both) == count:
        return f"{words}. In all of them the three ways agree: {which}."
    return f"{words}. The three ways agree in {len(both)} of {count} only: {which}."


def _cost_in_words(entry: Entry, at: str) -> str:
    cost_of, most = costs(entry, at), costliest(entry, at)
    each = join_words(f"{gate} {cost:+.2f}".replace("-", "−") for gate, cost in cost_of.items())
    words = f"Held {_AT[at]}, {join_words(most)} cost{'s' if len(most) == 1 else ''} most: {each}"
    worse = [gate for gate in cost_of if entry["held"][gate][at] > entry["guess"]]
    if worse:
        words += f"; with {join_words(worse)} it is worse than a guesser ({entry['guess']:.2f})"
    if at == "0" and entry["kind"] == "lstm":
        words += "; with i or o there h stays 0, and nothing is read"
    if at == "1" and entry["kind"] == "gru":
        words += "; with z there h stays 0, and nothing is read"
    return f"{words}."


def _is(gates: Sequence[str]) -> str:
    return "is" if len(gates) == 1 else "are"
