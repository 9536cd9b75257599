"""RNN, GRU and LSTM in plain NumPy: read, run, train, look inside.

The book, to be read from top to bottom:

equations         the textbook: one step of each cell, one equation a line
textbook_network  the textbook: a loop over the step, a readout, softmax, the loss
cells             the same for whole batches, with backpropagation through time
network           RNN, GRU, LSTM with forward, backward, update_weights, sample
text              characters as indices
training          train(...): a report after every step
sampling          generate(...): a character at a time
gradients         what is left of an error on its way back through time
scalar            a cell with one input and one unit, whose every value is a number

Tools above it:

recall            a task with a known answer: how far back a network can learn to look
series            numbers instead of characters: a readout, tasks, baselines, training
storage           save and load, one .npz, never pickle; untrusted files are checked first
exchange          weights for PyTorch, Keras and ONNX, and theirs for this library
diagnosis         what a network does on a piece of text, and what is wrong with a training run
interpret         gates held and units cut out of a trained network; units that follow a rule
parallel          a training's batch in parts, each computed by a process of its own
textstats         repetition, surprise, and what counting alone knows of a text
terminal          the command line
"""

__version__ = "0.2.0"  # the only place

from lstm.equations import gru_step, lstm_step, rnn_step
from lstm.errors import InputError
from lstm.network import GRU, LSTM, RNN, ResetAfterGRU
from lstm.sampling import generate
from lstm.storage.checkpoint import load, save
from lstm.text import Vocabulary
from lstm.training import Progress, train

__all__ = [
    "GRU", "LSTM", "RNN", "InputError", "Progress", "ResetAfterGRU", "Vocabulary",
    "generate", "gru_step", "load", "lstm_step", "rnn_step", "save", "train",
]  # fmt: skip
