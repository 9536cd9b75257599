"""Files and commands that nobody should give to the exercises."""

import re

from exercises import __main__ as exercises
from exercises import student
from exercises.judge import solution_path
from tests.bad_input.doors import CONTROL, each_case, files_below, is_one_sentence

CHECK = "check 1 mine.py"
SOLUTION = solution_path(1).read_text("utf-8")
GATES = "def gates(*given): return "
MINE = {  # a student's file: code that follows the solution, or stands alone after a #
    "empty": ("#", "is empty"),
    "nested too deeply": ("#" + "-" * 200_000 + "1", "nested too deeply"),
    "a sum without end": ("#x = " + "1+" * 100_000 + "1", "nested too deeply"),
    "brackets": ("#" + "(" * 5_000, "not valid Python"),
    "a number of 6,000 digits": ("#x = " + "9" * 6_000, "not valid Python"),
    "control characters": ("#" + CONTROL, "not valid Python"),
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


@each_case(MINE)
def test_a_student_s_file(place, run, monkeypatch, name):
    code, says = MINE[name]
    if name == "a loop without end":
        monkeypatch.setattr(student, "SECONDS", 0.2)
    (place / "mine.py").write_text(code[1:] if code.startswith("#") else f"{SOLUTION}\n{code}\n", "utf-8")
    before = files_below(place)
    status, out, error = run(exercises.main, CHECK.split())
    assert status == 1 and error == "" and re.search(says, out), out[-400:]
    assert "Traceback" not in out and all(len(line) < 500 for line in out.splitlines())
    assert files_below(place) == before


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


@each_case(COMMANDS)
def test_a_command_of_the_exercises(place, run, name):
    line, says = COMMANDS[name]
    status, out, error = run(exercises.main, line if isinstance(line, list) else line.split())
    said = (out + error).strip()
    assert status in (1, 2) and is_one_sentence(said) and re.search(says, said), said
