"""Live training in a real browser: it begins at once, stops at once, is shared, and needs no script."""

import re

import pytest

from lesson.frame.files import ROOT
from tests.browser.conftest import free_port, serving
from tests.browser.visit import settle, settled, sideways, start_training
from tests.waiting import wait_until

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


def curve(page):
    """The path of the training loss."""
    return page.locator("path.line").first.get_attribute("d")


def count_messages(page):
    """A list of everything that comes and goes through Streamlit's socket from now on."""
    messages = []

    def listen(socket):
        socket.on("framesent", lambda message: messages.append(message))
        socket.on("framereceived", lambda message: messages.append(message))

    page.on("websocket", listen)
    return messages


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
    expect(page.get_by_text(re.compile(r"^Step 0: what the network writes"))).to_be_visible()
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
    wait_until(lambda: step_shown(page) > before + 20)  # a film of what has happened meanwhile


def live(page):
    """The page Training with its part Live."""
    go_to(page, "Training")
    page.get_by_role("radio", name="Live").or_(page.get_by_role("button", name="Live")).first.click()


def test_each_page_has_a_run_of_its_own_also_when_it_is_loaded_again(page, address):
    start_training(page, address, f"{QUICK}&run_seed=14")
    wait_until(lambda: step_shown(page) > 100)
    go_to(page, "Series")
    page.get_by_role("button", name="Explore without questions").click()
    page.get_by_role("button", name="Train", exact=True).click()
    expect(page.locator(".progress")).to_contain_text("update")
    live(page)
    expect(page.locator("svg.picture")).to_have_attribute("aria-label", re.compile("training from"))
    before = step_shown(page)
    assert before > 100
    wait_until(lambda: step_shown(page) > before)
    go_to(page, "Series")
    expect(page.locator(".progress")).to_contain_text("update")
    live(page)
    page.reload()
    settled(page)
    wait_until(lambda: step_shown(page) >= before)


def test_two_visitors_share_a_run_and_each_pauses_alone(browser, address):
    pages = [browser.new_context().new_page() for _ in range(2)]
    for page in pages:
        start_training(page, address, f"{QUICK}&run_seed=13")
        expect(page.get_by_text(re.compile(r"characters/s"))).to_be_visible()
    one, two = pages
    expect(one.get_by_text("1 other visitor looks at this run")).to_be_visible()
    one.get_by_role("button", name="Pause", exact=True).click()
    one.get_by_role("button", name="Go on", exact=True).wait_for()
    stood, seen = step_shown(one), step_shown(two)
    two.wait_for_timeout(1500)
    wait_until(lambda: step_shown(two) > seen)
    assert step_shown(one) == stood
    two.context.close()
    one.get_by_role("button", name="Go on", exact=True).click()
    expect(one.get_by_text("1 other visitor looks at this run")).not_to_be_visible()
    one.context.close()


def test_a_pair_that_differs_in_one_setting_is_drawn_on_the_same_axes(page, address):
    page.goto(f"{address}/training?{QUICK}&run_seed=14&differs=learning+rate&other_rate=0.3")
    settled(page)
    page.get_by_role("button", name="Explore without questions").click()
    page.get_by_role("button", name="Start both").click()
    for name in ("learning rate 0.01", "learning rate 0.3"):
        expect(page.get_by_text(name).first).to_be_visible()
    expect(page.get_by_text(re.compile("what the network writes"))).to_have_count(2)
    page.get_by_role("button", name="Pause", exact=True).click()
    assert sideways(page) <= 0


def test_a_run_is_watched_paused_and_gone_through_without_a_script(page, address):
    messages = count_messages(page)
    start_training(page, address, f"{QUICK}&run_seed=15")
    expect(page.get_by_text(re.compile(r"step [1-9][\d,]* of"))).to_be_visible()
    settle(page)
    page.wait_for_timeout(1_000)
    messages.clear()
    before, step = curve(page), step_shown(page)
    wait_until(lambda: curve(page) != before and step_shown(page) > step)
    wait_until(lambda: curve(page).count("L") > 4)  # when they are joined two by two, some are still left
    page.get_by_role("button", name="Pause", exact=True).click()
    slider, whole = page.get_by_role("slider", name="Look at step"), curve(page)
    slider.focus()
    slider.press("Home")
    expect(page.get_by_text("step 0 of")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^Step 0: what the network writes"))).to_be_visible()
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    expect(page.get_by_text("step 2 of")).to_be_visible()
    # Two points, or one: of a run that has come far the curve has means over stretches.
    assert curve(page).count("L") <= 1 < whole.count("L")
    page.get_by_role("button", name="Step", exact=True).click()
    expect(page.get_by_text("step 3 of")).to_be_visible()
    page.get_by_text("Debugging checklist, and the gates").click()
    expect(page.get_by_text("Does the loss begin near ln V?")).to_be_visible()
    page.get_by_role("button", name="Go on", exact=True).click()
    expect(page.get_by_text(re.compile(r"step \d\d+ of"))).to_be_visible()
    assert messages == []
    assert sideways(page) <= 0


def test_a_socket_that_is_cut_does_not_stop_the_picture(page, address):
    page.add_init_script("""
        const Real = window.WebSocket, sockets = []
        window.WebSocket = class extends Real {
            constructor(...all) {
                if (window.isCut) throw new Error("cut")
                super(...all)
                sockets.push(this)
            }
        }
        window.cut = () => { window.isCut = true; sockets.forEach((socket) => socket.close()) }
    """)
    start_training(page, address, f"{QUICK}&run_seed=16")
    expect(page.get_by_text(re.compile(r"characters/s"))).to_be_visible()
    page.evaluate("cut()")
    page.wait_for_timeout(1_000)
    step = step_shown(page)
    wait_until(lambda: step_shown(page) > step)
    page.get_by_role("button", name="Pause", exact=True).click()
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(page.get_by_text("step 0 of")).to_be_visible()


def test_a_page_that_is_loaded_again_goes_on_with_its_run(page, address):
    start_training(page, address, f"{QUICK}&run_seed=17")
    expect(page.get_by_text(re.compile(r"step [1-9][\d,]+ of"))).to_be_visible()
    before = step_shown(page)
    page.reload()
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    expect(page.get_by_text("Press start")).not_to_be_visible()
    expect(page.get_by_role("button", name="Keep this run")).to_be_visible()
    wait_until(lambda: step_shown(page) > before)
    page.get_by_role("button", name="Start", exact=True).click()  # the same run from its beginning
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()


def test_questions_and_settings_do_not_touch_a_run_that_is_watched(page, address):
    start_training(page, address, f"{QUICK}&run_seed=18")
    expect(page.get_by_text(re.compile(r"step [1-9][\d,]+ of"))).to_be_visible()
    page.get_by_role("button", name="Pause", exact=True).click()
    page.get_by_role("button", name="Step", exact=True).click()
    page.wait_for_timeout(500)
    step, path = step_shown(page), curve(page)
    page.get_by_role("button", name="Set the good starting point").click()
    expect(page.get_by_text("not those of the run below")).to_be_visible()
    assert (step_shown(page), curve(page)) == (step, path)
    expect(page.get_by_role("button", name="Go on", exact=True)).to_be_visible()


def test_a_server_that_was_started_again_has_no_run_and_what_is_on_the_screen_stays(page):
    port = free_port()
    with serving("streamlit_app.py", ROOT, port) as (address, _):
        start_training(page, address, f"{QUICK}&run_seed=19")
        expect(page.get_by_text(re.compile(r"step [1-9][\d,]+ of"))).to_be_visible()
    step, path = step_shown(page), curve(page)
    with serving("streamlit_app.py", ROOT, port):
        expect(page.get_by_text("This run is no longer on the server; start it again.")).to_be_visible(
            timeout=60_000
        )
        page.wait_for_timeout(3_000)  # the socket is back, too
        settle(page)
        assert step_shown(page) >= step and len(curve(page)) >= len(path)
        for _ in range(3):  # on a busy machine a press may fall into the run in which the session begins
            page.get_by_role("button", name="Start", exact=True).click()
            page.wait_for_timeout(4_000)
            if not page.get_by_text("no longer on the server").is_visible():
                break
        expect(page.get_by_text("no longer on the server")).not_to_be_visible()


def test_speed_is_measured_without_a_script(page, address):
    messages = count_messages(page)
    page.goto(f"{address}/training?tab=Troubles&cause=what+costs+time")
    settled(page)
    page.get_by_role("button", name="Measure it here").click()
    expect(page.locator("[data-drawing=speed] table")).to_have_count(4)
    settle(page)
    messages.clear()
    expect(page.get_by_text(re.compile("A batch of 32 instead of a single"))).to_be_visible(timeout=120_000)
    assert messages == [] and sideways(page) <= 0
