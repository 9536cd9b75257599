"""Make golden.npz: what PyTorch computes for the networks that tests/lstm/test_golden.py checks.

Needs PyTorch, which nothing else here does; the tests read only the file.  From the repository's root:

    python tests/data/make_golden.py

All in float64.  For each cell: initial weights, logits, loss, states, every gradient (raw, and at
the first states) and the weights after ten steps of Adam on the same batch.  Names are those of the
library: Wf is (H, H + D) and acts on [h_prev, x].  PyTorch's are unpacked into them here.

The GRU is written out and differentiated by autograd: nn.GRU applies the reset gate after the
product with the state, while Cho et al. 2014, eqs. 5-8, apply it before; z keeps the old state.
"""

from pathlib import Path

import numpy as np
import torch
from torch import nn

T, B, D, H = 11, 3, 7, 12
ADAM_STEPS, LEARNING_RATE = 10, 0.01
# PyTorch stacks its gates as i, f, g, o; g is the candidate, C in the equations.
BLOCKS = {"lstm": ("i", "f", "c", "o"), "rnn": ("h",), "gru": ("z", "r", "h")}


class WrittenGRU(nn.Module):
    """h' = z h + (1 - z) tanh(W_h [r h, x] + b_h), with nn.LSTM's names and layout of weights."""

    def __init__(self):
        super().__init__()
        self.weight_ih_l0 = nn.Parameter(torch.empty(3 * H, D))
        self.weight_hh_l0 = nn.Parameter(torch.empty(3 * H, H))
        self.bias_ih_l0 = nn.Parameter(torch.empty(3 * H))

    def forward(self, x, h):
        h, outputs = h[0], []
        W_z, W_r, W_h = torch.cat([self.weight_hh_l0, self.weight_ih_l0], dim=1).chunk(3)
        b_z, b_r, b_h = self.bias_ih_l0.chunk(3)
        for x_t in x:
            concat = torch.cat([h, x_t], dim=1)
            z = torch.sigmoid(concat @ W_z.T + b_z)
            r = torch.sigmoid(concat @ W_r.T + b_r)
            h_tilde = torch.tanh(torch.cat([r * h, x_t], dim=1) @ W_h.T + b_h)
            h = z * h + (1 - z) * h_tilde
            outputs.append(h)
        return torch.stack(outputs), h[None]


CELLS = {"lstm": lambda: nn.LSTM(D, H), "rnn": lambda: nn.RNN(D, H, nonlinearity="tanh"), "gru": WrittenGRU}


def named(kind, cell, readout, pick):
    """Weights or gradients under the library's names; pick takes a parameter and returns a tensor."""
    together = torch.cat([pick(cell.weight_hh_l0), pick(cell.weight_ih_l0)], dim=1)
    blocks = len(BLOCKS[kind])
    arrays = {f"W{x}": W for x, W in zip(BLOCKS[kind], together.chunk(blocks), strict=True)}
    arrays |= {f"b{x}": b for x, b in zip(BLOCKS[kind], pick(cell.bias_ih_l0).chunk(blocks), strict=True)}
    arrays |= {"Wy": pick(readout.weight), "by": pick(readout.bias)}
    return {name: tensor.detach().clone().numpy() for name, tensor in arrays.items()}


def golden(kind, inputs, targets):
    """Everything about one cell, by name."""
    cell, readout = CELLS[kind](), nn.Linear(H, D)
    for parameter in (*cell.parameters(), *readout.parameters()):
        nn.init.normal_(parameter, std=0.4)
    if hasattr(cell, "bias_hh_l0"):  # the library has one bias a gate: this one stays 0
        nn.init.zeros_(cell.bias_hh_l0).requires_grad_(False)
    state = [0.5 * torch.randn(1, B, H) for _ in range(2 if kind == "lstm" else 1)]
    for s in state:
        s.requires_grad_()

    x = nn.functional.one_hot(inputs, D).to(torch.float64)
    adam = torch.optim.Adam(
        [p for p in (*cell.parameters(), *readout.parameters()) if p.requires_grad], lr=LEARNING_RATE
    )
    found = {f"initial/{name}": a for name, a in named(kind, cell, readout, lambda p: p).items()}
    for step in range(ADAM_STEPS):
        adam.zero_grad()
        h, last = cell(x, tuple(state) if kind == "lstm" else state[0])
        logits = readout(h)
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction="sum") / B
        loss.backward()
        if step == 0:
            found["loss"], found["logits"] = loss.item(), logits.detach().numpy()
            last = last if kind == "lstm" else (last,)
            for name, first, end in zip("hC", state, last, strict=False):
                found[f"first/{name}"] = first.detach().numpy()[0].copy()
                found[f"last/{name}"] = end.detach().numpy()[0]
                found[f"gradient/{name}"] = first.grad.numpy()[0].copy()
            found |= {f"gradient/{n}": a for n, a in named(kind, cell, readout, lambda p: p.grad).items()}
        adam.step()
    found |= {f"trained/{name}": a for name, a in named(kind, cell, readout, lambda p: p).items()}
    return {f"{kind}/{name}": value for name, value in found.items()}


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
inputs, targets = torch.randint(0, D, (2, T, B))
arrays = {"inputs": inputs.numpy(), "targets": targets.numpy(), "learning_rate": LEARNING_RATE}
for kind in CELLS:
    arrays |= golden(kind, inputs, targets)
np.savez(Path(__file__).with_name("golden.npz"), **arrays)
