"""The frame's own style sheet."""

import re

from lesson.frame.files import asset
from visualization.palette import BACKGROUND, GREY, SYMBOLS


def test_the_style_sheet_takes_its_colours_from_the_palette():
    pairs = re.findall(r"light-dark\((#\w{6}), (#\w{6})\)", asset("frame.css"))
    known = [(tones["light"], tones["dark"]) for tones in (*SYMBOLS.values(), GREY, BACKGROUND)]
    assert pairs and all(pair in known for pair in pairs)
