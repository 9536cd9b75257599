"""What the gates page asks while something on it is moved: the cell along a slider, and the vectors."""

from lesson.frame.query import Query
from lesson.gates import input_presets
from lesson.gates.parameters import INPUT, NOISE, RNN, STEPS, VALUES
from lesson.gates.sliders import setting_of_query, slider_of_query
from lesson.gates.tables import RunTables, packed, run_along, table_along
from lesson.gates.vectors_answer import vectors
from lesson.widgets.source import Answer, Source


def step(query: Query) -> Answer:
    """Answer with one step of the cell along a slider's range."""
    return {"numbers": packed(table_along(setting_of_query(query), slider_of_query(query)))}


def run(query: Query) -> Answer:
    """Answer with a run of the cell along an input, at every position of a slider.

    complaint: a sentence if the typed numbers are not read as they are, else "".  Raises InputError if they
    can't be read.
    """
    kind, complaint = query.choice(INPUT), None
    if kind == input_presets.OWN:
        x, complaint = input_presets.parse(query.text(VALUES))
    else:
        x = input_presets.preset(kind, int(query.number(STEPS)), int(query.number(NOISE)))
    slider = slider_of_query(query, over_time=True)
    tables = run_along(setting_of_query(query), slider, x, query.switch(RNN))
    return {**run_answer(tables), "complaint": complaint or ""}


def run_answer(tables: RunTables) -> dict[str, str]:
    """Return the tables of a run as they travel; "" for an RNN that is not drawn."""
    return {
        "x": packed(tables.x),
        "numbers": packed(tables.quantities),
        "rnn": "" if tables.rnn is None else packed(tables.rnn),
    }


ANSWERS = {
    "gates/step": Source(step),
    "gates/run": Source(run, in_thread=True),
    "gates/vectors": Source(vectors, in_thread=True),
}
