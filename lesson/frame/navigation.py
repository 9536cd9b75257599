"""The frame around the pages, and the way back into it for a page that was opened without it."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lesson.frame import class_bar, glossary, links, record
from lesson.frame.files import ROOT
from lesson.frame.lessons import LESSONS
from lesson.frame.parameters import ASK, Choice, Parameter
from lesson.frame.style import follow_theme, style

_FRAMED = "framed"  # in the session state: the frame has run
_PAGE = "page"  # in the session state: the page that was run last
_LED = "led_to"  # in the session state: the query by which a class is led within the page in view
_CAME_LED = "came_led"  # in the session state: a class is led to another page than the one in view
_REQUEST = "asked_for"  # in the session state: the page and query that came without the frame


def open_frame(warm_up: Callable[[], None]) -> None:
    """Configure the page, set up the navigation and run the page of the address.

    warm_up: called once the page is painted; it does something only the first time.
    """
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
    st.html(style())
    follow_theme()
    st.session_state[_FRAMED] = True
    _follow_class(current.url_path, pages)
    if request := st.session_state.pop(_REQUEST, None):
        file, parameters = request
        st.switch_page(pages[file], query_params=parameters)
    # The start page shows its first text before anything heavy is imported; whoever comes with a link to
    # another page waits once for all, so that a class that follows does not queue up at single caches.
    if current.url_path:
        warm_up()
    # Lines of text stay readable on a projector: the page is wide, the column is not.
    with st.container(horizontal_alignment="center"), st.container(width=1120):
        current.run()
        record.send("page", end=True)
    warm_up()


def _follow_class(address: str, pages: Mapping[str, st.Page]) -> None:
    """Mount the bar of class mode, and go where the visitor's class is led to, as by a link.

    address: of the page in view.
    """
    if is_embedded():
        return
    class_bar.open_bar()
    if (place := class_bar.take_place()) is None:
        return
    st.session_state.pop(_PAGE, None)  # it is come to, even if it is the page in view
    file = next((lesson.file for lesson in LESSONS if lesson.address == place.page), None)
    if place.page == address:  # the browser has put the query into its address
        st.session_state[_LED] = place.query
    elif file:
        st.session_state[_CAME_LED] = True
        st.switch_page(pages[file], query_params=place.query)


def begin(file: str, parameters: Iterable[Parameter] = ()) -> None:
    """Make sure that the frame is around a page, and take over its address: the first line of every page.

    parameters: all that the page's address can say.

    If the first request after the server's start is a link into the course, Streamlit runs the file
    in pages/ by itself, without the frame.  Then the page notes its address and goes to the
    frame, which comes back here.
    """
    if _FRAMED not in st.session_state:
        query = {name: st.query_params.get_all(name) for name in st.query_params}
        st.session_state[_REQUEST] = (Path(file).name, query)
        st.switch_page("streamlit_app.py")
    parameters = (*parameters, ASK)
    if st.session_state.get(_PAGE) != file or _by_history():
        st.session_state[_PAGE] = file
        led, came_led = st.session_state.pop(_LED, None), st.session_state.pop(_CAME_LED, False)
        links.arrive(file, parameters, _by_history(), led, came_led)
    part = next((p for p in parameters if isinstance(p, Choice) and p.label == "Part"), None)
    record.open_record(part)
    if part and is_embedded():
        st.html(f"<style>.st-key-{part.name} {{ display: none; }}</style>")
    glossary.forget()


def is_embedded() -> bool:
    """Return whether the course stands in a frame of another page: the picture and its controls are shown."""
    return bool(st.context.is_embedded)


def _by_history() -> bool:
    """Return whether the browser's Back or Forward has asked for this run."""
    context = get_script_run_ctx()
    return context is not None and context.is_history_navigation


def page_link(file: str, label: str, query: Mapping[str, str] | None = None) -> None:
    """Draw a link to another page of the course; query: the state that it opens in."""
    lesson = next(lesson for lesson in LESSONS if lesson.file == file)
    st.page_link(ROOT / "pages" / file, label=label, icon=lesson.icon, query_params=query and dict(query))
