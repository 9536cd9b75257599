"""The same weights in PyTorch, Keras and ONNX, and a network that comes from there."""

import streamlit as st

from lesson.course.worksheet import take_away
from lesson.frame.glossary import prose
from lesson.frame.navigation import begin, page_link
from lesson.pytorch import back, rows, there
from lesson.pytorch.parameters import PARAMETERS
from lesson.pytorch.questions import questions
from lesson.widgets.display import show_source
from lesson.widgets.questions import ask
from lstm.exchange import pytorch

begin(__file__, PARAMETERS)
st.title("To PyTorch")
ask(questions(), "pytorch")
cell = rows.show()
there.show(cell)
back.show()

show_source(pytorch, "The way there and back, as the code does it")
with st.expander("Half a page: what a file of weights does not say", icon=":material/menu_book:"):
    prose(
        """
**A state_dict** is a dictionary of arrays by name. It says how large everything is, but not what it means:
not which gate comes first, not whether an `nn.RNN` has tanh or relu, not which character an index stands for.
So every library has its own order, written down in its documentation and nowhere in the file, and whoever
copies weights from one to the other has to know both.

**safetensors** is a file of arrays with a short header and nothing else. What `torch.save` writes is a
*pickle*, which may hold instructions to be carried out when it is opened; a file from a stranger is better
not opened, and this course never does.

**An embedding** is a table with a row for each character. A one-hot character times a matrix picks a column
of it, so an embedding and the input weights behind it are one matrix: their product. That is what is kept
here.

**ONNX** describes a whole computation, of which W, R and B are only the inputs of one step; Keras keeps its
model in a file of its own. For both, `lstm.exchange` gives the arrays in their order.
"""
    )
take_away("To PyTorch")
page_link("1_start.py", "Next: the self-test about the whole course", {"section": "Self-test"})
