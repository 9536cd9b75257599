"""Writing to streams that are closed, missing, or something else than files."""

import io
import sys

import pytest

from lstm.terminal.output import columns, is_terminal, say, use_utf8, write


class Cell:
    """What a notebook has in the place of a stream: it takes text, and nothing else can be asked of it."""

    def __init__(self):
        self.text = ""

    def write(self, text):
        self.text += text


class Broken(io.StringIO):
    def write(self, text):
        raise BrokenPipeError(32, "Broken pipe")


def closed():
    stream = io.StringIO()
    stream.close()
    return stream


def test_a_text_is_written_and_nothing_is_returned():
    stream, cell = io.StringIO(), Cell()
    assert write(stream, "Füße") is None and stream.getvalue() == "Füße"
    assert write(cell, "Füße") is None and cell.text == "Füße"
    assert write(None, "nobody") is None


@pytest.mark.parametrize(("stream", "words"), [(Broken(), "Broken pipe"), (closed(), "Bad file descriptor")])
def test_what_can_not_be_written_is_returned_as_an_error(stream, words):
    error = write(stream, "text")
    assert isinstance(error, OSError) and error.strerror == words


def test_what_a_stream_has_no_character_for_becomes_a_question_mark():
    stream = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    assert write(stream, "Füße\n") is None
    assert stream.buffer.getvalue().replace(b"\r", b"") == b"F??e\n"


@pytest.mark.parametrize(
    "stream", [None, Cell(), closed(), Broken()], ids=["none", "cell", "closed", "broken"]
)
def test_any_stream_can_be_asked_and_written_to(stream, monkeypatch):
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setattr(sys, "stderr", stream)
    use_utf8()
    say("a line")
    assert not is_terminal(stream) and columns(stream) == 80
