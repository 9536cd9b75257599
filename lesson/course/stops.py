"""Plans for a lesson of 10, 45 and 90 minutes: each stop is a link with its state and its question."""

from collections.abc import Mapping
from typing import NamedTuple

from lesson.classroom.asking import AFTER, BEFORE
from lesson.course.decks import places
from lesson.frame.parameters import ASK, NO_QUESTION
from lesson.gates import parameters as gates
from lesson.gradients import parameters as gradients
from lesson.sampling import parameters as sampling
from lesson.start.parameters import SECTION
from lesson.training import parameters as training
from lesson.training.troubles.experiments import EXPERIMENTS

PREDICTION, CHALLENGE, LOOK, TEST = "prediction", "challenge", "look", "test"


class Stop(NamedTuple):
    """A stop of a plan: minutes, what the class does, and where.

    asks: ids of the questions of its page that it asks, the first one first; they say which page and part it
    opens.  file: the page, where it asks nothing.  query: what else its link says.  watch: what a teacher
    finds out there, or has to expect.  room: what a room asks in their place: numbers, settings, networks
    that are trained, items of a test.  test: BEFORE or AFTER, of a stop that is a test.  in_room: what the
    class does in a room, in its order there, "" where that is the same.
    """

    minutes: int
    kind: str
    does: str
    asks: tuple[str, ...] = ()
    file: str = ""
    query: Mapping[str, str] = {}
    watch: str = ""
    room: tuple[str, ...] = ()
    test: str = ""
    in_room: str = ""


HERE = "1_start.py"
_GATES, _GRADIENTS, _TRAINING, _SAMPLING = (
    "2_gates.py", "3_gradients.py", "4_training.py", "5_sampling.py",
)  # fmt: skip
_WITHOUT = {ASK.name: NO_QUESTION}
_PATHS, _RECALL = "Two gradient paths", "Does it matter?"
_CHALLENGES = {gates.PART.name: "Challenges"}
_SOLVE_KEEP = "Solve the challenge *Keep*: set two biases so that the cell keeps a number."
_ASK_KEEP = "Ask: if f = 1, what happens to the old state?"
_ASK_SHARE = "Ask: with a forget bias of 3, what share of the gradient is left 50 steps back?"
_SEE_RACE = "Then look at the race of three cells, and drag the forget bias."
_WATCH_KEEP = "The name misleads: f is the share that is *kept*. f = 1 forgets nothing."
_WATCH_RACE = (
    "Many think that an LSTM always keeps more gradient than an RNN. With a forget bias of 0 it keeps less."
)
_WATCH_ZERO = "At temperature 0 the most likely character always wins. Some take that for the best text."
# The unit that the question is about; a test holds that it is this one.
_WITHOUT_ONE_UNIT = {
    sampling.NETWORK.name: "brackets", sampling.OPERATION.name: sampling.ABLATE, sampling.UNITS.name: "64",
}  # fmt: skip
_RATE = next(experiment for experiment in EXPERIMENTS if experiment.name == "rate_too_high")


def _what_is_new(minutes: int) -> Stop:
    words = (
        "Explain what a recurrent network is. Then type a word, and look at how the state changes at each "
        "step."
    )
    watch = "Some think that the cell stores text. It stores numbers, and each step changes them."
    return Stop(minutes, LOOK, words, file=HERE, query={SECTION.name: SECTION.default}, watch=watch)


# Questions that a lesson answers without asking them.
_ITEMS = ("hide", "without")
_WATCH_SEEDS = "Some think that a bad result is bad luck. Compare all thirty: the spread is the answer."


def _test(minutes: int, part: str) -> Stop:
    """Return the stop of the test at an end of the lesson."""
    does = {
        BEFORE: "Two questions before the lesson. Nobody is told what is right: the same questions come "
        "again at the end.",
        AFTER: "The two questions of the beginning once more, each student alone. The class sees how much "
        "it has gained.",
    }
    watch = {
        BEFORE: "Explain nothing yet. Who does not know says so: that is an answer, too.",
        AFTER: "From ten students on there is a number, with an interval. A small class has a wide one.",
    }
    query = {SECTION.name: SECTION.default}
    return Stop(minutes, TEST, does[part], (), HERE, query, watch[part], _ITEMS, part)


def _seeds(minutes: int) -> Stop:
    does = (
        "A room of the page *Class* trains thirty networks with a forget bias of 1, and thirty with 3. "
        "Before that all guess how many learn."
    )
    in_room = (
        "All guess how many of thirty networks learn with a forget bias of 1. Then train these thirty, and "
        "thirty with 3: each student has a seed of their own."
    )
    query = {gradients.VIEW.name: _RECALL, **_WITHOUT}
    return Stop(minutes, LOOK, does, (), _GRADIENTS, query, _WATCH_SEEDS, ("seeds_recall",), in_room=in_room)


PLANS: Mapping[int, tuple[Stop, ...]] = {
    10: (
        _what_is_new(2),
        Stop(5, PREDICTION, "Look at one cell. Ask: if f = 1, what happens to the old state? Then drag "
             "the cell's forget bias.", ("keep",), watch=_WATCH_KEEP,
             in_room=f"{_ASK_KEEP} Then look at one cell, and drag its forget bias."),
        Stop(3, LOOK, "A trained network writes. Drag the temperature to 0, then to 1.5.", file=_SAMPLING,
             query={sampling.TASK.name: sampling.WRITE, **_WITHOUT}, watch=_WATCH_ZERO),
    ),
    45: (
        _test(3, BEFORE),
        Stop(10, PREDICTION, "Look at one cell. Ask: if f = 1, what happens to the old state? Then everybody "
             "drags the sliders.", ("keep",),
             watch="f = 1 forgets nothing: f is the share that stays, and i C̃ is added to it.",
             in_room=f"{_ASK_KEEP} Then all calculate C, each with numbers of their own. At the end "
             "everybody drags the sliders of one cell."),
        Stop(8, CHALLENGE, _SOLVE_KEEP, in_room=f"{_SOLVE_KEEP} Then everybody chooses a pair of biases, and "
             "all pairs are compared.",
             file=_GATES, query={**_CHALLENGES, gates.CHALLENGE.name: "keep"}, room=("sweep_keep",),
             watch="Who leaves the input gate open gets stuck: then every step writes."),
        Stop(7, PREDICTION, "Look at the race of three cells. Ask: what does a forget bias of 3 change? "
             "Then drag the forget bias.", ("three",), query={gradients.FORGET_BIAS.name: "1"},
             watch=_WATCH_RACE, room=("number_share_left",), in_room=f"{_ASK_SHARE} {_SEE_RACE}"),
        _seeds(6),
        Stop(5, PREDICTION, "A network learns to write. Ask: from which step on can you read its text? "
             "Then play its training.", ("readable_from",),
             watch="Not everybody means the same by *readable*. Let them say what they mean.",
             room=("number_readable_from",)),
        Stop(3, PREDICTION, "Open *Gate surgery*. Ask: how good is a trained network with f = 0? Then read "
             "what it writes.", ("nothing_kept",), in_room="Ask: how good is a trained network with f = 0? "
             "Then open *Gate surgery*, and read what it writes.",
             watch="With f = 0 only the old C is lost. The cell still reads x, and h of the step before."),
        _test(3, AFTER),
    ),
    90: (
        _test(3, BEFORE),
        _what_is_new(4),
        Stop(12, PREDICTION, "Look at one cell. Ask: if f = 1, what happens to the old state? Then everybody "
             "tries the presets.", ("keep",), watch=_WATCH_KEEP,
             in_room=f"{_ASK_KEEP} Then look at one cell, and let everybody try the presets."),
        Stop(11, CHALLENGE, "Solve the challenge *Reset*: set biases and weights so that a signal clears the "
             "cell.", file=_GATES, query={**_CHALLENGES, gates.CHALLENGE.name: "reset"},
             watch="Some open the input gate to clear the cell. It only adds; the forget gate clears."),
        Stop(11, PREDICTION, "Look at the race of three cells. Ask: what does a forget bias of 3 change? "
             "Then drag the forget bias.", ("three",), query={gradients.FORGET_BIAS.name: "1"},
             watch=_WATCH_RACE, room=("sweep_forget_bias", "number_share_left"),
             in_room=f"Everybody chooses a forget bias, and all are compared. {_ASK_SHARE} {_SEE_RACE}"),
        Stop(7, LOOK, "Two gradient paths: compare how much of the gradient comes back on each of them.",
             file=_GRADIENTS, query={gradients.VIEW.name: _PATHS, **_WITHOUT},
             watch="Many drawings have only the path through C. The path through h is there as well."),
        _seeds(8),
        Stop(10, LOOK, "Everybody starts the same training run and watches it learn to write.",
             file=_TRAINING, query={training.TAB.name: "Live", **_WITHOUT},
             watch="Who sees another curve has other settings: with the same ones all see the same run."),
        Stop(7, PREDICTION, "Take a learning rate that is too high. Ask: what will the loss do? Then start "
             "the run.", (_RATE.question.id,),
             watch="Some call each rising loss overfitting. It is that only if the training loss falls."),
        Stop(7, PREDICTION, "Look at the temperature. Ask: what does the network write at temperature 0? "
             "Then drag the temperature to 0.", ("zero_temperature",), watch=_WATCH_ZERO,
             room=("zero_temperature", "sweep_temperature"),
             in_room="Ask: what does the network write at temperature 0? Then everybody chooses a "
             "temperature, and all are compared. At the end drag the temperature to 0."),
        Stop(7, CHALLENGE, "Look at the bracket model. Ask: how much does one unit matter? Then "
             "solve the challenge: make the model close its brackets.", ("one_unit_less",),
             query=_WITHOUT_ONE_UNIT,
             watch="A unit that matters need not be the only one. Ablate another one, and compare.",
             in_room="Ask: how much does one unit of the bracket model matter? Then solve the challenge: "
             "make the model close its brackets."),
        _test(3, AFTER),
    ),
}  # fmt: skip


def link_of(stop: Stop) -> tuple[str, dict[str, str]]:
    """Return the page of a stop, and what the address says: its part, its first question and its state."""
    if not stop.asks:
        return stop.file, dict(stop.query)
    file, query = places()[stop.asks[0]]
    return file, {**query, **stop.query}
