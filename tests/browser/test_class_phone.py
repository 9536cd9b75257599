"""The phone's page in a browser: a whole lesson, with all that happens to phones in it."""

import re

import pytest

from tests.browser.class_room import ClassRoom, room_server, sleep
from tests.browser.test_accessibility import AXE, NAMELESS, RULES, RUN

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect

SIZE = {"width": 360, "height": 740}
LEAST = 56  # pixels of what a thumb has to meet
TYPED = {"text": "What is hardest?", "answers": ["Gates", "Gradients", "<b>Training</b>"]}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with room_server(tmp_path_factory.mktemp("rooms")) as server:
        yield server


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
    expect(line(phone)).to_have_text("Nothing is stored yet.")
    phone.get_by_role("button", name="I don’t know").click()
    expect(line(phone)).to_have_text(re.compile("^Stored"))
    phone.get_by_role("button", name="The cell forgets it").click()
    expect(committed(phone)).to_have_text("The cell forgets it")
    expect(line(phone)).to_have_text(re.compile("^Stored"))
    assert host.counts() == {"forgets": 1}

    host.vote(["keeps", "keeps", "depends", "forgets"], others)
    host.stage("talk")
    expect(heading(phone)).to_contain_text("Convince your neighbour.")
    expect(phone.get_by_text("Your answer: The cell forgets it")).to_be_visible()
    expect(phone.locator(".bars")).to_have_count(0)
    host.stage("talk", bars=True)
    expect(phone.locator(".bars li")).to_have_count(4)

    host.stage("vote", round=2)
    expect(heading(phone)).to_contain_text("Second vote")
    expect(phone.get_by_text("Your answer before: The cell forgets it")).to_be_visible()
    expect(committed(phone)).to_have_count(0)
    phone.get_by_role("button", name="The cell keeps it").click()
    expect(line(phone)).to_have_text(re.compile("^Stored"))
    phone.reload()
    expect(committed(phone)).to_have_text("The cell keeps it")
    expect(phone.get_by_text("Your answer before: The cell forgets it")).to_be_visible()

    server.kill()
    expect(line(phone)).to_have_text(re.compile("^No connection"))
    phone.get_by_role("button", name="It depends on").click()  # while the server is away
    expect(line(phone)).to_have_text(re.compile("Your answer waits here"))
    server.start()
    expect(line(phone)).to_have_text(re.compile("^Stored"))
    assert host.counts(2) == {"depends": 1}
    phone.get_by_role("button", name="The cell keeps it").click()
    expect(line(phone)).to_have_text(re.compile("^Stored"))

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
    expect(heading(phone)).to_have_text("The class is at the page Gates: Over time")
    expect(phone.locator("main")).to_contain_text("Your answer: The cell keeps it")
    expect(phone.get_by_role("link", name="Open the place that the class looks at")).to_have_attribute(
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
    expect(line(phone)).to_have_text(re.compile("^Stored"))
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
    button(phone, "Commit 50 steps").click()
    expect(committed(phone)).to_have_text("Committed: 50 steps")
    expect(line(phone)).to_have_text(re.compile("^Stored"))
    assert "Computed" not in phone.locator("main").inner_text()
    host.stage("revealed")
    expect(phone.get_by_text("Your answer: 50 steps")).to_be_visible()
    expect(phone.get_by_text("Computed by the model: 6.58 steps")).to_be_visible()
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
    expect(heading(phone)).to_contain_text("Vote")
    expect(heading(phone)).to_be_focused()
    press_until("The cell keeps it")
    expect(committed(phone)).to_have_text("The cell keeps it")
    expect(committed(phone)).to_be_focused()  # what is stored moves no focus
    press_until("Menu")
    press_until("New student here")
    phone.keyboard.press("Escape")
    expect(button(phone, "Menu")).to_be_focused()
    host.stage("revealed")
    expect(heading(phone)).to_be_focused()


def test_a_number_on_a_scale(phone, host):
    join(phone)
    host.ask("parameters")
    host.stage("vote")
    slider, field = phone.get_by_role("slider"), phone.get_by_label("Your number", exact=True)
    button(phone, "Commit your number").click()
    expect(phone.get_by_text("Choose a number from 100 to 10,000,000.")).to_be_visible()
    slider.fill("120")
    expect(field).to_have_value("100000")
    field.fill("36000")
    assert abs(int(slider.input_value()) - 102) <= 1
    button(phone, "Commit 36,000").click()
    expect(button(phone, "Committed: 36,000")).to_have_attribute("data-sent", "true")
    phone.reload()
    expect(button(phone, "Committed: 36,000")).to_be_visible()
    expect(field).to_have_value("36000")
    host.vote([1000, 36000, "unsure"], host.join(3))
    host.stage("revealed")
    expect(heading(phone)).to_contain_text("Compare your number.")
    expect(phone.get_by_text("Computed by the model: 35,579")).to_be_visible()
    expect(phone.get_by_text("3 numbers, from 1,000 to 36,000. 1 did not know.")).to_be_visible()


def test_a_vote_that_comes_too_late_says_so_and_what_is_stored_stays(phone, host):
    join(phone)
    host.ask("keep")
    host.stage("vote")
    phone.get_by_role("button", name="The cell keeps it").click()
    expect(line(phone)).to_have_text(re.compile("^Stored"))
    phone.route("**/vote", lambda route: (host.stage("talk"), route.continue_()))
    phone.get_by_role("button", name="It depends on").click()
    expect(phone.get_by_role("alert").first).to_have_text(re.compile("closed already"))
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
    expect(line(phone)).to_have_text(re.compile("^Stored"))
    assert host.counts() == {"keeps": 1}


def test_who_is_removed_can_join_again_and_a_new_student_starts_afresh(phone, host):
    join(phone)
    host.ask("keep")
    host.stage("vote")
    phone.get_by_role("button", name="The cell keeps it").click()
    expect(line(phone)).to_have_text(re.compile("^Stored"))
    button(phone, "Menu").click()
    handle = phone.get_by_role("dialog").locator("b").inner_text()
    phone.keyboard.press("Escape")
    host.tell("DELETE", f"/students/{handle.replace(' ', '%20')}")
    phone.get_by_role("button", name="It depends on").click()
    expect(phone.get_by_text("The room does not know this device any more.")).to_be_visible()
    button(phone, "Join the class").click()
    expect(heading(phone)).to_contain_text("Vote")
    expect(committed(phone)).to_have_count(0)
    phone.get_by_role("button", name="The cell forgets it").click()
    expect(line(phone)).to_have_text(re.compile("^Stored"))
    button(phone, "Menu").click()
    button(phone, "New student here").click()
    button(phone, "Forget me").click()
    expect(phone.get_by_text("Forgotten. Another student can join.")).to_be_visible()
    assert host.state["joined"] == 0 and host.counts() == {}
    assert phone.evaluate("Object.keys(localStorage)") == []


def test_a_wrong_code_and_the_right_one(phone, host):
    phone.goto(f"{host.address}/j/AAAAAA")
    expect(phone.get_by_text("There is no room with this code.")).to_be_visible()
    phone.goto(f"{host.address}/j")
    field = phone.get_by_label("Code of your class")
    field.fill("abc")
    button(phone, "Go to the class").click()
    expect(phone.get_by_role("alert").first).to_have_text("A code has six letters and digits.")
    field.fill("AAAAAA")
    field.press("Enter")
    expect(phone.get_by_role("alert").first).to_have_text("There is no room with this code.")
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


def states(phone, host):
    """Lead a phone through all its states; yields the name of each."""
    phone.goto(f"{host.address}/j/AAAAAA")
    expect(phone.get_by_text("There is no room with this code.")).to_be_visible()
    yield "wrong code"
    phone.goto(f"{host.address}/j/{host.code}")
    expect(button(phone, "Join the class")).to_be_visible()
    yield "join"
    join(phone)
    yield "waiting"
    button(phone, "Menu").click()
    yield "menu"
    button(phone, "New student here").click()
    yield "new student"
    button(phone, "Close").click()
    for question in ("keep", "parameters"):
        host.ask(question)
        expect(phone.get_by_text("Next question")).to_be_visible()
        yield f"{question}: ready"
        host.stage("vote", seconds=90)
        expect(phone.get_by_role("button", name="I don’t know")).to_be_visible()
        yield f"{question}: vote"
        phone.get_by_role("button", name="I don’t know").click()
        expect(line(phone)).to_have_text(re.compile("^Stored"))
        yield f"{question}: committed"
        host.stage("talk", bars=True)
        expect(heading(phone)).to_contain_text("Convince")
        yield f"{question}: talk"
        host.stage("vote", round=2)
        expect(heading(phone)).to_contain_text("Second vote")
        yield f"{question}: second vote"
        host.stage("revealed", round=2)
        host.tell("POST", "/follow", {"page": "gates", "query": ""})
        expect(phone.get_by_role("link", name="Open the place that the class looks at")).to_be_visible()
        yield f"{question}: revealed"
    host.tell("POST", "/follow", {"eyes_up": True})
    expect(phone.get_by_role("heading", name="Look up, please.")).to_be_visible()
    yield "eyes up"
    host.tell("DELETE", "")
    expect(heading(phone).filter(has_text="This class is over.")).to_be_visible()
    yield "over"


# Contrasts of less than 7 : 1, which sunlight asks for.
ENHANCED = """async () => {
  const { violations } = await axe.run(document, { runOnly: ["color-contrast-enhanced"] })
  const words = ({ html, failureSummary }) => `${html}: ${failureSummary}`
  return violations.flatMap(({ nodes }) => nodes.map(words))
}"""
SMALL = """(least) => [...document.querySelectorAll("button, a.button, input")]
  .filter((target) => target.checkVisibility() && target.getBoundingClientRect().height < least)
  .map(({ outerHTML }) => outerHTML)"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def out_of_reach(phone):
    """What is to be pressed but lies where a thumb does not reach."""
    targets = phone.locator("main .main, main .answer").all()
    boxes = [(target.inner_text(), target.bounding_box()) for target in targets]
    return [name for name, box in boxes if box["y"] + box["height"] / 2 < 0.4 * SIZE["height"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_state_can_be_read_and_pressed_by_all(phone, host, scheme):
    phone.emulate_media(color_scheme=scheme)
    broken = []
    for name in states(phone, host):
        phone.evaluate(AXE)
        found = phone.evaluate(RUN, [RULES, {}]) + phone.evaluate(NAMELESS) + phone.evaluate(ENHANCED)
        broken += [f"{name}: {sentence}" for sentence in found + phone.evaluate(SMALL, LEAST)]
        broken += [f"{name}: {low} is too high" for low in out_of_reach(phone) if "revealed" not in name]
        if sideways := phone.evaluate(SIDEWAYS):
            broken.append(f"{name}: {sideways} px to the side")
    assert not broken, "\n".join(broken)
