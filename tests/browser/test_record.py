"""What a visitor has done, in real browsers: reloads, tabs, links, a forbidden storage, Back and Forward."""

import re

import pytest

from lesson.frame.files import ROOT
from lesson.gates import questions
from tests.browser.conftest import serving
from tests.browser.visit import settle, sideways

expect = pytest.importorskip("playwright.sync_api").expect

FIRST, SECOND = questions.one_step()[:2]
# Notes, at each frame of the page, whether a question can be seen that is not answered.
WATCH = """
  window.unanswered = 0
  const look = () => {
    for (const question of document.querySelectorAll("[class*='st-key-question_']")) {
      const { visibility } = getComputedStyle(question), { height } = question.getBoundingClientRect()
      const text = question.innerText, open = text.includes("First guess") && !text.includes("Yes.")
      if (visibility === "visible" && height && open) window.unanswered++
    }
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
"""
# As in another site's iframe.
FORBID = """
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError") } })
  }
"""
# A script of the record that does nothing.
DEAF = "Object.defineProperty(window, 'lstmRecord', { value: { open() {}, take() {} } })"

# A fragment runs alone: nothing but what it draws itself reaches the browser.
FRAGMENT = """
import streamlit as st

from lesson.frame import record
from lesson.widgets.solved import mark_solved, send_solved

record.open_record(None)


@st.fragment
def check():
    if st.button("Check"):
        mark_solved("gates", "keep")
        send_solved("gates")
        st.text("Solved")


check()
record.send("page", end=True)
"""


@pytest.fixture
def context(browser):
    """A visitor's browser."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(20_000)
    yield context
    context.close()


def go(page, address, path):
    page.goto(f"{address}/{path}")
    rest(page)


def rest(page):
    """Wait until what the browser keeps is restored and the page rests."""
    page.wait_for_function("'lstmRecord' in document.documentElement.dataset")
    settle(page)


def answer(page, question):
    """Answer a question rightly."""
    expect(page.get_by_text(re.compile("First guess,"))).to_be_visible()
    page.get_by_test_id("stMain").get_by_text(question.right_answer.text, exact=True).first.click()
    expect(page.get_by_text("Yes.")).to_be_visible()
    settle(page)


def choose(page, part):
    page.get_by_test_id("stMain").get_by_text(part, exact=True).first.click()
    settle(page)


def guesses(page, address):
    """Return what My course counts, in a tab of its own."""
    tab = page.context.new_page()
    go(tab, address, "?section=My+course")
    count = tab.get_by_test_id("stMetricValue").first.inner_text()
    tab.close()
    return int(count.split()[0])


def test_a_new_visitor_sees_the_question_at_once_and_costs_one_run(context, address):
    page, runs = context.new_page(), []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: runs.append(frame)))
    go(page, address, "gates")
    expect(page.get_by_text("First guess, 1 of")).to_be_visible()
    assert len(runs) == 1


def test_a_reload_loses_nothing_and_no_question_flashes_up_unanswered(page, address):
    page.add_init_script(WATCH)
    go(page, address, "gates")
    assert page.evaluate("window.unanswered") > 0  # the watch works
    answer(page, FIRST)
    page.get_by_role("button", name="Next question").click()
    expect(page.get_by_text("First guess, 2 of")).to_be_visible()
    answer(page, SECOND)
    for _ in range(3):
        page.reload()
        rest(page)
        expect(page.get_by_text("First guess, 2 of")).to_be_visible()
        expect(page.get_by_text("Yes.")).to_be_visible()
        assert page.evaluate("window.unanswered") == 0
    page.get_by_role("button", name="Next question").click()
    expect(page.get_by_text("First guess, 3 of")).to_be_visible()
    assert sideways(page) <= 0


def test_a_reload_shows_the_question_where_the_visitor_is_and_not_the_one_that_the_link_asked(page, address):
    go(page, address, "gates?part=One+step&ask=squash")
    expect(page.get_by_text("First guess, 4 of")).to_be_visible()
    page.get_by_role("button", name="Skip").click()
    expect(page.get_by_text("First guess, 5 of")).to_be_visible()
    rest(page)
    page.reload()
    rest(page)
    expect(page.get_by_text("First guess, 5 of")).to_be_visible()


def test_what_a_link_asks_in_vain_is_still_said_once_the_record_has_come(page, address):
    go(page, address, "gates")
    answer(page, FIRST)
    rest(page)
    go(page, address, "gates?part=One+step&ask=three")
    rest(page)
    expect(page.get_by_text("asks a question that this part does not have")).to_be_visible()


def test_a_question_is_seen_if_the_browser_s_script_never_comes(context, address):
    page = context.new_page()
    page.add_init_script(
        "Object.defineProperty(window, 'lstmRecord', { set() {}, get() { return { open() {}, take() {} } } })"
    )
    page.goto(f"{address}/gates")
    expect(page.get_by_text("First guess, 1 of")).to_be_visible()
    assert "lstmRecord" not in page.evaluate("({ ...document.documentElement.dataset })")


def test_a_second_tab_and_a_typed_address_have_it_too(context, address):
    page, tab = context.new_page(), context.new_page()
    go(page, address, "gates")
    answer(page, FIRST)
    go(tab, address, "gates")
    expect(tab.get_by_text("Yes.")).to_be_visible()
    go(tab, address, "exercises")
    tab.get_by_text("My check passes").first.click()
    expect(tab.get_by_text("You have ticked “My check passes” in 1 of")).to_be_visible()
    go(page, address, "exercises")
    expect(page.get_by_text("You have ticked “My check passes” in 1 of")).to_be_visible()
    expect(page.get_by_role("checkbox").first).to_be_checked()
    assert guesses(page, address) == 1


def test_two_tabs_do_not_overwrite_each_other(context, address):
    one, two = context.new_page(), context.new_page()
    go(one, address, "gates")
    go(two, address, "gradients")
    answer(one, FIRST)
    two.bring_to_front()
    two.get_by_role("button", name="Show the answer").click()
    two.get_by_role("button", name=re.compile("Next question|Finish")).click()
    settle(two)
    assert guesses(one, address) == 1
    one.reload()
    rest(one)
    expect(one.get_by_text("Yes.")).to_be_visible()
    two.reload()
    rest(two)
    expect(two.get_by_text(re.compile("First guess, 2 of|Questions in this part"))).to_be_visible()


def test_a_tab_notices_what_another_has_done(context, address):
    one, two = context.new_page(), context.new_page()
    go(one, address, "gates")
    go(two, address, "gates")
    answer(two, FIRST)
    expect(one.get_by_text("Yes.")).to_be_visible()


def test_where_the_storage_is_forbidden_the_page_works_as_long_as_it_is_open(context, address):
    page, errors = context.new_page(), []
    page.on("pageerror", lambda error: errors.append(error.message))
    page.add_init_script(FORBID)
    go(page, address, "gates")
    answer(page, FIRST)
    page.get_by_role("link", name="Gradients").first.click()
    page.wait_for_url(re.compile("gradients"))
    settle(page)
    page.get_by_role("link", name="Gates").first.click()
    page.wait_for_url(re.compile("gates"))
    expect(page.get_by_text("Yes.")).to_be_visible()
    page.reload()
    rest(page)
    expect(page.get_by_role("button", name="Show the answer")).to_be_visible()
    assert not [error for error in errors if "lstm" in error.lower()]


def test_a_new_student_finds_nothing_and_no_other_tab_keeps_it(context, address):
    page, tab = context.new_page(), context.new_page()
    go(tab, address, "gates")
    answer(tab, FIRST)
    go(page, address, "?section=My+course")
    expect(page.get_by_test_id("stMetricValue").first).to_have_text(re.compile("^1 of"))
    page.get_by_role("button", name="Start as a new student").click()
    page.get_by_role("button", name="Leave it as it is").click()
    page.get_by_role("button", name="Start as a new student").click()
    page.get_by_role("button", name="Forget it all").click()
    page.wait_for_url(re.compile("/$"))
    rest(page)
    expect(tab.get_by_role("button", name="Show the answer")).to_be_visible()
    expect(tab.get_by_text("Yes.")).to_have_count(0)
    assert guesses(page, address) == 0


def test_a_link_shows_its_questions_unanswered_and_takes_nothing_away(page, address):
    go(page, address, "gates?part=Over+time")
    first = questions.over_time()[0]
    answer(page, first)
    for path in ("gradients", "gates?part=Over+time"):
        go(page, address, path)
    expect(page.get_by_role("button", name="Show the answer")).to_be_visible()
    assert page.get_by_text("Yes.").count() == 0
    assert guesses(page, address) == 1
    page.reload()  # the tab's own address
    rest(page)
    expect(page.get_by_text("Yes.")).to_be_visible()
    go(page, address, "gates")
    choose(page, "Over time")
    expect(page.get_by_text("Yes.")).to_be_visible()


def test_a_link_of_the_course_shows_them_unanswered_in_a_tab_that_was_there(context, address):
    page = context.new_page()
    go(page, address, "gates")
    answer(page, FIRST)
    page.get_by_role("link", name="Start").first.click()
    page.wait_for_url(lambda url: "gates" not in url)
    choose(page, "Plan a lesson")
    entries = page.evaluate("history.length")
    page.get_by_role("link", name="Open it in this state").first.click()  # the gates page, One step
    page.wait_for_url(re.compile("gates"))
    settle(page)
    expect(page.get_by_role("button", name="Show the answer")).to_be_visible()
    assert page.evaluate("history.length") == entries + 1
    answer(page, FIRST)
    page.go_back()
    settle(page)
    expect(page.get_by_role("radio", name="Plan a lesson")).to_be_checked()
    page.go_forward()
    settle(page)
    expect(page.get_by_text("Yes.")).to_be_visible()


def test_back_and_forward_go_from_part_to_part(page, address):
    go(page, address, "gates")
    before = page.evaluate("history.length")
    answer(page, FIRST)
    choose(page, "Over time")
    expect(page.get_by_text("First guess, 1 of 2")).to_be_visible()
    choose(page, "Vectors")
    assert page.evaluate("history.length") == before + 2
    for step, part, text in (
        (page.go_back, "Over time", "First guess, 1 of 2"), (page.go_back, "One step", "Yes."),
        (page.go_forward, "Over time", "First guess, 1 of 2"), (page.go_back, "One step", "Yes."),
    ):  # fmt: skip
        step()
        settle(page)
        expect(page.get_by_role("radio", name=part)).to_be_checked()
        expect(page.get_by_text(text).first).to_be_visible()


def test_back_goes_to_the_page_before_in_the_part_that_it_had(page, address):
    go(page, address, "gates")
    choose(page, "Over time")
    page.goto(f"{address}/gradients")
    rest(page)
    page.go_back()
    rest(page)
    expect(page.get_by_role("radio", name="Over time")).to_be_checked()
    page.go_back()
    settle(page)
    expect(page.get_by_role("radio", name="One step")).to_be_checked()


def test_a_slider_makes_no_entry(context, address):
    page = context.new_page()
    go(page, address, "sampling?task=Memory")
    before, entries = page.url, page.evaluate("history.length")
    slider = page.get_by_role("slider").first
    for _ in range(3):
        slider.press("ArrowRight")
        settle(page)
    expect(page).not_to_have_url(before)
    assert page.evaluate("history.length") == entries


def test_what_is_solved_in_a_fragment_is_kept_at_once(context, tmp_path):
    (tmp_path / "page.py").write_text(FRAGMENT, "utf-8")
    with serving(str(tmp_path / "page.py"), ROOT) as (address, _):
        page = context.new_page()
        go(page, address, "")
        page.get_by_role("button", name="Check").click()
        expect(page.get_by_text("Solved")).to_be_visible()
        settle(page)
        assert page.evaluate("localStorage['lstm_course/1/entry/solved/gates/keep']") == "yes"


def test_a_mistake_of_a_link_is_still_said_when_the_record_was_restored(context, address):
    page = context.new_page()
    go(page, address, "gates")
    answer(page, FIRST)  # something to restore: the page is run once more
    go(page, address, "training?tab=Nonsense")
    expect(page.get_by_text("The link asks for a tab that does not exist")).to_be_visible()
    expect(page.get_by_role("radio", name="Replay")).to_be_checked()
