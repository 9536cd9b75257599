"""Cells as people type them into a notebook, run one after the other in a process without a terminal."""

import json
import pydoc
import subprocess
import sys
from pathlib import Path

import pytest

from lstm import GRU, LSTM, RNN

ROOT = Path(__file__).parents[2]
CELLS = [
    """
import numpy as np
from lstm import LSTM, RNN, Vocabulary, generate, load, save, train
text = "the quick brown fox jumps over the lazy dog. " * 60
vocabulary = Vocabulary.from_text(text)
ids, V = vocabulary.encode(text), len(vocabulary)
""",
    """
net = LSTM(V, 24, V, seed=1)
training = train(net, ids, epochs=3, seq_length=20, batch_size=4, learning_rate=0.01)
training
""",
    """
for progress in training:
    if progress.validation_loss is not None:
        print(f"epoch {progress.epoch}: {progress.validation_loss:.3f}")
""",
    """
print("".join(sampled.char for sampled in generate(net, vocabulary, prompt="the ", length=40, seed=0)))
save("notebook.npz", net, vocabulary)
net, vocabulary = load("notebook.npz")
""",
    """
h_prev, C_prev = np.zeros(24), np.zeros(24)
before = net.forward(ids[:25], ids[1:26], h_prev, C_prev)
dh, dC = net.backward()
net.update_weights(learning_rate=0.01)
print(net.forward(ids[:25], ids[1:26], h_prev, C_prev) < before, net.bf.shape, sorted(net.gradients)[:3])
print(len(net.sample(vocabulary.idx_to_char, 0, length=30, temperature=0.8, seed=0)))
""",
    """
from visualization import analyze_gate_patterns, plot_cell_state_evolution, plot_gate_activations
net.forward(ids[:-1], ids[1:])
analyze_gate_patterns(net.gates, text[:-1]).head(3)
""",
    "plot_gate_activations(net.gates, text[:-1])",
    'plot_cell_state_evolution(net.gates["C"], text[:-1])',
    """
from visualization import plot_gradient_flow_comparison
from lstm.gradients import gradient_flow
rnn = RNN(V, 24, V, seed=1)
plot_gradient_flow_comparison(*(gradient_flow(n.cell, ids[:50]).dh_units for n in (net, rnn)))
""",
    "net.W_f",
    "net.forward(text, text)",
    "list(train(net, ids, epochs=1, seq_length=20, batch_size=4))[-1].epoch",
]
# What a notebook does with a cell: run it, and show the value of its last line, a picture by its bundle.
RUNNER = """
import ast, json, sys
space, shown = {}, []
for cell in json.loads(sys.argv[1]):
    *body, last = ast.parse(cell).body
    value = None
    try:
        exec(compile(ast.Module(body, []), "cell", "exec"), space)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), space)
        else:
            exec(compile(ast.Module([last], []), "cell", "exec"), space)
    except (AttributeError, ValueError) as error:
        value = f"{type(error).__name__}: {error}"
    picture = hasattr(value, "_repr_mimebundle_") and value._repr_mimebundle_()
    shown.append("a picture" if picture else value if isinstance(value, str) else repr(value))
print(json.dumps(shown))
"""


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    """What was printed, and what each cell showed."""
    done = subprocess.run(
        [sys.executable, "-W", "error:::lstm", "-c", RUNNER, json.dumps(CELLS)],
        cwd=tmp_path_factory.mktemp("notebook"), env={"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    *printed, shown = done.stdout.splitlines()
    return printed, json.loads(shown)


@pytest.mark.slow
def test_what_cells_print(outputs):
    printed, _ = outputs
    losses = [float(line.split(": ")[1]) for line in printed[:3]]
    assert losses == sorted(losses, reverse=True) and losses[-1] < 2.5
    assert len(printed[3]) == 40
    assert printed[4:] == ["True (24,) ['W', 'Wc', 'Wf']", "30"]


@pytest.mark.slow
def test_what_cells_show(outputs):
    _, shown = outputs
    assert shown[1].startswith("Training: step 0 of ") and "iterate over it" in shown[1]
    assert shown[5].split()[:6] == ["step", "character", "forget", "input", "output", "keeping"]
    assert shown[6:9] == ["a picture"] * 3
    assert shown[9].endswith("the LSTM's forget-gate weights are net.Wf")
    assert shown[10].startswith("InputError: ") and "vocabulary.encode(text)" in shown[10]
    assert shown[11] == "1"


@pytest.mark.parametrize("network", [LSTM, GRU, RNN])
def test_help_can_be_read(network):
    page = pydoc.plain(pydoc.render_doc(network))
    head, methods = page.split("Methods", 1)
    assert (
        max(map(len, page.splitlines())) <= 250
    )  # signatures, with the names of types and not their insides
    assert "np.random.seed has no effect" in methods
    assert "a rate of about 0.1" in methods and "Backpropagate through the steps" in methods
    assert (
        network is not LSTM or "np.random.seed has no\n |  effect)" in head and "net.forward(inputs" in head
    )
