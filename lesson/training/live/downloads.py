"""What a visitor takes home of a run: its checkpoint, its history and a script that repeats it."""

import io
from typing import NamedTuple

import numpy as np
import streamlit as st

from lesson.frame.glossary import note
from lesson.training.engine.recording import Recording
from lesson.training.engine.registry import Registry
from lesson.training.engine.settings import SPEED, digest
from lesson.training.live.own_checkpoint import going_on, settings_of, show_model, upload
from lesson.training.live.own_text import own_text
from lesson.training.live.run_files import OWN_FILE, file_stem, history_csv, script
from lstm import InputError

__all__ = [
    "downloads", "going_on", "history_csv", "own_text", "script", "settings_of", "show_model", "upload",
]  # fmt: skip

_MADE = "kept_files"  # in the session state: the files of runs whose button is open, by the run's mark
_AT_ONCE = 2  # runs beside each other


class Files(NamedTuple):
    """What is kept of a run at one moment: its newest steps, and why there is no checkpoint, if so."""

    steps: int
    history: bytes
    script: str
    checkpoint: bytes
    step: int  # of the checkpoint
    trouble: str


def files(recording: Recording, registry: Registry) -> Files:
    """The files of a run as it is now."""
    settings, checkpoint, step, trouble = recording.settings, b"", 0, ""
    try:
        notes = {"text": settings.text, "settings": settings.key}
        checkpoint = registry.checkpoint(recording, notes)
        with np.load(io.BytesIO(checkpoint), allow_pickle=False) as arrays:
            step = int(arrays["training/step"])
    except InputError as error:
        trouble = str(error)
    # After the checkpoint: what came before it is known by now.
    steps = recording.head
    repeats = script(settings, steps if settings.budget == "seconds" else None, bool(recording.resume))
    return Files(steps, history_csv(recording), repeats, checkpoint, step, trouble)


def downloads(recording: Recording, registry: Registry, name: str = "") -> None:
    """A button that opens on the files of a run; `name` tells the run from another one beside it.

    They are made when it opens, and are of that moment.  Streamlit could make each at the click on it, but
    drops such a file at the second run of anybody's page: in a class, before the browser has fetched it.
    """
    if recording.begun is None or recording.settings.text == SPEED:
        return
    mark, label = digest(recording.settings.key), f"Keep {name}" if name else "Keep this run"
    made: dict[str, Files] = st.session_state.setdefault(_MADE, {})
    with st.popover(label, icon=":material/download:", key=f"keep_{mark}", on_change="rerun") as opened:
        if not opened.open:
            made.pop(mark, None)
            return
        if mark not in made:
            made[mark] = files(recording, registry)
            for old in list(made)[:-_AT_ONCE]:  # of runs that are no longer looked at
                del made[old]
        _offer(made[mark], recording, mark)


def _offer(made: Files, recording: Recording, mark: str) -> None:
    """The buttons, and what each file is good for."""
    settings, stem = recording.settings, file_stem(recording.settings)
    if made.checkpoint:
        size = _size(len(made.checkpoint))
        _button(f"Checkpoint at step {made.step:,} ({size})", made.checkpoint, f"{stem}.npz", mark)
        note(
            f"`python train_minimal.py --generate --checkpoint {stem}.npz` lets it write; with its text as "
            "`--data`, `--resume` goes on with the training."
        )
    elif settings.recall:
        note("This network answers questions and has no text to write: there is no checkpoint of it.")
    else:
        st.error(f"There is no checkpoint. {made.trouble}")
    _button(f"History of {made.steps:,} steps (CSV)", made.history, f"{stem}.csv", mark)
    _button("Script that repeats it (Python)", made.script.encode(), f"{stem}.py", mark)
    if settings.digest:
        text = recording.text.encode("utf-8", "surrogatepass")
        _button("The text, which the script reads", text, OWN_FILE, mark)
    note("All of it as it was when this opened; close it and open it again for later steps.")


def _button(label: str, data: bytes, name: str, mark: str) -> None:
    kind = {"npz": "application/zip", "csv": "text/csv", "py": "text/x-python", "txt": "text/plain"}
    ending = name.rpartition(".")[2]
    st.download_button(
        label, data, name, kind[ending], key=f"download_{ending}_{mark}", on_click="ignore",
        icon=":material/download:", width="stretch",
    )  # fmt: skip


def _size(count: int) -> str:
    return f"{count / 2**20:.1f} MB" if count > 2**19 else f"{max(1, round(count / 2**10))} kB"
