"""Links that nobody should follow: every part of every page opens, and shows the nearest it can."""

import ast
from itertools import chain

import pytest

from lesson.frame.files import ROOT
from tests.app import PARTS, VIEWS, open_page, query_of, tables
from tests.bad_input.doors import CONTROL, MARKUP, RIGHT_TO_LEFT, written_words
from tests.tiers import every_fast, fast_if

_SETTINGS = (
    "kind", "hidden", "seq", "batch", "rate", "budget", "bias", "clip", "optimiser", "temperature",
)  # fmt: skip
_IN_TABLES = [name for table in tables().values() for p in table for name in (p.name, *p.former)]
PARAMETERS = [
    *_IN_TABLES, "bf", "radius", "keep", "scale", "seed", "of", "explode", "model", "moment",
    "prompt", "text", "run_seed", "differs", "cause", "trouble", "writer", "cold", "warm", "luck", "network",
    "k", "p", "n", "s", "at", "unit", "symbol", "order", "each", "rule", "by", "pattern", "operation",
    "gate", "clamp", "units", "other", "other_seed", *_SETTINGS,
    *(f"other_{name}" for name in _SETTINGS),
]  # fmt: skip
WILD = [
    "-1", "1e400", MARKUP, "\0", "nan", ["1", "2"], "9" * 5_000, CONTROL, "-inf", "🦊", "１２３",
    RIGHT_TO_LEFT, "../../etc/passwd", "a" * 50_000, "1_0", "true", [MARKUP] * 30, "%00", "[" * 99, "0x10",
    "1.5", "٣", "-0", "\r\n\r\n# x",
]  # fmt: skip
# What all parameters of a page are at once.
LINKS = {
    "empty": lambda k: "",
    "infinite": lambda k: "inf",
    "infinite in other digits": lambda k: "９" * 400,
    "an empty one behind": lambda k: ["1", ""],
    **{f"wild {turn}": lambda k, turn=turn: WILD[(k + turn * 7) % len(WILD)] for turn in range(4)},
}


VIEWS_AND_LINKS = [(*view, link) for view in VIEWS for link in LINKS]


def is_its_turn(at):
    """One link of each view, every kind of link in turn; the product is slow."""
    view, link = divmod(at, len(LINKS))
    return link == view % len(LINKS)


@pytest.mark.parametrize(
    ("page", "part", "link"), fast_if(is_its_turn, VIEWS_AND_LINKS), ids=map("-".join, VIEWS_AND_LINKS)
)
def test_a_link(page, part, link):
    app = open_page(page, {name: LINKS[link](k) for k, name in enumerate(PARAMETERS)} | query_of(page, part))
    assert len(app.title) == 1 or part == "Projector"  # its question is the heading
    assert not any(mark in written_words(app) for mark in ("<script", "(javascript:", "//e.co"))


NO_PARTS = ["", "nan", MARKUP, ["", ""], ["Write", ""], "\0"]
PAGES_IN_PARTS = [page for page, (parameter, _) in PARTS.items() if parameter]
PAGES_AND_NO_PARTS = [(page, value) for value in NO_PARTS for page in PAGES_IN_PARTS]


@pytest.mark.parametrize(("page", "value"), every_fast(len(PAGES_IN_PARTS) + 1, PAGES_AND_NO_PARTS))
def test_a_link_to_no_part(page, value):
    parameter, parts = PARTS[page]
    app = open_page(page, {parameter: value})
    assert len(app.title) == 1
    assert f"{parts[0]}" in app.warning[0].value and app.session_state[parameter] == parts[0]


def test_a_link_with_parameters_of_nobody():
    for name in ("embed", "embed_options", "", "query_seen", "page", "framed", MARKUP):
        assert not open_page("2_gates.py", {name: MARKUP}).warning


def test_what_was_taken_out_of_a_link_does_not_come_back():
    app = open_page("4_training.py", {"tab": "Live", "run_seed": "inf"})
    assert app.session_state["run_seed"] == 9999 and "`run_seed` that does not exist" in app.warning[0].value
    app.number_input(key="run_seed").set_value(7).run()
    assert app.session_state["run_seed"] == 7 and not app.warning and not app.exception


def test_no_bound_parameter_is_left_out():
    """The table above has every name that a widget has in the address."""
    calls = chain.from_iterable(ast.walk(ast.parse(path.read_text("utf-8"))) for path in
                                [*ROOT.glob("lesson/**/*.py"), *ROOT.glob("pages/*.py")])  # fmt: skip
    keywords = [{k.arg: k.value for k in call.keywords} for call in calls if isinstance(call, ast.Call)]
    names = {k["key"].value for k in keywords if "bind" in k and isinstance(k.get("key"), ast.Constant)}
    assert names <= {*PARAMETERS, *(parameter for parameter, _ in PARTS.values())}
