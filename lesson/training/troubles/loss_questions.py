"""The predictions about a loss that rises or does not fall."""

from lesson.training.engine.settings import SYMBOLS, UPDATES, RunSettings
from lesson.widgets.questions import Answer, Question


def rate_too_high(faulty: RunSettings, cured: RunSettings) -> Question:
    return Question(
        "rate_too_high",
        f"Adam learns with a rate of {faulty.rate:g} instead of {cured.rate:g}. What will the loss do?",
        (
            Answer(
                "faster",
                "Fall faster",
                "The steps are larger, but they don't know the way better: each jumps over what "
                "it looks for, and lands where the slope it followed says nothing any more.",
            ),
            Answer(
                "above_guessing",
                "Rise far above guessing",
                f"In its first step Adam moves every weight by about {faulty.rate:g}, "
                "many times what it began with. The network is then sure of itself and wrong, and that costs "
                "more than guessing.",
            ),
            Answer(
                "nan",
                "Become NaN",
                "Many cheat sheets say so. But gates and tanh keep to their bounds, and the loss "
                "is computed so that nothing overflows: it gets large and stays a number. Where "
                "NaN really comes "
                "has an experiment of its own.",
            ),
        ),
        right="above_guessing",
    )


def no_clipping(faulty: RunSettings, cured: RunSettings) -> Question:
    return Question(
        "no_clipping",
        f"a plain RNN, plain SGD with a rate of {faulty.rate:g}: its loss rises. Does it help to cut every "
        f"number of the gradient to ±{cured.clip_at:g}?",
        (
            Answer(
                "no",
                "No, that bends the direction",
                "It does bend it, and it helps all the same: in most steps only "
                "a few numbers in a hundred are cut. Where it doesn't help is the next experiment.",
            ),
            Answer(
                "yes",
                "Yes, it learns",
                "The largest numbers of the gradient threw the weights far away. Cut, they "
                "can't, and the others pass as they are.",
            ),
            Answer(
                "hardly",
                "Yes, but it hardly learns any more",
                "It would if most numbers were cut. In most steps only a "
                "few in a hundred are, and the others pass as they are.",
            ),
        ),
        right="yes",
    )


def clipped_by_value(faulty: RunSettings, cured: RunSettings) -> Question:
    step = f"{cured.rate * cured.clip_at:g}"
    return Question(
        "clipped_by_value",
        f"an LSTM, SGD with a rate of {faulty.rate:g}, every number of its gradient cut to "
        f"±{faulty.clip_at:g}: its loss rises. And if the gradient as a whole is shortened to "
        f"{cured.clip_at:g}?",
        (
            Answer(
                "same",
                "The same: the threshold is the same",
                "It is, but for one number or for all of them together: "
                "thousands of numbers below it make a long vector.",
            ),
            Answer(
                "learns",
                "It learns",
                f"No step is longer than {cured.rate:g} · {cured.clip_at:g} = {step} then, however "
                "many weights there are, and it still points downhill.",
            ),
            Answer(
                "stands_still",
                "It stands still: the steps are too short",
                f"They are up to {cured.rate:g} · {cured.clip_at:g} "
                f"= {step} long, and always downhill: long enough.",
            ),
        ),
        right="learns",
    )


def nan(faulty: RunSettings, cured: RunSettings) -> Question:
    return Question(
        "nan",
        f"an LSTM, SGD, every number of its gradient cut to ±{faulty.clip_at:g}, and the error goes back "
        f"over {faulty.seq} steps instead of 50. What is new?",
        (
            Answer(
                "nothing",
                "Nothing: it is clipped",
                "A gradient is clipped after it has come back. What outgrows the "
                "largest number on its way is lost before.",
            ),
            Answer(
                "further_back",
                "It learns from further back",
                "It would, if the error arrived. On so long a way it grows at "
                "every step, beyond the largest number there is.",
            ),
            Answer(
                "nan",
                "The loss becomes NaN",
                f"On {faulty.seq} steps back the gradient outgrows the largest number of "
                "float32, and what is NaN can't be clipped any more. Clipped by norm from the "
                "first step, the "
                "weights do not come to where it grows so much.",
            ),
        ),
        right="nan",
    )


def rate_too_low(faulty: RunSettings, cured: RunSettings) -> Question:
    return Question(
        "rate_too_low",
        f"Adam learns with a rate of {faulty.rate:.5f} instead of {cured.rate:g}. Where is the loss after "
        f"{faulty.amount} epochs?",
        (
            Answer(
                "guessing",
                "Next to guessing, ln V",
                "Adam moves a weight by about the rate in a step. A few hundred such "
                "steps change hardly anything.",
            ),
            Answer(
                "on_its_way",
                "Higher than with the other, but well on its way",
                "Each step is "
                f"{cured.rate / faulty.rate:,.0f} times shorter: it would take as many times the steps.",
            ),
            Answer(
                "as_low",
                "As low: it has seen the same text",
                "It has seen it, and hardly changed a weight for it.",
            ),
        ),
        right="guessing",
    )


def too_few_units(faulty: RunSettings, cured: RunSettings) -> Question:
    right = f"Below guessing, and well above the other with its {cured.hidden}"
    return Question(
        "too_few_units",
        f"an LSTM of {faulty.hidden} units reads the fables. Where does its loss stop?",
        (
            Answer(
                "guessing",
                "At guessing, ln V",
                "How frequent characters are needs no unit at all: the readout's bias "
                "learns it. So the loss does fall.",
            ),
            Answer(
                "higher",
                right,
                f"It learns how frequent characters are, and a little of what follows what. More does not "
                f"fit into {faulty.hidden} numbers.",
            ),
            Answer(
                "later",
                "As low, only later",
                "Time does not help: all that it knows of what it has read has to fit into "
                f"{faulty.hidden} numbers.",
            ),
        ),
        right="higher",
    )


def forget_bias(faulty: RunSettings, cured: RunSettings) -> Question:
    return Question(
        "forget_bias",
        f"one of {SYMBOLS} symbols, {faulty.seq} steps of noise, then the question which it was. An LSTM "
        f"starts with the usual $b_f = {faulty.bias:g}$. What will it do after "
        f"{faulty.amount * UPDATES} updates?",
        (
            Answer(
                "nearly_always",
                "Name it nearly always",
                "It can hold a symbol that long, but it has to be told to. With "
                "half-open gates the error that would tell it is gone before it arrives.",
            ),
            Answer(
                "half",
                "Name it in about half",
                "Either the error arrives, and then it soon learns to keep the symbol, "
                "or it does not, and it guesses.",
            ),
            Answer(
                "guesses",
                "Guess",
                f"Nothing comes back over {faulty.seq} steps through half-open gates, so nothing tells "
                f"it what to keep. With $b_f = {cured.bias:g}$ it is told.",
            ),
        ),
        right="guesses",
    )
