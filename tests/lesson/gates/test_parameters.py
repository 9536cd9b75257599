"""The address of the gates page: former names are read, a link is exactly its state, settings come back."""

import json

import pytest

from lesson.gates import sliders
from lesson.gates.cell_state import FEED
from lesson.gates.challenges.catalogue import CHALLENGES
from lesson.gates.parameters import CHALLENGE, PARAMETERS
from tests.app import open_page, press, rerun, without_error

PAGE = "2_gates.py"
OPEN_F = sliders.to_link({**sliders.START, "b_f": 8.0})  # a cell with the forget gate open


def open_gates(**query):
    """Open the page with what a link asks."""
    app = open_page(PAGE, query)
    assert not app.warning
    return app


def come_by_link(app, **query):
    """Come back to the page by a link, from another page."""
    leave(app)
    app.query_params.update(query)
    return without_error(app.switch_page(f"pages/{PAGE}").run())


def leave(app):
    """Go to another page."""
    app.query_params.clear()
    without_error(app.switch_page("pages/6_exercises.py").run())
    app.query_params.clear()


def fed(app):
    """What the live cell was sent last, but for what counts messages."""
    (feed,) = (e.proto for e in app.get("bidi_component") if e.proto.component_name == "lstm_cell_feed")
    data = json.loads(feed.json)
    return {name: value for name, value in data.items() if name not in ("turn", "jump")}


def drawn(app):
    """What the drawing of the vectors was sent last."""
    (feed,) = (e.proto for e in app.get("bidi_component") if e.proto.component_name == "lstm_vectors_feed")
    return feed.json


@pytest.mark.parametrize(
    ("part", "former", "name", "value", "sees"),
    [
        ("Over time", "T", "steps", "12", fed),
        ("Vectors", "word", "letters", "abc", drawn),
        ("Vectors", "H", "hidden_units", "3", drawn),
    ],
)
def test_an_address_of_before_opens_the_same_state(part, former, name, value, sees):
    # Not from the start page: its own `word` is bound there, and Streamlit takes it out of the address.
    before, today = (
        come_by_link(open_page("6_exercises.py"), part=part, **{n: value}) for n in (former, name)
    )
    assert str(before.session_state[name]) == str(today.session_state[name]) == value
    assert sees(before) == sees(today) != sees(open_gates(part=part))
    assert former not in before.query_params


def test_these_names_have_changed():
    names = {former: parameter.name for parameter in PARAMETERS for former in parameter.former}
    assert names == {"T": "steps", "word": "letters", "H": "hidden_units"}


def test_every_challenge_has_its_address():
    assert tuple(CHALLENGES) == CHALLENGE.options


def test_a_link_shows_exactly_its_state_whatever_the_tab_held():
    app = open_gates(part="Over time", cell=OPEN_F, open="weights", t="5", steps="12", rnn="true")
    assert fed(app)["t"] == 5
    come_by_link(app, part="Over time", input="step")
    assert fed(app) == fed(open_gates(part="Over time", input="step"))
    assert app.slider(key="steps").value == 20 and not app.toggle(key="rnn").value


def test_a_link_to_one_step_starts_the_cell_anew():
    app = open_gates()
    position = {name: slider.position(2.0) for name, slider in sliders.SLIDERS.items()}
    app.session_state[FEED] = {"sent": {"view": "step", "setting": position, "t": 1, "seen": 0}}
    assert fed(rerun(app))["setting"] == position
    del app.session_state[FEED]  # as the browser does when the cell leaves the screen
    come_by_link(app, part="One step")
    assert fed(app)["setting"] == sliders.positions(sliders.START)


def test_a_link_to_a_challenge_begins_with_its_example():
    app = press(open_gates(part="Challenges"), "Check")
    assert app.warning and any(button.label == "Back to the first sequence" for button in app.button)
    come_by_link(app, part="Challenges", challenge="keep")
    assert not app.warning and fed(app) == fed(open_gates(part="Challenges"))


def test_settings_outlast_other_parts_and_other_pages():
    app = open_gates(part="Over time", cell=OPEN_F, t="5", steps="12", input="noise", noise="7")
    before = fed(app)
    app.session_state["part"] = "Vectors"
    rerun(app)
    app.session_state["part"] = "Over time"
    assert fed(rerun(app)) == before
    leave(app)
    without_error(app.switch_page(f"pages/{PAGE}").run())
    app.session_state["part"] = "Over time"
    assert fed(rerun(app)) == before
