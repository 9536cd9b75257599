"""Questions that no picture asks, of every answer of the course: answered, or refused in a sentence."""

import asyncio
import json
import math
from urllib.parse import quote, urlencode

import pytest

from lesson.frame.query import Query
from lesson.server.answers import LARGEST_BODY, LONGEST_QUERY, MOST_VALUES, Answers
from lesson.widgets.source import Source
from tests.bad_input.doors import CONTROL, MARKUP, RIGHT_TO_LEFT, is_one_sentence
from tests.lesson.server.test_answers import echo, get, streamlit

NAMES = [
    "cheatsheet/advice",
    "cheatsheet/compared",
    "cheatsheet/times",
    "gates/check",
    "gates/gru",
    "gates/gru-check",
    "gates/gru-count",
    "gates/gru-pulses",
    "gates/run",
    "gates/scan",
    "gates/step",
    "gates/trial",
    "gates/variants",
    "gates/vectors",
    "gradients/check",
    "gradients/explosion",
    "gradients/lstm_explosion",
    "gradients/paths",
    "gradients/product",
    "gradients/race",
    "gradients/starts",
    "gradients/units",
    "replay/expected",
    "replay/film",
    "runs/leave",
    "runs/live",
    "runs/news",
    "runs/sentences",
    "sampling/firsts",
    "sampling/free",
    "sampling/gaps",
    "sampling/gaps_exact",
    "sampling/loss",
    "sampling/matches",
    "sampling/memory",
    "sampling/mistake",
    "sampling/surgery",
    "sampling/three",
    "sampling/two_layers",
    "sampling/write",
    "series/news",
    "series/setting",
    "start/unrolled",
    "troubles/sentences",
    "troubles/speed",
    "truncation/cuts",
    "truncation/lengths",
]
VALUES = {
    "nothing": "",
    "a space": " ",
    "NUL": "\0",
    "control": CONTROL,
    "markup": MARKUP,
    "right to left": RIGHT_TO_LEFT,
    "infinity": "inf",
    "minus infinity": "-Infinity",
    "NaN": "nan",
    "beyond numbers": "1e999",
    "5,000 digits": "9" * 5_000,
    "a whole number beyond": str(2**63),
    "below 0": "-1",
    "a half": "0.5",
    "minus nothing": "-0.0",
    "the smallest": "5e-324",
    "hexadecimal": "0x10",
    "an underscore": "1_0",
    "digits of a script": "٣",
    "full width": "１",
    "a power": "²",
    "true": "True",
    "a list": "[1]",
    "commas": "1,,1",
    "many": "1_" * 400,
    "a million signs": "x" * 20_000,
    "a flood": "\u0301" * 600,
    "foxes": "🦊" * 300,
    "a way out": "../../etc/passwd",
    "code": "__import__('os').abort()",
    "an answer's own": "constructor",
}
LARGEST_ANSWER = 2**22  # bytes


class Reads(dict):
    """Values of a query that note which names are looked for."""

    def __init__(self, values=()):
        super().__init__(values)
        self.names = set()

    def get(self, name, default=None):
        self.names.add(name)
        return super().get(name, default)

    def __getitem__(self, name):
        self.names.add(name)
        return super().__getitem__(name)

    def __contains__(self, name):
        self.names.add(name)
        return super().__contains__(name)


@pytest.fixture(scope="module")
def table():
    from lesson.answers import answers

    return answers()


def names_of(source):
    """The names that a source looks for, in a query that says nothing, and in one that says one of them."""
    names, new = set(), {"runs", "along"}
    while new:
        reads = Reads(dict.fromkeys(sorted(new)[:1], "x")) if names else Reads()
        try:
            source.compute(Query(reads))
        except ValueError as refused:
            assert is_one_sentence(str(refused))
        names |= set(sorted(new)[:1]) if names else set()
        new = (new | reads.names) - names
        names.add("")
    return names - {""}


def refuse_constant(name):
    raise AssertionError(f"{name} is no JSON")


def is_served(reply):
    """Whether a reply is what a picture can draw, or one sentence."""
    status, headers, body = reply
    assert status in (200, 400) and headers[b"content-type"] == b"application/json"
    assert headers[b"x-content-type-options"] == b"nosniff" and len(body) < LARGEST_ANSWER
    answer = json.loads(body, parse_constant=refuse_constant)
    return status == 200 or (set(answer) == {"error"} and is_one_sentence(answer["error"]))


@pytest.mark.slow
def test_every_answer_is_tried_here(table):
    """A new one needs its name."""
    assert sorted(table) == NAMES


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_any_value_of_any_name(table, name):
    app = Answers(streamlit, lambda: table)
    names = sorted(names_of(table[name]))

    async def ask():
        for parameter in names:
            for case, value in VALUES.items():
                body = urlencode({parameter: value}, encoding="utf-8").encode()
                reply = await get(app, f"/api/{name}", method="POST", body=body)
                assert is_served(reply), (parameter, case)
        for case, value in VALUES.items():  # all of them at once
            body = urlencode(dict.fromkeys(names, value)).encode()
            assert is_served(await get(app, f"/api/{name}", method="POST", body=body[:LARGEST_BODY])), case

    asyncio.run(ask())


# -- the way to them --

APP = {"echo": Source(echo), "number": Source(lambda query: {"x": query.whole("n", 0, 9, 0)})}
QUERIES = {
    "a name a thousand times": ("a=1&" * 800, 400),
    "as many as are allowed": ("&".join(f"a{k}=1" for k in range(MOST_VALUES)), 200),
    "one more": ("&".join(f"a{k}=1" for k in range(MOST_VALUES + 1)), 400),
    "no names": ("=1&=2&&&", 200),
    "only signs": ("&=&=", 200),
    "the last wins": ("n=1&n=2", 200),
    "NUL": ("a=%00", 200),
    "not UTF-8": ("a=%ff%fe", 200),
    "half of an escape": ("a=%&b=%e", 200),
    "half a character": ("a=%ED%A0%80", 200),
    "markup": (f"a={quote(MARKUP)}", 200),
    "a line end": ("a=%0d%0aSet-Cookie:%20x=y", 200),
    "another version": ("v=%00&a=1", 200),
    "as long as is allowed": ("a=" + "x" * (LONGEST_QUERY - 2), 200),
    "one letter more": ("a=" + "x" * (LONGEST_QUERY - 1), 400),
    "a semicolon": ("a=1;b=2", 200),
    "a plus": ("a+b=c+d", 200),
}
ADDRESSES = {
    "nothing": "",
    "a slash": "/",
    "two": "//echo",
    "a way up": "../api/echo",
    "a name and more": "echo/x",
    "in capitals": "ECHO",
    "markup": "%3Cb%3E",
    "NUL": "echo%00",
    "a space": "echo ",
    "a method of tables": "__class__",
    "a private one": "get",
    "very long": "x" * 9_000,
    "right to left": "%E2%80%AEecho",
    "another script": "еcho",
    "rooms": "roomsx",
    "a star": "*",
}


def ask(path, **how):
    return asyncio.run(get(Answers(streamlit, lambda: APP), path, **how))


@pytest.mark.parametrize("name", QUERIES)
def test_a_query(name):
    query, status = QUERIES[name]
    for how in (
        {"path": f"/api/echo?{query}"},
        {"path": "/api/echo", "method": "POST", "body": query.encode()},
    ):
        reply = ask(**how)
        is_long = "method" not in how or "letter more" not in name
        assert reply[0] == (status if is_long else 200) and is_served(reply)
    assert not any(b"\n" in value or b"\r" in value for value in reply[1].values())


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_that_is_none(name):
    status, headers, body = ask(f"/api/{ADDRESSES[name]}")
    assert status == 404 or body == b"streamlit" or (status == 200 and ADDRESSES[name].endswith("/echo"))
    assert status != 404 or is_one_sentence(json.loads(body)["error"])


@pytest.mark.parametrize(
    "method", ["HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get", ""]
)
def test_another_method(method):
    status, headers, body = ask("/api/echo", method=method)
    assert status == 405 and not any(name.startswith(b"access-control") for name in headers)
    assert method == "HEAD" or is_one_sentence(json.loads(body)["error"])


BODIES = {
    "as large as is allowed": (b"a=" + b"x" * (LARGEST_BODY - 2), 1, 200),
    "a byte more": (b"a=" + b"x" * (LARGEST_BODY - 1), 1, 400),
    "a byte more, in pieces": (b"a=" + b"x" * (LARGEST_BODY - 1), 99, 400),
    "many pieces": (b"a=1", 3, 200),
    "nothing": (b"", 1, 200),
    "not UTF-8": (b"a=\xff", 1, 400),
    "half a letter at the end": ("a=é".encode()[:-1], 1, 400),
    "NUL": (b"a=\0", 1, 200),
    "UTF-16": ("a=1".encode("utf-16"), 1, 400),
    "JSON": (b'{"a": [1]}', 1, 200),
    "a pickle": (b"\x80\x04\x95", 1, 400),
    "a form with a file": (b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--', 1, 200),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_body(name):
    body, parts, status = BODIES[name]
    reply = ask("/api/echo", method="POST", body=body, parts=parts)
    assert reply[0] == status and is_served(reply)


NUMBERS = [
    "inf",
    "nan",
    "1e999",
    "-1",
    "10",
    "0.5",
    "٣",
    "²",
    "１",
    "0x1",
    "1_0",
    "",
    " ",
    "True",
    "9" * 5_000,
    "1\0",
    "+-1",
    MARKUP,
]


@pytest.mark.parametrize("text", NUMBERS, ids=lambda text: ascii(text[:9]))
def test_a_number_that_is_none(text):
    reply = ask("/api/number", method="POST", body=urlencode({"n": text}).encode())
    assert reply[0] == 400 and is_served(reply)
    assert math.isfinite(json.loads(ask("/api/number?n=9")[2])["x"])
