"""RNN, GRU and LSTM in plain NumPy: read, run, train, look inside.

equations   the textbook: one step of each cell, one equation a line
cells       the same for whole batches, with backpropagation through time
network     RNN, GRU, LSTM with forward, backward, update_weights, sample
text        characters as indices
training    train(...): a report after every step
sampling    generate(...): a character at a time
gradients   what is left of an error on its way back through time
tasks       tasks with a known answer
recall      train on one of them: how far back a network can learn to look
checkpoint  save and load, one .npz, never pickle; archive and parts judge a stranger's file
probes      what a network does on a piece of text; doctor and checklist say what ails a training
repetition  how much a text repeats itself or another; counting: what counting alone knows of it
surgery     a trained network with gates held or units cut out; ablation: what that costs
surprise    how surprised a network is, in bits
"""

from lstm.equations import gru_step, lstm_step, rnn_step
from lstm.errors import InputError
from lstm.network import GRU, LSTM, RNN
from lstm.sampling import generate
from lstm.storage.checkpoint import load, save
from lstm.text import Vocabulary
from lstm.training import Progress, train

__all__ = [
    "GRU", "LSTM", "RNN", "InputError", "Progress", "Vocabulary",
    "generate", "gru_step", "load", "lstm_step", "rnn_step", "save", "train",
]  # fmt: skip
