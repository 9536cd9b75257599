"""Plans for a lesson of 10, 45 and 90 minutes, each stop with the page in the state that it needs."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from lesson.frame.glossary import prose
from lesson.frame.links import complain, mend
from lesson.frame.navigation import page_link
from lesson.start.parameters import MINUTES, SECTION

PREDICTION, CHALLENGE, LOOK = "prediction", "challenge", "look"


class Stop(NamedTuple):
    """A stop of a plan: minutes, what the class does, and the page with its state."""

    minutes: int
    kind: str
    does: str
    file: str
    query: Mapping[str, str] = {}


_GATES, _GRADIENTS, _TRAINING, _SAMPLING = (
    "2_gates.py", "3_gradients.py", "4_training.py", "5_sampling.py",
)  # fmt: skip

PLANS: Mapping[int, tuple[Stop, ...]] = {
    10: (
        Stop(2, LOOK, "The belt: a signal over thirty steps. Pull the forget bias to 0 and back.",
             "1_start.py"),
        Stop(5, PREDICTION, "One cell: ask what f = 1 does, then drag the forget bias.",
             _GATES, {"part": "One step"}),
        Stop(3, LOOK, "What it is good for: a trained network writes. Turn the temperature to 0, to 1.5.",
             _SAMPLING, {"n": "300"}),
    ),
    45: (
        Stop(5, LOOK, "What a recurrent network is; the belt.", "1_start.py"),
        Stop(10, PREDICTION, "One cell: two of the five questions, then let them drag.",
             _GATES, {"part": "One step"}),
        Stop(8, CHALLENGE, "Keep: set two biases so that the cell holds a number through noise.", _GATES,
             {"part": "Challenges", "challenge": "keep"}),
        Stop(10, PREDICTION, "The race: how much of an error arrives at b_f = 1, and at 3?",
             _GRADIENTS, {"bf": "1"}),
        Stop(7, PREDICTION, "A model learns to write: when is it worth reading?",
             _TRAINING, {"tab": "Replay"}),
        Stop(5, LOOK, "Hold f = 0 in a network that has learned something.", _SAMPLING,
             {"task": "Gate surgery", "gate": "f", "hold": "0"}),
    ),
    90: (
        Stop(6, LOOK, "What a recurrent network is; the belt.", "1_start.py"),
        Stop(12, PREDICTION, "One cell: f = 1, and what a shut output gate loses.",
             _GATES, {"part": "One step"}),
        Stop(12, CHALLENGE, "Reset on a signal: three biases and weights by hand.", _GATES,
             {"part": "Challenges", "challenge": "reset"}),
        Stop(12, PREDICTION, "The race at b_f = 1, then 3: which of the three cells wins, and why?",
             _GRADIENTS,
             {"bf": "1"}),
        Stop(8, LOOK, "Two roads: the belt is not the only way back. Answer its question together.",
             _GRADIENTS, {"view": "Two roads"}),
        Stop(15, LOOK, "Everybody starts the same run: half a minute, and it writes words.", _TRAINING,
             {"tab": "Live"}),
        Stop(8, PREDICTION, "A patient: the learning rate is too high. What does the curve look like?",
             _TRAINING,
             {"tab": "Troubles", "cause": "learning rate too high"}),
        Stop(7, PREDICTION, "Temperature: what does it write at 0? Guess, then turn it down.", _SAMPLING,
             {"task": "Write"}),
        Stop(10, CHALLENGE, "Hold something, so that the brackets are closed.", _SAMPLING,
             {"task": "Gate surgery", "network": "brackets"}),
    ),
}  # fmt: skip
_HERE = "1_start.py"
_MARKS = {
    PREDICTION: ":blue-badge[prediction]",
    CHALLENGE: ":orange-badge[challenge]",
    LOOK: ":gray-badge[look]",
}

_ADVICE = """
**Before class.** Open each link once: the server wakes up, and what is shared is computed. The class opens
the address of this page; nobody needs an account, and nobody's sliders move anybody else's. In *Live* all
who start with the same settings share one run, each with their own cursor.

**Predictions.** Let everybody commit before you reveal: on their own screens, or on the *Projector* with one
question at a time. More than five in 90 minutes tire; two challenges fill the rest.

**On paper.** *Take it away*, at the end of each lesson page, makes a worksheet and its answer sheet.

**If the network fails.** The same app runs on your laptop, from a copy of the repository:
`pip install -r requirements.txt && streamlit run streamlit_app.py`.
"""


def show() -> None:
    """Show the part: the plan of the length that is chosen, and advice."""
    complain(mend(MINUTES))
    minutes = MINUTES.segmented_control(format_func="{} minutes".format, label_visibility="collapsed")
    _list_stops(PLANS[int(minutes)])
    prose(_ADVICE)


def _list_stops(stops: Sequence[Stop]) -> None:
    """List the stops of a plan, each with a link that opens it."""
    minute = 0
    for stop in stops:
        with st.container(border=True):
            end = minute + stop.minutes
            prose(f"**Minute {minute} to {end}** {_MARKS[stop.kind]}  \n{stop.does}")
            if stop.file == _HERE:  # a link to the page that one is on changes nothing
                st.button(
                    "Open it",
                    icon=":material/flag:",
                    type="tertiary",
                    key=f"plan_{minute}",
                    on_click=_open_start,
                )
            else:
                page_link(stop.file, "Open it in this state", stop.query)
            minute = end


def _open_start() -> None:
    st.session_state[SECTION.name] = SECTION.options[0]
