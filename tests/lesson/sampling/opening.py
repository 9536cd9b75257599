"""The sampling page for tests: opened with what a link asks, and asked what its panels ask."""

import base64
import json

import numpy as np

from lesson.answers import answers
from lesson.frame.query import Query
from lesson.sampling.parameters import TASK, WRITE
from tests.app import open_page


def open_sampling(part=WRITE, **query):
    """Open the page at one of its parts."""
    return open_page("5_sampling.py", {TASK.name: part} | query)


def panel_of(app, name):
    """What was sent to the panel of a part."""
    (drawn,) = (
        e.proto
        for e in app.get("bidi_component")
        if e.proto.component_name == name and e.proto.id.endswith(f"-{name}")
    )
    return json.loads(drawn.json)[0]


def ask(name, own=None, /, **query):
    """What is answered below api/sampling/, as the browser gets it; own: the visitor's network."""
    return json.loads(answers()[f"sampling/{name}"].reply(Query(query, own)))


def frame_of(name, own=None, /, **query):
    """The answer for one setting."""
    answer = ask(name, own, **query)
    (frame,) = answer["frames"]
    return answer["common"] | frame


def asked_by(app, name):
    """What is answered to the question that a page's panel asks first."""
    panel = panel_of(app, name)
    starts = {control["name"]: control["start"] for control in panel["controls"]}
    own = app.session_state["own_network"]
    query = panel["fixed"] | starts | panel["setting"]
    answer = ask(panel["answers"].removeprefix("sampling/"), own, **query)
    return answer["common"] | answer["frames"][0]


def numbers(text, kind="<u2"):
    return np.frombuffer(base64.b64decode(text), kind)
