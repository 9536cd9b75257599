"""Regular expressions of visitors, in a process that can be stopped.

Python's `re` has no time limit, holds Python's lock while it searches, and some expressions take longer than
the sun has left: in the server, one visitor could stop everybody.  Each visitor has one search at a time.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import streamlit as st

from lstm.errors import InputError

SECONDS, MEMORY = 1.0, 400 * 2**20  # what one search may take
LONGEST_PATTERN, LONGEST_TEXT = 200, 20_000  # characters
_CHILD = Path(__file__).with_name("regex_child.py")
_AT_ONCE, _PATIENCE = threading.Semaphore(2), 3.0  # searches at once, and seconds to wait for one's turn
_OWN_TURN = "regex_turn"  # in the session state: taken while this visitor's search goes on
_MAKING_TURNS = threading.Lock()


def matches(pattern: str, text: str) -> list[tuple[int, int]]:
    """Return where the matches of an expression stand, start and end of each, but for empty ones.

    `^` and `$` stand for the ends of lines.  Raises InputError, in one sentence, for an expression that is
    too long, that re does not understand, or that takes too long or too much memory on this text.
    """
    if len(pattern) > LONGEST_PATTERN:
        raise InputError(
            f"An expression can have at most {LONGEST_PATTERN} characters here, not {len(pattern):,}."
        )
    if len(text) > LONGEST_TEXT:
        raise InputError(f"An expression can be searched for in at most {LONGEST_TEXT:,} characters of text.")
    answer = json.loads(_answer_of(pattern, text).decode("utf-8", "surrogatepass"))
    if "error" in answer:
        raise InputError(f"The expression {answer['error']}.")
    return [(start, end) for start, end in answer["spans"]]


@lru_cache(maxsize=64)
def _answer_of(pattern: str, text: str) -> bytes:
    """Return the child's answer; remembered, because whoever asks again would wait again."""
    # A visitor's new run begins while the search of the one before goes on.
    with _turn(_own_turn()), _turn(_AT_ONCE):
        # Not as \uXXXX: two halves of a character side by side would come back as one character.
        return _ask(json.dumps([pattern, text], ensure_ascii=False).encode("utf-8", "surrogatepass"))


def _own_turn() -> threading.Semaphore:
    """Return what this visitor's searches take in turns."""
    with _MAKING_TURNS:
        turn: threading.Semaphore = st.session_state.setdefault(_OWN_TURN, threading.Semaphore(1))
        return turn


@contextmanager
def _turn(turn: threading.Semaphore) -> Iterator[None]:
    """Wait for a turn, and take it.  Raises InputError if it does not come."""
    if not turn.acquire(timeout=_PATIENCE):
        raise InputError("The server is busy with other expressions; try again in a moment.")
    try:
        yield
    finally:
        turn.release()


def _ask(question: bytes) -> bytes:
    command = [sys.executable, "-I", "-S", str(_CHILD), str(int(SECONDS) + 1), str(MEMORY)]
    try:
        # It is killed, and waited for, when its time is over.
        done = subprocess.run(command, input=question, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return _trouble(f"took more than {SECONDS:g} s on this text and was stopped; try a simpler one")
    return done.stdout if done.returncode == 0 and done.stdout else _trouble("needs too much memory or time")


def _trouble(what: str) -> bytes:
    return json.dumps({"error": what}).encode()
