"""Codes, secrets and handles: what is drawn at random, and what is stored of it."""

import hashlib
import secrets
from collections.abc import Container

# Without what looks or sounds alike: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
ALPHABET = "ACDEFGHJKMNPQRTWXY34679"
LENGTH = 6
_ADJECTIVES = (
    "amber", "brave", "calm", "clever", "cosy", "early", "fair", "fast", "gentle", "golden", "green", "happy",
    "keen", "kind", "light", "lively", "lucky", "merry", "mild", "neat", "noble", "polite", "proud", "quick",
    "quiet", "rapid", "silver", "smart", "sunny", "tidy", "warm", "wise",
)  # fmt: skip
_ANIMALS = (
    "badger", "beaver", "bison", "crane", "crow", "deer", "dolphin", "eagle", "falcon", "finch", "fox",
    "gecko", "goose", "hare", "heron", "horse", "ibis", "koala", "lark", "lynx", "marten", "mole", "moose",
    "newt", "otter", "owl", "panda", "puffin", "raven", "robin", "salmon", "seal", "swan", "tiger",
    "turtle", "wren",
)  # fmt: skip


def new_code(others: Container[str]) -> str:
    """Return a room's code that is not others yet."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if code not in others:
            return code


def read_code(text: str) -> str:
    """Return a code as somebody has typed it, put in order; "" if it can be none."""
    code = text.replace(" ", "").replace("-", "").upper()
    return code if len(code) == LENGTH and all(letter in ALPHABET for letter in code) else ""


def new_secret() -> str:
    """Return 128 random bits, as text for an address or a header."""
    return secrets.token_urlsafe(16)


def hash_of(secret: str) -> str:
    """Return what is stored of a secret.  It is long and random, so that one round of SHA-256 is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()[:32]


def new_handle(others: Container[str]) -> str:
    """Return a handle that nobody in the room has: two words, and a number where they run out."""
    for attempt in range(1, 1_000):
        handle = f"{secrets.choice(_ADJECTIVES)} {secrets.choice(_ANIMALS)}"
        handle = handle if attempt <= 20 else f"{handle} {attempt}"
        if handle not in others:
            return handle
    raise AssertionError("more handles than a room has students")
