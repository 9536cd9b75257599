"""Questions about gates that are clamped, and about one unit less; their numbers are computed."""

from collections.abc import Mapping
from statistics import median

from lesson.frame.memo import memo
from lesson.sampling.measured import single_units
from lesson.sampling.surgery.ablation import entries, entry_of
from lesson.sampling.surgery.ablation_sentences import (
    add_up,
    costs,
    votes,
    without_forgetting,
)
from lesson.sampling.surgery.bracket_lines import depth_unit
from lesson.widgets.question import Answer, Question
from visualization.text import join_words

# What is covered: outcomes of a clamped forget or update gate, of any clamped gate, of ablated units, and the
# drawer with what was measured of all models.
MEMORY_GATE, CLAMPED, ABLATED, TABLE = "memory-gate", "clamped", "ablated", "table"
_ESSENTIAL = 0.7  # the share of lines below which the network is said to rely on a unit


@memo()
def surgery_questions() -> list[Question]:
    """Return the questions about gates that are clamped, and a unit that is ablated."""
    return [_nothing_kept(), _costliest_gate(), _one_unit_less()]


def _nearest(value: float, measures: Mapping[str, float]) -> str:
    """Return the name of the measure that a value is nearest to: what was measured decides what is right."""
    return min(measures, key=lambda name: abs(measures[name] - value))


def _nothing_kept() -> Question:
    fables = entry_of("fables")
    result = (
        f"{without_forgetting(fables)} As it is, the model's loss is {fables['intact']:.2f}. (A table of "
        "character pairs knows only how often each character follows another.)"
    )
    right = _nearest(
        fables["clamped"]["f"]["0"],
        {
            "guesses": fables["guess"],
            "one_character": fables["table_1"],
            "nearly_as_good": fables["intact"],
        },
    )
    return Question(
        "nothing_kept",
        "in the fables model, f is clamped at 0 at every character: C keeps nothing from earlier steps. How "
        "well does the model still predict?",
        (
            Answer("guesses", "Like guessing", result, former=("It can only guess",)),
            Answer(
                "one_character",
                "Like a table of how often each character follows another",
                result,
                former=("As if it saw only one character", "Like a character-pair table"),
            ),
            Answer("nearly_as_good", "Nearly as before", result, former=("Nearly as good as before",)),
        ),
        right=right,
        covers=(MEMORY_GATE, TABLE),
    )


def _costliest_gate() -> Question:
    cost = costs(entry_of("fables"), "mean")
    listed, right = join_words(f"{nats:.2f} for {gate}" for gate, nats in cost.items()), next(iter(cost))
    words = (
        "If one gate is clamped at its own mean, the loss of the fables model rises. In nats per character "
        f"it rises by {listed}. Many texts call the forget gate the most important one; here it is {right}. "
        f"{_in_all_models()}"
    )
    gates = {"f": "f, the forget gate", "i": "i, the input gate", "o": "o, the output gate"}
    return Question(
        "costliest_gate",
        "in the fables model one gate at a time is clamped at its own mean: every unit gets the "
        "mean of its own gate. So on average the gate is as open as before, but it no longer reacts to the "
        "text. Which gate raises the loss most?",
        tuple(Answer(letter, text, words) for letter, text in gates.items()),
        right=right,
        covers=(CLAMPED, TABLE),
    )


def _in_all_models() -> str:
    count, by_gate = sum(entry["kind"] == "lstm" for entry in entries()), votes(entries())["mean"]
    (first, most), *others = by_gate.most_common()
    listed = join_words(
        [f"in {most} of the course's {count} LSTMs", *(f"{gate} in {n}" for gate, n in others)]
    )
    return (
        f"Clamped at its own mean, {first} costs most {listed}. {add_up(by_gate, count)}If the gates are "
        "clamped at 0 or at 1, other gates can cost most."
    )


def _one_unit_less() -> Question:
    unit, (intact, ablated) = depth_unit(), single_units()
    shares = [count.share for count in ablated]
    low = sorted((k for k, share in enumerate(shares) if share < _ESSENTIAL), key=shares.__getitem__)
    below = sum(share < 0.9 for share in shares)
    result = (
        f"Without any change, {intact.share:.0%} of the model's lines close everything that they open; "
        f"with unit {unit} ablated, {shares[unit]:.0%} of the lines do. We also ablated each of the "
        f"{len(shares)} units alone. In the median, {median(shares):.0%} of the lines still close "
        f"everything. For {below} of the units fewer than 90% of the lines do, and for the units "
        f"{join_words(map(str, low))} fewer than {_ESSENTIAL:.0%}. So most units hardly matter alone, and a "
        "few matter a lot."
    )
    right = _nearest(shares[unit], {"nearly_all": intact.share, "half": 0.5, "none": 0.0})
    return Question(
        "one_unit_less",
        f"the bracket model has {len(shares)} units, and one of them follows how deep the brackets are "
        "nested. This unit is ablated: its C is set to 0, and then its h is 0 too. How many lines still "
        "close everything that they open?",
        (
            Answer("nearly_all", "Nearly as many as before", result),
            Answer("half", "About half", result, former=("Hardly more than half",)),
            Answer("none", "None", result),
        ),
        right=right,
        covers=(ABLATED,),
    )
