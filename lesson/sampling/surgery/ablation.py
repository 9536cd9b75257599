"""The ablation: what each gate of our models is worth, measured by assets/build/ablation.py."""

import json
from collections.abc import Mapping
from typing import Any

import streamlit as st

from lesson.frame.files import asset
from lesson.frame.glossary import note, prose
from lesson.frame.memo import memo
from lesson.sampling.surgery.ablation_sentences import (
    over_all_models,
    which_gate_mattered,
    without_forgetting,
)

WAYS = {"its own mean": "mean", "0": "0", "1": "1"}  # labels of the columns of assets/ablation.json
_CLEAR = 0.05  # nats from the worst: a loss that is bold too


@memo()
def entries() -> list[Mapping[str, Any]]:
    """Return what was measured, an entry for each model."""
    return json.loads(asset("ablation.json"))


def entry_of(name: str) -> Mapping[str, Any] | None:
    """Return what was measured of a model; None if it is not one of the catalogue."""
    return next((entry for entry in entries() if entry["model"] == name), None)


def show_ablation(name: str) -> None:
    """Show the table over all models, the honest reading of it, and that of the model in view."""
    with st.expander("The ablation: what is each gate worth?", icon=":material/balance:"):
        prose(
            "The loss on text kept from training, nats a character, of every model of ours: as it is, and "
            "with one gate held all along. At its own mean, unit by unit, a gate is as open as ever and only "
            "no longer moves."
        )
        way = st.segmented_control(
            "Held at",
            list(WAYS),
            default=next(iter(WAYS)),
            required=True,
            key="ablation_way",
            width="content",
        )
        for kind, letters in (("lstm", "fio"), ("gru", "zr")):
            prose(_table(kind, letters, WAYS[way]))
        prose(over_all_models(entries()))
        if entry := entry_of(name):
            prose(f"**{name}.** {which_gate_mattered(entry)} {without_forgetting(entry)}")
        note(
            "Held, not left out: these networks were trained with their gates. Whoever trains without a gate "
            "asks another question, and gets other answers (Greff et al. 2017)."
        )


def _table(kind: str, letters: str, way: str) -> str:
    rows = [[kind.upper(), "as it is", *(f"{letter} held" for letter in letters), "guessing"]]
    rows.append(["---", *["--:"] * (len(letters) + 2)])
    for entry in entries():
        if entry["kind"] == kind:
            losses = [entry["held"][letter][way] for letter in letters]
            cells = [f"**{loss:.2f}**" if loss > max(losses) - _CLEAR else f"{loss:.2f}" for loss in losses]
            rows.append([entry["model"], f"{entry['intact']:.2f}", *cells, f"{entry['guess']:.2f}"])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
