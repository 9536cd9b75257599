"""The other way: a network trained in PyTorch comes to the course."""

import inspect

import streamlit as st

from lesson.frame.files import asset
from lesson.frame.glossary import prose
from lesson.frame.navigation import page_link

SCRIPT = "from_pytorch.py"


def show() -> None:
    """Say how a network of PyTorch is saved so that it can be read here, and where it can be looked at."""
    st.subheader("And back: a network that you trained in PyTorch")
    prose(
        "Save its `state_dict` as a .safetensors file, with the characters in the metadata, and upload it on "
        "the page *Sampling* under *A network of your own*. Then it writes, its memory can be read, its "
        "gates can be held, and you can hunt for a unit. `nn.RNN` (tanh), `nn.GRU` and `nn.LSTM` are read, "
        "with a linear readout, with or without an embedding; not in two directions, and without projections."
    )
    st.code(saving_lines(), language="python")
    st.download_button(
        f"{SCRIPT}: trains one and saves it", asset(f"pytorch/{SCRIPT}"), SCRIPT, "text/x-python",
        icon=":material/download:", on_click="ignore", key="from_pytorch",
    )  # fmt: skip
    page_link("5_sampling.py", "Read its memory", {"task": "Read its memory"})
    page_link("5_sampling.py", "Hold its gates", {"task": "Gate surgery"})


def saving_lines() -> str:
    """Return the end of the script, which saves the network, as it stands there."""
    lines = asset(f"pytorch/{SCRIPT}").split("\n")
    first = next(k for k, line in enumerate(lines) if line.strip().startswith("# The course has to know"))
    return inspect.cleandoc("\n".join(lines[first : lines.index("", first)]))
