"""What is said of the two layers; all of it measured."""

from lesson.sampling.two_layers.properties import JUST_READ, ORDER, label_of
from lesson.sampling.two_layers.results import (
    CATALOGUE_SEED,
    ONE,
    TWO,
    Knowledge,
    judged_characters,
    knowledge,
    model_of,
    seeds,
)
from lstm.interpret.probes import INSIDE_QUOTES, MOST_BACK, NEXT, WORD_END, WORD_POSITION, back
from visualization.numbers import difference

_CLEAR = 0.02  # of a share: what is less is named no lead, and nothing that is read


def template(name: str) -> str:
    """Return the sentence about the character in view, with gaps for what is right and what is named."""
    if name == NEXT:
        asks = "Next comes {right}."
    elif name == JUST_READ:
        asks = "The network has just read {right}."
    elif name in (INSIDE_QUOTES, WORD_POSITION, WORD_END):
        asks = "Right: {right}."
    else:
        steps = int(name.split()[1])
        asks = f"{steps} character{'s' if steps > 1 else ''} before it stands {{right}}."
    return f"{asks} Probe on layer 1: {{first}}; on layer 2: {{second}}."


def all_along(name: str, right_here: tuple[int, ...], length: int) -> str:
    """Say how often the probes are right, here and over all judged characters."""
    of = knowledge()[name]
    return (
        f"**{label_of(name).capitalize()}**: in this text the probe on layer 1 is right at {right_here[0]} "
        f"of {length} characters, the one on layer 2 at {right_here[1]}. Of all {judged_characters():,} "
        f"judged characters: layer 1 {of.first:.1%}, layer 2 {of.second:.1%}; the most frequent answer "
        f"alone {of.chance:.1%}. {_which_is_ahead(of)}"
    )


def _which_is_ahead(of: Knowledge) -> str:
    """Say which layer's probe is better, and whether that is more than chance."""
    points = f"{100 * abs(of.ahead.mean):.1f} ± {100 * of.ahead.half_width:.1f} percentage points"
    if max(of.first, of.second) <= of.chance + _CLEAR:
        return "Neither is clearly better than always naming the most frequent answer."
    if not of.ahead.is_sure:
        return f"The two layers do not differ clearly ({points})."
    return f"**Layer {2 if of.ahead.mean > 0 else 1} is ahead** by {points}."


def clear_leads(seed: int) -> dict[str, int]:
    """Return the properties that one layer's probe names clearly better, and which layer it is."""
    return {
        name: 2 if of.ahead.mean > 0 else 1
        for name, of in knowledge(seed).items()
        if of.ahead.is_sure and abs(of.ahead.mean) >= _CLEAR
    }


def reach(layer: int) -> int:
    """Return how many steps back the characters can be read off a layer, all of them clearly above chance."""
    table, steps = knowledge(), 0
    while steps < MOST_BACK and table[back(steps + 1)][layer] > table[back(steps + 1)].chance + _CLEAR:
        steps += 1
    return steps


def verdict() -> str:
    """Say what each layer knows better in all networks that were trained, and what depends on the seed."""
    leads = [clear_leads(seed) for seed in seeds()]
    of_first, of_second = (
        ", ".join(f"*{label_of(name)}*" for name in ORDER if all(of.get(name) == layer for of in leads))
        for layer in (1, 2)
    )
    points = f"{100 * _CLEAR:.0f} percentage points"
    return (
        f"We trained {len(leads)} networks of two layers, from different seeds; the picture shows the first. "
        f"In all of them **layer 1 is ahead** (by {points} or more) at {of_first or 'nothing'}, and **layer "
        f"2** at {of_second or 'nothing'}. {_depends_on_the_seed(leads)}Earlier characters can be read "
        f"{_steps(reach(0))} back off layer 1 and {_steps(reach(1))} off layer 2, each at least {points} "
        "better than by always naming the most frequent answer (first network)."
    )


def _depends_on_the_seed(leads: list[dict[str, int]]) -> str:
    """Name, with its numbers, the property whose leads differ most from network to network; "" for none."""
    spreads = {
        name: max(gaps) - min(gaps)
        for name in ORDER
        if len({of.get(name) for of in leads}) > 1
        for gaps in [[knowledge(seed)[name].ahead.mean for seed in seeds()]]
    }
    if not spreads:
        return ""
    name = max(spreads, key=spreads.__getitem__)
    pairs = ", ".join(
        f"{of.first:.0%} and {of.second:.0%}" for of in (knowledge(seed)[name] for seed in seeds())
    )
    return f"Other things depend on the seed, most of all *{label_of(name)}*: layers 1 and 2 reach {pairs}. "


def _steps(count: int) -> str:
    return f"{count} step{'' if count == 1 else 's'}"


def about_the_models() -> str:
    """Say what is compared."""
    two, one = model_of(TWO), model_of(ONE)
    others = " and ".join(f"{model_of(TWO, seed).loss:.2f}" for seed in seeds() if seed != CATALOGUE_SEED)
    return (
        f"Two layers of {two.units} units have {two.parameters:,} parameters, the one-layer fables model "
        f"with {one.units} units has {one.parameters:,}. Loss on held-out text: {two.loss:.2f} nats per "
        f"character with two layers (from other seeds {others}), {one.loss:.2f} with one. The grey diamonds "
        f"stand for the one-layer model: a probe on its h has {one.units} numbers to read, one on a layer "
        f"here {two.units}."
    )


def about_forgetting() -> str:
    """Say what it costs if one layer forgets its C at every step."""
    two = model_of(TWO)
    first, second = two.forgets
    costs = [difference(loss, two.loss) for loss in two.forgets]
    others = [model_of(TWO, seed) for seed in seeds()]
    agree = sum((of.forgets[0] > of.forgets[1]) == (first > second) for of in others)
    return (
        f"With f = 0 a layer's C keeps nothing from one character to the next. In layer 1 this costs "
        f"{costs[0]} nats per character, in layer 2 {costs[1]}. Layer {1 if first > second else 2} costs "
        f"more in {agree} of {len(others)} networks from different seeds. If C itself is set to 0 in a "
        f"layer, its h is 0 too, and nothing gets through it: the loss is {two.ablated[0]:.2f} (layer 1) or "
        f"{two.ablated[1]:.2f} (layer 2)."
    )
