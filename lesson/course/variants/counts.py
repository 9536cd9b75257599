"""Questions for a count: parameters of a cell and of a network, and the steps of an epoch."""

from itertools import product

import numpy as np

from lesson.cheatsheet.parameters import PART as SHEET_PART
from lesson.classroom.question import Scale
from lesson.course.variants.variant import Mistake, Numbers, Tolerance, Variant, written
from lesson.training import parameters as training
from lstm import GRU, LSTM, RNN
from lstm.cells import Cell
from lstm.gradients import random_cell
from lstm.settings import Settings
from lstm.training.batches import Batches

_SHEET, _COMPARED = "8_cheatsheet.py", {SHEET_PART.name: "Compared"}
_PYTORCH = (
    "PyTorch counts so: it stores two vectors of biases for each block. In the equations of this course "
    "there is one."
)
_CELLS = list(product((3, 5, 8, 10, 15, 20, 30, 50), (4, 10, 20, 25, 30, 40, 50, 60, 100)))
_NETWORKS = list(product((20, 25, 30, 40, 50, 60, 80, 100), (10, 20, 30, 40, 50, 60, 100)))
_TEXTS = product(range(20_000, 401_000, 5_000), (8, 10, 16, 20, 32), (20, 25, 40, 50, 100))
# Where characters are left over, the last one, which is only a target, is one of them.
_EPOCHS = [row for row in _TEXTS if row[0] % (row[1] * row[2])]


def lstm_parameters() -> Variant:
    """Return the one for the parameters of an LSTM's cell."""
    return Variant(
        "other_lstm_parameters",
        ("twice_the_units", "number_parameters"),
        "An LSTM cell has D = {0} inputs and H = {1} hidden units. How many parameters (weights and biases) "
        "does it have?",
        Tolerance(0.5, 0),
        Scale(1, 1_000_000, logarithmic=True),
        Scale(0.01, 10, logarithmic=True),
        (
            Mistake(
                "one_block",
                "One block in place of four",
                "This is one block, as in a plain RNN. Three gates and the candidate have one each.",
            ),
            Mistake(
                "three_blocks",
                "Three blocks in place of four",
                "The candidate C̃ is no gate, but it has weights and biases, too: with the three gates that "
                "makes four blocks.",
            ),
            Mistake(
                "no_biases",
                "The biases forgotten",
                "These are the weights. Each of the four blocks has H biases, too.",
            ),
            Mistake(
                "no_recurrence",
                "The weights for h forgotten",
                "Here each unit reads the D inputs alone. It reads the H values of $h_{t-1}$, too.",
            ),
            Mistake("two_biases", "Two biases for each block", _PYTORCH),
            Mistake(
                "swapped",
                "D and H swapped",
                "Here the cell has D units and H inputs. There is a row of weights and a bias for each of "
                "the H units.",
            ),
        ),
        "Three gates and the candidate have H · (H + D) weights and H biases each: 4 · (H · (H + D) + H).",
        _SHEET,
        _COMPARED,
    ).with_numbers(_CELLS, lstm_parameters_numbers)


def lstm_parameters_numbers(D: int, H: int) -> Numbers:
    """Build a cell and count, and count what the mistakes leave out."""
    cell = random_cell("lstm", H, D)
    return Numbers(
        (written(D), written(H)),
        _size(cell),
        {
            "one_block": _size(random_cell("rnn", H, D)),
            "three_blocks": _size(random_cell("gru", H, D)),
            "no_biases": cell.W.size,
            "no_recurrence": cell.W[..., H:].size + cell.b.size,
            "two_biases": _size(cell) + cell.b.size,
            "swapped": _size(random_cell("lstm", D, H)),
        },
    )


def gru_network() -> Variant:
    """Return the one for all parameters of a network with a GRU."""
    return Variant(
        "other_gru_network",
        ("twice_the_units",),
        "A GRU network reads and predicts {0} different characters, one input and one output for each, and "
        "has {1} hidden units. How many parameters (weights and biases) does it have, with its output layer?",
        Tolerance(0.5, 0),
        Scale(1, 1_000_000, logarithmic=True),
        Scale(0.1, 10, logarithmic=True),
        (
            Mistake(
                "no_readout",
                "The output layer forgotten",
                "This is the cell alone. The output layer has a weight from each unit to each character, and "
                "a bias for each character.",
            ),
            Mistake(
                "lstm",
                "Four blocks in place of three",
                "This is an LSTM. A GRU has two gates and the candidate: three blocks.",
            ),
            Mistake(
                "two_blocks",
                "Two blocks in place of three",
                "The candidate is no gate, but it has weights and biases, too: with the two gates that makes "
                "three blocks.",
            ),
            Mistake(
                "no_biases",
                "The biases forgotten",
                "These are the weights. Each of the three blocks has a bias for each unit, and the output "
                "layer one for each character.",
            ),
            Mistake("two_biases", "Two biases for each block", _PYTORCH),
        ),
        "Two gates and the candidate have H · (H + V) weights and H biases each. The output layer has V · H "
        "weights and V biases: 3 · (H · (H + V) + H) + V · H + V.",
        _SHEET,
        _COMPARED,
    ).with_numbers(_NETWORKS, gru_network_numbers)


def gru_network_numbers(V: int, H: int) -> Numbers:
    """Build a network and count, and count what the mistakes leave out."""
    net = GRU(V, H, V, seed=0)
    whole = net.weights.flat.size
    readout = net.weights["Wy"].size + net.weights["by"].size
    return Numbers(
        (written(V), written(H)),
        whole,
        {
            "no_readout": _size(net.cell),
            "lstm": LSTM(V, H, V, seed=0).weights.flat.size,
            "two_blocks": 2 * _size(RNN(V, H, V, seed=0).cell) + readout,
            "no_biases": net.cell.W.size + net.weights["Wy"].size,
            "two_biases": whole + net.cell.b.size,
        },
    )


def _size(cell: Cell) -> int:
    return cell.W.size + cell.b.size


def steps_of_an_epoch() -> Variant:
    """Return the one for the steps of the optimiser in an epoch."""
    return Variant(
        "other_steps_of_an_epoch",
        ("batch_speed",),
        "A network learns from a text of {0} characters. Each step reads a batch of {1} sequences of {2} "
        "characters. How many steps does an epoch have?",
        Tolerance(1, 0),
        Scale(1, 100_000, logarithmic=True),
        Scale(0.01, 200, logarithmic=True),
        (
            Mistake(
                "batch_forgotten",
                "The batch forgotten",
                "This is the text divided by the length of a sequence. But one step reads a whole batch of "
                "sequences.",
            ),
            Mistake(
                "length_forgotten",
                "The length of a sequence forgotten",
                "This is the text divided by the batch. But a step reads all characters of each sequence, "
                "not one.",
            ),
            Mistake(
                "characters_of_a_step",
                "The characters of one step",
                "This is how many characters one step reads. Divide the text by this number.",
            ),
        ),
        "A step reads as many characters as the batch has sequences, times their length. Divide the text by "
        "this number; what is left over at the end fills no step.",
        "4_training.py",
        {training.TAB.name: "Live"},
    ).with_numbers(_EPOCHS, steps_of_an_epoch_numbers)


def steps_of_an_epoch_numbers(characters: int, batch: int, length: int) -> Numbers:
    """Cut a text into batches, as training does, and wrongly."""
    return Numbers(
        (written(characters), written(batch), written(length)),
        _cut(characters, batch, length).chunks,
        {
            "batch_forgotten": _cut(characters, 1, length).chunks,
            "length_forgotten": _cut(characters, batch, 1).chunks,
            "characters_of_a_step": _cut(characters, batch, length).batch(0, 0)[0].size,
        },
    )


def _cut(characters: int, batch: int, length: int) -> Batches:
    return Batches(
        np.zeros(characters, np.intp), Settings(seq_length=length, batch_size=batch, validation_share=0)
    )
