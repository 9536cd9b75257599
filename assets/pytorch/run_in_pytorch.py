"""Load a network of the course in PyTorch and print what it expects next.

Needs PyTorch and safetensors:   pip install torch safetensors numpy
In the folder of both files:     python run_in_pytorch.py fables.safetensors "Once upon a "
"""

import json
import sys

import torch
from safetensors import safe_open
from torch import nn

# By the number of blocks of H rows in weight_hh_l0; a GRU of PyTorch is what the course calls ResetAfterGRU.
CELLS = {1: nn.RNN, 3: nn.GRU, 4: nn.LSTM}


class CharacterNetwork(nn.Module):
    """A recurrent cell that reads one-hot characters, and a linear output layer."""

    def __init__(self, cell: type[nn.RNNBase], characters: int, hidden_size: int, layers: int) -> None:
        super().__init__()
        self.characters = characters
        self.rnn = cell(characters, hidden_size, layers)
        self.readout = nn.Linear(hidden_size, characters)

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        """Return the logits after every character: (T,) -> (T, V)."""
        one_hot = nn.functional.one_hot(inputs, self.characters).to(self.readout.weight.dtype)
        return self.readout(self.rnn(one_hot)[0])


def load(path: str) -> tuple[CharacterNetwork, str]:
    """Read a file of the course: the network, and its characters in the order of their indices."""
    with safe_open(path, framework="pt") as file:
        state = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 (no dictionary)
        characters = json.loads(file.metadata()["vocabulary"])
    rows, hidden_size = state["rnn.weight_hh_l0"].shape
    layers = sum(name.startswith("rnn.weight_hh_l") for name in state)
    net = CharacterNetwork(CELLS[rows // hidden_size], len(characters), hidden_size, layers)
    net.load_state_dict(state)
    return net, characters


def main() -> None:
    """Print the likeliest characters after a text, with their probabilities."""
    path, text = sys.argv[1:3]
    net, characters = load(path)
    with torch.no_grad():
        logits = net(torch.tensor([characters.index(char) for char in text]))[-1]
    probabilities = logits.softmax(0)
    for index in probabilities.argsort(descending=True)[:8].tolist():
        print(f"{characters[index]!r:6} {probabilities[index]:.4f}")


if __name__ == "__main__":
    main()
