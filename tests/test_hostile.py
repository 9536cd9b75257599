"""Bad input at every door: one row a case.  Each is refused in one sentence, or taken where that is right,
in little time and memory, and nothing is written where it should not be."""

import ast
import io
import os
import pickle
import re
import sys
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

import train_minimal
from exercises import __main__ as exercises
from exercises import student
from exercises.judge import solution_path
from lesson.course.challenges import CHALLENGES as CHALLENGES_BY_PAGE
from lesson.course.course_file import LARGEST as LARGEST_COURSE
from lesson.course.course_file import from_file
from lesson.course.decks import all_questions
from lesson.gates import input_presets, sliders
from lesson.sampling.regex import matches
from lesson.sampling.surgery.operation import units_of
from lesson.training.engine.settings import RunSettings
from lesson.training.live.own_checkpoint import checked_model
from lesson.training.live.own_text import MOST_CHARACTERS, checked_text
from lesson.training.live.run_files import file_stem, script
from lstm import GRU, RNN, InputError
from lstm.storage.checkpoint import read
from lstm.text import read_text
from tests.hostile import (
    CONTROL,
    MARKUP,
    RIGHT_TO_LEFT,
    array_of,
    bounded,
    course,
    foreign_zip,
    history,
    is_one_sentence,
    knows,
    many_bombs,
    more_entries,
    symlink_in_zip,
    ten_gigabytes,
    tree,
    wrong_checksum,
    zip_in_zip,
)
from tests.lstm.storage.test_checkpoint import GOOD, V, lying, mutate, npz, with_arrays, with_header, with_raw
from tests.lstm.storage.test_untrusted_npz import MB, archive, entry
from tests.parts import PARTS, VIEWS, opened, query_of

ROOT = Path(__file__).parents[1]
TAKEN = None  # in place of the words of a sentence: it is no bad input, and is taken as it is


@pytest.fixture(autouse=True, scope="module")
def nothing_is_written_into_the_course():
    before = tree(ROOT)
    yield
    assert tree(ROOT) == before


def answered(take, given, says):
    """What a door makes of a case; None if it is refused, in a sentence with these words."""
    given = given() if callable(given) else given
    with bounded():
        if says is TAKEN:
            return take(given)
        with pytest.raises(InputError) as refused:
            take(given)
    assert is_one_sentence(str(refused.value)) and re.search(says, str(refused.value)), str(refused.value)
    return None


def each(rows):
    """One test for each row of a table: its name, and the rest."""
    return pytest.mark.parametrize("name", rows)


# -- texts --

LONG = "The quick brown fox. " * 20
TEXTS = {
    "empty": (b"", "is empty"),
    "one character": (b"a", TAKEN),  # too short for any settings, which is said where they are chosen
    "the same character": (b"a" * 5_000, TAKEN),
    "white space": (b" \t\r\n\x0b\x0c" * 99, "only white space"),
    "spaces of Unicode": ("\u2003\u3000\u2028" * 99, "only white space"),
    "a mark and nothing": (b"\xef\xbb\xbf", "only white space"),
    "NUL in the middle": (b"abc\0def" * 99, "binary"),
    "all bytes": (bytes(range(256)), "binary"),
    "UTF-16": (LONG.encode("utf-16"), "UTF-16"),
    "UTF-16 without a mark": (LONG.encode("utf-16-be"), "binary"),
    "UTF-32, big end first": (LONG.encode("utf-32-be"), "binary"),
    "Latin-1": ("Größe".encode("latin-1") * 99, "not UTF-8.*byte 2 "),
    "a lone surrogate": (b"abc \xed\xa0\x80 abc", "not UTF-8"),
    "an overlong slash": (b"..\xc0\xaf" * 99, "not UTF-8"),
    "beyond Unicode": (b"\xf4\x90\x80\x80", "not UTF-8"),
    "cut within a character": ("日本".encode()[:-1], "not UTF-8"),
    "control characters": (CONTROL * 99, TAKEN),
    "right to left": (RIGHT_TO_LEFT * 99, TAKEN),
    "emoji of many parts": ("👩‍👩‍👧‍👦🏳️‍🌈" * 99, TAKEN),
    "marks on one letter": ("a" + "\u0301" * 5_000, TAKEN),
    "no line end in a megabyte": (b"ab" * (MB // 2), TAKEN),
    "a byte more than a megabyte": (b"ab" * (MB // 2) + b"x", "larger than 1 MB"),
    "a hundred megabytes": (lambda: b"a" * 100 * MB, "larger than 1 MB"),
    "too many characters": ("".join(map(chr, range(0x4E00, 0x4E01 + MOST_CHARACTERS))), "2,001 different"),
    "markup": (MARKUP, TAKEN),
    "a checkpoint": (GOOD, "binary"),
}


@each(TEXTS)
def test_a_text(name):
    given, says = TEXTS[name]
    given = given.encode() if isinstance(given, str) else given
    text = answered(lambda data: checked_text(data, "The file"), given, says)
    assert text is None or (text.strip() and text.encode().decode() == text)


# -- checkpoints --

_SHAPE = b"{'descr': '<f4', 'fortran_order': False, 'shape': (%s), }"
FOREIGN, HURT = "not a checkpoint", "damaged"


class Runs:
    """A pickle that would do something."""

    def __reduce__(self):
        return sys.exit, ("a pickle was run",)


def npy(header, rest=b""):
    """A good file but for an array with this header."""
    data = b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + rest
    return with_raw("history/loss.npy", data)


CHECKPOINTS = {
    "empty": (b"", FOREIGN),
    "one byte": (b"P", FOREIGN),
    "a text": (b"Once upon a time", FOREIGN),
    "noise": (np.random.default_rng(0).bytes(10_000), FOREIGN),
    "noise that begins like an archive": (b"PK\x03\x04" + np.random.default_rng(0).bytes(10_000), HURT),
    "an empty archive": (b"PK\x05\x06" + bytes(18), FOREIGN),
    "UTF-16 of an archive": (GOOD.decode("latin-1").encode("utf-16"), FOREIGN),
    "a pickle": (pickle.dumps(Runs()), "pickle.*never opened"),
    "a pickle of a network, old": (pickle.dumps({"Wf": [1.0]}, protocol=0), FOREIGN),
    "an array of pickles": (with_arrays(history__loss=np.array([Runs()], object)), FOREIGN),
    "a header that is a pickle": (with_raw("header.npy", pickle.dumps(Runs())), FOREIGN),
    "half of it": (GOOD[: len(GOOD) // 2], HURT),
    "without its end": (GOOD[:-1], HURT),
    "without its beginning": (GOOD[100:], FOREIGN),
    "twice": (GOOD + GOOD, TAKEN),  # an archive is read from its end
    "zeros behind it": (GOOD + bytes(100_000), HURT),
    "one bit of a weight": (wrong_checksum, HURT),
    "one bit of the table": (mutate(GOOD, [(GOOD.rindex(b"PK\x01\x02") + 1, 0)]), HURT),
    "another archive": (foreign_zip, FOREIGN),
    "another npz": (npz({"a": np.arange(3)}), FOREIGN),
    "a link in the archive": (symlink_in_zip, FOREIGN),
    "a way out": (more_entries("../../history/x.npy"), FOREIGN),
    "the root": (more_entries("/etc/x.npy"), FOREIGN),
    "a drive": (more_entries("C:\\x.npy"), FOREIGN),
    "a name with NUL": (more_entries(b"history/x\0.npy"), FOREIGN),
    "a name that is markup": (more_entries("history/<b>.npy"), FOREIGN),
    "a name from right to left": (more_entries("history/\u202ex.npy"), FOREIGN),
    "a name twice": (more_entries("history/loss.npy"), FOREIGN),
    "more columns than any history": (more_entries(*(f"history/c{k}.npy" for k in range(40))), FOREIGN),
    "many entries": (more_entries(*(f"history/c{k}.npy" for k in range(900))), FOREIGN),
    "65,535 entries": (lambda: archive([entry("a.npy", b"")], repeat_table=65_535), FOREIGN),
    "ten gigabytes of zeros": (ten_gigabytes, FOREIGN),
    "thirty times twenty megabytes": (many_bombs, "would unpack to more than 24 MB"),
    "an archive in the archive": (zip_in_zip, FOREIGN),
    "a size below 0": (npy(_SHAPE % b"-1,"), FOREIGN),
    "a size beyond any memory": (npy(_SHAPE % (b"9" * 90)), FOREIGN),
    "sizes whose product is beyond 64 bits": (npy(_SHAPE % b"4294967296, 4294967296, 4"), FOREIGN),
    "no numbers, in a huge shape": (npy(_SHAPE % b"0, 999999999999999999999"), FOREIGN),
    "a header of an array that is a program": (npy(b"__import__('os').abort()"), FOREIGN),
    "a header of an array without end": (npy(b" " * 60_000), FOREIGN),
    "an array that promises gigabytes": (with_raw("weights/Wf.npy", lying((10**9,))), FOREIGN),
    "version 2 of the arrays": (with_raw("header.npy", b"\x93NUMPY\x02\x00" + bytes(99)), FOREIGN),
    "a header that is no JSON": (with_arrays(header=np.frombuffer(b"{'format': 1}", np.uint8)), FOREIGN),
    "a header that is too deep": (with_arrays(header=np.frombuffer(b"[" * 60_000, np.uint8)), FOREIGN),
    "a header of a megabyte": (with_header(notes={"x": "y" * MB}), FOREIGN),
    "a header in UTF-16": (with_arrays(header=np.frombuffer('"é"'.encode("utf-16"), np.uint8)), FOREIGN),
    "a later format": (with_header(format=2), "format 2, .*update the program"),
    "a format that is true": (with_header(format=True), FOREIGN),
    "a format of 4,000 digits": (with_header(format=10**4_000), FOREIGN),
    "no such cell": (with_header(cell="../lstm"), FOREIGN),
    "a cell that is a list": (with_header(cell=["lstm"]), FOREIGN),
    "another cell": (with_header(cell="gru"), FOREIGN),
    "sizes below 0": (with_header(sizes=[-V, 4, -V]), FOREIGN),
    "sizes that are true": (with_header(sizes=[V, True, V]), FOREIGN),
    "enormous sizes": (with_header(sizes=[V, 10**12, V]), FOREIGN),
    "infinite sizes": (with_header(sizes=[V, float("inf"), V]), FOREIGN),
    "a type that is an object": (with_header(dtype="O"), FOREIGN),
    "weights of half the precision": (with_arrays(weights__Wf=np.zeros((4, 4 + V), np.float16)), FOREIGN),
    "weights that are text": (with_arrays(weights__Wf=np.full((4, 4 + V), "1.0")), FOREIGN),
    "weights that are transposed": (with_arrays(weights__Wf=np.zeros((4 + V, 4), np.float32)), FOREIGN),
    "weights in Fortran's order": (
        with_arrays(weights__Wf=np.zeros((4, 4 + V), np.float32, order="F")), TAKEN,
    ),
    "a gate too few": (with_arrays(weights__bf=None), FOREIGN),
    "a gate too many": (with_arrays(weights__Wz=np.zeros((4, 4 + V), np.float32)), FOREIGN),
    "NaN weights": (with_arrays(weights__by=np.full(V, np.nan, np.float32)), "NaN or infinite"),
    "infinite weights": (with_arrays(weights__by=np.full(V, -np.inf, np.float32)), "NaN or infinite"),
    "weights too large to add": (lambda: knows("abc", weight=3e38), "too large to compute"),
    "large weights in double precision": (lambda: knows("abc", RNN, weight=1e300, dtype=float), "too large"),
    "weights of 0": (lambda: knows("abc", weight=0.0), TAKEN),
    "the smallest weights": (lambda: knows("abc", GRU, weight=1e-45), TAKEN),
    "no vocabulary": (with_arrays(vocabulary=None), FOREIGN),
    "a character twice": (with_arrays(vocabulary=np.full(V, 97, np.uint32)), FOREIGN),
    "a character too few": (with_arrays(vocabulary=np.arange(97, 96 + V, dtype=np.uint32)), FOREIGN),
    "a lone surrogate": (with_arrays(vocabulary=np.uint32([0xD800, *range(97, 96 + V)])), FOREIGN),
    "a character beyond Unicode": (with_arrays(vocabulary=np.uint32([2**32 - 1, *range(96 + V)])), FOREIGN),
    "a vocabulary of numbers below 0": (with_arrays(vocabulary=np.arange(-V, 0)), FOREIGN),
    "one character and one unit": (lambda: knows("a", RNN, 1), TAKEN),
    "too many characters": (
        lambda: knows("".join(map(chr, range(0x4E00, 0x4E01 + MOST_CHARACTERS))), RNN, 1), "2,001 characters",
    ),
    "settings without a training": (with_header(settings={}), FOREIGN),
    "settings that are a list": (with_header(settings=[1, 2]), FOREIGN),
    "a rate of 400 digits": (with_header(settings={"learning_rate": 10**399}), FOREIGN),
    "a training without settings": (with_arrays(training__step=np.array(3)), FOREIGN),
    "notes that are numbers": (with_header(notes={"text": 5}), FOREIGN),
    "notes that nest": (with_header(notes={"text": {"text": "x"}}), FOREIGN),
    "a note with half a character": (with_header(notes={"text": "\ud83e"}), FOREIGN),
    "a note that is markup": (with_header(notes={"text": MARKUP}), TAKEN),  # shown as it stands
    "a history of NaN steps": (history(step=[np.nan, 1.0, 2.0]), FOREIGN),
    "a history that goes back": (history(step=[3, 2, 1]), FOREIGN),
    "a history below 0": (history(step=[-1, 0, 1]), FOREIGN),
    "a history of two lengths": (history(step=[1, 2]), FOREIGN),
    "a history of complex numbers": (history(loss=np.zeros(3, complex)), FOREIGN),
    "a history of a million rows": (history(loss=np.zeros(10**6)), FOREIGN),
    "a history of infinite losses": (history(loss=np.full(3, np.inf)), TAKEN),  # a run may have gone so
    "snapshots without weights": (with_arrays(snapshots__step=np.arange(3)), FOREIGN),
    "a snapshot that is a number": (with_arrays(snapshots__step=np.array(3)), FOREIGN),
}  # fmt: skip


@each(CHECKPOINTS)
def test_a_checkpoint(name):
    given, says = CHECKPOINTS[name]
    model = answered(checked_model, given, says)
    assert model is None or np.isfinite(model.net.weights.flat).all()


FILES = {  # of a text, and of a checkpoint
    "missing": ("no file", "no file"),
    "folder": ("folder", "folder"),
    "dangling": ("no file", "no file"),
    "loop": ("Too many levels", "Too many levels"),
    "text/beyond": ("Not a directory", "Not a directory"),
    "a\0b": ("can't be the name", "can't be the name"),
    "x" * 300: ("File name too long", "File name too long"),
    "\udcff\n": ("no file", "no file"),
    "": ("folder", "folder"),
    "enormous": ("larger than 128 MB", FOREIGN),
    "link": (TAKEN, FOREIGN),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with files to be named on a command line."""
    folder = tmp_path_factory.mktemp("place")
    (folder / "text").write_text("the cat sat on the mat.\n" * 100, "utf-8")
    (folder / "folder").mkdir()
    for name, target in (("dangling", "missing"), ("loop", "loop"), ("link", "text")):
        os.symlink(target, folder / name)
    with open(folder / "enormous", "wb") as file:
        file.truncate(5 * 2**30)  # of zeros that take no place
    for name, data in {"binary": bytes(range(256)), "one": b"a" * 3_000, "control": CONTROL.encode() * 500,
                       "half": GOOD[:500], "pickle": pickle.dumps(Runs()), "good": GOOD}.items():  # fmt: skip
        (folder / name).write_bytes(data)
    return folder


@each(FILES)
@pytest.mark.parametrize("door", [0, 1], ids=["text", "checkpoint"])
def test_a_file(place, monkeypatch, name, door):
    monkeypatch.chdir(place)
    with bounded():
        if FILES[name][door] is TAKEN:
            assert (read_text, read)[door](name)
            return
        with pytest.raises(InputError, match=FILES[name][door]):
            (read_text, read)[door](name)


# -- the course file, what runs are called, expressions, and what is typed --

NOT_OURS = "not a file that was saved here"
COURSES = {
    "empty": (b"", NOT_OURS),
    "not UTF-8": (b"\xff\xfe\xfd", NOT_OURS),
    "binary": (GOOD, NOT_OURS),
    "half of it": (course()[:-9], NOT_OURS),
    "too large": (lambda: b" " * (LARGEST_COURSE + 1), "too large"),
    "huge": (lambda: b"[" * 100 * MB, "too large"),
    "too deep": (b"[" * 90_000, NOT_OURS),
    "too deep, whole": (course(x=0)[:-2] + b"[" * 40_000 + b"]" * 40_000 + b"}", NOT_OURS),
    "a number of 5,000 digits": (b'{"lstm_course": ' + b"9" * 5_000 + b"}", NOT_OURS),
    "infinity": (course(lstm_course=float("inf")), NOT_OURS),
    "no version": (b"{}", NOT_OURS),
    "another version": (course(lstm_course=3), NOT_OURS),
    "a version in words": (course(lstm_course="1"), NOT_OURS),
    "a list": (b"[1, 2]", NOT_OURS),
    "answers that are a list": (course(answers=[["a", "b"]]), NOT_OURS),
    "solved that is text": (course(solved="gates"), NOT_OURS),
    "answers to no question": (course(answers={"__class__": "x", "": "", "\ud800": "\ud800"}), TAKEN),
    "answers that are lists": (course(answers=dict.fromkeys(all_questions(), [1])), TAKEN),
    "answers that are markup": (course(answers=dict.fromkeys(all_questions(), MARKUP)), TAKEN),
    "challenges that are none": (course(solved={"gates": [MARKUP, None, [], {}], "training": {}}), TAKEN),
    "a name twice": (b'{"answers": {}, "answers": 5,' + course()[1:], TAKEN),
    "in UTF-16": (course().decode().encode("utf-16"), TAKEN),  # JSON may be written so
}  # fmt: skip


@each(COURSES)
def test_a_course_file(name):
    given, says = COURSES[name]
    known = CHALLENGES_BY_PAGE
    found = answered(lambda data: from_file(data, all_questions(), known), given, says)
    assert found is None or not (found.answers or any(found.solved.values()))


def test_a_course_file_on_the_page():
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=30)
    app.query_params["section"] = "My course"
    app.run()
    for name, (given, says) in COURSES.items():
        data = given() if callable(given) else given
        if len(data) > MB:
            continue
        app.file_uploader[0].set_value((f"{MARKUP}.json", data, "application/json")).run()
        assert not app.exception, name
        assert bool(app.error) == bool(says), name
        assert app.metric[0].value.startswith("0 of") and MARKUP not in str(app.markdown)


TEXT_NAMES = {
    "a way out": "../../etc/passwd",
    "the end of a docstring": '"""\nimport os\nos.abort()\n"""',
    "NUL and control": f"a\0b{CONTROL}",
    "a format": "{title}{0}%s",
    "an escape": "\\",
    "very long": "x" * 10_000,
    "nothing": "",
    "right to left": RIGHT_TO_LEFT,
    "a quote": "'; import os #",
}


@each(TEXT_NAMES)
@pytest.mark.parametrize("digest", ["", "0" * 16], ids=["ours", "own"])
def test_a_name_of_a_text_in_a_file_to_keep(name, digest):
    settings = RunSettings(text=TEXT_NAMES[name], digest=digest)
    with bounded():
        assert re.fullmatch(r"[a-z0-9_]{1,60}", file_stem(settings))
        code = ast.parse(script(settings, None))
    called = {
        node.func.id for node in ast.walk(code) if isinstance(node, ast.Call) and hasattr(node.func, "id")
    }
    assert called <= {"read_text", "LSTM", "train", "print", "len", "walk"}
    imported = [
        a.name for n in ast.walk(code) if isinstance(n, (ast.Import, ast.ImportFrom)) for a in n.names
    ]
    assert imported.count("os") == 1  # the script's own


SLOW = "more than 1 s|too much memory or time"
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
    "NUL": ("\0", TAKEN),
    "half a character": ("\ud83e", TAKEN),
    "right to left": (RIGHT_TO_LEFT, TAKEN),
    "markup": ("<script>alert(1)</script>", TAKEN),
    "everything and nothing": ("|".join("a" * 100), TAKEN),
    "empty": ("", TAKEN),
}


@each(PATTERNS)
def test_an_expression(name):
    given, says = PATTERNS[name]
    answered(lambda pattern: matches(pattern, "a" * 60 + "!"), given, says)


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
    "the largest numbers": ("1.7e308 -1.7e308", TAKEN),  # the nearest are read, and it is said
    "the smallest number": ("5e-324", TAKEN),
    "a million numbers": (lambda: "1 " * 10**6, TAKEN),  # the first are read, and it is said
    "digits of another script": ("١٢", TAKEN),
}


@each(NUMBERS)
@pytest.mark.filterwarnings("error")
def test_typed_numbers(name):
    found = answered(input_presets.parse, *NUMBERS[name])
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
    "one, often": ("3," * 50, TAKEN),
    "commas": (",,,", TAKEN),
}


@each(UNITS)
def test_named_units(name):
    assert answered(lambda typed: units_of(typed, 128), *UNITS[name]) in (None, (3,))


CELLS = ["", "_" * 400, "1_" + "9" * 5_000, "1" + "_-1" * 15, "1" + "_nan" * 15, "1" + "_²" * 15, "\0",
         MARKUP, "9" + "_1" * 15, "1" + "_99999" * 15]  # fmt: skip


@pytest.mark.parametrize("text", CELLS, ids=lambda text: repr(text[:12]))
def test_a_setting_of_the_cell_in_a_link(text):
    with bounded():
        setting, complaint = sliders.parse(text)
    assert is_one_sentence(complaint) and setting.keys() == sliders.SLIDERS.keys()
    assert all(
        sliders.SLIDERS[name].low <= value <= sliders.SLIDERS[name].high for name, value in setting.items()
    )


# -- pages --

_SETTINGS = (
    "kind", "hidden", "seq", "batch", "rate", "budget", "bias", "clip", "optimiser", "temperature",
)  # fmt: skip
PARAMETERS = [
    "deck", "q", "cell", "try-keep", "open", "T", "noise", "input", "values", "rnn", "t", "challenge", "word",
    "H", "trained", "char", "bf", "radius", "keep", "scale", "seed", "of", "explode", "model", "moment",
    "prompt", "text", "run_seed", "differs", "cause", "trouble", "writer", "cold", "warm", "luck", "network",
    "k", "p", "n", "s", "at", "unit", "symbol", "order", "each", "rule", "by", "pattern", "operation", "hold",
    "gate", "units", "other", "term", "other_seed", "minutes", "sheet_H", "sheet_D", *_SETTINGS,
    *(f"other_{name}" for name in _SETTINGS),
]  # fmt: skip
WILD = [
    "-1", "1e400", MARKUP, "\0", "nan", ["1", "2"], "9" * 5_000, CONTROL, "-inf", "🦊", "１２３",
    RIGHT_TO_LEFT, "../../etc/passwd", "a" * 50_000, "1_0", "true", [MARKUP] * 30, "%00", "[" * 99, "0x10",
    "1.5", "٣", "-0", "\r\n\r\n# x",
]  # fmt: skip
# What all parameters of a page are at once.
LINKS = {
    "empty": lambda k: "",
    "infinite": lambda k: "inf",
    "infinite in other digits": lambda k: "９" * 400,
    "an empty one behind": lambda k: ["1", ""],
    **{f"wild {turn}": lambda k, turn=turn: WILD[(k + turn * 7) % len(WILD)] for turn in range(4)},
}


@pytest.fixture(scope="module")
def warm():
    """What is computed once for all visitors."""
    for page, part in VIEWS:
        opened(page, query_of(page, part))


def words(app):
    """All that a page says in Markdown."""
    kinds = ("markdown", "caption", "warning", "error", "info", "success")
    return " ".join(element.value for kind in kinds for element in app.get(kind))


@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize(("page", "part"), VIEWS, ids=lambda value: value)
def test_a_link(warm, page, part, link):
    query = {name: LINKS[link](k) for k, name in enumerate(PARAMETERS)} | query_of(page, part)
    with bounded(memory=2 * 200 * MB):  # the test holds every message, too
        app = opened(page, query)
    assert not app.exception, app.exception[0].value
    assert len(app.title) == 1 or part == "Projector"  # its question is the heading
    assert not any(mark in words(app) for mark in ("<script", "(javascript:", "//e.co"))


@pytest.mark.parametrize("value", ["", "nan", MARKUP, ["", ""], ["Write", ""], "\0"], ids=repr)
@pytest.mark.parametrize("page", [page for page, (parameter, _) in PARTS.items() if parameter])
def test_a_link_to_no_part(warm, page, value):
    parameter, parts = PARTS[page]
    app = opened(page, {parameter: value})
    assert not app.exception and len(app.title) == 1
    assert f"{parts[0]}" in app.warning[0].value and app.session_state[parameter] == parts[0]


@pytest.mark.parametrize("name", ["embed", "embed_options", "", "query_seen", "page", "framed", MARKUP])
def test_a_link_with_a_parameter_of_nobody(warm, name):
    assert not opened("2_gates.py", {name: MARKUP}).exception


def test_what_was_taken_out_of_a_link_does_not_come_back(warm):
    app = opened("5_sampling.py", {"tab": "Write", "s": "inf", "n": "100"})
    assert app.session_state["s"] == 10**6 and "`s` is nothing" in app.warning[0].value
    app.number_input(key="s").set_value(7).run()
    assert app.session_state["s"] == 7 and not app.warning and not app.exception


def test_no_bound_parameter_is_left_out():
    """The table above has every name that a widget has in the address."""
    calls = chain.from_iterable(ast.walk(ast.parse(path.read_text("utf-8"))) for path in
                                [*(ROOT / "lesson").rglob("*.py"), *ROOT.glob("pages/*.py")])  # fmt: skip
    keywords = [{k.arg: k.value for k in call.keywords} for call in calls if isinstance(call, ast.Call)]
    names = {k["key"].value for k in keywords if "bind" in k and isinstance(k.get("key"), ast.Constant)}
    assert len(names) > 25 and names <= {*PARAMETERS, *(parameter for parameter, _ in PARTS.values())}


PROMPTS = [
    "\0",
    CONTROL,
    RIGHT_TO_LEFT,
    "🦊" * 300,
    MARKUP,
    "\n" * 600,
    "x" * 100_000,
    "\u0301" * 600,
    "\ufeff",
    " ",
]


@pytest.mark.parametrize("part", ["Write", "Read its memory", "Gate surgery"])
def test_prompts(warm, part):
    app = opened("5_sampling.py", {"tab": part, "n": "100"})
    for prompt in PROMPTS:
        with bounded(memory=2 * 200 * MB):
            app.text_input(key="prompt").set_value(prompt).run()
        assert not app.exception and not app.error, repr(prompt[:9])
        assert not any(mark in words(app) for mark in ("<script", "(javascript:", "\u202e"))


STRANGERS = {
    "large weights": lambda: knows("abc\n", weight=1e30),
    "one character": lambda: knows("a", RNN, 1),
    "markup": lambda: knows(sorted(set(MARKUP))),
    "control characters": lambda: knows(
        [*map(chr, range(32)), *dict.fromkeys(RIGHT_TO_LEFT), "🦊", "\ufeff"]
    ),
    "2,000 characters": lambda: knows([chr(0x4E00 + k) for k in range(MOST_CHARACTERS)], GRU, 2),
    "weights of 0": lambda: knows("ab", GRU, weight=0.0),
}


@each(STRANGERS)
@pytest.mark.parametrize("part", ["Write", "Read its memory", "Gate surgery"])
def test_a_stranger_s_network_on_the_page(warm, part, name):
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=30).run()
    app.session_state["own_model"] = checked_model(STRANGERS[name]())
    app.query_params["tab"], app.query_params["network"] = part, "my upload"
    app.query_params["prompt"] = "abc"
    with bounded(memory=2 * 200 * MB):
        app.switch_page("pages/5_sampling.py").run()
    assert not app.exception, app.exception[0].value
    assert app.session_state["network"] == "my upload"
    for button in [button for button in app.button if button.label == "Hunt"]:
        assert not button.click().run().exception


# -- the command lines --

DATA = "--data text --epochs 1 --hidden-size 4 --seq-length 5"
LINES = {
    "nothing": ("", "--data"),
    "an unknown option": ("--rm -rf", "Unrecognized"),
    "a word": ("text", "Unrecognized arguments: text"),
    "an option from right to left": ("--\u202ex", r"Unrecognized arguments: --\\u202ex"),
    "a line end and control": (["x\n\x1b[2J"], r"x\\n\\x1b\[2J"),
    "a file of arguments": ("@text", "Unrecognized"),
    "a value that is missing": ("--data", "expected one argument"),
    "an option twice": (f"--data binary {DATA}", TAKEN),  # the last counts
    "no such text": ("--data nowhere", "no file nowhere"),
    "no name of a text": (["--data", ""], "folder"),
    "a text that is a device": ("--data /dev/null", "is empty"),
    "a text without end": ("--data /dev/zero", "larger than 128 MB"),
    "a text that is too large": ("--data enormous", "larger than 128 MB"),
    "a text that is a checkpoint": ("--data good", "binary"),
    "a text that is one character": (f"{DATA} --data one", TAKEN),
    "a text of control characters": (f"{DATA} --data control", TAKEN),
    "a name that is too long": (f"{DATA} --checkpoint {'x' * 300}", "File name too long"),
    "a folder that is too long": (f"{DATA} --checkpoint {'x' * 300}/m.npz", "File name too long"),
    "a pickle's name that is too long": (f"--generate --checkpoint {'x' * 300}.pkl", "File name too long"),
    "a name with NUL": (["--data", "text", "--checkpoint", "a\0b"], "can't be the name"),
    "a text in place of a folder": (f"{DATA} --checkpoint text/m.npz", "no folder text"),
    "the text itself": (f"{DATA} --checkpoint text", "not a checkpoint"),
    "a device": (f"{DATA} --checkpoint /dev/null", "not a checkpoint"),
    "half a checkpoint": (f"{DATA} --checkpoint half", "damaged"),
    "a pickle": ("--generate --checkpoint pickle", "pickle"),
    "a link to nothing": ("--generate --checkpoint dangling", "no file dangling"),
    "epochs of 5,000 digits": (f"{DATA} --epochs {'9' * 5_000}", "invalid int value"),
    "epochs of 400 digits": (f"{DATA} --epochs {'9' * 400}", "epochs must be a whole number"),
    "epochs as a power": (f"{DATA} --epochs 1e3", "invalid int value"),
    "epochs in other digits": (f"{DATA} --epochs ٢", TAKEN),
    "units beyond any memory": (f"{DATA} --hidden-size 999999999", "hidden_size"),
    "a batch below 0": (f"{DATA} --batch-size -1", "batch_size"),
    "steps beyond the text": (f"{DATA} --seq-length 999999", "too short"),
    "a rate beyond any": (f"{DATA} --lr 1e999", "learning_rate"),
    "a rate of 0": (f"{DATA} --lr -0.0", "learning_rate"),
    "a rate that is none": (f"{DATA} --lr nan", "learning_rate"),
    "a seed below 0": (f"{DATA} --seed -9", "seed"),
    "a cell that is markup": (f"{DATA} --cell <b>", "invalid choice"),
    "a temperature that is none": ("--generate --checkpoint good --temperature nan", "temperature"),
    "a temperature almost 0": ("--generate --checkpoint good --temperature 1e-300", "temperature"),
    "a temperature below any": ("--generate --checkpoint good --temperature 1e-999", TAKEN),  # that is 0
    "no characters": ("--generate --checkpoint good --length 0", TAKEN),
    "characters without end": (f"--generate --checkpoint good --length {'9' * 30}", "length"),
    "top k of 400 digits": (f"--generate --checkpoint good --top-k {'9' * 400}", "top_k"),
    "a prompt of half a character": (["--generate", "--checkpoint", "good", "--prompt", "\ud800"], "seen"),
    "a prompt of many others": (["--generate", "--checkpoint", "good", "--prompt", MARKUP], "…; use only"),
    "a prompt of control characters": (["--generate", "--checkpoint", "good", "--prompt", CONTROL], "seen"),
    "a prompt without end": (["--generate", "--checkpoint", "good", "--prompt", "Z" * 10**6], "seen 'Z'"),
}


@pytest.fixture
def run(place, monkeypatch, capfd):
    """Runs a command line in the folder; returns the exit code and what it said, error output last."""
    monkeypatch.chdir(place)

    def run(main, argv):
        capfd.readouterr()
        try:
            code = main(argv)
        except SystemExit as stopped:
            code = stopped.code
        return code, *capfd.readouterr()

    return run


@each(LINES)
def test_a_command_line(place, run, name):
    line, says = LINES[name]
    before, course_before = tree(place), tree(ROOT)
    with bounded():
        code, out, error = run(train_minimal.main, line if isinstance(line, list) else line.split())
    assert "Traceback" not in error and tree(ROOT) == course_before
    if says is TAKEN:
        assert code == 0
        (place / train_minimal.DEFAULT_CHECKPOINT).unlink(missing_ok=True)
    else:
        assert code == 2 and out == ""
        last = error.splitlines()[-1]
        assert last.startswith("train_minimal.py: ") and is_one_sentence(last) and re.search(says, last), (
            error
        )
        assert len(error.splitlines()) == 1 + error.startswith("good: ")  # what the checkpoint is
    assert tree(place) == before


CHECK = "check 1 mine.py"
SOLUTION = solution_path(1).read_text("utf-8")
GATES = "def gates(*given): return "
MINE = {  # a student's file: code that follows the solution, or stands alone after a #
    "empty": ("#", "is empty"),
    "nested too deeply": ("#" + "-" * 200_000 + "1", "nested too deeply"),
    "a sum without end": ("#x = " + "1+" * 100_000 + "1", "nested too deeply"),
    "brackets": ("#" + "(" * 5_000, "not Python yet"),
    "a number of 6,000 digits": ("#x = " + "9" * 6_000, "not Python yet"),
    "control characters": ("#" + CONTROL, "not Python yet"),
    "an exit": ("import sys; sys.exit(0)", "stops with SystemExit"),
    "no end of calls": ("def f(): f()\nf()", "stops with RecursionError"),
    "memory": ("x = [0] * 10**15", "stops with MemoryError"),
    "an error of a megabyte": ("raise ValueError('a' * 10**6)", "stops with ValueError: aaa"),
    "an error of many lines": ("raise ValueError('a\\n\\x1b[2J\\u202e')", r"ValueError: a \\x1b\[2J\\u202e"),
    "a gap without a number": ("raise NotImplementedError('gap one')", "stops with NotImplementedError"),
    "a gap that is not there": ("raise NotImplementedError('gap 99')", "Gap 99 is still open"),
    "no function": ("gates = 'x'", "no function gates"),
    "a function of C": ("gates = max", "must take the 4 arguments"),
    "a number beyond any": (f"{GATES}(10**400,) * 4", "numbers are expected"),
    "a megabyte": (f"{GATES}'x' * 10**6", "but gives 'xxx"),
    "a generator": (f"{GATES}(x for x in 'abcd')", "but gives <generator"),
    "ragged lists": (f"{GATES}([[1], [1, 2]],) * 4", "numbers are expected"),
    "arguments that are taken away": (
        "was = gates\ndef gates(h, x, W, b):\n    done = was(h, x, W, b)\n    W['f'] = None\n    return done",
        "stops with|changes its argument",
    ),
    "a loop without end": ("def gates(*given):\n    while True:\n        pass", "more than 0.2 seconds"),
}  # fmt: skip


@each(MINE)
def test_a_student_s_file(place, run, monkeypatch, name):
    monkeypatch.setattr(student, "SECONDS", 0.2)
    code, says = MINE[name]
    (place / "mine.py").write_text(code[1:] if code.startswith("#") else f"{SOLUTION}\n{code}\n", "utf-8")
    before = tree(place)
    with bounded():
        status, out, error = run(exercises.main, CHECK.split())
    assert status == 1 and error == "" and re.search(says, out), out[-400:]
    assert "Traceback" not in out and all(len(line) < 500 for line in out.splitlines())
    assert tree(place) == before


COMMANDS = {
    "no number": ("check", "required: number"),
    "no such exercise": ("check 9", "invalid choice: 9"),
    "no such command": ("rm 1", "invalid choice: 'rm'"),
    "a hint of 5,000 digits": (f"hint 1 {'9' * 5_000}", "invalid int value"),
    "an option from right to left": ("--\u202ex", r"\\u202ex"),
    "a file too many": ("check 1 a b", "nrecognized arguments: b"),
    "a hint that is not there": ("hint 1 99", "has the hints 1 to"),
    "a hint below 0": ("hint 1 -5", "has the hints 1 to"),
    "no such file": ("check 1 missing", "no file missing"),
    "a name of two lines": (["check", "1", "a\nb"], r"no file a\\nb"),
    "a loop of links": ("check 1 loop", "Too many levels"),
    "a binary file": ("check 1 binary", "binary"),
    "a file that is too large": ("check 1 enormous", "larger than 128 MB"),
}


@each(COMMANDS)
def test_a_command_of_the_exercises(place, run, name):
    line, says = COMMANDS[name]
    with bounded():
        status, out, error = run(exercises.main, line if isinstance(line, list) else line.split())
    said = (out + error).strip()
    assert status in (1, 2) and is_one_sentence(said) and re.search(says, said), said


# -- the tables themselves --


def test_there_are_many_cases_and_none_twice():
    tables = (TEXTS, CHECKPOINTS, COURSES, PATTERNS, NUMBERS, UNITS, LINES, MINE, COMMANDS)
    assert sum(map(len, (*tables, FILES, FILES, TEXT_NAMES, CELLS, PROMPTS, STRANGERS))) > 300
    for table in tables:
        given = [repr(row[0]) for row in table.values() if not callable(row[0])]
        assert len(given) == len(set(given))


def test_a_door_that_lets_through_is_noticed():
    with pytest.raises(BaseException, match="DID NOT RAISE"):
        answered(lambda data: data, b"", "is empty")
    with pytest.raises(AssertionError, match="MB"), bounded(memory=MB):
        io.BytesIO(bytes(2 * MB))
    assert array_of("weights/Wf")
