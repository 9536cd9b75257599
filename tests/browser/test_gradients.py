"""The gradients page in a real browser: every slider is followed, by key and by pointer; nothing is sent."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from lesson.course.decks import places
from lesson.frame.query import Query
from lesson.gradients.answers import ANSWERS as CURVES
from lesson.gradients.challenges.answers import WINDOWS
from lesson.gradients.explosion.answers import ANSWERS as EXPLOSION
from lesson.widgets.questions import COVERED
from tests.browser.visit import settle, settled, sideways

ANSWERS = CURVES | EXPLOSION


def words(name, **values):
    """What Python says at a setting."""
    return ANSWERS[f"gradients/{name}"].compute(Query(values))["frames"][0]["alt"]


def say(page, text):
    """Wait until the picture says this, in its words and for those who do not see it."""
    expect(page.locator(".words").first).to_contain_text(text)
    expect(page.locator("svg.picture")).to_have_attribute("aria-label", text)


def opened(page, url):
    """Open a part and pass its questions by: what they cover is there then."""
    page.goto(url)
    expect(page.locator(".curve").first).to_be_attached(timeout=30_000)
    settled(page)
    explore(page)
    settle(page)
    page.sent.clear()
    page.asked.clear()


def explore(page):
    """Pass by the questions of the part in view, by key: a pointer would rest on a slider afterwards."""
    page.get_by_role("button", name=re.compile("^(Explore without questions|Skip)")).last.press("Enter")
    expect(page.get_by_text("Questions in this part")).to_be_visible()
    expect(page.locator("[data-covered='']").first).to_be_attached()


# Each slider of each part: its part, its name, its control, the value after ten presses of an arrow key.
SLIDERS = [
    ("The race", "race", "Forget bias", "bf", "3.5"),
    ("The race", "race", "RNN: spectral radius", "radius", "1.4"),
    ("The race", "race", "GRU: update-gate bias", "bz", "2.5"),
    ("The race", "race", "Size of the input", "scale", "1.5"),
    ("Two gradient paths", "paths", "Forget bias", "bf", "3.5"),
    ("Two gradient paths", "paths", "Size of the input", "scale", "1.5"),
]


@pytest.mark.parametrize(("view", "name", "slider", "control", "value"), SLIDERS)
def test_a_held_key_is_followed_and_nothing_is_sent(visitor, address, view, name, slider, control, value):
    page = visitor
    opened(page, f"{address}/gradients?view={view.replace(' ', '+')}")
    if control not in ("bf",):
        page.get_by_text("More to set").click()
    handle = page.get_by_role("slider", name=slider)
    handle.focus()
    expect(page.locator(".waiting")).to_have_count(0)
    for _ in range(10):
        handle.press("ArrowRight")
    say(page, words(name, **{control: value}))
    expect(page).to_have_url(re.compile(rf"[?&]{control}={value}(&|$)"))
    along = [url for url in page.asked if "along=" in url]
    assert page.sent == [] and all(f"along={control}" in url for url in along)
    assert len(along) == 1 or ("near=6" in along[0] and len(along) <= 3)  # a key asks for what is nearby


def test_the_picture_follows_the_pointer_and_the_axis_rests(visitor, address):
    page = visitor
    opened(page, f"{address}/gradients?view=The+race&T=60")
    box = page.get_by_role("slider", name="Forget bias").bounding_box()
    middle = box["y"] + box["height"] / 2
    with page.expect_response(re.compile("/api/")) as along:  # asked for as soon as the pointer comes
        page.mouse.move(box["x"] + box["width"] / 8, middle)
    page.mouse.down()
    along.value.finished()
    page.wait_for_timeout(300)  # they are read
    curve, axis = page.locator(".curve").nth(2), page.locator("svg.picture")
    curves, verdicts, axes = set(), set(), set()
    for step in range(3, 29):
        page.mouse.move(box["x"] + box["width"] * step / 32, middle)
        curves.add(curve.get_attribute("points"))
        verdicts.add(page.locator(".claims").inner_text())
        axes.add(" ".join(axis.locator(".tick.y").all_text_contents()))
    page.mouse.up()
    assert len(curves) > 15 and len(verdicts) > 15 and len(axes) == 1
    assert page.sent == [] and len(page.asked) == 1
    bias = page.locator(".card .value").first.inner_text().split()[0]
    page.wait_for_url(re.compile(rf"bf={re.escape(bias)}(&|$)"))  # the address follows at a pace
    say(page, words("race", T="60", bf=bias))
    expect(page.locator(".card .value").first).to_have_text(re.compile(rf"^{bias} → 0\.\d+$"))


def test_steps_and_units_are_followed_and_the_newest_wins(visitor, address):
    page = visitor
    opened(page, f"{address}/gradients")
    page.get_by_text("More to set").click()
    steps = page.get_by_role("slider", name="Steps T")
    steps.focus()
    for _ in range(15):
        steps.press("ArrowLeft")
    say(page, words("race", T="85"))
    page.get_by_role("radiogroup", name="Hidden units H").get_by_text("16", exact=True).click()
    page.get_by_role("radiogroup", name="Gradient of the LSTM").get_by_text("∂L/∂C").click()
    say(page, words("race", T="85", H="16", gradient_of="∂L/∂C"))
    assert page.sent == []


def test_a_number_that_is_entered_becomes_the_one_that_counts(visitor, address):
    page = visitor
    opened(page, f"{address}/gradients?T=60")
    page.get_by_text("More to set").click()
    seed = page.get_by_role("spinbutton", name="Seed")
    for entered, counts in (("99999999999", "999"), ("-5", "0"), ("1.6", "2")):
        seed.fill(entered)
        seed.press("Enter")
        expect(seed).to_have_value(counts)
        say(page, words("race", T="60", seed=counts))


def test_the_explosion_follows_its_radius(visitor, address):
    page = visitor
    opened(page, f"{address}/gradients?view=Explosion")
    page.get_by_role("slider", name="Spectral radius").focus()
    for _ in range(10):
        page.keyboard.press("ArrowLeft")
    say(page, words("explosion", explode="1.5"))
    page.get_by_text("0.01", exact=True).click()
    answer = ANSWERS["gradients/explosion"].compute(Query({"explode": "1.5", "sgd_rate": "0.01"}))
    expect(page.locator("tbody tr").first).to_contain_text(answer["frames"][0]["rows"][0][2])
    assert page.sent == []


def test_the_units_follow_when_the_slider_rests(visitor, address):
    page = visitor
    opened(page, f"{address}/gradients?view=Two+gradient+paths&T=40")
    expect(page.locator(".map")).to_have_count(2)
    page.get_by_role("slider", name="Forget bias").focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    assert not [url for url in page.asked if "/units" in url]
    answer = ANSWERS["gradients/units"].compute(Query({"T": "40", "bf": "3"}))
    expect(page.locator(".units .note")).to_contain_text(answer["alt"])
    expect(page.locator(".check")).to_contain_text(answer["digits"])
    expect(page.locator(".old")).to_have_count(0)
    page.get_by_text("RNN", exact=True).click()
    expect(page.locator(".map")).to_have_count(1)
    answer = ANSWERS["gradients/units"].compute(Query({"T": "40", "bf": "3", "flow_cell": "RNN"}))
    expect(page.locator(".units .note")).to_contain_text(answer["alt"])
    page.locator(".map canvas").hover(position={"x": 3, "y": 3})
    expect(page.locator(".read")).to_have_text(re.compile(rf"unit {answer['units'][0]}, 0 steps back: "))
    assert page.sent == []


def test_a_link_a_reload_another_part_and_back_show_the_same_state(visitor, address):
    page = visitor
    state = {"bf": "2", "T": "50", "radius": "1.5", "scale": "1", "H": "16", "seed": "7"}
    state["gradient_of"] = "∂L/∂C"
    opened(page, f"{address}/gradients?{urlencode({'view': 'The race', **state})}")
    say(page, words("race", **state))
    page.get_by_role("slider", name="Forget bias").focus()
    page.keyboard.press("ArrowRight")
    state["bf"] = "2.25"
    say(page, words("race", **state))
    expect(page).to_have_url(re.compile("bf=2.25"))
    page.reload()
    say(page, words("race", **state))
    page.get_by_role("radio", name="Two gradient paths").click()
    explore(page)
    say(page, words("paths", **{name: state[name] for name in ("bf", "T", "scale", "H", "seed")}))
    page.get_by_role("radio", name="Explosion").click()
    expect(page.get_by_role("slider", name="Spectral radius")).to_be_visible()
    page.get_by_role("radio", name="The race").click()
    say(page, words("race", **state))


def test_a_link_that_asks_for_too_much_opens_the_nearest_and_says_so(visitor, address):
    page = visitor
    page.goto(f"{address}/gradients?view=The+race&bf=99&T=30")
    expect(page.get_by_text(re.compile(r"shown is 8|showing 8"))).to_be_visible()
    settled(page)
    explore(page)
    say(page, words("race", bf="8", T="30"))


def test_a_window_is_dragged_checked_and_once_found_its_curve_is_drawn(visitor, address):
    page = visitor
    low, high = WINDOWS["bias"].window()
    opened_challenges(page, f"{address}/gradients?view=Challenges&bias_to={high:g}")
    panel = page.locator(".check").filter(has=page.locator("[data-control=bias_from]"))
    panel.get_by_role("button", name="Check the window").click()
    expect(panel.locator(".verdict")).to_have_text(re.compile("the lower end is too low"))
    assert panel.locator(".curve").count() == 0
    page.get_by_role("slider", name="Window of b f, from").focus()
    for _ in range(round(low / 0.25)):
        page.keyboard.press("ArrowRight")
    expect(panel.locator(".verdict")).to_be_hidden()
    assert page.sent == []
    panel.get_by_role("button", name="Check the window").click()
    expect(panel.locator(".verdict")).to_have_text(re.compile("Yes. Measured, the window"))
    expect(panel.locator(".curve")).to_have_count(1)
    expect(panel.locator(".note")).to_contain_text("The value worked out by hand lies above this window")
    # The browser has it once the page's script has run: whoever leaves in that moment has to check again.
    page.wait_for_function("Object.keys(localStorage).some((key) => key.includes('solved/gradients'))")
    page.goto(f"{address}/?section=My+course")
    expect(page.get_by_text("A tenth after 100 steps")).to_be_visible()
    page.goto(f"{address}/gradients?view=Challenges")
    expect(panel.locator(".curve")).to_have_count(1)  # it is known that it was found


def opened_challenges(page, url):
    page.goto(url)
    expect(page.get_by_role("button", name="Check the window")).to_have_count(2, timeout=30_000)
    settle(page)
    page.sent.clear()


def test_answers_that_are_typed_and_chosen_are_checked_without_a_run(visitor, address):
    page = visitor
    opened_challenges(page, f"{address}/gradients?view=Challenges")
    page.get_by_role("textbox", name="Your b f").fill("2")
    expect(page.get_by_text("too little: f has to be nearer to 1")).to_be_visible()
    page.get_by_role("textbox", name="Your b f").fill("3,75")
    expect(page.get_by_text("bf = ln(f / (1 − f)) = 3.76")).to_be_visible()
    for name, answer in (("without any input", "to smaller radii"), ("inputs twice as", "to larger radii")):
        page.get_by_role("radiogroup", name=name).get_by_text(answer).click()
    expect(page.get_by_text("The larger the input, the further h is from 0")).to_be_visible()
    assert page.sent == []


@pytest.mark.parametrize("view", ["The race", "Two gradient paths", "Explosion", "Challenges"])
def test_every_part_fits_and_logs_no_error(page, address, view):
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}/gradients?view={view.replace(' ', '+')}")
    settled(page)
    settle(page)
    assert sideways(page) <= 0 and not errors


@pytest.mark.parametrize("view", ["The race", "Two gradient paths"])
def test_the_first_screen_holds_question_slider_and_picture(visitor, address, view):
    page = visitor
    page.goto(f"{address}/gradients?view={view.replace(' ', '+')}")
    settled(page)
    settle(page)
    parts = page.get_by_text("First guess, 1 of"), page.get_by_role("slider"), page.locator("svg.picture")
    for part in parts:
        box = part.first.bounding_box()
        assert box["y"] >= 0 and box["y"] + box["height"] <= 721


# -- what questions cover --


@pytest.mark.parametrize("id", ["three", "without", "radius", "roads"])
@pytest.mark.parametrize("values", [{}, {"bf": "3"}, {"bf": "0", "radius": "1"}], ids=str)
def test_no_curve_word_or_number_stands_beside_a_question_about_curves(visitor, address, id, values):
    page, place = visitor, places()[id]
    page.goto(f"{address}/gradients?{urlencode({**place.query, **values})}")
    settled(page)
    settle(page)
    expect(page.locator(".curves .cover")).to_have_text(COVERED)
    assert page.locator(".curve").count() > 2  # their names stand in the legend
    assert not [one for one in page.locator(".curve").all() if one.get_attribute("points")]
    assert page.locator("svg.picture").get_attribute("aria-label") == COVERED
    for hidden in (".words", ".card", ".claims"):
        for one in page.locator(hidden).all():
            expect(one).to_be_hidden()
    for shown in (".legend", ".tick.x", "[data-control=bf] input"):
        expect(page.locator(shown).first).to_be_visible()
    page.get_by_role("slider", name="Forget bias").focus()
    page.keyboard.press("ArrowRight")  # moving it uncovers nothing
    settle(page)
    assert not [one for one in page.locator(".curve").all() if one.get_attribute("points")]
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator(".words").first).to_be_visible()
    assert [one for one in page.locator(".curve").all() if one.get_attribute("points")]


def test_what_clipping_makes_of_an_update_comes_with_the_answer(visitor, address):
    page = visitor
    page.goto(f"{address}/gradients?view=Explosion&ask=clipping")
    settled(page)
    settle(page)
    expect(page.locator("tbody")).to_be_hidden()
    expect(page.locator(".clipping")).to_be_hidden()
    expect(page.locator(".words")).to_be_visible()
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator("tbody")).to_be_visible()
    expect(page.locator(".clipping")).to_be_visible()


# -- initial weights of other libraries --


def test_a_library_sets_what_it_starts_with_and_sliders_still_move_it(visitor, address):
    page = visitor
    opened(page, f"{address}/gradients?view=The+race&T=60")
    page.get_by_text("More to set").click()
    page.get_by_role("radiogroup", name="Initial weights").get_by_text("PyTorch").click()
    say(page, words("race", T="60", init="PyTorch", bf="0", radius="0.6"))
    expect(page.locator(".rule")).to_contain_text("As in PyTorch")
    expect(page).to_have_url(re.compile("init=PyTorch"))
    page.get_by_role("slider", name="Forget bias").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    say(page, words("race", T="60", init="PyTorch", bf="1", radius="0.6"))
    page.get_by_role("radiogroup", name="Initial weights").get_by_text("this course").click()
    say(page, words("race", T="60"))
    assert page.sent == []
