"""The predictions about a loss that rises or stays high.

No label of the page says their answers: a cause's name says that a loss rises, a question asks how far.
"""

import math

import numpy as np

from lesson.frame.memo import memo
from lesson.training.engine.settings import SYMBOLS, RunSettings
from lesson.widgets.catalogue import sample_text
from lesson.widgets.question import Answer, Question
from lstm import Vocabulary
from lstm.equations import sigmoid
from lstm.recall.untrained import left_at_first_symbol
from lstm.textstats.ngram_entropy import counted_loss
from lstm.training.batches import Batches

SEEDS = range(21)
# Of a rare character's columns: (1 − β₁)/√(1 − β₂) = 3.2 where no other gradient is near.
RARE = "a weight with rare gradients by up to about three times as much"
# What shows an experiment's answer: all but the controls and how far the runs are.
COVERS = ("picture", "samples", "verdicts", "checklist")


def rate_too_high(faulty: RunSettings, cured: RunSettings) -> Question:
    guess = math.log(vocabulary_size(faulty))
    return Question(
        "loss_rises_to",
        f"Adam learns with a rate of {faulty.rate:g} instead of {cured.rate:g}, and the loss rises. "
        f"Uniform guessing has a loss of {guess:.2f}. How high does this loss rise?",
        (
            Answer(
                "guessing",
                "To about the loss of uniform guessing",
                "That would be a network that knows nothing. But this one is sure and wrong, and such a loss "
                "has no upper bound: it is several times as high.",
                ("To about that of uniform guessing",),
            ),
            Answer(
                "above_guessing",
                "To several times the loss of uniform guessing",
                f"In its first step Adam moves every weight by about {faulty.rate:g}. That is many "
                "times its size before training. The network is then sure and wrong, and its loss is higher "
                "than that of guessing.",
                ("To several times uniform guessing",),
            ),
            Answer(
                "nan",
                "It becomes NaN (not a number)",
                "Gates and tanh stay within their bounds, and the loss is computed so that nothing "
                "overflows. It gets several times as large as that of guessing, and stays a number. Another "
                "experiment shows where NaN comes from.",
                ("It becomes NaN",),
            ),
        ),
        right="above_guessing",
        covers=COVERS,
    )


def no_clipping(faulty: RunSettings, cured: RunSettings) -> Question:
    return Question(
        "norm_5_helps",
        f"a plain RNN learns with plain SGD and a rate of {faulty.rate:g}. Without clipping its loss rises. "
        f"If each number of the gradient is cut at ±{cured.clip_at:g}, the loss does not rise. "
        "Would clipping by norm 5, the usual threshold, have helped as well?",
        (
            Answer(
                "prevents",
                "Yes: it shortens the gradients that are too long",
                "It shortens gradients longer than 5. Before the loss rises there are no such gradients: "
                "with this rate, even gradients below 5 are too long.",
            ),
            Answer(
                "none_is_longer",
                "No: before the loss rises, no gradient is that long",
                f"A step is the rate times the gradient. With a rate of {faulty.rate:g}, even gradients "
                "below 5 are too long. The threshold has to fit the rate.",
            ),
            Answer(
                "direction",
                "No: clipping by norm changes the direction",
                "Clipping by norm keeps the direction; clipping by value changes it. But here is nothing to "
                "clip: before the loss rises, no gradient is longer than 5.",
            ),
        ),
        right="none_is_longer",
        covers=COVERS,
    )


def clipped_by_value(faulty: RunSettings, cured: RunSettings) -> Question:
    count, at = faulty.network(vocabulary_size(faulty)).weights.flat.size, faulty.clip_at
    longest = at * math.sqrt(count)
    why = f"{count:,} numbers of ±{at:g} make a vector of length {at:g} · √{count:,} = {longest:.0f}."
    return Question(
        "clipped_length",
        f"the gradient of an LSTM has {count:,} numbers, and each is cut at ±{at:g}. How long can the whole "
        "gradient still be?",
        (
            Answer(
                "same",
                f"{at:g}, like each of its numbers",
                f"That is the bound for each number alone. {why}",
                (f"{at:g}, as each of them",),
            ),
            Answer(
                "root",
                f"About {longest:.0f}",
                f"{why} Clipped by norm {cured.clip_at:g} it is {longest / cured.clip_at:.0f} times shorter.",
            ),
            Answer(
                "sum",
                f"About {at * count:,.0f}",
                f"That is the sum of the numbers. The length is the root of the sum of their squares. {why}",
            ),
        ),
        right="root",
        covers=COVERS,
    )


def nan(faulty: RunSettings, cured: RunSettings) -> Question:
    return Question(
        "why_nan",
        "the loss becomes NaN (not a number), although every number of the gradient is cut at "
        f"±{faulty.clip_at:g}. The gradient goes back over {faulty.seq} steps. Why does clipping not "
        "prevent it?",
        (
            Answer(
                "threshold",
                f"±{faulty.clip_at:g} is too large",
                "A number of that size is far from NaN. The overflow comes before the clipping.",
            ),
            Answer(
                "before",
                "The gradient overflows on its way back, before it is clipped",
                f"Over {faulty.seq} steps the gradient can outgrow the largest number of float32. Then "
                "∞ − ∞ and 0 · ∞ are NaN, and NaN cannot be clipped. With clipping by norm from the first "
                "step on, the weights never reach values with which the gradient grows so much.",
            ),
            Answer(
                "cut",
                "Cutting turns the largest numbers into NaN",
                "A number that is cut becomes the bound. NaN arises before: from ∞ − ∞ and 0 · ∞.",
                ("Cutting numbers makes NaN of the largest ones",),
            ),
        ),
        right="before",
        covers=COVERS,
    )


def rate_too_low(faulty: RunSettings, cured: RunSettings) -> Question:
    size, steps = vocabulary_size(faulty), steps_of(faulty)
    first, way = 1 / math.sqrt(faulty.hidden + size), steps * faulty.rate
    why = (
        f"Adam moves a weight by about the rate in each step ({RARE}). {steps} steps in one direction make "
        f"{steps} · {faulty.rate:.5f} = {way:.2g}. At first the cell's weights have a standard deviation of "
        f"about {first:.2f}: the way is {way / first:.0%} of that."
    )
    return Question(
        "distance_moved",
        f"Adam learns with a rate of {faulty.rate:.5f} for {faulty.amount} epochs, that is {steps} steps. "
        "About how far can a weight have moved then, compared with the usual size of the first weights?",
        (
            Answer("hardly", "By a few hundredths of it", why),
            Answer("as_much", "By about as much", f"That would take many more steps. {why}"),
            Answer("many_times", "By many times as much", f"For that the rate is too low. {why}"),
        ),
        right="hardly",
        covers=COVERS,
    )


def too_few_units(faulty: RunSettings, cured: RunSettings) -> Question:
    text = sample_text(faulty.text)
    frequencies, pairs = counted_loss(text), counted_loss(text, 1)
    return Question(
        "two_units_reach",
        f"an LSTM of {faulty.hidden} units reads the fables for {faulty.amount} epochs. Uniform "
        f"guessing has a loss of {math.log(vocabulary_size(faulty)):.2f}. If one knows the character "
        f"frequencies, the loss is {frequencies:.2f}; if one also knows the previous character, it is "
        f"{pairs:.2f}. What loss does this network reach?",
        (
            Answer(
                "frequencies",
                f"About {frequencies:.2f}: the frequencies are all that it can learn",
                "For the frequencies no unit is needed: the bias of the output layer learns them. Two units "
                "add something.",
            ),
            Answer(
                "between",
                f"Between {pairs:.2f} and {frequencies:.2f}",
                "It learns how frequent characters are, and a little about which one follows which. More "
                f"does not fit into {faulty.hidden} units.",
            ),
            Answer(
                "below",
                f"Below {pairs:.2f}: it only takes longer",
                "Time does not help: all that it remembers of the text has to fit into "
                f"{faulty.hidden} units.",
            ),
        ),
        right="between",
        covers=COVERS,
    )


def forget_bias(faulty: RunSettings, cured: RunSettings) -> Question:
    arrives = {bias: arrival(bias, faulty.seq) for bias in (faulty.bias, cured.bias)}
    f, steps = float(sigmoid(np.float64(faulty.bias))), faulty.seq + 1
    path = f"{f**steps:.0e}".replace("e-0", " · 10^−").replace("e-", " · 10^−")
    measured = (
        f"Measured: {arrives[faulty.bias]:.2g} with $b_f = {faulty.bias:g}$ and {arrives[cured.bias]:.2g} "
        f"with $b_f = {cured.bias:g}$ (medians of {len(SEEDS)} untrained networks)."
    )
    return Question(
        "gradient_arrives",
        f"the network reads one of {SYMBOLS} symbols, then {faulty.seq} noise symbols. Then it must say "
        f"which symbol came first. Before training $b_f = {faulty.bias:g}$, so f = {f:.2f}. How much of the "
        "gradient at the end arrives at the first symbol?",
        (
            Answer(
                "path_alone",
                f"{f:.2f}^{steps}, that is {path}",
                f"That is what the forget gates alone leave. More arrives through h. {measured}",
            ),
            Answer(
                "measured",
                f"About {arrives[faulty.bias]:.1g}",
                f"{measured} The {faulty.seq} noise symbols are nearer to the end and get "
                "larger gradients, so the gradient of the first symbol hardly counts.",
            ),
            Answer(
                "most",
                "More than half of it",
                f"For that the forget gate has to be nearly open. {measured}",
            ),
        ),
        right="measured",
        covers=COVERS,
    )


@memo(entries=8)
def arrival(bias: float, gap: int) -> float:
    """Return how much of the gradient arrives at the first symbol of the recall task, median of 21 LSTMs."""
    return float(np.median(left_at_first_symbol(f"LSTM, b_f = {bias:g}", gap, SEEDS)))


def vocabulary_size(settings: RunSettings) -> int:
    """Return how many characters the text of a run has."""
    return len(Vocabulary.from_text(sample_text(settings.text)))


def steps_of(settings: RunSettings) -> int:
    """Return how many steps a run of some epochs has."""
    text = sample_text(settings.text)
    return settings.amount * Batches(Vocabulary.from_text(text).encode(text), settings.training()).chunks
