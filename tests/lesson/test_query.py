"""Links: what widgets can't show becomes the nearest, is said once, and never undoes a later move."""

import pytest
from streamlit.testing.v1 import AppTest

from lesson.query import Number, _nearest, _option, _same


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3.0), ("99", 3.0), ("-99", 0.1), ("0.93", 0.95), ("nan", 0.9), ("inf", 3.0), ("-inf", 0.1),
        ("", 0.9), ("1_0", 0.9), ("٣", 0.9), ("1e400", 3.0), ("0x3", 0.9), ("9" * 300, 3.0),
    ],
)  # fmt: skip
def test_the_nearest_number_on_the_slider(text, value):
    assert _nearest(text, Number(0.1, 3.0, 0.9, 0.05)) == value


def test_whole_sliders_give_whole_numbers():
    assert _nearest("7.5", Number(5, 40, 20)) in (7, 8) and isinstance(
        _nearest("7.5", Number(5, 40, 20)), int
    )


def test_options_are_found_whatever_their_capitals():
    options = ("One step", "Over time")
    assert [_option(t, options) for t in ("over+time", " OVER TIME ", "<b>", "")] == ["Over time"] * 2 + [
        "One step"
    ] * 2
    assert _same("Over time", "Over time") and not _same("over time", "Over time")
    assert _same("3.0", 3) and not _same("4", 3) and not _same("x", 3)


def page():
    import streamlit as st

    from lesson.query import Number, complain, mend, whole

    complain(mend({"T": Number(5, 40, 20)}))
    st.slider("T", 5, 40, 20, key="T", bind="query-params")
    t, complaints = whole("t", 1, 9, 3)
    st.text(f"t = {t}")
    complain(complaints)
    st.button("again")


def test_what_was_read_once_does_not_undo_what_the_visitor_did():
    app = AppTest.from_function(page)
    app.query_params["T"] = "900"
    app.query_params["t"] = "77"
    app.run()
    assert app.slider[0].value == 40 and app.text[0].value == "t = 9" and len(app.warning) == 2
    app.slider[0].set_value(12).run()
    assert app.slider[0].value == 12 and not app.warning
    app.button[0].click().run()
    assert app.slider[0].value == 12


def bound_page():
    import streamlit as st

    from lesson import query

    last = st.session_state.get("last", 10)
    st.text(str(query.bound_whole("n", 1, last, 4)))
    st.slider("n", 1, last, 4, key="n", bind="query-params")


def bound(**query):
    app = AppTest.from_function(bound_page, default_timeout=30)
    app.query_params.update(query)
    return app


@pytest.mark.parametrize(
    ("link", "shown", "says"),
    [({}, 4, False), ({"n": "7"}, 7, False), ({"n": "70"}, 10, True), ({"n": "x"}, 4, True)],
)
def test_a_link_sets_a_bound_whole_number_and_what_it_cannot_have_is_mended(link, shown, says):
    app = bound(**link).run()
    assert app.text[0].value == str(app.slider(key="n").value) == str(shown)
    assert bool(app.warning) == says


def test_what_was_chosen_since_is_not_undone_by_an_address_that_is_one_move_behind():
    app = bound(n="7").run()
    for chosen, address in ((8, "7"), (2, "8"), (1, "2")):
        app.slider(key="n").set_value(chosen)
        app.query_params["n"] = address
        app.run()
        assert app.text[0].value == str(chosen) and not app.exception


def test_a_range_that_has_become_smaller_has_the_nearest():
    app = bound(n="9").run()
    app.session_state["last"] = 5
    assert app.run().text[0].value == "5"
