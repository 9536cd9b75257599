"""The frame's own style sheet."""

import re
import tomllib

from lesson.frame.files import ROOT, asset
from lesson.frame.style import style
from visualization.palette import BACKGROUND, PRIMARY, SYMBOL_TONES


def test_the_style_sheet_takes_its_colours_from_the_palette():
    variables = dict(re.findall(r"--lstm-(\w+): light-dark\(([^)]*)\)", style()))
    assert set(re.findall(r"var\(--lstm-(\w+)\)", asset("frame.css"))) == set(variables)
    assert variables["f"] == f"{SYMBOL_TONES['f']['light']}, {SYMBOL_TONES['f']['dark']}"


def test_the_theme_has_the_colours_of_the_palette():
    config = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"]
    theme = {
        "primaryColor": {"light": config["primaryColor"], "dark": config["dark"]["primaryColor"]},
        "backgroundColor": {tone: config[tone]["backgroundColor"] for tone in BACKGROUND},
    }
    palette = {"primaryColor": PRIMARY, "backgroundColor": BACKGROUND}
    assert theme == palette, ".streamlit/config.toml has other colours than visualization/palette.py"
