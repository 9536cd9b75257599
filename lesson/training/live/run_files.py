"""The files of a run besides its checkpoint: its history as a table, and a script that repeats it."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

import numpy as np

from lesson.training.engine.recording import Recording
from lesson.training.engine.settings import SYMBOLS, UPDATES, RunSettings

OWN_FILE = "my_text.txt"  # the name that a visitor's own text has in the script
_COLUMNS = ("step", "epoch", "loss", "validation_loss", "gradient_norm")
_RECALL_COLUMNS = ("step", "loss", "right", "gradient_norm")


def file_stem(settings: RunSettings) -> str:
    """Return text, cell and size as the beginning of a file's name, from letters that any name may have."""
    text = re.sub(r"[^a-z0-9]+", "_", settings.text.lower())[:40].strip("_")
    return "_".join(part for part in (text, settings.cell, str(settings.hidden)) if part)


def history_csv(recording: Recording) -> bytes:
    """Write every step that is known as a line of a table; empty where nothing was measured.

    Columns step, epoch, loss, validation_loss and gradient_norm; for the recall task step, loss, right
    (the share of right answers) and gradient_norm.  The numbers are exact: read back, they are the same.
    """
    history, begun = recording.up_to(recording.head), recording.begun
    if recording.settings.recall:
        right = dict(history.right)
        rows = zip(
            history.step, history.loss, map(right.get, history.step), history.gradient_norm, strict=True
        )
        return _csv(_RECALL_COLUMNS, rows)
    chunks = begun.chunks if begun else 1
    measured = dict(zip(history.validation_step.tolist(), history.validation_loss, strict=True))
    epochs = (history.step - 1) // chunks + 1
    validation = (measured.get(step) for step in history.step.tolist())
    rows = zip(history.step, epochs, history.loss, validation, history.gradient_norm, strict=True)
    before = begun.before if begun else {}
    earlier = zip(*(before.get(name, ()) for name in _COLUMNS), strict=True)
    return _csv(_COLUMNS, [*earlier, *rows])


def _csv(names: Sequence[str], rows: Iterable[Iterable[float | None]]) -> bytes:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(map(_cell, names, row) for row in rows)
    return table.getvalue().encode()


def _cell(name: str, value: float | None) -> int | float | None:
    """Return a number of Python's own, which is written exactly; None for what was not measured."""
    if value is None or (name == "validation_loss" and np.isnan(value)):
        return None
    return int(value) if name in ("step", "epoch") else float(value)


# -- the script --

_HEAD = '''"""Repeats a run of the training page: {title}.

Save this file in the course's folder and run it there:  python {name}
It prints the run's history: the same numbers to the last digit, as long as NumPy computes as it did on the
page, with the same version on the same kind of processor and in one thread.  Where it doesn't, the last
digit differs first, and the difference grows with every step.
"""

import os

for library in ("OPENBLAS", "MKL", "OMP"):
    # Before NumPy is imported.  More threads add the same numbers in another order: other digits.
    os.environ[f"{{library}}_NUM_THREADS"] = "1"

'''
_TEXT = """{imports}

TEXT = {path!r}  # {whose}

text = read_text(TEXT)
{check}vocabulary = Vocabulary.from_text(text)
{network}
training = train(
    net,
    vocabulary.encode(text),
{arguments}
)
print("step,epoch,loss,validation_loss,gradient_norm")
for done in {reports}:
    validation = "" if done.validation_loss is None else done.validation_loss
    print(done.step, done.epoch, done.loss, validation, done.gradient_norm, sep=",")

# What it writes now, with the same random numbers as on the page.
first = vocabulary.encode(text[0])
written = walk(net, first, length=240, temperature={temperature!r}, seed=0)
print("\\n" + vocabulary.decode(step.index for step in written), file=sys.stderr)
# To keep the network and go on with it another time:  save("again.npz", net, vocabulary, training)
"""
_CHECK = """if hashlib.sha256(text.encode()).hexdigest()[:16] != {digest!r}:
    print(f"{{TEXT}} is not the text of that run: the numbers will be different.", file=sys.stderr)
"""
_RESUMED = """checkpoint = read({path!r})  # the file that the run went on with: put its name here
net = checkpoint.net"""
_RECALL = """from itertools import islice

from lstm import {network}
from lstm.recall.experiment import train_recall
from lstm.recall.task import recall_size

size = recall_size({symbols})
net = {network}(size, {hidden}, size, seed={seed}{bias})
training = train_recall(
    net,
{arguments}
)
print("step,loss,right,gradient_norm")
for done in {reports}:
    right = "" if done.accuracy is None else done.accuracy
    print(done.step, done.loss, right, done.gradient_norm, sep=",")
"""


def script(settings: RunSettings, steps: int | None, resumed: bool = False) -> str:
    """Write a Python file of `lstm` alone that repeats a run to the bit and prints what `history_csv` holds.

    steps: where to stop, for a run that was bounded by time; None: at its end.  resumed: whether it went
    on with a checkpoint, which the script then reads too.
    """
    head = _HEAD.format(title=_title(settings, steps), name=f"{file_stem(settings)}.py")
    return head + (_recall(settings, steps) if settings.recall else _text(settings, steps, resumed))


def _title(settings: RunSettings, steps: int | None) -> str:
    text = (
        "the recall task"
        if settings.recall
        else settings.text
        if not settings.digest
        else "a text of your own"
    )
    length = f"{steps:,} steps" if steps else f"{settings.amount} epochs"
    return f"{settings.cell.upper()}, {settings.hidden} hidden units, {_plain(text)}, {length}"


def _plain(text: str) -> str:
    """Return a text's name without what could end a docstring."""
    return re.sub(r"[^\w .-]+", " ", text)


def _text(settings: RunSettings, steps: int | None, resumed: bool) -> str:
    own, network = bool(settings.digest), settings.cell.upper()
    names = ["train", "Vocabulary"] if resumed else [network, "Vocabulary", "train"]
    imports = ["import hashlib"] if own else []
    imports += ["import sys", "from itertools import islice"] if steps else ["import sys"]
    imports += ["", f"from lstm import {', '.join(names)}"]
    imports += ["from lstm.storage.checkpoint import read"] if resumed else []
    imports += ["from lstm.sampling import walk", "from lstm.text import read_text"]
    arguments = {
        name: value
        for name, value in vars(settings.training()).items()
        if name in _TRAIN_ARGUMENTS or (name in _CURES and value)
    }
    if resumed:
        create = _RESUMED.format(path="checkpoint.npz")
    else:
        create = f"net = {network}(len(vocabulary), {settings.hidden}, len(vocabulary), seed={settings.seed}"
        create += f"{_bias(settings)})"
    lines = [f"    {name}={value!r}," for name, value in arguments.items()]
    lines += ["    resume=checkpoint.training,"] if resumed else []
    left = f"{steps} - training.step" if resumed else f"{steps}"
    return _TEXT.format(
        imports="\n".join(imports),
        path=OWN_FILE if own else f"sample_texts/{settings.text}.txt",
        whose="the text of the run, as UTF-8: put your file's name here"
        if own
        else "from the course's folder",
        check=_CHECK.format(digest=settings.digest) if own else "",
        network=create,
        arguments="\n".join(lines),
        reports=f"islice(training, {left})" if steps else "training",
        temperature=settings.temperature,
    )


# What a run can choose of `lstm.train`'s settings.
_TRAIN_ARGUMENTS = (
    "epochs", "seq_length", "batch_size", "learning_rate", "optimiser", "clip_norm", "clip_value", "seed",
)  # fmt: skip
_CURES = ("dropout", "weight_decay")  # of overfitting, where a run has them


def _bias(settings: RunSettings) -> str:
    names = {"lstm": "forget_bias", "gru": "keep_bias"}
    return f", {names[settings.cell]}={settings.bias!r}" if settings.cell in names else ""


def _recall(settings: RunSettings, steps: int | None) -> str:
    arguments = {
        "gap": settings.seq,
        "steps": settings.amount * UPDATES if settings.budget == "epochs" else 10**6,
        "seed": settings.seed,
        "symbols": SYMBOLS,
        "batch_size": settings.batch,
        "learning_rate": settings.rate,
        "clip_norm": settings.clip_at,
    }
    code = _RECALL.format(
        network=settings.cell.upper(),
        symbols=SYMBOLS,
        hidden=settings.hidden,
        seed=settings.seed,
        # The task's GRU has no bias to choose.
        bias=_bias(settings) if settings.cell == "lstm" else "",
        arguments="\n".join(f"    {name}={value!r}," for name, value in arguments.items()),
        reports=f"islice(training, {steps})" if steps else "training",
    )
    return code if steps else code.removeprefix("from itertools import islice\n\n")
