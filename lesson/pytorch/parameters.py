"""What the address of the page To PyTorch says: one row for each parameter."""

from lesson.frame.parameters import Choice, Parameter, Text
from lstm.exchange import LAYOUTS

LIBRARY = Choice("library", "Library", options=tuple(LAYOUTS))
# Each cell is that of a model of the course.
MODELS = {"LSTM": "fables", "GRU": "fables_gru", "RNN": "fables_rnn"}
CELL = Choice("sent", "Cell", options=tuple(MODELS))
ALL_GATES = "all"
GATE = Choice("rows", "Gate", options=(ALL_GATES,))
PROMPT = Text("start", "What the network reads", "Once upon a ", 60)

PARAMETERS: tuple[Parameter, ...] = (LIBRARY, CELL, GATE, PROMPT)
