"""The scripts as a whole: what a component's one string is made of."""

import re

import pytest

from lesson.frame.files import ROOT, script

ASSETS = ROOT / "assets"
FILES = sorted(path.relative_to(ASSETS).as_posix() for path in ASSETS.rglob("*.js"))
TEXTS = {file: (ASSETS / file).read_text("utf-8") for file in FILES}
ENTRIES = [file for file in FILES if "export default" in TEXTS[file]]
TOP_LEVEL = re.compile(r"^(?:export )?(?:async )?(?:function|const|let|class) (.+)", re.MULTILINE)


def defined(text):
    """The names that a module defines at its top level."""
    for line in TOP_LEVEL.findall(text):
        first = re.match(r"\w+", line)[0]
        if "=>" in line or line.startswith(f"{first}("):  # a function: the rest are its parameters
            yield first
        else:
            yield from re.findall(r"(?:^|, )(\w+) = ", re.sub(r"//.*", "", line))


def test_every_component_has_its_script():
    assert {"cell/cell.js", "vectors/vectors.js", "drawing/feed.js", "losses/losses.js"} <= set(ENTRIES)


@pytest.mark.parametrize("entry", ENTRIES)
def test_no_two_files_of_a_script_define_the_same_name(entry):
    names = list(defined(script(entry)))
    assert sorted(names) == sorted(set(names))


def test_the_names_of_a_file_are_found():
    text = (
        "const A = 1, B = [2, 3]\nexport async function f(a, b = 2) {\n  const inside = 1\n}\n"
        "let c = 2 // a = 3\nexport const g = (a, b = 2) => a\n"
    )
    assert list(defined(text)) == ["A", "B", "f", "c", "g"]


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_script_is_one_module_without_imports_and_comments(entry):
    text = script(entry)
    assert len(re.findall(r"^export default ", text, re.MULTILINE)) == 1
    assert not re.search(r"^(?:import|export (?!default)) ", text, re.MULTILINE)
    assert not re.search(r"^\s*(?://|/\*\*|\*)", text, re.MULTILINE)


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_script_is_read_without_an_error(read_script, entry):
    read_script(script(entry))


def test_a_script_with_an_error_is_noticed(read_script):
    with pytest.raises(AssertionError, match="SyntaxError"):
        read_script("export default (component) => {")


def test_every_exported_name_is_imported_somewhere():
    imports = re.findall(r"^import \{([^}]*)\}", "\n".join(TEXTS.values()), re.MULTILINE)
    imported = set(re.findall(r"\w+", " ".join(imports)))
    tests = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests" / "assets").glob("test_*.py"))
    exported = {
        name
        for text in TEXTS.values()
        for name in defined("\n".join(re.findall(r"^export (?!default).*", text, re.MULTILINE)))
    }
    used = set(re.findall(r"\w+", tests))
    assert exported - imported - used == set()


# What computes instead of looking up.  The curves of losses have an axis that is logarithmic, and a table of
# what stands before a power of ten, as has a simulated student's scale; whoever asks a room again waits for
# powers of two.
ARITHMETIC = ("Math.exp", "Math.tanh", "Math.log", "Math.pow", " ** ", "sigmoid")
LOGARITHMIC = {
    entry: {"Math.log", " ** "} for entry in ("losses/losses.js", "replay/replay.js", "run/run.js")
} | {"classroom/host/host.js": {"Math.log", " ** "}, "classroom/bar/bar.js": {" ** "}}


@pytest.mark.parametrize("entry", ENTRIES)
def test_no_script_computes_what_the_model_computes(entry):
    text = script(entry)
    assert {word for word in ARITHMETIC if word in text} == LOGARITHMIC.get(entry, set())


# What makes markup of texts: of ours, and of sentences in which Python has escaped all else.
MARKUP = {
    "cell/build.js", "cell/cell.js", "cell/chart/chart.js", "curves/curves.js", "panel/controls.js",
    "panel/look.js", "vectors/vectors.js", "gru/chart.js", "gru/gru.js", "gru/parts.js",
    "gru_pulses/gru_pulses.js", "series/stage.js",
}  # fmt: skip


def test_what_a_visitor_may_have_written_is_never_markup():
    makes_markup = re.compile(r"innerHTML|outerHTML|insertAdjacent|document\.write")
    assert {file for file, text in TEXTS.items() if makes_markup.search(text)} == MARKUP
    assert (
        TEXTS["vectors/vectors.js"].count("innerHTML"),
        TEXTS["vectors/vectors.js"].count("setMarkup("),
    ) == (1, 1)


def test_files_and_lines_are_short():
    for file, text in TEXTS.items():
        assert len(text.splitlines()) <= 250, file
        assert [line for line in text.splitlines() if len(line) > 110] == [], file
