"""What people pass as gates and gradients: names of courses, layers, lists, tensors; slips get a sentence."""

import numpy as np
import pytest

from lstm import GRU, LSTM, InputError
from visualization import analyze_gate_patterns, plot_gate_activations, plot_gradient_flow_comparison
from visualization.charts.gate_names import gates_of
from visualization.charts.gates import describe_gates
from visualization.symbols import SYMBOLS

TEXT = "abcd"


class Tensor:
    """What a tensor that records gradients is for NumPy: unreadable until it is detached."""

    def __init__(self, values):
        self.values = values

    def __array__(self, *_, **__):
        raise RuntimeError("Can't call numpy() on Tensor that requires grad.")

    def detach(self):
        return self

    def cpu(self):
        return np.asarray(self.values)


@pytest.fixture
def gates(rng):
    return {name: rng.uniform(size=(4, 3)) for name in ("f", "i", "o")}


@pytest.mark.parametrize(
    "names",
    [
        ("forget", "input", "output"),
        ("Forget", "Input", "Output"),
        ("forget_gate", "input gate", "output-gate"),
        ("forget_gates", "inputGate", "o_gate"),
        ("f_t", "i_t", "o_t"),
        ("F", "I", "O"),
    ],
)
def test_the_names_of_other_courses_are_read(gates, names):
    renamed = dict(zip(names, gates.values(), strict=True))
    assert analyze_gate_patterns(renamed, TEXT).equals(analyze_gate_patterns(gates, TEXT))
    assert describe_gates(renamed, TEXT) == describe_gates(gates, TEXT)
    assert plot_gate_activations(renamed, TEXT).to_dict() == plot_gate_activations(gates, TEXT).to_dict()


@pytest.mark.parametrize(
    "name",
    [
        "C",
        "h",
        "C_tilde",
        "C̃",
        "candidate",
        "g",
        "c~",
        "cell_state",
        "hidden_state",
        "tanh_C",
        "n",
        "loss",
        "x",
    ],
)
def test_states_and_candidates_are_no_gates(gates, name):
    assert [gate.symbol for gate in gates_of({name: gates["f"], **gates})] == ["f", "i", "o"]
    with pytest.raises(InputError, match=r"needs gates: 'f' \(forget\), 'i' \(input\) and 'o' .* it holds"):
        plot_gate_activations({name: gates["f"]}, TEXT)


def test_the_gates_of_every_network_are_read(rng):
    for network, letters in ((LSTM, "fio"), (GRU, "zr")):
        net = network(5, 3, 5, seed=0)
        net.forward(rng.integers(0, 5, 4), rng.integers(0, 5, 4))
        assert "".join(gate.symbol for gate in gates_of(net.gates)) == letters
        assert len(analyze_gate_patterns(net.gates, TEXT)) == 4


@pytest.mark.parametrize("second", ["f_2", "forget_2", "forget_gate_2", "f_layer2", "f_layer_2"])
def test_layers_are_shown_with_their_numbers(gates, second):
    two = {second: gates["i"], **gates}
    rows = next(iter(plot_gate_activations(two, TEXT).to_dict()["datasets"].values()))
    assert list(dict.fromkeys(row["symbol"] for row in rows)) == ["f", "i", "o", "f, layer 2"]
    means = [row["mean"] for row in rows if row["symbol"] == "f, layer 2"]
    assert means == pytest.approx(gates["i"].mean(axis=1).tolist())


def test_the_table_of_two_layers_has_the_rows_of_one_after_the_other(gates):
    two = gates | {f"{name}_2": 1 - values for name, values in gates.items()}
    table = analyze_gate_patterns(two, TEXT)
    assert table["layer"].tolist() == [1] * 4 + [2] * 4
    np.testing.assert_allclose(table["forget"][4:], 1 - table["forget"][:4])
    assert "layer" not in analyze_gate_patterns(gates, TEXT)


def test_a_gru_is_read_in_words():
    z, r = [0.95, 0.2, 0.95, 0.95], [0.9, 0.9, 0.1, 0.9]
    table = analyze_gate_patterns({"update": z, "reset": r}, "abcd")
    columns = ["step", "character", SYMBOLS["z"].short, SYMBOLS["r"].short, "keeping", "reading"]
    assert table.columns.tolist() == columns
    assert table[columns[2]].tolist() == z and table["keeping"].tolist() == [1, 0, 1, 1]
    assert table["reading"].tolist() == ["usual", "forgets", "resets", "usual"]


def test_lists_columns_and_tensors_are_read(gates):
    expected = analyze_gate_patterns(gates, TEXT)
    for form in (
        np.ndarray.tolist,
        list,
        lambda values: [row[:, None] for row in values],
        Tensor,
        lambda values: [Tensor(row) for row in values],
        lambda values: values[:, None, :],
    ):
        assert analyze_gate_patterns({name: form(v) for name, v in gates.items()}, TEXT).equals(expected)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda g: g | {"f": g["f"][:3]}, "f has 3 steps and the text 4 characters"),
        (lambda g: g | {"f": g["f"].T}, "transposed"),
        (
            lambda g: g | {"i": np.ones((4, 2, 3))},
            r"several sequences; show one of them, \(T, H\): values\[:, 0\]",
        ),
        (lambda g: g | {"o": [[1.0, 2.0], [1.0], [1.0], [1.0]]}, "o must be numbers in an array"),
        (lambda g: g | {"o": ["a", "b", "c", "d"]}, "o must be numbers in an array"),
        (lambda g: g | {"f": 0.5}, r"f must be \(T, H\)"),
        (lambda g: g | {"forget": g["f"]}, "f twice, once as 'forget'"),
        (lambda g: {"froget": g["f"]}, "'froget', which is no gate; is it 'forget'?"),
        (lambda g: {"f": g["f"], "i": g["i"]}, r"no 'o' \(output\)"),
        (lambda g: {"z": g["f"]}, r"no 'r' \(reset\)"),
        (lambda g: list(g.values()), "gates_dict must be a dictionary .* net.gates, not list"),
        (lambda g: {}, "it holds nothing"),
    ],
)
def test_slips_get_a_sentence(gates, change, says):
    with pytest.raises(InputError, match=says):
        analyze_gate_patterns(change(gates), TEXT)


# -- gradients --


def drawn(chart, cell):
    rows = next(rows for rows in chart.to_dict()["datasets"].values() if "cell" in rows[0])
    return [row["left"] for row in rows if row["cell"] == cell]


@pytest.mark.parametrize(
    "form",
    [
        lambda g: g,
        list,
        lambda g: [row[:, None] for row in g],
        lambda g: [Tensor(row) for row in g],
        lambda g: g[:, None, :],
        lambda g: np.linalg.norm(g, axis=1),
        lambda g: np.linalg.norm(g, axis=1).tolist(),
    ],
)
def test_of_gradients_the_norms_are_drawn(form):
    gradients = np.array([[0.0, 0.3], [0.6, 0.8], [-3.0, 4.0]])
    chart = plot_gradient_flow_comparison(form(gradients), [1.0, 2.0, 4.0])
    assert drawn(chart, "LSTM") == pytest.approx([1.0, 0.2, 0.06])
    assert drawn(chart, "RNN") == [1.0, 0.5, 0.25]


@pytest.mark.parametrize(
    ("gradients", "says"),
    [
        (3.0, r"T gradients of H units, \(T, H\), not \(\)"),
        ([], r"\(T, H\), not \(0,\)"),
        ([np.zeros(3), np.zeros(4)], "a list of arrays of one length, one for each step"),
        ({"Wf": np.zeros(3)}, "rnn_grads must be numbers"),
    ],
)
def test_what_are_no_gradients_gets_a_sentence(gradients, says):
    with pytest.raises(InputError, match=says):
        plot_gradient_flow_comparison([1.0], gradients)
