"""The part 'Vectors' in a real browser: what is drawn is what the library computed, by mouse and by key."""

import re

import pytest

from lesson.gates import small_network
from tests.browser.visit import faded_sides, settled, sideways
from visualization.drawings.vectors import picture
from visualization.numbers import number

expect = pytest.importorskip("playwright.sync_api").expect

LINKS = pytest.mark.parametrize(
    ("link", "text", "H", "trained", "char"),
    [
        ("", "hello hello", 4, 0, 4),
        ("&letters=ab&hidden_units=2&trained=300&char=2", "ab", 2, 300, 2),
        (
            "&letters=The+quick+brown+fox+jump&hidden_units=8&trained=100&char=9",
            "The quick brown fox jump",
            8,
            100,
            9,
        ),
    ],
)


def opened(page, address, link=""):
    page.goto(f"{address}/gates?part=Vectors{link}")
    settled(page)
    expect(page.locator(".matrix")).to_be_visible()


def drawn(page):
    """Every number in the drawing, (name, unit or character) to its text."""
    return {
        (cell["name"], cell["k"]): cell["text"]
        for cell in page.locator("[data-value]").evaluate_all(
            "cells => cells.map(c => ({name: c.dataset.value, k: Number(c.dataset.k), text: c.textContent}))"
        )
    }


@LINKS
def test_every_number_drawn_is_the_library_s(page, address, link, text, H, trained, char):
    opened(page, address, link)
    shown = picture(small_network.read_text(text, H, trained), char - 1)
    expected = {
        (n, k): number(v / 100) for n, values in shown["values"].items() for k, v in enumerate(values)
    }
    found = {}
    for gate in ("f", "i", "C_tilde", "o"):
        page.locator(f"[data-gate={gate}]").click()
        found |= drawn(page)
        weights = page.locator("[data-weight]").evaluate_all("cells => cells.map(c => c.title)")
        assert weights == [number(w / 100) for row in shown["W"][gate] for w in row]
        assert f"({H}, {H + shown['V']})" in page.locator(".gate .equation").inner_text()
    assert found == expected
    expect(page.locator(".say")).to_have_text(shown["texts"]["say"])
    expect(page.locator(".mark", has_text="target")).to_have_count(0 if shown["target"] is None else 1)
    assert sideways(page) <= 0


def test_a_unit_that_is_pointed_at_lights_up_in_every_vector_and_nowhere_else(page, address):
    opened(page, address)
    if page.viewport_size["width"] < 500:  # a finger does not point
        page.get_by_role("button", name="Row 2: follow unit 2").press("Enter")
    else:
        page.locator('.state [data-value=C_prev][data-k="2"]').hover()
    lit = page.locator("[data-unit].on")
    assert set(lit.evaluate_all("all => all.map(e => e.dataset.unit)")) == {"2"}
    vectors_lit = set(lit.evaluate_all("all => all.map(e => e.dataset.value)")) - {None}
    assert {
        "h_prev",
        "f",
        "i",
        "C_tilde",
        "o",
        "C_prev",
        "kept_part",
        "added_part",
        "C",
        "tanh_C",
        "h",
    } <= vectors_lit
    f = picture(small_network.read_text("hello hello", 4, 0), 3)["values"]["f"][2]
    expect(page.locator(".lens")).to_contain_text(f"{number(f / 100)} is unit 2 of f")


def test_a_unit_stays_lit_once_it_was_chosen_by_key(page, address):
    opened(page, address)
    row = page.get_by_role("button", name="Row 1: follow unit 1")
    row.focus()
    row.press("Enter")
    expect(row).to_have_attribute("aria-pressed", "true")
    page.locator(".strip button").first.focus()
    expect(page.locator('.state [data-value=C][data-k="1"]')).to_have_class(re.compile(r"\bon\b"))
    row.press("Enter")
    expect(row).to_have_attribute("aria-pressed", "false")


def test_a_character_is_chosen_in_the_text_and_by_arrow_keys_and_is_in_the_address(page, address):
    opened(page, address)
    way = small_network.read_text("hello hello", 4, 0)
    page.get_by_role("button", name="Character 8: e").click()
    for char in (8, 9):
        expect(page.locator(".say")).to_have_text(picture(way, char - 1)["texts"]["say"])
        expect(page).to_have_url(re.compile(rf"\bchar={char}\b"))
        now = page.locator(".strip [aria-current=step]")
        expect(now).to_have_attribute("data-step", str(char - 1))
        expect(now).to_be_focused()
        page.keyboard.press("ArrowRight")


def test_training_moves_the_guess_and_what_is_typed_stays_text(page, address):
    opened(page, address, "&trained=300")
    field = page.get_by_label("Text to read")
    field.fill("<b>x</b> $y$")
    field.press("Enter")
    expect(page.locator(".strip .char")).to_have_text(list("<b>x</b>␣$y$"))
    way = small_network.read_text("<b>x</b> $y$", 4, 300)
    expect(page.locator(".mean")).to_have_text(picture(way, 0)["texts"]["mean"])
    expect(page.locator(".strip b")).to_have_count(0)
    expect(page.locator(".strip [aria-current=step]")).to_have_attribute("data-step", "3")  # it begins anew
    field.fill("aaaa")
    expect(page.locator(".complaint")).to_have_text(re.compile("at least two different characters"))


def test_sliders_follow_the_hand_and_send_nothing_to_streamlit(page, address):
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda _: sent.append(1)))
    opened(page, address)
    page.wait_for_timeout(1000)
    before = len(sent)
    for steps in (20, 40, 60):
        page.get_by_role("slider", name="Training steps").press("ArrowRight")
        way = small_network.read_text("hello hello", 4, steps)
        expect(page.locator(".loss")).to_have_text(picture(way, 3)["texts"]["loss"])
    for char in (5, 6):
        page.get_by_role("slider", name="Character that is read").press("ArrowRight")
        expect(page.locator(".say")).to_have_text(picture(way, char - 1)["texts"]["say"])
    page.get_by_role("slider", name="Hidden units").press("ArrowRight")
    expect(page.locator(".counted")).to_contain_text("C and h have 5 numbers each")
    expect(page).to_have_url(re.compile("char=6.*|hidden_units=5"))
    assert len(sent) == before


SIDES_OF_EACH = """(box) => {
  const edges = box.getBoundingClientRect()
  return [...box.querySelectorAll(".matrix :is([data-weight], [data-value], .hot)")].map((cell) => {
    const { left, right, top, height } = cell.getBoundingClientRect()
    const x = (left + right) / 2, y = top + height / 2
    const isInView = left >= edges.left - 1 && right <= edges.right + 1
    return isInView ? cell.contains(box.getRootNode().elementFromPoint(x, y)) : null
  })
}"""


@pytest.mark.parametrize("link", ["", "&letters=The+quick+brown+fox+jump&hidden_units=8&char=9"])
@pytest.mark.parametrize("width", [360, 768])
def test_no_column_of_a_matrix_hides_another_and_its_edge_says_that_there_is_more(page, address, width, link):
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, address, link)
    page.locator(".matrix").scroll_into_view_if_needed()
    box = page.locator(".wide")
    expect(page.locator(".matrix [data-value^=b_]").first).to_be_visible()
    room = box.evaluate("box => box.scrollWidth - box.clientWidth")
    seen = set()
    for share in (0, 0.5, 1):
        box.evaluate(
            "(box, share) => { box.scrollLeft = share * (box.scrollWidth - box.clientWidth) }", share
        )
        sides = {"left"} if share else set()
        assert faded_sides(box) == (sides | ({"right"} if share < 1 else set()) if room > 1 else set())
        states = box.evaluate(SIDES_OF_EACH)
        assert False not in states
        seen |= {k for k, state in enumerate(states) if state}
    assert len(seen) > len(states) / 2  # three views may leave out some
