"""Every page on disk opens, in both themes and at its controls' ends, and shows numbers of the library."""

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lesson.frame import LESSONS
from lesson.models import model_names
from lesson.scalar import scalar_step
from lstm.equations import lstm_step
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


def test_the_gates_page_shows_what_the_textbook_computes():
    app = opened(ROOT / "pages/2_gates.py")
    app.slider(key="x").set_value(-2.5)
    app.slider(key="C").set_value(3.0)
    app.slider(key="b_f").set_value(-1.25)
    healthy(app.run())
    column = np.array([[0.5, 1.0]])
    step = lstm_step(
        np.array([-2.5]), np.zeros(1), np.array([3.0]), *[column] * 4,
        np.array([-1.25]), np.zeros(1), np.zeros(1), np.zeros(1),
    )  # fmt: skip
    equations = " ".join(latex.value for latex in app.latex)
    for value in (step.f, step.i, step.C_tilde, step.C, step.o, step.h):
        assert f"= {number(value.item())} " in equations
    assert f"holds {number(step.C.item())} now" in app.info[0].value


def test_a_scalar_step_is_a_step_of_the_textbook(rng):
    weights = {f"{gate}{of}": rng.normal() for gate in "fiCo" for of in "hx"}
    biases = {gate: rng.normal() for gate in "fiCo"}
    step = scalar_step(0.3, -0.2, 0.7, weights, biases)
    z = weights["fh"] * -0.2 + weights["fx"] * 0.3 + biases["f"]
    assert step["z_f"] == pytest.approx(z)
    assert step["f"] == pytest.approx(1 / (1 + np.exp(-z)))
    assert step["kept"] == pytest.approx(step["f"] * 0.7)
    assert step["C"] == pytest.approx(step["kept"] + step["added"])


def test_training_live_starts_pauses_and_goes_on():
    app = opened(ROOT / "pages/4_training.py")
    app.select_slider(key="hidden").set_value(16)
    app.select_slider(key="epochs").set_value(1)
    next(button for button in app.button if button.label == "Start anew").click()
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
    assert "狐" in app.warning[0].value
