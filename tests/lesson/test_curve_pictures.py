"""The pictures for phones of what a class is asked to estimate or to set: their colours."""

import re
from colorsys import rgb_to_hls

import pytest

from lesson.curve_pictures import with_curve, with_surface
from lesson.frame.files import asset
from tests.browser.class_samples import CURVE_QUESTION, SURFACE_QUESTION, SWEEP_QUESTION

THEMES = {"light": 0, "dark": 1}  # where a style sheet says a colour: first, or behind "dark"


def tone(sheet, pattern, theme):
    """The colour that a rule of a picture or of a page gives in a theme."""
    return re.findall(pattern, sheet)[THEMES[theme]]


def projected(name, theme):
    pair = re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", asset("classroom/projector/projector.css"))
    return pair[1 + THEMES[theme]]


def hue(colour):
    """0..360 degrees."""
    red, green, blue = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    return 360 * rgb_to_hls(red, green, blue)[0]


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_right_has_the_colour_of_the_phone_and_a_hue_of_the_projector(theme):
    picture = with_curve(CURVE_QUESTION).picture
    assert '<path class="right"' in picture
    right = tone(picture, r"\.right\{stroke:(#\w+)\}", theme)
    assert right == tone(asset("classroom/phone/phone.css"), r"--good: (#\w+)", theme)
    assert abs(hue(right) - hue(projected("right", theme))) < 15


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    "question", [CURVE_QUESTION, SWEEP_QUESTION, SURFACE_QUESTION], ids=lambda each: each.id
)
def test_the_model_has_the_hue_of_the_projector(question, theme):
    picture = (with_curve if question.curve else with_surface)(question).picture
    name = re.search(r'<path class="(\w+)', picture)[1]
    model = tone(picture, rf"\.{name}\{{stroke:(#\w+)\}}", theme)
    assert abs(hue(model) - hue(projected("accent", theme))) < 15
