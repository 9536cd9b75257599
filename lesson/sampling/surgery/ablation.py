"""The ablation: what each gate of our models is worth, measured by assets/build/ablation.py."""

import json
from collections.abc import Mapping
from typing import Any

import streamlit as st

from lesson.frame.files import asset
from lesson.frame.glossary import note, prose
from lesson.frame.memo import memo
from lesson.frame.navigation import page_link
from lesson.sampling.surgery.ablation_sentences import (
    OF_ALL_LAYERS,
    WAYS,
    bold_in_words,
    costliest,
    reads_nothing,
    which_gate_mattered,
    without_forgetting,
)
from lesson.sampling.surgery.operation import Losses, Operation, losses
from lesson.widgets.questions import note_cover

_LABEL = "What each gate of each model is worth"
_WAYS = {"its own mean": "mean", "0": "0", "1": "1"}  # labels of the columns of assets/ablation.json


@memo()
def entries() -> list[Mapping[str, Any]]:
    """Return what was measured, an entry for each model."""
    return json.loads(asset("ablation.json"))


def entry_of(name: str) -> Mapping[str, Any] | None:
    """Return what was measured of a model; None if it is not one of the catalogue."""
    return next((entry for entry in entries() if entry["model"] == name), None)


def losses_of(network: Any, operation: Operation) -> Losses | None:
    """Return the losses on held-out text: those of the file where it has them, so that a page shows one."""
    entry, place = entry_of(network.name), _place(network, operation)
    if entry is None or place is None:
        return losses(network, operation)
    gate, way = place
    return Losses(entry["intact"], entry["clamped"][gate][way])


def exact_loss(network: Any, operation: Operation) -> float | None:
    """Return the loss in float64 where rounding decides what it is in float32, else None."""
    entry, place = entry_of(network.name), _place(network, operation)
    if entry is None or place is None:
        return None
    gate, way = place
    return entry["float64"].get(gate, {}).get(way)


def _place(network: Any, operation: Operation) -> tuple[str, str] | None:
    """Return where the file has an operation: a gate, and the value at which all of its units are clamped.

    Of several layers the file has the gates of all, and an operation those of one.
    """
    if operation.clamp is None or operation.units is not None or network.checkpoint.net.layers > 1:
        return None
    gate, value = operation.clamp
    return (gate, f"{value:g}") if value in (0.0, 1.0) else None


def show_ablation(name: str, is_covered: bool) -> None:
    """Show the table over all models, the honest reading of it, and that of the model in view.

    is_covered: whether it would give away the answer to a question above.
    """
    with st.expander(_LABEL, icon=":material/balance:"):
        if is_covered:
            note_cover()
            return
        prose(
            "One gate at a time is clamped at every character: the loss on text that the model did not learn "
            "from, in nats per character. At its own mean a gate is, unit by unit, on average as open as "
            f"before, but no longer reacts to the text. {OF_ALL_LAYERS} {bold_in_words()}"
        )
        way = st.segmented_control(
            "Clamped at", list(_WAYS), default=next(iter(_WAYS)), required=True, key="ablation_way",
            width="content",
        )  # fmt: skip
        for kind, letters in (("lstm", "fio"), ("gru", "zr")):
            prose(_table(kind, letters, _WAYS[way]))
        if entry := entry_of(name):
            words = [which_gate_mattered(entry), reads_nothing(entry), without_forgetting(entry)]
            prose(f"**{name}.** {' '.join(filter(None, words))}")
        page_link(
            "8_cheatsheet.py", "In how many LSTMs each gate costs most: “The forget gate is the most "
            "important gate”", {"sheet": "True, half true"},
        )  # fmt: skip
        note(
            "These networks were trained with their gates. Training a network without a gate is a different "
            f"experiment with different results (Greff et al. 2017). {_about_rounding()}"
        )


def _table(kind: str, letters: str, way: str) -> str:
    rows = [[kind.upper(), "as it is", *(f"{letter} clamped" for letter in letters)]]
    rows.append(["---", *["--:"] * (len(letters) + 1)])
    for entry in entries():
        if entry["kind"] == kind:
            losses, most = [entry["clamped"][letter][way] for letter in letters], costliest(entry, way)
            cells = [
                f"**{loss:.2f}**" if letter in most else f"{loss:.2f}"
                for letter, loss in zip(letters, losses, strict=True)
            ]
            rows.append([entry["model"], f"{entry['intact']:.2f}", *cells])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _about_rounding() -> str:
    """Say which losses are not the same in float64."""
    words = [
        f"With {gate} clamped {WAYS[way]} the loss of {entry['model']} is not reliable: tiny rounding errors "
        f"change it. (With 64-bit numbers it is {loss:.2f}.)"
        for entry in entries()
        for gate, ways in entry["float64"].items()
        for way, loss in ways.items()
    ]
    return " ".join(words)
