"""Lines that nobody should type: refused in one sentence, and nothing is written where it should not be."""

import re

import train_minimal
from lstm.terminal.options import DEFAULT_CHECKPOINT
from tests.bad_input.doors import ACCEPTED, CONTROL, MARKUP, each_case, files_below, is_one_sentence

DATA = "--data text --epochs 1 --hidden-size 4 --seq-length 5"
LINES = {
    "nothing": ("", "--data"),
    "an unknown option": ("--rm -rf", "Unrecognized"),
    "a word": ("text", "Unrecognized arguments: text"),
    "an option from right to left": ("--\u202ex", r"Unrecognized arguments: --\\u202ex"),
    "a line end and control": (["x\n\x1b[2J"], r"x\\n\\x1b\[2J"),
    "a file of arguments": ("@text", "Unrecognized"),
    "a value that is missing": ("--data", "expected one argument"),
    "an option twice": (f"--data binary {DATA}", ACCEPTED),  # the last counts
    "no such text": ("--data nowhere", "no file nowhere"),
    "no name of a text": (["--data", ""], "folder"),
    "a text that is a device": ("--data /dev/null", "is empty"),
    "a text without end": ("--data /dev/zero", "larger than 128 MB"),
    "a text that is too large": ("--data enormous", "larger than 128 MB"),
    "a text that is a checkpoint": ("--data good", "binary"),
    "a text that is one character": (f"{DATA} --data one", ACCEPTED),
    "a text of control characters": (f"{DATA} --data control", ACCEPTED),
    "a name that is too long": (f"{DATA} --checkpoint {'x' * 300}", "File name too long"),
    "a folder that is too long": (f"{DATA} --checkpoint {'x' * 300}/m.npz", "File name too long"),
    "a pickle's name that is too long": (f"--generate --checkpoint {'x' * 300}.pkl", "File name too long"),
    "a name with NUL": (["--data", "text", "--checkpoint", "a\0b"], "can't be the name"),
    "a text in place of a folder": (f"{DATA} --checkpoint text/m.npz", "no folder text"),
    "the text itself": (f"{DATA} --checkpoint text", "not a checkpoint"),
    "a device": (f"{DATA} --checkpoint /dev/null", "not a checkpoint"),
    "half a checkpoint": (f"{DATA} --checkpoint half", "damaged"),
    "a pickle": ("--generate --checkpoint pickle", "pickle"),
    "a link to nothing": ("--generate --checkpoint dangling", "no file dangling"),
    "epochs of 5,000 digits": (f"{DATA} --epochs {'9' * 5_000}", "invalid int value"),
    "epochs of 400 digits": (f"{DATA} --epochs {'9' * 400}", "epochs must be a whole number"),
    "epochs as a power": (f"{DATA} --epochs 1e3", "invalid int value"),
    "epochs in other digits": (f"{DATA} --epochs ٢", ACCEPTED),
    "units beyond any memory": (f"{DATA} --hidden-size 999999999", "hidden_size"),
    "a batch below 0": (f"{DATA} --batch-size -1", "batch_size"),
    "steps beyond the text": (f"{DATA} --seq-length 999999", "too short"),
    "a rate beyond any": (f"{DATA} --lr 1e999", "learning_rate"),
    "a rate of 0": (f"{DATA} --lr -0.0", "learning_rate"),
    "a rate that is none": (f"{DATA} --lr nan", "learning_rate"),
    "a seed below 0": (f"{DATA} --seed -9", "seed"),
    "a cell that is markup": (f"{DATA} --cell <b>", "invalid choice"),
    "a temperature that is none": ("--generate --checkpoint good --temperature nan", "temperature"),
    "a temperature almost 0": ("--generate --checkpoint good --temperature 1e-300", "temperature"),
    "a temperature below any": ("--generate --checkpoint good --temperature 1e-999", ACCEPTED),  # that is 0
    "no characters": ("--generate --checkpoint good --length 0", ACCEPTED),
    "characters without end": (f"--generate --checkpoint good --length {'9' * 30}", "length"),
    "top k of 400 digits": (f"--generate --checkpoint good --top-k {'9' * 400}", "top_k"),
    "a prompt of half a character": (["--generate", "--checkpoint", "good", "--prompt", "\ud800"], "seen"),
    "a prompt of many others": (["--generate", "--checkpoint", "good", "--prompt", MARKUP], "…; use only"),
    "a prompt of control characters": (["--generate", "--checkpoint", "good", "--prompt", CONTROL], "seen"),
    "a prompt without end": (["--generate", "--checkpoint", "good", "--prompt", "Z" * 10**6], "seen 'Z'"),
}


@each_case(LINES)
def test_a_command_line(place, run, name):
    line, says = LINES[name]
    before = files_below(place)
    code, out, error = run(train_minimal.main, line if isinstance(line, list) else line.split())
    assert "Traceback" not in error
    if says is ACCEPTED:
        assert code == 0
        (place / DEFAULT_CHECKPOINT).unlink(missing_ok=True)
    else:
        assert code == 2 and out == ""
        last = error.splitlines()[-1]
        assert last.startswith("train_minimal.py: ") and is_one_sentence(last) and re.search(says, last), (
            error
        )
        assert len(error.splitlines()) == 1 + error.startswith("good: ")  # what the checkpoint is
    assert files_below(place) == before
