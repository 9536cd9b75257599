"""Every page and every part of it, opened once by its address, for all that is asked of every one."""

import functools
import re
from urllib.parse import parse_qs, urlsplit

import pytest

from lesson.frame.files import ROOT
from lesson.frame.glossary import _TERM_OR_MARKUP, TERMS
from lesson.frame.lessons import LESSONS
from lesson.frame.parameters import ASK
from tests.app import PARTS, VIEWS, open_page, query_of, rerun, tables, text_blocks

PROJECTOR = "Projector"  # one question and nothing else: its heading is the question
FILES = sorted((ROOT / "pages").glob("*.py"), key=lambda path: int(path.name.split("_")[0]))
each_view = pytest.mark.parametrize(("file", "part"), VIEWS, ids=lambda value: value)


@functools.cache
def view(file, part):
    """Open a part of a page.  The tests here read it; none runs it again."""
    return open_page(file, query_of(file, part))


def test_every_page_on_disk_is_in_the_navigation_and_the_other_way_round():
    assert [file.name for file in FILES] == [lesson.file for lesson in LESSONS]


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.stem)
def test_a_page_is_short_enough_to_be_read(file):
    assert len(file.read_text("utf-8").splitlines()) <= 120


@each_view
def test_it_has_one_title_and_neither_error_nor_warning(file, part):
    app = view(file, part)
    assert len(app.title) == (part != PROJECTOR)
    assert not app.error and not app.warning


@each_view
def test_its_address_opens_it(file, part):
    parameter, _ = PARTS[file]
    if not parameter:
        assert view(file, part).title[0].value
        return
    choice = view(file, part).get("button_group")[0]
    assert choice.value == part and view(file, part).session_state[parameter] == part


@each_view
def test_its_charts_say_in_words_what_they_show(file, part):
    for chart in view(file, part).get("vega_lite_chart"):
        assert len(chart.proto.alt) > 40 and chart.proto.alt.endswith(".")


@each_view
def test_its_links_lead_to_pages_to_parts_they_have_and_say_what_these_know(file, part):
    files, known = {lesson.address or "start": lesson.file for lesson in LESSONS}, tables()
    for link in view(file, part).get("page_link"):
        address, query = link.proto.page, parse_qs(link.proto.query_string)
        parameter, parts = PARTS[files[address]]
        assert set(query.get(parameter, [])) <= set(parts), (address, query)
        if address in known:  # names of today: a former one would be renamed on arrival
            assert query.keys() <= {ASK.name, *(p.name for p in known[address])}, (address, query)


@each_view
def test_the_first_use_of_every_term_has_its_entry_behind_it(file, part):
    if part in (PROJECTOR, "Words"):  # Words are the entries themselves
        return
    missing, linked = [], set()
    for text in text_blocks(view(file, part).main):
        for match in _TERM_OR_MARKUP.finditer(text):
            link = re.match(r'\[[^\]]*\]\((cheatsheet\?[^ )]*) "', match.group())
            if link:
                linked.add("".join(parse_qs(urlsplit(link[1]).query)["term"]))
            elif match.lastgroup != "markup" and (term := TERMS[int(match.lastgroup[1:])].name) not in linked:
                linked.add(term)
                missing.append((term, text[:90]))
    assert not missing


@each_view
def test_its_sliders_can_stand_at_both_ends(file, part):
    if not view(file, part).slider:
        return
    app = open_page(file, query_of(file, part))  # its own: it is moved
    for end in ("min", "max"):
        for slider in app.slider:
            slider.set_value(getattr(slider, end))
        rerun(app)
