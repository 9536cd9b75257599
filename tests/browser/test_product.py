"""The RNN's product and the LSTM that explodes in a browser: followed by key, drawn, solved, nothing sent."""

import re

import pytest
from playwright.sync_api import expect

from lesson.frame.query import Query
from lesson.gradients.explosion.answers import ANSWERS as EXPLOSION
from lesson.gradients.product.answers import ANSWERS as PRODUCT
from tests.browser.conftest import listen
from tests.browser.test_gradients import opened

VIEW = "gradients?view=The+RNN%27s+product"


@pytest.fixture
def visitor(browser):
    """A projector; what is sent through the socket is in `page.sent`, what is asked in `page.asked`."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    yield listen(context.new_page())
    context.close()


def frame_of(answers, name, **values):
    """What Python says at a setting."""
    reply = answers[f"gradients/{name}"].compute(Query(values))
    return {**reply["common"], **reply["frames"][0]}


def plain(markup):
    return re.sub(r"<[^>]+>", "", markup)


def test_a_held_key_walks_back_through_time(visitor, address):
    page = visitor
    opened(page, f"{address}/{VIEW}")
    page.get_by_role("slider", name="Steps back").focus()
    for _ in range(7):
        page.keyboard.press("ArrowRight")
    frame = frame_of(PRODUCT, "product", back="12")
    expect(page.locator(".plane svg")).to_have_attribute("aria-label", frame["says"])
    expect(page.locator("svg.picture")).to_have_attribute("aria-label", frame["alt"])
    expect(page.locator(".words").first).to_have_text(plain(frame["words"]))
    for name in ("weights", "slopes", "matrix", "before", "after"):
        kind = {"matrix": "factor"}.get(name, name)
        cells = page.locator(f".term.{kind} .grid").first.locator("span").all_text_contents()
        assert cells == [text for row in frame["factors"][name] for text in row]
    expect(page).to_have_url(re.compile(r"[?&]back=12(&|$)"))
    assert page.sent == [] and len(page.asked) == 1 and "along=back" in page.asked[0]


def test_the_arrow_points_where_the_numbers_say(visitor, address):
    page = visitor
    opened(page, f"{address}/{VIEW}&back=3")
    plane = frame_of(PRODUCT, "product", back="3")["plane"]
    tip = page.locator(".arrow.after polygon").get_attribute("points").split(" ")[0].split(",")
    side = float(page.locator(".plane svg").get_attribute("viewBox").split(" ")[2])
    x, y = ((float(at) - side / 2) * plane["reach"] / (side / 2) for at in tip)
    assert (x, -y) == pytest.approx(plane["after"], abs=8)  # thousandths; a tenth of a pixel is about one


def test_the_lstm_s_factor_follows_its_slider(visitor, address):
    page = visitor
    opened(page, f"{address}/{VIEW}&back=20")
    expect(page.locator(".gate .f")).to_contain_text("σ(1) = 0.731 at every step. After 20 steps f20")
    page.get_by_role("slider", name="Forget bias").focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    expect(page.locator(".gate .f")).to_have_text(
        plain(frame_of(PRODUCT, "product", back="20", bf="3")["gate"])
    )
    assert page.sent == []


def test_the_challenge_is_checked_and_solved(visitor, address):
    page = visitor
    opened(page, f"{address}/{VIEW}&radius=1&scale=0.5")
    page.get_by_role("button", name="Check on ten networks").click()
    expect(page.locator(".verdict")).to_contain_text("Not yet")
    page.locator("summary", has_text="More to set").click()
    page.get_by_role("slider", name="Size of the input").focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    expect(page.locator(".verdict")).to_be_hidden()  # it was about another setting
    page.get_by_role("button", name="Check on ten networks").click()
    expect(page.locator(".verdict.right")).to_contain_text("10 of 10 networks")


def test_the_lstm_s_explosion_follows_its_sliders(visitor, address):
    page = visitor
    opened(page, f"{address}/gradients?view=Explosion&explodes=LSTM")
    page.get_by_role("slider", name="Size of the input").focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    frame = frame_of(EXPLOSION, "lstm_explosion", explode_scale="0.5")
    expect(page.locator("svg.picture")).to_have_attribute("aria-label", frame["alt"])
    expect(page.locator("tbody tr").first).to_contain_text(frame["rows"][0][2])
    expect(page).to_have_url(re.compile(r"[?&]explode_scale=0\.5(&|$)"))
    assert page.sent == []
    page.get_by_role("radio", name="RNN", exact=True).click()
    expect(page.get_by_role("slider", name="Spectral radius of the RNN")).to_be_visible()
