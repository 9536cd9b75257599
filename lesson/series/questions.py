"""The questions of the page *Series*; their numbers are measured."""

from lesson.frame.memo import memo
from lesson.series.results import Measured, count_learned, median, select
from lesson.series.sentences import OF_MEAN
from lesson.series.settings import LIMITS
from lesson.widgets.question import Answer, Question
from lstm.series.reach import left_of_state, share_together
from lstm.series.streams import GAP, PERIOD, SINE_NOISE
from visualization.numbers import percent, scientific, superscript

SPIKE_COVER, SINE_COVER = "spike", "sine"
LOW, HIGH, SHORT, LONG = 1, 5, 50, 200  # forget biases and sequence lengths of the question


@memo()
def questions() -> list[Question]:
    """Return the questions of this page."""
    return [_spike(), _sine()]


def _spike() -> Question:
    def measured(bias: int, length: int) -> str:
        rows = select("spike", "lstm", bias, length)
        loss = percent(median(rows, "loss"))
        learned = f"{count_learned(rows)} of {len(rows)} networks have learned it"
        return f"{learned}; the median loss is {loss} {OF_MEAN}."

    left = {bias: scientific(float(left_of_state(bias, GAP)[-1])) for bias in (LOW, HIGH)}
    return Question(
        "series_spike",
        f"a spike’s value is asked for {GAP} steps later. The state is carried on. Which LSTM learns this?",
        (
            Answer(
                "long",
                f"$b_f$ = {LOW}, sequences of {LONG}",
                f"The sequences are long enough. But over {GAP} steps the forget gate leaves only "
                f"σ({LOW}){superscript(GAP)} = {left[LOW]} of C at first, and as little of the gradient "
                f"along C. {measured(LOW, LONG)}",
            ),
            Answer(
                "keep",
                f"$b_f$ = {HIGH}, sequences of {SHORT}",
                f"The state is carried on, but the gradient is not: a sequence of {SHORT} steps never holds "
                "both a spike and its question, so no error teaches the network to keep it. "
                f"{measured(HIGH, SHORT)}",
            ),
            Answer(
                "both",
                f"$b_f$ = {HIGH}, sequences of {LONG}",
                f"σ({HIGH}){superscript(GAP)} = {left[HIGH]} of C is left after {GAP} steps, and "
                f"{percent(share_together('spike', LONG))} of the questions have their spike in their "
                f"sequence. {measured(HIGH, LONG)}",
            ),
            Answer(
                "each",
                "All of these",
                f"It takes both. With $b_f$ = {LOW} and {LONG} steps {measured(LOW, LONG)} With $b_f$ = "
                f"{HIGH} and {SHORT} steps {measured(HIGH, SHORT)}",
            ),
        ),
        right="both",
        covers=(SPIKE_COVER,),
    )


def losses_of_sine() -> dict[int, tuple[float, float]]:
    """Return for each sequence length the median loss, a share of the mean's, and the median seconds."""
    rows: dict[int, list[Measured]] = {}
    for row in select("sine", "lstm", 1):
        rows.setdefault(row.seq, []).append(row)
    return {seq: (median(group, "loss"), median(group, "seconds")) for seq, group in sorted(rows.items())}


_SINE_ANSWERS = {
    5: "5 steps, since the state is carried on",
    25: "25 steps, a whole period",
    200: "200 steps: the longer, the better",
}


def _sine() -> Question:
    losses = losses_of_sine()
    short, long = losses[5], losses[200]
    result = (
        f"After {LIMITS['sine']} updates of three LSTMs with $b_f$ = 1 the median test loss is "
        f"{short[0]:.1%} {OF_MEAN} with 5 steps and {long[0]:.1%} with 200; the noise alone is "
        f"{percent(_noise_share())}. The updates took {short[1]:.1f} and {long[1]:.1f} seconds."
    )
    return Question(
        "series_sine",
        f"a sine with a period of {PERIOD} steps has noise on it, and the network predicts the next value. "
        "Which is the shortest sequence length that is enough for a loss at most 10% above the lowest?",
        (
            Answer(
                "short",
                _SINE_ANSWERS[5],
                f"The gradient has to reach only as far back as helps. {result}",
            ),
            Answer(
                "period",
                _SINE_ANSWERS[25],
                f"A few values already say where in its period a sine is. {result}",
            ),
            Answer(
                "long",
                _SINE_ANSWERS[200],
                f"A longer sequence costs more time in each update. {result}",
            ),
        ),
        right="short",
        covers=(SINE_COVER,),
    )


def _noise_share() -> float:
    """Return the loss of knowing the sine exactly, as a share of the mean's: σ² ÷ (½ + σ²)."""
    return SINE_NOISE**2 / (0.5 + SINE_NOISE**2)
