"""RNN, GRU and LSTM as networks: characters in, a cell, a softmax readout, a loss.

This is the classroom's interface: `forward`, `backward`, `update_weights`, `sample`, and every
weight under its name in the equations.  Read `network.py` for what happens; `networks.py` says what
makes an LSTM an LSTM, and `inputs.py` what a caller may pass.

Letters: T steps, B sequences, D inputs, H hidden units, V outputs (characters), G gates.
"""

from lstm.network.network import Network
from lstm.network.networks import GRU, LSTM, NETWORKS, RNN, ResetAfterGRU
from lstm.network.reading import Reading

__all__ = ["GRU", "LSTM", "NETWORKS", "RNN", "Network", "Reading", "ResetAfterGRU"]
