"""Texts that are markup, in files: what a network writes, and what its arrays are called."""

import json
import struct

import numpy as np
import pytest

from lstm import Vocabulary
from lstm.exchange import from_torch
from lstm.storage.checkpoint import dump
from tests.browser.test_hostile_texts import MADE, MARKDOWN, MARKUP, QUOTES, context, page
from tests.browser.visit import arrive, open_drawers, settle

expect = pytest.importorskip("playwright.sync_api").expect
__all__ = ["context", "page"]  # fixtures

MACROS = "$\\def\\a{\\a\\a}\\a$ $$\\href{javascript:alert(1)}{b}\\includegraphics{//e.co/x}$$ \\(\\frac10\\)"
DIRECTIVES = ":red[bad] :material/delete: :smile: :blue-background[b] [b](//e.co/x) ~~b~~ `b` www.e.co/b"
PLACES = "{{datum.bad}} datum['b'] signal(alert(1)) ${alert(1)} %s {0} \\u003cb\\u003e &lt;b&gt; &#60;b&#62;"
WRITTEN = {
    "markup": MARKUP,
    "Markdown": MARKDOWN,
    "quotes": QUOTES,
    "formulas": MACROS,
    "directives": DIRECTIVES,
    "places for values": PLACES,
    "the end of a script": "</script></style></textarea></pre></title><b class=bad>--><svg onload=alert(1)>",
}


def writer(text):
    """The file of a network that writes this text after each new line, whatever the temperature.

    Unit k is on, at 1, where k characters were read since the last new line; all others are at −1.
    """
    line = f"{text}\n"
    chars = sorted({*line, *"abcdefghijklmnopqrstuvwxyz "})
    H, V, start = len(line), len(chars), chars.index("\n")
    ih, hh, readout = np.zeros((H, V)), 10 * np.eye(H, k=-1), np.zeros((V, H))
    ih[0, start] = 40
    bias = np.full(H, -5.0)
    bias[0] = -20
    for k, char in enumerate(line):
        readout[chars.index(char), k] = 20
    state = {
        "weight_ih_l0": ih, "weight_hh_l0": hh, "bias_ih_l0": bias, "bias_hh_l0": np.zeros(H),
        "weight": readout, "bias": readout.sum(1),
    }  # fmt: skip
    return dump(from_torch(state), Vocabulary(chars))


def file_at(folder, data, name="network.npz"):
    (folder / name).write_bytes(data)
    return folder / name


def upload(page, address, query, file):
    """Open a part of the page Sampling and give it a network of one's own."""
    page.goto(f"{address}/sampling?{query}")
    arrive(page)
    page.get_by_text("A network of your own").click()
    page.locator("input[type=file]").set_input_files(file)


def choose_upload(page):
    networks = page.get_by_role("combobox", name="Network")
    networks.scroll_into_view_if_needed()
    settle(page)
    networks.click()
    page.get_by_role("option", name="my upload").click()


def look(page):
    """All that can be opened is opened, and nothing of it is more than text."""
    open_drawers(page)
    page.wait_for_timeout(500)
    assert page.get_by_test_id("stException").count() == 0
    assert page.evaluate(MADE) == [] and page.done == []
    # A formula would be drawn by KaTeX, a link be one.
    assert page.locator("[data-testid=stMain] :is(a[href*='//e.co'], a[href*='www.e.co'])").count() == 0


@pytest.mark.parametrize("kind", WRITTEN)
def test_what_a_network_writes(page, address, tmp_path, kind):
    text = WRITTEN[kind]
    upload(page, address, "task=Write&n=100", file_at(tmp_path, writer(text)))
    expect(page.get_by_text("You can now choose your network above")).to_be_visible(timeout=60_000)
    choose_upload(page)
    # Where a sentence of Markdown may quote what was written, it is looked at with formulas.
    others = ("Read its memory", "Gate surgery") if kind == "formulas" else ()
    for part in ("Write", *others):
        page.get_by_test_id("stMain").get_by_role("radio", name=part).click()
        settle(page)
        expect(page.locator(".paper", has_text=text[:90]).first).to_be_attached(timeout=60_000)
        look(page)


NAMES = ["www.e.co", "__bad__.weight"]


@pytest.mark.parametrize("name", NAMES)
def test_what_an_array_is_called(page, address, tmp_path, name):
    """It is quoted in the sentence that refuses the file."""
    header = {
        "weight_ih_l0": {"dtype": "F32", "shape": [4, 4], "data_offsets": [0, 64]},
        "weight_hh_l0": {"dtype": "F32", "shape": [4, 4], "data_offsets": [64, 128]},
        "weight": {"dtype": "F32", "shape": [4, 4], "data_offsets": [128, 192]},
        name: {"dtype": "F32", "shape": [3, 3], "data_offsets": [192, 228]},
        "__metadata__": {"vocabulary": json.dumps("abcd")},
    }
    text = json.dumps(header).encode()
    file = file_at(tmp_path, struct.pack("<Q", len(text)) + text + bytes(228), "network.safetensors")
    upload(page, address, "task=Write&n=100", file)
    expect(page.get_by_test_id("stAlert").filter(has_text=name.removeprefix("www"))).to_be_visible(
        timeout=60_000
    )
    look(page)
