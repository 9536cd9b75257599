"""Exercise 3: against `lstm.interpret.surgery`, `lstm.training.evaluate` and `lstm.interpret.ablation`."""

import copy
from collections.abc import Iterator
from typing import Any

import numpy as np

from exercises.bracket_model import bracket_model, bracket_text
from exercises.judge import Judge, mistake
from exercises.student import Student, Wrong
from lstm.interpret.ablation import ablation, gate_means
from lstm.interpret.surgery import operate
from lstm.network import Network
from lstm.training import evaluate

_BIAS = "np.log(value) - np.log(1 - value)"
_ZERO = 'twin.weights[f"W{gate}"][...] = 0'
_LOSS = "net.forward(ids[:-1], ids[1:]) / (len(ids) - 1)"
_MEANS = "gate_mean(net, gate, learned)"
_OTHER = '{"f": "i", "i": "f", "o": "f"}[gate]'
MISTAKES = (
    mistake(1, "the value itself is written into b: the gate is σ(value) then", _BIAS, "value"),
    mistake(
        1, "σ(value) is written into b instead of ln(value / (1 − value))", _BIAS, "1 / (1 + np.exp(-value))"
    ),
    mistake(1, "b is set, but W is not set to 0, so that the gate still moves", _ZERO, "pass"),
    mistake(
        1,
        "only the columns of h are set to 0, so that the gate still sees x",
        _ZERO,
        'twin.weights[f"W{gate}"][:, : net.hidden_size] = 0',
    ),
    mistake(
        1,
        "only the columns of x are set to 0, so that the gate still sees h",
        _ZERO,
        'twin.weights[f"W{gate}"][:, net.hidden_size :] = 0',
    ),
    mistake(
        1, "the sign of b is wrong, so that the gate is 1 − value", _BIAS, "np.log(1 - value) - np.log(value)"
    ),
    mistake(1, "b is left at 0, so that the gate is one half", _BIAS, "0"),
    mistake(1, "b is not changed", f'twin.weights[f"b{{gate}}"][...] = {_BIAS}', "pass"),
    mistake(
        1,
        "another gate is clamped: f and i are swapped",
        'f"W{gate}"',
        f'"W" + {_OTHER}',
        'f"b{gate}"',
        f'"b" + {_OTHER}',
    ),
    mistake(2, "the sum over steps is returned instead of the mean", _LOSS, "net.forward(ids[:-1], ids[1:])"),
    mistake(2, "it is divided by T instead of T − 1 predictions", "(len(ids) - 1)", "len(ids)"),
    mistake(
        2,
        "each character is its own target: the targets are not shifted",
        _LOSS,
        "net.forward(ids, ids) / len(ids)",
    ),
    mistake(2, "the targets are shifted by two", _LOSS, "net.forward(ids[:-2], ids[2:]) / (len(ids) - 2)"),
    mistake(
        2, "the targets are the characters before", _LOSS, "net.forward(ids[1:], ids[:-1]) / (len(ids) - 1)"
    ),
    mistake(2, "the loss is in bits instead of nats", _LOSS, f"{_LOSS} / np.log(2)"),
    mistake(
        3,
        "the gate's open share (above 0.5) is taken instead of its mean",
        "values[gate].mean",
        "values[gate].round().mean",
    ),
    mistake(3, "only the last step is taken", "values[gate].mean", "values[gate][-1:].mean"),
    mistake(
        4,
        "the means come from the held-out text instead of the training text",
        _MEANS,
        "gate_mean(net, gate, held_out)",
    ),
    mistake(
        4,
        "the losses themselves are returned instead of their rise",
        ", held_out) - before for",
        ", held_out) for",
    ),
    mistake(
        4,
        "the sign is wrong: before − after",
        "loss_per_character(held(net, gate, value), held_out) - before",
        "before - loss_per_character(held(net, gate, value), held_out)",
    ),
    mistake(
        4,
        "the ratio is returned instead of the difference",
        ", held_out) - before for",
        ", held_out) / before for",
    ),
    mistake(
        4,
        "it is measured on the training text",
        "before = loss_per_character(net, held_out)",
        "held_out = learned\n    before = loss_per_character(net, held_out)",
    ),
    mistake(4, "one mean over all units is used instead of one for each", _MEANS, f"{_MEANS}.mean()"),
    mistake(
        4,
        "a gate that was clamped at its mean stays clamped while the next one is measured",
        "        table[gate] = {",
        "        first = held(net, gate, ways['mean'])\n        table[gate] = {",
        "in ways.items()\n        }",
        "in ways.items()\n        }\n        net = first",
    ),
)


def check(student: Student) -> Iterator[str]:
    """Yield a line for every gap that is right; Wrong at the first that is not."""
    judge = Judge(student, 3, MISTAKES)
    net, vocabulary = bracket_model()
    learned, held_out = (vocabulary.encode(bracket_text(60, seed)[:900]) for seed in (0, 1))
    yield from _holding(judge, net, held_out[:30])
    for text in (held_out, learned):
        right = {"loss": evaluate(net, text)}
        judge(2, "loss_per_character", (net, text), right, tolerance=1e-4)
    yield f"Gap 2: the loss per character is right: {evaluate(net, held_out):.3f} nats on held-out text."
    for gate, mean in gate_means(net, held_out).items():
        judge(
            3, "gate_mean", (net, gate, held_out), {f"mean of {gate}": mean}, axes=("unit",), tolerance=1e-4
        )
    yield "Gap 3: the means of f, i and o are right."
    measured = ablation(net, held_out, learned)
    right = {
        gate: {way: loss - measured.intact for way, loss in ways.items()}
        for gate, ways in measured.gate_losses.items()
    }
    judge(4, "ablation", (net, learned, held_out), right, tolerance=1e-3)
    yield "Gap 4: your table is that of lstm.ablation. The rise of the loss, in nats per character:"
    for gate, rises in right.items():
        yield f"    {gate} " + ", ".join(f"at {way}: {rise:+.3f}" for way, rise in rises.items())


def _holding(judge: Judge, net: Network, ids) -> Iterator[str]:
    def values(result: Any) -> dict[str, Any]:
        if not isinstance(result, Network):
            raise Wrong(f"Gap 1: held must return a network, not {type(result).__name__}.")
        return {gate: result.run(ids).values[gate][:, 0] for gate in "fio"}

    mine = copy.deepcopy(net)
    values(judge.student.call("held", mine, "f", 0.25))
    if not np.array_equal(mine.weights.flat, net.weights.flat):
        raise Wrong("Gap 1: held changed net itself; work on copy.deepcopy(net).")
    for gate in "fio":
        for value in (*np.array([0.2, 0, 1]), np.linspace(0.1, 0.8, net.hidden_size)):
            right = values(operate(net, {gate: value}))
            judge(1, "held", (net, gate, value), right, axes=("step", "unit"), after=values, tolerance=1e-4)
    yield "Gap 1: f, i and o can be clamped at 0, at 1, and between; net itself does not change."
