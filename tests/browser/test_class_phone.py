"""The phone's page in a browser: a whole lesson, with all that happens to phones in it."""

import re

import pytest

from lesson.catalogue import catalogue
from tests.browser.barriers import Barriers
from tests.browser.class_room import ClassRoom, sleep, wait_for
from tests.browser.class_samples import SAMPLES
from tests.browser.class_states import rooms, tell
from tests.browser.conftest import ROOT

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect

SIZE = {"width": 360, "height": 740}
LEAST = 48  # pixels of what a thumb has to meet
TYPED = {"text": "What is hardest?", "answers": ["Gates", "Gradients", "<b>Training</b>"]}


@pytest.fixture
def host(server):
    return ClassRoom(server.address)


@pytest.fixture
def context(browser):
    context = browser.new_context(viewport=SIZE, is_mobile=True, has_touch=True, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    yield context
    context.close()


@pytest.fixture
def phone(context, host):
    """A student's phone that shows the page of the host's room."""
    page = context.new_page()
    page.mistakes = []
    page.on("pageerror", lambda error: page.mistakes.append(str(error)))
    page.goto(f"{host.address}/j/{host.code}")
    yield page
    assert page.mistakes == []


def button(page, name):
    return page.get_by_role("button", name=name, exact=True)


def join(page):
    button(page, "Join the class").click()
    expect(page.get_by_role("heading", name="You are in.")).to_be_visible()


def line(page):
    return page.locator("#line")


def heading(page):
    return page.get_by_role("heading", level=1)


def committed(page):
    return page.locator("main button[aria-pressed=true]")


def test_what_was_measured_is_said_once(phone, host):
    join(phone)
    host.ask("without", "vote")
    phone.get_by_role("button", name="Far more than in the RNN").click()
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    host.stage("revealed")
    expect(heading(phone)).to_contain_text("Not right.")
    words = phone.locator("main").inner_text()
    assert words.count("We measured which share") == 1
    assert words.count("its forget gate is only half open") == words.count("each step halves") == 1


def test_a_whole_lesson_with_a_reload_a_restart_and_sleep_in_it(phone, host, server):
    others = host.join(4)
    expect(phone.get_by_text("4 are here.")).to_be_visible()
    join(phone)
    expect(phone.get_by_text("5 are here.")).to_be_visible()
    handle = phone.locator("main b").inner_text()
    host.ask("keep")
    expect(phone.get_by_text("The vote opens here by itself.")).to_be_visible()
    expect(phone.get_by_role("button", name="The cell keeps it")).to_have_count(0)

    host.stage("vote", seconds=60)
    expect(phone.get_by_role("timer")).to_have_text(re.compile(r"^(1:00|0:5\d)$"))
    expect(line(phone)).to_have_text("You have not voted yet.")
    phone.get_by_role("button", name="I don’t know").click()
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    phone.get_by_role("button", name="The cell forgets it").click()
    expect(committed(phone)).to_have_text("The cell forgets it")
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    assert host.counts() == {"forgets": 1}

    host.vote(["keeps", "keeps", "depends", "forgets"], others)
    host.stage("talk")
    expect(heading(phone)).to_contain_text("Convince your neighbour.")
    expect(phone.get_by_text("Your answer: The cell forgets it")).to_be_visible()
    expect(phone.locator(".bars")).to_have_count(0)
    host.stage("talk", bars=True)
    expect(phone.locator(".bars li")).to_have_count(4)

    host.stage("vote", round=2)
    badge = phone.get_by_role("button", name="The cell forgets it").locator(".badge")
    before = f"Second vote · before: {badge.get_attribute('data-letter')}"
    expect(phone.locator(".again")).to_have_text(before)
    expect(committed(phone)).to_have_count(0)
    phone.get_by_role("button", name="The cell keeps it").click()
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    phone.reload()
    expect(committed(phone)).to_have_text("The cell keeps it")
    expect(phone.locator(".again")).to_have_text(before)

    server.kill()
    expect(line(phone)).to_have_text(re.compile("^No connection"))
    phone.get_by_role("button", name="It depends on").click()  # while the server is away
    expect(line(phone)).to_have_text(re.compile("Your vote waits here"))
    server.start()
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    assert host.counts(2) == {"depends": 1}
    phone.get_by_role("button", name="The cell keeps it").click()
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))

    sleep(phone, True)
    host.stage("revealed", round=2)
    sleep(phone, False)
    expect(heading(phone)).to_contain_text("Right.")
    expect(phone.get_by_text("At first: The cell forgets it")).to_be_visible()
    expect(phone.locator(".bars .right")).to_contain_text("Your answer")
    image = phone.get_by_role("img")
    expect(image).to_have_attribute("alt", re.compile(r"^The cell in this question: f = 1.00"))
    phone.wait_for_function("document.images[0].naturalWidth === 340")
    expect(phone.get_by_role("link", name="See it in the course")).to_have_attribute(
        "href", f"{host.address}/gates?part=One+step&ask=keep"
    )
    host.tell("POST", "/follow", {"page": "gates", "query": "part=Over+time&bf=2"})
    expect(heading(phone)).to_have_text("The class works on Gates: Over time")
    expect(phone.locator("main")).to_contain_text("Your answer: The cell keeps it")
    expect(phone.get_by_role("link", name="Open it")).to_have_attribute(
        "href", f"{host.address}/gates?part=Over+time&bf=2"
    )

    host.tell("POST", "/follow", {"eyes_up": True})
    expect(phone.get_by_role("heading", name="Look up, please.")).to_be_focused()
    host.tell("POST", "/follow", {"free": True})
    expect(phone.get_by_role("heading", name="Look up, please.")).to_be_hidden()

    button(phone, "Menu").click()
    expect(phone.get_by_role("dialog")).to_contain_text(handle)
    button(phone, "Your answers").click()
    expect(phone.get_by_role("dialog")).to_contain_text("First: The cell forgets it. Then: The cell keeps it")
    phone.keyboard.press("Escape")
    host.tell("DELETE", "")
    expect(heading(phone)).to_have_text("This class is over.")
    phone.reload()
    expect(heading(phone)).to_have_text("This class is over.")
    expect(phone.locator(".record li")).to_contain_text(
        ["First: The cell forgets it. Then: The cell keeps it"]
    )
    expect(phone.locator(".record li")).to_contain_text(["Right."])


def test_a_latecomer_and_a_second_tab_land_where_the_class_is(phone, host, context):
    host.ask("keep")
    host.stage("vote")
    join_button = button(phone, "Join the class")
    join_button.click()
    phone.get_by_role("button", name="The cell keeps it").click()
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    other = context.new_page()
    other.goto(phone.url)
    expect(committed(other)).to_have_text("The cell keeps it")
    other.get_by_role("button", name="It depends on").click()
    expect(committed(phone)).to_have_text(re.compile("It depends on"))


def test_a_number_is_set_by_the_slider_and_compared_with_what_the_library_computes(phone, host):
    join(phone)
    host.ask("number_half_life")
    host.stage("vote")
    slider = phone.get_by_role("slider")
    slider.focus()
    phone.keyboard.press("End")
    expect(phone.get_by_label("Your number, in steps")).to_have_value("50")
    button(phone, "Vote").click()
    expect(committed(phone)).to_have_text("Your vote")
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    assert "Computed" not in phone.locator("main").inner_text()
    host.stage("revealed")
    expect(phone.get_by_text("You: 50 steps")).to_be_visible()
    expect(phone.get_by_text("Computed: 6.58 steps")).to_be_visible()
    expect(phone.locator(".marks .me, .marks .truth")).to_have_count(2)
    expect(phone.get_by_role("link", name="See it in the course")).to_have_attribute(
        "href", f"{host.address}/gates?part=Over+time"
    )
    assert host.results["askings"][-1]["rounds"] == [{"numbers": [50], "unsure": 0}]


def test_by_keyboard_alone(phone, host):
    def press_until(name):
        for _ in range(12):
            phone.keyboard.press("Tab")
            if phone.evaluate("document.activeElement.innerText").startswith(name):
                phone.keyboard.press("Enter")
                return
        raise AssertionError(f"no way to {name!r}")

    press_until("Join the class")
    expect(heading(phone)).to_be_focused()
    host.ask("keep")
    host.stage("vote")
    expect(heading(phone)).to_contain_text("The forget gate is")
    expect(heading(phone)).to_be_focused()
    press_until("The cell keeps it")
    expect(committed(phone)).to_have_text("The cell keeps it")
    expect(committed(phone)).to_be_focused()  # what is stored moves no focus
    press_until("Menu")
    press_until("Leave the class")
    phone.keyboard.press("Escape")
    expect(button(phone, "Menu")).to_be_focused()
    host.stage("revealed")
    expect(heading(phone)).to_be_focused()


def test_a_number_on_a_scale(phone, host):
    join(phone)
    host.ask("parameters")
    host.stage("vote")
    slider, field = phone.get_by_role("slider"), phone.get_by_label("Your number", exact=True)
    expect(button(phone, "Vote")).to_be_disabled()
    field.fill("7")
    expect(phone.locator("#hint")).to_have_text("Choose a number from 100 to 10,000,000.")
    expect(button(phone, "Vote")).to_be_disabled()
    slider.fill("120")
    expect(field).to_have_value("100000")
    field.fill("36000")
    assert abs(int(slider.input_value()) - 102) <= 1
    button(phone, "Vote").click()
    expect(button(phone, "Your vote")).to_have_attribute("data-sent", "true")
    phone.reload()
    expect(button(phone, "Your vote")).to_be_visible()
    expect(field).to_have_value("36000")
    host.vote([1000, 36000, "unsure"], host.join(3))
    host.stage("revealed")
    expect(heading(phone)).to_contain_text("Within 5%.")
    expect(phone.get_by_text("Computed: 35,579")).to_be_visible()
    expect(phone.get_by_text("3 numbers, from 1,000 to 36,000. 1 did not know.")).to_be_visible()


def test_a_vote_that_comes_too_late_says_so_and_what_is_stored_stays(phone, host):
    join(phone)
    host.ask("keep")
    host.stage("vote")
    phone.get_by_role("button", name="The cell keeps it").click()
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    phone.route("**/vote", lambda route: (host.stage("talk"), route.continue_()))
    phone.get_by_role("button", name="It depends on").click()
    expect(phone.get_by_role("alert").first).to_have_text(re.compile("closed before this answer arrived"))
    expect(phone.get_by_text("Your answer: The cell keeps it")).to_be_visible()


def test_a_vote_under_way_outlives_a_reload(phone, host):
    join(phone)
    host.ask("keep")
    host.stage("vote")
    phone.route("**/vote", lambda route: route.abort())
    phone.get_by_role("button", name="The cell keeps it").click()
    expect(line(phone)).to_have_text("Sending …")
    phone.reload()
    expect(committed(phone)).to_have_text("The cell keeps it")
    expect(line(phone)).to_have_text("Sending …")
    phone.unroute("**/vote")
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    assert host.counts() == {"keeps": 1}


def test_who_is_removed_can_join_again_and_a_new_student_starts_afresh(phone, host):
    join(phone)
    host.ask("keep")
    host.stage("vote")
    phone.get_by_role("button", name="The cell keeps it").click()
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    button(phone, "Menu").click()
    handle = phone.get_by_role("dialog").locator("b").inner_text()
    phone.keyboard.press("Escape")
    host.tell("DELETE", f"/students/{handle.replace(' ', '%20')}")
    phone.get_by_role("button", name="It depends on").click()
    expect(phone.get_by_text("The class does not know this device any more.")).to_be_visible()
    button(phone, "Join the class").click()
    expect(phone.get_by_role("button", name="It depends on")).to_be_visible()
    expect(committed(phone)).to_have_count(0)
    phone.get_by_role("button", name="The cell forgets it").click()
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    button(phone, "Menu").click()
    button(phone, "Another student takes this device").click()
    button(phone, "Forget me").click()
    expect(phone.get_by_text("You have left the class.")).to_be_visible()
    wait_for(lambda: (host.state["joined"], host.counts()), (0, {}))
    assert phone.evaluate("Object.keys(localStorage)") == []


def test_a_wrong_code_and_the_right_one(phone, host):
    phone.goto(f"{host.address}/j/AAAAAA")
    expect(phone.get_by_text("There is no class with this code.")).to_be_visible()
    phone.goto(f"{host.address}/j")
    field = phone.get_by_label("Code of your class")
    field.fill("abc")
    button(phone, "Go to the class").click()
    expect(phone.get_by_role("alert").first).to_have_text("A code has six letters and digits.")
    field.fill("AAAAAA")
    field.press("Enter")
    expect(phone.get_by_role("alert").first).to_have_text("There is no class with this code.")
    expect(field).to_be_focused()
    field.fill(f"{host.code[:3]}-{host.code[3:]}".lower())
    field.press("Enter")
    expect(button(phone, "Join the class")).to_be_visible()
    assert phone.url == f"{host.address}/j/{host.code}"
    phone.goto(f"{host.address}/course/j/{host.code}")  # below a base path
    join(phone)


def test_what_somebody_has_typed_is_text_and_admission_may_be_closed(phone, host):
    host.tell("POST", "/admission", {"open": False})
    button(phone, "Join the class").click()
    expect(phone.get_by_text("The lecturer lets nobody in at present.")).to_be_visible()
    host.tell("POST", "/admission", {"open": True})
    join(phone)
    host.ask(TYPED)
    host.stage("vote")
    expect(phone.get_by_role("button", name="<b>Training</b>")).to_be_visible()
    assert phone.locator(".answer b").count() == 0


OWN = "Your numbers are your own; your neighbour has others."


def ask_item(host, part, item, question, stage="vote"):
    """Ask an item of a test of two."""
    host.tell("POST", "/ask", {"question": question, "test": {"part": part, "item": item, "items": 2}})
    host.stage(stage)


def own_f(phone):
    """The f that this student was dealt, as the question says it."""
    return float(re.search(r"f.*? = (0\.\d) and", phone.locator("main").inner_text(), re.DOTALL)[1])


def test_each_student_has_other_numbers_and_the_mistake_is_named(phone, host, context):
    join(phone)
    neighbour = context.browser.new_context(viewport=SIZE).new_page()
    neighbour.goto(phone.url)
    join(neighbour)
    host.ask("other_keep")
    for page in (phone, neighbour):
        expect(heading(page)).to_contain_text("and Ct−1 = 4.")
        expect(page.get_by_text(OWN)).to_have_count(1)
    f = own_f(phone)
    assert f != own_f(neighbour)
    host.stage("vote")
    neighbour.get_by_label("Your number").fill(f"{4 * own_f(neighbour):.1f}")
    button(neighbour, "Vote").click()
    field = phone.get_by_label("Your number")
    field.fill(f"{4 * (1 - f):.1f}")
    button(phone, "Vote").click()
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    phone.reload()
    expect(field).to_have_value(re.compile(r"\d"))
    assert own_f(phone) == f
    host.stage("talk")
    expect(heading(phone)).to_contain_text("Convince your neighbour.")
    expect(phone.get_by_text(OWN)).to_have_count(1)
    assert own_f(phone) == f
    host.stage("vote", round=2)
    expect(phone.locator(".again")).to_contain_text("before:")
    field.fill(f"{4 * (1 - f):.1f}")
    button(phone, "Vote").click()
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    host.stage("revealed", round=2)
    expect(heading(phone)).to_contain_text("Not right.")
    main = phone.locator("main")
    expect(main).to_contain_text("Your mistake: 1 − ft for ft")
    expect(main).to_contain_text("f is the part that stays.")
    expect(main).to_contain_text(f"Computed: {4 * f:g}".rstrip("0"))
    expect(phone.locator(".bars li")).to_have_count(4)
    expect(phone.locator(".bars li", has_text="1 − f").locator(".tag")).to_have_text("Your answer")
    expect(phone.locator(".bars .right")).to_contain_text("Right")
    expect(heading(neighbour)).to_contain_text("You did not vote again.")
    expect(neighbour.locator("main")).to_contain_text("At first:")
    expect(neighbour.locator("main")).to_contain_text("Multiply: f · C_t−1.")
    expect(neighbour.locator("main")).not_to_contain_text("Your mistake")
    button(phone, "Menu").click()
    button(phone, "Your answers").click()
    row = phone.get_by_role("dialog").locator("li")
    expect(row).to_contain_text("Not right. Computed:")
    assert own_f(phone) == f
    neighbour.context.close()


def test_a_setting_is_chosen_once_its_slider_was_touched(phone, host):
    join(phone)
    host.ask("sweep_bias", "vote")
    slider = phone.get_by_role("slider", name="bf")
    expect(slider).to_have_attribute("aria-valuetext", "none yet")
    expect(button(phone, "Choose this")).to_be_disabled()
    assert host.counts() == {}
    slider.fill("5")
    expect(slider).to_have_attribute("aria-valuetext", "−3.5")
    expect(phone.locator("main label")).to_have_text("bf = −3.5")
    button(phone, "Choose this").click()
    expect(button(phone, "Your choice")).to_have_attribute("data-sent", "true")
    slider.press("ArrowRight")
    button(phone, "Choose this").click()
    wait_for(lambda: host.counts().get("dots"), {"6": 1})
    phone.reload()
    expect(slider).to_have_value("6")
    expect(button(phone, "Your choice")).to_be_visible()
    host.vote(["20", "unsure"], host.join(2))
    host.stage("revealed")
    expect(heading(phone)).to_have_text("What comes of it 6 of 24 is left.")
    expect(phone.get_by_text("Your answer: bf = −3")).to_be_visible()
    expect(phone.get_by_text("The most is left at 6.")).to_be_visible()
    expect(phone.get_by_text("Different settings: 2. 1 did not know.")).to_be_visible()
    places = phone.locator(".marks i").evaluate_all("(marks) => marks.map(({ style }) => style.left)")
    assert sorted(places) == ["25%", "25%", "83.3333%"]  # the own one has a mark of its own


def test_two_settings_are_chosen_and_who_does_not_know_may_say_so(phone, host):
    join(phone)
    host.ask("sweep_keep", "vote")
    sliders = phone.get_by_role("slider")
    sliders.nth(0).fill("24")
    expect(button(phone, "Choose this")).to_be_disabled()
    sliders.nth(1).click()  # where it stands
    button(phone, "Choose this").click()
    wait_for(lambda: host.counts().get("dots"), {"24,12": 1})
    button(phone, "I don’t know").click()
    wait_for(host.counts, {"unsure": 1})
    button(phone, "Choose this").click()
    wait_for(lambda: host.counts().get("dots"), {"24,12": 1})
    host.stage("revealed")
    expect(heading(phone)).to_contain_text("kept for 25 steps")
    expect(phone.get_by_text("Different settings: 1. Across: b_i, up: b_f.")).to_be_visible()
    me = phone.locator(".field .me").evaluate("({ style }) => [style.left, style.bottom]")
    assert me == ["50%", "100%"]


def test_an_own_network_is_looked_at_while_it_trains(phone, host):
    join(phone)
    host.ask("seeds_recall", "vote")
    phone.get_by_label("Your number, in networks").fill("12")
    button(phone, "Vote").click()
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    host.stage("revealed")
    expect(heading(phone)).to_contain_text("The networks train now.")
    expect(phone.get_by_text("Your network: seed")).to_be_visible()
    seed = int(phone.locator("main b", has_text="seed").inner_text().split()[1])
    first = host.state["asking"]["experiment"]["first"]
    assert first <= seed < first + 30
    image = phone.get_by_role("img")
    expect(image).to_have_attribute("src", re.compile(rf"/network/1\?seed={seed}&"))
    early = image.get_attribute("src")
    expect(heading(phone)).to_contain_text("12 too many.", timeout=40_000)
    expect(phone.get_by_text("0 of thirty learned it with b_f = 1, 30 with b_f = 3.")).to_be_visible()
    expect(image).not_to_have_attribute("src", early)
    expect(phone.get_by_role("status").filter(has_text="All networks are done.")).to_be_visible()
    expect(phone.locator("main")).to_contain_text("Computed: 0 networks")


def test_before_the_networks_begin_the_phone_says_so(phone, host):
    join(phone)
    host.ask("seeds_recall", "vote")
    phone.route("**/network/**", lambda route: route.fulfill(status=409, json={"error": "Not yet."}))
    host.stage("revealed")
    expect(phone.get_by_text("Your network begins soon …")).to_be_visible()
    phone.unroute("**/network/**")
    expect(phone.get_by_role("img")).to_be_visible(timeout=40_000)
    expect(phone.get_by_text("Your network begins soon …")).to_have_count(0)


def test_a_test_before_and_after_a_lesson_gives_no_feedback_before_its_end(phone, host):
    join(phone)
    others, main = host.join(10), phone.locator("main")
    ask_item(host, "before", 1, "keep", "waiting")
    expect(heading(phone)).to_contain_text("Before the lesson · question 1 of 2")
    host.stage("vote")
    expect(heading(phone)).to_contain_text("Before the lesson · question 1 of 2")
    phone.get_by_role("button", name="The cell forgets it").click()
    host.vote(["forgets"] * 6 + ["keeps"] * 4, others)
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    host.stage("talk", bars=True)
    expect(heading(phone)).to_have_text("Before the lesson · question 1 of 2 Your answer is stored.")
    expect(main).to_contain_text("You will see what is right at the end of the lesson.")
    expect(main).not_to_contain_text("neighbour")
    expect(phone.locator(".bars")).to_have_count(0)
    ask_item(host, "before", 2, "other_keep")
    expect(phone.get_by_text(OWN)).to_be_visible()
    phone.get_by_label("Your number").fill(f"{4 * own_f(phone):.1f}")
    button(phone, "Vote").click()
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    host.stage("talk")
    host.tell("POST", "/follow", {"page": "gates", "query": "part=Over+time"})
    expect(heading(phone)).to_have_text("The class works on Gates: Over time")
    expect(main).not_to_contain_text("ight")
    ask_item(host, "after", 1, "keep")
    phone.get_by_role("button", name="The cell keeps it").click()
    host.vote(["keeps"] * 8 + ["forgets"] * 2, others)
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    host.stage("talk")
    expect(heading(phone)).to_contain_text("Your answer is stored.")
    ask_item(host, "after", 2, "other_keep")
    expect(heading(phone)).to_contain_text("After the lesson · question 2 of 2")
    host.stage("talk")
    expect(heading(phone)).to_contain_text("The vote is closed.")
    ask_item(host, "after", 2, "other_keep")
    phone.get_by_label("Your number").fill("9")
    button(phone, "Vote").click()
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    host.stage("revealed")
    expect(heading(phone)).to_have_text("After the lesson · question 2 of 2 Not right.")
    rows = phone.locator(".record li")
    expect(rows.nth(0)).to_contain_text("Before: not right. After: right.")
    expect(rows.nth(0)).to_contain_text("Right answer: The cell keeps it")
    expect(rows.nth(1)).to_contain_text("Before: right. After: not right.")
    expect(rows.nth(1)).to_contain_text("ft = … and")
    expect(main).not_to_contain_text("The class:")  # too few have answered both items
    expect(phone.locator(".bars .bar").first).to_contain_text("Before")
    ask_item(host, "after", 1, "keep")
    phone.get_by_role("button", name="The cell keeps it").click()
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    host.stage("revealed")
    expect(heading(phone)).to_contain_text("Right.")
    expect(phone.get_by_text("Before the lesson: The cell forgets it")).to_be_visible()
    host.tell("DELETE", "")
    expect(heading(phone)).to_have_text("This class is over.")
    ends = ["Before", "Before", "After", "After", "After"]
    expect(rows).to_contain_text([f"{end} the lesson: " for end in ends])
    solution = "Not right. Right answer: The cell keeps it"
    expect(rows).to_contain_text([solution, "Right.", "Right.", "Not right.", "Right."])
    expect(main).not_to_contain_text("Not revealed")


def test_the_class_s_gain_is_one_sentence(phone, host):
    join(phone)
    others = host.join(10)
    for part, answers in (
        ("before", ["forgets"] * 6 + ["keeps"] * 4),
        ("after", ["keeps"] * 9 + ["forgets"]),
    ):
        ask_item(host, part, 1, "keep")
        host.vote(answers, others)
        host.stage("talk")
    host.stage("revealed")
    expect(phone.get_by_text("The class: 40% → 90% right, 10 students.")).to_be_visible()
    expect(phone.locator(".record li")).to_contain_text("Before: no answer. After: no answer.")


def states(phone, host):
    """Lead a phone through all its states; yields the name of each."""
    phone.goto(f"{host.address}/j/AAAAAA")
    expect(phone.get_by_text("There is no class with this code.")).to_be_visible()
    yield "wrong code"
    phone.goto(f"{host.address}/j/{host.code}")
    expect(button(phone, "Join the class")).to_be_visible()
    yield "join"
    join(phone)
    yield "waiting"
    button(phone, "Menu").click()
    yield "menu"
    button(phone, "Your answers").click()
    yield "own answers"
    button(phone, "Close").click()
    button(phone, "Menu").click()
    button(phone, "Another student takes this device").click()
    yield "new student"
    button(phone, "Close").click()
    for name, room, own in rooms():
        tell(phone, host.code, room, own)
        yield name
    tell(phone, host.code, room, own, away=True)
    expect(line(phone)).to_have_text("The class goes on as soon as its database answers.")
    yield "the database is away"
    phone.context.set_offline(True)
    expect(line(phone)).to_have_text("No connection. Trying again …")
    yield "no connection"
    phone.context.set_offline(False)
    phone.route("**/api/**", lambda route: route.abort())
    phone.reload()
    expect(heading(phone)).to_have_text("One moment …")
    yield "loading"
    phone.unroute("**/api/**")
    host.tell("DELETE", "")
    expect(heading(phone)).to_have_text("This class is over.")
    yield "over"


IN_VIEW = """() => {
  const end = document.querySelector("footer").getBoundingClientRect().top
  const parts = [...document.querySelectorAll("main h1, main .again, main .actions *")]
  const letters = parts.map((part) => parseFloat(getComputedStyle(part).fontSize))
  const isInView = (box) => box.top >= 0 && box.bottom <= end + 1
  return [parts.every((part) => isInView(part.getBoundingClientRect())), Math.min(...letters)]
}"""


@pytest.mark.parametrize("height", [640, 740])
def test_a_question_of_the_course_is_in_view_with_all_its_answers(phone, host, height):
    phone.set_viewport_size({"width": 360, "height": height})
    join(phone)
    hidden = []
    for question in [question.id for question in (*catalogue(), *SAMPLES)]:
        for round in (1, 2):
            if round == 1:
                host.ask(question)
            host.stage("vote", round=round, seconds=90)
            shown = phone.locator("main.vote .again")
            expect(shown).to_have_count(round - 1)
            expect(line(phone)).to_have_text("You have not voted yet.")
            is_in_view, letters = phone.evaluate(IN_VIEW)
            assert letters >= 16, question
            if not is_in_view:
                hidden.append(question)
                expect(phone.locator("#page.more")).to_have_count(1)
            if round == 1:
                phone.get_by_role("button", name="I don’t know").click()
                expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    assert hidden == []


def test_what_is_out_of_view_is_announced(phone, host):
    join(phone)
    phone.set_viewport_size({"width": 360, "height": 480})
    answers = [f"{letter}, and more words than a line of a phone has room for" for letter in "abcde"]
    host.ask({"text": "What is hardest? " * 9, "answers": answers}, "vote")
    expect(phone.locator("main.vote")).to_be_visible()
    expect(phone.locator("#page.more")).to_have_count(1)
    sign = phone.evaluate("getComputedStyle(document.querySelector('footer'), '::before').content")
    assert sign == '"↓ more answers"'
    phone.evaluate("scrollTo(0, 1e4)")
    expect(phone.locator("#page.more")).to_have_count(0)


def test_a_cut_network_is_said_at_once(phone, host, context):
    join(phone)
    host.ask("keep", "vote")
    phone.get_by_role("button", name="The cell keeps it").click()
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    context.set_offline(True)
    expect(line(phone)).to_have_text("No connection. Trying again …")
    phone.get_by_role("button", name="It depends on").click()
    expect(line(phone)).to_have_text("No connection. Your vote waits here.")
    context.set_offline(False)
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    wait_for(host.counts, {"depends": 1})


def test_an_answer_that_has_not_arrived_is_not_called_the_own_one(phone, host):
    join(phone)
    host.ask("keep", "vote")
    phone.get_by_role("button", name="The cell keeps it").click()
    expect(line(phone)).to_have_text(re.compile("^Your vote is in"))
    phone.route("**/vote", lambda route: route.abort())
    phone.get_by_role("button", name="It depends on").click()
    expect(line(phone)).to_have_text("Sending …")
    host.stage("talk")
    expect(phone.get_by_text("Your answer: The cell keeps it")).to_be_visible()


def test_who_comes_late_sees_only_the_place(phone, host):
    host.ask("keep", "vote")
    host.stage("revealed")
    host.tell("POST", "/follow", {"page": "gates", "query": "part=Challenges&challenge=keep"})
    button(phone, "Join the class").click()
    expect(heading(phone)).to_have_text("The class works on Gates: Challenges (Keep)")
    assert "forget gate" not in phone.locator("main").inner_text()
    expect(phone.get_by_role("link", name="Open it")).to_be_visible()


SMALL = """(least) => [...document.querySelectorAll("button, a.button, input")]
  .filter((target) => target.checkVisibility() && target.getBoundingClientRect().height < least)
  .map(({ outerHTML }) => outerHTML)"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def out_of_reach(phone):
    """What is to be pressed but lies where a thumb does not reach."""
    targets = phone.locator("main .main, main .answer").all()
    boxes = [(target.inner_text(), target.bounding_box()) for target in targets]
    return [name for name, box in boxes if box["y"] + box["height"] / 2 < 0.4 * SIZE["height"]]


def screen_names():
    """The names of all screens of the phone's page, as it types them."""
    text = (ROOT / "assets/classroom/phone/types.d.ts").read_text("utf-8")
    return set(re.findall(r'"(\w+)"', re.search(r"type ScreenName = (.*)", text)[1]))


def test_every_state_can_be_read_and_pressed_by_all(phone, host):
    barriers, seen, broken = Barriers(phone, strict=True), set(), []
    for name in states(phone, host):
        screen = phone.evaluate("document.querySelector('main').className")
        seen.add(screen)
        barriers.look(name)
        broken += [f"{name}: {sentence}" for sentence in phone.evaluate(SMALL, LEAST)]
        if screen not in ("revealed", "place"):  # they are read from above
            broken += [f"{name}: {low} is too high" for low in out_of_reach(phone)]
        if sideways := phone.evaluate(SIDEWAYS):
            broken.append(f"{name}: {sideways} px to the side")
    assert not barriers.found + broken, "\n".join(barriers.found + broken)
    assert seen == screen_names()
