"""A stranger's regular expression finds what re finds, or is stopped and says so in one sentence."""

import json
import re
import subprocess
import threading

import pytest

from lesson.sampling import regex
from lesson.sampling.regex import LONGEST_PATTERN, LONGEST_TEXT, matches
from lstm import InputError

TEXT = 'The "fox" sat.\nThe hen 狐 ran; "why?" 🦊 \ud800 \ud83e\udd8a!\n'


@pytest.mark.parametrize(
    "pattern",
    [
        '"[^"]*"',
        r"^The",
        r"\w+$",
        "",
        "x*",
        "狐|🦊",
        r"(?i)the",
        r"\d",
        r"(?<=\n)T",
        "\ud800",
        r"(a)|(s)",
        "!",
        ".",
    ],
)
def test_it_finds_what_re_finds(pattern):
    found = [m.span() for m in re.finditer(pattern, TEXT, re.MULTILINE) if m.group()]
    assert matches(pattern, TEXT) == found


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", "(.*)*b", r"^(([a-z])+.)+[A-Z]([a-z])+$"])
def test_what_would_take_for_ever_is_stopped_and_not_tried_again(monkeypatch, pattern):
    monkeypatch.setattr(regex, "SECONDS", 0.2)
    for _ in range(3):
        with pytest.raises(InputError, match=r"more than 0.2 s on this text|too much memory or time"):
            matches(pattern, "a" * 60 + "!")
        monkeypatch.setattr(regex, "_ask", None)  # whoever asks again gets the answer that is there


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("[a", "not one that Python's re understands: unterminated character set at position 0"),
        ("(?P<x", "not one that"),
        ("*", "nothing to repeat"),
        ("(" * 150, "missing"),
        ("a{99999999999999999999}", "too deep or too large|understands"),
        ("x" * (LONGEST_PATTERN + 1), f"{LONGEST_PATTERN} characters here, not {LONGEST_PATTERN + 1}"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(pattern, says):
    with pytest.raises(InputError, match=says) as caught:
        matches(pattern, "aaa")
    assert "\n" not in str(caught.value) and str(caught.value).endswith(".")


def test_a_text_that_is_too_long_is_refused():
    with pytest.raises(InputError, match="at most 20,000 characters"):
        matches("a", "a" * (LONGEST_TEXT + 1))


def test_the_longest_text_that_is_all_matches_is_no_trouble():
    assert len(matches("a", "a" * LONGEST_TEXT)) == LONGEST_TEXT


def test_nothing_is_left_behind(monkeypatch):
    children = []

    class Watched(subprocess.Popen):
        def __init__(self, *args, **options):
            super().__init__(*args, **options)
            children.append(self)

    monkeypatch.setattr(subprocess, "Popen", Watched)
    monkeypatch.setattr(regex, "SECONDS", 0.2)
    with pytest.raises(InputError):
        matches("(b+)+$", "b" * 60 + "!")
    assert [child.poll() for child in children] != [None] and len(children) == 1


def test_who_waits_too_long_is_told(monkeypatch):
    monkeypatch.setattr(regex, "_PATIENCE", 0.05)
    for _ in range(2):
        regex._AT_ONCE.acquire()
    try:
        with pytest.raises(InputError, match="busy"):
            matches("never asked before", TEXT)
    finally:
        for _ in range(2):
            regex._AT_ONCE.release()
    assert matches("never asked before", TEXT) == []  # being busy is not remembered


class Turn(threading.Semaphore):
    """A semaphore that says how many have come for it."""

    def __init__(self):
        super().__init__(1)
        self.came = threading.Semaphore(0)

    def acquire(self, *args, **options):
        self.came.release()
        return super().acquire(*args, **options)


def test_one_visitor_has_one_search_at_a_time_and_leaves_room_for_others(monkeypatch):
    turns = {"one": Turn(), "another": Turn()}
    at_work, begun, go_on = [], threading.Semaphore(0), threading.Event()

    def ask(question):
        at_work.append(json.loads(question)[0])
        begun.release()
        go_on.wait(10)
        return b'{"spans": []}'

    def search(visitor, pattern):
        thread = threading.Thread(target=matches, args=(pattern, "one at a time"), name=visitor)
        thread.start()
        assert turns[visitor].came.acquire(timeout=10)
        return thread

    monkeypatch.setattr(regex, "_ask", ask)
    monkeypatch.setattr(regex, "_PATIENCE", 10)
    monkeypatch.setattr(regex, "_own_turn", lambda: turns[threading.current_thread().name])
    threads = [search("one", "first")]
    assert begun.acquire(timeout=10)
    threads += [search("one", "second"), search("another", "of another")]
    assert begun.acquire(timeout=10)
    assert at_work == ["first", "of another"]
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert at_work == ["first", "of another", "second"]
