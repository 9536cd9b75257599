"""The installed library: what is in the wheel, what it loads and how fast, its command, its types."""

import subprocess
import sys
import tarfile
import zipfile

import pytest

from lstm import __version__
from tests.installed.conftest import ROOT

PACKAGES = ("lstm", "visualization")


def modules(package):
    return {path.relative_to(ROOT).as_posix() for path in (ROOT / package).rglob("*.py")}


def test_a_wheel_holds_the_two_packages_and_the_command_and_nothing_else(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    metadata = {name for name in names if name.split("/")[0] == f"lstm_course-{__version__}.dist-info"}
    typed = {f"{package}/py.typed" for package in PACKAGES}
    assert names - metadata == modules("lstm") | modules("visualization") | typed | {"train_minimal.py"}


def test_a_source_archive_is_enough_to_build(built):
    (path,) = built.glob("*.tar.gz")  # the wheel was built from it
    top = f"lstm_course-{__version__}"
    with tarfile.open(path) as archive:
        names = set(archive.getnames())
    assert {f"{top}/pyproject.toml", f"{top}/README.md", f"{top}/lstm/py.typed"} <= names
    assert not [name for name in names if name.startswith((f"{top}/lesson", f"{top}/assets"))]


def test_numpy_is_all_that_is_required(fresh):
    listed = fresh.run("python", "-m", "pip", "list", "--format=freeze").stdout.split()
    names = {line.split("==")[0] for line in listed}
    assert names - {"pip", "setuptools"} == {"lstm-course", "numpy"}
    version = fresh.python("from importlib.metadata import version; print(version('lstm-course'))")
    assert version.strip() == __version__ == fresh.python("import lstm; print(lstm.__version__)").strip()


LOADED = """
import sys
import lstm
names = {name.split(".")[0] for name in sys.modules} - set(sys.stdlib_module_names)
print(*sorted(name for name in names if not name.startswith("_")))
print(lstm.__file__)
"""


def test_the_library_loads_numpy_and_nothing_else(fresh):
    names, path = fresh.python(LOADED).splitlines()
    assert names == "lstm numpy"
    assert str(fresh.folder) in path


def processor_time(program, *arguments):
    """Seconds of processor time that a program takes, the best of nine."""
    code = (
        "import os, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)\n"
        "times = os.times()\n"
        "print(times.children_user + times.children_system)"
    )
    command = [sys.executable, "-c", code, program, *map(str, arguments)]
    return min(float(subprocess.run(command, capture_output=True, check=True).stdout) for _ in range(9))


@pytest.mark.skipif(sys.platform == "win32", reason="it measures the processor time of child processes")
def test_it_is_there_at_once(fresh):
    python = fresh.programs / "python"
    numpy = processor_time(python, "-c", "import numpy")
    assert processor_time(python, "-c", "import lstm") - numpy <= 0.15
    assert processor_time(python, ROOT / "train_minimal.py", "--help") <= 0.4
    assert processor_time(fresh.programs / "lstm", "--help") <= 0.4


def test_the_command_trains_writes_and_tells(fresh):
    (fresh.folder / "cats.txt").write_text("the cat sat on the mat.\n" * 200, "utf-8")
    trained = fresh.run("lstm", "train", "cats.txt", "--epochs", 2, "--hidden-size", 8)
    assert "lstm generate lstm_model.npz writes more" in trained.stderr
    written = fresh.run("lstm", "generate", "--length", 40, "--prompt", "the cat", "--seed", 1)
    assert written.stdout.startswith("the cat") and len(written.stdout) == len("the cat") + 40 + 1
    assert "LSTM, 8 hidden units" in fresh.run("lstm", "info").stdout
    assert fresh.run("lstm", "--version").stdout.strip() == f"lstm {__version__}"


NOTEBOOK = """
import sys

class Cell:  # what stands in the place of standard output and error in a notebook
    text = ""
    def write(self, text): Cell.text += text

from lstm import LSTM, Vocabulary, generate, load, save, train
from lstm.terminal.command import main

text = "the cat sat on the mat.\\n" * 100
vocabulary = Vocabulary.from_text(text)
net = LSTM(len(vocabulary), 8, len(vocabulary), seed=1)
*_, progress = train(net, vocabulary.encode(text), epochs=2, batch_size=4, seq_length=10)
save("notebook.npz", net, vocabulary)
net, vocabulary = load("notebook.npz")
print(len("".join(s.char for s in generate(net, vocabulary, length=30, seed=0))))
open("notebook.txt", "w").write(text)
out, err = sys.stdout, sys.stderr
sys.stdout = sys.stderr = Cell()
code = main(["train", "notebook.txt", "--epochs", "1", "--hidden-size", "4", "--checkpoint", "cell.npz"])
sys.stdout, sys.stderr = out, err
print(code, "Saved in cell.npz" in Cell.text)
"""


def test_it_works_in_a_notebook(fresh):
    assert fresh.python(NOTEBOOK).split() == ["30", "0", "True"]


TYPED = """
from lstm import LSTM, Vocabulary, train
from visualization.symbols import SYMBOLS

net = LSTM(3, 4, 3)
for progress in train(net, Vocabulary("abc").encode("abcabc")):
    reveal_type(progress.loss)
    reveal_type(net.hidden_size)
LSTM("three", 4, 3)
"""


def test_mypy_sees_the_types(fresh):
    (fresh.folder / "typed.py").write_text(TYPED, "utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--python-executable", fresh.programs / "python"]
    done = subprocess.run(
        [*command, "typed.py"], cwd=fresh.folder, capture_output=True, text=True, check=False
    )
    assert 'Revealed type is "float"' in done.stdout.replace("builtins.", "")
    assert 'Revealed type is "int"' in done.stdout.replace("builtins.", "")
    errors = [line for line in done.stdout.splitlines() if ": error:" in line]
    assert len(errors) == 1 and "[arg-type]" in errors[0] and "typed.py:9:" in errors[0], done.stdout


CHARTS = """
import numpy as np
from visualization import plot_gate_activations
gates = {name: np.full((3, 2), 0.5) for name in ("f", "i", "o")}
print(type(plot_gate_activations(gates, "abc")).__module__.split(".")[0])
import PIL, safetensors, vl_convert
"""


def test_the_extras_bring_what_charts_and_exchange_need(fresh_with_extras):
    assert fresh_with_extras.python(CHARTS).strip() == "altair"
