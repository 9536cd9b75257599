"""One number, one place: what bears the same name on several pages is everywhere the same computed value."""

import functools
import math
import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pytest

from lesson.gradients.flows import Setup
from lesson.gradients.recall_results import results
from lesson.widgets.catalogue import model, model_names
from lstm import GRU, LSTM, RNN
from lstm.scalar import half_life
from tests.course_texts import texts

pytestmark = pytest.mark.slow  # it opens every page

NUMBER = r"(−?\d[\d,]*(?:\.\d+)?(?: · 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?%?)"
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


class Quantity(NamedTuple):
    """A number with a name.

    compute: its value.  patterns: how texts write it; <n> is the number.  places: in how many places it
    stands at least, so that a pattern whose sentence was reworded is noticed.
    """

    name: str
    compute: Callable[[], float]
    patterns: tuple[str, ...]
    places: int = 2


def written(text: str) -> tuple[float, float]:
    """Return a number as a text has it, and half of its last digit."""
    text = text.replace("−", "-").replace(",", "")
    text, power = text.removesuffix("%"), -2 if text.endswith("%") else 0
    digits, _, exponent = text.partition(" · 10")
    power += int(exponent.translate(_RAISED)) if exponent else 0
    decimals = len(digits.partition(".")[2])
    return float(digits) * 10.0**power, 0.5 * 10.0 ** (power - decimals)


def found_in_texts(quantity: Quantity) -> list[tuple[str, str]]:
    """Return each place that writes a number by this name, with the number as it stands there."""
    patterns = [re.compile(pattern.replace("<n>", NUMBER)) for pattern in quantity.patterns]
    return [
        (place, match[1])
        for place, text in texts().items()
        for pattern in patterns
        for match in pattern.finditer(f"{place}\n{text}")
    ]


def wrong(quantity: Quantity) -> list[tuple[str, str]]:
    """Return the places whose number is not the computed one, to the digits that are written."""
    value = quantity.compute()
    rows = [(place, text, *written(text)) for place, text in found_in_texts(quantity)]
    return [(place, text) for place, text, number, half in rows if abs(number - value) > half * (1 + 1e-6)]


# -- what is computed, once and without the pages --


@functools.cache
def lowest(name: str) -> tuple[int, float]:
    """Return the step at which a model's validation loss is lowest, and the loss."""
    history = model(name).history
    at = int(np.nanargmin(history["validation_loss"]))  # NaN where none was measured
    return int(history["step"][at]), float(history["validation_loss"][at])


def of_the_file(name: str, last: bool = False) -> float:
    """Return the validation loss of the weights in a model's file: the noted epoch's, else the last."""
    losses = np.asarray(model(name).history["validation_loss"], float)
    epoch = model(name).notes.get("epoch")
    return float(losses[np.isfinite(losses)][int(epoch) - 1 if epoch and not last else -1])


@functools.cache
def left(kind: str, back: int, of_C: bool = False, seeds: int = 21, **settings: float) -> float:
    """Return the share of the gradient left so many steps back in the race's networks, median of seeds."""
    shares = []
    for seed in range(seeds):
        flow = Setup(seed=seed, **settings).flow(kind)
        norms = flow.dC if of_C else flow.dh
        shares.append(norms[-1 - back] / norms[-1])
    return float(np.median(shares))


def seeds_right(row: str, gap: int) -> int:
    """Return how many seeds of a network recall over a gap that they were trained for from the start."""
    runs = results()
    runs = runs[(runs["row"] == row) & (runs["gap"] == gap) & ~runs["curriculum"]]
    return int((runs["accuracy"] >= 0.95).sum())


def cell_size(kind: type) -> int:
    """Return the parameters of a cell with 128 units for 65 characters."""
    net = kind(65, 128, 65)
    return net.weights["W"].size + net.weights["b"].size


OPEN = 1 / (1 + math.exp(-1))  # the forget gate at b_f = 1, where x and h contribute nothing


def of_model(name: str) -> list[Quantity]:
    """Return what is said of a trained model on several pages."""
    checkpoint = model(name)
    V, cell = len(checkpoint.vocabulary), checkpoint.net.kind.upper()
    row, units = rf"\| {name} \| {cell} \| ", checkpoint.net.hidden_size
    film = rf"(?<!\w){name}: training from .{{1,60}}; validation ends at "
    return [
        Quantity(f"lowest validation loss of {name}", lambda: lowest(name)[1],
                 (film + r"[\d.]+ and is lowest at step [\d,]+ with <n>",), 1),
        Quantity(f"validation loss of {name} as it is", lambda: of_the_file(name),
                 (row + r"[\d,]+ \| <n> of ", rf"\| {name} \| <n> \| [\d.]+ \| [\d.]+ \| "), 1),
        Quantity(f"uniform guessing, {name}", lambda: math.log(V), (
            row + r"[\d,]+ \| [\d.]+ of <n>",
            film + rf".{{1,90}}Uniform guessing among {V} characters has a loss of <n>", rf"ln {V} = <n>")),
        Quantity(f"parameters of {name}", lambda: checkpoint.net.weights.flat.size,
                 (row + "<n>", rf"'model': '{name}'.*\n"
                  rf"This model is an? {cell} with (?:\d layers of )?{units} units and <n> parameters")),
    ]  # fmt: skip


QUANTITIES = [
    *(quantity for name in model_names() for quantity in of_model(name)),
    Quantity("validation loss of fables, in sentences", lambda: of_the_file("fables"), (
        r"At its lowest .{1,50}, the LSTM's was <n>", r"the fables' loss is <n>",
        r"fables\. Without any change the loss is <n>",
        r"LSTM of the fables has a validation loss of <n> nats",
        r"loss on new text rises from <n> to"), 1),
    Quantity("lowest validation loss of fables_gru, in a sentence", lambda: lowest("fables_gru")[1],
             (r"GRU's validation loss was <n>",), 1),
    Quantity("best step of fables", lambda: lowest("fables")[0],
             (r"(?<!\w)fables: training.{1,90} is lowest at step <n> with",)),
    Quantity("best step of fables_gru", lambda: lowest("fables_gru")[0],
             (r"fables_gru: training.{1,90} is lowest at step <n> with",
              r"Its validation loss was lowest at step <n> of")),
    Quantity("validation loss of fables_gru at its end",
             lambda: of_the_file("fables_gru", last=True),
             (r"fables_gru: training.{1,30} validation ends at <n>", r"the GRU's loss is <n> nats",
              r"lowest after 14 epochs and ends at <n>")),
    Quantity("forget gate at b_f = 1", lambda: OPEN, (
        r"σ\(1\) = <n>", r"with b_f = 1 and no weights, f is <n>",
        r"Every step keeps <n> of what")),
    Quantity("half-life at b_f = 1", lambda: half_life(OPEN), (
        r"ln 0\.5 / ln f is <n> steps", r"[Aa]fter <n> steps half (?:of it )?is gone",
        r"f is 0\.73 at every step\. .{1,60}\? About <n> "), 1),
    Quantity("gradient left 50 steps back, LSTM with b_f = 1", lambda: left("lstm", 50), (
        r"The median is <n> with b_f = 1",
        rf"the same with b_f = b_z = 1 {NUMBER[1:-1]} {NUMBER[1:-1]} <n>")),
    Quantity("gradient left 50 steps back, RNN", lambda: left("rnn", 50), (
        r"in the LSTM and <n> in the RNN",
        r"50 steps back, untrained, median of 21 seeds, b_f = b_z = 0 <n>")),
    Quantity("gradient left 50 steps back, one network", lambda: left("lstm", 50, seeds=1), (
        r"left 50 steps back: LSTM <n>, GRU",), 1),
    *(
        Quantity(f"dL/dh left 50 steps back, LSTM with b_f = {bias}", functools.partial(
            left, "lstm", 50, forget_bias=float(bias)),
            (rf"LSTM, b_f = {bias} \| <n> \|", rf"LSTM, b_f = {bias}: <n>,"))
        for bias in (0, 1, 3, 5)
    ),
    *(
        Quantity(f"dL/dC left 50 steps back, LSTM with b_f = {bias}", functools.partial(
            left, "lstm", 50, of_C=True, forget_bias=float(bias)),
            (rf"LSTM, b_f = {bias} \| {NUMBER[1:-1]} \| <n> \|", rf"LSTM, b_f = {bias}: {NUMBER[1:-1]}, <n>"))
        for bias in (0, 1, 3, 5)
    ),
    *(
        Quantity(f"seeds of the LSTM with b_f = {bias} over {gap} steps", functools.partial(
            seeds_right, f"LSTM, b_f = {bias}", gap),
            (rf"LSTM with b_f = {bias} \| {gap} steps \| <n> of 5",
             rf"LSTM with b_f = {bias}: {gap} steps, <n> of"))
        for bias, gap in ((0, 10), (1, 20), (3, 100))
    ),
    Quantity("seeds of the RNN over 20 steps", lambda: seeds_right("RNN", 20), (
        r"\| RNN \| 20 steps \| <n> of 5", r"RNN: 20 steps, <n> of 5",
        r"RNN recalls the symbol over 20 steps \(<n> of 5 seeds\)"), 3),
    Quantity("seeds of the LSTM with b_f = 1 over 50 steps", lambda: seeds_right("LSTM, b_f = 1", 50), (
        r"With b_f = 1, <n> of 5 networks learned it",), 1),
    Quantity("parameters of an LSTM cell", lambda: cell_size(LSTM), (
        r"an LSTM's cell has <n> parameters and an RNN's",
        rf"without the output layer {NUMBER[1:-1]} {NUMBER[1:-1]} <n>")),
    Quantity("parameters of an RNN cell", lambda: cell_size(RNN), (
        r"parameters and an RNN's <n>: 4\.0 times", r"parameters without the output layer <n>")),
    Quantity("parameters of a GRU cell", lambda: cell_size(GRU), (
        rf"parameters without the output layer {NUMBER[1:-1]} <n>",), 1),
    Quantity("a nat in bits", lambda: 1 / math.log(2), (r"(?:a|1) nat is <n> bits",)),
]  # fmt: skip


@pytest.mark.parametrize("quantity", QUANTITIES, ids=lambda quantity: quantity.name)
def test_a_number_is_the_same_wherever_it_stands(quantity):
    assert not wrong(quantity)
    assert len({place for place, _ in found_in_texts(quantity)}) >= quantity.places, "a sentence was reworded"


def test_a_logarithm_and_a_sigmoid_are_what_they_say():
    """Wherever ln N = x or σ(z) = x stands."""
    count = 0
    for place, text in texts().items():
        for function, argument, number in re.findall(r"(?<!−)(ln |σ\()(\d+(?:\.\d+)?)\)? = (\d\.\d+)", text):
            z = float(argument)
            value, half = (math.log(z) if function == "ln " else 1 / (1 + math.exp(-z))), written(number)[1]
            assert abs(float(number) - value) <= half * (1 + 1e-6), (place, function, argument, number)
            count += 1
    assert count > 10


def test_a_place_that_says_another_number_is_noticed(monkeypatch):
    quantity = next(quantity for quantity in QUANTITIES if quantity.name == "parameters of fables")
    assert not wrong(quantity)
    row, changed = "| fables | LSTM | 103,867 |", "| fables | LSTM | 103,868 |"
    others = {place: text.replace(row, changed) for place, text in texts().items()}
    monkeypatch.setattr("tests.lesson.course.test_same_numbers.texts", lambda: others)
    assert wrong(quantity) == [("README.md", "103,868")]


@pytest.mark.parametrize(
    ("text", "number", "half"),
    [
        ("1,631", 1631, 0.5),
        ("1.33", 1.33, 0.005),
        ("6.4 · 10⁻⁵", 6.4e-5, 0.05e-5),
        ("92%", 0.92, 0.005),
        ("−0.5", -0.5, 0.05),
    ],
)
def test_numbers_are_read_with_their_last_digit(text, number, half):
    assert written(text) == pytest.approx((number, half))
    assert re.fullmatch(NUMBER, text)
