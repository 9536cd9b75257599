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
        "Save its `state_dict` as a .safetensors file, with the characters in the metadata. Upload the file "
        "on the page *Sampling* under *A network of your own*. There your network can write, and "
        "you can read its memory, clamp its gates and look for a unit that follows a rule. The course can "
        "load `nn.RNN` (with tanh), `nn.GRU` and `nn.LSTM` with a linear output layer, with or without an "
        "embedding. It can't load bidirectional networks or networks with projections."
    )
    st.code(saving_lines(), language="python")
    st.download_button(
        f"{SCRIPT}: trains a network and saves it", asset(f"pytorch/{SCRIPT}"), SCRIPT, "text/x-python",
        icon=":material/download:", on_click="ignore", key="from_pytorch",
    )  # fmt: skip
    page_link("5_sampling.py", "Read the memory of your network", {"task": "Read its memory"})
    page_link("5_sampling.py", "Clamp the gates of your network", {"task": "Gate surgery"})


def saving_lines() -> str:
    """Return the end of the script, which saves the network, as it stands there."""
    lines = asset(f"pytorch/{SCRIPT}").split("\n")
    first = next(k for k, line in enumerate(lines) if line.strip().startswith("# The course has to know"))
    return inspect.cleandoc("\n".join(lines[first : lines.index("", first)]))
