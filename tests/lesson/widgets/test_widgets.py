"""The small widgets: tables, drawings, source, unknown characters, what is solved."""

import json

import numpy as np
import pytest

from lesson.frame.version import version
from lesson.widgets.catalogue import model, model_names, sample_text, text_names
from lesson.widgets.gate_table import CLOSED, OPEN, gate_table, gate_table_html, shares_of
from lstm.diagnosis import probes
from tests.app import open_script, rerun, words_of

# -- what is solved --


def solving():
    import streamlit as st

    from lesson.widgets.solved import mark_solved, solved

    mark_solved("gates", "keep", "count")
    mark_solved("gates", "keep")
    mark_solved("sampling", "closing")
    st.text(f"{sorted(solved('gates'))} {sorted(solved('sampling'))} {sorted(solved('training'))}")


def test_what_is_solved_stays_solved_page_by_page():
    assert "['count', 'keep'] ['closing'] []" in words_of(open_script(solving))


# -- the table of gates --


def test_open_and_closed_are_those_of_the_diagnosis():
    assert (OPEN, CLOSED) == (probes.OPEN, probes.CLOSED)
    gate = np.array([[0.0, 0.05, 0.1, 0.5], [0.9, 0.95, 1.0, 0.5]])
    assert shares_of(gate) == (pytest.approx(0.5), 2 / 8, 2 / 8)  # the limits themselves are neither


def test_a_table_has_a_row_for_each_gate():
    shares = {"f": (0.5, 0.25, 0.125), "z": (0.1, 0.0, 1.0)}
    head, rule, *rows = gate_table(shares).split("\n")
    assert head == "| gate | mean | open, above 0.9 | closed, below 0.1 |" and rule.count("--:") == 3
    assert rows == ["| **f** forget | 0.50 | 25% | 12% |", "| **z** update | 0.10 | 0% | 100% |"]
    assert "no gates" in gate_table({})


def test_with_spreads_the_table_is_short_enough_for_a_phone():
    head, _, row = gate_table({"o": (0.5, 0.25, 0.125)}, "at step 3", {"o": 0.123}).split("\n")
    assert head == "| at step 3 | mean | std | >\u00a00.9 | <\u00a00.1 |"
    assert row == "| **o** output | 0.50 | 0.12 | 25% | 12% |"


def test_a_table_for_drawings_has_the_same_cells():
    html = gate_table_html({"f": (0.5, 0.25, 0.125)})
    assert html.startswith('<table><thead><tr><th scope="col">gate</th><th scope="col">mean</th>')
    row = '<th scope="row"><b>f</b> forget</th><td>0.50</td><td>25%</td><td>12%</td>'
    assert html.endswith(f"<tbody><tr>{row}</tr></tbody></table>")
    assert gate_table_html({}).startswith("<b>Gates.</b> A plain RNN")


# -- drawings --


def drawing():
    import streamlit as st

    from lesson.widgets.bars import draw_bars
    from visualization.drawings.bars import Bar, likeliest

    rows: list[Bar] = likeliest([0.7, 0.2, 0.1], "abc")
    draw_bars(rows, key="here", alt="in words", symbol="C")
    if st.toggle("two"):
        draw_bars(rows, key="there", alt="in words")


def sent(app, name):
    return [e.proto for e in app.get("bidi_component") if e.proto.component_name == name]


def test_the_code_of_a_drawing_is_named_once_and_its_data_travel_each_time():
    app = open_script(drawing)
    assert len(sent(app, "bars")) == len(sent(app, "drawing_loader")) == 1
    where = json.loads(sent(app, "drawing_loader")[0].json)[0]
    assert where == {"name": "bars", "version": version(), "times": 1}
    data = json.loads(sent(app, "bars")[0].json)[0]
    assert data["alt"] == "in words" and len(data["rows"]) == 3 and data["colour"].startswith("#")
    app.toggle[0].set_value(True)
    rerun(app)
    assert len(sent(app, "bars")) == 2
    assert not sent(app, "drawing_loader") and not sent(app, "bars_code")


@pytest.mark.parametrize("is_reached", [True, False])
def test_code_that_is_missing_is_named_again_or_comes_through_the_socket(is_reached):
    app = open_script(drawing)
    app.session_state["drawings_missing"] = {"bars"}
    app.session_state["drawings_by_socket"] = not is_reached
    app.run()
    names, codes = sent(app, "drawing_loader"), sent(app, "bars_code")
    assert (len(names), len(codes)) == ((1, 0) if is_reached else (0, 1))
    data = json.loads((names or codes)[0].json)
    assert (data[0] if is_reached else data)["times"] == 2
    app.run()
    assert not sent(app, "drawing_loader") and not sent(app, "bars_code")


def test_nothing_was_sent_by_a_drawing_that_is_not_there():
    def page():
        import streamlit as st

        from lesson.widgets.drawing import sent_value

        st.session_state["other"] = object()
        st.text(f"{sent_value('nobody', 'x')} {sent_value('other', 'x')}")

    assert "None None" in words_of(open_script(page))


# -- source, characters --


def showing():
    import streamlit as st

    from lesson.widgets.display import show_source, theme
    from lesson.widgets.unknown_characters import readable
    from lstm import Vocabulary

    show_source(theme, "Its source", mark="return")
    st.text(readable("a狐b狐c", Vocabulary("abc")))
    st.text(readable("cab", Vocabulary("abc")))


def test_source_is_shown_as_it_runs_and_unknown_characters_are_named_once():
    app = open_script(showing)
    assert app.expander[0].label == "Its source"
    source, unknown = (block.value for block in app.code)
    marked = [line for line in source.split("\n") if line.endswith("◀")]
    assert source.startswith("def theme()") and len(marked) == 1 and "return" in marked[0]
    assert unknown == "狐" and len(app.warning) == 1 and "this character, so it is" in app.warning[0].value
    assert [text.value for text in app.text] == ["abc", "cab"]


# -- the catalogue --


def test_the_fables_come_first_and_everything_can_be_read():
    assert model_names()[0] == text_names()[0] == "fables"
    assert model_names()[1:] == sorted(model_names()[1:]) and text_names()[1:] == sorted(text_names()[1:])
    for name in model_names():
        assert model(name).notes["text"] in text_names() and model(name) is model(name)
    assert all(sample_text(name) for name in text_names())
