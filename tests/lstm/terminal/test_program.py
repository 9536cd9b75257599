"""Commands that are printed can be copied and run."""

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from lstm.terminal import program
from lstm.terminal.program import INSTALLED, quote, script

NAMES = ["m.npz", "a b/m.npz", "it's.npz", "$HOME.npz", "ä;b.npz", "-m.npz"]


@pytest.mark.parametrize("name", NAMES)
def test_a_shell_takes_the_printed_command_apart_again(name, monkeypatch):
    monkeypatch.setattr(program.os, "name", "posix")
    assert shlex.split(INSTALLED.generate_command(Path(name))) == ["lstm", "generate", name]


def test_windows_gets_its_own_quotes(monkeypatch):
    monkeypatch.setattr(program.os, "name", "nt")
    assert quote(["lstm", "generate", r"C:\My models\m.npz"]) == r'lstm generate "C:\My models\m.npz"'


def test_the_script_is_named_by_the_path_that_it_was_called_by(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["../my course/train_minimal.py", "--data", "x"])
    command = shlex.split(script().generate_command(Path("m.npz")))
    assert command == ["python", "../my course/train_minimal.py", "--generate", "--checkpoint", "m.npz"]
    monkeypatch.setattr(sys, "argv", ["ipykernel_launcher.py"])
    assert script().generate[:2] == ("python", "train_minimal.py")


def test_the_printed_command_runs(tmp_path):
    root = Path(program.__file__).parents[2]
    code = (
        "import sys; from train_minimal import main\n"
        "sys.exit(main(['--data', 't.txt', '--epochs', '1', '--hidden-size', '4', '--seq-length', '5', "
        "'--checkpoint', 'a b/it\\'s.npz']))"
    )
    (tmp_path / "a b").mkdir()
    (tmp_path / "t.txt").write_text("the cat sat. " * 40, "utf-8")
    environment = {"PYTHONPATH": str(root), "PATH": ""}
    call = {"cwd": tmp_path, "capture_output": True, "text": True, "check": True}
    done = subprocess.run([sys.executable, "-c", code], **call, env=environment)
    words = shlex.split(done.stderr.splitlines()[-1].split("; ")[1].removesuffix(" writes more."))
    words[:2] = [sys.executable, str(root / words[1])]
    assert len(subprocess.run(words, **call).stdout) == 501
