"""What is said of the pictures of the part, computed from their numbers."""

from collections.abc import Sequence

from lesson.training.parameters import NEVER
from lesson.training.truncation.measured import (
    ContextLosses,
    GradientCost,
    StateCost,
    contexts,
    model_lengths,
    settings,
)
from lesson.training.truncation.passage import Passage
from lesson.training.truncation.pictures import (
    block_columns,
    block_symbol,
    mean_losses,
    mean_whole,
    medians,
    spread,
)
from visualization.numbers import difference, number

NOTICEABLE = 0.01  # nats: a difference of losses that counts


def of_state(cost: StateCost, passage: Passage, cut: str, elsewhere: float) -> str:
    """Say what the reset of the state costs; elsewhere: the model's loss in other parts."""
    here, before = number(passage.mean(cut)), number(passage.mean(NEVER))
    if cut == NEVER:
        return (
            f"**State carried on:** the loss on the held-out text is {number(cost.carried)} nats per "
            f"character, in this passage {here}.{_elsewhere(cost, elsewhere)}"
        )
    more = difference(cost.at(cut), cost.carried)
    return (
        f"**State reset every {_characters(cut)}:** the loss is {number(cost.at(cut))} instead of "
        f"{number(cost.carried)} nats per character, {more} more (in this passage {here} instead of "
        f"{before}).{_elsewhere(cost, elsewhere)}"
    )


def _elsewhere(cost: StateCost, loss: float) -> str:
    """Say why other parts give the model another loss; "" if it is the same as it is written."""
    if number(loss) == number(cost.carried):
        return ""
    return (
        f" Elsewhere you find {number(loss)} instead of {number(cost.carried)}: there the text is read in "
        "segments, each from a state of zeros."
    )


def of_gradient(cost: GradientCost, cut: str) -> str:
    """Say how far the cut gradient is from the whole one, and which weights it concerns most."""
    stretch, places = settings()["stretch"], settings()["places"]
    if cut == NEVER or int(cut) >= stretch:
        return (
            f"**Gradient not cut:** it goes back over all {stretch} characters. This is the whole gradient, "
            "and the cosine is 1."
        )
    cosine, length = (part["cell"][int(cut)] for part in (cost.cosine, cost.length))
    order = sorted(cost.blocks, key=lambda name: medians(name, cost, int(cut))[0])
    worst, best = order[0], order[-1]
    return (
        f"**Gradient cut every {_characters(cut)}, state carried on:** its cosine with the whole gradient is "
        f"{_cosine(cosine.median)} (median of {places} places, {spread(cosine)}), and its length is "
        f"{number(length.median)} of the whole one's. Farthest from the whole gradient: "
        f"{_block(worst, cost, cut)}; nearest: {_block(best, cost, cut)}."
    )


def _block(name: str, cost: GradientCost, cut: str) -> str:
    cosine = _cosine(medians(name, cost, int(cut))[0])
    return f"${block_symbol(name)}$, columns for ${block_columns(name)}$ ({cosine})"


def _cosine(value: float) -> str:
    """Return a cosine; one that is only near 1 does not read as 1."""
    written = (number(value, digits) for digits in (2, 3, 4, 5))
    return next((text for text in written if float(text) != 1), "1")


def _characters(cut: str) -> str:
    return "character" if cut == "1" else f"{cut} characters"


def of_model(name: str) -> str:
    """Say how far back a model of the catalogue looks, beside the length it was trained with."""
    context, length = contexts()[name], model_lengths()[name]
    steps, reach = list(context.by_context), reach_of(context)
    measured = (
        f"**How far back does this model look?** It was trained with sequences of {length} characters. We "
        f"let it see only the last k characters before each prediction, k = {steps[0]} to {steps[-1]}."
    )
    if reach is None:
        return (
            f"{measured} Even with k = {steps[-1]} its loss is more than {NOTICEABLE} nats above the loss "
            "with everything before."
        )
    side = "more than" if reach > length else "as many as" if reach == length else "fewer than"
    return (
        f"{measured} From k = {reach} on, the loss is at most {NOTICEABLE} nats above the loss with "
        f"everything before. That is {side} the {length} of its training. A reset every k is harder: just "
        "after a reset the model has seen only a few characters. Here it always sees the last k."
    )


def reach_of(context: ContextLosses) -> int | None:
    """Return the first number of characters from which on more of them hardly matter, None if there is none.

    Of those that were measured; from there on the loss is at most NOTICEABLE above that with everything.
    """
    steps = list(context.by_context)
    short = [k for k, loss in context.by_context.items() if loss - context.whole > NOTICEABLE]
    return next((k for k in steps if k > max(short, default=0)), None)


def of_lengths(text: str, length: int, runs: Sequence[ContextLosses]) -> str:
    """Say how much a network that was trained with a cut gains from what lies further back."""
    gains = [run.gain_beyond(length) for run in runs]
    last_only, whole = mean_losses(runs)[length], mean_whole(runs)
    measured = (
        f"**Trained with sequences of {length} characters** ({len(runs)} seeds, text *{text}*): if a network "
        f"sees only the last {length} characters, its loss is {number(last_only)}; if it sees everything "
        f"before, {number(whole)}."
    )
    if min(gains) > NOTICEABLE:
        return (
            f"{measured} In training no error went back over more than {length} characters. What stands "
            f"further back lowers the loss by {number(min(gains))} to {number(max(gains))} nats."
        )
    if max(map(abs, gains)) <= NOTICEABLE:
        return f"{measured} What lies further back changes the loss by at most {NOTICEABLE} nats."
    return (
        f"{measured} The difference is {number(min(gains), 3)} to {number(max(gains), 3)} nats: not in every "
        f"seed does what lies further back lower the loss by more than {NOTICEABLE}."
    )
