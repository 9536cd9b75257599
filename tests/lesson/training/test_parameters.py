"""The address of the training page: names of today and of before, and the settings that it stands for."""

import pytest

from lesson.training.engine.settings import RunSettings
from lesson.training.live.controls import can_be_set, settings_of
from lesson.training.parameters import COMPARED, CONTROLS, PARAMETERS, SECOND_RUN, SEED, SETTINGS
from tests.app import open_page

PAGE = "4_training.py"
STARTS = {setting.name: setting.default for setting in SETTINGS} | {"seed": SEED.start}


def page(**query):
    """The page as a link opens it."""
    app = open_page(PAGE, query)
    assert not app.exception and not app.warning
    return app


def go(app, **query):
    """Follow a link from another page to this one."""
    app.switch_page("pages/1_start.py").run()
    for name in list(app.query_params):
        del app.query_params[name]
    for name, value in query.items():
        app.query_params[name] = value
    assert not app.switch_page(f"pages/{PAGE}").run().exception
    return app


def test_names_are_told_apart():
    names = [parameter.name for parameter in PARAMETERS]
    assert len(set(names)) == len(names)
    assert {former: p.name for p in PARAMETERS for former in p.former} == {
        "prompt": "replay_prompt",
        "luck": "writer_seed",
    }


def test_the_controls_are_at_first_what_a_run_is_without_any():
    assert settings_of(RunSettings.text, "", STARTS) == RunSettings()


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_run_can_have_every_option(setting):
    for option in setting.options:
        small = STARTS | {"hidden": "2", "batch": "1"} | {setting.name: option}
        assert can_be_set(settings_of(RunSettings.text, "", small))


def test_a_second_run_has_the_same_options_and_a_name_and_a_label_of_its_own():
    for name, setting in CONTROLS.items():
        second = SECOND_RUN[name]
        assert (second.name, second.label) == (f"other_{name}", f"Second run: {setting.label.lower()}")
        assert (second.options, second.start, second.help) == (setting.options, setting.start, setting.advice)
    assert set(COMPARED.values()) <= {*CONTROLS, "seed"}


def test_a_link_shows_its_state_whatever_the_tab_held():
    app = page(tab="Live", hidden="8", optimiser="sgd", run_seed="3")
    go(app, tab="Live", rate="0.1")
    assert app.select_slider(key="hidden").value == "64" and app.number_input(key="run_seed").value == 1
    assert app.session_state["optimiser"] == "adam" and app.select_slider(key="rate").value == "0.1"


def test_without_a_link_the_settings_are_as_they_were_left():
    app = go(page(tab="Live", hidden="8", run_seed="3"))
    assert app.select_slider(key="hidden").value == "8" and app.number_input(key="run_seed").value == 3


def test_a_link_to_a_cause_opens_its_trouble_whatever_was_open():
    app = page(tab="Troubles", cause="what costs time")  # the part's former name
    assert app.session_state["tab"] == "Problems"
    go(app, tab="Troubles", cause="nan over long sequences")
    assert app.session_state["cause"] == "NaN (not a number) over long sequences"
    assert app.session_state["trouble"] == "The loss rises"
