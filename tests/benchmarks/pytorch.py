"""The same work in PyTorch, as its users would write it, on one thread unless more are asked for."""

import time
from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch import nn

torch.set_num_threads(1)


def training_step(V: int, H: int, B: int, T: int, adam: bool) -> Callable[[], None]:
    """A full step: one-hot inputs, nn.LSTM, linear readout, cross-entropy, clipping, optimiser."""
    torch.manual_seed(0)
    lstm, readout = nn.LSTM(V, H), nn.Linear(H, V)
    parameters = [*lstm.parameters(), *readout.parameters()]
    optimiser = torch.optim.Adam(parameters, 0.001) if adam else torch.optim.SGD(parameters, 0.01)
    ids = torch.randint(0, V, (T + 1, B))
    one_hot = torch.eye(V)

    def step() -> None:
        outputs, _ = lstm(one_hot[ids[:-1]])
        loss = nn.functional.cross_entropy(readout(outputs).reshape(-1, V), ids[1:].reshape(-1))
        optimiser.zero_grad()
        loss.backward()
        if adam:
            nn.utils.clip_grad_norm_(parameters, 5.0)
        else:
            nn.utils.clip_grad_value_(parameters, 5.0)
        optimiser.step()
        loss.item()

    return step


def on_threads(count: int, work: Callable[[], None]) -> None:
    """Do some work on more threads than one."""
    torch.set_num_threads(count)
    work()
    torch.set_num_threads(1)


def sampler(V: int, H: int, length: int) -> Callable[[], list[int]]:
    """Characters one after the other with nn.LSTMCell."""
    cell, readout, one_hot = nn.LSTMCell(V, H), nn.Linear(H, V), torch.eye(V)

    def sample() -> list[int]:
        h, c, index, written = torch.zeros(1, H), torch.zeros(1, H), 0, []
        with torch.inference_mode():
            for _ in range(length):
                h, c = cell(one_hot[index : index + 1], (h, c))
                probabilities = torch.softmax(readout(h) / 0.8, dim=-1)
                index = int(torch.multinomial(probabilities, 1))
                written.append(index)
        return written

    return sample


def gradient_norms(D: int, H: int, T: int) -> Callable[[], list[torch.Tensor]]:
    """Norms of dL/dh_t for all cells, by autograd through cells that keep every state."""
    cells = [nn.RNNCell(D, H), nn.GRUCell(D, H), nn.LSTMCell(D, H)]
    x = 0.5 * torch.randn(T, 1, D)

    def norms() -> list[torch.Tensor]:
        found = []
        for cell in cells:
            has_C = isinstance(cell, nn.LSTMCell)
            state = (torch.zeros(1, H),) * 2 if has_C else torch.zeros(1, H)
            hidden = []
            for x_t in x:
                state = cell(x_t, state)
                hidden.append(state[0] if has_C else state)
            gradients = torch.autograd.grad(hidden[-1].sum(), hidden)
            found.append(torch.stack(gradients).norm(dim=2))
        return found

    return norms


def validation_losses(
    ids: np.ndarray, validation: np.ndarray, V: int, H: int, T: int, B: int, rate: float, seed: int
) -> Iterator[tuple[float, float]]:
    """Train on ids (N,) as `lstm.training` does; yield after each epoch seconds worked and validation loss.

    One thread's processor time, without validation; nats per character.  The text is cut into B stretches
    read side by side, T characters at a time, the state carried on within an epoch; Adam, clipping by norm 5.
    """
    torch.manual_seed(seed)
    lstm, readout, one_hot = nn.LSTM(V, H), nn.Linear(H, V), torch.eye(V)
    parameters = [*lstm.parameters(), *readout.parameters()]
    optimiser, rng = torch.optim.Adam(parameters, rate), np.random.default_rng(seed)
    length = (len(ids) - 1) // (B * T) * T
    worked = 0.0
    while True:
        offset = rng.integers(0, len(ids) - B * length)
        starts = offset + length * np.arange(B)
        text = torch.from_numpy(ids[starts + np.arange(length + 1)[:, None]])
        state, began = None, time.process_time()
        for start in range(0, length, T):
            outputs, state = lstm(one_hot[text[start : start + T]], state)
            state = state[0].detach(), state[1].detach()
            logits = readout(outputs).reshape(-1, V)
            loss = nn.functional.cross_entropy(logits, text[start + 1 : start + T + 1].reshape(-1))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(parameters, 5.0)
            optimiser.step()
        worked += time.process_time() - began
        with torch.inference_mode():
            outputs, _ = lstm(one_hot[torch.from_numpy(validation[:-1])][:, None])
            logits = readout(outputs)[:, 0]
            target = torch.from_numpy(validation[1:])
            yield worked, float(nn.functional.cross_entropy(logits, target))
