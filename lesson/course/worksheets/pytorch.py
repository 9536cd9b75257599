"""The calculations of the page To PyTorch: which rows are which gate, and how many parameters there are."""

from lesson.course.worksheets.task import Task, gap, gaps
from lesson.pytorch.networks import model_of, state_of
from lesson.pytorch.rows import stack_of
from lstm import LSTM
from lstm.exchange import LAYOUTS, to_torch
from visualization.drawings.paper import paper_stacks
from visualization.symbols import SYMBOLS

SMALL = (3, 2)  # D = V and H of the network that is counted by hand


def tasks() -> list[Task]:
    """Return the calculations."""
    return [_order(), _rows(), _parameters()]


def orders() -> dict[str, list[str]]:
    """Return the gates from the top, in our letters, here and in each library."""
    stack = stack_of(model_of("LSTM").net)
    names = zip(stack.letters, stack.symbols, strict=True)
    letters = {letter: SYMBOLS[name].letter for letter, name in names}
    by_library = {name: layout.order[len(letters)] for name, layout in LAYOUTS.items()}
    return {"here": list(letters.values())} | {
        name: [letters[letter] for letter in order] for name, order in by_library.items()
    }


def _order() -> Task:
    return Task(
        "The same weights, four orders",
        (
            "Each library stacks the weights of the three gates and the candidate in its own order. Write f, "
            "i, o and C̃ into the blocks. (PyTorch calls the candidate g, Keras and ONNX call it c.)",
        ),
        drawing=lambda solved: paper_stacks(orders(), solved),
    )


def _rows() -> Task:
    net = model_of("LSTM").net
    H, by_library = net.hidden_size, orders()

    def rows(library: str, letter: str) -> str:
        first = by_library[library].index(letter) * H
        return f"{first}–{first + H - 1}"

    letters = by_library["here"]
    return Task(
        "Which rows?",
        (f"The LSTM of the fables has $H$ = {H} units, so each block has {H} rows. Count from 0.",),
        (
            ("rows of", *letters),
            *((name, *gaps(rows(name, letter) for letter in letters)) for name in ("here", "PyTorch")),
        ),
    )


def _parameters() -> Task:
    D, H = SMALL
    small, large = LSTM(D, H, D), model_of("LSTM").net
    there = [sum(array.size for array in state.values()) for state in (to_torch(small), state_of(large))]
    sizes = (f"$H$ = {H}, $D = V$ = {D}", f"$H$ = {large.hidden_size}, $D = V$ = {large.input_size}")
    rows = [
        (size, gap(f"{net.weights.flat.size:,}"), gap(f"{count:,}"))
        for size, net, count in zip(sizes, (small, large), there, strict=True)
    ]
    return Task(
        "Two biases",
        (
            "Here an LSTM has $4 H (H + D) + 4 H$ parameters, and its output layer $V H + V$. PyTorch's cell "
            "has a second bias, one more number for each row.",
        ),
        (("network", "parameters here", "in PyTorch"), *rows),
    )
