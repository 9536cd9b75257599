"""Train a small network in PyTorch and save it so that the course can read it.

Needs PyTorch and safetensors:   pip install torch safetensors numpy
With any text in UTF-8:          python from_pytorch.py my_text.txt my_model.safetensors

Then upload the file on the page Sampling, under "A network of your own".
"""

import json
import sys
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import nn

HIDDEN_SIZE, LENGTH, BATCH, STEPS, RATE = 128, 64, 32, 400, 0.004


class CharacterNetwork(nn.Module):
    """An LSTM that reads one-hot characters, and a linear output layer; nn.GRU and nn.RNN can be read too.

    It also reads an nn.Embedding in front, several layers, and other names than `rnn` and `readout`.
    """

    def __init__(self, characters: int) -> None:
        super().__init__()
        self.characters = characters
        self.rnn = nn.LSTM(characters, HIDDEN_SIZE, batch_first=True)
        self.readout = nn.Linear(HIDDEN_SIZE, characters)

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        """Return the logits after every character: (B, T) -> (B, T, V)."""
        one_hot = nn.functional.one_hot(inputs, self.characters).to(self.readout.weight.dtype)
        return self.readout(self.rnn(one_hot)[0])


def main() -> None:
    """Train on a text, and save the state_dict with the characters."""
    text_path, model_path = sys.argv[1:3]
    text = Path(text_path).read_text("utf-8")
    characters = sorted(set(text))
    ids = torch.tensor([characters.index(char) for char in text])

    net = CharacterNetwork(len(characters))
    optimiser = torch.optim.Adam(net.parameters(), lr=RATE)
    for step in range(1, STEPS + 1):
        starts = torch.randint(len(ids) - LENGTH, (BATCH,))
        rows = torch.stack([ids[start : start + LENGTH + 1] for start in starts])  # (B, T + 1)
        logits = net(rows[:, :-1])
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), rows[:, 1:].flatten())
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5)
        optimiser.step()
        if step % 50 == 0:
            print(f"step {step}: {loss.item():.2f} nats per character")

    # The course has to know which character an index stands for: that goes into the metadata.
    save_file(net.state_dict(), model_path, metadata={"vocabulary": json.dumps("".join(characters))})


if __name__ == "__main__":
    main()
