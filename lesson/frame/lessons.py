"""The pages of the course, in their order."""

from typing import NamedTuple


class Lesson(NamedTuple):
    """A page: its file in pages/, its address, what the navigation says of it, how long it takes, and what
    one can do afterwards.  minutes: of the page, or of each of its pieces."""

    file: str
    address: str
    title: str
    icon: str
    promise: str
    minutes: int = 0
    afterwards: str = ""
    pieces: int = 1

    @property
    def duration(self) -> str:
        """How long the page takes, in words."""
        minutes = "an hour" if self.minutes == 60 else f"{self.minutes} minutes"
        return f"about {minutes}" if self.pieces == 1 else f"{_COUNTS[self.pieces]} of about {minutes} each"


_COUNTS = {5: "five"}


LESSONS = (
    Lesson("1_start.py", "", "Start", ":material/flag:", "What an LSTM is for, and what comes next."),
    Lesson(
        "2_gates.py", "gates", "Gates", ":material/tune:", "One cell: move it and watch the gates.", 30,
        "say what f, i, C̃, o, C and h do, and set a cell by hand so that it keeps, counts or resets",
    ),
    Lesson(
        "3_gradients.py", "gradients", "Gradients", ":material/trending_down:",
        "How much of a gradient is left after many steps back in time.", 30,
        "say when a gradient vanishes, when it explodes, and why the forget bias matters more than the name "
        "of the cell",
    ),
    Lesson(
        "4_training.py", "training", "Training", ":material/show_chart:",
        "Trained models, and one that you train yourself.", 40,
        "train a network, read its losses, and find out from the numbers what is wrong with it",
    ),
    Lesson(
        "5_sampling.py", "sampling", "Sampling", ":material/edit_note:",
        "Let a trained model write, read its memory, clamp its gates.", 40,
        "explain temperature, find a unit that follows a rule, and measure what a gate contributes",
    ),
    Lesson(
        "6_exercises.py", "exercises", "Exercises", ":material/exercise:",
        "Five programs to complete, with checks that say what is wrong.", 60,
        "write an LSTM's forward and backward pass yourself", 5,
    ),
    Lesson(
        "7_cheatsheet.py", "cheatsheet", "Cheat sheet", ":material/description:",
        "Everything on two pages, each line with a link to where it can be seen.", 10,
        "look up equations and settings, and say which common sentences are only half true",
    ),
    Lesson(
        "8_pytorch.py", "pytorch", "To PyTorch", ":material/swap_horiz:",
        "The same weights in PyTorch, Keras and ONNX, and a network of yours from there.", 20,
        "say which rows are which gate, run a network of this course in PyTorch and bring one back",
    ),
)  # fmt: skip
