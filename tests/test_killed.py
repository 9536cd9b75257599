"""What is left when a process is killed in the middle: the old file or the new one, never a half."""

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from lstm import LSTM
from lstm.storage.checkpoint import read
from tests.tiers import first_fast

ROOT = Path(__file__).parents[1]

# Saves two networks in turn under one name, as fast as it can, and says when it has begun.
SAVING = """
import sys
from lstm import LSTM, Vocabulary, save
vocabulary = Vocabulary.from_text("abcdefgh")
nets = [LSTM(8, 300, 8, seed=seed) for seed in (1, 2)]
save(sys.argv[1], nets[0], vocabulary)
print("begun", flush=True)
while True:
    for net in nets:
        save(sys.argv[1], net, vocabulary)
"""


@pytest.mark.parametrize("after", first_fast(1, [0.012, 0.003, 0.007, 0.02, 0.033, 0.05]))
def test_a_save_that_is_killed_leaves_a_whole_file(after, tmp_path):
    path = tmp_path / "model.npz"
    saving = subprocess.Popen([sys.executable, "-c", SAVING, path], cwd=ROOT, stdout=subprocess.PIPE)
    assert saving.stdout.readline() == b"begun\n"
    time.sleep(after)
    saving.kill()
    saving.wait()
    saving.stdout.close()
    found = read(path).net
    assert any(np.array_equal(found.W, LSTM(8, 300, 8, seed=seed).W) for seed in (1, 2))
    # What was being written has a name that nothing reads.
    assert all(part.name.startswith(".") for part in tmp_path.iterdir() if part != path)


@pytest.mark.skipif(sys.platform != "linux", reason="it looks at a process by its descriptor")
def test_a_worker_does_not_outlive_its_server():
    """Killed without a word: the pipe to the worker closes, and it ends."""
    server = subprocess.Popen(
        [
            sys.executable, "-c",
            "from lesson.training.engine.process import WorkerProcess\n"
            "import time\n"
            "worker = WorkerProcess(lambda *_: None, lambda *_: None)\n"
            "print(worker._process.pid, flush=True)\n"
            "time.sleep(60)",
        ],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    worker = int(server.stdout.readline())
    end_of_worker = os.pidfd_open(worker)  # it lives
    server.send_signal(signal.SIGKILL)
    server.wait()
    server.stdout.close()
    ended, _, _ = select.select([end_of_worker], [], [], 60)
    os.close(end_of_worker)
    if not ended:
        os.kill(worker, signal.SIGKILL)
    assert ended, "the worker goes on without a server"
