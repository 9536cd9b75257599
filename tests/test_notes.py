"""The steps of NOTES.md, followed in a copy of the repository."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow
NOTES = (ROOT / "NOTES.md").read_text("utf-8")
LEFT_OUT = shutil.ignore_patterns(".git", ".*_cache", "__pycache__", "*.pyc", "screenshot.png")


def blocks(title):
    """The pieces of code below a heading."""
    section = NOTES.split(f"\n## {title}\n")[1].split("\n## ")[0]
    return re.findall(r"```(?:python|text)\n(.*?)```", section, re.DOTALL)


@pytest.fixture
def copy(tmp_path):
    """The repository as somebody else has it, to be changed."""
    for name in ("streamlit_app.py", "train_minimal.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    for name in (
        "pages",
        "lesson",
        "visualization",
        "lstm",
        "exercises",
        "assets",
        "sample_texts",
        ".streamlit",
    ):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=LEFT_OUT)
    return tmp_path


def put(path, new, before=None):
    """Write a piece into a file: before a line, else at its end."""
    text = path.read_text("utf-8")
    if before is None:
        path.write_text(f"{text}\n\n{new}", "utf-8")
        return
    assert text.count(before) == 1, before
    path.write_text(text.replace(before, new + before), "utf-8")


def run(folder, *arguments):
    """What a command prints."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


OPEN = """
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("streamlit_app.py", default_timeout=120).run()
for name, value in {query!r}.items():
    app.query_params[name] = value
app = app.switch_page("pages/{page}").run()
assert not app.exception, app.exception[0].value
print(app.title[0].value, *(e.value for e in app.markdown), *(o for s in app.selectbox for o in s.options))
"""


def test_a_page_is_added(copy):
    page, entry = blocks("A page")
    (copy / "pages/8_mine.py").write_text(page, "utf-8")
    put(copy / "lesson/frame/lessons.py", entry, before=")  # fmt: skip")
    shown = run(copy, "-c", OPEN.format(page="8_mine.py", query={"z": "2.0"}))
    assert shown.startswith("Mine") and "here 0.88." in shown and "sheet=Words&term=gate" in shown


def test_a_text_and_a_model_are_added(copy):
    sentences = [f"The mill of {name} turns in the wind.\n" for name in ("Ada", "Ben", "Cleo", "Dora")]
    (copy / "sample_texts/mine.txt").write_text("".join(sentences) * 60, "utf-8")
    shown = run(copy, "-c", OPEN.format(page="4_training.py", query={"tab": "Live"}))
    assert "mine" in shown.split()
    measure, recipe = blocks("A model")
    put(copy / "assets/build/measures.py", measure)
    put(copy / "assets/build/models.py", f"{recipe}\n\n", before="def build(name: str)")
    assert run(copy, "-m", "assets.build.models", "mine").splitlines()[-1].startswith("| `mine` | LSTM | ")
    shown = run(copy, "-c", OPEN.format(page="5_sampling.py", query={"network": "mine"}))
    assert "mine" in shown.split()


GRADIENT = """
import numpy as np
from lstm import Vocabulary, load, save
from lstm.network import NETWORKS
net = NETWORKS["leaky"](5, 7, 5, seed=1, dtype=np.float64)
rng = np.random.default_rng(0)
inputs, targets, h = rng.integers(0, 5, (6, 3)), rng.integers(0, 5, (6, 3)), rng.normal(size=(3, 7))
net.forward(inputs, targets, h)
dh = net.backward(clip=None)
away = rng.normal(size=net.weights.flat.size)
slope = net.gradients.flat @ away
start = net.weights.flat.copy()
losses = []
for e in (1e-5, -1e-5):
    net.weights.flat[:] = start + e * away
    losses.append(net.forward(inputs, targets, h))
print(abs((losses[0] - losses[1]) / 2e-5 / slope - 1))
save("leaky.npz", net, Vocabulary("abcde"))
print(load("leaky.npz")[0].kind)
"""


def test_a_cell_is_added(copy):
    cell, network = blocks("A cell")
    (copy / "lstm/cells/leaky.py").write_text(cell, "utf-8")
    networks = copy / "lstm/network/networks.py"
    put(networks, network)
    put(networks, "from lstm.cells.leaky import LeakyRNNCell\n", before="from lstm.network.network import")
    error, kind = run(copy, "-c", GRADIENT).split()
    assert float(error) < 1e-8 and kind == "leaky"
    data = "sample_texts/rhymes.txt"
    train = ["--data", data, "--cell", "leaky", "--hidden-size", "8", "--epochs", "1"]
    run(copy, "train_minimal.py", *train, "--checkpoint", "out.npz")
    assert run(copy, "-c", "from lstm import load; print(load('out.npz')[0].kind)") == "leaky\n"
