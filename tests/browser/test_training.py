"""Live training in a real browser: it begins at once, stops at once, and is shared."""

import re

import pytest

from tests.browser.visit import settled, sideways, start_training

expect = pytest.importorskip("playwright.sync_api").expect

QUICK = "tab=Live&hidden=32&budget=100+epochs"


def go_to(page, title):
    """Another page of the course, in the same session."""
    menu = page.get_by_test_id("stExpandSidebarButton")
    if menu.is_visible():
        menu.click()
    links = page.get_by_test_id("stTopNavLink").or_(page.get_by_test_id("stSidebarNavLink"))
    links.filter(has_text=title).locator("visible=true").first.click()
    page.get_by_role("heading", level=1, name="LSTM" if title == "Start" else title).wait_for()
    if page.locator("[data-testid=stSidebar][data-collapsed=false]").count():
        page.get_by_test_id("stSidebar").get_by_role("button").first.click()


def step_shown(page):
    """The step that the progress bar names."""
    told = page.get_by_text(re.compile(r"step [\d,]+ of")).first.inner_text()
    return int(re.search(r"step ([\d,]+)", told)[1].replace(",", ""))


def test_a_run_begins_pauses_steps_and_goes_back(page, address):
    start_training(page, address, f"{QUICK}&run_seed=11")
    expect(page.get_by_text(re.compile(r"characters/s"))).to_be_visible()
    expect(page.locator("svg.picture")).to_have_attribute(
        "aria-label", re.compile(r"learning rate 0.01: training from 4\.")
    )
    page.wait_for_timeout(700)
    page.get_by_role("button", name="Pause", exact=True).click()
    page.get_by_role("button", name="Go on", exact=True).wait_for()
    stood = step_shown(page)
    page.wait_for_timeout(800)
    assert step_shown(page) == stood > 0
    page.get_by_role("button", name="Step", exact=True).click()
    expect(page.get_by_text(f"step {stood + 1:,} of")).to_be_visible()
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(page.get_by_text("step 0 of")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^Step 0: what it writes"))).to_be_visible()
    assert sideways(page) <= 0


def test_a_run_goes_on_while_its_visitor_looks_at_another_page(page, address):
    start_training(page, address, f"{QUICK}&run_seed=12")
    expect(page.get_by_text(re.compile(r"characters/s"))).to_be_visible()
    before = step_shown(page)
    go_to(page, "Start")
    page.wait_for_timeout(1500)
    go_to(page, "Training")
    page.get_by_role("radio", name="Live").or_(page.get_by_role("button", name="Live")).first.click()
    expect(page.get_by_text(re.compile(r"characters/s"))).to_be_visible()
    assert step_shown(page) > before + 20


def test_two_visitors_share_a_run_and_each_pauses_alone(browser, address):
    pages = [browser.new_context().new_page() for _ in range(2)]
    for page in pages:
        start_training(page, address, f"{QUICK}&run_seed=13")
        expect(page.get_by_text(re.compile(r"characters/s"))).to_be_visible()
    one, two = pages
    expect(one.get_by_text("1 other looks on")).to_be_visible()
    one.get_by_role("button", name="Pause", exact=True).click()
    one.get_by_role("button", name="Go on", exact=True).wait_for()
    stood, seen = step_shown(one), step_shown(two)
    two.wait_for_timeout(1500)
    assert step_shown(one) == stood
    assert step_shown(two) > seen
    two.context.close()
    one.get_by_role("button", name="Go on", exact=True).click()
    expect(one.get_by_text("1 other looks on")).not_to_be_visible()
    one.context.close()


def test_a_pair_that_differs_in_one_setting_is_drawn_on_the_same_axes(page, address):
    page.goto(f"{address}/training?{QUICK}&run_seed=14&differs=learning+rate&other_rate=0.3")
    settled(page)
    page.get_by_role("button", name="Start both").click()
    for name in ("learning rate 0.01", "learning rate 0.3"):
        expect(page.get_by_text(name).first).to_be_visible()
    expect(page.get_by_text(re.compile("what it writes"))).to_have_count(2)
    page.get_by_role("button", name="Pause", exact=True).click()
    assert sideways(page) <= 0
