"""The ways in which pages show the live cell."""

from typing import NamedTuple

from lesson.frame.parameters import Parameter
from lesson.gates.parameters import CELL, INPUT, NOISE, RNN, STEPS, VALUES
from lesson.gates.sliders import SLIDERS, START, Setting
from lesson.widgets.panel import Control

WEIGHTS = tuple(name for name in SLIDERS if name.startswith("w_"))


class View(NamedTuple):
    """One way of showing the cell.

    name: of the view on its page.  answers: the address of what it asks, below api/.  parameter: carries
    the setting in the address; in a tab each view has a setting of its own.  main, more, weights:
    sliders in view at once, and behind two drawers; locked: those that are not shown stand as at the start.
    words: what is said of the cell, with gaps for its numbers; rnn_words: of the RNN beside it.  over_time:
    the cell runs along an input instead of taking one step.  controls: what the input is chosen with.
    """

    name: str
    answers: str
    parameter: Parameter
    main: tuple[str, ...]
    more: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    start: Setting = START
    locked: bool = False
    words: str = ""
    rnn_words: str = ""
    over_time: bool = False
    controls: tuple[Control, ...] = ()
    presets: bool = False

    def allowed(self, setting: Setting) -> Setting:
        """Return a setting as this view can have it."""
        return {**self.start, **{name: setting[name] for name in self.main}} if self.locked else setting


_NEW_STATE = (
    "keeps {f} of its old cell state ({C_prev} becomes {kept_part}) and adds {added_part}: now C is {C}. It "
    "shows {o} of tanh C, so h is {h}. If f stayed as it is and nothing were added, half of any C would be "
    "gone after {half_life}."
)
ONE_STEP = View(
    "step", "gates/step", CELL, ("x", "C_prev", "b_f"), ("h_prev", "b_i", "b_C", "b_o"), WEIGHTS,
    words=f"The cell {_NEW_STATE}",
    presets=True,
)  # fmt: skip
# It starts empty: what the pulse writes is then all that the cell has.
OVER_TIME = View(
    "time", "gates/run", CELL, ("b_f", "b_i", "C_prev"), ("b_C", "b_o", "h_prev"), WEIGHTS,
    start={**START, "C_prev": 0.0},
    words=f"At step {{t}} the cell {_NEW_STATE}",
    rnn_words=" The RNN has the same weights as the candidate, and no gates. It computes its whole state "
    "anew at every step. Here the RNN's h is {rnn}, and the LSTM's h is {h}.",
    over_time=True,
    controls=(Control(INPUT), Control(STEPS), Control(VALUES), Control(NOISE, as_field=True), Control(RNN)),
)  # fmt: skip
