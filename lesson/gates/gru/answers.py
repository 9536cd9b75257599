"""What the pictures of the part *GRU* ask while their controls are moved."""

from collections.abc import Mapping

from lesson.gates.gru.cell_answer import cell
from lesson.gates.gru.count_answers import run, verdict
from lesson.gates.gru.saturation import saturation
from lesson.widgets.source import Source

ANSWERS: Mapping[str, Source] = {
    "gates/gru": Source(cell, in_thread=True),
    "gates/gru-count": Source(run, in_thread=True),
    "gates/gru-check": Source(verdict, in_thread=True),
    "gates/gru-pulses": Source(saturation, in_thread=True),
}
