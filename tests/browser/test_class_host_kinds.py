"""The lecturer's screen with every kind of question, and a rehearsal of a plan that has them all."""

import os
import re

import pytest

from tests.browser.class_room import ClassRoom, call, wait_for
from tests.browser.class_samples import DEALT_QUESTION
from tests.browser.conftest import ROOT, serving
from tests.browser.test_class_host import (
    TWICE,
    big,
    check_rules,
    drawer,
    go_on,
    host_of,
    open_room,
    reach,
    window,
)  # fmt: skip
from tests.browser.visit import settled, sideways

expect = pytest.importorskip("playwright.sync_api").expect
__all__ = ["window"]  # a fixture

# Simulated students think for seconds; here for tenths.
HASTE = """{
  const real = window.setTimeout
  window.setTimeout = (task, wait = 0, ...rest) => real(task, wait > 2100 ? wait / 15 : wait, ...rest)
}"""


@pytest.fixture(scope="module")
def address(monkeypatch_module):
    """A server of the course that also asks the samples, with a small plan of all kinds."""
    monkeypatch_module.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
    with serving("tests/browser/class_course.py", ROOT) as (address, _):
        yield address


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def answered(page, count, joined):
    expect(page.locator(".counts").first).to_contain_text(f"{count}of {joined} answered", timeout=30_000)


def dealt(group, asking, outcomes):
    """Answers of the first students that come of these outcomes, to the numbers that each has."""
    answers = []
    for student, outcome in zip(group.students, outcomes, strict=False):
        deal = DEALT_QUESTION.deal(student["seat"], asking)
        low, high = next(((low, high) for id, low, high in deal.keys if id == outcome), (9.9, 9.9))
        answers.append((low + high) / 2)
    return answers


def test_own_numbers_are_counted_by_mistake_and_asked_again_alone(window, address):
    page = window()
    group = open_room(page, address, 6)
    group.ask("other_keep")
    expect(page.locator(".question h2")).to_contain_text("▢")
    go_on(page, "Open the vote")
    expect(page.locator(".numbers .timer")).to_have_text(re.compile("^1:[23]"))
    outcomes = ["right", "right", "right", "one_minus", "one_minus", "other"]
    group.vote(dealt(group, "1", outcomes))
    answered(page, 6, 6)
    spread = page.locator(".spread")
    expect(spread).not_to_contain_text("1 − f")
    page.keyboard.down("h")
    wanted = group.counts()
    mistakes = spread.locator(".answer", has_text="1 − f")
    expect(mistakes.locator(".bar b")).to_have_text(str(wanted["one_minus"]))
    expect(mistakes).to_contain_text("f is the part that stays.")
    expect(spread.locator(".answer.right .bar b")).to_have_text("3")
    page.keyboard.up("h")
    drawer(page, "More")
    expect(page.get_by_role("button", name="Count hands")).to_be_hidden()
    reach(page, "Close the vote: talk", "Vote again")
    expect(big(page)).to_contain_text("Reveal the answer")  # the vote is open by now
    group.vote(dealt(group, "1", ["right"] * 6))
    answered(page, 6, 6)
    go_on(page, "Reveal the answer")
    expect(spread.locator(".advice")).to_have_text("100% are right.")
    # It comes again with other numbers, each student alone: one vote, and no talk.
    expect(page.get_by_role("button", name="Choose a question")).to_be_visible()
    go_on(page, "Ask with other numbers for each")
    go_on(page, "Open the vote")
    expect(page.locator(".status")).to_contain_text("Other numbers: everybody answers alone.")
    expect(page.get_by_role("button", name="talk")).to_have_count(0)
    expect(big(page)).to_contain_text("Reveal the answer")
    group.vote(dealt(group, "2", ["right"] * 5))
    answered(page, 5, 6)
    go_on(page, "Reveal the answer")
    expect(big(page)).to_contain_text("Choose a question")
    assert group.state["asking"]["id"] == "2"


def test_what_would_be_asked_again_can_be_skipped_or_asked_after_one_vote(window, address):
    page = window()
    group = open_room(page, address, 5)
    group.ask("other_keep", "vote")
    group.stage("vote", 2)
    group.stage("revealed", 2)
    expect(big(page)).to_contain_text("Ask with other numbers for each")
    page.get_by_role("button", name="Choose a question").click()
    expect(page.get_by_label("A question of the course")).to_be_focused()
    expect(big(page)).to_contain_text("Choose a question")
    group.ask("other_keep", "revealed")  # right after it: it is alone itself
    group.ask("number_half", "revealed")
    expect(big(page)).to_contain_text("Choose a question")
    group.ask("other_keep", "revealed")
    page.get_by_role("button", name="Ask with other numbers for each").click()
    expect(page.locator(".status")).to_contain_text("They read the question")
    wait_for(lambda: group.state["asking"]["id"], "5")


def test_settings_are_dots_and_each_opens_on_the_projector(window, address):
    page = window()
    group = open_room(page, address, 5)
    group.ask("sweep_keep")
    go_on(page, "Open the choice")
    expect(page.locator(".trail")).to_have_text("AskChooseDots")
    group.vote(["24,3", "20,2", "20,2", "0,24", "unsure"])
    answered(page, 5, 5)
    expect(page.get_by_role("button", name="talk")).to_have_count(0)
    looks = page.locator(".looks li")
    expect(looks).to_have_count(0)
    page.keyboard.down("h")
    expect(looks).to_have_count(4)
    page.keyboard.up("h")
    go_on(page, "Show all dots")
    expect(page.locator(".status")).to_have_text("All see the dots.")
    expect(page.locator(".spread")).to_contain_text("4 dots at 3 settings. 1 said “I don't know”.")
    expect(looks.filter(has_text="Highest")).to_contain_text("kept for 43 steps")
    expect(looks.filter(has_text="Best, not tried")).to_contain_text("kept for 50 steps")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Open the projector").click()
    projector = opened.value
    expect(projector.locator("#screen")).to_be_visible()
    projector.wait_for_timeout(1_000)
    page.get_by_role("button", name="Highest: on the projector").click()
    expect(projector.locator("#course")).to_have_attribute("src", re.compile("challenge=keep.*bf=6.*bi=-4.5"))
    page.get_by_role("combobox", name="Any setting that was chosen").select_option(label="kept for 0 steps")
    page.get_by_role("button", name="This setting: on the projector").click()
    expect(projector.locator("#course")).to_have_attribute("src", re.compile("challenge=keep.*bf=-6.*bi=6"))


def test_numbers_are_said_by_their_middle_and_middle_half(window, address):
    page = window()
    group = open_room(page, address, 5)
    group.ask("number_half", "vote")
    group.vote([5, 6.123456, 7, 8])
    answered(page, 4, 5)
    page.keyboard.down("h")
    expect(page.locator(".spread")).to_contain_text("4 numbers: the middle is 6.12 steps")
    expect(page.locator(".spread")).to_contain_text("at least half lie from 6.12 to 7 steps.")
    expect(page.locator(".spread .right")).to_have_text("Computed: 6.58 steps.")
    page.keyboard.up("h")


def test_networks_are_trained_at_the_reveal_and_those_that_failed_are_looked_at(window, address):
    page = window()
    group = open_room(page, address, 5)
    group.ask("seeds_recall")
    go_on(page, "Open the vote")
    group.vote([3, 10, 20, 28])
    answered(page, 4, 5)
    expect(page.get_by_role("button", name="Close the vote: talk")).to_be_visible()  # who likes may
    go_on(page, "Reveal and train")
    expect(big(page)).to_contain_text("Don't train yet")
    runs = page.get_by_role("region", name="Networks")
    expect(runs).to_contain_text(re.compile(r"Update \d+ of 600, 60 networks"))
    expect(runs).to_contain_text("60of 60 networks are done", timeout=40_000)
    expect(runs).to_contain_text("0 learned it with bf = 1")
    expect(runs).to_contain_text("30 learned it with bf = 3")
    expect(runs.locator("li")).to_contain_text("30 networks with bf = 1. The loss stays on a plateau.")
    expect(page.locator(".spread")).to_contain_text("Computed: 0 networks.")
    page.reload()
    settled(page)
    expect(runs).to_contain_text("60of 60 networks are done")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Open the projector").click()
    projector = opened.value
    expect(projector.locator("#screen")).to_be_visible()
    projector.wait_for_timeout(1_000)
    runs.get_by_role("button", name=re.compile("Look at the network with b_f = 1 and seed")).first.click()
    expect(projector.locator("#course")).to_have_attribute("src", re.compile("training.*tab=Live"))
    expect(page.get_by_role("button", name="Close it on the projector")).to_be_visible()
    page.wait_for_timeout(TWICE)
    page.keyboard.press("PageUp")
    hide = page.get_by_role("button", name="Hide the networks again")
    expect(hide).to_be_visible()
    page.wait_for_timeout(TWICE)
    hide.click()
    expect(runs).to_be_hidden()
    drawer(page, "After class")
    expect(page.locator(".review")).to_contain_text("4 numbers: the middle is 10 networks")
    expect(page.locator(".review")).to_contain_text("0 of thirty learned it with b_f = 1")


def test_a_test_is_picked_and_the_same_items_come_after_the_lesson(window, address):
    page = window()
    group = open_room(page, address, 11)
    title = "Test before and after the lesson"
    drawer(page, title)
    names = ("Ask before the lesson", "Ask after the lesson")
    before, after = (page.get_by_role("button", name=name) for name in names)
    expect(before).to_be_disabled()
    page.get_by_label("With a right answer").fill("number of")
    page.get_by_label("With a right answer").fill("")
    for id in ("keep", "other_keep"):
        page.locator(f"#item-{id}").check()
    expect(page.get_by_text("2 picked")).to_be_visible()
    assert page.locator("#item-number_half, #item-sweep_keep, #item-seeds_recall").count() == 0
    before.click()
    expect(page.locator(".trail")).to_have_text("Test before the lesson: item 1 of 2")
    expect(page.locator(".status")).to_have_text("Everybody answers alone. Nothing is revealed.")
    assert group.state["asking"]["test"] == {"part": "before", "item": 1, "items": 2}
    assert group.state["timer"]["seconds"] == 60
    group.vote([*["keeps"] * 4, *["forgets"] * 7])
    answered(page, 11, 11)
    expect(page.get_by_role("button", name="talk")).to_have_count(0)
    expect(page.get_by_role("button", name="Reveal")).to_have_count(0)
    go_on(page, "Ask item 2 of 2")
    expect(page.locator(".trail")).to_have_text("Test before the lesson: item 2 of 2")
    expect(page.locator(".status")).to_contain_text("Everybody answers alone.")
    group.vote(dealt(group, "2", ["right"] * 4 + ["other"] * 7))
    answered(page, 11, 11)
    go_on(page, "Close the test")
    expect(page.locator(".status")).to_contain_text("Its answers come after the lesson.")
    assert group.state["asking"]["stage"] == "talk"
    expect(big(page)).to_contain_text("Choose a question")
    expect(page.get_by_role("button", name="Open the last item again")).to_be_visible()
    group.ask("keep", "revealed")
    page.reload()
    settled(page)
    drawer(page, title)
    expect(page.locator("#item-keep")).to_be_checked()
    after.click()
    expect(page.locator(".trail")).to_have_text("Test after the lesson: item 1 of 2")
    expect(page.locator(".status")).to_have_text("Everybody answers alone.")
    group.vote(["keeps"] * 11)
    answered(page, 11, 11)
    go_on(page, "Ask item 2 of 2")
    expect(page.locator(".trail")).to_have_text("Test after the lesson: item 2 of 2")
    expect(page.locator(".status")).to_contain_text("Everybody answers alone.")
    group.vote(dealt(group, "5", ["right"] * 11))
    answered(page, 11, 11)
    go_on(page, "Show what they learned")
    gain = page.locator(".spread .gain")
    expect(gain).to_contain_text(
        "11 students answered every item at both ends: 36% right before, 100% after."
    )
    expect(gain.locator("tr")).to_have_count(3)
    drawer(page, "After class")
    expect(page.locator(".review .gain")).to_contain_text("Gain: +64 points")
    page.get_by_role("button", name="Hide what they learned").click()
    expect(gain).to_have_count(0)
    go_on(page, "Show what they learned")
    expect(gain).to_be_visible()


def test_few_students_have_no_gain(window, address):
    page = window()
    group = open_room(page, address, 3)
    for part in ("before", "after"):
        body = {"question": "keep", "test": {"part": part, "item": 1, "items": 1}}
        call(address, "POST", f"/{group.code}/ask", body, group.host)
        group.stage("vote")
        group.vote(["keeps"] * 3)
    go_on(page, "Show what they learned")
    expect(page.locator(".spread .gain")).to_contain_text("3 students answered every item at both ends.")
    expect(page.locator(".spread .gain")).to_contain_text("too few students")


def test_questions_are_listed_by_kind(window, address):
    page = window()
    open_room(page, address)
    go_on(page, "Choose a question")
    kinds = page.get_by_role("group", name="Kind of question")
    rows = page.locator(".questions:not(.items) li")
    kinds.get_by_role("button", name="Train thirty networks").click()
    expect(rows.filter(has_text="How many learn it?")).to_have_count(1)
    kinds.get_by_role("button", name="Try all settings").click()
    expect(rows.filter(has_text="Choose two biases")).to_have_count(1)
    kinds.get_by_role("button", name="All", exact=True).click()
    page.get_by_label("A question of the course").fill("other numbers")
    expect(rows.filter(has_text="▢")).not_to_have_count(0)


def test_a_rehearsal_of_a_plan_goes_through_every_kind_by_one_key(window, address):
    page = window()
    group = open_room(page, address)
    page.get_by_role("button", name="12 minutes").click()
    page.add_init_script(HASTE)
    page.reload()
    settled(page)
    page.get_by_role("button", name="Rehearse this stop, number 1").click()
    expect(page.locator(".in strong")).to_have_text("40", timeout=60_000)
    room = ClassRoom(address, page.locator(".code").first.inner_text().replace(" ", ""))
    assert room.code != group.code and room.state["plan"]["stop"] == 0

    def vote(*labels):
        for label in labels:
            go_on(page, label)
            expect(big(page)).not_to_contain_text(label)
        answered(page, 38, 40)

    for item in (1, 2, 3):
        vote(f"Ask item {item} of 3")
    reach(page, "Close the test", "Next stop", "Take the class to this stop")
    here = page.locator(".here")
    expect(here).to_contain_text("What fails first", timeout=60_000)
    expect(here).to_contain_text("because C started at")
    vote("Ask the next question", "Open the choice")
    go_on(page, "Show all dots")
    expect(page.locator(".spread")).to_contain_text("38 dots")
    vote("Next stop", "Ask the next question", "Open the vote")
    vote("Close the vote: talk", "Vote again")
    vote("Reveal the answer", "Ask with other numbers for each", "Open the vote")
    reach(page, "Reveal the answer", "Take the class to this stop")
    vote("Next stop", "Ask the next question", "Open the vote")
    vote("Close the vote: talk", "Vote again")
    reach(page, "Reveal the answer", "Take the class to this stop")
    vote("Next stop", "Ask the next question", "Open the vote")
    go_on(page, "Reveal and train")
    expect(page.get_by_role("region", name="Networks")).to_contain_text("60of 60", timeout=40_000)
    reach(page, "Next stop")
    for item in (1, 2, 3):
        vote(f"Ask item {item} of 3")
    go_on(page, "Show what they learned")
    gain = page.locator(".spread .gain")
    expect(gain).to_contain_text("38 students answered every item at both ends")
    learned = page.locator(".spread .gain p").inner_text()
    then, now = map(int, re.search(r"(\d+)% right before, (\d+)% after", learned).groups())
    assert then < now
    go_on(page, "End the rehearsal and sum it up")
    summary = page.get_by_role("region", name="The rehearsal")
    expect(summary.locator(".gain")).to_contain_text("38 students answered every item at both ends")
    expect(summary).to_contain_text("Most frequent wrong answer: 1 − f")
    expect(summary).to_contain_text(re.compile(r"38 of 40 voted\. 38 dots at \d+ settings\."))
    expect(summary).to_contain_text("Computed: 0 networks.")
    expect(summary).not_to_contain_text("{0}")


def test_a_rehearsal_jumps_to_any_stop_of_any_plan(window, address):
    page = window()
    page.add_init_script(HASTE)
    open_room(page, address)
    page.get_by_role("button", name="Rehearse with forty").click()
    expect(page.locator(".in strong")).to_have_text("40", timeout=60_000)
    room = ClassRoom(address, page.locator(".code").first.inner_text().replace(" ", ""))
    page.get_by_role("button", name="12 minutes").click()
    go_on(page, "Ask item 1 of 3")
    answered(page, 38, 40)
    page.get_by_role("button", name="Go to stop 4").click()
    go_on(page, "Ask the next question")  # what was open has ended
    expect(page.locator(".question h2")).to_contain_text("half of C left")
    go_on(page, "Open the vote")
    answered(page, 38, 40)
    page.get_by_role("button", name="90 minutes").click()
    expect(page.get_by_role("region", name="This stop")).to_contain_text("of 90 min")
    page.get_by_role("button", name="Go to stop 3", exact=False).first.click()
    go_on(page, "Ask the next question")
    expect(page.locator(".question h2")).to_contain_text("The forget gate is")
    assert room.state["plan"]["minutes"] == 90 and room.state["plan"]["stop"] == 2


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (853, 480), (360, 740)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_new_kinds_fit_and_break_no_rule(window, address, width, height, scheme):
    page = window(width, height, color_scheme=scheme, reduced_motion="reduce")
    group = open_room(page, address, 5)

    def check(*names):
        page.locator("[data-testid=stMain]").evaluate("(main) => main.scrollTo(0, 0)")
        for name in names:
            box = page.locator(name).first.bounding_box()
            assert box["y"] + box["height"] <= height, name
        assert sideways(page) <= 0
        check_rules(page)

    group.ask("other_keep", "vote")
    group.vote(dealt(group, "1", ["right", "right", "one_minus", "other"]))
    group.stage("revealed")
    expect(page.locator(".spread .behind")).to_have_count(1)
    check(".next", ".question h2")
    group.ask("sweep_keep", "vote")
    group.vote(["24,3", "20,2", "20,2", "0,24"])
    group.stage("revealed")
    expect(page.locator(".looks li")).to_have_count(4)
    check(".next", ".question h2")
    for part in ("before", "after"):
        body = {"question": "keep", "test": {"part": part, "item": 1, "items": 1}}
        call(address, "POST", f"/{group.code}/ask", body, host_of(page)["host"])
        group.stage("vote")
        group.vote(["keeps"] * 3)
    group.stage("revealed")
    expect(page.locator(".spread .gain")).to_be_visible()
    for title in page.locator(".room > details > summary").all():
        title.click()
    check(".next", ".question h2")
    group.ask("seeds_recall", "vote")
    group.vote([3, 4])
    group.stage("revealed")
    expect(page.locator(".failures li")).to_have_count(1, timeout=40_000)
    check(".next", ".question h2")
