"""One question of each kind that a room can be asked, small and with numbers that are easy to check."""

from functools import partial

from lesson.classroom.question import (
    DEALT,
    NUMBER,
    SWEEP,
    Answer,
    Curve,
    Deal,
    Experiment,
    Question,
    Scale,
    Setting,
    Surface,
)  # fmt: skip

_NUMBERS = [k / 10 for k in range(1, 9)]


def _deal(f: float) -> Deal:
    truth, swapped = 4 * f, 4 * (1 - f)
    keys = [("right", truth - 0.05, truth + 0.05)]
    if abs(truth - swapped) > 0.2:
        keys.append(("one_minus", swapped - 0.05, swapped + 0.05))
    return Deal((f"{f:g}", "4"), truth, tuple(keys))


DEALT_QUESTION = Question(
    "other_keep",
    "f = {0} and C_t−1 = {1}. How much of C_t−1 is in C_t?",
    html="f<sub>t</sub> = {0} and C<sub>t−1</sub> = {1}. How much of C<sub>t−1</sub> is in C<sub>t</sub>?",
    kind=DEALT,
    answers=(
        Answer("right", "Right"),
        Answer(
            "one_minus", "1 − f for f", "1 − f<sub>t</sub> for f<sub>t</sub>", "f is the part that stays."
        ),
        Answer("other", "Another number"),
    ),
    right="right",
    reply="Multiply: f · C_t−1.",
    scale=Scale(0, 10),
    errors=Scale(-2, 2),
    deals=tuple(map(_deal, _NUMBERS)),
    page="Gates",
    link="gates?part=One+step",
    again="other_keep",
)  # fmt: skip
CURVE_QUESTION = Question(
    "number_half",
    "f = 0.9. After how many steps is half of C left?",
    kind=NUMBER,
    right=6.58,
    reply="Half is left after ln 0.5 / ln f steps.",
    scale=Scale(0, 50, unit="steps"),
    curve=Curve(
        "share of C left", tuple((k, 0.9**k) for k in range(31)), ((0, "0"), (0.5, "0.5"), (1, "1")),
        "C falls from 1 to half of it at 6.58 steps.",
    ),
    page="Gates",
    link="gates?part=Over+time",
)  # fmt: skip
_BIASES = tuple(f"{k / 2:g}" for k in range(-12, 13))
SWEEP_QUESTION = Question(
    "sweep_bias",
    "Choose a forget bias.",
    kind=SWEEP,
    reply="The most is left at 6.",
    settings=(Setting("b_f", "b<sub>f</sub>", "bf", _BIASES),),
    surface=Surface(
        "share left", tuple(k / 24 for k in range(25)), tuple(f"{k} of 24 is left" for k in range(25)),
        ((0, "0"), (1, "24")),
    ),
    page="Gradients",
    link="gradients?view=The+race",
)  # fmt: skip
SURFACE_QUESTION = Question(
    "sweep_keep",
    "Choose two biases so that the cell keeps its number as long as possible.",
    kind=SWEEP,
    reply="Open the forget gate and shut the input gate.",
    settings=(Setting("b_f", "b<sub>f</sub>", "bf", _BIASES), Setting("b_i", "b<sub>i</sub>", "bi", _BIASES)),
    surface=Surface(
        "steps kept",
        tuple(f * (24 - i) / 576 for f in range(25) for i in range(25)),
        tuple(f"kept for {f * (24 - i) * 50 // 576} steps" for f in range(25) for i in range(25)),
        ((0, "0"), (0.5, "25"), (1, "50")),
    ),
    page="Gates",
    link="gates?part=Challenges&challenge=keep",
)  # fmt: skip
EXPERIMENT_QUESTION = Question(
    "seeds_recall",
    "Thirty networks start with b_f = 1. How many learn it?",
    kind=NUMBER,
    scale=Scale(0, 30, unit="networks"),
    page="Gradients",
    link="gradients?view=Does+it+matter%3F",
    experiment=Experiment("recall", ("b_f = 1", "b_f = 3"), 30),
)
SAMPLES = [DEALT_QUESTION, CURVE_QUESTION, SWEEP_QUESTION, SURFACE_QUESTION, EXPERIMENT_QUESTION]


class SampleTrainer:
    """Trains nothing: at each look the thirty pairs of networks are ten updates further."""

    def __init__(self) -> None:
        self.looks: dict[tuple[str, int], int] = {}

    def start(self, experiment: str, first: int) -> None:
        self.looks.setdefault((experiment, first), 0)

    def table(self, experiment: str, first: int) -> dict:
        step = self.looks[experiment, first] = min(12, self.looks[experiment, first] + 1)
        height = partial(_height, last=12)
        runs = [
            {
                "seed": first + k, "setup": setup, "done": step == 12, "learned": step == 12 and setup == 1,
                "points": [[50 * t, height(t, k, setup)] for t in range(step + 1)],
                "link": "training?tab=Live",
                "diagnosis": "The loss stays on a plateau." if step == 12 and setup == 0 else "",
            }
            for k in range(30)
            for setup in (0, 1)
        ]  # fmt: skip
        quantiles = [
            [[50 * t, *(height(t, k, setup) for k in (7, 15, 22))] for t in range(step + 1)]
            for setup in (0, 1)
        ]
        return {
            "setups": [{"name": "b_f = 1"}, {"name": "b_f = 3"}],
            "axis": {"title": "updates", "last": 600},
            "heights": {
                "title": "share of right answers", "low": 0, "high": 1, "ticks": [[0, "0"], [1, "1"]],
            },
            "runs": runs,
            "learned": [0, 30 if step == 12 else 0],
            "done": 60 if step == 12 else 0,
            "quantiles": quantiles,
            "truth": 0 if step == 12 else None,
            "reply": "0 of thirty learned it with b_f = 1, 30 with b_f = 3." if step == 12 else "",
        }  # fmt: skip

    def leave(self, experiment: str, first: int) -> None:
        del self.looks[experiment, first]

    def picture(self, table: dict, seed: int) -> str:
        return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><title>{seed}</title></svg>'


def _height(t: int, k: int, setup: int, last: int) -> float:
    return round(0.125 + (0.875 * (t / last) ** (1 + k / 30) if setup else 0.02 * ((t * k) % 3)), 3)
