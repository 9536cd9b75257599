"""What nobody should type or put into a link: expressions, numbers, units, the setting of the cell."""

import numpy as np
import pytest

from lesson.gates import input_presets, sliders
from lesson.sampling import regex
from lesson.sampling.regex import matches
from lesson.sampling.surgery.operation import units_of
from tests.bad_input.doors import (
    ACCEPTED,
    CONTROL,
    MARKUP,
    RIGHT_TO_LEFT,
    each_case,
    is_one_sentence,
    outcome,
)

SLOW = "more than 0.2 s|too much memory or time"
PATTERNS = {
    "nested repeats": ("(a+)+$", SLOW),
    "alternatives that overlap": ("(a|aa)+$", SLOW),
    "repeats that look back": (r"^(([a-z])+.)+[A-Z]([a-z])+$", SLOW),
    "a repeat of 20 digits": ("a{99999999999999999999}", "too deep or too large|understands"),
    "no end": ("[a", "understands"),
    "deep": ("(" * 200, "understands|too deep"),
    "too long": ("a" * 201, "200 characters here, not 201"),
    "huge": (lambda: "a" * 10**7, "200 characters"),
    "flags that exclude each other": ("(?a)(?u)x", "understands: ASCII and UNICODE flags are incompatible"),
    "a flag for bytes": ("(?L)x", "understands"),
    "a line end in the complaint": ("(?\n)", "understands: unknown extension"),
    "a group that is not there": (r"(?P=x)\9", "understands"),
    "looking back without bounds": ("(?<=a*)b", "understands.*fixed-width"),
    "Perl's code": ("(?{system('x')})", "understands"),
    "NUL": ("\0", ACCEPTED),
    "half a character": ("\ud83e", ACCEPTED),
    "right to left": (RIGHT_TO_LEFT, ACCEPTED),
    "markup": ("<script>alert(1)</script>", ACCEPTED),
    "everything and nothing": ("|".join("a" * 100), ACCEPTED),
    "empty": ("", ACCEPTED),
}


@each_case(PATTERNS)
def test_an_expression(monkeypatch, name):
    case, says = PATTERNS[name]
    monkeypatch.setattr(regex, "SECONDS", 0.2 if says is SLOW else 60.0)
    outcome(lambda pattern: matches(pattern, "a" * 60 + "!"), case, says)


NUMBERS = {
    "empty": ("", "Type numbers"),
    "only commas": (",;, ;", "Type numbers"),
    "NUL": ("1 \0", "not a number"),
    "infinity": ("1 inf", "“inf” is not a number"),
    "NaN": ("nan", "“nan” is not a number"),
    "a number beyond any": ("1e999", "“1e999” is not"),
    "code": ("__import__('os')", "is not a number"),
    "markup": ("![](//e.co/a)", "“…e.co…a…” is not a number"),
    "control": (CONTROL, "is not a number"),
    "a word without end": (lambda: "x" * 10**6, "“xxxxxxxxxxxxxxxxxxxx…” is not"),
    "the largest numbers": ("1.7e308 -1.7e308", ACCEPTED),  # the nearest are read, and it is said
    "the smallest number": ("5e-324", ACCEPTED),
    "a million numbers": (lambda: "1 " * 10**6, ACCEPTED),  # the first are read, and it is said
    "digits of another script": ("١٢", ACCEPTED),
}


@each_case(NUMBERS)
@pytest.mark.filterwarnings("error")
def test_typed_numbers(name):
    found = outcome(input_presets.parse, *NUMBERS[name])
    assert found is None or (len(found[0]) <= input_presets.LONGEST and (np.abs(found[0]) <= 4).all())


UNITS = {
    "one beyond the last": ("128", "0 to 127"),
    "below 0": ("-1", "0 to 127"),
    "a half": ("1.5", "0 to 127"),
    "an exponent": ("1e1", "0 to 127"),
    "5,000 digits": ("9" * 5_000, "0 to 127"),
    "digits of another script": ("٣", "0 to 127"),
    "a power": ("²", "0 to 127"),
    "NUL": ("1,\0", "0 to 127"),
    "markup": (MARKUP, "0 to 127"),
    "all and one more": ("all, 3", "0 to 127"),
    "a million of one": (lambda: "3 " * 10**6, "up to 50"),
    "a long range": ("0-99", "up to 50"),
    "a range that goes down": ("9-3", "0 to 127"),
    "one, often": ("3," * 50, ACCEPTED),
    "commas": (",,,", ACCEPTED),
}


@each_case(UNITS)
def test_named_units(name):
    assert outcome(lambda typed: units_of(typed, 128), *UNITS[name]) in (None, (3,))


CELLS = ["", "_" * 400, "1_" + "9" * 5_000, "1" + "_-1" * 15, "1" + "_nan" * 15, "1" + "_²" * 15, "\0",
         MARKUP, "9" + "_1" * 15, "1" + "_99999" * 15]  # fmt: skip


@pytest.mark.parametrize("text", CELLS, ids=lambda text: repr(text[:12]))
def test_a_setting_of_the_cell_in_a_link(text):
    setting, complaint = sliders.from_link(text)
    assert is_one_sentence(complaint) and setting.keys() == sliders.SLIDERS.keys()
    assert all(
        sliders.SLIDERS[name].low <= value <= sliders.SLIDERS[name].high for name, value in setting.items()
    )
