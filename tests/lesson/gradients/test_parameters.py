"""The address of the gradients page: names of today and of before; what one part sets, another has."""

import pytest

from lesson.frame.query import Query
from lesson.gradients.flows import Setup
from lesson.gradients.parameters import PARAMETERS, VIEW
from lesson.gradients.ranges import positions_of
from tests.app import open_page, panel_of, panels_of

PAGE = "3_gradients.py"


def page(**query):
    """The page as a link opens it."""
    app = open_page(PAGE, query)
    assert not app.exception and not app.warning
    return app


FORMER = [(parameter, former) for parameter in PARAMETERS for former in parameter.former]


def test_four_names_have_changed():
    assert {former: parameter.name for parameter, former in FORMER} == {
        "of": "gradient_of", "cell": "flow_cell", "rate": "sgd_rate", "keep": "bz",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("view", "former", "name", "value"),
    [
        ("The race", "of", "gradient_of", "∂L/∂C"),
        ("The race", "keep", "bz", "1.5"),
        ("Two gradient paths", "cell", "flow_cell", "GRU"),
        ("Explosion", "rate", "sgd_rate", "0.01"),
    ],
)
def test_an_address_of_before_opens_the_same_state(view, former, name, value):
    before, today = page(view=view, **{former: value}), page(view=view, **{name: value})
    assert panel_of(before)["setting"] == panel_of(today)["setting"] == {name: value}


@pytest.mark.parametrize(
    ("before", "today"),
    [
        ({"view": "Two roads", "bf": "2"}, {"view": "Two gradient paths", "bf": "2"}),
        ({"view": "The race", "of": "dL/dC"}, {"view": "The race", "gradient_of": "∂L/∂C"}),
        ({"view": "Challenges", "moves_larger": "not said yet"}, {"view": "Challenges"}),
    ],
)
def test_an_option_of_before_opens_the_same_state(before, today):
    old, new = (panels_of(page(**query)) for query in (before, today))
    assert [panel["answers"] for panel in old] == [panel["answers"] for panel in new]
    assert all(
        one["setting"].items() >= other["setting"].items() for one, other in zip(old, new, strict=True)
    )


def test_a_link_counts_more_than_what_the_tab_remembers():
    app = page(view="The race", bf="3", H="16", seed="7")
    links = panel_of(app)["link"]
    app.switch_page("pages/1_start.py").run()
    for name in list(app.query_params):
        del app.query_params[name]
    app.query_params["radius"] = "1.5"
    app.switch_page(f"pages/{PAGE}").run()
    assert panel_of(app)["setting"] == {"radius": "1.5"} and panel_of(app)["link"] == links + 1


def test_a_part_without_an_address_of_its_own_leaves_the_tabs_memory_alone():
    app = page(view="The race", bf="2", radius="1.2")
    links = panel_of(app)["link"]
    for view in ("Explosion", "Two gradient paths", "The race"):
        app.session_state["view"] = view
        assert not app.run().exception
        assert panel_of(app)["page"] == "gradients" and panel_of(app)["link"] == links


def test_the_learning_rate_of_a_live_run_is_not_that_of_the_explosion():
    app = open_page("4_training.py", {"tab": "Live", "rate": "0.01"})
    for name in list(app.query_params):
        del app.query_params[name]
    app.query_params["view"] = "Explosion"
    app.switch_page(f"pages/{PAGE}").run()
    rate = next(control for control in panel_of(app)["controls"] if control["name"] == "sgd_rate")
    assert rate["start"] == "0.1" and "sgd_rate" not in panel_of(app)["setting"]


@pytest.mark.parametrize("view", ["The race", "Two gradient paths"])
def test_a_setup_is_at_first_what_the_controls_show(view):
    start = {control["name"]: control["start"] for control in panel_of(page(view=view))["controls"]}
    start.pop("flow_cell", None)
    assert positions_of(Query(start), ()).setups == [Setup()]
    assert view != VIEW.default or len(start) == 9
