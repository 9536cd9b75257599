"""The self-test at the end of the course: facts, and what follows from them; its numbers are computed."""

import math

from lesson.frame.glossary import prose
from lesson.frame.memo import memo
from lesson.widgets.question import Answer, Question
from lesson.widgets.questions import ask
from lstm import GRU, LSTM, RNN
from lstm.scalar import half_life
from lstm.series.reach import share_together
from lstm.series.streams import GAP
from visualization.numbers import steps

_H, _V = 128, 65


def show() -> None:
    """Show the test, one question at a time."""
    questions = self_test()
    prose(
        f"{len(questions)} questions about the whole course. Choose an answer, and the reply explains it. "
        "The file that you save under *My course* does not contain these answers."
    )
    ask(questions, "self_test", name="Question")


@memo()
def self_test() -> list[Question]:
    """Return the nine questions; their numbers are computed once."""
    return [
        _order(), _half(), _blocks(), _closed(), _guessing(), _overfit(), _temperature(), _unit_by_chance(),
        _sequence_length(),
    ]  # fmt: skip


def _order() -> Question:
    reason = (
        "The gates and C̃ need only x and the h of the step before. C needs f, i and C̃. The new h needs C "
        "and o."
    )
    return Question(
        "test_order",
        "in which order does an LSTM compute the values of one step?",
        (
            Answer("state_first", "C, then h, then the gates", f"C cannot be first: gates make it. {reason}"),
            Answer("gates_first", "The gates and C̃, then C, then h", reason),
            Answer("output_first", "h, then the gates and C̃, then C", f"h is made from C. {reason}"),
        ),
        right="gates_first",
    )


def _half() -> Question:
    f, other = 0.5 ** (1 / 10), 0.5 ** (1 / 20)
    reason = (
        f"The half-life is ln 0.5 / ln f: {steps(half_life(f))} with f = {f:.3f}, and "
        f"{steps(half_life(other))} with f = {other:.3f}. For twice the half-life take the square root of f."
    )
    return Question(
        "test_half_life",
        f"with a forget gate of {f:.3f}, half of C is gone after ten steps. With which forget gate "
        "does this take twenty steps?",
        (
            Answer("square_root", f"About {other:.3f}", reason),
            Answer(
                "half", f"About {f / 2:.3f}", f"With that, more than half is gone after one step. {reason}"
            ),
            Answer(
                "impossible",
                "None: ten steps is the limit",
                f"There is no limit: f can be as close to 1 as you like. {reason}",
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
        f"An RNN has {counts['RNN']} block of weights, a GRU {counts['GRU']}, an LSTM {counts['LSTM']}: one "
        "for each gate and one for the candidate. The LSTM has three gates, the GRU two."
    )
    return Question(
        "test_blocks",
        "how many gates and how many blocks of weights does an LSTM have? And a GRU?",
        (
            Answer(
                "candidate_counted",
                "LSTM: 4 gates, 4 blocks. GRU: 3 gates, 3 blocks.",
                f"The candidate is not a gate: it is what a gate multiplies. {reason}",
            ),
            Answer("three_and_two", "LSTM: 3 gates, 4 blocks. GRU: 2 gates, 3 blocks.", reason),
            Answer("same", "Both: 3 gates, 3 blocks.", f"The GRU has one less of each. {reason}"),
        ),
        right="three_and_two",
    )


def _closed() -> Question:
    reason = (
        "f = 1 keeps C as it is, and i = 0 adds nothing, whatever is read. With o = 0 nothing of C is shown "
        "before the end."
    )
    return Question(
        "test_stand_still",
        "a cell should keep a number through a hundred steps of noise and show it only at the end. Which "
        "gates does it need during the noise?",
        (
            Answer("keep_and_hide", "f = 1, i = 0, o = 0", reason),
            Answer("erase", "f = 0, i = 0, o = 0", f"f = 0 erases the number at the first step. {reason}"),
            Answer("write_all", "f = 1, i = 1, o = 1", f"i = 1 adds the noise to the number. {reason}"),
        ),
        right="keep_and_hide",
    )


def _guessing() -> Question:
    guess = math.log(_V)
    reason = (
        f"Uniform guessing among {_V} characters has a loss of ln {_V} = {guess:.2f} nats. A higher loss "
        "means that the network is often sure and wrong. Check the learning rate and the clipping first."
    )
    return Question(
        "test_guessing",
        f"a network chooses among {_V} characters. After some steps its loss is 9 nats. What does that mean?",
        (
            Answer(
                "slow",
                "It learns, but slowly",
                f"A network that learns slowly starts at {guess:.2f} and falls from there. {reason}",
            ),
            Answer("worse_than_guessing", "It is worse than uniform guessing", reason),
            Answer(
                "more_units",
                "It needs more units",
                f"More units do not help if every step throws the weights far off. {reason}",
            ),
        ),
        right="worse_than_guessing",
    )


def _overfit() -> Question:
    reason = (
        "The network overfits: it fits its training text better and better, and new text worse. Take the "
        "weights from the epoch with the lowest validation loss. More text, fewer units or dropout help in "
        "the next run."
    )
    return Question(
        "test_overfit",
        "the training loss is 0.4 and falling, the validation loss is 1.9 and rising. What helps?",
        (
            Answer("more_epochs", "More epochs", f"More epochs make the gap larger. {reason}"),
            Answer(
                "lower_temperature",
                "A lower temperature",
                f"The temperature changes how characters are drawn, not the network. {reason}",
            ),
            Answer("more_text", "The best epoch's weights, more text, or dropout", reason),
        ),
        right="more_text",
    )


def _temperature() -> Question:
    reason = (
        "All logits are divided by the same number. Their differences get larger or smaller, but none of "
        "them changes its sign. So the order stays the same at every temperature above 0."
    )
    return Question(
        "test_temperature",
        "at temperature 1, e is more likely than a. Can a be more likely than e at another temperature?",
        (
            Answer("yes_high", "Yes, at a high one", f"a comes closer to e, but never passes it. {reason}"),
            Answer("yes_low", "Yes, at a low one", f"At a low one e gets even further ahead. {reason}"),
            Answer("no", "No, at none", reason),
        ),
        right="no",
    )


def _unit_by_chance() -> Question:
    reason = (
        "Among many units, the best one looks good by chance. Measure it again on text that was not used to "
        "choose it, and compare it with what chance gives. To see what chance gives, mark each "
        "character “inside” or “outside”, move all marks some characters along, and compute the correlation "
        "again: now the marks are wrong. A real quote unit fits the true marks much better than wrong ones."
    )
    return Question(
        "test_found",
        "you compared 128 units with the rule “inside quotes”. The best one has a correlation of 0.2. What "
        "next?",
        (
            Answer("quote_unit", "Call it the quote unit", f"It may be, or it may be chance. {reason}"),
            Answer(
                "other_text", "Measure it again on other text, and compare it with what chance gives", reason
            ),
            Answer(
                "nothing",
                "Forget it: 0.2 is too little",
                "The size alone does not decide: in a long text 0.2 can be certain, in a short one 0.5 can "
                f"be chance. {reason}",
            ),
        ),
        right="other_text",
    )


def _sequence_length() -> Question:
    short, long = 50, 200
    reason = (
        f"An error goes back over one sequence only. No sequence of {short} steps holds both the spike and "
        f"the question {GAP} steps later, so no error ever reaches the spike. With {long} steps "
        f"{share_together('spike', long):.0%} of the questions have their spike in the same sequence."
    )
    return Question(
        "test_sequence_length",
        f"a series has a spike now and then, and {GAP} steps later its height is asked for. An LSTM is "
        f"trained with sequences of {short} steps, and its state is carried on. Will it learn the task?",
        (
            Answer(
                "state_is_enough",
                "Yes: the state carries the spike to the question",
                f"The state could carry it, but nothing teaches the cell to store it. {reason}",
            ),
            Answer("no_error_so_far", "No: no error goes back as far as the spike", reason),
            Answer(
                "slower",
                "Yes, but it needs more updates",
                f"More updates do not help if none of them comes from the spike. {reason}",
            ),
        ),
        right="no_error_so_far",
    )
