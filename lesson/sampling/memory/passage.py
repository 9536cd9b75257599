"""The text that a network reads in this part: what it wrote, text kept from training, or a visitor's own."""

from lesson.frame.query import Query
from lesson.sampling.parameters import READS, UNSEEN_TEXT, WHAT_IT_WROTE
from lesson.sampling.write.controls import WritingSettings
from lesson.sampling.write.passages import Passage, read, write
from lesson.widgets.unknown_characters import known_part

MOST = 500  # characters that are read
OWN = "own"  # in a question: a visitor's own text


def passage_of(settings: WritingSettings, query: Query) -> Passage | None:
    """Return the passage that a picture asks about, None for a text that is too short."""
    network, reads = settings.network, query.choice(READS)
    if reads == WHAT_IT_WROTE:
        return write(network, settings.draw).first_part(MOST)
    if reads == UNSEEN_TEXT:
        text = network.unseen_text(MOST)
    else:
        text = known_part(query.values.get(OWN, "")[:MOST], network.checkpoint.vocabulary)
    return read(network, text) if len(text) > 1 else None
