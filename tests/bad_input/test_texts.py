"""Texts that nobody should give: each is refused in one sentence, or taken where that is right."""

from lesson.training.live.own_text import MOST_CHARACTERS, checked_text
from tests.bad_input.doors import ACCEPTED, CONTROL, MARKUP, RIGHT_TO_LEFT, each_case, outcome
from tests.files import GOOD, MB

LONG = "The quick brown fox. " * 20
TEXTS = {
    "empty": (b"", "is empty"),
    "one character": (b"a", ACCEPTED),  # too short for any settings, which is said where they are chosen
    "the same character": (b"a" * 5_000, ACCEPTED),
    "white space": (b" \t\r\n\x0b\x0c" * 99, "only white space"),
    "spaces of Unicode": ("\u2003\u3000\u2028" * 99, "only white space"),
    "a mark and nothing": (b"\xef\xbb\xbf", "only white space"),
    "NUL in the middle": (b"abc\0def" * 99, "binary"),
    "all bytes": (bytes(range(256)), "binary"),
    "UTF-16": (LONG.encode("utf-16"), ACCEPTED),
    "UTF-16 cut in the middle": (LONG.encode("utf-16")[:-1], "not UTF-16"),
    "UTF-32": (LONG.encode("utf-32"), "binary"),
    "UTF-16 without a mark": (LONG.encode("utf-16-be"), "binary"),
    "UTF-32, big end first": (LONG.encode("utf-32-be"), "binary"),
    "Latin-1": ("Größe".encode("latin-1") * 99, "not UTF-8.*byte 2 "),
    "a lone surrogate": (b"abc \xed\xa0\x80 abc", "not UTF-8"),
    "an overlong slash": (b"..\xc0\xaf" * 99, "not UTF-8"),
    "beyond Unicode": (b"\xf4\x90\x80\x80", "not UTF-8"),
    "cut within a character": ("日本".encode()[:-1], "not UTF-8"),
    "control characters": (CONTROL * 99, ACCEPTED),
    "right to left": (RIGHT_TO_LEFT * 99, ACCEPTED),
    "emoji of many parts": ("👩‍👩‍👧‍👦🏳️‍🌈" * 99, ACCEPTED),
    "marks on one letter": ("a" + "\u0301" * 5_000, ACCEPTED),
    "no line end in a megabyte": (b"ab" * (MB // 2), ACCEPTED),
    "a byte more than a megabyte": (b"ab" * (MB // 2) + b"x", "larger than 1 MB"),
    "a hundred megabytes": (lambda: b"a" * 100 * MB, "larger than 1 MB"),
    "too many characters": ("".join(map(chr, range(0x4E00, 0x4E01 + MOST_CHARACTERS))), "2,001 different"),
    "markup": (MARKUP, ACCEPTED),
    "a checkpoint": (GOOD, "binary"),
}


@each_case(TEXTS)
def test_a_text(name):
    given, says = TEXTS[name]
    given = given.encode() if isinstance(given, str) else given
    text = outcome(lambda data: checked_text(data, "The file"), given, says)
    assert text is None or (text.strip() and text.encode().decode() == text)
