"""Everything the address of the training page can say: its part, and what each part is set to.

A live run's settings carry the cheat sheet's advice: what is usual, and what happens beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lesson.frame.parameters import Choice, Number, Text
from lesson.training.engine.settings import RunSettings
from lstm.diagnosis.observation import USUAL_BIAS, plain
from lstm.equations import sigmoid
from lstm.scalar import half_life

TAB = Choice(
    "tab",
    "Part",
    options=("Replay", "Live", "Problems", "Truncation"),
    former_options={"Troubles": "Problems"},
)

# -- Replay: options and ends depend on the models at hand --

MODEL = Choice("model", "Choose a model")
MOMENT = Number("moment", "Go through the training", 0, 0, 0)
PROMPT = Text("replay_prompt", "Type a beginning: what comes next?", longest=2_000, former=("prompt",))

# -- Live: the settings of a run, and in which of them a second run differs --

NO_CLIPPING = "nothing"
ONE_RUN = "no second run"
_START = RunSettings()


# Learning rates that are usual, for gradients per character.
ADAM_RATES, SGD_RATES = (0.0003, 0.01), (0.3, 3.0)


def span(ends: tuple[float, float]) -> str:
    """Write a range of numbers."""
    low, high = (plain(float(end), None) for end in ends)
    return f"{low} to {high}"


def _memories() -> str:
    """Say how long a new LSTM remembers with each end of the usual range."""
    gates = [float(sigmoid(float(bias))) for bias in USUAL_BIAS]
    low, high = (f"f = {f:.3f}: half of C is left after {float(half_life(f)):.1f} steps" for f in gates)
    return f"With b_f = {USUAL_BIAS[0]} a new LSTM has {low}. With b_f = {USUAL_BIAS[1]} it has {high}."


@dataclass(frozen=True)
class Setting(Choice):
    """A setting of a run with the cheat sheet's advice, which is the help of its widget.

    usual: what is usually chosen; typical: the same as a range of the options' numbers, None where there is
    none; too_low and too_high: what happens outside it.
    """

    usual: str = ""
    too_low: str = ""
    too_high: str = ""
    typical: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "help", self.advice)

    @property
    def advice(self) -> str:
        """What the cheat sheet says, in paragraphs."""
        lines = [f"**Typical:** {self.usual}"]
        if self.too_low:
            lines.append(f"**Too low:** {self.too_low}")
        if self.too_high:
            lines.append(f"**Too high:** {self.too_high}")
        return "\n\n".join(lines)

    def comment(self, value: str) -> str:
        """Return what the advice says of a value outside its range; nothing inside it."""
        if self.typical is None:
            return ""
        low, high = self.typical
        number = float(value)
        if low <= number <= high:
            return ""
        side, words = ("below", self.too_low) if number < low else ("above", self.too_high)
        return f"{self.label} {value} is {side} the typical range, {span(self.typical)}: {words}"

    def of_the_second_run(self) -> "Setting":
        """Return the same setting for the run beside the first."""
        return replace(self, name=f"other_{self.name}", label=f"Second run: {self.label.lower()}")


TEXT = Choice(
    "text",
    "Text",
    help="The last tenth of the text is kept for validation: the network never learns from it.",
)
SEED = Number(
    "run_seed", "Random seed", 0, 9999, _START.seed,
    help="The same seed gives the same weights, the same order of the text and the same curve.",
)  # fmt: skip
SECOND_SEED = replace(SEED, name="other_seed", label="Second run: random seed", start=2, help=None)

SETTINGS = (
    Setting(
        "kind", "Cell", ("lstm", "gru", "rnn"), _START.cell,
        usual="lstm. The cell of a gru has three quarters of the weights of an lstm's cell. The cell of an "
        "rnn has a quarter of them.",
    ),
    Setting(
        "hidden", "Hidden units", ("2", "4", "8", "16", "32", "64", "96", "128", "192", "256"),
        str(_START.hidden), typical=(64, 256),
        usual="64 to 256; 128 to begin with.",
        too_low="the network may be too small for the text, and the loss stays high then.",
        too_high="each step takes longer, and a small text is overfitted sooner.",
    ),
    Setting(
        "seq", "Sequence length", ("5", "10", "25", "50", "100", "200", "500"), str(_START.seq),
        typical=(25, 100),
        usual="25 to 100 steps; 50 to begin with.",
        too_low="the gradient goes back over few steps, so the network learns little from further back.",
        too_high="the same text gives fewer updates, and hardly any gradient reaches the first steps.",
    ),
    Setting(
        "rate", "Learning rate",
        ("0.00001", "0.0001", "0.0003", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10", "20"),
        plain(_START.rate, None), typical=ADAM_RATES,
        usual=f"{span(ADAM_RATES)} with Adam. 0.001 is customary, but on our fables 0.003 to 0.004 with a "
        f"batch of 16 did better. Plain SGD needs much larger rates: {span(SGD_RATES)} are usual here.",
        too_low="the loss falls too slowly.",
        too_high="each step goes too far, and the loss may rise.",
    ),
    Setting(
        "budget", "How long to train",
        ("1 epoch", "2 epochs", "5 epochs", "10 epochs", "20 epochs", "50 epochs", "100 epochs",
         "10 seconds", "30 seconds", "60 seconds"),
        f"{_START.amount} {_START.budget}",
        usual="20 to 100 epochs of a text as long as ours; 50 to begin with. You can also set the length in "
        "seconds; only the time for computing is counted.",
        too_low="the training stops while the network still learns.",
        too_high="the network overfits: it predicts its training text ever better, and new text worse.",
    ),
    Setting(
        "batch", "Batch", ("1", "2", "4", "8", "16", "32", "64", "128"), str(_START.batch), typical=(16, 64),
        usual="16 to 64 sequences, read side by side; fewer for a short text.",
        too_low="the gradient is noisy, and a step takes nearly as long as with many sequences.",
        too_high="there are few updates in an epoch, and a short text does not fill one batch.",
    ),
    Setting(
        "bias", "Forget bias", ("-5", "-3", "-1", "0", "1", "2", "3", "5", "8"), f"{_START.bias:g}",
        typical=USUAL_BIAS,
        usual=f"{span(USUAL_BIAS)}; 3 to keep something for 50 steps or more. {_memories()} In a "
        "GRU this setting is the bias of the update gate; there 0 is also common.",
        too_low="the cell forgets from the start, and the gradient vanishes as well.",
        too_high="the cell keeps everything at first, and has to learn to forget.",
    ),
    Setting(
        "clip", "Clip gradients by",
        ("norm 5", "norm 1", "norm 0.1", "value 5", "value 1", "value 0.1", "value 0.01", NO_CLIPPING),
        f"{_START.clip} {_START.clip_at:g}",
        usual="norm 5, or norm 1 where the loss still jumps. Clipping by norm keeps the direction; clipping "
        "by value cuts each number. These thresholds are for the gradient of the mean loss per "
        "character. If you sum the loss over 50 steps, take a threshold 50 times as large. With Adam the "
        "threshold hardly matters: Adam divides by the gradient's usual size.",
        too_low="with plain SGD every step has the same short length, and learning gets slow.",
        too_high="with plain SGD a single long gradient moves the weights far away.",
    ),
    Setting(
        "optimiser", "Optimiser", ("adam", "sgd"), _START.optimiser,
        usual="adam: every weight has a step size of its own. sgd is the plain rule and needs larger rates.",
    ),
    Setting(  # of what a run writes while it learns
        "temperature", "Temperature of samples", ("0.2", "0.5", "0.8", "1.0", "1.5"),
        f"{_START.temperature:.1f}", typical=(0.5, 1.0),
        usual="0.5 to 1.0. It changes what you read, not what is learned.",
        too_low="the network takes almost only the likeliest characters, and repeats itself.",
        too_high="the network takes unlikely characters more often, and misspells more words.",
    ),
)  # fmt: skip
CONTROLS: Mapping[str, Setting] = {setting.name: setting for setting in SETTINGS}
# What is usual depends on other settings: of a GRU the bias is another, plain SGD takes other rates.
UPDATE_BIAS = replace(CONTROLS["bias"], label="Update-gate bias", typical=(0, USUAL_BIAS[1]))
SGD_RATE = replace(CONTROLS["rate"], label="Learning rate of plain SGD", typical=SGD_RATES)
SECOND_RUN = {name: setting.of_the_second_run() for name, setting in CONTROLS.items()}
# In what a second run can differ, in the words of the address.
COMPARED = {
    "learning rate": "rate", "hidden units": "hidden", "cell": "kind", "forget bias": "bias",
    "clipping": "clip", "optimiser": "optimiser", "batch": "batch",
    "sequence length": "seq", "length of training": "budget", "seed": "seed",
}  # fmt: skip
DIFFERS = Choice(
    "differs", "Compare with a second run: what differs?", options=(ONE_RUN, *COMPARED),
    former_options={"nothing: one run": ONE_RUN, "budget": "length of training"},
)  # fmt: skip

# -- Problems: a problem and its cause; two temperatures side by side --

TROUBLE = Choice(
    "trouble", "Choose a problem",
    options=("The loss rises", "The loss stays high", "The text is repeated or copied", "Training is slow"),
    former_options={
        "The loss does not fall": "The loss stays high", "The text repeats": "The text is repeated or copied",
    },
)  # fmt: skip
CAUSE = Choice(  # options: those of the problem
    "cause", "Choose a cause of this problem",
    former_options={"NaN over long sequences": "NaN (not a number) over long sequences"},
)  # fmt: skip
CURE = Choice(  # of overtraining
    "cure", "Choose a cure", options=("shorter training", "dropout", "weight decay", "keep the best epoch")
)
WRITER = Choice("writer", "Choose a model")  # options: the models at hand
COLD = Number("cold", "One temperature", 0.0, 1.5, 0.1, 0.1)
WARM = replace(COLD, name="warm", label="Another temperature", start=0.8)
WRITER_SEED = Number("writer_seed", "Random seed", 0, 999, 0, former=("luck",))

# -- Truncation: a model and where its text is cut; a network and the sequences it was trained with --

NEVER = "never"
CUT_MODEL = Choice(
    "cut_model", "Model",
    options=("fables", "brackets", "programs", "recipes", "rhymes", "fables_gru", "fables_rnn"),
)  # fmt: skip
CUT = Choice(
    "cut", "Cut every … characters",
    options=("1", "2", "3", "5", "7", "10", "15", "20", "30", "50", "70", "100", "150", "200", "300", "400",
             NEVER),
    start="50",
)  # fmt: skip
LENGTH_TEXT = Choice("length_text", "Text", options=("brackets", "recipes", "fables"))
TRAINED_LENGTH = Choice("trained_length", "Sequence length in training", options=("5", "10", "25", "50"))

LIVE = (*SETTINGS, *SECOND_RUN.values(), SECOND_SEED, TEXT, SEED, DIFFERS)
PARAMETERS = (
    TAB, MODEL, MOMENT, PROMPT, *LIVE, TROUBLE, CAUSE, CURE, WRITER, COLD, WARM, WRITER_SEED,
    CUT_MODEL, CUT, LENGTH_TEXT, TRAINED_LENGTH,
)  # fmt: skip
