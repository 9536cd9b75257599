"""Questions about gates that are held; their numbers are computed."""

from lesson.frame.memo import memo
from lesson.sampling.networks import network_named
from lesson.sampling.surgery.ablation import entries, entry_of
from lesson.sampling.surgery.ablation_sentences import costs, over_all_models, without_forgetting
from lesson.sampling.surgery.bracket_lines import BRACKETS, count_closed_lines, depth_unit
from lesson.sampling.surgery.operation import Operation
from lesson.widgets.questions import Answer, Question


@memo()
def surgery_questions() -> list[Question]:
    """Return the questions about gates that are held, and a unit that is cut out."""
    return [_nothing_kept(), _costliest_gate(), _one_unit_less()]


def _nothing_kept() -> Question:
    fables = entry_of("fables")
    words = without_forgetting(fables)
    as_it_is = f"As it is, the fables' loss is {fables['intact']:.2f}."
    return Question(
        "nothing_kept",
        "f = 0 at every character: C keeps nothing. How good is the network of the fables then?",
        (
            Answer(
                "guesses", "It can only guess", f"It still sees the present character. {as_it_is} {words}"
            ),
            Answer("one_character", "As if it saw only one character", f"{as_it_is} {words}"),
            Answer(
                "nearly_as_good",
                "Nearly as good as before",
                f"The memory is what it had learned. {as_it_is} {words}",
            ),
        ),
        right="one_character",
    )


def _one_unit_less() -> Question:
    unit = depth_unit()
    other = (unit + 1) % network_named(BRACKETS).checkpoint.net.hidden_size
    counts = [count_closed_lines(Operation(cut=cut)) for cut in ((), (unit,), (other,))]
    as_it_is, without, without_other = (count.share for count in counts)
    result = (
        f"As it is, {as_it_is:.0%} of its lines close all that they open; without unit {unit}, "
        f"{without:.0%}; without its neighbour {other}, {without_other:.0%}. Most of what the network knows "
        "is spread over many units, so that one more or less hardly counts. This one it relies on."
    )
    return Question(
        "one_unit_less",
        "the bracket model has 128 units, and the hunt finds one that counts how deep it is. How many lines "
        "still close what they open when this one is cut out?",
        (
            Answer("nearly_all", "Nearly as many as before", f"So it is with most units. {result}"),
            Answer("half", "Hardly more than half", result),
            Answer("none", "None", f"The other units know something too. {result}"),
        ),
        right="half",
    )


def _costliest_gate() -> Question:
    cost = costs(entry_of("fables"), "mean")
    listed = ", ".join(f"{gate} {nats:.2f}" for gate, nats in cost.items())
    words = (
        f"Held at its own mean, in nats a character it costs: {listed}. In the textbook the forget gate is "
        f"the star; here {next(iter(cost))} is missed most. {over_all_models(entries())}"
    )
    gates = {"f": "f, the forget gate", "i": "i, the input gate", "o": "o, the output gate"}
    return Question(
        "costliest_gate",
        "each gate in turn stands still at its own mean, unit by unit. Which one do the fables miss most?",
        tuple(Answer(letter, text, words) for letter, text in gates.items()),
        right=next(iter(cost)),
    )
