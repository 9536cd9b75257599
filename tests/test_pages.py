"""Every page on disk opens, in both themes and at its controls' ends, and shows numbers of the library."""

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lesson import cell
from lesson.frame import LESSONS
from lesson.models import model_names
from visualization.gates import number

ROOT = Path(__file__).parents[1]
PAGES = sorted((ROOT / "pages").glob("*.py"))
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)


def opened(page):
    """A page in the frame, run once."""
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=30).run()
    if not page.name.startswith("1_"):
        app.switch_page(f"pages/{page.name}").run()
    return app


def healthy(app):
    assert not app.exception, app.exception[0].value
    return app


def test_every_page_on_disk_is_in_the_navigation_and_the_other_way_round():
    assert [page.name for page in PAGES] == [lesson.file for lesson in LESSONS]


@each_page
def test_a_page_opens_with_one_title_and_no_error(page):
    app = healthy(opened(page))
    assert len(app.title) == 1
    assert not app.error


@each_page
def test_sliders_can_stand_at_both_ends(page):
    app = opened(page)
    for end in ("min", "max"):
        for slider in app.slider:
            slider.set_value(getattr(slider, end))
        healthy(app.run())


@each_page
def test_every_prediction_is_replied_to(page):
    app = opened(page)
    for question in app.radio:
        for answer in question.options:
            before = len(app.markdown)
            app.radio(key=question.key).set_value(answer)
            healthy(app.run())
            assert len(app.markdown) >= before
            assert app.radio(key=question.key).value == answer


@each_page
def test_a_page_is_short_enough_to_be_read(page):
    assert len(page.read_text("utf-8").splitlines()) <= 120


def test_the_gates_page_answers_what_the_browser_sends():
    app = opened(ROOT / "pages/2_gates.py")
    setting = {**cell.START, "x": -2.5, "C_prev": 3.0, "b_f": -1.25}
    positions = {name: cell.SLIDERS[name].position(value) for name, value in setting.items()}
    app.session_state[cell.KEY] = {"sent": {"setting": positions, "open": ["more"]}}
    healthy(app.run())
    step = cell.values(setting)
    told = app.info[0].value
    assert f"It keeps {number(step['f'].item())} of what it held" in told
    assert f"It held 3.00 and holds {number(step['C'].item())} now" in told


@pytest.mark.parametrize("sent", [None, 5, {"setting": {"x": 1}}, {"setting": "x", "open": 3}, {"open": []}])
def test_the_gates_page_bears_what_a_browser_should_not_send(sent):
    app = opened(ROOT / "pages/2_gates.py")
    app.session_state[cell.KEY] = {"sent": sent}
    healthy(app.run())
    assert "It held 1.00 and holds" in app.info[0].value


def test_a_link_that_cannot_be_read_opens_the_page_and_says_so():
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=30).run()
    app.query_params["cell"] = "nonsense"
    app.switch_page("pages/2_gates.py").run()
    healthy(app)
    assert "could not be read" in app.warning[0].value


def test_training_live_starts_pauses_and_goes_on():
    app = opened(ROOT / "pages/4_training.py")
    app.select_slider(key="hidden").set_value(16)
    app.select_slider(key="epochs").set_value(1)
    next(button for button in app.button if button.label == "Start").click()
    healthy(app.run())
    run = app.session_state["run"]
    assert run.last.step > 0 and np.isfinite(run.last.loss)
    next(button for button in app.button if button.label == "Pause").click()
    healthy(app.run())
    paused_at = run.last.step
    healthy(app.run())
    assert run.last.step == paused_at
    next(button for button in app.button if button.label == "Go on").click()
    for _ in range(100):
        healthy(app.run())
        if run.finished:
            break
    assert run.finished and run.sample


def test_sampling_writes_the_same_text_for_the_same_seed_and_goes_on_from_the_prompt():
    texts = []
    for _ in range(2):
        app = opened(ROOT / "pages/5_sampling.py")
        app.text_input(key="prompt").set_value("The fox")
        app.select_slider(key="n").set_value(100)
        next(button for button in app.button if button.label == "Write").click()
        healthy(app.run())
        texts.append(app.session_state["written"]["text"])
    assert texts[0] == texts[1]
    assert texts[0].startswith("The fox") and len(texts[0]) == len("The fox") + 100


@pytest.mark.parametrize("name", model_names())
def test_every_model_can_be_looked_at_and_written_with(name):
    training = opened(ROOT / "pages/4_training.py")
    training.selectbox(key="model").set_value(name)
    healthy(training.run())
    app = opened(ROOT / "pages/5_sampling.py")
    app.selectbox(key="m").set_value(name)
    app.select_slider(key="n").set_value(100)
    next(button for button in app.button if button.label == "Write").click()
    healthy(app.run())
    assert len(app.session_state["written"]["text"]) == 100


def test_an_unknown_character_in_the_prompt_is_named_and_left_out():
    app = opened(ROOT / "pages/5_sampling.py")
    app.text_input(key="prompt").set_value("The 狐 fox")
    healthy(app.run())
    assert "left out" in app.warning[0].value
    assert app.code[0].value == "狐"
