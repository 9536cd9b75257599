"""The replay in a real browser: its slider and its button move the film, and the server is not told."""

import json
import re

import pytest

from lesson.frame.query import Query
from lesson.training.replay.answers import expected_answer, film_answer
from tests.browser.visit import settle, settled, sideways

expect = pytest.importorskip("playwright.sync_api").expect


@pytest.fixture
def traffic(page):
    """Questions that were asked, as (address, body), and frames sent through the socket."""
    asked, frames = [], []
    page.on("request", lambda r: asked.append((r.url, r.post_data)) if "/api/" in r.url else None)
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: frames.append(frame)))
    return asked, frames


def opened(page, url):
    """The slider, when its film is there and the page rests."""
    page.goto(url)
    settled(page)
    page.get_by_role("button", name="Explore without questions").click()
    expect(page.get_by_text("Questions in this part")).to_be_visible()
    expect(page.locator(".paper")).not_to_be_empty()
    settle(page)
    return page.get_by_role("slider", name="Go through the training")


def frames_of(name):
    """What there is to see at each moment."""
    return film_answer(Query({"model": name, "along": "moment"}))["frames"]


def shows(page, frame):
    """Text, marker, gates and next characters are those of a moment."""
    expect(page.locator(".paper")).to_have_text(frame["text"].strip(), use_inner_text=True)
    expect(page.locator(".losses .picture")).to_have_attribute("aria-label", frame["alt"])
    expect(page.locator(".bars")).to_have_attribute("aria-label", frame["next"]["alt"])
    gates = [re.sub("<[^>]+>", "", cell) for cell in re.findall("<td>.*?</td>", frame["gates"])]
    expect(page.locator(".gates td")).to_have_text(gates)


def marker_of(page):
    """Where in the picture of the losses the rule stands, and the two dots on it."""
    number = r"M(-?[\d.]+) "
    rule = page.locator(".losses .rule").get_attribute("d")
    dots = [dot.get_attribute("d") for dot in page.locator(".losses .here").all()]
    return float(re.match(number, rule)[1]), [float(re.match(number, d)[1]) + 6 for d in dots]  # r = 6


def test_every_moment_is_looked_up_and_nothing_goes_through_the_socket(page, address, traffic):
    asked, sent = traffic
    slider, frames = opened(page, f"{address}/training?model=rhymes"), frames_of("rhymes")
    shows(page, frames[0])
    tall = page.locator(".paper").bounding_box()["height"]
    slider.focus()
    page.wait_for_load_state("networkidle")
    asked.clear(), sent.clear()
    for moment in range(1, len(frames)):
        page.keyboard.press("ArrowRight")
        shows(page, frames[moment])
        assert page.locator(".paper").bounding_box()["height"] == tall
    expect(page).to_have_url(re.compile(r"moment=11"))
    page.keyboard.press("Home")
    shows(page, frames[0])
    assert asked == [] and sent == []
    assert sideways(page) <= 0


def test_the_marker_is_drawn_at_the_moment_and_only_it_moves(page, address):
    slider, frames = opened(page, f"{address}/training?model=rhymes&moment=4"), frames_of("rhymes")
    slider.focus()
    page.wait_for_load_state("networkidle")
    before = marker_of(page)
    page.locator(".losses").evaluate(
        """(root) => {
            window.changed = []
            const note = (list) => window.changed.push(...list.map((change) => change.type))
            new MutationObserver(note).observe(root, { subtree: true, childList: true, attributes: true })
        }"""
    )
    page.keyboard.press("ArrowRight")
    expect(page.locator(".losses .picture")).to_have_attribute("aria-label", frames[5]["alt"])
    changed = page.evaluate("() => window.changed")
    assert 0 < len(changed) <= 4 and set(changed) == {"attributes"}  # label, rule and dots
    rule, dots = marker_of(page)
    assert rule > before[0] and dots == [rule, rule]


def test_another_model_is_opened_by_a_press_at_the_same_moment(page, address, traffic):
    _, sent = traffic
    opened(page, f"{address}/training?model=rhymes&moment=7")
    page.wait_for_load_state("networkidle")
    sent.clear()
    page.get_by_text("fables_rnn", exact=True).first.click()
    shows(page, frames_of("fables_rnn")[7])
    expect(page.locator(".gates")).to_contain_text("A plain RNN has no gates")
    page.get_by_text("Compare all models").click()
    page.get_by_role("button", name="brackets").click()
    shows(page, frames_of("brackets")[7])
    expect(page).to_have_url(re.compile("model=brackets"))
    expect(page.get_by_role("button", name="brackets")).to_have_attribute("aria-pressed", "true")
    assert sent == [] and sideways(page) <= 0


def test_a_prompt_is_text_and_is_asked_by_post(page, address, traffic):
    asked, sent = traffic
    prompt = "<img src=x>"
    slider = opened(page, f"{address}/training?model=rhymes&prompt=%3Cimg+src%3Dx%3E&moment=3")
    answer = expected_answer(Query({"model": "rhymes", "replay_prompt": prompt}))
    bars, unknown = page.locator(".bars"), page.locator(".unknown")
    expect(bars).to_have_attribute("aria-label", answer["frames"][3]["alt"])
    expect(unknown).to_contain_text("so they are left out: < =")
    assert page.locator("img[src=x]").count() == 0
    slider.focus()
    page.wait_for_load_state("networkidle")
    sent.clear()
    page.keyboard.press("End")
    expect(bars).to_have_attribute("aria-label", answer["frames"][-1]["alt"])
    field = page.get_by_role("textbox", name=re.compile("what comes next"))
    expect(field).to_have_value(prompt)
    field.fill("The 狐")
    answer = expected_answer(Query({"model": "rhymes", "replay_prompt": "The 狐"}))
    expect(bars).to_have_attribute("aria-label", answer["frames"][-1]["alt"])
    expect(unknown).to_have_text("This network has never seen this character, so it is left out: 狐")
    expect(page).to_have_url(re.compile("replay_prompt=The"))
    field.fill("")
    expect(bars).to_have_attribute("aria-label", frames_of("rhymes")[-1]["next"]["alt"])
    expect(unknown).to_be_hidden()
    posted = [body for url, body in asked if url.endswith("/api/replay/expected")]
    assert len(posted) == 2 and all("replay_prompt=" in body for body in posted)
    assert all("replay_prompt" not in url for url, _ in asked)
    assert sent == [] and sideways(page) <= 0


def test_the_film_plays_to_its_end_and_stops(page, address, traffic):
    _, sent = traffic
    slider, frames = opened(page, f"{address}/training?model=rhymes&moment=9"), frames_of("rhymes")
    page.wait_for_load_state("networkidle")
    sent.clear()
    page.get_by_role("button", name="Play").click()
    expect(page.get_by_role("button", name="Stop")).to_be_visible()
    shows(page, frames[-1])
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    expect(slider).to_have_value(str(len(frames) - 1))
    page.get_by_role("button", name="Play").click()  # from the beginning again
    shows(page, frames[0])
    shows(page, frames[1])
    page.get_by_role("button", name="Stop").click()
    at = slider.input_value()
    page.wait_for_timeout(1200)
    assert slider.input_value() == at and sent == []


def test_who_moves_the_slider_stops_the_film(page, address):
    slider = opened(page, f"{address}/training?model=rhymes")
    page.get_by_role("button", name="Play").click()
    expect(slider).to_have_value("1")
    slider.press("End")
    slider.press("ArrowLeft")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    page.wait_for_timeout(1200)
    expect(slider).to_have_value("10")


def test_a_run_of_the_page_changes_nothing_and_a_reload_finds_it_again(page, address):
    slider, frames = opened(page, f"{address}/training"), frames_of("fables")
    for _ in range(3):
        slider.press("ArrowRight")
    shows(page, frames[3])
    page.get_by_role("button", name="Ask again").click()
    page.get_by_text("Whole words").first.click()  # an answer to the question
    settled(page)
    shows(page, frames[3])
    expect(page).to_have_url(re.compile("moment=3"))
    page.reload()
    settled(page)
    shows(page, frames[3])


def test_the_film_goes_on_while_the_socket_is_away(page, address):
    page.add_init_script(
        """window.sockets = []
        window.WebSocket = class extends WebSocket {
          constructor(...way) { super(...way); window.sockets.push(this) }
        }"""
    )
    slider, frames = opened(page, f"{address}/training?model=rhymes"), frames_of("rhymes")
    page.evaluate("() => { window.WebSocket = class { constructor() { throw new Error('away') } } }")
    page.evaluate("() => window.sockets.forEach((socket) => socket.close())")
    slider.press("ArrowRight")
    shows(page, frames[1])
    field = page.get_by_role("textbox", name=re.compile("what comes next"))
    field.fill("The")
    answer = expected_answer(Query({"model": "rhymes", "replay_prompt": "The"}))
    expect(page.locator(".bars")).to_have_attribute("aria-label", answer["frames"][1]["alt"])
    assert json.dumps(answer["frames"][1]) != json.dumps(frames[1]["next"])
