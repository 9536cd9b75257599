"""The frame around the pages, and the way back into it for a page that was opened without it."""

import gc
import importlib
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import streamlit as st

from lesson import glossary, query

ROOT = Path(__file__).parents[1]
_FRAMED = "framed"  # in the session state: the frame has run
_PAGE = "page"  # in the session state: the page that was run last
_ASKED = "asked_for"  # in the session state: the page and query that came without the frame


class Lesson(NamedTuple):
    """A page: its file in pages/, its address, what the navigation says of it, how long it takes, and what
    one can do afterwards."""

    file: str
    address: str
    title: str
    icon: str
    promise: str
    minutes: int = 0
    afterwards: str = ""


LESSONS = (
    Lesson("1_start.py", "", "Start", ":material/flag:", "What an LSTM is for, and the map."),
    Lesson(
        "2_gates.py", "gates", "Gates", ":material/tune:", "One cell: move it and watch the gates.", 30,
        "say what f, i, C̃, o, C and h do, and set a cell by hand so that it keeps, counts or resets",
    ),
    Lesson(
        "3_gradients.py", "gradients", "Gradients", ":material/trending_down:",
        "How much of an error survives the way back through time.", 30,
        "say when a gradient vanishes, when it explodes, and why the forget bias decides more than the name "
        "of the cell",
    ),
    Lesson(
        "4_training.py", "training", "Training", ":material/show_chart:",
        "Trained models, and one that you train yourself.", 40,
        "train a network, read its losses, and tell from the numbers what ails it",
    ),
    Lesson(
        "5_sampling.py", "sampling", "Sampling", ":material/edit_note:",
        "Let a trained model write, read its memory, hold its gates.", 40,
        "explain temperature, find a unit that knows something, and say what a gate is worth",
    ),
    Lesson(
        "6_exercises.py", "exercises", "Exercises", ":material/exercise:",
        "Five to be programmed, with checks that say what is wrong.", 315,
        "write an LSTM's forward and backward pass yourself",
    ),
    Lesson(
        "7_cheatsheet.py", "cheatsheet", "Cheat sheet", ":material/description:",
        "Everything on two pages, each line tied to where it can be seen.", 10,
        "look it up, and know which of the usual lines are half true",
    ),
)  # fmt: skip


def asset(path: str) -> str:
    """A text file of assets/, such as `cell/cell.js`."""
    return (ROOT / "assets" / path).read_text("utf-8")


def _let_many_in() -> None:
    """A visitor takes four open files until two minutes after they have left, and some laptops allow 256."""
    try:
        import resource
    except ImportError:  # Windows has no such bound
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4096 if hard == resource.RLIM_INFINITY else min(4096, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


@st.cache_resource(show_spinner=False)
def _warm_up() -> None:
    """Once per server: import what the first visitor would wait for, and settle the memory."""
    _let_many_in()
    for module in ("altair", "pandas", "pyarrow", "visualization", "lstm"):
        importlib.import_module(module)
    for part in ("replay", "live_part"):  # which import this module
        load(part).warm_up()
    # What was imported lives as long as the server: the collector need not look at it again.
    gc.collect()
    gc.freeze()


def open_frame() -> None:
    """Configure the page, set up the navigation and run the page that was asked for."""
    st.set_page_config(page_title="Understand LSTMs", page_icon=":material/memory:", layout="wide")
    pages = {
        lesson.file: st.Page(
            ROOT / "pages" / lesson.file,
            title=lesson.title,
            icon=lesson.icon,
            url_path=lesson.address or None,
            default=not lesson.address,
            help=lesson.promise,
        )
        for lesson in LESSONS
    }
    current = st.navigation(list(pages.values()), position="top")
    st.html(ROOT / "assets" / "frame.css")
    st.session_state[_FRAMED] = True
    if asked := st.session_state.pop(_ASKED, None):
        file, parameters = asked
        st.switch_page(pages[file], query_params=parameters)
    # The start page shows its first text before anything heavy is imported; whoever comes with a link to
    # another page waits once for all, so that a class that follows does not queue up at single caches.
    if current.url_path:
        _warm_up()
    # Lines of text stay readable on a projector: the page is wide, the column is not.
    with st.container(horizontal_alignment="center"), st.container(width=1120):
        current.run()
    _warm_up()


def begin(file: str) -> None:
    """The first line of every page: make sure that the frame is around it.

    If the first request after the server's start is a link into the course, Streamlit runs the file
    in pages/ by itself, without the frame.  Then the page notes what was asked for and goes to the
    frame, which comes back here.
    """
    if _FRAMED not in st.session_state:
        asked = {name: st.query_params.get_all(name) for name in st.query_params}
        st.session_state[_ASKED] = (Path(file).name, asked)
        st.switch_page("streamlit_app.py")
    if st.session_state.get(_PAGE) != file:
        st.session_state[_PAGE] = file
        query.forget()
    glossary.forget()


def load(module: str) -> ModuleType:
    """A module of lesson/ that is imported when it is needed: what stands above it is painted meanwhile."""
    return importlib.import_module(f"lesson.{module}")


def page_link(file: str, label: str, query: Mapping[str, str] | None = None) -> None:
    """A link to another page of the course; query: the state that it opens in."""
    lesson = next(lesson for lesson in LESSONS if lesson.file == file)
    st.page_link(ROOT / "pages" / file, label=label, icon=lesson.icon, query_params=query and dict(query))
