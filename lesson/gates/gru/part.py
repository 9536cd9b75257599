"""The part *GRU*: its cell, drawn and live, and how far it can count."""

from lesson.frame.links import complain, mend
from lesson.gates.gru import cell_part, count_part
from lesson.gates.parameters import GRU_VIEW


def show() -> frozenset[str]:
    """Show the cell or the challenge; return what is covered."""
    complain(mend(GRU_VIEW))
    if GRU_VIEW.pills(label_visibility="collapsed") == GRU_VIEW.default:
        return cell_part.show()
    count_part.show()
    return frozenset()
