"""The lines to type outside the course: with the installed command, or with the script of the checkout."""

import streamlit as st

from lesson.frame.glossary import note

# Each line works as it stands where there is a text input.txt; a test types them.
COMMANDS = (
    "pip install .",
    "lstm train input.txt --epochs 50 --hidden-size 128",
    "lstm generate lstm_model.npz --length 500 --temperature 0.8",
    "lstm info lstm_model.npz",
)
SCRIPT_COMMANDS = (
    "python train_minimal.py --data input.txt --epochs 50 --hidden-size 128",
    "python train_minimal.py --data input.txt --hidden-size 256 --seq-length 100 --lr 0.001",
    "python train_minimal.py --generate --checkpoint lstm_model.npz --length 500 --temperature 0.8",
)


def show() -> None:
    """Show the drawer with the lines."""
    with st.expander("On your own machine", icon=":material/terminal:"):
        # No language: the colour that options get in shells is too pale to read.
        note("Type these lines in the folder of the course. The first one installs the command `lstm`:")
        st.code("\n".join(COMMANDS), language=None)
        note(
            "These lines work without installing the course, with NumPy alone. The second one trains a "
            "larger network:"
        )
        st.code("\n".join(SCRIPT_COMMANDS), language=None)
        note("`lstm train --help` lists every option and its default.")
