"""The letters of sizes mean the same on every page: V characters, D inputs, H units, T steps, B sequences."""

import re
from pathlib import Path

import pytest

from lesson.cheatsheet.parameters import CHARACTERS

ROOT = Path(__file__).parents[1]
FILES = [
    path
    for top in ("lesson", "pages", "visualization", "assets", "lstm", "exercises")
    for path in sorted((ROOT / top).rglob("*"))
    if path.suffix in {".py", ".js", ".ts", ".html", ".css"} and path.is_file()
]
# D where a number of characters is meant.
OLD_USE = re.compile(
    r"\bln D\b|\bD (?:different )?characters\b|\b[Cc]haracters \$?D\b|\bD different|"
    r"called \$?D\b|characters is \$?D\b|D = \{len\((?:way\.)?chars|\"D\": len\("
)


@pytest.mark.parametrize("top", ["lesson", "pages", "visualization", "assets", "lstm", "exercises"])
def test_the_number_of_characters_is_never_called_d(top):
    uses = {
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in FILES
        if path.relative_to(ROOT).parts[0] == top
        for match in OLD_USE.finditer(re.sub(r'"\s*\n\s*f?"', "", path.read_text("utf-8")))
    }
    assert uses == set()


@pytest.mark.parametrize(
    "text",
    [
        "right, and ln D if all got the same", "all D characters", '"Characters D"', "numbers, D different",
        "different characters is called $D$ here", '"D": len(way.chars),', "the number of characters is D",
    ],
)  # fmt: skip
def test_the_old_use_is_noticed(text):
    assert OLD_USE.search(text)


def test_a_link_of_the_time_before_still_says_how_many_characters():
    assert CHARACTERS.name == "sheet_V" and CHARACTERS.former == ("sheet_D",)
