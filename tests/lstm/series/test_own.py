"""A file of one's own: every bad one gets one clear sentence, and nothing peeks into the test."""

import numpy as np
import pytest

from lstm import InputError
from lstm.series.own import MOST, WARM_UP, read_series

WAVE = [round(float(np.sin(k / 5)), 4) for k in range(400)]


def lines(values):
    return "\n".join(map(str, values)).encode()


def test_a_column_is_read_with_and_without_a_heading():
    for data in (lines(WAVE), b"price\r\n" + lines(WAVE), b'"x"\n' + b"\n\n".join(b'"%r"' % v for v in WAVE)):
        assert read_series(data).values == tuple(WAVE)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This file is empty; choose one with a column of numbers."),
        (b"\x00\x01\x02" * 400, "is a binary file"),
        (b"\xff" * 900, "is not UTF-8"),
        (b"  \n \n", "only white space"),
        (lines(WAVE[:199]), "has 199 numbers; a network here needs at least 200"),
        (lines(list(WAVE) * 13), "has 5,200 numbers; take at most 5,000"),
        (lines([*WAVE, "", "abc"]), "No number stands in line 402. The file must have one column"),
        (lines(["a", "b", *WAVE]), "No number stands in line 1"),
        (lines(["1;2", *WAVE]), "more than one column in line 1"),
        (lines(["1\t2", *WAVE]), "more than one column in line 1"),
        (lines(["1 2", *WAVE]), "more than one column in line 1"),
        (lines([*WAVE, "1,2,3"]), "more than one column in line 401"),
        (lines(["date,price", *(f"2024-01-05,{v}" for v in WAVE)]), "more than one column in line 1"),
        (b"It was a dark night; the rain fell.\nNobody came, and so on." * 9, "No number stands in line 1"),
        (lines(["price", *(f"{v:.2f}".replace(".", ",") for v in WAVE)]), "a comma in the number of line 2"),
        (lines([*WAVE, "1,5"]), "a comma in the number of line 401"),
        (lines([*WAVE, "nan"]), "No number stands in line 401"),
        (lines([*WAVE, "1e999"]), "No number stands in line 401"),
        (lines([*WAVE, "inf"]), "No number stands in line 401"),
        (lines([*WAVE, "1_000"]), "No number stands in line 401"),
        (lines([7] * 400), "does not change in its first part"),
        (lines([7] * 380 + WAVE[:20]), "does not change in its first part"),
        (b"1\n" * 300_000, "larger than 500 kB"),
    ],
)
def test_every_bad_file_gets_one_sentence(data, sentence):
    with pytest.raises(InputError, match=sentence) as caught:
        read_series(data)
    text = str(caught.value)
    assert text.startswith(("Th", "No number")) and len(text) < 200 and "\n" not in text


def test_the_largest_and_the_smallest_series_can_be_read():
    values = np.random.default_rng(1).normal(size=MOST).tolist()
    assert len(read_series(lines(values)).values) == MOST
    assert len(read_series(lines(values[:200])).values) == 200


def test_nothing_of_the_test_is_in_scale_or_training():
    series = read_series(lines(WAVE))
    other = read_series(lines(WAVE[:320] + [1000.0 + k for k in range(80)]))
    assert series.cut == other.cut == 320 and series.scale == other.scale
    one, two = (each.stream(4, 10) for each in (series, other))
    for _ in range(30):
        np.testing.assert_array_equal(one.take(10).inputs, two.take(10).inputs)
    assert series.scaled[:320].mean() == pytest.approx(0) and series.scaled[:320].std() == pytest.approx(1)


def test_the_test_asks_for_each_of_the_last_values_once():
    series = read_series(lines(WAVE))
    (chunk,) = series.test_chunks()
    is_asked = ~np.isnan(chunk.targets[:, 0])
    assert is_asked.sum() == 80 and not is_asked[:WARM_UP].any() and chunk.is_new
    np.testing.assert_array_equal(chunk.targets[is_asked, 0], series.scaled[320:])
    np.testing.assert_array_equal(chunk.inputs[1:, 0, 0], series.scaled[270:399])


def test_segments_are_read_side_by_side_and_again():
    series = read_series(lines(WAVE))
    stream = series.stream(32, 50)
    assert series.fitting_batch(32, 50) == 3
    first = stream.take(50)
    assert first.inputs.shape == (50, 3, 1) and first.is_new
    np.testing.assert_array_equal(first.targets[:-1], first.inputs[1:, :, 0])
    while not (chunk := stream.take(50)).is_new:
        assert 0 < len(chunk.inputs) <= 50
    np.testing.assert_array_equal(chunk.inputs, first.inputs)
    assert series.fitting_batch(32, 200) == 1  # longer than half of it: one segment
