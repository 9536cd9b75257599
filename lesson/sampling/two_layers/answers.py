"""What the part *Two layers* asks while its sliders are moved: maps, what the probes name, and how often."""

import base64
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lesson.frame.memo import memo
from lesson.frame.query import Query
from lesson.sampling.parameters import STEPS_BACK
from lesson.sampling.two_layers import sentences
from lesson.sampling.two_layers.probing import probing
from lesson.sampling.two_layers.properties import (
    ORDER,
    classes_in_words,
    label_of,
    property_of,
    setting_of,
)
from lesson.sampling.two_layers.results import ONE, TWO, knowledge, model_of
from lesson.widgets.inline_html import inline_html
from lesson.widgets.source import Answer, Source
from visualization.drawings.heat import heat, shade_indices, unit_order


def two_layers(query: Query) -> Answer:
    """Answer along the steps back, or for one property: what the probe on each layer names."""
    return {
        "common": _common(),
        "frames": [_frame(property_of(one)) for one in query.positions([STEPS_BACK])],
    }


@memo()
def _common() -> dict[str, Any]:
    """Return what all properties share: the text, the maps of both layers, and the results."""
    text, table = probing().text, knowledge()
    rows = [
        {
            "name": name, "label": label_of(name), "setting": setting_of(name),
            "places": [_place(share) for share in table[name][:4]],
            "says": f"{table[name].first:.0%} · {table[name].second:.0%}",
            "alt": f"{label_of(name)}: layer 1 {table[name].first:.0%}, layer 2 {table[name].second:.0%}, "
            f"one layer {table[name].one:.0%}, most frequent answer {table[name].chance:.0%}",
        }
        for name in ORDER
    ]  # fmt: skip
    return {
        "text": list(text),
        "maps": [_map(states) for states in probing().states],
        "units": probing().states[0].shape[1],
        "rows": rows,
        "verdict": inline_html(sentences.verdict()),
        "models": inline_html(sentences.about_the_models()),
        "losses": _losses(),
        "forgetting": inline_html(sentences.about_forgetting()),
    }


def _map(states: NDArray) -> str:
    """Return the map of a layer's h: a byte for each unit and character, its place in the palette."""
    picture = heat(states, "h", unit_order(states), "light", own_scale=True)
    return base64.b64encode(shade_indices(picture.codes, picture).tobytes()).decode()


def _place(share: float) -> int:
    return round(10_000 * share)


def _losses() -> list[dict[str, Any]]:
    """Return a bar for each loss, its length in ten-thousandths of the longest."""
    two, one = model_of(TWO), model_of(ONE)
    losses = {
        "two layers, as they are": two.loss, "f = 0 in layer 1": two.forgets[0],
        "f = 0 in layer 2": two.forgets[1], "one layer, as it is": one.loss, "one layer, f = 0":
        one.forgets[0], }  # fmt: skip
    most = max(losses.values())
    return [
        {"label": label, "says": f"{loss:.2f}", "length": _place(loss / most)}
        for label, loss in losses.items()
    ]


@memo(entries=len(ORDER))
def _frame(name: str) -> Mapping[str, Any]:
    """Return what is right, and what the probe on each layer names, at every character in view."""
    right, by_layer = probing().namings[name]
    classes = classes_in_words(name, probing().chars)
    right_here = tuple(int(np.sum(one == right)) for one in by_layer)
    return {
        "name": name,
        "label": label_of(name),
        "right": right.tolist(),
        "layers": [one.tolist() for one in by_layer],
        "signs": classes.signs,
        "classes": classes.words,
        "template": sentences.template(name),
        "words": inline_html(sentences.all_along(name, right_here, len(right))),
    }


ANSWERS = {"sampling/two_layers": Source(two_layers, slow=True)}
