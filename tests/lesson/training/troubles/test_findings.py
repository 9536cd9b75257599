"""What is said of two runs, from losses that are made up: nothing is trained."""

from math import log

import pytest

from lesson.training.engine.recording import Recording
from lesson.training.engine.viewer import Watched
from lesson.training.troubles.experiments import EXPERIMENTS

BY_NAME = {experiment.name: experiment for experiment in EXPERIMENTS}


def watched(settings, loss, highest=0.0, steps=40):
    """A run of one loss all along, but for its third step if `highest` is higher, seen to its end."""
    recording = Recording(settings, "text")
    recording.begin({"steps": steps, "began": 0, "chunks": 10, "vocabulary": list("abcd"), "parameters": 7})
    losses = {"loss": [loss, loss, max(loss, highest), *[loss] * (steps - 3)], "norm": [1.0] * steps}
    recording.add({"from": 0, "to": steps, **losses, "seconds": 4.0, "finished": True}, 0.0)
    return Watched(recording, steps)


@pytest.mark.parametrize(
    ("faulty", "cured", "says"),
    [
        (1.8, 1.3, "the loss is 0.50 nats higher"),
        (1.4, 1.3, "only 0.10 nats higher"),
        (1.0, 1.3, "0.30 nats lower"),
    ],
)
def test_a_batch_of_one_is_behind_or_ahead_by_the_difference_of_the_losses(faulty, cured, says):
    experiment = BY_NAME["batch_of_one"]
    said = experiment.describe(watched(experiment.faulty, faulty), watched(experiment.cured, cured))
    assert says in said and ("nats higher" in said) == (faulty > cured)


def test_a_loss_has_risen_only_if_it_was_well_above_guessing():
    """The first losses lie around ln V, on both sides."""
    experiment, guess = BY_NAME["rate_too_high"], log(4)
    ill, cured = watched(experiment.faulty, 1.0, 2 * guess), watched(experiment.cured, 1.0, 1.05 * guess)
    said = experiment.describe(ill, cured)
    assert f"the loss rose to {2 * guess:.2f} at step 3" in said
    assert (
        f"the loss was never far above uniform guessing ({guess:.2f}) and is 1.00 (perplexity 2.72) now"
        in said
    )
