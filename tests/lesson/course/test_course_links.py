"""Links of plans and of the cheat sheet open what they promise."""

import json

import pytest

from lesson.cheatsheet.half_true import lines
from lesson.cheatsheet.sheet import GUIDE
from lesson.course.plan import PLANS
from lesson.training.live.controls import GOOD_START
from lesson.training.troubles.experiments import EXPERIMENTS
from tests.app import open_page, panel_of, tables, words_of

TRAINING = "4_training.py"


def open_at(file, **query):
    return open_page(file, query)


LIVE = [(TRAINING, {"tab": "Live", **state}) for _, _, *states in GUIDE for state in states]
LINKS = [
    *((stop.file, dict(stop.query)) for stops in PLANS.values() for stop in stops),
    *LIVE,
    (TRAINING, {"tab": "Live", **GOOD_START}),
    *((TRAINING, {"tab": "Troubles", "cause": experiment.title}) for experiment in EXPERIMENTS),
    *((line.file, line.query) for line in lines()),
]
UNIQUE = list({json.dumps(link): link for link in LINKS}.values())


@pytest.mark.parametrize(("file", "query"), UNIQUE, ids=[f"{f[:-3]} {q}" for f, q in UNIQUE])
def test_every_link_opens_the_state_it_promises(file, query):
    app = open_at(file, **query)
    assert "nothing this page can show" not in words_of(app)
    for name, value in query.items():
        found = app.session_state[name] if name in app.session_state else panel_of(app)["setting"][name]
        assert str(found) == value or float(found) == float(value)


def test_links_name_what_their_pages_know_today():
    known = tables()
    for file, query in LINKS:
        if (room := file[2:-3]) in known:
            assert query.keys() <= {parameter.name for parameter in known[room]}, (file, query)
