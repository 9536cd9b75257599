"""Plan a lesson: the stops of a plan with their links, sheets for printing, frames for course notes."""

from collections.abc import Sequence

import streamlit as st

from lesson.course.embedding import show_frames
from lesson.course.stops import CHALLENGE, HERE, LOOK, PLANS, PREDICTION, TEST, Stop, link_of
from lesson.course.worksheet import take_lesson
from lesson.frame.glossary import prose
from lesson.frame.links import complain, mend
from lesson.frame.navigation import page_link
from lesson.start.parameters import MINUTES, SECTION, WORD
from lesson.widgets.panel import set_panel

_MARKS = {
    PREDICTION: ":blue-badge[predict]",
    CHALLENGE: ":orange-badge[solve a challenge]",
    LOOK: ":gray-badge[look together]",
    TEST: ":green-badge[answer alone]",
}
_INTRODUCTION = """
This page is for teachers. Choose how many minutes you have. The stops below fill this time. Each stop says
what the class does, and its link opens the page with the right settings.
"""

_ADVICE = """
**Before class.** Open each link once. The server then computes the results once and keeps them, so the class
does not have to wait. A link always opens its page with the settings of the plan and with unanswered
questions. Students open the same address as you and find the links here, too. Nobody needs an account, and
all students move their own sliders. In the part *Live* of the page *Training*, students with the same
settings see the same run.

**Predictions.** Let everybody answer before you show the answer: on their own screens, or together, with one
question at a time on the *Projector* (see the menu above). Three to five predictions are enough for a
lesson, and one or two challenges.

**On paper.** At the end of each lesson page, *A worksheet to print* makes a worksheet and its answer key.
Below is a worksheet for a lesson of 45 minutes.

**If the internet connection fails.** The same course runs on your laptop, from a copy of the repository.
Before class `pip install -r requirements.txt` makes it ready. Then `streamlit run streamlit_app.py` needs no
internet.
"""


def show() -> None:
    """Show the part: the plan of the length that is chosen, and advice."""
    complain(mend(MINUTES))
    prose(_INTRODUCTION)
    page_link("10_class.py", "The page Class runs this plan with one key, with votes from phones")
    _list_stops(PLANS[int(MINUTES.segmented_control())])
    prose(_ADVICE)
    take_lesson()
    show_frames()


def _list_stops(stops: Sequence[Stop]) -> None:
    """List the stops of a plan, each with a link that opens it."""
    minute = 0
    for stop in stops:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            end = minute + stop.minutes
            prose(f"**Minutes {minute} to {end}** {_MARKS[stop.kind]}  \n{stop.does}")
            if stop.in_room:
                prose(f":material/groups: In a room: {stop.in_room}")
            file, query = link_of(stop)
            if stop.test:
                page_link("10_class.py", "Ask them on the page Class")
            elif file == HERE:  # a link to the page that one is on changes nothing
                st.button(
                    "Open it", icon=":material/flag:", type="tertiary", key=f"plan_{minute}",
                    on_click=_open_start,
                )  # fmt: skip
            else:
                page_link(file, "Open it in this state", query)
            minute = end


def _open_start() -> None:
    st.session_state[SECTION.name] = SECTION.options[0]
    set_panel("unrolled", {WORD.name: WORD.start})
