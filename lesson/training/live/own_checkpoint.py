"""A checkpoint made elsewhere: what it is and what it writes.

It stays in the session state, whatever page the visitor looks at.  What is refused is refused in one
sentence, and takes nothing away that was there before.
"""

import math
import re
from dataclasses import replace

import numpy as np
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from lesson.frame.glossary import note, prose
from lesson.training.live.own_text import MOST_CHARACTERS
from lesson.widgets.loss_curves import draw_losses
from lesson.widgets.questions import note_cover
from lstm import InputError, generate
from lstm.exchange import read_model
from lstm.storage.checkpoint import Checkpoint
from visualization.drawings.losses import run_curve

# Bytes that an upload may unpack to.  This course stores its own as they are; an upload has 10 MB at most.
LARGEST = 24 * 2**20
_LARGEST_WEIGHT = 1e30  # sums of thousands of larger ones would be beyond what float32 can hold
MODEL, MODEL_FILE = "own_model", "own_model_file"  # in the session state: the checkpoint, and its bytes
_SAMPLE, _TROUBLE = "own_model_writes", "own_model_trouble"
_UPLOAD = "upload_model"  # the widget
_FROM_PYTORCH = (
    "The page *To PyTorch* has a script that saves a network of PyTorch so that it can be loaded here, "
    "together with its characters. A .npz file of its state_dict can be loaded too."
)
_NAMES = {
    "lstm": "An LSTM", "gru": "A GRU", "rnn": "An RNN", "gru_reset_after": "A GRU with r after the product",
}  # fmt: skip
_SAMPLE_LENGTH = 240  # characters that it writes
_LONGEST_NAME = 60  # characters that are shown of what its text is called
_LOSSES = {"training": "loss", "validation": "validation_loss"}  # columns of a history


def choose_own_checkpoint(is_covered: bool = False) -> Checkpoint | None:
    """Draw the field for a checkpoint made elsewhere; return the last one that could be read, described.

    is_covered: whether the description waits until the question above is answered.
    """
    st.file_uploader(
        "A checkpoint (.npz) that this course or its program `train_minimal.py` has saved, or a network "
        "trained in PyTorch (.safetensors); up to 10 MB",
        key=_UPLOAD, on_change=_take_model, help=_FROM_PYTORCH,
    )  # fmt: skip
    if trouble := st.session_state.get(_TROUBLE):
        st.error(_as_it_is(trouble))
    model: Checkpoint | None = st.session_state.get(MODEL)
    if model is not None and is_covered:
        note_cover()
    elif model is not None:
        prose(describe_model(model))
        if name := model.notes.get("text"):  # untrusted words: no markup
            st.text(f"Its training text is called: {' '.join(name.split())[:_LONGEST_NAME]}")
    return model


def _as_it_is(sentence: str) -> str:
    """Return a sentence that may quote names of a stranger's file as Markdown in which they draw nothing.

    An address becomes a link whatever is escaped in it, unless a sign without width parts its beginning.
    """
    return re.sub(r"(?i)\b(www|https?)(?=[.:])", "\\1\u2060", re.sub(r"([\\`*_~\[\]<>$])", r"\\\1", sentence))


def _take_model() -> None:
    """Put an uploaded checkpoint into the session state if it is one."""
    file = st.session_state.get(_UPLOAD)
    if not isinstance(file, UploadedFile):  # None, or a file that the server has lost meanwhile
        return
    try:
        data = file.getvalue()
        model = checked_model(data)
    except InputError as error:
        st.session_state[_TROUBLE] = str(error)
        return
    st.session_state.pop(_TROUBLE, None)
    st.session_state[MODEL] = model
    st.session_state[MODEL_FILE] = data if model.training else b""
    st.session_state[_SAMPLE] = _sample(model)


def checked_model(data: bytes) -> Checkpoint:
    """Read an untrusted checkpoint.  Raises InputError, in one sentence."""
    model = read_model(data, largest=LARGEST)
    if len(model.vocabulary) > MOST_CHARACTERS:
        raise InputError(
            f"The file's network knows {len(model.vocabulary):,} characters, and {MOST_CHARACTERS:,} can be "
            "shown here; give a smaller one."
        )
    if not np.abs(model.net.weights.flat).max() <= _LARGEST_WEIGHT:
        raise InputError("The file's network has weights too large to compute with; give another.")
    return replace(model, snapshots=None)  # no page shows them


def describe_model(model: Checkpoint) -> str:
    """Describe a checkpoint by its numbers, without any of its own words."""
    net, size = model.net, len(model.vocabulary)
    layers, each = (f"{net.layers} layers of ", " each") if net.layers > 1 else ("", "")
    words = (
        f"**{_NAMES[net.kind]}** with {layers}{net.hidden_size:,} hidden units{each} "
        f"and {net.weights.flat.size:,} parameters, which knows {size:,} characters."
    )
    if model.training is None:
        words += " The file does not hold the state of its training. So it can write, but not go on learning."
    else:
        words += (
            f" The file also holds the state of its training, after step {int(model.training['step']):,}."
        )
    losses = [(name, _last(model, column)) for name, column in _LOSSES.items()]
    if measured := [f"{name} {_loss(value)}" for name, value in losses if value is not None]:
        guess = f"uniform guessing has a loss of {math.log(size):.2f}"
        words += f" Losses at the end: {', '.join(measured)} nats per character; {guess}."
    return words


def _last(model: Checkpoint, column: str) -> float | None:
    """Return the last number of a column of the history that was measured."""
    values = np.asarray(model.history.get(column, ()), float)
    values = values[~np.isnan(values)]
    return float(values[-1]) if len(values) else None


def _loss(value: float) -> str:
    return f"{value:.2f}" if abs(value) < 1_000 else f"{value:.1e}"


def show_model(model: Checkpoint) -> None:
    """Draw the loss curve of an uploaded checkpoint, if it holds one, and what it writes."""
    history = model.history
    if all(len(history.get(name, ())) for name in ("step", *_LOSSES.values())):
        curve = run_curve("the uploaded network", history)
        draw_losses([curve], len(model.vocabulary), int(history["step"][-1]), key="own_model_losses")
    note("What it writes at temperature 0.8:")
    st.code(st.session_state.get(_SAMPLE) or _sample(model), language=None, wrap_lines=True)


def _sample(model: Checkpoint) -> str:
    """Let it write a text, always with the same random draws."""
    with np.errstate(all="ignore"):  # untrusted weights may be huge
        return "".join(s.char for s in generate(model.net, model.vocabulary, length=_SAMPLE_LENGTH, seed=0))
