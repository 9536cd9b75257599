"""The questions of the gradients page; every number in a reply is measured when it is asked for."""

from lesson.frame.memo import memo
from lesson.gradients.flows import Setup, paths, updates
from lesson.gradients.recall_results import results
from lesson.widgets.questions import Answer, Question
from visualization.charts.gradients import left_after
from visualization.charts.recall import recall_panel
from visualization.charts.recall_sentences import seeds_that_recall
from visualization.numbers import scientific


@memo(entries=50)
def _left(kind: str, back: int = 50, **change: float) -> str:
    """Measure what is left after so many steps back, at the page's start but for what is changed."""
    setup = Setup()._replace(**change)
    return scientific(left_after(setup.norms(setup.flow(kind)), back))


def about_the_race() -> list[Question]:
    """Ask what a larger forget bias does, what none does, and what a spectral radius of 1 does."""
    return [_bias_of_three(), _bias_of_zero(), _radius_of_one()]


def _bias_of_three() -> Question:
    one, three = (_left("lstm", forget_bias=bias) for bias in (1, 3))
    return Question(
        "three",
        "an untrained LSTM starts with $b_f = 1$. What will $b_f = 3$ do to what is left of an error 50 "
        "steps back?",
        (
            Answer(
                "little_more",
                "A little more is left",
                f"It is not a little: {one} is left with 1, and {three} with 3.",
            ),
            Answer(
                "hundreds",
                "Hundreds of times more",
                f"{one} is left with 1, and {three} with 3. Small changes of f count 50 times over.",
            ),
            Answer(
                "same",
                "Nothing much: it is an LSTM either way",
                f"The name does not carry the error, the open gate "
                f"does: {one} is left with 1, and {three} with 3.",
            ),
        ),
        right="hundreds",
    )


def _bias_of_zero() -> Question:
    without, rnn = _left("lstm", forget_bias=0), _left("rnn")
    return Question(
        "without",
        "an LSTM with forget bias 0 against an RNN of spectral radius 0.9, 50 steps back: what is left?",
        (
            Answer(
                "far_more",
                "Far more",
                f"That is what most texts suggest. Measured: {without} in the LSTM, {rnn} in the "
                "RNN. Both have lost all that matters.",
            ),
            Answer(
                "as_little",
                "About as little",
                f"Close enough: {without} in the LSTM and {rnn} in the RNN. With "
                "half-open gates an LSTM loses an error as an RNN does.",
            ),
            Answer(
                "far_less",
                "Far less",
                f"Measured: {without} in the LSTM and {rnn} in the RNN. Both are far below what "
                "float32 can use.",
            ),
        ),
        right="as_little",
    )


def _radius_of_one() -> Question:
    at_one = _left("rnn", radius=1.0)
    return Question(
        "radius",
        "textbooks: an RNN whose recurrent weights have spectral radius 1 neither loses nor explodes. "
        "And with noise as its input, 50 steps back?",
        (
            Answer(
                "one",
                "About 1 is left",
                f"That holds without tanh. Here every step also multiplies by tanh', "
                f"which is below 1 wherever h is not 0: {at_one} is left.",
            ),
            Answer(
                "much_less",
                "Much less",
                f"{at_one} is left. tanh' is below 1 wherever h is not 0, and the input sees to "
                "that; the radius has to make up for it.",
            ),
            Answer(
                "explodes", "It explodes", f"{at_one} is left: tanh takes away more than the weights add."
            ),
        ),
        right="much_less",
    )


def about_the_paths() -> list[Question]:
    """Ask how much comes through the cell state alone."""
    norms = paths(Setup().flow("lstm"))
    times = scientific(float(norms.whole[-51] / norms.alone[-51]))
    return [
        Question(
            "roads",
            "“$\\partial C_t / \\partial C_{t-1} = f_t$”, says the textbook. With $b_f = 1$, how much of the "
            "whole gradient, 50 steps back, is the product of the forget gates?",
            (
                Answer(
                    "all",
                    "All of it",
                    f"It would be if C reached the past only along the belt. The whole is {times} "
                    "times as large: the rest has come through the gates and h.",
                ),
                Answer(
                    "most",
                    "Most of it",
                    f"The whole is {times} times as large. C also changes h, h changes every gate, "
                    "and the gates change C.",
                ),
                Answer(
                    "next_to_nothing",
                    "Next to nothing",
                    f"The whole is {times} times as large as the product. With small f the "
                    "detour through gates and h carries more than the belt.",
                ),
            ),
            right="next_to_nothing",
        )
    ]


def about_clipping() -> list[Question]:
    """Ask what clipping by value does to a direction."""
    raw, value, norm = updates(Setup(T=50, radius=3.0), 0.1)
    return [
        Question(
            "clipping",
            "a gradient explodes. Clipping by value (every number to ±5) against clipping by global norm "
            "(the whole vector to length 5): which one keeps the direction of the update?",
            (
                Answer(
                    "value",
                    "By value",
                    "Every number that is too large becomes ±5, whatever it was: here the cosine "
                    f"with the raw gradient falls to {value.kept_direction:.2f}.",
                ),
                Answer(
                    "norm",
                    "By global norm",
                    f"The whole vector is shortened: its cosine with the raw gradient stays "
                    f"{norm.kept_direction:.2f}, by value it is {value.kept_direction:.2f}.",
                ),
                Answer(
                    "both",
                    "Both",
                    f"By value, numbers of {scientific(raw.norm)} and of 5 become the same: the cosine "
                    f"falls to {value.kept_direction:.2f}.",
                ),
            ),
            right="norm",
        )
    ]


def about_learning() -> list[Question]:
    """Ask whether it matters, by the networks that were trained for it."""
    left = {bias: _left("lstm", forget_bias=bias) for bias in (1, 3)}
    frame = results()
    learned = {
        bias: seeds_that_recall(recall_panel(frame, "direct"), f"LSTM, b_f = {bias}", 50) for bias in (1, 3)
    }
    eased = seeds_that_recall(recall_panel(frame, "curriculum"), "LSTM, b_f = 1", 50)
    return [
        Question(
            "learning",
            "an LSTM is to recall the first symbol after 50 steps of noise. It starts with $b_f = 1$. Will "
            "it learn that in 2,000 updates?",
            (
                Answer(
                    "yes",
                    "Yes, it is an LSTM",
                    f"It did in {learned[1]}. Of the error only {left[1]} arrives at the "
                    "first symbol when it starts: nothing tells it what to keep.",
                ),
                Answer(
                    "hardly_ever",
                    "Hardly ever",
                    f"It did in {learned[1]}, and with $b_f = 3$ in {learned[3]}. Of the error "
                    f"{left[1]} arrives at the start, with 3 it is {left[3]}.",
                ),
                Answer(
                    "never",
                    "Never: it can't store for 50 steps",
                    f"It did in {learned[1]}, but it can store: trained on "
                    f"short sequences first, it recalls in {eased}.",
                ),
            ),
            right="hardly_ever",
        )
    ]
