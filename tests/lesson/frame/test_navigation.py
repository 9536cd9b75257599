"""The frame's own style sheet."""

import re
import tomllib

from lesson.frame.files import ROOT, asset
from visualization.palette import BACKGROUND, GREY, PRIMARY, SYMBOL_TONES

# Of each colour in assets/frame.css, in its order: what has it.
STYLED = {
    "buttons and tags": BACKGROUND,
    "keywords": SYMBOL_TONES["f"],
    "strings": SYMBOL_TONES["i"],
    "numbers": SYMBOL_TONES["o"],
    "comments": GREY,
}


def test_the_style_sheet_takes_its_colours_from_the_palette():
    pairs = re.findall(r"light-dark\((#\w{6}), (#\w{6})\)", asset("frame.css"))
    wanted = [(tones["light"], tones["dark"]) for tones in STYLED.values()]
    assert pairs == wanted, "assets/frame.css has other colours than visualization/symbols.py and palette.py"


def test_the_theme_has_the_colours_of_the_palette():
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"]
    shown = {
        "primaryColor": {"light": config["primaryColor"], "dark": config["dark"]["primaryColor"]},
        "backgroundColor": {tone: config[tone]["backgroundColor"] for tone in BACKGROUND},
    }
    wanted = {"primaryColor": PRIMARY, "backgroundColor": BACKGROUND}
    assert shown == wanted, ".streamlit/config.toml has other colours than visualization/palette.py"
