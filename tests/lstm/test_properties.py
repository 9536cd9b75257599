"""Claims about any input, tried on many; they need hypothesis (requirements-dev.txt)."""

import numpy as np
import pytest

from lstm import InputError, Vocabulary
from lstm.sampling import distribution
from lstm.text import decode_text, streams
from tests.files import GOOD, PACKED, loads_or_is_refused, mutate
from tests.lstm.textbook import log_softmax

pytest.importorskip("hypothesis")

from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.slow

# The same examples at every run, and no database of earlier ones: green stays green.
settings.register_profile("suite", deadline=None, derandomize=True, database=None)
settings.load_profile("suite")


@given(st.text(min_size=1))
def test_encoding_and_decoding_gives_the_text_back(text):
    vocabulary = Vocabulary.from_text(text)
    ids = vocabulary.encode(text)
    assert vocabulary.decode(ids) == text
    assert len(vocabulary) == len(set(text)) and ids.max() < len(vocabulary)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_text_or_an_input_error(data):
    try:
        text = decode_text(data)
    except InputError:
        return
    assert text.strip() and "\r" not in text


@given(st.integers(0, 50), st.integers(1, 9))
def test_streams_lose_less_than_one_row(length, count):
    cut = streams(np.arange(length), count)
    assert cut.shape == (length // count, count)
    np.testing.assert_array_equal(cut.T.ravel(), np.arange(cut.size))
    assert length - cut.size < count


@given(
    logits=st.lists(st.floats(-30, 30), min_size=1, max_size=12).map(np.array),
    temperature=st.floats(0.1, 10),
    top_k=st.none() | st.integers(1, 15),
    top_p=st.none() | st.floats(1e-6, 1),
)
def test_distribution_is_the_softmax_cut_to_the_nucleus(logits, temperature, top_k, top_p):
    full = np.exp(log_softmax(logits / temperature))
    cut = distribution(logits, temperature, top_k, top_p)
    kept = cut > 0
    assert cut.shape == logits.shape and cut.sum() == pytest.approx(1)
    np.testing.assert_allclose(cut[kept], full[kept] / full[kept].sum(), rtol=1e-9)
    assert kept[np.argmax(logits)]
    assert full[~kept].max(initial=0) <= full[kept].min() * (1 + 1e-12)  # none dropped that beats one kept
    k = len(logits) if top_k is None else min(top_k, len(logits))
    assert kept.sum() <= k
    mass = np.sort(full)[::-1][:k].sum()
    if top_p is None:
        assert kept.sum() == k
    else:
        assert full[kept].sum() >= top_p * mass * (1 - 1e-9)
        assert full[kept].sum() - full[kept].min() < top_p * mass * (1 + 1e-9)  # one less is too few


@settings(max_examples=500)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_any_changed_bytes_are_loaded_or_refused(changes):
    loads_or_is_refused(mutate(GOOD, changes))


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(PACKED) - 1), st.integers(0, 255)), min_size=1, max_size=4))
def test_any_changed_bytes_of_a_compressed_file_are_loaded_or_refused(changes):
    loads_or_is_refused(mutate(PACKED, changes))


@settings(max_examples=100)
@given(st.integers(0, len(GOOD)), st.integers(0, len(GOOD)), st.binary(max_size=40))
def test_any_piece_replaced_by_another_is_loaded_or_refused(start, end, piece):
    loads_or_is_refused(GOOD[: min(start, end)] + piece + GOOD[max(start, end) :])
