"""The sampling page's table of parameters: addresses of before, and settings that are kept or begin anew."""

import numpy as np
import pytest

from lesson.sampling.parameters import (
    MEMORY,
    OWN_SCALE,
    PARAMETERS,
    READS,
    SURGERY,
    TASK,
    TEMPERATURE,
    UNIT,
    UNSEEN_TEXT,
    WRITE,
)  # fmt: skip
from lesson.sampling.write import temperature
from tests.app import open_page, rerun, without_error, words_of
from tests.lesson.sampling.opening import pointer, shown

PAGE = "5_sampling.py"
NAMES_OF_BEFORE = {"tab": TASK.name, "t": TEMPERATURE.name, "of": READS.name}
# Links as they were, with what shows on the page that they were read.
LINKS = [
    {"tab": WRITE, "t": "0.6", "n": "100"},
    {"tab": WRITE, "t": "9", "n": "100"},
    {"t": "", "n": "100"},
    {"tab": MEMORY, "of": UNSEEN_TEXT, "unit": "3"},
    {"tab": MEMORY, "of": "nothing", "n": "100"},
    {"tab": SURGERY, "t": "0", "n": "100", "gate": "o", "hold": "0.5"},
]
KEYS_OF_TEXTS = {WRITE: "paper", MEMORY: "memory", SURGERY: "surgery_pair"}


def state_of(app):
    """All that a link decides: the parameters, and the text that they lead to."""
    values = {p.name: app.session_state[p.name] for p in PARAMETERS if p.name in app.session_state}
    return values, shown(app, KEYS_OF_TEXTS[values[TASK.name]])["texts"]


def test_every_name_of_before_is_in_the_table():
    assert {former: p.name for p in PARAMETERS for former in p.former} == NAMES_OF_BEFORE
    assert len({parameter.name for parameter in PARAMETERS}) == len(PARAMETERS)


@pytest.mark.parametrize("link", LINKS, ids=str)
def test_an_address_of_before_opens_what_its_new_one_opens(link):
    new = {NAMES_OF_BEFORE.get(name, name): value for name, value in link.items()}
    before, now = open_page(PAGE, link), open_page(PAGE, new)
    assert state_of(before) == state_of(now)
    assert len(before.warning) == len(now.warning)


def test_an_address_of_before_sets_what_it_says():
    app = open_page(PAGE, {"tab": MEMORY, "of": UNSEEN_TEXT, "t": "0.6"})
    assert app.session_state[TASK.name] == MEMORY and app.session_state[READS.name] == UNSEEN_TEXT
    assert app.session_state[TEMPERATURE.name] == 0.6


def leave_and_return(app, link=None):
    """Go to another page and come back, by the navigation or by a link."""
    app.query_params.clear()
    without_error(app.switch_page("pages/7_cheatsheet.py").run())
    app.query_params.clear()
    for name, value in (link or {}).items():
        app.query_params[name] = value
    return without_error(app.switch_page(f"pages/{PAGE}").run())


def test_settings_are_kept_while_another_part_or_page_is_looked_at():
    app = open_page(PAGE, {TASK.name: MEMORY, "n": "100"})
    app.number_input(key=UNIT.name).set_value(3)
    app.toggle(key=OWN_SCALE.name).set_value(False)
    rerun(app)
    for part in (SURGERY, MEMORY):
        app.segmented_control(key=TASK.name).set_value(part)
        rerun(app)
    assert pointer(app, "memory")[1] == 3 and app.toggle(key=OWN_SCALE.name).value is False
    leave_and_return(app)
    assert app.session_state[TASK.name] == MEMORY and pointer(app, "memory")[1] == 3
    assert app.toggle(key=OWN_SCALE.name).value is False


def test_a_link_shows_its_state_whatever_the_tab_held_before():
    app = open_page(PAGE, {TASK.name: MEMORY, "n": "100", "network": "brackets"})
    app.number_input(key=UNIT.name).set_value(3)
    app.slider(key=TEMPERATURE.name).set_value(1.5)
    rerun(app)
    link = {TASK.name: MEMORY, "n": "100"}
    assert state_of(leave_and_return(app, link)) == state_of(open_page(PAGE, link))


def test_what_the_page_cannot_show_is_said_once_by_its_name_of_today():
    app = open_page(PAGE, {TASK.name: MEMORY, OWN_SCALE.name: "perhaps", "n": "100"})
    assert "`each` is nothing this page can show; shown is true" in words_of(app)
    assert not rerun(app).warning


def test_the_range_of_temperature_stands_in_the_table_alone(monkeypatch):
    monkeypatch.setattr(temperature, "TEMPERATURE", TEMPERATURE.within(0.5, 1.0, 0.8))
    np.testing.assert_array_equal(temperature.temperatures(), [round(0.05 * k, 2) for k in range(10, 21)])
