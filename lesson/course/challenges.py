"""Every challenge of the course, by page: for what a visitor keeps, and for *My course*."""

from collections.abc import Mapping

from lesson.frame.memo import memo
from lesson.gates.challenges.answers import failure
from lesson.gates.challenges.catalogue import CHALLENGES as GATES
from lesson.gates.challenges.checker import check
from lesson.gradients.challenges.part import CHALLENGES as GRADIENTS
from lesson.pytorch import challenge as pytorch_challenge
from lesson.sampling.memory.quotes_challenge import WHO_IS_SPEAKING
from lesson.sampling.surgery.closing_challenge import CLOSE_IT
from lesson.training.live.challenges import CHALLENGES as TRAINING

# The title of each by its name, by the address of its page.
CHALLENGES: Mapping[str, Mapping[str, str]] = {
    "gates": {name: challenge.title for name, challenge in GATES.items()},
    "gradients": {challenge.name: challenge.title for challenge in GRADIENTS},
    "training": {challenge.name: challenge.title for challenge in TRAINING},
    "sampling": {challenge.name: challenge.title for challenge in (CLOSE_IT, WHO_IS_SPEAKING)},
    "pytorch": {pytorch_challenge.NAME: pytorch_challenge.TITLE},
}
_FIRST_ATTEMPTS = 4


@memo()
def first_failures() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return what fails first where nobody has moved a slider, in some attempts, by page and challenge.

    Of challenges that say so; a rehearsal of a lesson shows it, in which nobody really tries.
    """
    attempts = range(_FIRST_ATTEMPTS)
    rows = {
        name: tuple(dict.fromkeys(failure(check(challenge, {}, attempt)) for attempt in attempts))
        for name, challenge in GATES.items()
    }
    return {"gates": rows}
