"""The part Variants in a real browser: what is drawn is the library's, and nothing gives an answer away."""

import re

import numpy as np
import pytest

from lesson.gates.cell_variants.kinds import LINES
from lesson.gates.cell_variants.questions import questions
from lesson.gates.input_presets import preset
from lesson.gates.sliders import START
from lstm.variants.scalar import variant_run
from tests.browser.visit import settled
from visualization.numbers import number

expect = pytest.importorskip("playwright.sync_api").expect


def opened(page, address, link="", ask="none"):
    page.goto(f"{address}/gates?part=Variants&ask={ask}{link}")
    settled(page)
    expect(page.locator(".picture svg").first).to_be_visible()


def test_a_slider_moves_both_cells_and_the_table_has_the_numbers_of_the_step(page, address):
    opened(page, address, "&variant=coupled+f+and+i&variant_input=pulse&variant_t=4")
    bias = page.locator("[data-control=variant_bf] input")
    bias.focus()
    for _ in range(4):
        bias.press("ArrowRight")
    setting = START | {"C_prev": 0.0, "b_f": 2.0}
    own, lstm = (variant_run(kind, setting, preset("pulse", 20)) for kind in ("coupled", "lstm"))
    words = page.locator(".place > .words").first
    expect(words).to_contain_text(
        f"C is {number(own.C[-1])} in the LSTM with coupled gates and {number(lstm.C[-1])}"
    )
    row = page.locator(".equations tbody tr").nth(LINES.index("C"))
    assert row.locator(".value").all_inner_texts() == [number(lstm.C[3]), number(own.C[3])]
    changed = page.locator(".equations tr.changes th").all_inner_texts()
    assert [text[0] for text in changed] == ["i"]


def test_a_press_in_the_table_loads_what_passes_and_what_comes_closest(page, address):
    opened(page, address)
    page.get_by_role("button", name=re.compile("^Half-life five, minLSTM: passes")).click()
    words = page.locator(".place > .words").first
    expect(words).to_contain_text("Half-life five: passes.")
    expect(page.locator("[data-control=variant_bi] output")).to_have_text("−2.5")
    page.get_by_role("button", name=re.compile("^Count, coupled f and i: can’t pass")).click()
    expect(words).to_contain_text("Why the LSTM with coupled gates can't pass")
    expect(page).to_have_url(re.compile("variant_challenge=count"))
    # x is the challenge's, and so no button is pressed; the LSTM beside it is one that passes.
    inputs, head = page.locator("[data-control=variant_input]"), page.locator(".equations thead")
    expect(inputs.locator(".name")).to_have_text(re.compile("the challenge’s example"))
    expect(inputs.locator("input:checked")).to_have_count(0)
    expect(head).to_contain_text("an LSTM that passes")
    # An input leaves the challenge, also the one that was in view before.
    inputs.locator("label", has_text="two pulses").click()
    expect(words).to_contain_text("with the same weights")
    expect(inputs.locator("input:checked")).to_have_count(1)
    expect(inputs.locator(".name")).not_to_contain_text("challenge")
    expect(head).not_to_contain_text("passes")


def test_a_link_that_names_a_challenge_alone_loads_it(page, address):
    opened(page, address, "&variant=minLSTM&variant_challenge=reset")
    expect(page.locator(".place > .words").first).to_contain_text("Reset on a signal: passes.")


def test_the_scan_shows_its_rounds_and_at_the_end_the_numbers_of_the_loop(page, address):
    opened(page, address, "&scan_round=0")
    scan = page.locator(".rounds svg")
    expect(scan.locator("text.b")).to_have_count(8)
    rounds = page.locator("[data-control=scan_round] input")
    rounds.focus()
    for _ in range(3):
        rounds.press("ArrowRight")
    expect(scan.locator("text.b")).to_have_count(32)
    expect(scan.locator("path.join.now")).to_have_count(4)
    step = variant_run("min_lstm", START | {"C_prev": 0.0}, preset("noise", 8))
    expected = [number(C) for C in np.round(step.C, 12)]
    last = [text.removeprefix("b ") for text in scan.locator("text.b").all_text_contents()[-8:]]
    assert last == expected
    assert [text for text in scan.locator("text.done, text.small").all_text_contents() if text in expected][
        -8:
    ] == expected


@pytest.mark.parametrize("link", ["", "&variant_challenge=reset", "&variant=minLSTM&variant_challenge=count"])
def test_while_the_question_is_open_nothing_says_what_passes(page, address, link):
    (question,) = questions()
    opened(page, address, link, ask=question.id)
    expect(page.locator(".cover-note")).not_to_be_empty()
    assert page.locator(".challenges button").count() == 0
    assert not page.locator(".place > .words").first.is_visible()
    assert page.locator(".band").count() == 0
    if link:
        assert page.locator(".picture .line").count() == 0
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator(".challenges button").first).to_be_visible()


def test_on_a_phone_the_page_never_scrolls_sideways_and_the_scan_does(page, address):
    page.set_viewport_size({"width": 360, "height": 740})
    opened(page, address, "&scan_steps=16&variant=minLSTM&variant_challenge=count")
    rounds = page.locator(".rounds")
    expect(rounds).to_be_visible()
    wide = "e => [e.scrollWidth, e.clientWidth]"
    width, room = page.get_by_test_id("stMain").evaluate(wide)
    assert width <= room == 360
    width, room = rounds.evaluate(wide)
    assert width > room and rounds.get_attribute("tabindex") == "0"
