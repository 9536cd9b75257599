"""What the README says is true: its commands, its numbers, its links."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from assets.build.models import FOLDER, MODELS, row
from lstm.storage.checkpoint import read

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"```(\w+)\n(.*?)```", README, re.DOTALL)


@pytest.mark.slow
def test_ten_lines_of_the_library_print_the_number_that_the_readme_prints(monkeypatch):
    code = next(code for language, code in BLOCKS if language == "python")
    assert len([line for line in code.splitlines() if line.strip()]) <= 10
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    first, rest = done.stdout.split("\n", 1)
    # The last digit may differ between processors, which add in different orders.
    promised = float(re.search(r"It prints `([\d.]+) nats per character`", README)[1])
    assert abs(float(first.split()[0]) - promised) <= 0.02 and first.endswith(" nats per character")
    assert len(rest) >= 60


@pytest.mark.slow
@pytest.mark.parametrize("name", MODELS)
def test_the_table_of_models_says_what_is_measured(name):
    """To within three hundredths: what is written at a temperature depends on the last digits."""
    promised = next(line for line in README.splitlines() if line.startswith(f"| `{name}` |")).split(" | ")
    found = row(name).split(" | ")
    assert promised[:3] == found[:3]
    for cell in (3, 4):
        ours, theirs = (float(re.search(r"[\d.]+", line[cell])[0]) for line in (promised, found))
        assert abs(ours - theirs) <= (0.02 if cell == 3 else 3)


def test_the_files_with_the_best_epoch_are_the_ones_that_are_named():
    words = " ".join(README.split())
    assert "The files of the fables and the rhymes have the weights of the best epoch" in words
    noted = {name for name in MODELS if "epoch" in read(FOLDER / f"{name}.npz").notes}
    assert noted == {"fables", "fables_gru", "fables_rnn", "fables_two_layers", "rhymes"}


def test_every_link_leads_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("https://") or (ROOT / target).exists(), target


def test_ci_runs_the_second_command_word_for_word():
    commands = [code.strip() for language, code in BLOCKS if language == "bash"]
    assert commands[1] in (ROOT / ".ci/run").read_text("utf-8")
    assert commands[0].endswith("streamlit run streamlit_app.py")


def test_every_file_that_the_readme_runs_is_there():
    for name in re.findall(r"(?:python|run) ([\w/]+\.py)", README):
        assert (ROOT / name).is_file(), name
    for name in re.findall(r"python -m ([\w.]+\.\w+)", README):
        path = ROOT / name.replace(".", "/")
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), name
