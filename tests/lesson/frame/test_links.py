"""Links: what widgets can't show becomes the nearest, is said once, and never undoes a later move."""

import pytest

from lesson.frame.nearest_values import _nearest, _option, _same
from lesson.frame.parameters import Number
from tests.app import open_script


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3.0), ("99", 3.0), ("-99", 0.1), ("0.93", 0.95), ("nan", 0.9), ("inf", 3.0), ("-inf", 0.1),
        ("", 0.9), ("1_0", 0.9), ("٣", 0.9), ("1e400", 3.0), ("0x3", 0.9), ("9" * 300, 3.0),
    ],
)  # fmt: skip
def test_the_nearest_number_on_the_slider(text, value):
    assert _nearest(text, Number("r", "", 0.1, 3.0, 0.9, 0.05)) == value


def test_whole_sliders_give_whole_numbers():
    assert _nearest("7.5", Number("T", "", 5, 40, 20)) in (7, 8) and isinstance(
        _nearest("7.5", Number("T", "", 5, 40, 20)), int
    )


def test_options_are_found_whatever_their_capitals():
    options = ("One step", "Over time")
    assert [_option(t, options, options[0]) for t in ("over+time", " OVER TIME ", "<b>", "")] == [
        "Over time"
    ] * 2 + ["One step"] * 2
    assert _same("Over time", "Over time") and not _same("over time", "Over time")
    assert _same("3.0", 3) and not _same("4", 3) and not _same("x", 3)


def page():
    import streamlit as st

    from lesson.frame.links import complain, mend, settings_of_link
    from lesson.frame.parameters import Number

    T = Number("T", "T", 5, 40, 20)
    complain(mend(T))
    T.slider()
    setting, complaints = settings_of_link([Number("t", "", 1, 9, 3)])
    st.text(f"t = {setting['t']}")
    complain(complaints)
    st.button("again")


def test_what_was_read_once_does_not_undo_what_the_visitor_did():
    app = open_script(page, {"T": "900", "t": "77"})
    assert app.slider[0].value == 40 and app.text[0].value == "t = 9" and len(app.warning) == 2
    app.slider[0].set_value(12).run()
    assert app.slider[0].value == 12 and not app.warning
    app.button[0].click().run()
    assert app.slider[0].value == 12


def bound_page():
    import streamlit as st

    from lesson.frame.links import bound_whole
    from lesson.frame.parameters import Number

    n = Number("n", "n", 1, st.session_state.get("last", 10), 4)
    st.text(str(bound_whole(n)))
    n.slider()


def bound(**query):
    return open_script(bound_page, query)


@pytest.mark.parametrize(
    ("link", "shown", "says"),
    [({}, 4, False), ({"n": "7"}, 7, False), ({"n": "70"}, 10, True), ({"n": "x"}, 4, True)],
)
def test_a_link_sets_a_bound_whole_number_and_what_it_cannot_have_is_mended(link, shown, says):
    app = bound(**link)
    assert app.text[0].value == str(app.slider(key="n").value) == str(shown)
    assert bool(app.warning) == says


def test_what_was_chosen_since_is_not_undone_by_an_address_that_is_one_move_behind():
    app = bound(n="7")
    for chosen, address in ((8, "7"), (2, "8"), (1, "2")):
        app.slider(key="n").set_value(chosen)
        app.query_params["n"] = address
        app.run()
        assert app.text[0].value == str(chosen) and not app.exception


def test_a_range_that_has_become_smaller_has_the_nearest():
    app = bound(n="9")
    app.session_state["last"] = 5
    assert app.run().text[0].value == "5"


# -- the address when a visitor comes to a page --


def two_pages():
    import streamlit as st

    from lesson.frame.links import arrive, complain, mend
    from lesson.frame.parameters import Choice, Number, Text

    table = (
        Number("steps", "Steps", 5, 40, 20, former=("T",)),
        Choice(
            "shape",
            "Shape",
            options=("pulse", "noise"),
            former=("input",),
            former_options={"White noise": "noise"},
        ),  # fmt: skip
        Text("word", "Word", "fox", former=("text",)),
    )
    if st.session_state.get("here") != "page":
        st.session_state["here"] = "page"
        arrive("page", table)
    steps, shape, word = table
    complain(mend(*table))
    st.text(f"{steps.slider()} {shape.pills()} {word.text_input()}")


@pytest.mark.parametrize(
    ("link", "shown"),
    [
        ({}, "20 pulse fox"),
        ({"T": "30", "input": "noise", "text": "hen"}, "30 noise hen"),
        ({"steps": "30", "shape": "noise", "word": "hen"}, "30 noise hen"),
        ({"steps": "30", "T": "9"}, "30 pulse fox"),
        ({"T": "999"}, "40 pulse fox"),
        ({"shape": "White noise"}, "20 noise fox"),
        ({"input": "white+noise"}, "20 noise fox"),
    ],
)
def test_former_names_and_options_are_read(link, shown):
    app = open_script(two_pages, link)
    assert app.text[0].value == shown
    app.slider[0].set_value(12).run()
    assert app.text[0].value == f"12 {shown.split(' ', 1)[1]}" and not app.warning


def test_the_address_has_the_names_of_today():
    app = open_script(two_pages, {"T": "30", "other": "x"})
    assert dict(app.query_params) == {"steps": "30", "other": "x"}


def test_a_link_shows_exactly_its_state_whatever_the_tab_held_before():
    app = open_script(two_pages)
    app.slider[0].set_value(12)
    app.pills[0].set_value("noise").run()
    app.session_state["here"] = "elsewhere"
    app.query_params["word"] = "hen"
    app.run()
    assert app.text[0].value == "20 pulse hen"
    app.session_state["here"] = "elsewhere"
    app.query_params.clear()
    app.run()
    assert app.text[0].value.startswith("20 pulse")


def arriving():
    import streamlit as st

    from lesson.frame.arrivals import by_link, links_taken, take_back
    from lesson.frame.links import arrive
    from lesson.frame.parameters import Number

    arrive("page", [Number("T", "T", 5, 40, 20)], by_history=st.session_state["back"])
    linked, count = by_link(), links_taken()
    take_back()
    st.text(f"{linked} {count} {by_link()}")


@pytest.mark.parametrize(
    ("query", "back", "says"),
    [
        ({"T": "9"}, False, "True 1 False"), ({}, False, "False 0 False"),
        ({"other": "x"}, False, "False 0 False"),
        # Back to a page is no link, but its settings count again, even if there are none.
        ({"T": "9"}, True, "False 1 False"), ({}, True, "False 1 False"),
    ],
)  # fmt: skip
def test_a_link_names_settings_of_its_page_and_back_is_none(query, back, says):
    assert open_script(arriving, query, {"back": back}).text[0].value == says


def test_a_former_option_is_no_mistake_where_no_widget_is_bound():
    def script():
        import streamlit as st

        from lesson.frame.links import settings_of_link
        from lesson.frame.parameters import Choice

        st.text(settings_of_link([Choice("a", options=("x", "y"), former_options={"why": "y"})]))

    for value, shown in (("why", "({'a': 'y'}, [])"), ("y", "({'a': 'y'}, [])"), ("who", "showing x")):
        assert shown in open_script(script, {"a": value}).text[0].value
