"""The sampling page for tests: opened with what a link asks, and what it sends to the browser."""

import base64
import json

import numpy as np

from lesson.sampling.parameters import TASK, WRITE
from tests.app import open_page


def open_sampling(part=WRITE, **query):
    """Open the page at one of its parts."""
    return open_page("5_sampling.py", {TASK.name: part} | query)


def shown(app, key, name="reader"):
    """What was sent to a drawing."""
    (found,) = (
        e.proto
        for e in app.get("bidi_component")
        if e.proto.component_name == name and e.proto.id.endswith(f"-{key}")
    )
    data = json.loads(found.json)
    return data[0] if isinstance(data, list) else data


def pointer(app, key):
    """The chosen character and unit."""
    found = shown(app, f"{key}_pointer", "reader_pointer")
    return found["at"], found["unit"]


def numbers(text, kind="<u2"):
    return np.frombuffer(base64.b64decode(text), kind)
