"""Loss curves in a real browser: what is drawn is what was sent, whatever it is."""

import re

import numpy as np
import pytest

from lesson.training.replay.film import film_of
from tests.browser.conftest import ROOT, serving
from tests.browser.visit import settled, sideways

expect = pytest.importorskip("playwright.sync_api").expect

# Two runs, one of which is lost, and a name that a visitor could have typed.
SCRIPT = """
import numpy as np
import streamlit as st

from lesson.widgets.loss_curves import draw_losses
from visualization.drawings.losses import Curve

step = np.arange(1, 401)
good, lost = 3 - step / 400, np.full(400, 3.0)
lost[200:300] = np.geomspace(9, 50_000, 100)
lost[300:] = np.nan
at = step[39::40]
curves = [
    Curve("this run", step, good, at, good[at - 1] + 0.25, np.full(400, 2.0)),
    Curve("<img src=x onerror=alert(1)>", step, lost, at, lost[at - 1], np.full(400, 300.0)),
]
st.title("Two runs")
draw_losses(curves, 59, 400, key="two", clip=5.0)
"""


def points(line):
    """The corners of a path, (n, 2)."""
    return np.array(re.findall(r"[ML]([\d.]+) ([\d.]+)", line.get_attribute("d")), float)


def level(page, *ticks):
    """From a height in the picture to a loss, by two of its ticks."""
    numbers = [page.locator(".picture .y").get_by_text(tick, exact=True).first for tick in ticks]
    size = numbers[0].evaluate("(tick) => parseFloat(getComputedStyle(tick).fontSize)")
    heights = [float(tick.get_attribute("y")) - 0.35 * size for tick in numbers]  # texts stand below lines
    return lambda y: np.interp(-y, -np.array(heights), [float(tick) for tick in ticks])


def test_a_curve_ends_at_the_loss_that_was_measured_last(page, address):
    page.goto(f"{address}/training?model=rhymes&moment=11")
    settled(page)
    page.locator(".losses .line").first.wait_for()
    curve, loss = film_of("rhymes").curve, level(page, "0", "4")
    for line, measured in (
        (page.locator(".training"), curve.loss),
        (page.locator(".dashed"), curve.validation_loss),
    ):
        drawn = points(line)
        assert loss(drawn[-1, 1]) == pytest.approx(measured[-1], abs=0.01)
        assert (np.diff(drawn[:, 0]) >= 0).all()
    dots = [
        re.match(r"M([\d.]+) ([\d.]+)a6 ", dot.get_attribute("d")).groups()
        for dot in page.locator(".here").all()
    ]
    snapshots = film_of("rhymes").checkpoint.snapshots
    assert [loss(float(y)) for _, y in dots] == pytest.approx(
        [snapshots.loss[11], snapshots.validation_loss[11]], abs=0.01
    )


def test_a_step_is_told_by_key_and_by_pointer(page, address):
    page.goto(f"{address}/training?model=rhymes")
    settled(page)
    picture, tip = page.locator(".losses .picture"), page.locator(".losses .tip")
    picture.focus()
    page.keyboard.press("End")
    curve = film_of("rhymes").curve
    expect(tip).to_contain_text(f"step {curve.step[-1]:,.0f}")
    expect(tip).to_contain_text(f"training {curve.loss[-1]:.3f}")
    expect(tip).to_contain_text(f"validation {curve.validation_loss[-1]:.3f}")
    page.keyboard.press("ArrowLeft")
    expect(tip).not_to_contain_text(f"step {curve.step[-1]:,.0f}")
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    box = picture.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 100)
    expect(tip).to_be_visible()
    assert sideways(page) <= 0


# The drawings' code is gone, and what comes of it at first gets lost as well.
LOSE = """() => {
  let code, lost = 3
  Object.defineProperty(window, "lstmDrawings", {
    get: () => code, set: (value) => { if (lost-- <= 0) code = value },
  })
}"""


# A drawing whose data change with a press; another comes later.
GROWING = """
import numpy as np
import streamlit as st

from lesson.widgets.bars import draw_bars
from lesson.widgets.loss_curves import draw_losses
from visualization.drawings.bars import Bar
from visualization.drawings.losses import Curve

st.title("A run")
n = 10 if st.toggle("On") else 5
step = np.arange(1, n + 1)
draw_losses([Curve("run", step, 4 - step / 10, step, 4 - step / 10)], 59, n, key="run")
draw_bars([Bar("a", f"{n}%", 100 * n)], key="next", alt="a")
"""


def test_code_that_was_lost_on_the_way_is_asked_for_again_and_again(page, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "app.py").write_text(GROWING, "utf-8")
    with serving("app.py", tmp_path) as (address, _):
        page.goto(address)
        settled(page)
        page.locator(".losses .line").first.wait_for()
        page.evaluate(LOSE)
        page.get_by_text("On", exact=True).click()
        label = page.locator(".losses [role=img]")
        expect(label).to_have_attribute("aria-label", re.compile("validation ends at 3.00"))
        expect(page.locator(".bars .says").first).to_have_text("10%")


def test_what_explodes_is_marked_and_said_and_names_are_text(page, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "app.py").write_text(SCRIPT, "utf-8")
    with serving("app.py", tmp_path) as (address, _):
        page.goto(address)
        settled(page)
        losses = page.locator(".losses")
        expect(losses).to_contain_text("training up to 5.0 · 10⁴ at step 300")
        expect(losses).to_contain_text("training not a number from step 301 on")
        expect(losses.locator(".legend")).to_contain_text("<img src=x onerror=alert(1)>")
        assert page.locator("img[src=x]").count() == 0
        # Nothing is drawn above the panel, and the lost curve ends where it was last a number.
        lost, good = (points(losses.locator(".training").nth(k)) for k in range(2))  # the first on top
        assert min(lost[:, 1].min(), good[:, 1].min()) == lost[-1, 1] == 25
        assert lost[-1, 0] < good[-1, 0] and losses.locator(".stop").first.get_attribute("d")
        picture = losses.locator(".picture")
        picture.focus()
        page.keyboard.press("End")
        expect(losses.locator(".tip")).to_contain_text("training 2.000")
        expect(losses.locator(".tip")).to_contain_text("training not a number")
        expect(losses.locator(".tip")).to_contain_text("gradient norm 2.0")
        expect(losses.locator(".tip")).to_contain_text("gradient norm 300")
        page.keyboard.press("Home")
        expect(losses.locator(".tip")).to_contain_text("step 1")
        assert sideways(page) <= 0
