"""The file of a run: a save that fails, and a model that was there before."""

import errno
import os
from pathlib import Path

import pytest

from lstm import InputError
from lstm.storage.checkpoint import write_beside
from lstm.terminal import run_file
from lstm.terminal.run_file import RunFile, keep_old


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder; one for temporary files beside it."""
    (tmp_path / "temporary").mkdir()
    (tmp_path / "work").mkdir()
    monkeypatch.setattr(run_file.tempfile, "gettempdir", lambda: str(tmp_path / "temporary"))
    monkeypatch.setattr(run_file, "_PAUSE", 0)
    return tmp_path / "work"


@pytest.fixture
def replacing(monkeypatch):
    """A list of the names that can't be renamed to, with how often; an empty text stands for all."""
    failures = {}
    replace = os.replace

    def replace_or_fail(part, path):
        for words, times in failures.items():
            if words in str(path) and times:
                failures[words] -= 1
                raise PermissionError(errno.EACCES, "Permission denied")
        replace(part, path)

    monkeypatch.setattr("os.replace", replace_or_fail)
    return failures


def run_of(path, backup=False):
    """A run's file whose checkpoint is the word `new`, and what it says."""
    said = []
    file = RunFile(path, lambda place: write_beside(place, lambda f: f.write(b"new")), said.append, backup)
    return file, said


def test_a_save_that_fails_once_is_told_and_tried_again(folder, replacing):
    file, said = run_of(folder / "m.npz")
    replacing["m.npz"] = 1
    assert not file.save() and not (folder / "m.npz").exists()
    assert "m.npz cannot be written (Permission denied)." in said[0] and "tries again" in said[0]
    assert file.save() and (folder / "m.npz").read_bytes() == b"new"
    assert len(said) == 1


def test_the_last_save_waits_a_moment_and_tries_again(folder, replacing):
    file, said = run_of(folder / "m.npz")
    replacing["m.npz"] = 1
    assert file.save_last() == folder / "m.npz" and said == []


def test_the_last_save_goes_beside_then_elsewhere_then_gives_up(folder, replacing):
    file, said = run_of(folder / "m.npz")
    (folder / "m.new.npz").write_bytes(b"another's")
    replacing["m.npz"] = 9
    assert file.save_last() == folder / "m.new2.npz" and len(said) == 1
    replacing["work"] = 9
    temporary = folder.parent / "temporary"
    assert file.save_last() == temporary / "m.new.npz"
    assert (temporary / "m.new.npz").read_bytes() == b"new"
    replacing[""] = 99
    with pytest.raises(InputError, match=r"m\.npz cannot be written"):
        file.save_last()
    assert (folder / "m.new.npz").read_bytes() == b"another's"
    assert not list(folder.glob(".*"))


def test_a_place_that_can_not_be_written_to_is_noticed_before_anything_is_learned(folder, monkeypatch):
    file, _ = run_of(folder / "m.npz")
    file.check(1_000)
    assert list(folder.iterdir()) == []
    real_open = open

    def full(path, mode="r", *rest):
        return real_open("/dev/full" if mode == "wb" else path, mode, *rest)

    if os.path.exists("/dev/full"):
        monkeypatch.setattr("builtins.open", full)
        with pytest.raises(
            InputError, match=r"m\.npz cannot be written \(No space left on device\); make room"
        ):
            file.check(1_000)
        monkeypatch.undo()
    (folder / "file").write_bytes(b"")
    with pytest.raises(InputError, match=r"cannot be written \(Not a directory\)"):
        run_of(folder / "file" / "m.npz")[0].check(1)


def test_another_model_is_kept_when_the_first_save_replaces_it(folder):
    path = folder / "m.npz"
    path.write_bytes(b"old")
    file, said = run_of(path, backup=True)
    assert file.save() and file.save() and len(said) == 1
    assert (path.read_bytes(), (folder / "m.bak.npz").read_bytes()) == (b"new", b"old")
    assert keep_old(path) == folder / "m.bak2.npz"
    assert (folder / "m.bak2.npz").read_bytes() == b"new" and (folder / "m.bak.npz").read_bytes() == b"old"


def test_a_disk_without_links_gets_a_copy_and_a_full_one_saves_nothing(folder, monkeypatch):
    path = folder / "m.npz"
    path.write_bytes(b"old")

    def no_link(*names):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("os.link", no_link)
    assert keep_old(path).read_bytes() == b"old"

    def full(source, target):
        Path(target).write_bytes(b"o")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("shutil.copy2", full)
    file, said = run_of(path, backup=True)
    assert not file.save() and path.read_bytes() == b"old" and "No space left" in said[0]
    assert not (folder / "m.bak2.npz").exists()
