"""A network of the course in PyTorch: what it expects next, and the files that show the same there."""

import re
from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from lesson.frame.files import asset
from lesson.frame.glossary import note, prose
from lesson.frame.links import complain, mend
from lesson.pytorch.networks import model_of, next_probabilities
from lesson.pytorch.parameters import MODELS, PROMPT
from lesson.widgets.bars import draw_bars
from lesson.widgets.unknown_characters import readable
from lstm.exchange.files import dump_safetensors
from visualization.drawings.bars import LIKELIEST, describe_next, likeliest

SCRIPT = "run_in_pytorch.py"
_PLAIN = re.compile(r"[\w ,.;:?()'-]+")  # what every terminal leaves as it is between double quotes
_GAP = '"…"'


def show(cell: str) -> None:
    """Show what the network of a cell expects after a prompt, the two files, and what the script prints."""
    st.subheader("The same network, in PyTorch")
    checkpoint = model_of(cell)
    complain(mend(PROMPT))
    prompt = readable(PROMPT.text_input(), checkpoint.vocabulary)
    if not prompt:
        note("Type some characters for the network to read.")
        return
    probabilities = next_probabilities(cell, prompt)
    bars = likeliest(probabilities, checkpoint.vocabulary.chars)
    draw_bars(bars, key="pytorch_next", alt=describe_next(bars))
    if checkpoint.net.kind == "gru":
        prose(
            "This GRU can't go to PyTorch as it is: see *Where r stands*, above. Keras can run it with "
            "`reset_after=False`, and ONNX with `linear_before_reset=0`; use `lstm.exchange.to_keras` and "
            "`to_onnx`."
        )
        return
    _files(cell, prompt)
    if in_quotes(prompt) == _GAP:
        note("Put the text that the network reads in place of …, as your terminal wants it.")
    note("In PyTorch the script prints the same numbers; the last digit can differ by one:")
    st.code(printed(probabilities, checkpoint.vocabulary.chars), language=None)


def _files(cell: str, prompt: str) -> None:
    """Offer the network and the script, with the commands that run them on a prompt."""
    checkpoint, name = model_of(cell), MODELS[cell]
    with st.container(horizontal=True):
        st.download_button(
            f"{name}.safetensors", partial(dump_safetensors, checkpoint.net, checkpoint.vocabulary),
            f"{name}.safetensors", icon=":material/download:", on_click="ignore", key="pytorch_model",
        )  # fmt: skip
        st.download_button(
            SCRIPT, asset(f"pytorch/{SCRIPT}"), SCRIPT, "text/x-python", icon=":material/download:",
            on_click="ignore", key="pytorch_script",
        )  # fmt: skip
    st.code(
        f"pip install torch safetensors numpy\npython {SCRIPT} {name}.safetensors {in_quotes(prompt)}",
        language=None,
    )


def in_quotes(prompt: str) -> str:
    """Return a prompt as a terminal takes it; with a gap where quotes do not do in every terminal."""
    return f'"{prompt}"' if _PLAIN.fullmatch(prompt) else _GAP


def printed(probabilities: NDArray, chars: tuple[str, ...]) -> str:
    """Return the lines that the script prints."""
    first = np.argsort(-probabilities, kind="stable")[:LIKELIEST]
    return "\n".join(f"{chars[k]!r:6} {probabilities[k]:.4f}" for k in first)
