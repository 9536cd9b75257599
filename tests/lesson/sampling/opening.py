"""The sampling page for tests: opened with what a link asks, and what it sends to the browser."""

import base64
import json
from pathlib import Path

import numpy as np
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[3]


def healthy(app):
    assert not app.exception, app.exception[0].value
    return app


def opened(part="Write", **query):
    """The page at one of its parts."""
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60).run()
    for name, value in ({"tab": part} | query).items():
        app.query_params[name] = value
    return healthy(app.switch_page("pages/5_sampling.py").run())


def press(app, label):
    next(button for button in app.button if button.label == label).click()
    return healthy(app.run())


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


def told(app):
    """All that the page says in words."""
    kinds = ("markdown", "caption", "warning", "error", "info", "success", "text")
    return " ".join(e.value for kind in kinds for e in app.get(kind))
