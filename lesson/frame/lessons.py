"""The pages of the course, in their order."""

from typing import NamedTuple


class Lesson(NamedTuple):
    """A page: its file in pages/, its address, what the navigation says of it, how long it takes, and what
    one can do afterwards."""

    file: str
    address: str
    title: str
    icon: str
    promise: str
    minutes: int = 0
    afterwards: str = ""


LESSONS = (
    Lesson("1_start.py", "", "Start", ":material/flag:", "What an LSTM is for, and the map."),
    Lesson(
        "2_gates.py", "gates", "Gates", ":material/tune:", "One cell: move it and watch the gates.", 30,
        "say what f, i, C̃, o, C and h do, and set a cell by hand so that it keeps, counts or resets",
    ),
    Lesson(
        "3_gradients.py", "gradients", "Gradients", ":material/trending_down:",
        "How much of an error survives the way back through time.", 30,
        "say when a gradient vanishes, when it explodes, and why the forget bias decides more than the name "
        "of the cell",
    ),
    Lesson(
        "4_training.py", "training", "Training", ":material/show_chart:",
        "Trained models, and one that you train yourself.", 40,
        "train a network, read its losses, and tell from the numbers what ails it",
    ),
    Lesson(
        "5_sampling.py", "sampling", "Sampling", ":material/edit_note:",
        "Let a trained model write, read its memory, hold its gates.", 40,
        "explain temperature, find a unit that knows something, and say what a gate is worth",
    ),
    Lesson(
        "6_exercises.py", "exercises", "Exercises", ":material/exercise:",
        "Five to be programmed, with checks that say what is wrong.", 315,
        "write an LSTM's forward and backward pass yourself",
    ),
    Lesson(
        "7_cheatsheet.py", "cheatsheet", "Cheat sheet", ":material/description:",
        "Everything on two pages, each line tied to where it can be seen.", 10,
        "look it up, and know which of the usual lines are half true",
    ),
    Lesson(
        "8_pytorch.py", "pytorch", "To PyTorch", ":material/swap_horiz:",
        "The same weights in PyTorch, Keras and ONNX, and a network of yours from there.", 20,
        "say which rows are which gate, run a network of this course in PyTorch and bring one back",
    ),
)  # fmt: skip
