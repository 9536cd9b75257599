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
    from lesson.gates.cell_variants import answers as cell_variants
    from lesson.gates.challenges import answers as gates_challenges
    from lesson.gates.gru import answers as gru
    from lesson.gradients import answers as gradients
    from lesson.gradients.challenges import answers as gradients_challenges
    from lesson.gradients.explosion import answers as explosion
    from lesson.gradients.first_weights import answers as first_weights
    from lesson.gradients.product import answers as product
    from lesson.sampling.gaps import answers as gaps
    from lesson.sampling.memory import answers as memory
    from lesson.sampling.own_mistakes import answers as own_mistakes
    from lesson.sampling.surgery import answers as surgery
    from lesson.sampling.two_layers import answers as two_layers
    from lesson.sampling.write import answers as write
    from lesson.series import answers as series
    from lesson.start import answers as start
    from lesson.training.live import answers as training_live
    from lesson.training.replay import answers as replay
    from lesson.training.troubles import answers as troubles
    from lesson.training.truncation import answers as truncation

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
        **cell_variants.ANSWERS,
        **gru.ANSWERS,
        **explosion.ANSWERS,
        **first_weights.ANSWERS,
        **product.ANSWERS,
        **gaps.ANSWERS,
        **own_mistakes.ANSWERS,
        **two_layers.ANSWERS,
        **series.ANSWERS,
        **truncation.ANSWERS,
    }
