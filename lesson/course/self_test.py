"""The self-test at the end of the course: facts, and what follows from them; its numbers are computed."""

import math

from lesson.frame.memo import memo
from lesson.widgets.questions import Answer, Question
from lstm import GRU, LSTM, RNN
from lstm.scalar import half_life
from visualization.numbers import steps

_H, _V = 128, 65


@memo()
def self_test() -> list[Question]:
    """Return the eight questions; their numbers are computed once."""
    return [
        _order(), _half(), _blocks(), _shut(), _guessing(), _overfit(), _temperature(), _unit_by_chance(),
    ]  # fmt: skip


def _order() -> Question:
    reason = (
        "First what is kept and written, then what is shown: C needs f, i and C̃, and h needs C and o. All "
        "four read the same h of the step before."
    )
    return Question(
        "test_order",
        "which of these can be computed first, and which last, within one step?",
        (
            Answer("state_first", "First C, last the gates", f"The gates make C. {reason}"),
            Answer("gates_first", "First the gates and C̃, then C, last h", reason),
            Answer("output_first", "First h, last C", f"h is made from C. {reason}"),
        ),
        right="gates_first",
    )


def _half() -> Question:
    f, other = 0.5 ** (1 / 10), 0.5 ** (1 / 20)
    reason = (
        f"ln 0.5 / ln f: {f:.3f} loses half in {steps(half_life(f))}, {other:.3f} in "
        f"{steps(half_life(other))}. Twice the memory takes the square root of f."
    )
    return Question(
        "test_half_life",
        f"a forget gate stands at {f:.3f}, and half of C is gone after ten steps. What is it for twenty?",
        (
            Answer("square_root", f"About {other:.3f}", reason),
            Answer("half", f"About {f / 2:.3f}", f"That would lose more than half in one step. {reason}"),
            Answer(
                "impossible",
                "It can't: ten steps is the limit",
                f"f can come as near to 1 as you like. {reason}",
            ),
        ),
        right="square_root",
    )


def _blocks() -> Question:
    counts = {
        kind.kind.upper(): kind(_V, _H, _V, seed=0).weights["W"].size // _H // (_H + _V)
        for kind in (RNN, GRU, LSTM)
    }
    reason = (
        f"Blocks of weights: RNN {counts['RNN']}, GRU {counts['GRU']}, LSTM {counts['LSTM']}. A block for "
        "each gate and one for the candidate: the LSTM has three gates, the GRU two."
    )
    return Question(
        "test_blocks",
        "how many gates and how many blocks of weights has an LSTM, and how many a GRU?",
        (
            Answer(
                "candidate_counted",
                "LSTM 4 gates, GRU 3",
                f"The candidate is no gate: it is what a gate lets through. {reason}",
            ),
            Answer("three_and_two", "LSTM 3 gates and 4 blocks, GRU 2 and 3", reason),
            Answer("same", "Both 3 gates and 3 blocks", f"The GRU has one less of each. {reason}"),
        ),
        right="three_and_two",
    )


def _shut() -> Question:
    reason = (
        "f = 1 keeps what is there and i = 0 writes nothing: C stands still, whatever is read. o decides "
        "only whether it is seen."
    )
    return Question(
        "test_stand_still",
        "a cell shall hold a number through a hundred steps of noise, and show it only at the end. How do "
        "its gates stand meanwhile?",
        (
            Answer("keep_and_hide", "f = 1, i = 0, o = 0", reason),
            Answer("erase", "f = 0, i = 0, o = 0", f"f = 0 erases it at the first step. {reason}"),
            Answer("write_all", "f = 1, i = 1, o = 1", f"i = 1 adds the noise to it. {reason}"),
        ),
        right="keep_and_hide",
    )


def _guessing() -> Question:
    guess = math.log(_V)
    reason = (
        f"Whoever guesses among {_V} characters loses ln {_V} = {guess:.2f} nats. Above that, it is worse "
        "than guessing: it is sure of what is wrong. Look at the learning rate and the clipping first."
    )
    return Question(
        "test_guessing",
        f"your network chooses among {_V} characters, and after some steps the loss is 9. What do you know?",
        (
            Answer(
                "slow",
                "It learns, only slowly",
                f"Then it would fall from {guess:.2f}, not stand above it. {reason}",
            ),
            Answer("worse_than_guessing", "It is worse than guessing", reason),
            Answer(
                "more_units",
                "It needs more units",
                f"More units do not help who is thrown away at each step. {reason}",
            ),
        ),
        right="worse_than_guessing",
    )


def _overfit() -> Question:
    reason = (
        "The gap is the sign: it knows its own text better and better, and new text worse. Stop where the "
        "validation loss was lowest; then more text or fewer units."
    )
    return Question(
        "test_overfit",
        "training loss 0.4 and falling, validation loss 1.9 and rising. What helps?",
        (
            Answer("more_epochs", "More epochs", f"They are what made it. {reason}"),
            Answer(
                "lower_temperature",
                "A lower temperature",
                f"Temperature changes the draw, not the network. {reason}",
            ),
            Answer("more_text", "More text, fewer units, or to stop", reason),
        ),
        right="more_text",
    )


def _temperature() -> Question:
    reason = (
        "Dividing the logits makes differences larger or smaller; none of them changes its sign. So the "
        "order stays, at every temperature above 0."
    )
    return Question(
        "test_temperature",
        "at temperature 1, e is likelier than a. Can a be likelier than e at another temperature?",
        (
            Answer("yes_high", "Yes, at a high one", f"It comes nearer, and never passes. {reason}"),
            Answer("yes_low", "Yes, at a low one", f"There e only gets further ahead. {reason}"),
            Answer("no", "No", reason),
        ),
        right="no",
    )


def _unit_by_chance() -> Question:
    reason = (
        "The best of many looks good by luck alone. Score it on text that did not help to choose it, and see "
        "what shifted rules reach: that is chance."
    )
    return Question(
        "test_found",
        "you looked through 128 units and found one that correlates 0.2 with “inside quotes”. What now?",
        (
            Answer("quote_unit", "It is the quote unit", f"Perhaps, perhaps luck. {reason}"),
            Answer("other_text", "Measure it on other text, against chance", reason),
            Answer(
                "nothing",
                "0.2 is too little, so it is nothing",
                f"Of a long text 0.2 can be sure, and of a short one 0.5 can be luck. {reason}",
            ),
        ),
        right="other_text",
    )
