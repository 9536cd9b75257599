"""The lecturer's screen in a browser, with students who are plain HTTP."""

import json
import re
import time
import urllib.error

import pytest

from tests.browser.class_room import ClassRoom, call
from tests.browser.visit import settled, sideways

expect = pytest.importorskip("playwright.sync_api").expect
AXE = pytest.importorskip("axe_playwright_python.base", reason="needs requirements-dev.txt").AXE_SCRIPT
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
NEXT = "PageDown"
TWICE = 600  # milliseconds: quicker is a key that was pressed twice


@pytest.fixture
def window(browser):
    """Return a function that opens a window of a new visitor."""
    contexts = []

    def open_window(width=1280, height=720, **options):
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **options))
        contexts[-1].set_default_timeout(20_000)
        return contexts[-1].new_page()

    yield open_window
    for context in contexts:
        context.close()


def enter(page, address, fragment=""):
    page.goto(f"{address}/class{fragment}")
    settled(page)


def open_room(page, address, count=0):
    """Open a room and let students in; returns the class."""
    enter(page, address)
    page.get_by_role("button", name="Open a room").click()
    expect(page.get_by_role("button", name="Open the projector")).to_be_visible()
    group = ClassRoom(address, **host_of(page))
    group.join(count)
    expect(page.locator(".in strong")).to_have_text(str(count))
    return group


def host_of(page):
    kept = json.loads(page.evaluate("localStorage.getItem('lstm_room/host')"))
    return {name: kept[name] for name in ("code", "host")}


def big(page):
    return page.locator("button.next")


def go_on(page, label):
    """Press the key for what the big button says."""
    expect(big(page)).to_contain_text(label)
    page.wait_for_timeout(TWICE)
    page.keyboard.press(NEXT)


def reach(page, *labels):
    for label in labels:
        go_on(page, label)


def check_rules(page):
    page.evaluate(AXE)
    broken = page.evaluate(
        """async (rules) => (await axe.run(document, { runOnly: rules, resultTypes: ["violations"] }))
          .violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
            `${id}: ${html.slice(0, 200)}: ${failureSummary}`))""",
        RULES,
    )
    assert not broken, "\n".join(broken)


def drawer(page, title):
    page.locator("summary", has_text=title).click()


def test_a_question_from_asking_to_reveal_with_one_key(window, address):
    page = window()
    group = open_room(page, address, 8)
    page.get_by_role("button", name="10 minutes").click()
    reach(page, "Take the class", "Next stop", "Ask the next question", "Open the vote")
    expect(big(page)).to_contain_text("Close the vote")
    expect(page.locator(".now")).to_contain_text("The forget gate is")
    group.vote(["keeps", "keeps", "keeps", "keeps", "depends", "depends", "forgets"])
    expect(page.locator(".counts")).to_contain_text("7of 8 answered")
    assert (
        group.state["timer"]["seconds"] == 60
        and group.state["plan"].items() >= {"minutes": 10, "stop": 1}.items()
    )

    spread = page.locator(".spread")
    expect(spread.locator(".bar")).to_have_count(0)
    page.keyboard.down("h")
    expect(spread.locator(".bar")).to_have_count(4)
    expect(spread).to_contain_text("57%")
    expect(spread.locator(".right")).to_contain_text("The cell keeps it")
    expect(spread).to_contain_text("The name is misleading")  # what who chose it thinks
    page.keyboard.up("h")
    expect(spread.locator(".bar")).to_have_count(0)
    expect(spread).not_to_contain_text("misleading")

    reach(page, "Close the vote: talk")
    expect(spread).to_contain_text("let them discuss, then vote again")
    reach(page, "Vote again")
    expect(page.locator(".status")).to_have_text("Vote 2 is open.")
    group.vote([*["keeps"] * 7, "forgets"])
    expect(page.locator(".counts")).to_contain_text("8of 8 answered")
    go_on(page, "Reveal")
    expect(big(page)).to_contain_text("Stop the reveal")
    assert group.state["asking"]["stage"] == "vote"
    page.keyboard.press("PageUp")
    expect(big(page)).to_contain_text("Reveal the answer")
    page.wait_for_timeout(2_500)
    assert group.state["asking"]["stage"] == "vote"
    go_on(page, "Reveal")
    expect(page.locator(".status")).to_have_text("The answer is revealed.")
    assert group.state["asking"]["right"] == "keeps"
    expect(spread).to_contain_text("Of 7 who voted twice 3 moved to the right answer")
    expect(spread.locator(".advice")).to_have_text("88% are right.")

    drawer(page, "After class")
    expect(page.locator(".review")).to_contain_text("57% were right at first, 88% at the end.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Votes (CSV)").click()
    rows = download.value.path().read_text("utf-8-sig").splitlines()
    assert len(rows) == 1 + 7 + 8 and not any(student["token"] in "".join(rows) for student in group.students)
    with page.context.expect_page() as review:
        page.get_by_role("button", name="This page, to print or keep").click()
    expect(review.value.get_by_role("heading", name="Before and after")).to_be_visible()
    expect(review.value.get_by_role("table")).to_contain_text("The cell keeps it")
    page.reload()
    settled(page)
    expect(big(page)).to_contain_text("Ask with other numbers for each")
    expect(spread).to_contain_text("3 moved to the right answer")


def test_no_script_of_streamlit_runs_while_a_lesson_runs(window, address):
    page = window()
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(1)))
    group = open_room(page, address, 5)
    before = len(sent)
    page.get_by_role("button", name="10 minutes").click()
    reach(page, "Take the class", "Next stop", "Ask the next question", "Open the vote")
    group.vote(["keeps"] * 5)
    expect(page.locator(".counts")).to_contain_text("5of 5 answered")
    page.keyboard.press("PageUp")
    expect(big(page)).to_contain_text("Open the vote")
    assert len(sent) == before


def test_a_rooms_page_asks_for_nothing_that_is_not_there(window, address):
    page = window()
    failed = []
    page.on("response", lambda response: response.ok or failed.append(response.url))
    page.on("requestfailed", lambda request: failed.append(request.url))
    open_room(page, address, 2)
    page.get_by_role("button", name="10 minutes").click()
    reach(page, "Take the class", "Next stop")
    expect(page.locator(".ahead")).to_contain_text("The forget gate is")
    # Streamlit itself looks for its server below each page's address first; and icons of a font's host.
    assert [url for url in failed if url.startswith(address) and "/_stcore/" not in url] == []


def test_the_distribution_is_held_by_mouse_finger_and_key(window, address):
    page = window()
    group = open_room(page, address, 5)
    typed = {"text": "Which?", "answers": ["One", "Two"], "right": 1}
    host = host_of(page)["host"]
    call(address, "POST", f"/{group.code}/ask", {"typed": typed}, host)
    go_on(page, "Open the vote")
    hold, bars = page.get_by_role("button", name="Hold to see the answers"), page.locator(".bar")
    box = hold.bounding_box()
    page.mouse.move(box["x"] + 9, box["y"] + 9)
    page.mouse.down()
    expect(bars).to_have_count(3)
    page.mouse.up()
    expect(bars).to_have_count(0)
    hold.focus()
    page.keyboard.down(" ")
    expect(bars).to_have_count(3)
    page.keyboard.up(" ")
    expect(bars).to_have_count(0)
    assert group.state["asking"]["stage"] == "vote"


def test_a_typed_question_is_text_and_hands_count(window, address):
    page = window()
    group = open_room(page, address, 1)
    go_on(page, "Choose a question")
    expect(page.get_by_label("A question of the course")).to_be_focused()
    page.get_by_label("A question of the course").fill("temperature 0")
    expect(page.locator(".questions li")).not_to_have_count(0)
    page.get_by_label("Question", exact=True).fill("<b>Who</b> reads x?")
    page.get_by_label("Answer 1", exact=True).fill("Every gate")
    page.get_by_label("Answer 2", exact=True).fill("<i>One</i> gate")
    page.get_by_label("Answer 1 is right").check()
    page.get_by_role("button", name="Ask this question").click()
    expect(big(page)).to_be_in_viewport()
    expect(page.locator(".question h2")).to_have_text("<b>Who</b> reads x?")
    go_on(page, "Open the vote")
    drawer(page, "More")
    page.get_by_role("button", name="Count hands").click()
    page.get_by_label("Hands for A: Every gate").fill("12")
    page.get_by_label("Hands for A: Every gate").blur()
    expect(page.get_by_text("12 hands stored")).to_be_visible()
    page.keyboard.down("h")
    expect(page.locator(".bar").first).to_contain_text("12")
    page.keyboard.up("h")
    assert group.state["asking"]["answers"][1]["text"] == "<i>One</i> gate"


def test_where_no_answer_is_right_the_bars_are_shown_and_no_talk_is_called_for(window, address):
    page = window()
    group = open_room(page, address, 5)
    group.ask({"text": "Tea?", "answers": ["Yes", "No"]})
    go_on(page, "Open the vote")
    group.vote([group.state["asking"]["answers"][0]["id"]] * 5)
    expect(page.locator(".counts")).to_contain_text("5of 5 answered")
    expect(page.get_by_role("button", name="Close the vote: talk")).to_be_visible()  # who likes may
    go_on(page, "Show the bars and close")
    expect(big(page)).to_contain_text("Keep the bars hidden")
    expect(page.locator(".status")).to_have_text("All see the bars.")
    expect(page.locator(".advice")).to_be_hidden()
    assert group.state["asking"]["stage"] == "revealed"
    page.wait_for_timeout(TWICE)
    page.keyboard.press("PageUp")
    expect(page.locator(".status")).to_have_text("The vote is open. Everybody answers alone.")


def test_an_empty_vote_closes_on_the_second_press_and_eyes_up_is_a_toggle(window, address):
    page = window()
    group = open_room(page, address, 2)
    group.ask("keep")
    eyes = page.get_by_role("button", name="Eyes up")
    for pressed in ("true", "false", "true"):
        eyes.click()
        expect(eyes).to_have_attribute("aria-pressed", pressed)
    go_on(page, "Open the vote")
    expect(eyes).to_have_attribute("aria-pressed", "false")
    go_on(page, "Close the vote: talk")
    expect(big(page)).to_contain_text("Nobody has answered yet: press again to close")
    assert group.state["asking"]["stage"] == "vote"
    go_on(page, "Nobody has answered yet")
    expect(page.locator(".status")).to_contain_text("The vote is closed.")
    go_on(page, "Vote again")
    go_on(page, "Reveal the answer")
    expect(big(page)).to_contain_text("Nobody has answered yet: press again to reveal")


def test_who_looked_up_is_back_where_the_class_was(window, address):
    page = window()
    group = open_room(page, address, 1)
    page.get_by_role("button", name="10 minutes").click()
    go_on(page, "Take the class")
    expect(big(page)).to_contain_text("Next stop")
    place, eyes = group.state["follow"], page.get_by_role("button", name="Eyes up")
    eyes.click()
    expect(eyes).to_have_attribute("aria-pressed", "true")
    eyes.click()
    expect(eyes).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_role("button", name="The class is here")).to_have_attribute("aria-pressed", "true")
    assert group.state["follow"] == place


def test_the_clocks_of_the_stop_and_of_the_lesson_go_on_after_a_reload(window, address):
    page = window()
    group = open_room(page, address)
    state = group.state
    begun = time.time() - 27.5 * 60
    plan = {"minutes": 45, "stop": 2, "begun": begun, "since": begun + 25 * 60}
    page.route(
        f"**/api/rooms/{group.code}",
        lambda route: route.fulfill(json=state | {"plan": plan}),
    )
    page.route("**/events", lambda route: route.abort())
    for _ in range(2):
        page.reload()
        settled(page)
        stop = page.get_by_role("region", name="This stop")
        expect(stop.locator(".timer").first).to_have_text(re.compile(r"^2:[345]\d of 8 min$"))
        expect(stop).to_contain_text(re.compile(r"Lesson 27:[345]\d of 45 min"))
        expect(stop).to_contain_text("6 min behind the plan")


def test_hands_that_are_typed_quickly_are_all_stored_one_after_the_other(window, address):
    page = window()
    group = open_room(page, address, 3)
    group.ask("keep", "vote")
    expect(big(page)).to_contain_text("Close the vote")
    drawer(page, "More")
    page.get_by_role("button", name="Count hands").click()
    running, most = [], []

    def slow(route):
        running.append(1)
        most.append(len(running))
        group.vote(["keeps"], group.students[len(most) - 1 :])  # results arrive meanwhile
        page.wait_for_timeout(1_200)
        route.continue_()
        running.pop()

    page.route("**/hands", slow)
    fields = page.get_by_role("group", name="Hands").get_by_role("spinbutton")
    fields.first.focus()
    for count, key in (("7", "Tab"), ("5", "Tab"), ("12", "Enter")):
        page.keyboard.type(count)
        page.keyboard.press(key)
    expect(page.get_by_text("24 hands stored")).to_be_visible()
    assert [field.input_value() for field in fields.all()] == ["7", "5", "12", "0"]
    assert max(most) == 1 and len(most) == 3
    assert group.counts() == {"keeps": 10, "depends": 5, "forgets": 12}
    group.ask("hide", "vote")
    expect(page.locator(".question h2")).to_contain_text("What is lost?")
    expect(page.locator(".hands")).to_be_hidden()  # it is another question


def test_an_answer_that_was_hidden_again_is_revealed_next(window, address):
    page = window()
    group = open_room(page, address, 2)
    group.ask("keep", "vote")
    group.vote(["keeps", "forgets"])
    group.stage("vote", 2)
    group.vote(["keeps", "forgets"])
    expect(page.locator(".counts")).to_contain_text("2of 2 answered")
    go_on(page, "Reveal the answer")
    expect(page.locator(".status")).to_have_text("The answer is revealed.")
    page.get_by_role("button", name="Hide the answer again").click()
    expect(page.locator(".status")).to_contain_text("The vote is closed.")
    expect(big(page)).to_contain_text("Reveal the answer")
    assert group.state["timer"] is None
    page.get_by_role("button", name="Vote again", exact=True).click()
    expect(page.locator(".status")).to_have_text("Vote 3 is open.")


def test_the_words_that_stop_a_reveal_are_read_at_once(window, address):
    page = window()
    group = open_room(page, address, 1)
    group.ask("keep", "vote")
    group.stage("vote", 2)
    group.vote(["keeps"])
    expect(page.locator(".counts")).to_contain_text("1of 1 answered")
    expect(big(page)).to_contain_text("Reveal the answer")
    big(page).click()  # the pointer stays on it
    expect(big(page)).to_contain_text("Stop the reveal")
    colours = "(node) => [getComputedStyle(node).color, getComputedStyle(node).backgroundColor]"
    words, ground = big(page).evaluate(colours)
    assert words != ground


def test_a_double_click_on_the_reveal_does_not_stop_it(window, address):
    page = window()
    group = open_room(page, address, 1)
    group.ask("keep", "vote")
    group.stage("vote", 2)
    group.vote(["keeps"])
    expect(page.locator(".counts")).to_contain_text("1of 1 answered")
    expect(big(page)).to_contain_text("Reveal the answer")
    big(page).dblclick()
    expect(big(page)).to_contain_text("Stop the reveal")
    page.wait_for_timeout(600)
    big(page).click()  # this one means it
    expect(big(page)).to_contain_text("Reveal the answer")
    page.wait_for_timeout(2_500)
    assert group.state["asking"]["stage"] == "vote"
    big(page).dblclick()
    expect(page.locator(".status")).to_have_text("The answer is revealed.")


def test_what_the_projector_shows_for_a_moment_is_closed_first_and_black_is_said(window, address):
    page = window()
    group = open_room(page, address, 1)
    value = {"solved": False, "tries": 1, "query": "part=Challenges&challenge=keep"}
    body = {"kind": "challenge/gates/keep", "value": value, "n": 1}
    call(address, "POST", f"/{group.code}/commit", body, group.students[0]["token"])
    page.get_by_role("button", name="10 minutes").click()
    reach(page, "Take the class", "Next stop")
    expect(big(page)).to_contain_text("Ask the next question")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Open the projector").click()
    projector = opened.value
    expect(projector.locator("#screen")).to_contain_text("joined")
    drawer(page, "Challenges")
    close = page.get_by_role("button", name="Close it on the projector")
    show = page.get_by_role("button", name="Attempt 1 on the projector")
    expect(show).to_be_visible()
    expect(close).to_have_count(0)
    show.click()
    expect(projector.locator("#course")).to_have_attribute("src", re.compile("challenge=keep"))
    expect(close.first).to_be_visible()
    page.wait_for_timeout(TWICE)
    page.keyboard.press("PageUp")
    expect(close).to_have_count(0)
    assert group.state["plan"]["stop"] == 1
    show.click()
    expect(close.first).to_be_visible()
    page.wait_for_timeout(TWICE)
    projector.keyboard.press("PageUp")
    expect(close).to_have_count(0)
    assert group.state["plan"]["stop"] == 1
    black = page.get_by_text("The projector is black.")
    projector.keyboard.press(".")
    expect(black).to_be_visible()
    page.reload()
    settled(page)
    expect(black).to_be_visible()  # it asks
    projector.evaluate("BroadcastChannel.prototype.postMessage = () => {}")  # as if it had been killed
    expect(black).to_be_hidden()
    projector.close()


def test_the_page_without_a_room_has_a_way_for_students(window, address):
    page = window()
    group = ClassRoom(address)
    enter(page, address)
    drawer(page, "I already lead a room")
    pairing, pair = page.get_by_label("Code for pairing"), page.get_by_role("button", name="Pair this device")
    for code, words in ((group.code, "has eight letters and digits"), ("ABCD EFGH", "No device waits")):
        pairing.fill(code)
        pair.click()
        expect(page.get_by_role("alert").filter(has_text=words)).to_be_visible()
    check_rules(page)
    join = page.get_by_role("button", name="Join", exact=True)
    page.get_by_label("Code of your class").fill("ABCD EFGH")
    join.click()
    expect(page.get_by_text("The code of a class has six letters and digits.")).to_be_visible()
    page.get_by_label("Code of your class").fill(f"{group.code[:3].lower()} {group.code[3:]}")
    join.click()
    expect(page).to_have_url(f"{address}/j/{group.code}")
    expect(page.get_by_role("button", name="Join the class")).to_be_visible()


def test_at_a_stop_without_a_question_the_main_panel_says_what_the_class_does(window, address):
    page = window()
    group = open_room(page, address, 1)
    group.ask("keep", "revealed")
    expect(page.locator(".status")).to_have_text("The answer is revealed.")
    page.get_by_role("button", name="10 minutes").click()
    expect(page.locator(".status")).to_have_text("The class is not at this stop yet.")
    expect(page.get_by_role("button", name="Take the class")).to_have_count(1)
    go_on(page, "Take the class to this stop")
    expect(page.locator(".status")).to_have_text("The class is at this stop.")
    expect(page.locator(".question h2")).to_contain_text("Explain what a recurrent network is")


def test_two_devices_one_wins_and_the_other_is_told(window, address):
    first, second = window(), window(360, 740)
    group = open_room(first, address, 2)
    first.locator("summary", has_text="The class and your devices").click()
    expect(first.get_by_text("If somebody else got hold of your room")).to_be_visible()
    first.get_by_role("button", name="Pair another device").click()
    once = first.locator("details strong.code")
    expect(once).to_have_text(re.compile("^[A-Z0-9]{4} [A-Z0-9]{4}$"))
    enter(second, address)
    drawer(second, "I already lead a room")
    second.get_by_label("Code for pairing").fill(once.inner_text().lower())
    second.get_by_role("button", name="Pair this device").click()
    expect(second.locator(".in strong")).to_have_text("2")
    expect(first.get_by_text("Paired.")).to_be_visible()
    expect(once).to_have_text("")
    assert host_of(second) != host_of(first)
    # Between what the second has seen and what it wants the first acts.
    first.get_by_role("button", name="45 minutes").click()
    expect(second.get_by_role("button", name="45 minutes")).to_have_attribute("aria-pressed", "true")
    body = {"page": "gates", "query": ""}
    stale = {"after": group.state["stage_version"] - 1, **body}
    with pytest.raises(urllib.error.HTTPError, match="409"):
        call(address, "POST", f"/{group.code}/follow", stale, host_of(second)["host"])

    def late(route):
        """Let the first device act just before the second one's request arrives."""
        call(address, "POST", f"/{group.code}/follow", {"eyes_up": True}, host_of(first)["host"])
        route.continue_()

    second.route("**/follow", late, times=1)
    second.get_by_role("button", name="On their own").click()
    notice = second.locator(".notice[role=status]")
    expect(notice).to_contain_text("Another of your devices has acted")
    assert notice.evaluate("(node) => getComputedStyle(node).position") == "fixed"  # it moves nothing
    expect(notice).to_be_hidden()  # by itself
    expect(second.get_by_role("button", name="Eyes up")).to_have_attribute("aria-pressed", "true")
    # The secret is renewed: the other device is out, and says so.
    first.get_by_role("button", name="Renew the secret").click()
    first.get_by_role("button", name="Yes", exact=True).click()
    expect(first.locator(".notice[role=status]")).to_contain_text("new secret")
    second.get_by_role("button", name="On their own").click()
    expect(second.locator(".notice[role=status]")).to_contain_text("no longer leads the room")
    expect(second.get_by_role("button", name="Open a room")).to_be_visible()


def test_admission_removal_and_the_end(window, address):
    page = window()
    group = open_room(page, address, 2)
    drawer(page, "The class and your devices")
    page.get_by_role("button", name="Close the door").click()
    expect(page.get_by_text("Nobody new can join.")).to_be_visible()
    with pytest.raises(urllib.error.HTTPError, match="409"):
        call(address, "POST", f"/{group.code}/join", {})
    words, field = group.students[0]["handle"], page.get_by_label("Remove a student by their random name")
    remove = page.get_by_role("button", name="Remove", exact=True)
    yes = page.get_by_role("button", name="Yes, remove")
    field.fill("nobody here")
    remove.click()
    yes.click()
    expect(page.locator(".removal [role=alert]").first).to_have_text("Nobody in this room has this name.")
    field.fill(words.upper())
    remove.click()
    expect(page.get_by_text(f"Remove {words} and all their votes?")).to_be_visible()
    expect(yes).to_be_visible()
    assert group.state["joined"] == 2
    yes.click()
    expect(page.locator(".in strong")).to_have_text("1")
    expect(page.get_by_text(f"{words} is removed, with all votes.")).to_be_visible()
    drawer(page, "After class")
    expect(page.get_by_role("button", name="Votes (CSV)")).to_be_visible()
    page.get_by_role("button", name="Delete this room").click()
    expect(page.get_by_text("Save the files first.")).to_be_visible()
    page.get_by_role("button", name="Yes", exact=True).click()
    expect(page.get_by_role("button", name="Open a room")).to_be_visible()
    with pytest.raises(urllib.error.HTTPError, match="410"):
        call(address, "GET", f"/{group.code}")
    assert page.evaluate("localStorage.getItem('lstm_room/host')") is None


def test_bars_for_everybody_come_after_a_warning(window, address):
    page = window()
    group = open_room(page, address, 5)
    call(address, "POST", f"/{group.code}/ask", {"question": "keep"}, host_of(page)["host"])
    go_on(page, "Open the vote")
    group.vote(["keeps"] * 5)
    drawer(page, "More")
    page.get_by_role("button", name="Bars for everybody").click()
    expect(page.get_by_text("Bars draw people to the most frequent answer")).to_be_visible()
    assert "rounds" not in group.state["asking"]
    page.get_by_role("button", name="Show the bars now").click()
    expect(page.get_by_role("button", name="Hide the bars again")).to_be_visible()
    assert group.state["asking"]["rounds"][0]["keeps"] == 5 and "right" not in group.state["asking"]
    with page.expect_response("**/stage"):
        page.get_by_role("button", name="+30 s").click()
    expect(page.get_by_role("button", name="Hide the bars again")).to_be_visible()
    assert group.state["timer"]["seconds"] > 60


def test_the_hosts_secret_leaves_the_address_at_once_and_the_projector_has_none(window, address):
    page = window()
    group = open_room(page, address)
    secret = host_of(page)["host"]
    other = window()
    requests = []
    other.on("request", lambda request: requests.append(request.url))
    enter(other, address, f"#host={secret}&room={group.code}")
    expect(other.get_by_role("button", name="Open the projector")).to_be_visible()
    assert "#" not in other.url and host_of(other)["host"] == secret
    with other.context.expect_page() as projector:
        other.get_by_role("button", name="Open the projector").click()
    assert projector.value.url.endswith(f"/p/{group.code}")
    assert secret not in projector.value.content()
    assert not [url for url in requests if secret in url]


def test_a_clicker_on_the_projector_leads_the_lesson(window, address):
    page = window()
    group = open_room(page, address, 1)
    page.get_by_role("button", name="10 minutes").click()
    expect(big(page)).to_contain_text("Take the class")
    beside = page.context.new_page()
    beside.goto(f"{address}/p/{group.code}")
    send = f"(key) => new BroadcastChannel('lstm-clicker-{group.code}').postMessage({{ key }})"
    beside.evaluate(send, "next")
    expect(big(page)).to_contain_text("Next stop")
    # Also who has another section of that page open sees its beginning.
    assert group.state["follow"] == {"page": "", "query": "section=Start"}
    beside.wait_for_timeout(TWICE)
    # Pressed in a hurry it is one step.
    beside.evaluate(f"for (let at = 0; at < 3; at++) ({send})('next')")
    expect(big(page)).to_contain_text("Ask the next question")
    beside.evaluate(send, "back")
    expect(big(page)).to_contain_text("Next stop")


def test_a_rehearsal_is_played_marked_and_deleted(window, address):
    page = window()
    group = open_room(page, address)
    page.get_by_role("button", name="Rehearse with forty").click()
    expect(page.get_by_text("This is a rehearsal.")).to_be_visible()
    expect(page.locator(".in strong")).to_have_text("40", timeout=60_000)
    code = page.locator(".code").first.inner_text().replace(" ", "")
    assert code != group.code and call(address, "GET", f"/{group.code}")["joined"] == 0
    page.reload()
    settled(page)
    expect(page.get_by_text("This is a rehearsal.")).to_be_visible()
    guide = page.locator(".rehearsal")
    expect(guide).to_contain_text("Forty simulated students join and vote, and nothing of it stays.")
    reach(page, "Take the class", "Next stop", "Ask the next question", "Open the vote")
    expect(page.locator(".counts")).to_contain_text("38of 40 answered", timeout=60_000)
    expect(guide).to_contain_text("Almost all have answered. Hold the button or H")
    reach(page, "Close the vote: talk", "Vote again")
    expect(page.locator(".status")).to_have_text("Vote 2 is open.")
    expect(page.locator(".counts")).to_contain_text("38of 40 answered", timeout=60_000)
    go_on(page, "Reveal the answer")
    expect(guide).to_contain_text("Look at who moved", timeout=30_000)
    page.get_by_role("button", name="Take the class to this stop").click()
    reach(page, "Next stop", "Take the class", "End the rehearsal and sum it up")
    summary = page.get_by_role("region", name="The rehearsal")
    expect(summary).to_contain_text("38 of 40 voted.")
    expect(summary).to_contain_text(re.compile(r"\d+% were right before the talk, \d+% after it"))
    expect(summary).to_contain_text("Most frequent wrong answer:")
    expect(summary).to_contain_text("in the first vote you")
    expect(page.get_by_text("This is a rehearsal.")).to_be_hidden()
    page.keyboard.press(NEXT)  # meant for nobody: the real room is not led from behind the summary
    summary.get_by_role("button", name="Open the real room").click()
    expect(summary).to_be_hidden()
    expect(big(page)).to_contain_text("Choose a question")
    expect(page.locator(".code").first).to_have_text(f"{group.code[:3]} {group.code[3:]}")
    with pytest.raises(urllib.error.HTTPError, match="410"):
        call(address, "GET", f"/{code}")


def test_what_several_replies_begin_with_is_said_once(window, address):
    page = window()
    group = open_room(page, address, 3)
    group.ask("without", "vote")
    group.vote(["far_more", "as_little", "far_less"])
    group.stage("revealed")
    expect(page.locator(".spread .reply")).to_have_count(3)
    words = page.locator(".spread").inner_text()
    assert words.count("We measured which share") == 1
    assert "Almost nothing is left in both" in words and "each step halves the gradient" in words


def test_where_nobody_has_tried_a_challenge_that_is_said(window, address):
    page = window()
    open_room(page, address, 1)
    drawer(page, "Challenges")
    expect(page.get_by_text("Nobody has tried a challenge yet.")).to_be_visible()
    drawer(page, "After class")
    expect(page.get_by_label("with the students’ random names")).to_be_visible()


def test_the_last_press_shows_the_class_what_it_has_learned_too(window, address):
    page = window()
    group = open_room(page, address, 1)
    other = page.context.new_page()
    other.goto(f"{address}/j/{group.code}")
    other.evaluate(
        """(code) => {
          window.heard = []
          window.channel = new BroadcastChannel(`lstm-clicker-${code}`)
          channel.addEventListener("message", ({ data }) => heard.push(data))
        }""",
        group.code,
    )
    group.tell("POST", "/follow", {"plan": {"minutes": 10, "stop": 2}})
    reach(page, "Take the class to this stop", "See what they learned")
    expect(page.locator("details[open] summary", has_text="After class")).to_be_visible()
    other.wait_for_function("heard.some(({ gain }) => gain === true)")


def test_on_the_lecturers_own_screen_no_bar_covers_the_next_action(window, address):
    page = window(360, 740)
    open_room(page, address, 1)
    page.reload()
    expect(big(page)).to_contain_text("Choose a question", timeout=30_000)
    expect(page.locator("#lstm-bar")).to_have_count(1)
    expect(page.locator("#lstm-bar .bar")).to_be_hidden()
    box = big(page).bounding_box()
    lowest = [box["x"] + box["width"] / 2, box["y"] + box["height"] - 3]
    is_desk = "([x, y]) => !!document.elementFromPoint(x, y).closest('.st-key-classroom_host')"
    assert page.evaluate(is_desk, lowest) and box["y"] + box["height"] > 700
    page.goto(f"{address}/gates")
    expect(page.locator("#lstm-bar .bar")).to_be_visible(timeout=30_000)


def test_a_plan_that_was_begun_can_be_left(window, address):
    page = window()
    group = open_room(page, address)
    expect(page.get_by_role("button", name="Leave the plan")).to_have_count(0)
    page.get_by_role("button", name="10 minutes").click()
    expect(big(page)).to_contain_text("Take the class")
    page.get_by_role("button", name="Leave the plan").click()
    expect(big(page)).to_contain_text("Choose a question")
    assert group.state["plan"] is None
    expect(page.locator(".stops li")).to_have_count(0)


def test_progress_of_a_challenge_says_who_is_stuck_and_what_fails_first(window, address):
    page = window()
    group = open_room(page, address, 4)
    values = [
        {"solved": True, "tries": 2},
        {
            "solved": False,
            "tries": 6,
            "fails": "the first zero is lost",
            "query": "part=Challenges&challenge=keep",
        },
        {"solved": False, "tries": 1, "fails": "<b>nothing</b>"},
    ]
    for student, value in zip(group.students, values, strict=False):
        body = {"kind": "challenge/gates/keep", "value": value, "n": 1}
        call(address, "POST", f"/{group.code}/commit", body, student["token"])
    drawer(page, "Challenges")
    body = {"kind": "challenge/no/such", "value": values[0], "n": 2}
    call(address, "POST", f"/{group.code}/commit", body, group.students[0]["token"])
    progress = page.get_by_role("region", name="Keep")
    expect(progress.get_by_role("heading")).to_have_text("Keep on the page Gates")
    expect(progress).to_contain_text("1 of 4 solved it · 1 trying · 1 stuck · 1 not begun · median 2 tries")
    expect(progress).to_contain_text("the first zero is lost (1)")
    expect(progress).to_contain_text("<b>nothing</b> (1)")
    link = progress.get_by_role("link", name="Attempt 1")
    assert link.get_attribute("href") == f"{address}/gates?part=Challenges&challenge=keep"
    assert page.get_by_text("no/such").count() == 0
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open the projector").or_(
            page.get_by_role("button", name="Open the projector")
        ).first.click()
    projector = opened.value
    expect(projector.locator("#screen")).to_contain_text("have joined")
    progress.get_by_role("button", name="Attempt 1 on the projector").click()
    expect(projector.locator("body")).to_have_attribute("data-model", "full")
    frame = projector.frame_locator("#course")
    expect(frame.get_by_role("button", name="✓ Check")).to_be_visible()
    progress.get_by_role("button", name="Close it on the projector").click()
    expect(projector.locator("body")).to_have_attribute("data-model", "")


@pytest.mark.parametrize("wall", ["html", "none"])
def test_where_nothing_is_let_through_the_projector_without_a_room_is_offered(window, address, wall):
    page = window()
    enter(page, address)
    answer = {"html": lambda route: route.fulfill(body="<html>", content_type="text/html")}
    page.route("**/api/rooms", answer.get(wall, lambda route: route.abort()))
    page.get_by_role("button", name="Open a room").click()
    expect(page.get_by_text("lets no rooms through")).to_be_visible()
    page.get_by_role("link", name="Open the projector").click()
    expect(page).to_have_url(re.compile("section=Projector"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_address_for_phones_is_corrected(window, address):
    page = window()
    group = open_room(page, address)
    page.get_by_role("button", name="Show the QR code large").click()
    picture = page.get_by_role("img", name="QR code of")
    expect(picture).to_be_visible()
    assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth > 0)")
    page.get_by_label("Phones reach this course at").fill("192.168.7.7:8501")
    page.get_by_role("button", name="Use this address").click()
    corrected = f"http://192.168.7.7:8501/j/{group.code}"
    expect(page.get_by_role("img", name=f"QR code of {corrected}")).to_be_visible()
    page.get_by_label("Phones reach this course at").fill("no address")
    page.get_by_role("button", name="Use this address").click()
    expect(page.get_by_text("This is no address")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".where .address")).to_have_text(corrected.removeprefix("http://"))


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (853, 480), (360, 740)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_lesson_fits_breaks_no_rule_and_the_next_action_is_in_view(window, address, width, height, scheme):
    page = window(width, height, color_scheme=scheme, reduced_motion="reduce")
    group = open_room(page, address, 5)
    call(address, "POST", f"/{group.code}/ask", {"question": "keep"}, host_of(page)["host"])
    page.get_by_role("button", name="10 minutes").click()
    expect(big(page)).to_contain_text("Open the vote")

    def check_first_screen(*names):
        page.locator("[data-testid=stMain]").evaluate("(main) => main.scrollTo(0, 0)")
        top = page.get_by_test_id("stHeader").bounding_box()
        for name in names:
            box = page.locator(name).first.bounding_box()
            assert box["y"] >= top["y"] + top["height"] and box["y"] + box["height"] <= height, name

    check_first_screen(".next", ".question h2")
    go_on(page, "Open the vote")
    group.vote(["keeps", "keeps", "depends", "forgets", "unsure"])
    expect(page.locator(".counts")).to_contain_text("5of 5 answered")
    check_first_screen(".next", ".question h2", ".counts", ".numbers .timer", ".hold")
    go_on(page, "Close the vote")
    expect(page.locator(".advice")).to_contain_text("let them discuss")
    check_first_screen(".next", ".question h2", ".counts", ".numbers .timer", ".advice", ".hold")
    for title in page.locator(".room summary").all():
        title.click()
    page.get_by_role("button", name="Count hands").click()
    page.keyboard.down("h")
    expect(page.locator(".bar")).to_have_count(4)
    assert sideways(page) <= 0
    check_rules(page)
