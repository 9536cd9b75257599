"""Make torch_golden.npz: networks of PyTorch as users save them, and what they compute.

Needs PyTorch, which nothing else here does; the tests read only the file.  From the repository's root:

    python tests/data/make_torch_golden.py

For each network: its state_dict ("state/…"), indices (T, B) and the logits (T, B, V) behind its readout.
"""

from pathlib import Path

import numpy as np
import torch
from torch import nn

T, B, V, H, E = 9, 2, 5, 6, 4


class CharNet(nn.Module):
    """A cell and a linear readout, with names that users give them."""

    def __init__(self, cell, embedding=None):
        super().__init__()
        self.embedding = None if embedding is None else nn.Embedding(V, embedding)
        self.rnn = cell
        self.fc = nn.Linear(H, V)

    def forward(self, inputs):
        one_hot = nn.functional.one_hot(inputs, V).to(self.fc.weight.dtype)
        return self.fc(self.rnn(one_hot if self.embedding is None else self.embedding(inputs))[0])


NETWORKS = {
    "rnn": lambda: CharNet(nn.RNN(V, H)),
    "gru": lambda: CharNet(nn.GRU(V, H)),
    "lstm": lambda: CharNet(nn.LSTM(V, H)),
    "lstm_two_layers": lambda: CharNet(nn.LSTM(V, H, num_layers=2)),
    "gru_two_layers": lambda: CharNet(nn.GRU(V, H, num_layers=2)),
    "rnn_without_bias": lambda: CharNet(nn.RNN(V, H, bias=False)),
    "lstm_embedding": lambda: CharNet(nn.LSTM(E, H), embedding=E),
}


def golden(name, dtype):
    """Everything about one network, by name."""
    net = NETWORKS[name]().to(dtype)
    for parameter in net.parameters():
        nn.init.normal_(parameter, std=0.5)
    inputs = torch.randint(0, V, (T, B))
    with torch.no_grad():
        arrays = {"inputs": inputs, "logits": net(inputs)}
    arrays |= {f"state/{part}": tensor for part, tensor in net.state_dict().items()}
    prefix = f"{name}/{str(dtype).removeprefix('torch.')}"
    return {f"{prefix}/{part}": tensor.detach().numpy() for part, tensor in arrays.items()}


torch.manual_seed(0)
arrays = {}
for name in NETWORKS:
    for dtype in (torch.float32, torch.float64):
        arrays |= golden(name, dtype)
np.savez_compressed(Path(__file__).with_name("torch_golden.npz"), **arrays)
