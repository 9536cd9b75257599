"""Every challenge of the course, by page: for what a visitor keeps, and for *My course*."""

from collections.abc import Mapping

from lesson.frame.memo import memo
from lesson.gates.challenges.answers import failure
from lesson.gates.challenges.catalogue import CHALLENGES as GATES
from lesson.gates.challenges.challenge import Challenge
from lesson.gates.challenges.checker import check
from lesson.gates.gru.challenge import CHALLENGE as COUNT_WITH_A_GRU
from lesson.gradients.challenges.part import CHALLENGES as GRADIENTS
from lesson.gradients.product.challenge import TEN_NETWORKS
from lesson.pytorch import challenge as pytorch_challenge
from lesson.sampling.gaps.challenge import SURE_AND_WRONG
from lesson.sampling.memory.quotes_challenge import WHO_IS_SPEAKING
from lesson.sampling.surgery.closing_challenge import CLOSE_IT
from lesson.series.challenges import CHALLENGES as SERIES
from lesson.training.live.challenges import CHALLENGES as TRAINING

_OF_CELLS: Mapping[str, Challenge] = {**GATES, COUNT_WITH_A_GRU.name: COUNT_WITH_A_GRU}
# The title of each by its name, by the address of its page.
CHALLENGES: Mapping[str, Mapping[str, str]] = {
    "gates": {name: challenge.title for name, challenge in _OF_CELLS.items()},
    "gradients": {challenge.name: challenge.title for challenge in (*GRADIENTS, TEN_NETWORKS)},
    "training": {challenge.name: challenge.title for challenge in TRAINING},
    "sampling": {
        challenge.name: challenge.title for challenge in (CLOSE_IT, WHO_IS_SPEAKING, SURE_AND_WRONG)
    },
    "series": {challenge.name: challenge.title for challenge in SERIES},
    "pytorch": {pytorch_challenge.NAME: pytorch_challenge.TITLE},
}

_ATTEMPTS = 2  # at each setting


@memo()
def first_failures() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return what fails first on the way to a solution, by page and challenge, of those that say so.

    With the sliders as they are at the start and after each stage of the worked solution but the last: a
    rehearsal of a lesson shows it, in which nobody really tries.
    """
    return {"gates": {name: _failures(challenge) for name, challenge in _OF_CELLS.items()}}


def _failures(challenge: Challenge) -> tuple[str, ...]:
    settings: list[dict[str, float]] = [{}]
    for stage in challenge.solution[:-1]:
        settings.append({**settings[-1], **stage.change})
    lines = (
        failure(check(challenge, setting, attempt)) for setting in settings for attempt in range(_ATTEMPTS)
    )
    return tuple(dict.fromkeys(filter(None, lines)))
