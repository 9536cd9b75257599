"""What the pictures of the part *Truncation* ask while their controls are moved."""

from typing import Any

import numpy as np

from lesson.frame.memo import memo
from lesson.frame.query import Query
from lesson.training.parameters import CUT, CUT_MODEL, LENGTH_TEXT, TRAINED_LENGTH
from lesson.training.truncation import pictures, sentences
from lesson.training.truncation.measured import TRAINED, gradient_costs, state_costs, trained
from lesson.training.truncation.passage import passage_of, resets
from lesson.widgets.catalogue import model, saved_loss
from lesson.widgets.inline_html import inline_html, plain_text
from lesson.widgets.source import Answer, Source
from visualization.drawings.expectations import tints

MOST_NATS = 8 * float(np.log(2))  # the strongest colour of a surprise: 8 bits, as on the page Sampling


def cuts(query: Query) -> Answer:
    """Answer along the cuts, or for one: a passage with its surprises, two curves with a point, bars."""
    common, frames = _all_cuts(query.choice(CUT_MODEL))
    positions = [one.choice(CUT) for one in query.positions([CUT])]
    return {"common": common, "frames": [frames[cut] for cut in positions]}


@memo(entries=20)
def _all_cuts(name: str) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Return what all cuts of a model share, and a frame for each."""
    state, gradient, passage = state_costs()[name], gradient_costs()[name], passage_of(name)
    elsewhere = saved_loss(model(name))
    common = {
        "text": passage.text,
        "charts": [pictures.state_chart(state), pictures.gradient_chart(gradient)],
        "about": inline_html(sentences.of_model(name)),
    }
    frames = {}
    for cut in CUT.options:
        sentences_of_both = (
            sentences.of_state(state, passage, cut, elsewhere), sentences.of_gradient(gradient, cut)
        )  # fmt: skip
        frames[cut] = {
            "tints": tints(passage.losses[cut], MOST_NATS),
            "resets": resets(cut),
            "at": pictures.place_of_cut(cut),
            "dots": [pictures.state_dot(state, cut), pictures.gradient_dot(gradient, cut)],
            "rows": pictures.block_rows(gradient, cut),
            "words": [inline_html(words) for words in sentences_of_both],
            "alts": [plain_text(words) for words in sentences_of_both],
        }
    return common, frames


def lengths(query: Query) -> Answer:
    """Answer along the lengths of training, or for one: what a network gains from further back."""
    text = query.choice(LENGTH_TEXT)
    by_length = {length: trained(text, length) for length in TRAINED}
    chosen = [int(one.choice(TRAINED_LENGTH)) for one in query.positions([TRAINED_LENGTH])]
    frames = []
    for length in chosen:
        words = sentences.of_lengths(text, length, by_length[length])
        chart = pictures.length_chart(by_length, length)
        frames.append({"chart": chart, "words": inline_html(words), "alt": plain_text(words)})
    return {"common": {}, "frames": frames}


ANSWERS = {
    "truncation/cuts": Source(cuts, in_thread=True),
    "truncation/lengths": Source(lengths),
}
