"""A view of a lesson for course notes: its picture and its controls, in a frame of another page."""

from collections.abc import Iterator
from html import escape
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import streamlit as st

from lesson.frame.glossary import note
from lesson.frame.lessons import LESSONS
from lesson.gates.parameters import PART
from lesson.gradients.parameters import VIEW
from lesson.sampling.parameters import MEMORY, SURGERY, TASK, WRITE
from lesson.training.parameters import TAB

WIDTH = 760  # pixels, of a column of text
# How high a frame of this width has to be for each part of a page; the other parts are no pictures for notes.
_HEIGHTS = {
    "2_gates.py": {"One step": 1000, "Over time": 1400, "Vectors": 2350},
    "3_gradients.py": {"The race": 1000, "Two gradient paths": 1100, "Explosion": 800},
    "4_training.py": {"Replay": 1130, "Live": 1000, "Problems": 1000},
    "5_sampling.py": {WRITE: 1100, MEMORY: 2000, SURGERY: 1900},
    "6_series.py": {"": 1000},
    "9_pytorch.py": {"": 400},
}
_PARTS = {"2_gates.py": PART, "3_gradients.py": VIEW, "4_training.py": TAB, "5_sampling.py": TASK}


class EmbeddedView(NamedTuple):
    """A view: its name, its address below that of the course, and the height of its frame in pixels."""

    name: str
    address: str
    height: int


def views() -> Iterator[EmbeddedView]:
    """Yield every view that can be embedded."""
    for lesson in LESSONS:
        for part, height in _HEIGHTS.get(lesson.file, {}).items():
            query = {"embed": "true"} | ({_PARTS[lesson.file].name: part} if part else {})
            name = f"{lesson.title}: {part}" if part else lesson.title
            yield EmbeddedView(name, f"{lesson.address}?{urlencode(query)}", height)


def frame_html(view: EmbeddedView, course: str) -> str:
    """Return the HTML of a frame; course: the address of the course."""
    address = escape(f"{course.rstrip('/')}/{view.address}")
    return f'<iframe src="{address}" width="100%" height="{view.height}"></iframe>'


def show_frames() -> None:
    """Draw a drawer in which a lecturer chooses a view and copies its frame."""
    with st.expander("A picture in your course notes", icon=":material/frame_source:"):
        note(
            f"The frame holds a picture of the course and its controls, without questions. It fits a column "
            f"of {WIDTH} pixels without scrolling. To open it with other settings, set them on the page "
            "first. Then copy the part of the page's address after the question mark, and paste it into the "
            "frame's address, after embed=true&."
        )
        by_name = {view.name: view for view in views()}
        name = st.selectbox("View", list(by_name), key="embedded_view")
        parts = urlsplit(st.context.url or "")
        st.code(frame_html(by_name[name], f"{parts.scheme}://{parts.netloc}{parts.path}"), language=None)
