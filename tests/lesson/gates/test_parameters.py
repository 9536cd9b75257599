"""The address of the gates page: former names are read, a link is exactly its state, settings come back."""

import json

import pytest

from lesson.frame.web_files import offered_script
from lesson.gates import sliders
from lesson.gates.challenges.catalogue import CHALLENGES
from lesson.gates.parameters import CHALLENGE, PARAMETERS
from tests.app import open_page, without_error

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
    without_error(app.switch_page("pages/7_exercises.py").run())
    app.query_params.clear()


def drawn(app, name):
    """What a drawing was sent last."""
    (feed,) = (e.proto for e in app.get("bidi_component") if e.proto.component_name == name)
    return json.loads(feed.json)[0]


def of_cell(app):
    """What the live cell was told of the address."""
    return drawn(app, "cell")["setting"]


def of_vectors(app):
    """What the vectors were told of the address."""
    return drawn(app, "vectors")["setting"]


@pytest.mark.parametrize(
    ("part", "former", "name", "value", "sees"),
    [
        ("Over time", "T", "steps", "12", of_cell),
        ("Vectors", "word", "letters", "abc", of_vectors),
        ("Vectors", "H", "hidden_units", "3", of_vectors),
    ],
)
def test_an_address_of_before_opens_the_same_state(part, former, name, value, sees):
    # Not from the start page: its own `word` is bound there, and Streamlit takes it out of the address.
    before, today = (
        come_by_link(open_page("7_exercises.py"), part=part, **{n: value}) for n in (former, name)
    )
    assert sees(before) == sees(today) == {name: value}
    assert former not in before.query_params


def test_these_names_have_changed():
    names = {former: parameter.name for parameter in PARAMETERS for former in parameter.former}
    assert names == {"T": "steps", "word": "letters", "H": "hidden_units"}


def test_every_challenge_has_its_address():
    assert tuple(CHALLENGES) == CHALLENGE.options


def test_a_link_is_handed_to_the_cell_as_it_is_and_counted():
    link = {"cell": OPEN_F, "open": "more.weights", "t": "5", "steps": "12", "rnn": "true", "input": "noise"}
    app = open_gates(part="Over time", **link, noise="7")
    first = drawn(app, "cell")
    assert first["setting"] == {**link, "noise": "7"}
    come_by_link(app, part="Over time", input="step")
    assert of_cell(app) == {"input": "step"}
    assert drawn(app, "cell")["link"] == first["link"] + 1  # so the browser forgets what the tab held before


def test_who_comes_back_without_a_link_finds_what_the_tab_remembers():
    app = open_gates(part="Over time", cell=OPEN_F)
    first = drawn(app, "cell")
    leave(app)
    without_error(app.switch_page(f"pages/{PAGE}").run())
    assert of_cell(app) == {} and drawn(app, "cell")["link"] == first["link"]


def test_the_step_in_the_address_is_that_of_the_cell_it_was_written_for():
    trial = f"try-{CHALLENGE.options[0]}"
    assert of_cell(open_gates(part="Over time", t="5")) == {"t": "5"}
    assert of_cell(open_gates(part="Challenges", t="5")) == {}
    app = open_gates(part="Challenges", t="5", **{trial: OPEN_F})
    assert of_cell(app).keys() == {"t", trial}
    assert of_cell(open_gates(part="Over time", t="5", **{trial: OPEN_F})) == {}


def test_a_challenge_of_a_link_has_only_the_sliders_that_it_unlocks():
    ends = sliders.to_link({name: slider.high for name, slider in sliders.SLIDERS.items()})
    challenge = CHALLENGES["keep"]
    expected = {**sliders.START, **challenge.start, "b_f": 8.0, "b_i": 8.0}
    assert of_cell(open_gates(part="Challenges", **{"try-keep": ends})) == {
        "try-keep": sliders.to_link(expected)
    }


def test_drawers_that_there_are_not_are_left_out():
    assert of_cell(open_gates(open="weights.more.cellar")) == {"open": "more.weights"}


def test_what_is_the_same_for_everybody_travels_with_the_code_alone():
    app = open_gates()
    assert len(json.dumps(drawn(app, "cell"))) < 6_000
    code = offered_script("cell/cell.js").content.decode().splitlines()[-1]
    assert json.loads(code.removeprefix("export const look = "))["fixed"]["quantities"][0] == "z_f"


def test_a_link_can_name_the_two_biases_of_keep_alone():
    start = of_cell(open_gates(part="Challenges"))
    assert start == {}
    link = of_cell(open_gates(part="Challenges", keep_bf="-7", keep_bi="6.25"))["try-keep"]
    setting, complaint = sliders.from_link(link)
    assert complaint is None and (setting["b_f"], setting["b_i"]) == (-7, 6.25)
    start = {**sliders.START, **CHALLENGES["keep"].start}
    assert {name for name in setting if setting[name] != start[name]} == {"b_f", "b_i"}
    other = open_gates(part="Challenges", challenge="count", keep_bf="-7")
    assert of_cell(other) == {}, "another challenge has nothing of it"
    ends = sliders.to_link(sliders.START)
    both = of_cell(open_gates(part="Challenges", keep_bf="-7", **{"try-keep": ends}))["try-keep"]
    assert sliders.from_link(both)[0]["b_f"] == 1, "the cell's own setting counts more"
