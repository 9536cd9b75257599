"""The command as people use it: terminals, pipes, signals, full disks, notebooks; nothing is lost."""

import os
import re
import signal
import struct
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from lstm.storage.checkpoint import read
from tests.tiers import first_fast
from tests.waiting import PATIENCE, wait_until

ROOT = Path(__file__).parents[3]
TEXT = "the cat sat on the mat and the dog sat on the log.\n" * 60
LONG = "--epochs 100000 --hidden-size 8 --seq-length 10"
SHORT = "--epochs 6 --hidden-size 8 --seq-length 10"
# As on most machines: with standard output in a buffer, which Python writes out at its end once more.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
ENVIRONMENT |= {"T": str(ROOT / "train_minimal.py"), "P": sys.executable, "PYTHONPATH": str(ROOT)}
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="it uses what other systems have: signals, sh, pty"),
]


@pytest.fixture
def place(tmp_path):
    (tmp_path / "input.txt").write_text(TEXT, "utf-8")
    return tmp_path


def words(options):
    return [sys.executable, str(ROOT / "train_minimal.py"), *f"--data input.txt {options}".split()]


@pytest.fixture
def start(place):
    """A function that starts a training; what still runs after the test is ended."""
    processes = []

    def start(command, **streams):
        streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE} | streams
        process = subprocess.Popen(
            command, cwd=place, env=ENVIRONMENT, text=True, start_new_session=True, **streams
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # with all that it has started
        process.communicate()


def shell(line, folder):
    """Run a line of the shell in which $T stands for the script, and return what it does."""
    return subprocess.run(
        ["bash", "-c", line], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True,
        timeout=PATIENCE, check=False,
    )  # fmt: skip


def is_whole(path):
    """Whether a run was saved, at the step that its history ends with."""
    checkpoint = read(path)
    return checkpoint.training["step"] == checkpoint.history["step"][-1]


# -- a terminal --


def written_on_a_terminal(start, options, columns):
    """What a command writes to a terminal of so many columns, and its exit code."""
    import fcntl
    import pty
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = start(words(options), stderr=theirs)
    os.close(theirs)
    written = b""
    while True:
        try:
            data = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not data:
            break
        written += data
    os.close(ours)
    return written.decode(), process.wait(timeout=PATIENCE)


@pytest.mark.parametrize("columns", first_fast(1, [80, 40]))
def test_no_progress_line_wraps(start, columns):
    written, code = written_on_a_terminal(start, SHORT, columns)
    assert code == 0
    lines = [line for line in re.split(r"[\r\n]+", written) if "\x1b[K" in line]
    assert len(lines) > 10 and any(re.search(r"\b\d+%", line) for line in lines)
    assert max(len(line.replace("\x1b[K", "")) for line in lines) < columns


# -- pipes --


def test_a_reader_that_leaves_costs_nothing_but_its_samples(place):
    done = shell(f'"$P" "$T" --data input.txt {SHORT} | head -c 1; exit ${{PIPESTATUS[0]}}', place)
    assert done.returncode == 0 and len(done.stdout) == 1
    assert "Samples can't be written any more (Broken pipe); the training goes on." in done.stderr
    assert done.stderr.count("Broken pipe") == 1 and "Traceback" not in done.stderr
    checkpoint = read(place / "lstm_model.npz")
    assert checkpoint.history["epoch"][-1] == 6 and is_whole(place / "lstm_model.npz")


@pytest.mark.slow
def test_both_streams_into_a_pipe_that_closes(place):
    line = f'{{ "$P" "$T" --data input.txt {SHORT} 2>&1; echo $? > code; }} | head -n 2'
    assert shell(line, place).stderr == ""
    assert (place / "code").read_text().strip() == "0" and is_whole(place / "lstm_model.npz")


@pytest.mark.slow
def test_a_full_disk_behind_standard_output_is_said(place):
    if not os.path.exists("/dev/full"):
        pytest.skip("there is no such device")
    done = shell(f'"$P" "$T" --data input.txt {SHORT} > /dev/full', place)
    assert done.returncode == 0 and "No space left on device" in done.stderr
    done = shell('"$P" "$T" --generate > /dev/full', place)
    assert done.returncode == 2 and done.stderr.count("No space left on device") == 1


def test_ctrl_c_with_tee_saves_says_so_and_is_no_success(place, start):
    """A Ctrl-C reaches the whole line: tee ends at once, and nobody reads the training's output."""
    # The shell itself has to live on to note the exit code.
    line = f'trap : INT; "$P" "$T" --data input.txt {LONG} 2> said | tee log; echo ${{PIPESTATUS[0]}} > code'
    process = start(["bash", "-c", line], stderr=subprocess.DEVNULL)
    wait_until((place / "lstm_model.npz").exists)
    os.killpg(process.pid, signal.SIGINT)
    process.wait(timeout=PATIENCE)
    wait_until((place / "code").exists)
    assert (place / "code").read_text().strip() == "130"
    said = (place / "said").read_text()
    assert "Stopped and saved in lstm_model.npz; the same command with --resume goes on" in said
    assert "Traceback" not in said and "Exception" not in said and is_whole(place / "lstm_model.npz")


# -- signals --


@pytest.mark.parametrize("number", first_fast(1, [signal.SIGTERM, signal.SIGHUP]))
def test_who_ends_it_from_outside_loses_nothing(place, start, number):
    # As a terminal starts it, even if these tests run under nohup.
    process = start(words(LONG), preexec_fn=lambda: signal.signal(number, signal.SIG_DFL))
    wait_until((place / "lstm_model.npz").exists)
    process.send_signal(number)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130 and "Stopped and saved in lstm_model.npz" in err
    assert is_whole(place / "lstm_model.npz")


@pytest.mark.slow
def test_ctrl_c_in_the_first_epoch_saves_what_there_is(place, start):
    (place / "input.txt").write_text(TEXT * 200, "utf-8")
    process = start(words("--hidden-size 64"))
    next(line for line in process.stderr if line.startswith("epoch 1/"))
    assert not (place / "lstm_model.npz").exists()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130 and "Stopped and saved" in err
    assert is_whole(place / "lstm_model.npz")


# -- disks --

FAILING = """
import os, sys
sys.argv[1:] = sys.argv[2:]
times, replace = int({times!r}), os.replace
def fail(*names):
    global times
    times -= 1
    if times < 0:
        return replace(*names)
    raise PermissionError(13, "Permission denied")
os.replace = fail
from lstm.terminal.command import main
sys.exit(main())
"""


def failing_saves(times, folder, options=SHORT):
    code = FAILING.format(times=times)
    command = [sys.executable, "-c", code, "-", "train", "input.txt", *options.split()]
    return subprocess.run(
        command, cwd=folder, env=ENVIRONMENT | {"TMPDIR": str(folder)},
        capture_output=True, text=True, timeout=PATIENCE, check=False,
    )  # fmt: skip


def test_one_save_that_fails_does_not_end_a_training(place):
    done = failing_saves(1, place)
    assert done.returncode == 0
    assert "Not saved: lstm_model.npz cannot be written (Permission denied)." in done.stderr
    assert read(place / "lstm_model.npz").history["epoch"][-1] == 6 and is_whole(place / "lstm_model.npz")


@pytest.mark.slow
def test_saves_that_always_fail_end_in_another_place_or_in_exit_code_2(place):
    done = failing_saves(6 + 2, place)  # every epoch's, and twice at the end
    assert done.returncode == 0 and "lstm generate lstm_model.new.npz writes more" in done.stderr
    assert is_whole(place / "lstm_model.new.npz")
    (place / "lstm_model.new.npz").unlink()
    done = failing_saves(10**6, place)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "lstm: lstm_model.npz cannot be written (Permission denied)."
    assert sorted(path.name for path in place.iterdir()) == ["input.txt"]


# -- notebooks --

CELL = """
import signal, sys

signal.signal(signal.SIGINT, signal.default_int_handler)  # as in a notebook

class Stream:  # what stands in the place of standard output and error: it can be written to, no more
    text = ""
    def write(self, text): Stream.text += text

out = sys.stdout
sys.stdout = sys.stderr = {stream}
sys.argv[:] = ["train_minimal.py", *"--data input.txt --epochs 2 --hidden-size 8 --seq-length 10".split()]
import runpy
try:
    runpy.run_path({script!r}, run_name="__main__")  # what `%run` does
except SystemExit as end:
    print(end.code, "Saved in" in Stream.text, file=out)
sys.stdout = sys.stderr = out
print(signal.getsignal(signal.SIGINT) is signal.default_int_handler, file=out)
"""


@pytest.mark.parametrize(("stream", "says"), first_fast(1, [("Stream()", "True"), ("None", "False")]))
def test_run_in_a_notebook(place, stream, says):
    code = CELL.format(stream=stream, script=str(ROOT / "train_minimal.py"))
    call = {"cwd": place, "env": ENVIRONMENT, "capture_output": True, "text": True, "check": True}
    done = subprocess.run([sys.executable, "-c", code], **call)
    assert done.stdout.split() == ["0", says, "True"] and done.stderr == ""
    assert is_whole(place / "lstm_model.npz")


@pytest.mark.slow
def test_closed_streams(place):
    done = shell(f'"$P" "$T" --data input.txt {SHORT} >&- 2>&-', place)
    assert done.returncode == 0 and is_whole(place / "lstm_model.npz")


# -- a file, where a line can't be written over --


@pytest.mark.slow
def test_without_a_terminal_a_long_epoch_says_something_within_seconds(place, start):
    (place / "input.txt").write_text(TEXT * 300, "utf-8")
    process = start(words("--hidden-size 128"))
    line = next(line for line in process.stderr if line.startswith("epoch 1/"))
    assert line.startswith("epoch 1/50 [") and "validation" not in line
