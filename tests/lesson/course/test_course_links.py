"""Links of plans and of the cheat sheet open what they promise."""

import json

import pytest

from lesson.cheatsheet.guide import GUIDE
from lesson.cheatsheet.half_true import lines
from lesson.course.decks import all_questions
from lesson.course.stops import HERE, PLANS, link_of
from lesson.frame.parameters import ASK, NO_QUESTION
from lesson.training.live.controls import GOOD_START
from lesson.training.troubles.experiments import EXPERIMENTS
from tests.app import open_page, panel_of, tables, words_of

TRAINING = "4_training.py"


def open_at(file, **query):
    return open_page(file, query)


LIVE = [(TRAINING, {"tab": "Live", **state}) for _, _, *states in GUIDE for state in states]
LINKS = [
    *(link_of(stop) for stops in PLANS.values() for stop in stops),
    *LIVE,
    (TRAINING, {"tab": "Live", **GOOD_START}),
    *((TRAINING, {"tab": "Problems", "cause": experiment.title}) for experiment in EXPERIMENTS),
    *((line.file, line.query) for line in lines()),
]
UNIQUE = list({json.dumps(link): link for link in LINKS}.values())


@pytest.mark.slow
@pytest.mark.parametrize(("file", "query"), UNIQUE, ids=[f"{f[:-3]} {q}" for f, q in UNIQUE])
def test_every_link_opens_the_state_it_promises(file, query):
    app = open_at(file, **query)
    assert not app.warning, app.warning[0].value
    asks = query.get(ASK.name, NO_QUESTION)
    if asks != NO_QUESTION:
        assert f"** {all_questions()[asks].text}" in words_of(app)
    for name, value in query.items():
        if name == ASK.name:
            continue
        found = app.session_state[name] if name in app.session_state else panel_of(app)["setting"][name]
        assert str(found) == value or float(found) == float(value)


def test_links_name_what_their_pages_know_today():
    known = tables()
    for file, query in LINKS:
        if (room := file.removesuffix(".py").split("_", 1)[1]) in known:
            assert query.keys() <= {ASK.name, *(p.name for p in known[room])}, (file, query)


@pytest.mark.slow
@pytest.mark.parametrize("minutes", PLANS)
def test_stops_ask_what_they_say_and_the_others_have_no_question_in_the_way(minutes):
    for stop in PLANS[minutes]:
        file, query = link_of(stop)
        words = words_of(open_at(file, **query))
        assert ("First guess, " in words) == bool(stop.asks), (file, query)
        assert ("Ask: " in stop.does) == bool(stop.asks), stop
        assert stop.does.count("?") == len(stop.asks), stop


@pytest.mark.parametrize("minutes", PLANS)
def test_a_stop_s_questions_follow_one_another(minutes):
    order = list(all_questions())
    for stop in PLANS[minutes]:
        places = [order.index(id) for id in stop.asks]
        assert places == list(range(places[0], places[0] + len(places))) if places else stop.file


@pytest.mark.parametrize("value", ["90", "90 minutes", "90+minutes"])
def test_a_link_names_the_length_as_it_is_and_as_it_was(value):
    app = open_at(HERE, section="Plan a lesson", minutes=value)
    assert not app.warning and app.session_state["minutes"] == "90"
    assert PLANS[90][3].does in words_of(app)
