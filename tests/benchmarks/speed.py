"""How fast the library is: python -m tests.benchmarks.speed [part ...]

Parts: training, sampling, gradients, growth, story; all of them by default.  Every contender runs in
turn within one run, the best of nine counts, one thread each.  PyTorch is compared where it is
installed; the project does not depend on it.  Times on a shared machine are noisy: read the ratios.
"""

import sys
import time
from collections.abc import Callable

import numpy as np

from lstm.gradients import gradient_flow, random_cell, random_inputs
from lstm.network import LSTM
from lstm.sampling import walk
from lstm.training import train
from tests.benchmarks import story, straightforward

try:
    from tests.benchmarks import pytorch
except ImportError:
    pytorch = None

T, V = 50, 65
ROUNDS = 9


def race(contenders: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Seconds of one call of each contender: the best of nine rounds, in each of which all run.

    A turn lasts about a tenth of a second, so that nobody pays for the caches that the one before
    has filled with its own.
    """
    calls = {}
    for name, run in contenders.items():
        run()
        began = time.perf_counter()
        run()
        calls[name] = max(1, round(0.1 / (time.perf_counter() - began)))
    best = dict.fromkeys(contenders, float("inf"))
    for _ in range(ROUNDS):
        for name, run in contenders.items():
            began = time.perf_counter()
            for _ in range(calls[name]):
                run()
            best[name] = min(best[name], (time.perf_counter() - began) / calls[name])
    return best


def text(length: int, size: int = V) -> np.ndarray:
    """Random indices with the uneven frequencies that characters have."""
    rng = np.random.default_rng(0)
    return rng.choice(size, length, p=(weights := 1 / np.arange(2, size + 2)) / weights.sum())


def table(title: str, head: list[str], rows: list[list[str]]) -> None:
    """Print a table in Markdown."""
    print(f"\n**{title}**\n")
    for row in (head, ["---"] * len(head), *rows):
        print(f"| {' | '.join(row)} |", flush=True)


def ratio(times: dict[str, float], asked: str = "") -> list[str]:
    """Cells: ours, PyTorch's, their ratio, what is asked."""
    ours = f"{1e3 * times['lstm']:.2f} ms"
    if "PyTorch" not in times:
        return [ours, "–", "–", asked]
    return [ours, f"{1e3 * times['PyTorch']:.2f} ms", f"{times['lstm'] / times['PyTorch']:.2f}", asked]


def measure_training() -> None:
    """One training step: classroom calls at B = 1, `train` with Adam above."""
    rows = []
    ids = text(T + 1)
    net = LSTM(V, 128, V, seed=0)

    def classroom() -> None:
        net.forward(ids[:-1], ids[1:])
        net.backward()
        net.update_weights(0.01)

    plain = straightforward.Network(V, 128, V)
    contenders = {"lstm": classroom, "straightforward": lambda: plain.train_step(ids[:-1], ids[1:], 0.01)}
    if pytorch:
        contenders["PyTorch"] = pytorch.training_step(V, 128, 1, T, adam=False)
    times = race(contenders)
    rows.append(["B = 1, H = 128, SGD", *ratio(times, "≤ 0.75")])
    faster = times["straightforward"] / times["lstm"]
    for H in (128, 256):
        for B in (32, 64):
            run = train(
                LSTM(V, H, V, seed=0), text(B * T * 40), epochs=1000, batch_size=B, validation_share=0
            )
            contenders = {"lstm": lambda run=run: next(run)}
            if pytorch:
                contenders["PyTorch"] = pytorch.training_step(V, H, B, T, adam=True)
            rows.append([f"B = {B}, H = {H}, Adam", *ratio(race(contenders), "≤ 0.85")])
    table("One training step, T = 50, V = 65", ["", "lstm", "PyTorch", "ratio", "asked"], rows)
    print(
        f"\nAt B = 1 the straightforward float64 network takes {faster:.1f} times as long "
        "(asked: 10 or more)."
    )


def measure_sampling() -> None:
    """2,000 characters, one after the other."""
    rows = []
    for H, asked in ((128, "≤ 0.12"), (256, "≤ 0.22")):
        net = LSTM(V, H, V, seed=0)
        contenders = {"lstm": lambda net=net: [s.index for s in walk(net, [0], length=2000, seed=0)]}
        if pytorch:
            contenders["PyTorch"] = pytorch.sampler(V, H, 2000)
        rows.append([f"H = {H}", *ratio(race(contenders), asked)])
    table("2,000 sampled characters, V = 65", ["", "lstm", "PyTorch", "ratio", "asked"], rows)


def measure_gradients() -> None:
    """Gradient norms of an RNN and an LSTM, as the gradients page asks for them."""
    x = random_inputs(100)
    cells = [random_cell(kind, 64, dtype=np.float32) for kind in ("rnn", "lstm")]
    contenders = {"lstm": lambda: [gradient_flow(cell, x) for cell in cells]}
    if pytorch:
        contenders["PyTorch"] = pytorch.gradient_norms(16, 64, 100)
    rows = [["RNN and LSTM, H = 64", *ratio(race(contenders), "≤ 2 ms")]]
    table("Gradient norms through 100 steps", ["", "lstm", "PyTorch", "ratio", "asked"], rows)


def measure_growth() -> None:
    """How the cost of a step grows, and which share of the time is the limit set by its products."""
    a = np.random.default_rng(0).standard_normal((1024, 1024), dtype=np.float32)
    limit = 2 * 1024**3 / race({"product": lambda: a @ a})["product"]  # operations a second
    rows = []
    for B, H, steps, size in (
        (1, 128, 50, 65), (8, 128, 50, 65), (32, 128, 50, 65), (128, 128, 50, 65),
        (32, 64, 50, 65), (32, 256, 50, 65), (32, 512, 50, 65),
        (32, 128, 25, 65), (32, 128, 100, 65), (32, 128, 50, 30), (32, 128, 50, 130), (32, 128, 50, 260),
    ):  # fmt: skip
        run = train(
            LSTM(size, H, size, seed=0), text(B * steps * 20, size),
            epochs=1000, batch_size=B, seq_length=steps, validation_share=0,
        )  # fmt: skip
        seconds = race({"lstm": lambda run=run: next(run)})["lstm"]
        # Forward, backward, weights: each once the state's product and once the readout's.
        operations = 3 * 2 * B * steps * (4 * H * H + H * size)
        per_character = seconds / (B * steps)
        rows.append(
            [f"{B}", f"{H}", f"{steps}", f"{size}", f"{1e3 * seconds:.2f} ms",
             f"{1e6 * per_character:.2f} µs", f"{operations / limit / seconds:.0%}"]
        )  # fmt: skip
    head = ["B", "H", "T", "V", "step", "per character", "share of the products' limit"]
    table(f"How a training step grows; the limit is {limit / 1e9:.0f} GFLOP/s", head, rows)


def measure_story() -> None:
    """What each idea gains, from a naive batch implementation to the library."""
    ids = text(32 * (T + 1)).reshape(32, T + 1).T
    versions = {name: step(V, 128, ids) for name, step in story.VERSIONS.items()}
    run = train(LSTM(V, 128, V, seed=0), text(32 * T * 40), epochs=1000, validation_share=0)
    times = race({**versions, "the library": lambda: next(run)})
    rows, before = [], None
    for name, seconds in times.items():
        gain = "" if before is None else f"× {seconds / before:.2f}"
        rows.append([name, f"{1e3 * seconds:.1f} ms", gain])
        before = seconds
    table("From naive to fast: B = 32, H = 128, Adam", ["", "step", ""], rows)


PARTS = {
    "training": measure_training,
    "sampling": measure_sampling,
    "gradients": measure_gradients,
    "growth": measure_growth,
    "story": measure_story,
}


if __name__ == "__main__":
    names = sys.argv[1:] or list(PARTS)
    if unknown := set(names) - set(PARTS):
        sys.exit(f"There is no part {', '.join(sorted(unknown))}; choose from {', '.join(PARTS)}.")
    for name in names:
        PARTS[name]()
