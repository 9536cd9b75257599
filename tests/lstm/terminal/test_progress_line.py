"""The progress line, in a file and on a terminal."""

import sys

import pytest

from lstm.terminal import progress_line
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


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (
            200,
            "epoch 1/2 [##########..........]  50%  loss 1.000  validation 2.000  3 characters/s  1:00 left",
        ),
        (
            95,
            "epoch 1/2 [##########..........]  50%  loss 1.000  validation 2.000  3 characters/s  1:00 left",
        ),
        (94, "epoch 1/2 [#####.....]  50%  loss 1.000  validation 2.000  3 characters/s  1:00 left"),
        (80, "epoch 1/2 [#####.....]  50%  loss 1.000  validation 2.000  1:00 left"),
        (50, "epoch 1/2  50%  loss 1.000  1:00 left"),
        (30, "50%  loss 1.000  1:00 left"),
        (20, "50%  loss 1.000"),
        (10, "50%  loss"),
        (1, ""),
    ],
)
def test_a_line_leaves_the_last_column_free(capsys, monkeypatch, width, line):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(progress_line, "columns", lambda stream: width)
    ProgressLine().show(report(2, 1.0), 2.0, end_of_epoch=True)
    written = capsys.readouterr().err.removeprefix("\r").removesuffix("\x1b[K")
    assert written == line and len(written) < max(width, 1)


def test_a_line_follows_a_window_that_is_made_narrower(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    line, lengths = ProgressLine(), []
    for width in (100, 40):
        monkeypatch.setattr(progress_line, "columns", lambda stream, width=width: width)
        line.show(report(2, 1.0), 2.0, end_of_epoch=True)
        lengths.append(len(capsys.readouterr().err.removeprefix("\r").removesuffix("\x1b[K")))
    assert lengths == [94, 37]


def test_a_file_gets_a_line_after_two_seconds_and_then_ever_more_rarely(capsys):
    """In an epoch of an hour, in steps of a second, going on after half an hour."""
    line, lines = ProgressLine(), []
    for second in range(1800, 5400):
        line.show(Progress(second, 5400, 1, 1, 1.0, None, 1.0, second, float(second)), None, False)
        lines += [second - 1800] * capsys.readouterr().err.count("\n")
    assert lines[:6] == [2, 6, 14, 30, 62, 122]
    assert {later - earlier for earlier, later in zip(lines[5:], lines[6:], strict=False)} == {60}
