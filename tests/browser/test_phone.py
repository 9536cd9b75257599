"""On a phone: fingers on sliders, the slider and its picture on one screen, and a menu that goes."""

import pytest

from tests.browser.visit import arrive, settle

expect = pytest.importorskip("playwright.sync_api").expect

SIZE = {"width": 360, "height": 740}
BELOW = 60  # pixels of the page's head, which stays

# The view, a slider of it and what it changes.
PICTURES = {
    "": (".signal input[type=range], .belt input[type=range]", ".signal > svg, .belt > svg"),
    "gates": (".sliders .slider input", "svg.narrow"),
    "gates?part=Over+time": (".sliders .slider input", ".time > svg"),
    "gates?part=Challenges": (".sliders .slider input", ".time > svg"),
    "gates?part=Vectors": (".place .control.slider input", ".matrix"),
    "gradients": (".control.slider input", "svg.picture"),
    "gradients?view=Explosion": (".control.slider input", "svg.picture"),
    "training": (".control.slider input", "svg.picture"),
}


@pytest.fixture
def phone(browser):
    """A new visitor's page on a phone."""
    context = browser.new_context(
        viewport=SIZE, device_scale_factor=2, is_mobile=True, has_touch=True, reduced_motion="reduce"
    )
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def _finger(page, slider, across, down):
    """Put a finger on a slider, at seven tenths of it, draw it so many pixels, and lift it."""
    devtools, box = page.context.new_cdp_session(page), slider.bounding_box()
    x, y = box["x"] + box["width"] * 0.7, box["y"] + box["height"] / 2

    def send(kind, *points):
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    send("touchStart", {"x": x, "y": y})
    for k in range(1, 13):
        send("touchMove", {"x": x + across * k / 12, "y": y + down * k / 12})
    send("touchEnd")
    settle(page)


def _top(page):
    return page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")


@pytest.mark.parametrize("view", ["gates", "gradients"])
def test_a_finger_that_goes_up_on_a_slider_scrolls_and_one_along_it_moves_it(phone, address, view):
    phone.goto(f"{address}/{view}")
    arrive(phone)
    slider = phone.locator(PICTURES[view][0]).first
    slider.evaluate("(input) => input.scrollIntoView({ block: 'end' })")
    value, top = slider.input_value(), _top(phone)
    _finger(phone, slider, across=2, down=-150)
    assert slider.input_value() == value
    assert _top(phone) > top + 50
    slider.evaluate("(input) => input.scrollIntoView({ block: 'end' })")
    _finger(phone, slider, across=-60, down=0)
    moved = slider.input_value()
    assert moved != value
    box = slider.bounding_box()
    phone.touchscreen.tap(box["x"] + box["width"] * 0.95, box["y"] + box["height"] / 2)  # a tap counts
    expect(slider).not_to_have_value(moved)


@pytest.mark.parametrize("view", PICTURES)
def test_a_slider_and_its_picture_share_the_screen(phone, address, view):
    selector, picture = PICTURES[view]
    phone.goto(f"{address}/{view}")
    arrive(phone)
    button = phone.get_by_role("button", name="Show the answer")
    if button.count():
        button.first.click()
        settle(phone)
    slider = phone.locator(selector).first
    slider.scroll_into_view_if_needed()
    _finger(phone, slider, across=-40, down=0)
    for place in (slider, phone.locator(picture).first):
        box = place.bounding_box()
        seen = min(box["y"] + box["height"], SIZE["height"]) - max(box["y"], BELOW)
        assert seen >= 0.7 * min(box["height"], SIZE["height"] - BELOW), (place, box)


def test_the_menu_has_a_name_and_closes_when_a_page_is_chosen(phone, address):
    phone.goto(f"{address}/gradients")
    arrive(phone)
    button = phone.get_by_test_id("stExpandSidebarButton")
    assert "Menu" in button.evaluate("(button) => getComputedStyle(button, '::after').content")
    button.click()
    sidebar = phone.get_by_test_id("stSidebar")
    expect(sidebar).to_have_attribute("data-collapsed", "false")
    phone.get_by_test_id("stSidebarNavLink").nth(1).click()
    expect(sidebar).to_have_attribute("data-collapsed", "true")
    expect(phone).to_have_url(f"{address}/gates", timeout=20_000)


def test_no_button_names_a_key(phone, address):
    phone.goto(f"{address}/gates")
    arrive(phone)
    expect(phone.get_by_role("button", name="Show the answer")).to_be_visible()
    expect(phone.locator("button kbd").first).to_be_hidden()


def test_a_verdict_is_scrolled_to(phone, address):
    phone.goto(f"{address}/gates?part=Challenges")
    arrive(phone)
    phone.get_by_role("button", name="✓ Check").click()
    expect(phone.locator(".verdict")).to_be_in_viewport()
