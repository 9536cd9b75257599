"""What the exploding RNN asks while its controls are moved: curves, sentences, and what an update does."""

from collections.abc import Sequence
from typing import Any

from lesson.frame.query import Query
from lesson.gradients.curves import curve_data, curve_ends, joined, triangle_sentence
from lesson.gradients.flows import Setup, Update, updates
from lesson.gradients.parameters import EXPLOSION_RADIUS, SGD_RATE
from lesson.gradients.ranges import still_flow
from lesson.gradients.sentences import clipping_sentences, cosine, explosion_sentence
from lesson.widgets.inline_html import inline_html
from lesson.widgets.source import Answer
from visualization.charts.gradients import left_after
from visualization.drawings.gradient_curves import shares_left
from visualization.numbers import scientific

STEPS = 50
ALONG = (EXPLOSION_RADIUS,)


def explosion(query: Query) -> Answer:
    """Answer for every radius of the RNN, or for one setting."""
    lstm = shares_left(still_flow(Setup(T=STEPS), "lstm").dh)
    positions = [
        (Setup(T=STEPS, radius=one.number(EXPLOSION_RADIUS)), float(one.choice(SGD_RATE)))
        for one in query.positions(ALONG)
    ]
    rnns = [still_flow(setup, "rnn").dh for setup, _ in positions]
    return {
        "common": {
            "steps": STEPS,
            "still": {"LSTM": curve_data(lstm)},
            "range": joined(map(curve_ends, [lstm, *map(shares_left, rnns)])),
        },
        "frames": [
            {
                "axes": joined(map(curve_ends, [lstm, shares_left(rnn)])),
                "moving": (moving := {"RNN": curve_data(shares_left(rnn))}),
                **_words(setup, left_after(rnn, STEPS - 1), triangle_sentence(moving)),
                **compared_updates(updates(setup, rate)),
            }
            for (setup, rate), rnn in zip(positions, rnns, strict=True)
        ],
    }


def _words(setup: Setup, left: float, triangles: str) -> dict[str, str]:
    words = explosion_sentence(setup, left)
    return {"alt": words, "words": inline_html(f"**{words}**") + triangles}


def compared_updates(compared: Sequence[Update]) -> dict[str, Any]:
    """Return what one update does without and with clipping, as rows of a table and in words."""
    return {
        "rows": [
            [row.name, scientific(row.clipped), scientific(row.moved), cosine(row.kept_direction)]
            for row in compared
        ],
        "clipping": inline_html(clipping_sentences(*compared)),
    }
