"""Exercise 2: numbers about gates, first on small random arrays, then on a trained network."""

from collections.abc import Iterator

import numpy as np

from exercises.bracket_model import bracket_model, bracket_text
from exercises.judge import Judge, mistake
from exercises.student import Student
from lstm.interpret.text_rules import RULES
from lstm.scalar import half_life

_RATIO = "np.log(0.5) / np.log(f)"
_MEAN = "np.mean([f_t for f_t, read in zip(f, text, strict=True) if read == char])"
_SPREADS = " / (units.std(axis=0) * signal.std())"
MISTAKES = (
    mistake(
        1,
        "open and closed are exchanged",
        "(gate > 0.9).mean(), (gate",
        "(gate < 0.1).mean(), (gate",
        ", (gate < 0.1).mean()\n",
        ", (gate > 0.9).mean()\n",
    ),
    mistake(1, "places are counted: sum instead of mean", "9).mean()", "9).sum()", "1).mean()", "1).sum()"),
    mistake(1, "the shares are in percent", "9).mean()", "9).mean() * 100", "1).mean()", "1).mean() * 100"),
    mistake(
        1,
        "everything above or below 0.5 counts as open or closed",
        "gate > 0.9",
        "gate > 0.5",
        "gate < 0.1",
        "gate < 0.5",
    ),
    mistake(2, "the fraction is upside down", _RATIO, "np.log(f) / np.log(0.5)"),
    mistake(2, "the minus sign is lost: ln 2 / ln f", _RATIO, "np.log(2) / np.log(f)"),
    mistake(2, "1 − f is taken for f", _RATIO, "np.log(0.5) / np.log(1 - f)"),
    mistake(2, "the logarithm of 0.5 is forgotten", _RATIO, "0.5 / np.log(f)"),
    mistake(
        2, "−1 / ln f is computed, the time to 1/e (as log₂ 0.5 / ln f: two bases)", _RATIO, "-1 / np.log(f)"
    ),
    mistake(3, "the sum is taken instead of the mean", _MEAN, _MEAN.replace("mean", "sum")),
    mistake(3, "the lowest value is taken instead of the mean", _MEAN, _MEAN.replace("mean", "min")),
    mistake(
        3,
        "f belongs to the step before (targets shifted by one): row t is counted for text[t + 1]",
        "zip(f, text, strict=True)",
        "zip(f, text[1:])",
    ),
    mistake(
        3,
        "f belongs to the step after: row t is counted for text[t − 1]",
        "zip(f, text, strict=True)",
        "zip(f[1:], text)",
    ),
    mistake(3, "only the first unit is looked at", "[f_t for", "[f_t[0] for"),
    mistake(4, "the standard deviations are forgotten: that is the covariance", _SPREADS, ""),
    mistake(4, "only the units' standard deviation is divided by", " * signal.std()", ""),
    mistake(4, "only the signal's standard deviation is divided by", "units.std(axis=0) * ", ""),
    mistake(4, "the means are not taken away", " - units.mean(axis=0)", "", " - signal.mean()", ""),
    mistake(4, "variances stand where standard deviations belong", ".std(", ".var("),
    mistake(4, "the sum is taken instead of the mean", "signal[:, None]).mean", "signal[:, None]).sum"),
    mistake(
        4,
        "the mean has n and the standard deviations have n − 1",
        "units.std(axis=0) * signal.std()",
        "units.std(axis=0, ddof=1) * signal.std(ddof=1)",
    ),
    mistake(5, "h is taken for C", 'values["C"]', 'values["h"]'),
    mistake(5, "f is taken for C", 'values["C"]', 'values["f"]'),
    mistake(
        5,
        "−0.9 counts less than 0.1: the largest is taken, not the largest in size",
        "np.abs(correlation)",
        "correlation",
    ),
    mistake(
        5,
        "the size of the correlation is returned, without its sign",
        "unit, correlation[unit]",
        "unit, abs(correlation[unit])",
    ),
)


def check(student: Student) -> Iterator[str]:
    """Yield a line for every gap that is right; Wrong at the first that is not."""
    judge = Judge(student, 2, MISTAKES)
    rng = np.random.default_rng(3)
    gate, text = rng.beta(0.4, 0.5, (40, 3)), "(ab) c" * 6 + "(ab)"
    right = {"mean": gate.mean(), "open": (gate > 0.9).mean(), "closed": (gate < 0.1).mean()}
    judge(1, "openness", (gate,), right)
    yield "Gap 1: mean, open and closed are right."
    f = rng.uniform(0.05, 0.99, (4, 3))
    judge(2, "half_life", (f,), {"half-life": half_life(f)}, axes=("step", "unit"))
    yield "Gap 2: the half-lives are right; with f = 0.99 half is left after 69 steps."
    right = {char: gate[np.array(list(text)) == char].mean() for char in sorted(set(text))}
    judge(3, "forget_by_character", (gate, text), {"mean f": right}, after=lambda got: {"mean f": got})
    yield "Gap 3: the mean of f at each character is right."
    signal = (rng.random(40) < 0.3) * 2.0
    right = [np.corrcoef(unit, signal)[0, 1] for unit in gate.T]
    judge(4, "correlations", (gate, signal), {"correlation": right}, axes=("unit",))
    yield "Gap 4: the correlations are right."
    yield from _trained(judge)


def _trained(judge: Judge) -> Iterator[str]:
    net, vocabulary = bracket_model()
    text = bracket_text(40, seed=1)
    ids, inside = vocabulary.encode(text), RULES["inside brackets"].of(text)
    C = net.run(ids).values["C"][:, 0]
    correlations = np.array([np.corrcoef(unit, inside)[0, 1] for unit in C.T])
    # The unit that follows best is made to fall where it rose: only the size of its correlation shows it.
    best = int(np.abs(correlations).argmax())
    if correlations[best] > 0:
        _turn_round(net, best)
        correlations[best] *= -1
    judge(
        5,
        "bracket_unit",
        (net, ids, inside),
        {"unit": best, "correlation": correlations[best]},
        tolerance=1e-4,
    )
    size = f"its correlation is {correlations[best]:.2f}"
    yield f"Gap 5: unit {best} (counted from 0) follows the brackets; {size}."
    call, gates = judge.student.call, net.run(ids).values
    for name in "fio":
        mean, above, below = call("openness", gates[name][:, 0])
        yield f"    {name}: mean {mean:.2f}, open {above:.0%}, closed {below:.0%} of the time"
    by_character = call("forget_by_character", gates["f"][:, 0], text)
    lowest = min(by_character, key=by_character.get)
    steps = call("half_life", by_character[lowest])
    yield f"    f is lowest at {lowest!r}: {by_character[lowest]:.2f} on average, half-life {steps:.1f} steps"


def _turn_round(net, unit: int) -> None:
    """Change the sign of a unit's C and h, and of all that reads it: the network does the same."""
    H = net.hidden_size
    net.Wc[unit] *= -1
    net.bc[unit] *= -1
    net.W[:, :H][:, unit] *= -1
    net.Wy[:, unit] *= -1
