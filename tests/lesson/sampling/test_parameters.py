"""The sampling page's table of parameters: addresses of before, and settings that are kept or begin anew."""

import pytest

from lesson.sampling.parameters import (
    ABLATE,
    CLAMP,
    CLAMP_VALUE,
    MEMORY,
    OWN_SCALE,
    PARAMETERS,
    READS,
    SURGERY,
    SWAP,
    TASK,
    TEMPERATURE,
    UNSEEN_TEXT,
    WRITE,
)  # fmt: skip
from tests.app import open_page, rerun, without_error, words_of
from tests.lesson.sampling.opening import asked_by, panel_of
from visualization.drawings.heat import ORDERS

PAGE = "5_sampling.py"
NAMES_OF_BEFORE = {"tab": TASK.name, "t": TEMPERATURE.name, "of": READS.name, "hold": CLAMP_VALUE.name}
# Links as they were, with what shows on the page that they were read.
LINKS = [
    {"tab": WRITE, "t": "0.6", "n": "100"},
    {"tab": WRITE, "t": "9", "n": "100"},
    {"t": "", "n": "100"},
    {"tab": MEMORY, "of": UNSEEN_TEXT, "unit": "3"},
    {"tab": MEMORY, "of": "nothing", "n": "100"},
    {"tab": SURGERY, "t": "0", "n": "100", "gate": "o", "hold": "0.5"},
]
PANELS = {WRITE: "write", MEMORY: "memory", SURGERY: "surgery"}


def state_of(app):
    """All that a link decides: the parameters, and the text that they lead to."""
    values = {p.name: app.session_state[p.name] for p in PARAMETERS if p.name in app.session_state}
    name = PANELS[values[TASK.name]]
    return values, panel_of(app, name)["setting"], asked_by(app, name)["text"]


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
    assert panel_of(open_page(PAGE, {"t": "0.6"}), "write")["setting"] == {TEMPERATURE.name: "0.6"}


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({"operation": "hold a gate", "hold": "0.5"}, {"operation": CLAMP, "clamp": "0.5"}),
        ({"operation": "cut units out", "units": "3"}, {"operation": ABLATE, "units": "3"}),
        ({"operation": "the memory of another text", "other": "the"}, {"operation": SWAP, "other": "the"}),
    ],
    ids=str,
)
def test_an_operation_of_before_is_still_done(before, now):
    apps = [open_page(PAGE, {TASK.name: SURGERY, "n": "100"} | link) for link in (before, now)]
    assert asked_by(apps[0], "surgery") == asked_by(apps[1], "surgery")
    assert not any(app.warning for app in apps)


def test_text_it_never_saw_is_held_out_text():
    app = open_page(PAGE, {TASK.name: MEMORY, "reads": "text it never saw"})
    assert app.session_state[READS.name] == UNSEEN_TEXT and not app.warning


def test_an_order_of_units_by_its_former_name_is_the_one_of_today():
    app = open_page(PAGE, {TASK.name: MEMORY, "order": "alike together"})
    assert panel_of(app, "memory")["setting"]["order"] == ORDERS[0] and not app.warning


def test_what_is_out_of_range_is_mended_and_said():
    app = open_page(PAGE, {"tau": "9", "k": "4", "p": "0", "n": "x", "s": "-3"})
    setting = panel_of(app, "write")["setting"]
    assert setting == {"tau": "2", "k": "off", "p": "0.05", "n": "300", "s": "0"}
    for name in setting:
        assert f"`{name}` that does not exist" in words_of(app)


def test_a_link_shows_its_state_whatever_the_tab_held_before():
    app = open_page(PAGE, {TASK.name: MEMORY, "n": "100", "network": "brackets", "tau": "1.5"})
    app.query_params.clear()
    without_error(app.switch_page("pages/8_cheatsheet.py").run())
    link, before = {TASK.name: MEMORY, "n": "100"}, panel_of_links(app)
    app.query_params.clear()
    for name, value in link.items():
        app.query_params[name] = value
    without_error(app.switch_page(f"pages/{PAGE}").run())
    assert state_of(app) == state_of(open_page(PAGE, link))
    assert panel_of(app, "memory")["link"] > before, "the browser's own memory gives way to it"


def panel_of_links(app):
    return app.session_state["query_links"]


def test_what_the_page_cannot_show_is_said_once_by_its_name_of_today():
    app = open_page(PAGE, {TASK.name: MEMORY, OWN_SCALE.name: "perhaps", "n": "100"})
    assert "`each` that does not exist; showing true" in words_of(app)
    assert not rerun(app).warning
