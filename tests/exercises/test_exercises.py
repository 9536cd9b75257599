"""The exercises: solutions pass, untouched ones do not, and what goes wrong is said by its name."""

import ast
import importlib
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from exercises import judge, student
from exercises.__main__ import main
from exercises.catalogue import EXERCISES
from exercises.judge import FOLDER, solution_path
from exercises.student import Student, Wrong
from tests.tiers import fast_if, first_fast

NUMBERS = [exercise.number for exercise in EXERCISES]
EACH = pytest.mark.parametrize("number", NUMBERS)
CHECKS = {number: importlib.import_module(f"exercises.check_{number}") for number in NUMBERS}
MISTAKES = [(number, made) for number in NUMBERS for made in CHECKS[number].MISTAKES]
GAPS = [(number, made.gap) for number, made in MISTAKES]  # in the fast tier, a mistake of each gap


def said(number, source, tmp_path, name="mine.py"):
    """What the check says about a file with this source, its last words; '' if it passes."""
    path = tmp_path / name
    path.write_text(source, "utf-8")
    try:
        for _ in CHECKS[number].check(Student(path)):
            pass
    except Wrong as wrong:
        return str(wrong)
    return ""


def changed(number, *changes):
    """The solution with text replaced: old, new, old, new, …"""
    source = solution_path(number).read_text("utf-8")
    for old, new in zip(changes[::2], changes[1::2], strict=True):
        assert old in source, old
        source = source.replace(old, new)
    return source


# -- right, and untouched --


@pytest.mark.parametrize("number", fast_if(lambda at: NUMBERS[at] not in (2, 4), NUMBERS))
def test_every_solution_passes(number, capsys):
    assert main(["check", str(number), str(solution_path(number))]) == 0
    out = capsys.readouterr().out
    gaps = re.findall(r"# GAP (\d+):", solution_path(number).read_text("utf-8"))
    assert re.findall(r"^Gap (\d+):", out, re.MULTILINE) == gaps
    assert EXERCISES[number - 1].question in out


@EACH
def test_every_untouched_exercise_fails_with_its_first_hint(number, capsys):
    assert main(["check", str(number)]) == 1
    out = capsys.readouterr().out
    line = next(
        k for k, text in enumerate((FOLDER / f"exercise_{number}.py").read_text("utf-8").split("\n"), 1)
        if '"gap 1"' in text
    )  # fmt: skip
    assert f"Gap 1 is still open (exercise_{number}.py, line {line})." in out
    assert EXERCISES[number - 1].hints[0] in out


@EACH
def test_an_exercise_is_its_solution_with_gaps(number):
    solution = solution_path(number).read_text("utf-8").split("\n")
    exercise = (FOLDER / f"exercise_{number}.py").read_text("utf-8").split("\n")
    gaps = re.findall(r"# GAP (\d+):", "\n".join(solution))
    raised = [f'    raise NotImplementedError("gap {gap}")' for gap in gaps]
    assert [line for line in exercise if "NotImplementedError" in line] == raised
    rest = iter(solution)  # `in` consumes it: the order counts
    assert [line for line in exercise if line not in raised and line not in rest] == []


@EACH
def test_a_later_gap_left_open_gets_a_hint_of_its_own(number, capsys, tmp_path):
    exercise = EXERCISES[number - 1]
    gaps = re.findall(r"# GAP (\d+):", solution_path(number).read_text("utf-8"))
    for gap in gaps:
        path = tmp_path / "mine.py"
        path.write_text(
            changed(
                number, f"    # GAP {gap}:", f'    raise NotImplementedError("gap {gap}")\n    # GAP {gap}:'
            ),
            "utf-8",
        )
        assert main(["check", str(number), str(path)]) == 1
        out = capsys.readouterr().out
        assert f"Gap {gap} is still open" in out
        assert exercise.hints[exercise.first_hint(int(gap)) - 1] in out


# -- mistakes --

# Written as a student would, not as the lists of the checks have them.
BY_HAND = [
    (1, ['f = sigmoid(W["f"] @ concat + b["f"])', 'f = sigmoid(np.dot(W["i"], concat) + b["i"])',
         'i = sigmoid(W["i"] @ concat + b["i"])', 'i = sigmoid(np.dot(W["f"], concat) + b["f"])'],
     "Gap 1, f: it differs by up to", "the gates f and i are swapped"),
    (1, ["return f, i, C_tilde, o", "return f, o, C_tilde, i"], "Gap 1, i:", "the gates i and o are swapped"),
    (1, ["return f, i, C_tilde, o", "return i, f, C_tilde, o"], "Gap 1, f:", "the gates f and i are swapped"),
    (1, ['C_tilde = np.tanh(W["C"]', 'C_tilde = sigmoid(W["C"]'], "Gap 1, C_tilde:", "C̃ goes through σ"),
    (1, ['o = sigmoid(W["o"]', 'o = np.tanh(W["o"]'], "Gap 1, o:", "o goes through tanh instead of σ"),
    (1, ["np.concatenate([h_prev, x])", "np.hstack((x, h_prev))"], "Gap 1, f:", "x comes before h"),
    (1, [' + b["i"]', " + 0"], "Gap 1, i:", "the bias of i is forgotten"),
    (1, ["C = f * C_prev + i * C_tilde", "C = i * C_tilde + C_prev"], "Gap 2, C:",
     "C_prev is not multiplied by f"),
    (1, ["C = f * C_prev + i * C_tilde", "C = i * C_prev + f * C_tilde"], "Gap 2, C:", "f and i are swapped"),
    (1, ["h = o * np.tanh(C)", "h = C * o"], "Gap 2, h:", "C is taken instead of tanh(C)"),
    (1, ["h = o * np.tanh(C)", "t = np.tanh(C)\n    h = np.tanh(t) * o"], "Gap 2, h:",
     "tanh is applied twice"),
    (1, ["gates(h, x_t", "gates(C, x_t"], "Gap 3, f: it differs by up to", "C instead of h goes to the next"),
    (1, ["return dC_next + dh * o * (1 - np.tanh(C) ** 2)", "return dh * o + dC_next"], "Gap 4, dC:",
     "1 − tanh²(C), the slope of tanh, is forgotten"),
    (1, ["return dC_next + ", "return "], "Gap 4, dC:", "only the path through h is used"),
    (1, ["dC * C_prev * f * (1 - f)", "dC * f * C_prev"], "Gap 5, dz of f:", "the factor 1 − f is forgotten"),
    (1, ["dC * C_tilde * i * (1 - i)", "C_tilde * dC"], "Gap 5, dz of i:",
     "the slope i(1 − i) of i's σ is forgotten"),
    (1, ["dh * np.tanh(C) * o * (1 - o)", "np.tanh(C) * dh * o"], "Gap 5, dz of o:", "the factor 1 − o"),
    (1, ["dC * i * (1 - C_tilde**2)", "i * dC"], "Gap 5, dz of C:", "1 − C̃², the slope of C̃'s tanh"),
    (1, ["dC_next = dC * f", "dC_next = dC"], "Gap 6, dW['", "dC goes to the step before without f"),
    (1, ["dW[gate] += np.outer", "dW[gate] = np.outer", "db[gate] += dz", "db[gate] = dz"], "Gap 6, dW['",
     "only one step's gradient is kept"),
    (1, ["return dW, db, dh_next, dC_next", "return {g: dW[g] / len(x) for g in W}, "
         "{g: db[g] / len(x) for g in W}, dh_next, dC_next"], "Gap 6, dW['", "the mean over steps"),
    (1, ["_one[gate] / len(sequences)", "_one[gate]"], "Gap 7, dW['", "the sum over sequences"),
    (1, ["dW_one, db_one, _, _ = lstm_backward(dh_out, values, x, h, C, W)",
         "dW_one, db_one, _, _ = lstm_backward(dh_out, values, x, h, C, W)\n"
         "        C, h = values['C'][-1], values['h'][-1]"], "Gap 7, dW['", "the state is not reset"),
    (1, ["np.clip(g, -limit, limit)", "np.maximum(0, np.minimum(g, limit))"], "Gap 8, array 0:",
     "the lower limit is 0 instead of −limit"),
    (1, ["factor = limit / norm if norm > limit else 1.0\n    return [g * factor for g in gradients]",
         "return clip_by_value(gradients, limit)"], "Gap 9, array 0:", "by value instead of by norm"),
    (1, ["clipped = clip_by_norm(gradients, limit)", "clipped = gradients",
         "for w, g in zip(weights, clipped, strict=True)]",
         "for w, g in zip(weights, clipped, strict=True)]\n    clipped = clip_by_norm(gradients, limit)"],
     "Gap 10, array 0:", "nothing is clipped before the update"),
    (2, ["(gate > 0.9).mean()", "(gate > 0.9).sum()", "(gate < 0.1).mean()", "(gate < 0.1).sum()"],
     "Gap 1, open:", "sum instead of mean"),
    (2, ['values["C"]', 'values["h"]'], "Gap 5, ", "h is taken for C"),
    (3, ["net.forward(ids[:-1], ids[1:]) / (len(ids) - 1)", "net.forward(ids[:-1], ids[1:])"], "Gap 2, loss:",
     "the sum over steps is returned instead of the mean"),
    (3, ["np.log(value) - np.log(1 - value)", "value"], "Gap 1, f: it differs by up to", "the value itself"),
    (3, ["twin = copy.deepcopy(net)", "twin = net"], "Gap 1: held changed net itself", ""),
    (4, ["targets[-1] = inputs[0]", "targets[-2] = inputs[0]"], "Gap 1: the targets are shifted by one", ""),
    (4, ["targets[-1] = inputs[0]", "targets[-1] = inputs[1]"], "Gap 1: the targets are shifted by one", ""),
    (4, ["targets = np.full_like(inputs, -1)", "targets = np.roll(inputs, -1, axis=0)"],
     "Gap 1: every step has a target", ""),
    (4, ["    inputs[-1] = symbols\n", ""], "Gap 1: the last input must be the question mark", ""),
    (4, ["net.run(inputs).logits[-1].argmax(axis=1)", "net.run(inputs).logits.argmax(axis=2)",
         "(answers == targets[-1])", "(targets == answers)"], "Gap 2, accuracy: it is 0.", "over all steps"),
    (4, ["losses.append(net.forward(inputs, targets))",
         "losses.append(net.forward(inputs, targets, *(net.state if losses else ())))"],
     "Gap 4, loss: it differs", "the state is not reset"),
    (4, ["forget_bias=3", "forget_bias=0"], "of 1,024 questions over 20 steps are answered right",
     "half of C is gone after 1.0 steps"),
    (5, ["z * h_prev + (1 - z) * h_tilde", "z * h_tilde + (1 - z) * h_prev"], "Gap 1, h:",
     "z and 1 − z are exchanged"),
    (5, ['W["h"] @ np.concatenate([r * h_prev, x])', 'r * (W["h"][:, :3] @ h_prev) + W["h"][:, 3:] @ x'],
     "Gap 1, h_tilde:", "r acts after the product"),
    (5, ['"gru": 3, "lstm": 4', '"gru": 2, "lstm": 3'],
     "Gap 2, parameters of the LSTM: it is 273 instead of 364", "gates are counted instead of blocks"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("number", "changes", "where", "name"), BY_HAND, ids=[f"{n} {w} {x}" for n, _, w, x in BY_HAND]
)
def test_a_typical_mistake_is_recognised(number, changes, where, name, tmp_path):
    words = said(number, changed(number, *changes), tmp_path)
    assert where in words
    assert name in words


@pytest.mark.parametrize(
    ("number", "made"),
    fast_if(lambda at: GAPS[at] not in GAPS[:at], MISTAKES),
    ids=[f"{n}-{m.gap} {m.says}" for n, m in MISTAKES],
)
def test_every_listed_mistake_is_made_and_told_from_the_others(number, made, tmp_path):
    source = solution_path(number).read_text("utf-8")
    for old, new in made.changes:
        assert old in source, f"{old} is not in the solution any more"
        source = source.replace(old, new)
    words = said(number, source, tmp_path)
    assert words.startswith(f"Gap {made.gap}, ")
    assert words.endswith(f"It equals what comes out if {made.says}.")


def test_two_mistakes_at_once_are_not_taken_for_one(tmp_path):
    source = changed(1, "h = o * np.tanh(C)", "h = o * C", "C = f * C_prev", "C = C_prev")
    words = said(1, source, tmp_path)
    assert "C_prev is not multiplied by f; the other values differ in another way" in words


def test_an_unknown_mistake_is_at_least_measured(tmp_path):
    words = said(1, changed(1, "h = o * np.tanh(C)", "h = o * np.tanh(C) + 0.25"), tmp_path)
    assert re.fullmatch(r"Gap 2, h: it differs by up to 0\.25, most at unit \d: \S+ instead of \S+\.", words)


def test_other_ways_of_writing_it_are_right_too(tmp_path):
    source = changed(
        1,
        "return C, h", "return [C.tolist(), h]",
        "dC_next + dh * o * (1 - np.tanh(C) ** 2)", "dC_next + dh * o / np.cosh(C) ** 2",
        "np.clip(g, -limit, limit)", "np.minimum(limit, np.maximum(g, -limit))",
    )  # fmt: skip
    assert said(1, source, tmp_path) == ""


# -- files that go wrong in other ways --


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (["return C, h", "return C, h)"], "mine.py, line 34: this is not valid Python"),
        (["import numpy as np", "import numpy as np\nimport no_such_thing"],
         "mine.py, line 12 stops with ModuleN"),
        (["C = f * C_prev", "C = g * C_prev"], "line 32, in new_state, stops with NameError: name 'g'"),
        (["C = f * C_prev", "C = 1 / 0 * C_prev"], "line 32, in new_state, stops with ZeroDivisionError"),
        (["C = f * C_prev", "raise SystemExit(0)\n    C = f * C_prev"],
         "line 32, in new_state, stops with SystemExit"),
        (["return C, h", ""], "Gap 2: new_state must give C, h, but gives nothing (is a return missing?)."),
        (["return C, h", "return h"], "Gap 2: new_state must give C, h, but gives ndarray of shape (3,)."),
        (["return C, h", "return C[:2], h"], "Gap 2, C: its shape must be (3,), but it is (2,)."),
        (["return C, h", "return C * np.nan, h"], "Gap 2, C: 3 of its 3 numbers are NaN."),
        (["return C, h", "return 'C', h"], "Gap 2, C: numbers are expected, not 'C'."),
        (["return C, h", "return ..., h"], "Gap 2, C: numbers are expected, not Ellipsis."),
        (["def new_state(f, i,", "def new_state(f,"], "new_state must take the 5 arguments of the exercise"),
        (["def new_state(", "def renamed("], "mine.py has no function new_state any more"),
        (['("f", "i", "C_tilde", "o", "C", "h")}\n    h, C', '("f", "i", "C_tilde", "o", "C")}\n    h, C',
          "C, h), strict=True", "C), strict=True"],
         "Gap 3: lstm_forward must give f, i, C_tilde, o, C, h, but gives a dict of f, i, C_tilde, o, C."),
    ],
)  # fmt: skip
def test_a_file_that_goes_wrong_gets_a_sentence(changes, words, tmp_path):
    assert words in said(1, changed(1, *changes), tmp_path)


def test_what_is_no_text_gets_a_sentence(tmp_path, capsys):
    path = tmp_path / "mine.py"
    path.write_bytes(b"\0\xff")
    assert main(["check", "1", str(path)]) == 1
    assert main(["check", "1", str(tmp_path / "nowhere.py")]) == 1
    assert capsys.readouterr().out.count("\n") == 2


def test_a_loop_without_an_end_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(student, "SECONDS", 0.2)
    words = said(
        1, changed(1, "    for x_t in x:\n", "    while True:\n        pass\n    for x_t in x:\n"), tmp_path
    )
    assert "stopped, because it took more than 0.2 seconds" in words


def test_our_own_errors_are_not_blamed_on_the_student(tmp_path):
    mine = Student(solution_path(1))
    with pytest.raises(ZeroDivisionError), student._Blamed(mine.path):
        1 / 0  # noqa: B018


def test_arguments_changed_in_place_do_no_harm(tmp_path):
    source = changed(
        2, "    centred = units - units.mean(axis=0)", "    units -= units.mean(axis=0)\n    centred = units"
    )
    assert said(2, source, tmp_path) == ""


# -- the command line and the catalogue --


def test_the_list_names_all(capsys):
    assert main([]) == 0
    out = capsys.readouterr().out
    for exercise in EXERCISES:
        assert f"{exercise.number}  {exercise.title}" in out
        assert exercise.goal in out


def test_hints_come_one_at_a_time(capsys):
    assert main(["hint", "1"]) == 0
    assert "python -m exercises hint 1 2" in capsys.readouterr().out
    assert main(["hint", "1", "2"]) == 0
    assert EXERCISES[0].hints[1] in capsys.readouterr().out
    assert main(["hint", "1", "99"]) == 1


def test_the_solution_is_where_it_says(capsys):
    assert main(["solution", "2"]) == 0
    assert Path(capsys.readouterr().out.strip()).is_file()


@EACH
def test_the_catalogue_fits_the_files(number):
    exercise = EXERCISES[number - 1]
    source = solution_path(number).read_text("utf-8")
    gaps = {int(gap) for gap in re.findall(r"# GAP (\d+):", source)}
    hinted = [int(re.match(r"Gap (\d+): ", hint)[1]) for hint in exercise.hints]
    assert exercise.number == number
    assert set(hinted) == gaps and hinted == sorted(hinted) and len(hinted) >= 3
    assert exercise.title.lower() in ast.get_docstring(ast.parse(source)).lower()
    assert exercise.question.endswith("?")
    words = " ".join(source[source.index("# To think about: ") :].replace("\n#", "").split())
    assert words.lower() == f"# To think about: {exercise.question}".lower()


def test_it_imports_nothing_but_lstm_and_numpy():
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] in {"lstm", "numpy", "exercises"} | sys.stdlib_module_names, path


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """A folder with nothing but `exercises` and `lstm`, as it comes out of the course's zip."""
    folder = tmp_path_factory.mktemp("zip")
    packed = folder / "exercises.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for part in ("exercises", "lstm"):
            for path in (FOLDER.parent / part).rglob("*.py"):
                archive.write(path, path.relative_to(FOLDER.parent))
    shutil.unpack_archive(packed, folder / "unpacked")
    return folder / "unpacked"


def run(folder, *args):
    return subprocess.run(
        [sys.executable, "-m", "exercises", *args],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


@pytest.mark.parametrize("number", first_fast(1, NUMBERS))
def test_the_zip_works_by_itself(unpacked, number):
    passed = run(unpacked, "check", str(number), f"exercises/solutions/solution_{number}.py")
    assert (passed.returncode, passed.stderr) == (0, "")
    assert f"You have passed exercise {number}." in passed.stdout
    assert run(unpacked, "solution", str(number)).stdout.startswith(str(unpacked))


def test_without_solutions_a_mistake_is_measured_but_not_named(tmp_path, monkeypatch):
    source = changed(1, "h = o * np.tanh(C)", "h = o * C")
    monkeypatch.setattr(judge, "FOLDER", tmp_path)
    words = said(1, source, tmp_path)
    assert words.startswith("Gap 2, h: it differs by up to ") and "It equals" not in words


def test_an_untouched_exercise_of_the_zip_fails_without_a_traceback(unpacked):
    failed = run(unpacked, "check", "1")
    assert (failed.returncode, failed.stderr) == (1, "")
    assert EXERCISES[0].hints[0] in failed.stdout


def test_an_argument_that_was_changed_in_place_is_named_where_the_result_is_wrong(tmp_path):
    source = changed(
        1, "    f = sigmoid(", "    x += 0.1\n    concat = np.concatenate([h_prev, x])\n    f = sigmoid("
    )
    assert "gates changes its argument x in place" in said(1, source, tmp_path)


def test_a_product_whose_shapes_do_not_fit_has_its_gap_and_what_it_may_be(tmp_path):
    words = said(1, changed(1, "W[gate][:, : len(h0)].T @", "W[gate] @"), tmp_path)
    assert "Gap 6: " in words and "is a .T missing" in words


def test_the_same_batch_again_and_again_is_seen(tmp_path):
    source = changed(4, "    inputs = rng", "    rng = np.random.default_rng(0)\n    inputs = rng")
    assert "two batches are the same" in said(4, source, tmp_path)


@pytest.mark.slow
def test_open_memory_is_what_exercise_4_needs(tmp_path):
    words = said(4, changed(4, "forget_bias=3", "forget_bias=1"), tmp_path)
    assert "it must be 95%" in words and "The loss went from 2" in words and "At first b_f is 1" in words
    assert "are enough if the forget gate is open" in said(4, changed(4, "1, 20,", "1, 64,"), tmp_path)
