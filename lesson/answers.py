"""All that the server answers while something is moved: each room's sources, by their address."""

from collections.abc import Mapping

from lesson.frame.memo import memo
from lesson.widgets.source import Source


@memo()
def answers() -> Mapping[str, Source]:
    """Return every source by its address below api/.

    The rooms are imported at the first question: the first page's text comes before anything heavy.
    """
    from lesson.cheatsheet import answers as cheatsheet
    from lesson.gates import answers as gates
    from lesson.gates.challenges import answers as gates_challenges
    from lesson.gradients import answers as gradients
    from lesson.gradients.challenges import answers as gradients_challenges
    from lesson.sampling.memory import answers as memory
    from lesson.sampling.surgery import answers as surgery
    from lesson.sampling.write import answers as write
    from lesson.start import answers as start
    from lesson.training.live import answers as training_live
    from lesson.training.replay import answers as replay
    from lesson.training.troubles import answers as troubles

    return {
        **cheatsheet.ANSWERS,
        **gates.ANSWERS,
        **gates_challenges.ANSWERS,
        **gradients.ANSWERS,
        **gradients_challenges.ANSWERS,
        **memory.ANSWERS,
        **surgery.ANSWERS,
        **write.ANSWERS,
        **start.ANSWERS,
        **training_live.ANSWERS,
        **replay.ANSWERS,
        **troubles.ANSWERS,
    }
