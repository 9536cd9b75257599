"""Questions about probabilities: the loss in three units, and the temperature."""

from itertools import product

import numpy as np

from lesson.cheatsheet.parameters import PART as SHEET_PART
from lesson.classroom.question import Scale
from lesson.course.variants.variant import Mistake, Numbers, Tolerance, Variant, written
from lesson.sampling import parameters as sampling
from lesson.training import parameters as training
from lstm.readout import softmax, softmax_cross_entropy
from lstm.sampling import distribution
from lstm.textstats.surprise import surprise
from visualization.numbers import number

_SIZES = [(V,) for V in range(20, 151)]
_LOSSES = [(k / 10,) for k in range(5, 50)]
_LOW_LOSSES = [(k / 10,) for k in range(5, 36)]
_RATIOS = list(product((1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 12.0, 16.0), (0.4, 0.5, 0.8, 2.0)))


def first_loss() -> Variant:
    """Return the one for the loss before the first step."""
    return Variant(
        "other_first_loss",
        ("first_loss", "number_first_loss"),
        "A text has {0} different characters, and an untrained network gives each of them the same "
        "probability. What is its loss, in nats per character, to two digits after the point?",
        Tolerance(0.01, 2),
        Scale(0, 10, unit="nats"),
        Scale(-5, 5),
        (
            Mistake(
                "binary",
                "Binary in place of natural logarithm",
                "This is the loss in bits, from the logarithm to base 2. In nats it is the natural "
                "logarithm, ln.",
            ),
            Mistake(
                "decimal",
                "Logarithm to base 10",
                "This is the logarithm to base 10, often the key log of a calculator. The loss in nats is "
                "the natural logarithm: the key ln.",
            ),
            Mistake(
                "probability",
                "The probability in place of the loss",
                "This is the probability of each character. The loss is minus its natural logarithm.",
            ),
        ),
        "The loss is −ln of the probability of the right character. Among V characters of the same "
        "probability 1 / V this is ln V.",
        "4_training.py",
        {training.TAB.name: "Live"},
    ).with_numbers(_SIZES, first_loss_numbers)


def first_loss_numbers(V: int) -> Numbers:
    """Compute the loss of logits that are all alike, and what the mistakes take for it."""
    probabilities = softmax(np.zeros(V))
    return Numbers(
        (written(V),),
        _guessing(V),
        {
            "binary": float(surprise(probabilities, 0)),
            "decimal": _guessing(V) / _guessing(10),
            "probability": float(probabilities[0]),
        },
    )


def bits() -> Variant:
    """Return the one for a loss in bits."""
    return Variant(
        "other_bits",
        ("two_units_reach",),
        "A network has a loss of {0} nats per character. How many bits per character is that, to two digits "
        f"after the point? (ln 2 = {number(_guessing(2), 4)}.)",
        Tolerance(0.01, 2),
        Scale(0, 200, unit="bits"),
        Scale(0.1, 20, logarithmic=True),
        (
            Mistake(
                "multiplied",
                "Multiplied by ln 2",
                f"One bit is {number(_guessing(2))} nats, so there are more bits than nats: divide by ln 2.",
            ),
            Mistake(
                "perplexity",
                "The perplexity",
                "This is e to the power of the loss: among so many characters of the same probability "
                "guessing would be as hard.",
            ),
            Mistake(
                "decimal",
                "Divided by ln 10",
                "This is the logarithm to base 10. Bits are to base 2: divide by ln 2.",
            ),
        ),
        "A bit is a factor of 2 in the probability, and that is ln 2 nats. Divide the loss by ln 2.",
        "8_cheatsheet.py",
        {SHEET_PART.name: "Words"},
    ).with_numbers(_LOSSES, bits_numbers)


def bits_numbers(loss: float) -> Numbers:
    """Compute a loss in bits, and what the mistakes take for it."""
    return Numbers(
        (written(loss),),
        _bits(loss),
        {
            "multiplied": loss * _guessing(2),
            "perplexity": float(np.exp(loss)),
            "decimal": loss / _guessing(10),
        },
    )


def perplexity() -> Variant:
    """Return the one for the number of characters among which guessing has the same loss."""
    return Variant(
        "other_perplexity",
        ("two_units_reach", "first_loss"),
        "A network has a loss of {0} nats per character. Its perplexity says among how many characters of "
        "the same probability guessing would have this loss. How large is it, to one digit after the point?",
        Tolerance(0.06, 1),
        Scale(0.1, 10_000, logarithmic=True),
        Scale(0.01, 1000, logarithmic=True),
        (
            Mistake(
                "base_2",
                "2 in place of e",
                "This is 2 to the power of the loss. That would be right for a loss in bits; for nats the "
                "base is e = 2.718….",
            ),
            Mistake(
                "base_10",
                "10 in place of e",
                "This is 10 to the power of the loss. For nats the base is e = 2.718….",
            ),
            Mistake(
                "bits",
                "The loss in bits",
                "This is the loss in bits. The number of characters is e to the power of the loss in nats.",
            ),
        ),
        "Guessing among V characters has a loss of ln V nats. So V is e to the power of the loss.",
        "8_cheatsheet.py",
        {SHEET_PART.name: "Words"},
    ).with_numbers(_LOW_LOSSES, perplexity_numbers)


def perplexity_numbers(loss: float) -> Numbers:
    """Compute a perplexity, and what the mistakes take for it."""
    return Numbers(
        (written(loss),),
        float(np.exp(loss)),
        {
            "base_2": float(np.exp(loss * _guessing(2))),
            "base_10": float(np.exp(loss * _guessing(10))),
            "bits": _bits(loss),
        },
    )


def temperature() -> Variant:
    """Return the one for the ratio of two probabilities at another temperature."""
    return Variant(
        "other_temperature",
        ("zero_temperature", "repeats_below"),
        "At temperature 1 a network draws “e” {0} times as often as “a”. How many times as often as “a” does "
        "it draw “e” at temperature {1}? Give one digit after the point.",
        Tolerance(0.06, 1),
        Scale(0.1, 10_000, logarithmic=True),
        Scale(0.01, 100, logarithmic=True),
        (
            Mistake(
                "multiplied",
                "Multiplied by the temperature",
                "The temperature does not act on the probabilities: the logits, their logarithms, are "
                "divided by it.",
            ),
            Mistake(
                "divided",
                "The ratio divided by the temperature",
                "The logits are divided by the temperature, not the probabilities. Logits are logarithms: "
                "there a division becomes a root or a power.",
            ),
            Mistake(
                "power",
                "The logits multiplied",
                "This is the ratio to the power of the temperature. The logits are divided by it: take the "
                "power 1 / temperature.",
            ),
        ),
        "The logits are divided by the temperature, and so is their difference, the logarithm of the ratio. "
        "The ratio becomes the old one to the power of 1 / temperature.",
        "5_sampling.py",
        {sampling.TASK.name: sampling.WRITE},
    ).with_numbers(_RATIOS, temperature_numbers)


def temperature_numbers(ratio: float, at: float) -> Numbers:
    """Compute the ratio of two probabilities as they are drawn, and what the mistakes take for it."""
    return Numbers(
        (written(ratio), written(at)),
        _ratio(ratio, at),
        {
            "multiplied": _ratio(ratio, 1) * at,
            "divided": _ratio(ratio, 1) / at,
            "power": _ratio(ratio, 1 / at),
        },
    )


def _ratio(ratio: float, at: float) -> float:
    likelier, other = distribution(np.log([ratio, 1]), at)
    return float(likelier / other)


def _guessing(V: int) -> float:
    """Return the loss of guessing among V characters, in nats."""
    return softmax_cross_entropy(np.zeros((1, 1, V)), np.zeros((1, 1), np.intp))[0]


def _bits(loss: float) -> float:
    chance = float(np.exp(-loss))
    return float(surprise([chance, 1 - chance], 0))
