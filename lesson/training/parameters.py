"""Everything the address of the training page can say: its part, and what each part is set to.

A live run's settings carry the cheat sheet's advice: what is usual, and what happens beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from lesson.frame.parameters import Choice, Number, Text
from lesson.training.engine.settings import RunSettings
from lstm.diagnosis.observation import plain

TAB = Choice("tab", "Part", options=("Replay", "Live", "Troubles"))

# -- Replay: options and ends depend on the models at hand --

MODEL = Choice("model", "Choose a model")
MOMENT = Number("moment", "Go through its training", 0, 0, 0)
PROMPT = Text("replay_prompt", "Type a beginning: what comes next?", longest=2_000, former=("prompt",))

# -- Live: the settings of a run, and in which of them a second run differs --

NO_CLIPPING = "nothing"
ONE_RUN = "nothing: one run"
_START = RunSettings()


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
        return f"{self.label} {value} lies {side} the typical {self.usual.split(';')[0].rstrip('.')}: {words}"

    def of_the_second_run(self) -> "Setting":
        """Return the same setting for the run beside the first."""
        return replace(self, name=f"other_{self.name}", label=f"Its {self.label.lower()}")


TEXT = Choice("text", "Text", help="The last tenth is kept for validation: the network never learns from it.")
SEED = Number(
    "run_seed", "Seed", 0, 9999, _START.seed,
    help="The same seed gives the same weights, the same order of the text and the same curve.",
)  # fmt: skip
SECOND_SEED = replace(SEED, name="other_seed", label="Its seed", start=2, help=None)

SETTINGS = (
    Setting(
        "kind", "Cell", ("lstm", "gru", "rnn"), _START.cell,
        usual="lstm; gru has three quarters of its cell's weights, rnn a quarter.",
    ),
    Setting(
        "hidden", "Hidden units", ("2", "4", "8", "16", "32", "64", "96", "128", "192", "256"),
        str(_START.hidden), typical=(64, 256),
        usual="64 to 256; 128 to begin with.",
        too_low="it can't hold what the text needs, and the loss stops high.",
        too_high="each step is slower, and a small text is learned by heart.",
    ),
    Setting(
        "seq", "Sequence length", ("5", "10", "25", "50", "100", "200", "500"), str(_START.seq),
        typical=(25, 100),
        usual="25 to 100 steps; 50 to begin with.",
        too_low="the error goes back so few steps that nothing further away is learned.",
        too_high="fewer updates for the same text, and the far end of the sequence teaches little.",
    ),
    Setting(
        "rate", "Learning rate",
        ("0.00001", "0.0001", "0.0003", "0.001", "0.003", "0.01", "0.03", "0.1", "0.3", "1", "3", "10", "20"),
        plain(_START.rate, None), typical=(0.0003, 0.01),
        usual="0.0003 to 0.01 with Adam; 0.001 to begin with. Plain SGD needs about a hundred times as much.",
        too_low="the loss hardly moves.",
        too_high="the steps jump over what they look for, and the loss may rise.",
    ),
    Setting(
        "budget", "Budget",
        ("1 epoch", "2 epochs", "5 epochs", "10 epochs", "20 epochs", "50 epochs", "100 epochs",
         "10 seconds", "30 seconds", "60 seconds"),
        f"{_START.amount} {_START.budget}",
        usual="20 to 100 epochs of a text as long as ours; 50 to begin with. Seconds are seconds of work.",
        too_low="it stops while it still learns.",
        too_high="it learns its text by heart, and new text gets harder for it.",
    ),
    Setting(
        "batch", "Batch", ("1", "4", "8", "16", "32", "64", "128"), str(_START.batch), typical=(16, 64),
        usual="16 to 64 sequences side by side.",
        too_low="the gradient is noisy, and most of the time is spent on calls instead of numbers.",
        too_high="few updates in an epoch; a short text does not even fill one.",
    ),
    Setting(
        "bias", "Forget bias", ("-5", "-3", "-1", "0", "1", "2", "3", "5", "8"), f"{_START.bias:g}",
        typical=(0, 3),
        usual="1, so that a new LSTM remembers; 3 for long memories. In a GRU it is the keep gate's bias.",
        too_low="it begins by forgetting, and the gradient ends with the memory.",
        too_high="it begins by keeping everything, and has to learn to forget.",
    ),
    Setting(
        "clip", "Clip gradients by",
        ("norm 5", "norm 1", "norm 0.1", "value 5", "value 1", "value 0.1", "value 0.01", NO_CLIPPING),
        f"{_START.clip} {_START.clip_at:g}",
        usual="norm 5, or norm 1 where it still jumps. By norm the direction stays; by value each number is "
        "cut. Gradients here are per character; summed over 50 steps they would be 50 times as large.",
        too_low="learning gets slow: every step has the same short length.",
        too_high="one steep place throws the weights far away.",
    ),
    Setting(
        "optimiser", "Optimiser", ("adam", "sgd"), _START.optimiser,
        usual="adam: every weight has a step size of its own. sgd is the plain rule, and needs larger rates.",
    ),
    Setting(  # of what a run writes while it learns
        "temperature", "Temperature of samples", ("0.2", "0.5", "0.8", "1.0", "1.5"),
        f"{_START.temperature:.1f}", typical=(0.5, 1.0),
        usual="0.5 to 0.8 for coherent text, up to 1.0; it changes what you read, not what is learned.",
        too_low="the likeliest characters only: it repeats itself.",
        too_high="it invents more than it knows.",
    ),
)  # fmt: skip
CONTROLS: Mapping[str, Setting] = {setting.name: setting for setting in SETTINGS}
SECOND_RUN = {name: setting.of_the_second_run() for name, setting in CONTROLS.items()}
# In what a second run can differ, in the words of the address.
COMPARED = {
    "learning rate": "rate", "hidden units": "hidden", "cell": "kind", "forget bias": "bias",
    "clipping": "clip", "optimiser": "optimiser", "batch": "batch",
    "sequence length": "seq", "budget": "budget", "seed": "seed",
}  # fmt: skip
DIFFERS = Choice("differs", "Beside it, a second run that differs in", options=(ONE_RUN, *COMPARED))

# -- Troubles: a trouble and its cause; two temperatures side by side --

TROUBLE = Choice(
    "trouble", "Trouble",
    options=("The loss rises", "The loss does not fall", "The text repeats", "Training is slow"),
)  # fmt: skip
CAUSE = Choice("cause", "Cause")  # options: those of the trouble
WRITER = Choice("writer", "Model")  # options: the models at hand
COLD = Number("cold", "Temperature", 0.0, 1.5, 0.1, 0.1)
WARM = replace(COLD, name="warm", label="Beside it", start=0.8)
WRITER_SEED = Number("luck", "Seed", 0, 999, 0)

LIVE = (*SETTINGS, *SECOND_RUN.values(), SECOND_SEED, TEXT, SEED, DIFFERS)
PARAMETERS = (
    TAB, MODEL, MOMENT, PROMPT, *LIVE, TROUBLE, CAUSE, WRITER, COLD, WARM, WRITER_SEED
)  # fmt: skip
