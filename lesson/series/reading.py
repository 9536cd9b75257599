"""Half a page to read: where numbers are another matter than characters, and where the tasks come from."""

import math
from collections.abc import Collection

import numpy as np
import streamlit as st

from lesson.frame.glossary import prose
from lesson.frame.navigation import page_link
from lesson.series.measures import LAST, LAST_VALUES, MEAN, baselines, test_steps
from lesson.series.results import count_learned, select
from lesson.widgets.display import show_source
from lesson.widgets.questions import note_cover
from lstm.series import training
from lstm.series.run import BATCH, HIDDEN, LEARNED
from lstm.series.streams import CORRECT, GAP, PAIRS, PERIOD, SINE_NOISE
from visualization.numbers import percent, scientific


def show_reading(covered: Collection[str]) -> None:
    """Draw the texts behind folds, the code, and the link to the same cells in PyTorch.

    covered: as `ask` returns it; the texts say what the questions ask for.
    """
    with st.expander("Half a page: numbers instead of characters", icon=":material/menu_book:"):
        note_cover() if covered else prose(_numbers())
    with st.expander("The tasks, exactly", icon=":material/list_alt:"):
        note_cover() if covered else prose(_tasks())
    show_source(training, "The code that trains on a series")
    page_link("9_pytorch.py", "The same cells in PyTorch")


def _numbers() -> str:
    losses = baselines("sine")
    weighted = losses[f"a weighted sum of the last {LAST_VALUES} values"]
    return f"""
**Output and loss.** For characters the network gives a probability for each of them. Here it gives one
number, and the loss is the squared error. There is no guessing at ln V to compare it with: something else has
to be computed.

**Baselines first.** The mean and the last value need no network (Hyndman & Athanasopoulos 2018 use them as
benchmarks). For the sine the mean has a loss of {scientific(losses[MEAN])}, the last value
{scientific(losses[LAST])}, and a weighted sum of the last {LAST_VALUES} values, found by least squares,
{scientific(weighted)}. A network whose loss is no lower is not worth its training. A loss that stays at the
mean's, the *variance*, says: it has learned nothing.

**Scaling.** σ and tanh change most around 0. So numbers are scaled: minus the mean, divided by the standard
deviation. Both come from the training part alone.

**No peeking.** The test is what comes *after* the training part, not steps drawn at random: their
neighbours would have been learned. Scaling by the mean of all values is peeking, too. So is choosing settings
by the test loss, as in the challenges here: an honest figure takes a third part, which is used once.

**One step or many.** To predict the next value is often easier than it looks: in a smooth series it is near
the last one. To predict many steps, a network can read its own predictions, and then its errors can add up. A
good loss for one step says little about that.

**Sequence length.** The gradient goes back over one sequence; the state goes on. What the state does not
keep by itself can be learned only if cause and effect lie in the same sequence.
"""


def _tasks() -> str:
    rows = [select("spike", "gru", 5, 150), select("spike", "rnn", 0, 150)]
    gru, rnn = map(count_learned, rows)
    variance = baselines("adding")[MEAN]
    error = math.sqrt(LEARNED["adding"] * variance)
    problems = sum(int((~np.isnan(chunk.targets)).sum()) for chunk in test_steps("adding"))
    return f"""
**Spike.** Noise from −0.3 to 0.3; a spike of 0.5 to 1 or −0.5 to −1; {GAP} steps later the question, then 5
to 30 steps until the next spike. A second input is 1 at a spike and −1 at a question. The loss counts at
questions only. With sequences of 150 steps, {gru} of {len(rows[0])} GRUs with $b_z$ = 5 learn it, and {rnn}
of {len(rows[1])} RNNs.

**Noisy sine.** A period of {PERIOD} steps and noise with a standard deviation of {SINE_NOISE:g}.

**Adding problem** (Hochreiter & Schmidhuber 1997, task 4). {PAIRS} pairs of a value from −1 to 1 and a
mark. Two values are marked, one of the first ten, one of the first half. At the end 0.5 + (their sum) / 4
is asked for. There the length varied by a tenth, and a problem was solved if the error was below
{CORRECT:g}. Here the length does not vary, and the task is learned if the test loss is below
{percent(LEARNED["adding"])} of the variance of its {problems} answers, which is {variance:.3f} (of very
many it is a little below (2/3) / 16 = {2 / 3 / 16:.3f}, since a marked
first value is 0). That is an error of {error:.3f}, root mean square.

**The networks** have {HIDDEN} units and read {BATCH} series side by side. Adam, learning rate 0.01, clipped
to norm 1. The LSTM's input gate begins with $b_i = −b_f$ (Tallec & Ollivier 2018, who draw $b_f$ between 0
and ln T for a memory of T steps). In 1997 the adding problem was begun with a negative $b_i$ as well: a gate
that lets in all the noise fills C before anything is learned.
"""
