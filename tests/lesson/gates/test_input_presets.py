"""Inputs over time: presets on the slider's positions, and what a visitor types."""

import numpy as np
import pytest

from lesson.gates import input_presets
from lstm import InputError


@pytest.mark.parametrize("name", input_presets.PRESETS)
@pytest.mark.parametrize("steps", [5, 20, 40])
def test_presets_are_inputs_that_the_slider_can_have(name, steps):
    x = input_presets.preset(name, steps, seed=3)
    assert x.shape == (steps,) and np.ptp(x) > 0
    np.testing.assert_array_equal(x, input_presets.on_positions(x))
    np.testing.assert_array_equal(x, input_presets.preset(name, steps, seed=3))


def test_presets_are_what_they_are_called():
    assert input_presets.preset("pulse", 8).tolist() == [0, 1, 0, 0, 0, 0, 0, 0]
    assert sorted(input_presets.preset("two pulses", 8)) == [-1, 0, 0, 0, 0, 0, 0, 1]
    assert input_presets.preset("step", 6).tolist() == [0, 0, 1, 1, 1, 1]
    assert input_presets.preset("alternation", 5).tolist() == [1, -1, 1, -1, 1]
    assert input_presets.preset("noise", 9, 1).tolist() != input_presets.preset("noise", 9, 2).tolist()


@pytest.mark.parametrize(
    ("text", "x", "changed"),
    [
        ("1 0 −0.5", [1, 0, -0.5], None),
        ("1,0;-0.5,\n2", [1, 0, -0.5, 2], None),
        ("0.3 9", [0.25, 4], "rounded"),
        ("1e0 -1E0", [1, -1], None),
        ("1 " * 60, [1] * 40, "first 40 of the 60"),
        # A decimal comma, where nothing else makes sense.
        ("0,5;1,5", [0.5, 1.5], None),
        ("0,5 1,5", [0.5, 1.5], None),
        ("0,5, 1,5", [0.5, 1.5], None),
        ("0,5; 1; −0,25", [0.5, 1, -0.25], None),
        ("0,5 1 0 0,5", [0.5, 1, 0, 0.5], None),
        ("0,5", [0.5], None),
        (",5 1", [4, 1], "rounded"),
        # A comma between numbers.
        ("1,2,3", [1, 2, 3], None),
        ("1, 2, 3", [1, 2, 3], None),
        ("1,2, 3,4,1", [1, 2, 3, 4, 1], None),
        ("0.5,1.5", [0.5, 1.5], None),
        ("1.5,2 3", [1.5, 2, 3], None),
    ],
)
def test_typed_numbers_are_read(text, x, changed):
    found, told = input_presets.parse(text)
    assert found.tolist() == x
    assert (told is None) if changed is None else (changed in told)


@pytest.mark.parametrize(
    "text", ["", "  ", ",;", "one two", "1 nan", "inf 1", "1 2 x" + "y" * 300, "0x10", "<b>1</b>", "١٢ a"]
)
def test_what_is_no_number_gets_a_sentence(text):
    with pytest.raises(InputError) as error:
        input_presets.parse(text)
    assert str(error.value).endswith(".") and len(str(error.value)) < 120


@pytest.mark.parametrize("text", ["1,2", "1,2 3", "0 1,2;3", "-1,2"])
def test_a_comma_that_can_be_read_in_two_ways_is_refused(text):
    with pytest.raises(InputError, match=r"^“-?1,2” can be one number or two; write -?1\.2 or -?1 2\.$"):
        input_presets.parse(text)


def test_however_numbers_are_typed_they_are_read_or_refused_in_one_sentence():
    rng = np.random.default_rng(0)
    for _ in range(2000):
        text = "".join(rng.choice(list("0123,.;- +e"), rng.integers(1, 12)))
        try:
            x, _ = input_presets.parse(text)
        except InputError as error:
            assert str(error).endswith(".") and "\n" not in str(error)
        else:
            assert len(x) and np.abs(x).max() <= 4
