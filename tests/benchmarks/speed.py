"""How fast the library is: python -m tests.benchmarks.speed [part ...]

Parts: training, two, sampling, page, gradients, growth, story; all of them by default.  Every contender runs
in turn within one run, the best of nine counts.  One thread each, in processor time; but `two` compares two
processes of ours with two threads of PyTorch, by the clock, and needs two processors that do nothing else.
PyTorch is compared where it is installed; the project does not depend on it.  Times on a shared machine are
noisy: read the ratios.
"""

import sys
import time

import numpy as np

from lstm.equations import lstm_step
from lstm.gradients import gradient_flow, random_cell, random_inputs
from lstm.interpret.surgery import operate
from lstm.interpret.unit_search import hunt
from lstm.network import LSTM
from lstm.parallel import BatchParts
from lstm.readout import softmax
from lstm.sampling import distribution, walk
from lstm.textstats.surprise import entropy, surprise
from lstm.training import Training, train
from tests.benchmarks import story, straightforward
from tests.benchmarks.race import hurry, race, table
from visualization.drawings.expectations import Expected, expectation_codes
from visualization.drawings.heat import heat, unit_order

try:
    from tests.benchmarks import pytorch
except ImportError:
    pytorch = None

T, V = 50, 65


def text(length: int, size: int = V) -> np.ndarray:
    """Random indices with the uneven frequencies that characters have."""
    rng = np.random.default_rng(0)
    return rng.choice(size, length, p=(weights := 1 / np.arange(2, size + 2)) / weights.sum())


def ratio(times: dict[str, float], asked: str = "") -> list[str]:
    """Cells: ours, PyTorch's, their ratio, what is asked."""
    ours = f"{1e3 * times['lstm']:.2f} ms"
    if "PyTorch" not in times:
        return [ours, "–", "–", asked]
    return [ours, f"{1e3 * times['PyTorch']:.2f} ms", f"{times['lstm'] / times['PyTorch']:.2f}", asked]


def figures_of(key: str, times: dict[str, float]) -> dict[str, float]:
    """Return ours in milliseconds and divided by PyTorch's, as tests.figures calls them."""
    figures = {f"{key}_ms": 1e3 * times["lstm"]}
    if "PyTorch" in times:
        figures[f"{key}_ratio"] = times["lstm"] / times["PyTorch"]
    return figures


def figures(is_quick: bool) -> dict[str, float]:
    """Measure what the README says of speed."""
    if pytorch is None:
        raise LookupError("It is compared with PyTorch, which is not installed.")
    if is_quick:
        hurry()
    return measure_training() | measure_two() | measure_sampling() | measure_gradients()


def story_figures(is_quick: bool) -> dict[str, float]:
    """Measure what the README says of the way to this speed."""
    if is_quick:
        hurry()
    return measure_story()


def measure_training() -> dict[str, float]:
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
    figures = figures_of("step_1_128", times)
    rows.append(["B = 1, H = 128, SGD", *ratio(times, "≤ 0.75")])
    faster = times["straightforward"] / times["lstm"]
    for H in (128, 256):
        for B in (32, 64):
            run = training(B, H)
            contenders = {"lstm": lambda run=run: next(run)}
            if pytorch:
                contenders["PyTorch"] = pytorch.training_step(V, H, B, T, adam=True)
            times = race(contenders)
            figures |= figures_of(f"step_{B}_{H}", times)
            rows.append([f"B = {B}, H = {H}, Adam", *ratio(times, "≤ 1.0")])
    table("One training step, T = 50, V = 65", ["", "lstm", "PyTorch", "ratio", "asked"], rows)
    print(
        f"\nAt B = 1 the straightforward float64 network takes {faster:.1f} times as long "
        "(asked: 10 or more)."
    )
    return figures


def training(B: int, H: int) -> Training:
    """An endless training with Adam."""
    ids = text(B * T * 40)
    return train(LSTM(V, H, V, seed=0), ids, epochs=1000, batch_size=B, validation_share=0)


def measure_two() -> dict[str, float]:
    """The same on two processors: halves of the batch in two processes, and PyTorch with two threads."""
    rows, figures = [], {}
    for H in (128, 256):
        for B in (32, 64):
            one, two = training(B, H), training(B, H)
            contenders = {"one": lambda one=one: next(one), "lstm": lambda two=two: next(two)}
            if pytorch:
                step = pytorch.training_step(V, H, B, T, adam=True)
                contenders["PyTorch"] = lambda step=step: pytorch.on_threads(2, step)
            with BatchParts(two, 2):
                times = race(contenders, time.perf_counter)
            gain = times["one"] / times["lstm"]
            figures |= figures_of(f"two_{B}_{H}", times) | {f"two_{B}_{H}_gain": gain}
            rows.append([f"B = {B}, H = {H}, Adam", *ratio(times, "≤ 1.1"), f"{gain:.2f}"])
    head = ["", "lstm", "PyTorch", "ratio", "asked", "times as fast as one process"]
    table("One training step on two processors, T = 50, V = 65", head, rows)
    return figures


def measure_sampling() -> dict[str, float]:
    """2,000 characters, one after the other."""
    rows, figures = [], {}
    for H, asked in ((128, "≤ 0.15"), (256, "≤ 0.20")):
        net = LSTM(V, H, V, seed=0)
        contenders = {"lstm": lambda net=net: [s.index for s in walk(net, [0], length=2000, seed=0)]}
        if pytorch:
            contenders["PyTorch"] = pytorch.sampler(V, H, 2000)
        times = race(contenders)
        figures |= figures_of(f"sampling_{H}", times)
        rows.append([f"H = {H}", *ratio(times, asked)])
    table("2,000 sampled characters, V = 65", ["", "lstm", "PyTorch", "ratio", "asked"], rows)
    return figures


def measure_page() -> None:
    """What the sampling page computes, H = 128, against the textbook's equation step by step."""
    net = LSTM(V, 128, V, seed=0)
    names, x = net.equation_arguments(), np.eye(V, dtype=np.float32)

    def textbook() -> list[int]:
        h = C = np.zeros(128, np.float32)
        found, rng = [0], np.random.default_rng(0)
        for _ in range(1_000):
            step = lstm_step(x[found[-1]], h, C, **names)
            h, C = step.h, step.C
            found.append(int(rng.choice(V, p=softmax((net.Wy @ h + net.by).astype(float)))))
        return found

    def written() -> object:
        ids = [0, *(sampled.index for sampled in walk(net, [0], length=1_000, seed=0))]
        logits = net.run(ids[:-1]).logits[:, 0]
        before, after = softmax(logits.astype(float)), distribution(logits, 0.8, 20, 0.9)
        came = np.array(ids[1:])
        return expectation_codes(Expected(before, after, came, surprise(before, came), entropy(before)))

    ids = text(4_000)
    states = {length: net.run(ids[:length]).values["C"][:, 0] for length in (500, 4_000)}
    rule = (np.cumsum(ids == 3) % 2).astype(float)
    contenders = {
        "1,000 characters by the textbook": textbook,
        "1,000 characters and what was expected at each (asked: 300 ms)": written,
        "map of 500 characters and 128 units, ordered": lambda: heat(
            states[500], "C", unit_order(np.tanh(states[500])), "light", own_scale=True
        ),
        "a hunt over 4,000 characters, 200 shifted rules": lambda: hunt(states[4_000], rule),
        "a gate held": lambda: operate(net, {"f": 1.0}),
    }
    times = race(contenders)
    slow = times["1,000 characters by the textbook"]
    rows = [[name, f"{1e3 * best:.1f} ms", f"{best / slow:.2f}"] for name, best in times.items()]
    table("The sampling page, V = 65, H = 128", ["", "time", "÷ textbook"], rows)


def measure_gradients() -> dict[str, float]:
    """Gradient norms of all cells, as the gradients page asks for them."""
    x = random_inputs(100)
    cells = [random_cell(kind, 64, dtype=np.float32) for kind in ("rnn", "gru", "lstm")]
    contenders = {"lstm": lambda: [gradient_flow(cell, x).dh for cell in cells]}
    if pytorch:
        contenders["PyTorch"] = pytorch.gradient_norms(16, 64, 100)
    times = race(contenders)
    rows = [["RNN, GRU and LSTM, H = 64", *ratio(times, "≤ 3 ms")]]
    table("Gradient norms through 100 steps", ["", "lstm", "PyTorch", "ratio", "asked"], rows)
    return figures_of("norms", times)


def product_limit() -> float:
    """Return how many operations a second a large product makes."""
    a = np.random.default_rng(0).standard_normal((1024, 1024), dtype=np.float32)
    return 2 * 1024**3 / race({"product": lambda: a @ a})["product"]


def operations(B: int, H: int, steps: int, size: int) -> int:
    """Return how many operations the products of a training step make.

    Forward, backward, weights: each once the state's product and once the readout's.
    """
    return 3 * 2 * B * steps * (4 * H * H + H * size)


def measure_growth() -> None:
    """How the cost of a step grows, and which share of the time is the limit set by its products."""
    limit, rows = product_limit(), []
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
        share = operations(B, H, steps, size) / limit / seconds
        per_character = seconds / (B * steps)
        rows.append(
            [f"{B}", f"{H}", f"{steps}", f"{size}", f"{1e3 * seconds:.2f} ms",
             f"{1e6 * per_character:.2f} µs", f"{share:.0%}"]
        )  # fmt: skip
    head = ["B", "H", "T", "V", "step", "per character", "share of the products' limit"]
    table(f"How a training step grows; the limit is {limit / 1e9:.0f} GFLOP/s", head, rows)


def measure_story() -> dict[str, float]:
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
    seconds = list(times.values())
    gains = [after / before for before, after in zip(seconds, seconds[1:], strict=False)]
    limit = seconds[-1] * product_limit() / operations(32, 128, T, V)
    names = ("float32", "after", "gather", "library")
    return {"naive_ms": 1e3 * seconds[0], "limit": limit} | dict(zip(names, gains, strict=True))


PARTS = {
    "training": measure_training,
    "two": measure_two,
    "sampling": measure_sampling,
    "page": measure_page,
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
