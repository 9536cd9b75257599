"""What a visitor takes home of a run: its checkpoint, its history and a script that repeats it."""

import io
from typing import NamedTuple

import numpy as np
import streamlit as st

from lesson.frame.glossary import note
from lesson.training.engine.recording import Recording
from lesson.training.engine.registry import Registry
from lesson.training.engine.settings import SPEED, digest
from lesson.training.live.run_files import OWN_FILE, file_stem, history_csv, script
from lstm import InputError

_FILES = "run_files"  # in the session state: the files of runs whose button is open, by the run's digest
_AT_ONCE = 2  # runs beside each other


class RunFiles(NamedTuple):
    """The files of a run at one moment, up to its newest step; trouble: why there is no checkpoint, if so."""

    steps: int
    history: bytes
    script: str
    checkpoint: bytes
    step: int  # of the checkpoint
    trouble: str


def files_of(recording: Recording, registry: Registry) -> RunFiles:
    """Make the files of a run as it is now."""
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
    return RunFiles(steps, history_csv(recording), repeats, checkpoint, step, trouble)


def offer_downloads(recording: Recording, registry: Registry, name: str = "") -> None:
    """Draw a button that opens on the files of a run; `name` tells the run from another one beside it.

    They are made when it opens, and are of that moment.  Streamlit could make each at the click on it, but
    drops such a file at the second run of anybody's page: in a class, before the browser has fetched it.
    """
    if recording.settings.text != SPEED:
        st.fragment(_offer)(recording, registry, name)


def _offer(recording: Recording, registry: Registry, name: str) -> None:
    mark, label = digest(recording.settings.key), f"Keep {name}" if name else "Keep this run"
    files: dict[str, RunFiles] = st.session_state.setdefault(_FILES, {})
    with st.popover(label, icon=":material/download:", key=f"keep_{mark}", on_change="rerun") as opened:
        if not opened.open:
            files.pop(mark, None)
            return
        if recording.begun is None:
            note("There is nothing to keep yet: the run has not begun. Close this list and open it again.")
            return
        if mark not in files:
            files[mark] = files_of(recording, registry)
            for old in list(files)[:-_AT_ONCE]:  # of runs that are no longer looked at
                del files[old]
        _buttons(files[mark], recording, mark)


def _buttons(files: RunFiles, recording: Recording, mark: str) -> None:
    """Draw a button for each file, and what it is good for."""
    settings, stem = recording.settings, file_stem(recording.settings)
    if files.checkpoint:
        size = _size(len(files.checkpoint))
        _button(f"Checkpoint at step {files.step:,} ({size})", files.checkpoint, f"{stem}.npz", mark)
        note(
            f"With `python train_minimal.py --generate --checkpoint {stem}.npz` the network writes a text. "
            "To go on with its training, use the options `--resume` and `--data`, which names the file of "
            "its text."
        )
    elif settings.recall:
        note("This network answers questions and has no text to write, so there is no checkpoint.")
    else:
        st.error(f"There is no checkpoint. {files.trouble}")
    _button(f"History of {files.steps:,} steps (CSV)", files.history, f"{stem}.csv", mark)
    _button("Script that repeats the run (Python)", files.script.encode(), f"{stem}.py", mark)
    if settings.digest:
        text = recording.text.encode("utf-8", "surrogatepass")
        _button("The text, which the script reads", text, OWN_FILE, mark)
    note(
        "These files hold the run as it was when you opened this list. For later steps, close it and open it "
        "again."
    )


def _button(label: str, data: bytes, name: str, mark: str) -> None:
    kind = {"npz": "application/zip", "csv": "text/csv", "py": "text/x-python", "txt": "text/plain"}
    ending = name.rpartition(".")[2]
    st.download_button(
        label, data, name, kind[ending], key=f"download_{ending}_{mark}", on_click="ignore",
        icon=":material/download:", width="stretch",
    )  # fmt: skip


def _size(count: int) -> str:
    return f"{count / 2**20:.1f} MB" if count > 2**19 else f"{max(1, round(count / 2**10))} kB"
