"""The progress line, in a file and on a terminal."""

import sys

import pytest

from lstm.terminal.progress_line import ProgressLine, clock
from lstm.training import Progress


def report(step, loss):
    return Progress(
        step, steps=4, epoch=1 + (step > 2), epochs=2, loss=loss, validation_loss=None, gradient_norm=1.0,
        characters=100 * step, seconds=30.0 * step,
    )  # fmt: skip


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (59.9, "0:59"), (60, "1:00"), (3_725, "62:05")])
def test_seconds_are_written_as_on_a_clock(seconds, text):
    assert clock(seconds) == text


def test_a_file_gets_one_line_an_epoch_with_the_smoothed_loss(capsys):
    line = ProgressLine()
    line.show(report(1, 2.0), None, end_of_epoch=False)
    line.show(report(2, 1.0), 1.5, end_of_epoch=True)
    line.end()
    expected = (
        "epoch 1/2 [##########..........]  50%  loss 1.950  validation 1.500  3 characters/s  1:00 left\n"
    )
    assert capsys.readouterr().err == expected


def test_a_terminal_has_one_line_that_is_written_over(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    line = ProgressLine()
    line.show(report(1, 2.0), None, end_of_epoch=False)
    line.show(report(2, 2.0), None, end_of_epoch=True)
    line.end()
    line.end()
    written = capsys.readouterr().err
    assert written.count("\n") == 1 and written.endswith("\n") and written.count("\r") == 2
    assert "loss 2.000  3 characters/s  1:30 left\x1b[K\r" in written
