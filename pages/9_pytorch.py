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

show_source(pytorch, "The code that converts in both directions")
with st.expander("To read: what a file of weights does not tell you", icon=":material/menu_book:"):
    prose(
        """
**A state_dict** is a dictionary of arrays with names. It gives the size of every array, but not its
meaning. It does not say which gate comes first, whether an `nn.RNN` uses tanh or relu, or which character
an index stands for. Libraries differ in the order of the gates. For an LSTM, PyTorch and Keras have the
same order, ONNX has a second one, and this course a third one. You find the order in the documentation, but
not in the file. To copy weights from one library to another you need to know both orders.

**safetensors** is a file format for arrays: a short header and the numbers. `torch.save` writes a *pickle*
instead. A pickle can contain commands that run when it is opened. (Since version 2.6 `torch.load` refuses
them unless it is told not to, with `weights_only=False`.) Do not open a pickle from a person you do not know;
this course never opens one.

**An embedding** is a table with one row for each character. A one-hot vector times this table picks one
row of it. So an embedding and the input weights after it can be replaced by one matrix, their product. The
course stores this product.

**An ONNX file** describes a whole computation. The arrays W, R and B (choose *ONNX* above to see them) are
only the weights of one recurrent layer. Keras has a file format of its own. For both, `lstm.exchange` gives
the arrays in the right order.
"""
    )
take_away("To PyTorch")
page_link("1_start.py", "Next: the self-test about the whole course", {"section": "Self-test"})
