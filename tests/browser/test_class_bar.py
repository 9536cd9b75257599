"""The bar of class mode on the course's pages in real browsers: votes, covers, following, leading."""

import json
import re

import pytest

from lesson.class_page.plans import plans
from lesson.widgets.questions import CLOSED, COMMITTED, COVERED_IN_CLASS
from tests.browser.class_room import ClassRoom, wait_for
from tests.browser.visit import settle

expect = pytest.importorskip("playwright.sync_api").expect

SHOW = "Show the answer"
LINK = "gates?part=One+step&ask=keep"


@pytest.fixture(scope="module")
def address(course_with_samples):
    return course_with_samples


@pytest.fixture
def host(address):
    return ClassRoom(address)


@pytest.fixture
def context(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def student(address, context, host):
    """student(path): a browser that has joined, with a page of the course open."""

    def open_page(path="gates"):
        (own,) = host.join(1)
        kept = json.dumps({"code": host.code, **own, "n": 0, "until": 9e15})
        context.add_init_script(f"localStorage['lstm_room/student'] ??= {json.dumps(kept)}")
        page = context.new_page()
        page.goto(f"{address}/{path}")
        expect(bar(page)).to_be_visible(timeout=30_000)
        settle(page)
        return page

    return open_page


@pytest.fixture
def page_of_host(browser, address, host):
    """page_of_host(path, joined): a page of the browser that leads the room; joined: as a student, too."""
    own = browser.new_context(viewport={"width": 1280, "height": 800})

    def open_page(path, joined=False):
        kept = {"lstm_room/host": {"code": host.code, "host": host.host, "until": 9e15}}
        if joined:
            kept["lstm_room/student"] = {"code": host.code, **host.join(1)[0], "n": 0, "until": 9e15}
        for name, value in kept.items():
            own.add_init_script(f"localStorage[{json.dumps(name)}] ??= {json.dumps(json.dumps(value))}")
        page = own.new_page()
        page.goto(f"{address}/{path}")
        return page

    yield open_page
    own.close()


def bar(page):
    return page.locator("#lstm-bar .bar")


def sheet(page):
    return page.locator("#lstm-bar .sheet:not(.menu)")


def question(page):
    return page.locator("[class*='st-key-question_']")


def reply(page):
    """The reply of the page's own question."""
    return question(page).get_by_text("Yes.", exact=True)


def test_who_has_not_joined_gets_nothing_of_it(address, context):
    page, requests = context.new_page(), []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(f"{address}/gates")
    expect(question(page)).to_be_visible(timeout=30_000)
    settle(page)
    assert not page.locator("#lstm-bar").count()
    assert not [url for url in requests if "/api/rooms" in url]


def test_the_bar_takes_44_pixels_and_covers_nothing(student):
    page = student()
    assert bar(page).bounding_box()["height"] <= 44
    top = bar(page).bounding_box()["y"]
    main = page.get_by_test_id("stMain").bounding_box()
    assert main["y"] + main["height"] <= top + 1
    expect(sheet(page)).to_be_hidden()


def test_a_vote_in_the_sheet_is_stored_changed_and_replied_to_at_the_reveal(student, host):
    page = student("")
    host.ask("keep", "vote")
    expect(sheet(page)).to_be_visible()
    assert sheet(page).locator(".answers .letter").all_text_contents() == ["A", "B", "C", "?"]
    sheet(page).get_by_role("button", name="The cell forgets it").click()
    wait_for(host.counts, {"forgets": 1})
    sheet(page).get_by_role("button", name="The cell keeps it").click()
    wait_for(host.counts, {"keeps": 1})
    expect(sheet(page).locator(".note")).to_contain_text("Your vote is in.")
    host.stage("talk")
    expect(bar(page)).to_contain_text("Talk to your neighbour")
    host.stage("vote", 2)
    expect(bar(page)).to_contain_text("Vote again")
    expect(sheet(page).locator("[aria-pressed=true]")).to_have_count(0)
    host.stage("revealed", 2)
    expect(sheet(page).locator(".reply")).to_contain_text("Right.")
    sheet(page).get_by_role("button", name="Try it on the page").click()
    expect(page.get_by_role("heading", name="One LSTM cell")).to_be_visible()


def test_the_panel_stays_where_it_is_counts_down_and_covers_the_page(student, host):
    page = student("")
    page.set_viewport_size({"width": 360, "height": 740})
    host.ask("keep", "vote")
    host.stage("vote", seconds=60)
    expect(page.locator("#lstm-bar").get_by_role("timer")).to_have_text(re.compile(r"^(1:00|0:5\d)$"))
    expect(page.locator("#lstm-bar .shade")).to_be_visible()
    answer = sheet(page).get_by_role("button", name="The cell keeps it")
    before = answer.bounding_box()
    answer.click()
    expect(sheet(page).locator(".note")).to_contain_text("Your vote is in.")
    assert answer.bounding_box() == before
    host.stage("revealed")
    expect(sheet(page).locator(".reply")).to_be_visible()
    expect(page.locator("#lstm-bar .shade")).to_be_hidden()


def test_at_200_percent_what_is_said_of_the_own_answer_is_in_view(student, host):
    page = student("")
    page.set_viewport_size({"width": 640, "height": 360})
    host.ask("keep", "vote")
    sheet(page).get_by_role("button", name="I don’t know").click()  # the last one: it is scrolled to
    wait_for(host.counts, {"unsure": 1})
    host.stage("revealed")
    verdict = sheet(page).locator(".reply b")
    expect(verdict).to_have_text("Here is the answer.")
    expect(verdict).to_be_in_viewport(ratio=1)
    expect(sheet(page).locator(".mark")).to_be_in_viewport(ratio=1)


def test_a_number_that_is_none_of_the_scale_is_refused_beside_its_field(student, host):
    page = student("")
    host.ask("number_half_life", "vote")
    field, button = sheet(page).get_by_label("Your number"), sheet(page).get_by_role("button", name="Vote")
    expect(button).to_be_disabled()
    field.fill("500")
    expect(sheet(page)).to_contain_text("Choose a number from 0 to 50.")
    expect(button).to_be_disabled()
    field.fill("5")
    button.click()
    wait_for(lambda: host.counts().get("numbers"), [5])
    host.stage("revealed")
    expect(sheet(page).locator(".reply")).to_contain_text("Within 25%.")
    expect(sheet(page)).to_contain_text("Computed: 6.58 steps")


def test_dealt_numbers_are_the_own_ones_in_the_sheet_too(student, host):
    page = student("")
    host.ask("other_keep", "vote")
    heading = sheet(page).get_by_role("heading")
    expect(heading).to_contain_text("and Ct−1 = 4.")
    expect(sheet(page)).to_contain_text("Your numbers are your own; your neighbour has others.")
    f = float(re.search(r"= (0\.\d) and", heading.inner_text())[1])
    sheet(page).get_by_label("Your number").fill(f"{4 * (1 - f):.1f}")
    sheet(page).get_by_role("button", name="Vote").click()
    wait_for(lambda: host.counts().get("one_minus"), 1)
    host.stage("revealed")
    expect(sheet(page).locator(".reply")).to_contain_text("Not right. f is the part that stays.")
    expect(sheet(page)).to_contain_text(f"Computed: {4 * f:.3g}")


def test_settings_are_chosen_in_the_sheet(student, host):
    page = student("")
    host.ask("sweep_keep", "vote")
    choose = sheet(page).get_by_role("button", name="Choose this")
    expect(choose).to_be_disabled()
    sheet(page).get_by_role("slider", name="bf").fill("24")
    expect(choose).to_be_disabled()
    sheet(page).get_by_role("slider", name="bi").fill("0")
    choose.click()
    wait_for(lambda: host.counts().get("dots"), {"24,0": 1})
    page.reload()
    expect(sheet(page).get_by_role("slider", name="bf")).to_have_attribute("aria-valuetext", "6")
    sheet(page).get_by_role("button", name="I don’t know").click()
    wait_for(host.counts, {"unsure": 1})
    choose.click()
    wait_for(lambda: host.counts().get("dots"), {"24,0": 1})
    host.stage("revealed")
    expect(bar(page)).to_contain_text("The answer is here")
    expect(sheet(page).locator(".reply")).to_contain_text("kept for 50 steps.")
    expect(sheet(page).locator(".reply")).to_contain_text("Open the forget gate and shut the input gate.")


def test_the_own_network_trains_in_the_sheet(student, host):
    page = student("")
    host.ask("seeds_recall", "vote")
    sheet(page).get_by_label("Your number").fill("4")
    sheet(page).get_by_role("button", name="Vote").click()
    wait_for(lambda: host.counts().get("numbers"), [4])
    host.stage("revealed")
    expect(bar(page)).to_contain_text("The networks train")
    expect(sheet(page)).to_contain_text("Your network: seed")
    expect(sheet(page).get_by_role("img", name="All networks of the class.")).to_be_visible()
    expect(sheet(page).locator(".reply")).to_contain_text("4 too many.", timeout=40_000)
    expect(sheet(page).locator(".reply")).to_contain_text("0 of thirty learned it")
    expect(bar(page)).to_contain_text("The answer is here")


def test_no_page_replies_to_an_item_of_a_test(student, host):
    page = student(LINK)
    item = {"question": "keep", "test": {"part": "before", "item": 1, "items": 1}}
    host.tell("POST", "/ask", item)
    host.stage("vote")
    expect(sheet(page)).to_contain_text("Before the lesson · question 1 of 1")
    expect(question(page).get_by_role("radio", name="It depends on")).to_be_disabled()
    sheet(page).get_by_role("button", name="The cell forgets it").click()
    wait_for(host.counts, {"forgets": 1})
    host.stage("talk")
    expect(sheet(page).locator(".note")).to_have_count(1)
    expect(bar(page)).to_contain_text("The vote is closed")
    bar(page).get_by_role("button", name="Question").click()
    end = "Your answer is stored. You will see what is right at the end of the lesson."
    expect(sheet(page).locator(".note")).to_have_text(end)
    bar(page).get_by_role("button", name="Close").click()
    host.tell("POST", "/follow", {"page": "gates", "query": "part=One+step"})
    expect(page.get_by_role("button", name=SHOW)).to_be_visible()  # as if it had not been asked
    settle(page)
    assert not page.evaluate("Object.keys(localStorage).some((key) => key.endsWith('answer/keep'))")
    expect(question(page).get_by_role("radio", checked=True)).to_have_count(0)
    expect(question(page)).not_to_contain_text("Not quite.")
    page.reload()
    expect(page.get_by_role("button", name=SHOW)).to_be_visible(timeout=30_000)
    expect(question(page)).not_to_contain_text("Not quite.")


def test_after_the_lesson_the_sheet_has_the_own_results(student, host):
    page = student("")
    others = host.join(10)
    for part, answer, right in (("before", "The cell forgets it", 3), ("after", "The cell keeps it", 8)):
        host.tell("POST", "/ask", {"question": "keep", "test": {"part": part, "item": 1, "items": 1}})
        host.stage("vote")
        host.vote(["keeps"] * right + ["forgets"] * (10 - right), others)
        sheet(page).get_by_role("button", name=answer).click()
        wait_for(lambda: sum(host.counts().values()), 11)
    host.stage("revealed")
    expect(sheet(page).locator(".reply")).to_contain_text("Right.")
    expect(sheet(page)).to_contain_text("The class: 27% → 82% right, 11 students.")
    expect(sheet(page).locator(".record li")).to_contain_text("Before: not right. After: right.")


def test_the_page_s_own_pills_are_the_vote_and_nothing_is_given_away(student, host):
    page = student(LINK)
    host.ask("keep", "vote")
    expect(question(page)).to_contain_text("Your choice here is your vote.")
    expect(page.get_by_role("button", name=SHOW)).to_have_count(0)
    expect(sheet(page)).to_be_hidden()
    question(page).get_by_role("radio", name="The cell forgets it").click()
    expect(question(page)).to_contain_text(COMMITTED)
    wait_for(host.counts, {"forgets": 1})
    question(page).get_by_role("radio", name="The cell keeps it").click()
    wait_for(host.counts, {"keeps": 1})
    expect(page.locator(".words").first).to_have_text(COVERED_IN_CLASS)
    expect(reply(page)).to_have_count(0)
    host.stage("talk")
    expect(question(page)).to_contain_text(CLOSED)
    expect(question(page).get_by_role("radio", name="It depends on")).to_be_disabled()
    host.stage("revealed")
    expect(page.locator(".words").first).not_to_have_text(COVERED_IN_CLASS)
    assert host.counts() == {"keeps": 1}


def test_a_choice_on_the_page_is_a_vote_though_the_session_hears_nothing(student, host):
    page = student(LINK)
    host.ask("keep", "vote")
    question(page).get_by_role("radio", name="The cell forgets it").click()
    wait_for(host.counts, {"forgets": 1})
    host.stage("talk")
    host.stage("vote", 2)
    expect(bar(page)).to_contain_text("Vote again")
    # As right after a restart of the server: the click reaches the page's scripts, but not its session.
    page.evaluate("document.addEventListener('click', (event) => event.stopPropagation(), true)")
    question(page).get_by_role("radio", name="The cell keeps it").click()
    wait_for(lambda: host.counts(2), {"keeps": 1})


def test_a_vote_in_the_bar_is_the_first_guess_in_the_record(student, host):
    page = student("gradients")
    host.ask("keep", "vote")
    sheet(page).get_by_role("button", name="The cell keeps it").click()
    page.wait_for_function("localStorage['lstm_course/1/entry/answer/keep'] === 'keeps'")


@pytest.mark.parametrize("link", ["gates?part=One+step&ask=keep", "gates?part=One+step"])
def test_a_page_does_not_ask_again_what_was_answered_in_the_room(student, host, link):
    page = student("gradients")
    host.ask("keep", "vote")
    sheet(page).get_by_role("button", name="The cell forgets it").click()
    wait_for(host.counts, {"forgets": 1})
    host.stage("revealed")
    where, query = link.split("?")
    host.tell("POST", "/follow", {"page": where, "query": query})
    expect(question(page)).to_contain_text("Not quite.")
    expect(question(page).get_by_role("radio", name="The cell forgets it")).to_be_checked()
    expect(page.get_by_role("button", name=SHOW)).to_have_count(0)


@pytest.mark.parametrize("link", ["gates?part=One+step&ask=keep", "gates?part=One+step"])
def test_a_page_does_not_ask_again_who_did_not_know_in_the_room(student, host, link):
    page = student("gradients")
    host.ask("keep", "vote")
    sheet(page).get_by_role("button", name="I don’t know").click()
    wait_for(host.counts, {"unsure": 1})
    where, query = link.split("?")
    host.tell("POST", "/follow", {"page": where, "query": query})
    expect(question(page)).to_contain_text("You answered: I don’t know.")
    host.stage("revealed")
    expect(question(page)).to_contain_text("You did not know.")
    expect(page.get_by_role("button", name=SHOW)).to_have_count(0)
    page.goto(page.url.split("?")[0])
    expect(question(page)).to_contain_text("You did not know.", timeout=30_000)


def test_who_is_led_to_the_open_question_sees_no_answer(student, host):
    page = student("gradients")
    host.ask("keep", "vote")
    sheet(page).get_by_role("button", name="The cell keeps it").click()
    wait_for(host.counts, {"keeps": 1})
    host.tell("POST", "/follow", {"page": "gates", "query": "part=One+step&ask=keep"})
    expect(question(page)).to_contain_text(COMMITTED)
    expect(reply(page)).to_have_count(0)
    host.stage("revealed")
    expect(reply(page)).to_be_visible()


def test_a_vote_on_the_phone_s_page_is_the_guess_of_its_browser(address, context, host):
    page = context.new_page()
    page.goto(f"{address}/j/{host.code}")
    page.get_by_role("button", name="Join").click()
    host.ask("keep", "vote")
    page.get_by_role("button", name="The cell keeps it").click()
    wait_for(host.counts, {"keeps": 1})
    host.stage("revealed")
    with context.expect_page() as opened:
        page.get_by_role("link", name="See it in the course").click()
    page = opened.value
    expect(question(page)).to_contain_text("Yes.", timeout=30_000)
    page.wait_for_function("localStorage['lstm_course/1/entry/answer/keep'] === 'keeps'")


def test_what_the_record_says_of_the_first_vote_is_no_second_vote(student, host):
    page = student("gradients")
    host.ask("keep", "vote")
    sheet(page).get_by_role("button", name="The cell keeps it").click()
    wait_for(host.counts, {"keeps": 1})
    host.stage("talk")
    host.stage("vote", 2)
    page.wait_for_function("localStorage['lstm_course/1/entry/answer/keep'] === 'keeps'")
    settle(page)
    expect(bar(page)).to_contain_text("Vote again")
    assert host.counts(2) == {}


def test_a_page_speaks_of_the_last_vote_and_the_record_of_the_first(student, host):
    page = student("gradients")
    host.ask("keep", "vote")
    sheet(page).get_by_role("button", name="The cell forgets it").click()
    wait_for(host.counts, {"forgets": 1})
    host.stage("talk")
    host.stage("vote", 2)
    expect(bar(page)).to_contain_text("Vote again")  # before that a click is a vote in the first round
    sheet(page).get_by_role("button", name="The cell keeps it").click()
    wait_for(lambda: host.counts(2), {"keeps": 1})
    host.stage("revealed", 2)
    expect(sheet(page).locator(".reply")).to_contain_text("Right.")
    sheet(page).get_by_role("button", name="Try it on the page").click()
    expect(reply(page)).to_be_visible()
    expect(question(page).get_by_role("radio", name="The cell keeps it")).to_be_checked()
    page.wait_for_function("localStorage['lstm_course/1/entry/answer/keep'] === 'forgets'")


def test_the_vote_outlives_a_reload(student, host):
    page = student("gradients")
    host.ask("keep", "vote")
    sheet(page).get_by_role("button", name="The cell keeps it").click()
    wait_for(host.counts, {"keeps": 1})
    page.reload()
    expect(bar(page)).to_contain_text("Your vote is in", timeout=30_000)


def test_the_class_is_followed_in_the_same_session_unless_one_goes_alone(student, host):
    page = student("")
    page.evaluate("window.isSame = true")
    host.tell("POST", "/follow", {"page": "gates", "query": "part=Over+time&input=noise"})
    page.wait_for_url("**/gates?part=Over+time&input=noise**")
    host.tell("POST", "/follow", {"page": "gates", "query": "part=One+step&ask=hide"})
    # For a moment the old part's question is there as well.
    expect(question(page).filter(has_text="What is lost?")).to_be_visible()
    host.tell("POST", "/follow", {"eyes_up": True})
    expect(page.get_by_text("Look up, please.")).to_be_visible()
    host.ask("keep", "vote")
    expect(sheet(page)).to_be_visible()
    host.tell("POST", "/follow", {"eyes_up": True})
    expect(page.get_by_text("Look up, please.")).to_be_visible()
    expect(sheet(page)).to_be_hidden()
    expect(bar(page).get_by_role("button", name="Vote")).to_be_hidden()
    page.locator("#lstm-bar").get_by_role("switch", name="Follow").click()
    expect(page.get_by_text("Look up, please.")).to_be_hidden()
    host.tell("POST", "/follow", {"page": "gradients", "query": "view=Explosion"})
    expect(bar(page)).to_be_visible()
    settle(page)
    assert "gates" in page.url
    page.locator("#lstm-bar").get_by_role("switch", name="Follow").click()
    page.wait_for_url("**/gradients?view=Explosion**")
    assert page.evaluate("window.isSame")


# How far below the header the top of the page is, or what a class comes for.
_TOP = """(selector) => {
  const main = document.querySelector("[data-testid=stMain]")
  const place = selector && main.querySelector(selector)
  const header = document.querySelector("[data-testid=stHeader]").getBoundingClientRect().bottom
  return place ? place.getBoundingClientRect().top - header : main.scrollTop
}"""


@pytest.mark.parametrize("viewport", [(1280, 800), (360, 740)], ids=["laptop", "phone"])
def test_who_is_led_sees_the_top_of_the_page_or_the_field_of_the_plan(student, host, viewport):
    page = student("gates?part=One+step")
    page.set_viewport_size(dict(zip(("width", "height"), viewport, strict=True)))
    page.mouse.move(viewport[0] - 20, viewport[1] / 2)
    for path, query in (("gates", "part=Over+time"), ("gradients", "view=Explosion")):
        page.mouse.wheel(0, 700)  # a hand: the page that they were led to lets go of its top
        page.wait_for_function(f"({_TOP})('') > 100")
        host.tell("POST", "/follow", {"page": path, "query": query})
        page.wait_for_url(f"**/{path}?{query}")
        page.wait_for_function(f"({_TOP})('') === 0")
        settle(page)
        assert page.evaluate(_TOP, "") == 0
    host.tell("POST", "/follow", {"page": "", "query": plans()["10"][0]["query"]})
    field = page.get_by_role("textbox", name="A word")
    expect(field).to_be_in_viewport()
    settle(page)
    assert 0 <= page.evaluate(_TOP, ".st-key-unrolled") < 80
    expect(field).to_be_in_viewport()


def test_a_setting_that_comes_new_into_view_stays_in_the_address(student, host):
    page = student("?section=Start")
    for query in ("section=Self-test&q=3", "section=Plan+a+lesson&minutes=90"):
        host.tell("POST", "/follow", {"page": "", "query": query})
        page.wait_for_url(f"**/?{query}")
    expect(page.get_by_role("radio", name="90", exact=True)).to_be_checked()
    settle(page)
    assert page.url.endswith("?section=Plan+a+lesson&minutes=90")


def test_who_joined_in_my_course_is_led_to_the_start(student, host):
    page = student("?section=My+course")
    host.tell("POST", "/follow", {"page": "", "query": plans()["10"][0]["query"]})
    expect(page.get_by_role("radio", name="Start", exact=True)).to_be_checked()
    settle(page)  # who has just been led there has the place scrolled into view
    page.get_by_role("radio", name="My course").click()
    expect(page.get_by_role("heading", name="My course")).to_be_visible()
    host.tell("POST", "/follow", {"page": "gates", "query": "part=Over+time"})
    page.wait_for_url("**/gates?part=Over+time**")
    host.tell("POST", "/follow", {"page": "", "query": ""})
    expect(page.get_by_role("radio", name="Start", exact=True)).to_be_checked()


def test_the_lecturer_s_own_screen_has_no_bar_and_is_led_nowhere(host, page_of_host):
    page = page_of_host("class", joined=True)
    expect(page.locator(".st-key-classroom_host")).to_be_visible(timeout=30_000)
    for _ in range(2):
        host.tell("POST", "/follow", {"page": "gates", "query": "part=Over+time"})
        host.tell("POST", "/follow", {"page": "", "query": "section=Start"})
        expect(page.get_by_text(host.code).first).to_be_visible(timeout=30_000)
        expect(page.locator("#lstm-bar")).to_have_count(1, timeout=30_000)
        settle(page)
        assert page.url.endswith("/class") and not bar(page).is_visible()
        page.reload()


def test_a_try_at_a_challenge_is_told_with_what_fails_first(student, host):
    page = student("gates?part=Challenges&challenge=keep")
    page.get_by_role("button", name="✓ Check").click()
    wait_for(lambda: "gates/keep" in host.results["progress"], True)
    progress = host.results["progress"]["gates/keep"]
    assert (progress["solved"], progress["trying"], progress["tries"]) == (0, 1, [1])
    ((fails, count),) = progress["fails"]
    assert fails.startswith("Sequence ") and "must be" in fails and count == 1
    assert "challenge=keep" in progress["attempts"][0] or "part=Challenges" in progress["attempts"][0]


def test_the_lecturer_s_slider_moves_those_of_all_who_follow(student, host, browser, address):
    page = student("gates")
    kept = json.dumps({"code": host.code, "host": host.host, "until": 9e15})
    own = browser.new_context(viewport={"width": 1280, "height": 800})
    try:
        own.add_init_script(f"localStorage['lstm_room/host'] ??= {json.dumps(kept)}")
        lecturer = own.new_page()
        lecturer.goto(f"{address}/gates")
        expect(bar(lecturer)).to_be_visible(timeout=30_000)
        settle(lecturer)
        lecturer.locator("#lstm-bar").get_by_role("switch", name="Lead").click()
        slider = lecturer.get_by_role("slider", name="forget bias")
        slider.focus()
        for _ in range(6):
            slider.press("ArrowRight")
        value = slider.get_attribute("aria-valuetext")
        expect(page.get_by_role("slider", name="forget bias")).to_have_attribute("aria-valuetext", value)
        expect(page.locator(".cell.waiting")).to_have_count(0)
    finally:
        own.close()


@pytest.mark.parametrize("way", ["bar", "page"])
def test_a_code_is_typed_in_my_course_and_a_wrong_one_is_refused(address, context, host, way):
    page = context.new_page()
    page.goto(f"{address}/?section=My+course")
    field = page.get_by_role("textbox", name="The code of your class")
    field.fill("AAAAAA")
    field.press("Enter")
    page.get_by_role("button", name="Join the class").click()
    expect(page.get_by_role("alert")).to_contain_text("There is no class with this code.")
    expect(bar(page)).to_have_count(0)
    field.fill("abc")
    page.get_by_role("button", name="Join the class").click()
    expect(page.get_by_role("alert")).to_contain_text("A code has six letters and digits.")
    field.fill(host.code.lower())
    field.press("Enter")
    page.get_by_role("button", name="Join the class").click()
    expect(bar(page)).to_contain_text(host.code)
    expect(bar(page)).to_contain_text("Waiting for a question")
    handle = page.evaluate("JSON.parse(localStorage['lstm_room/student']).handle")
    confirmation = page.get_by_text(f"There you are called “{handle}”")
    expect(confirmation).to_be_visible()
    host.tell("POST", "/follow", {"page": "gates", "query": ""})
    expect(question(page)).to_be_visible()
    host.tell("POST", "/follow", {"page": "", "query": "section=My+course"})
    expect(confirmation).to_be_visible()
    if way == "bar":
        bar(page).get_by_role("button", name=host.code).click()
        page.locator("#lstm-bar").get_by_role("button", name="Leave the class").click()
    else:
        page.get_by_test_id("stMain").get_by_role("button", name="Leave the class").click()
    expect(field).to_be_visible()
    expect(page.locator("#lstm-bar")).to_have_count(0)
    assert page.evaluate("localStorage['lstm_room/student'] === undefined")


def test_the_end_of_a_class_is_said_until_it_is_read(student, host):
    page = student("gates")
    host.tell("DELETE", "")
    expect(bar(page)).to_contain_text("This class is over.")
    bar(page).get_by_role("button", name="Close the message").click()
    expect(page.locator("#lstm-bar")).to_have_count(0)


@pytest.mark.parametrize("seen", ["phone", "course"])
def test_answers_stay_on_the_phone_s_page_when_a_class_ends_beside_the_course(address, context, host, seen):
    phone = context.new_page()
    phone.goto(f"{address}/j/{host.code}")
    phone.get_by_role("button", name="Join").click()
    host.ask("keep", "vote")
    phone.get_by_role("button", name="The cell keeps it").click()
    wait_for(host.counts, {"keeps": 1})
    host.stage("revealed")
    with context.expect_page() as opened:
        phone.get_by_role("link", name="See it in the course").click()
    course = opened.value
    expect(bar(course)).to_contain_text("The answer is here", timeout=30_000)
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Right.")
    (phone if seen == "phone" else course).bring_to_front()
    host.tell("DELETE", "")
    expect(bar(course)).to_contain_text("This class is over.")
    for _ in range(2):
        expect(phone.get_by_role("heading", level=1)).to_have_text("This class is over.")
        expect(phone.locator(".record li")).to_contain_text(["Your answer: The cell keeps it"])
        phone.reload()
    course.reload()
    expect(course.locator("#lstm-bar")).to_have_count(0)


def test_who_leaves_and_joins_again_is_in_the_class_as_before(student, host):
    page, mistakes = student("?section=My+course"), []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    host.ask("keep", "revealed")
    expect(bar(page)).to_contain_text("The answer is here")
    for _ in range(2):
        page.locator("#lstm-bar .code").first.click()
        page.locator("#lstm-bar").get_by_role("button", name="Leave the class").click()
        expect(bar(page)).to_have_count(0, timeout=30_000)
        page.get_by_role("textbox", name="The code of your class").fill(host.code)
        page.get_by_role("textbox", name="The code of your class").press("Enter")
        page.get_by_role("button", name="Join the class").click()
        expect(bar(page)).to_contain_text("The answer is here")
    host.ask("hide", "vote")
    expect(sheet(page)).to_contain_text("What is lost?")
    assert mistakes == []


def test_a_new_student_is_in_no_class_of_the_one_before(address, context, host):
    page = context.new_page()
    page.goto(f"{address}/?section=My+course")
    page.get_by_role("textbox", name="The code of your class").fill(host.code)
    page.get_by_role("textbox", name="The code of your class").press("Enter")
    page.get_by_role("button", name="Join the class").click()
    expect(bar(page)).to_contain_text("Waiting for a question")
    host.ask("keep", "vote")
    sheet(page).get_by_role("button", name="The cell keeps it").click()
    wait_for(host.counts, {"keeps": 1})
    page.locator("#lstm-bar").get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Start as a new student").click()
    page.get_by_role("button", name="Forget it all").click()
    expect(page.locator("#lstm-bar")).to_have_count(0, timeout=30_000)
    expect(page.get_by_role("radio", name="Start")).to_be_checked(timeout=30_000)  # another session begins
    page.wait_for_function("!Object.keys(localStorage).some((key) => key.startsWith('lstm_room/'))")
    assert host.counts() == {"keeps": 1}
