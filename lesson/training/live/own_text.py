"""A text of the visitor's own: pasted, or a file.

It stays in the session state, whatever page the visitor looks at.  What is refused is refused in one
sentence, and takes nothing away that was there before.
"""

from collections.abc import Callable

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from lesson.frame.glossary import note
from lesson.training.engine.settings import LONGEST_TEXT
from lstm import InputError
from lstm.text import decode_text, split
from lstm.training.recipe import default_recipe

OWN = "my own"  # its name beside those of the sample texts
MOST_CHARACTERS = 2_000  # different ones: a layer of its own for each of them is most of a network
_MOST_NUMBERS = 2**23  # T · B · V: what the readout of a step holds
OWN_TEXT, _TROUBLE = "own_text", "own_text_trouble"  # in the session state
_PASTE, _UPLOAD = "paste_text", "upload_text"  # the widgets
_BEGINNING = 200  # characters that are shown of it


def choose_own_text(seq: int = 1, batch: int | Callable[[str], int] = 1) -> str | None:
    """Draw the fields for a visitor's text and return it; None, and one sentence, until one fits.

    seq, batch: the settings it has to be long enough for; the batch may depend on the text.
    """
    text: str | None = st.session_state.get(OWN_TEXT)
    with st.expander("Your text", expanded=text is None, icon=":material/edit_document:"):
        with st.form("own_text_form", border=False):
            st.text_area(
                "Paste it here, up to 1 MB", key=_PASTE, height=120, persist_state="session",
                placeholder="At least a few thousand characters. With more, the network writes better.",
            )  # fmt: skip
            st.form_submit_button("Use this text", on_click=_take_pasted)
        st.file_uploader(
            "or upload a text file (UTF-8, up to 1 MB)", max_upload_size=1, key=_UPLOAD,
            on_change=_take_text_file,
        )  # fmt: skip
    if trouble := st.session_state.get(_TROUBLE):
        st.error(trouble)
    if text is None:
        if not trouble:
            st.info("Paste or upload a text to learn from. It stays here while you look at other pages.")
        return None
    note(f"Your text has {len(text):,} characters, {len(set(text))} of them different. It begins:")
    st.code(text[:_BEGINNING], language=None, wrap_lines=True)
    if trouble := does_not_fit(text, seq, batch(text) if callable(batch) else batch):
        st.error(trouble)
        return None
    return text


def _take_pasted() -> None:
    pasted = st.session_state.get(_PASTE) or ""
    if _take_text(pasted.encode("utf-8", "surrogatepass"), "The text"):
        st.session_state[_PASTE] = ""  # else it would travel with every move of the visitor


def _take_text_file() -> None:
    file = st.session_state.get(_UPLOAD)
    if isinstance(file, UploadedFile):  # not None, nor a file that the server has lost meanwhile
        _take_text(file.getvalue(), "The file")


def _take_text(data: bytes, name: str) -> bool:
    """Put a text into the session state if it can be learned from; return whether it can."""
    try:
        st.session_state[OWN_TEXT] = checked_text(data, name)
    except InputError as error:
        st.session_state[_TROUBLE] = str(error)
        return False
    st.session_state.pop(_TROUBLE, None)
    return True


def checked_text(data: bytes, name: str) -> str:
    """Decode a text that can be learned from.  Raises InputError, in one sentence that begins with `name`."""
    if len(data) > LONGEST_TEXT:
        raise InputError(f"{name} is larger than 1 MB; take a part of it.")
    text = decode_text(data, name)
    if (different := len(set(text))) > MOST_CHARACTERS:
        raise InputError(
            f"{name} has {different:,} different characters, and a network here can hold "
            f"{MOST_CHARACTERS:,}; take a shorter piece of it."
        )
    return text


def fitting_batch(text: str, hidden: int, seq: int) -> int:
    """Return the batch that the command line takes for a text, so that an epoch has enough steps."""
    recipe = default_recipe(_learned(text), len(set(text)), hidden, seq_length=seq)
    return int(recipe["batch_size"])


def note_batch(text: str, batch: int, usual: int) -> None:
    """Say which batch is used for a text in place of the usual one."""
    note(
        f"Batch {batch} instead of {usual}: your text has {_learned(text):,} characters to learn from, and a "
        "larger batch leaves too few updates in an epoch. `train_minimal.py` chooses the same batch. You can "
        "choose another one under *More to set*."
    )


def _learned(text: str) -> int:
    """Return of how many characters a network learns: the others are for validation."""
    return len(split(range(len(text)))[0])


def does_not_fit(text: str, seq: int, batch: int) -> str:
    """Say why a text can't be learned with this sequence length and batch; nothing if it can."""
    smaller = "a smaller batch or a shorter sequence" if batch > 1 else "a shorter sequence"
    need = seq * batch + 1
    if _learned(text) < need:
        return (
            f"Your text is too short: the network can learn from {_learned(text):,} of its characters, and a "
            f"batch of {batch} with {seq} steps needs {need:,}; take a longer text or {smaller}."
        )
    if seq * batch * (different := len(set(text))) > _MOST_NUMBERS:
        return (
            f"Your text has {different:,} different characters, too many for a batch of {batch} with {seq} "
            f"steps; take {smaller}."
        )
    return ""
