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

WAYS = {"its own mean": "mean", "0": "0", "1": "1"}
_CLEAR = 0.05  # nats


@memo()
def entries() -> list[Mapping[str, Any]]:
    """What was measured, a model each."""
    return json.loads(asset("ablation.json"))


def entry(name: str) -> Mapping[str, Any] | None:
    """What was measured of a model; None if it is not one of ours."""
    return next((found for found in entries() if found["model"] == name), None)


def ablation(name: str) -> None:
    """The table over all models, the honest reading of it, and of the model in view."""
    with st.expander("The ablation: what is each gate worth?", icon=":material/balance:"):
        prose(
            "The loss on text kept from training, nats a character, of every model of ours: as it is, and "
            "with one gate held all along. At its own mean, unit by unit, a gate is as open as ever and only "
            "no longer moves."
        )
        way = st.segmented_control(
            "Held at", list(WAYS), default="its own mean", required=True, key="ablation_way", width="content"
        )
        for kind, letters in (("lstm", "fio"), ("gru", "zr")):
            prose(_table(kind, letters, WAYS[way]))
        prose(over_all_models(entries()))
        if found := entry(name):
            prose(f"**{name}.** {which_gate_mattered(found)} {without_forgetting(found)}")
        note(
            "Held, not left out: these networks were trained with their gates. Whoever trains without a gate "
            "asks another question, and gets other answers (Greff et al. 2017)."
        )


def _table(kind: str, letters: str, way: str) -> str:
    rows = [[kind.upper(), "as it is", *(f"{letter} held" for letter in letters), "guessing"]]
    rows.append(["---", *["--:"] * (len(letters) + 2)])
    for found in entries():
        if found["kind"] == kind:
            held = {letter: found["held"][letter][way] for letter in letters}
            worst = max(held.values())
            cells = [f"**{loss:.2f}**" if loss > worst - _CLEAR else f"{loss:.2f}" for loss in held.values()]
            rows.append([found["model"], f"{found['intact']:.2f}", *cells, f"{found['guess']:.2f}"])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
