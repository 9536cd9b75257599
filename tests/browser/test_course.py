"""The start page and the cheat sheet in a browser: links inside the course, keys, what is on paper."""

import re
from html import escape

import pytest
from playwright.sync_api import expect

from lesson.cheatsheet.printed import printed_sheet
from lesson.course.decks import DECKS
from lesson.course.worksheet import questions_of, questions_of_lesson
from lesson.course.worksheets.sheet import LESSON, lesson_sheet, page_sheet
from tests.browser.visit import settle, settled, sideways


def go(page, address, path):
    page.goto(f"{address}/{path}")
    settled(page)


@pytest.mark.parametrize("deck", ["Gates", "Sampling"])
def test_the_projector_answers_to_two_keys(page, address, deck):
    go(page, address, f"?section=Projector&deck={deck}&q=2")
    second, third = DECKS[deck]()[1:3]
    expect(page.get_by_test_id("stMain")).to_contain_text(plain(second.answers[0].text))
    expect(page.get_by_role("button", name="Reveal")).to_be_visible()
    settle(page)  # a button is painted up to 0.2 s before its key is listened for
    page.keyboard.press("F2")
    expect(page.get_by_role("button", name="Next")).to_be_visible()
    expect(page.get_by_test_id("stMain")).to_contain_text(plain(second.right_answer.reply))
    page.keyboard.press("F4")
    page.wait_for_url(re.compile("q=3"))
    expect(page.get_by_role("button", name="Reveal")).to_be_visible()
    expect(page.get_by_test_id("stMain")).to_contain_text(plain(third.answers[0].text))
    assert sideways(page) <= 0


def plain(markdown):
    """A stretch of text without any markup."""
    return max(re.split(r"\$[^$]*\$|[*`]", markdown), key=len).strip()[:60]


def test_the_signal_answers_while_it_is_dragged_and_sends_nothing(page, address):
    go(page, address, "")
    slider = page.locator(".signal input")
    expect(slider).to_be_visible()
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    before = page.locator(".signal .curve.lstm").get_attribute("points")
    slider.fill("0")
    expect(page.locator(".signal .head")).to_contain_text("Forget bias 0")
    assert page.locator(".signal .curve.lstm").get_attribute("points") != before
    assert not sent and sideways(page) <= 0


def test_links_of_the_course_lead_from_page_to_page_into_their_state(page, address):
    go(page, address, "cheatsheet")
    page.get_by_role("link", name="Try learning rate 1", exact=True).click()
    page.wait_for_url(re.compile("training.*tab=Live"))
    settled(page)
    expect(page.get_by_role("radio", name="Live")).to_be_checked()
    expect(page.get_by_role("slider", name="Learning rate")).to_have_attribute("aria-valuetext", "1")
    go(page, address, "?section=Plan+a+lesson")
    page.get_by_text("Gate surgery. Ask").scroll_into_view_if_needed()
    page.get_by_role("link", name="Open it in this state").last.click()
    page.wait_for_url(re.compile("sampling.*task=Gate"))
    settled(page)
    expect(page.get_by_role("slider", name="Clamped at")).to_have_value("0")


def test_a_worksheet_is_downloaded_with_the_address_as_the_browser_shows_it(page, address):
    go(page, address, "sampling?n=100")
    page.get_by_role("slider", name="Temperature").first.fill("3")
    page.get_by_text("A worksheet to print").click()
    page.wait_for_url(re.compile("tau="))
    page.wait_for_timeout(1000)  # the address is told within half a second
    settle(page)
    for label, has in (("Worksheet", "My answer"), ("Answer key", 'class="right"')):
        with page.expect_download() as started:
            page.get_by_role("button", name=label, exact=True).click()
        with open(started.value.path(), encoding="utf-8") as file:
            html = file.read()
        shown = re.sub(r".*/sampling", "/sampling", page.url)
        assert has in html
        assert re.search(r'<div class="address">.*?<p>(.*?)</p>', html)[1].endswith(escape(shown))


def test_my_course_is_kept_as_a_file_and_brought_back_by_another_visitor(browser, address, tmp_path):
    first, second = (browser.new_context().new_page() for _ in range(2))
    go(first, address, "gates?part=One+step")
    first.get_by_test_id("stMain").get_by_text("The cell keeps it", exact=True).click()
    expect(first.get_by_text("Yes.")).to_be_visible()
    first.get_by_test_id("stTopNavLink").first.click()
    first.get_by_text("My course").click()
    expect(first.get_by_text("1 of", exact=False).first).to_be_visible()
    with first.expect_download() as started:
        first.get_by_role("button", name="Save it as a file").click()
    file = tmp_path / "my_lstm_course.json"
    started.value.save_as(file)
    go(second, address, "?section=My+course")
    expect(second.get_by_text("0 of", exact=False).first).to_be_visible()
    second.locator("input[type=file]").set_input_files(file)
    expect(second.get_by_text("The cell keeps it")).to_be_attached()
    for page in (first, second):
        page.context.close()


def pages_on_paper(browser, html):
    """How many pages of A4 the browser prints."""
    page = browser.new_context().new_page()
    page.set_content(html)
    pages = len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(prefer_css_page_size=True)))
    page.context.close()
    return pages


def test_the_printed_sheet_has_two_pages(browser):
    assert pages_on_paper(browser, printed_sheet()) == 2


@pytest.mark.parametrize("solved", [False, True], ids=["worksheet", "key"])
@pytest.mark.parametrize("title", [*DECKS, LESSON])
def test_a_worksheet_and_its_key_have_at_most_two_pages(browser, title, solved):
    address = "https://lstm.example.org/gates?part=Over+time&" + "x" * 200
    if title == LESSON:
        sheet = lesson_sheet(questions_of_lesson(), address, solved)
    else:
        sheet = page_sheet(title, questions_of(title), address, solved)
    assert pages_on_paper(browser, sheet) <= 2
