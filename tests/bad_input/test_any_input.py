"""Claims about any input at the doors: it is taken, or refused with an InputError, and nothing else comes
out.  They need hypothesis (requirements-dev.txt)."""

import json

import numpy as np
import pytest

from lesson.answers import answers
from lesson.course.challenges import CHALLENGES as CHALLENGES_BY_PAGE
from lesson.course.course_file import from_file
from lesson.course.decks import all_questions
from lesson.frame.nearest_values import nearest_value
from lesson.frame.parameters import Choice, Number
from lesson.frame.query import Query, QueryError
from lesson.gates import input_presets, sliders
from lesson.sampling.regex import matches
from lesson.sampling.surgery.operation import units_of
from lesson.training.live.own_checkpoint import checked_model
from lesson.training.live.own_text import checked_text
from lstm import InputError, ResetAfterGRU
from lstm.errors import one_line
from lstm.exchange.files import dump_safetensors
from tests.bad_input.doors import course, is_one_sentence
from tests.files import GOOD, VOCABULARY, V, good_arrays, mutate, with_arrays, with_header, with_raw

pytest.importorskip("hypothesis")

from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.slow

# The same examples at every run, and no database of earlier ones: green stays green.
each = settings(deadline=None, derandomize=True, database=None, max_examples=150)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=4),
    max_leaves=9,
)
CHANGES = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=6)
QUESTIONS, CHALLENGES = all_questions(), CHALLENGES_BY_PAGE
ARRAYS = good_arrays()
FROM_PYTORCH = dump_safetensors(ResetAfterGRU(V, 4, V, seed=1), VOCABULARY)


def taken(take, *given):
    """What a door makes of it; None if it is refused in a sentence."""
    try:
        return take(*given)
    except (InputError, QueryError) as error:
        assert is_one_sentence(one_line(str(error))) and "\n" not in str(error)
        return None


@each
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"\x80", GOOD[:200], GOOD[:-200]]))
def test_any_bytes_are_no_checkpoint(data, start):
    assert taken(checked_model, start + data) is None


@each
@given(CHANGES)
def test_a_changed_checkpoint_is_whole_or_none(changes):
    model = taken(checked_model, mutate(GOOD, changes))
    assert model is None or np.isfinite(model.net.weights.flat).all()


@each
@given(CHANGES)
def test_a_changed_file_of_pytorch_is_whole_or_none(changes):
    model = taken(checked_model, mutate(FROM_PYTORCH, changes))
    assert model is None or np.isfinite(model.net.weights.flat).all()


@each
@given(JSON, st.binary(max_size=60))
def test_any_header_is_no_file_of_pytorch(header, data):
    text = json.dumps(header).encode()
    assert taken(checked_model, len(text).to_bytes(8, "little") + text + data) is None


@each
@given(st.sampled_from(["dtype", "shape", "data_offsets"]), JSON)
def test_any_value_in_a_description_of_pytorchs(name, value):
    size = int.from_bytes(FROM_PYTORCH[:8], "little")
    header = json.loads(FROM_PYTORCH[8 : 8 + size])
    header["readout.bias"][name] = value
    text = json.dumps(header).encode()
    taken(checked_model, len(text).to_bytes(8, "little") + text + FROM_PYTORCH[8 + size :])


@each
@given(st.sampled_from(["format", "cell", "sizes", "dtype", "notes", "settings", "x"]), JSON)
def test_any_value_in_a_header(name, value):
    model = taken(checked_model, with_header(**{name: value}))
    assert model is None or all(isinstance(text, str) for text in model.notes.values())


@each
@given(JSON)
def test_any_header(value):
    header = np.frombuffer(json.dumps(value).encode(), np.uint8)
    assert taken(checked_model, with_arrays(header=header)) is None


@each
@given(st.sampled_from(sorted(ARRAYS)), st.binary(max_size=120), st.integers(0, 130))
def test_any_bytes_in_place_of_an_array(name, data, kept):
    whole = b"\x93NUMPY\x01\x00\x76\x00{'descr': '<f4', 'fortran_order': False, 'shape': (4,), }"
    taken(checked_model, with_raw(f"{name}.npy", whole[:kept] + data))


@each
@given(
    st.sampled_from(sorted(ARRAYS)),
    st.sampled_from(["f2", "f4", "f8", "i1", "u1", "i8", "u8", "c8", "?", "S3", "U2", "M8[s]"]),
    st.lists(st.integers(0, 9), max_size=4),
)
def test_any_kind_and_shape_of_an_array(name, kind, shape):
    taken(checked_model, with_arrays(**{name.replace("/", "__"): np.zeros(shape, kind)}))


@each
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8")))
def test_any_bytes_are_a_text_or_refused(data):
    text = taken(checked_text, data, "The file")
    assert text is None or (text.strip() and "\0" not in text and text.encode("utf-8"))


@each
@given(st.binary(max_size=300) | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_no_course(data):
    taken(from_file, data, QUESTIONS, CHALLENGES)


@each
@given(JSON, JSON, st.sampled_from([*CHALLENGES, "x"]))
def test_a_course_holds_what_is_known(answers, names, page):
    found = taken(from_file, course(answers=answers, solved={page: names}, x=answers), QUESTIONS, CHALLENGES)
    assert found is None or found.answers.keys() <= QUESTIONS.keys()
    assert found is None or all(names <= CHALLENGES[page].keys() for page, names in found.solved.items())


@each
@given(CHANGES)
def test_a_changed_course_holds_what_is_known(changes):
    name, question = next(iter(QUESTIONS.items()))
    whole = course(answers={name: question.right}, solved={"gates": ["keep"]})
    found = taken(from_file, mutate(whole, changes), QUESTIONS, CHALLENGES)
    assert found is None or found.answers in ({}, {name: question.right})


TYPED = st.text(max_size=60) | st.text("0123456789eE+-.,;_ naifNAIF∞٣²\0", max_size=60)


@each
@given(
    TYPED,
    st.sampled_from(
        [Number("a", "", 0, 999, 0), Number("b", "", 0.1, 3.0, 0.9, 0.05), Number("c", "", 0, 400, 0, 20)]
    ),
)
def test_any_value_of_a_link_is_a_number_of_the_slider(text, allowed):
    found, _ = nearest_value(allowed, [text])
    assert allowed.low <= found <= allowed.high
    assert isinstance(found, int) or isinstance(allowed.step, float) or found == allowed.start


@each
@given(
    TYPED, st.sampled_from([("32", "16", "64"), ("off", "1", "2"), ("One step", "Over time"), ("0.1", "1")])
)
def test_any_value_of_a_link_is_one_of_the_options(text, options):
    assert nearest_value(Choice("a", options=options), [text])[0] in options


@each
@given(TYPED, st.integers(0, 30))
def test_any_setting_of_a_link_is_one_of_the_cell(text, count):
    for link in (text, "_".join(["1", *[text[:5]] * count])):
        setting, _ = sliders.from_link(link)
        assert all(
            sliders.SLIDERS[name].low <= value <= sliders.SLIDERS[name].high
            for name, value in setting.items()
        )


@each
@given(
    st.sampled_from(["gates/step", "gates/run", "gates/trial", "gates/check", "gates/vectors"]),
    st.sampled_from(
        ["cell", "along", "input", "steps", "noise", "rnn", "values", "challenge", "attempt", "sequence",
         "letters", "hidden_units", "char"]
    ),
    TYPED,
)  # fmt: skip
def test_whatever_is_asked_of_the_gates_page_is_answered_or_refused(name, parameter, text):
    found = taken(answers()[name].reply, Query({parameter: text}))
    assert found is None or json.loads(found)


@each
@given(TYPED)
@pytest.mark.filterwarnings("error")
def test_whatever_is_typed(text):
    found = taken(input_presets.parse, text)
    assert found is None or (np.abs(found[0]) <= 4).all()
    units = taken(units_of, text, 9)
    assert units is None or all(0 <= unit < 9 for unit in units)


@settings(each, max_examples=40)
@given(st.text("ab()[]{}|*+?^$.\\<>=!:-,(?P<#1920xuLN\n\0é", max_size=14))
def test_any_expression(pattern):
    spans = taken(matches, pattern, "abba (9) é\n" * 3)
    assert spans is None or all(0 <= start < end <= 33 for start, end in spans)


@each
@given(st.text(max_size=900))
def test_whatever_is_quoted_is_one_line_for_a_terminal(text):
    shown = one_line(text)
    assert (
        shown.isprintable()
        and len(shown) < 310
        and (shown == text) == (text.isprintable() and len(text) < 301)
    )
