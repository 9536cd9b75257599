"""The address of the gradients page: names of today and of before; what one part sets, another has."""

import pytest

from lesson.gradients.flows import Setup
from lesson.gradients.parameters import PARAMETERS, VIEW
from tests.app import open_page

PAGE = "3_gradients.py"


def page(**query):
    """The page as a link opens it."""
    app = open_page(PAGE, query)
    assert not app.exception and not app.warning
    return app


def words(app):
    """All that a page says in Markdown."""
    return [element.value for element in app.markdown]


FORMER = [(parameter, former) for parameter in PARAMETERS for former in parameter.former]


def test_three_names_have_changed():
    assert {former: parameter.name for parameter, former in FORMER} == {
        "of": "gradient_of", "cell": "flow_cell", "rate": "sgd_rate",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("view", "former", "name", "value"),
    [
        ("The race", "of", "gradient_of", "dL/dC"),
        ("Two roads", "cell", "flow_cell", "GRU"),
        ("Explosion", "rate", "sgd_rate", "0.01"),
    ],
)
def test_an_address_of_before_opens_the_same_state(view, former, name, value):
    before, today = page(view=view, **{former: value}), page(view=view, **{name: value})
    assert before.session_state[name] == today.session_state[name] == value
    assert words(before) == words(today) != words(page(view=view))


def test_what_a_link_does_not_name_is_as_at_first_whatever_the_tab_held():
    app = page(view="The race", bf="3", H="16", seed="7")
    app.switch_page("pages/1_start.py").run()
    for name in list(app.query_params):
        del app.query_params[name]
    app.query_params["radius"] = "1.5"
    app.switch_page(f"pages/{PAGE}").run()
    assert app.slider(key="bf").value == 1 and app.slider(key="radius").value == 1.5
    assert app.select_slider(key="H").value == "32" and app.number_input(key="seed").value == 0


def test_settings_outlast_a_part_without_them_and_a_visit_to_another_page():
    app = page(view="The race", bf="2", radius="1.2")
    for view in ("Explosion", "Two roads", "The race"):
        app.session_state["view"] = view
        assert not app.run().exception
    assert app.slider(key="bf").value == 2 and app.slider(key="radius").value == 1.2
    app.switch_page("pages/1_start.py").run()
    for name in list(app.query_params):
        del app.query_params[name]
    app.switch_page(f"pages/{PAGE}").run()
    assert app.slider(key="bf").value == 2 and app.slider(key="radius").value == 1.2


def test_the_learning_rate_of_a_live_run_is_not_that_of_the_explosion():
    app = open_page("4_training.py", {"tab": "Live", "rate": "0.01"})
    for name in list(app.query_params):
        del app.query_params[name]
    app.query_params["view"] = "Explosion"
    app.switch_page(f"pages/{PAGE}").run()
    assert app.select_slider(key="sgd_rate").value == "0.1"


def test_a_setup_is_at_first_what_the_controls_show():
    app = page(view=VIEW.default)
    setup = Setup()
    assert app.slider(key="bf").value == setup.forget_bias and app.slider(key="T").value == setup.T
    assert app.slider(key="radius").value == setup.radius and app.slider(key="keep").value == setup.keep_bias
    assert app.slider(key="scale").value == setup.scale and app.number_input(key="seed").value == setup.seed
    assert app.select_slider(key="H").value == str(setup.H)
