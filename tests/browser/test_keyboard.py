"""The whole course without a mouse, and without anything that moves by itself."""

import re

import pytest

from tests.browser.keys import moving, press, unseen
from tests.browser.visit import arrive, settle

expect = pytest.importorskip("playwright.sync_api").expect

LONGEST = 120  # stops on a page; the longest has half of them


@pytest.fixture
def page(browser):
    """A visitor with a keyboard who wants nothing to move."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def reach(page, role, name):
    """Press Tab until something has the focus: its role and what is in its name."""
    passed = []
    for _ in range(LONGEST):
        # Tab may leave the page at its end and come round to its top: a new page does not begin there.
        stop = press(page) or press(page)
        assert stop, f"Tab does not come back; it passed {passed}"
        assert stop.name and stop.inView, f"{stop} has no name or is out of view"
        passed.append(f"{stop.role} {stop.name[:40]}")
        if stop.role == role and re.search(name, stop.name):
            return stop
    raise AssertionError(f"{LONGEST} stops without {role} {name}: {passed}")


def follow(page, name, path):
    """Reach a link, press Enter, and be on another page of the course."""
    reach(page, "a", name)
    assert not unseen(page), "a focus that cannot be seen"
    press(page, "Enter")
    page.wait_for_url(re.compile(path))
    arrive(page)
    assert not moving(page)


def test_the_whole_course_is_walked_with_the_keyboard(page, address):
    page.goto(address)
    arrive(page)
    reach(page, "range", "Forget bias")
    press(page, "ArrowLeft")
    expect(page.locator(".signal .head")).to_contain_text("Forget bias 4.75")
    follow(page, "1. Gates", "gates")

    # The parts of a page, a question, and the live cell.
    reach(page, "radio", "One step")
    press(page, "ArrowRight")
    press(page, "Space")
    page.wait_for_url(re.compile(r"part=Over\+time"))
    settle(page)
    press(page, "ArrowLeft")
    press(page, "Space")
    page.wait_for_url(lambda url: "part=" not in url)
    settle(page)
    reach(page, "radio", "The cell (keeps|forgets) it|It depends on")
    press(page, "ArrowRight")
    press(page, "Space")
    settle(page)
    expect(page.get_by_test_id("stMain")).to_contain_text("Next question")
    assert not moving(page)
    bias = reach(page, "range", "forget bias")
    assert press(page, "ArrowRight").value == f"{int(bias.value) + 1}"
    assert not moving(page)
    reach(page, "summary", "The eight weights")
    press(page, "Enter")
    expect(page.locator("details[open] > summary").filter(has_text="The eight weights")).to_be_visible()
    follow(page, "Skip to Gradients", "gradients")

    # A slider of a page that is computed anew.
    slider = reach(page, "range", "Forget bias")
    moved = press(page, "ArrowRight")
    assert float(moved.value) > float(slider.value)
    page.wait_for_url(re.compile("bf="))
    settle(page)
    follow(page, "Next: watch a network learn", "training")
    follow(page, "Next: let a trained model write", "sampling")
    follow(page, "Next: series of numbers", "series")
    follow(page, "Next: the cheat sheet", "cheatsheet")
    follow(page, "Exercises$", "exercises")
    reach(page, "checkbox", "My check passes")
    press(page, "Space")
    settle(page)
    expect(page.get_by_test_id("stMain")).to_contain_text(
        "You have ticked “My check passes” in 1 of 5 exercises"
    )
    follow(page, "Next: the cheat sheet", "cheatsheet")
    follow(page, "Next: the same weights in PyTorch", "pytorch")
    follow(page, "Next: the self-test", r"section=Self-test")
    assert any(press(page) is None for _ in range(LONGEST)), "Tab never leaves the page"
