"""The pages of the course, in their order."""

from typing import NamedTuple


class Lesson(NamedTuple):
    """A page: its file in pages/, its address, what the navigation says of it, how long it takes, and what
    one can do afterwards.  minutes: 0 where something else of the page says it."""

    file: str
    address: str
    title: str
    icon: str
    promise: str
    minutes: int = 0
    afterwards: str = ""


LESSONS = (
    Lesson("1_start.py", "", "Start", ":material/flag:", "What an LSTM is for, and what comes next."),
    Lesson(
        "2_gates.py", "gates", "Gates", ":material/tune:",
        "One cell: move its sliders and watch the gates.", 45,
        "say what f, i, C̃, o, C and h do, and set a cell by hand so that it keeps, counts or resets",
    ),
    Lesson(
        "3_gradients.py", "gradients", "Gradients", ":material/trending_down:",
        "See how much of a gradient is left after many steps back in time.", 45,
        "say when a gradient vanishes, when it explodes, and what the kind of cell (RNN, GRU or LSTM) and "
        "the forget bias have to do with it",
    ),
    Lesson(
        "4_training.py", "training", "Training", ":material/show_chart:",
        "Watch trained models learn, and train one yourself.", 50,
        "train a network, read its losses, and tell from the numbers what is wrong with a run",
    ),
    Lesson(
        "5_sampling.py", "sampling", "Sampling", ":material/edit_note:",
        "Let a trained model write, read its memory, clamp its gates.", 60,
        "explain temperature, find a unit that follows a rule, and measure what a gate contributes",
    ),
    Lesson(
        "6_series.py", "series", "Series", ":material/timeline:",
        "Numbers instead of characters: choose the settings with which a network can learn them.", 25,
        "choose the forget bias and the sequence length that a task needs",
    ),
    Lesson(
        "7_exercises.py", "exercises", "Exercises", ":material/exercise:",
        "Five programs to complete, with checks that say what is wrong.",
        afterwards="write an LSTM's forward and backward pass yourself",
    ),
    Lesson(
        "8_cheatsheet.py", "cheatsheet", "Cheat sheet", ":material/description:",
        "The most important things, many with a link to where you can see them. In print, two pages.",
        10,
        "look up equations and settings, and say which common claims about LSTMs are only half true",
    ),
    Lesson(
        "9_pytorch.py", "pytorch", "To PyTorch", ":material/swap_horiz:",
        "How PyTorch, Keras and ONNX store the same weights, and how to bring a network of yours here.", 20,
        "say which rows of a weight matrix belong to which gate, run a network of this course in PyTorch, "
        "and load a PyTorch network here",
    ),
    Lesson(
        "10_class.py", "class", "Class", ":material/groups:",
        "For teachers: open a room, let everybody vote on their phones, and lead the lesson.",
    ),
)  # fmt: skip

# The way of a student: the pages after which they can do something.
WAY = tuple(lesson for lesson in LESSONS if lesson.afterwards)
