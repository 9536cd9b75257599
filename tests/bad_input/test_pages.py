"""What nobody should type or upload on the sampling page."""

from itertools import product

import pytest

from lesson.training.live.own_checkpoint import checked_model
from lesson.training.live.own_text import MOST_CHARACTERS
from lstm import GRU, RNN
from tests.app import open_page, rerun
from tests.bad_input.doors import CONTROL, MARKUP, RIGHT_TO_LEFT, knows, written_words
from tests.tiers import every_fast

PROMPTS = [
    "\0",
    CONTROL,
    RIGHT_TO_LEFT,
    "🦊" * 300,
    MARKUP,
    "\n" * 600,
    "x" * 100_000,
    "\u0301" * 600,
    "\ufeff",
    " ",
]


PARTS = ("Write", "Read its memory", "Gate surgery")


@pytest.mark.parametrize("part", PARTS)
def test_prompts(part):
    app = open_page("5_sampling.py", {"tab": part, "n": "100"})
    for prompt in PROMPTS:
        app.text_input(key="prompt").set_value(prompt)
        assert not rerun(app).error, repr(prompt[:9])
        assert not any(mark in written_words(app) for mark in ("<script", "(javascript:", "\u202e"))


NETWORKS = {
    "large weights": lambda: knows("abc\n", weight=1e30),
    "one character": lambda: knows("a", RNN, 1),
    "markup": lambda: knows(sorted(set(MARKUP))),
    "control characters": lambda: knows(
        [*map(chr, range(32)), *dict.fromkeys(RIGHT_TO_LEFT), "🦊", "\ufeff"]
    ),
    "2,000 characters": lambda: knows([chr(0x4E00 + k) for k in range(MOST_CHARACTERS)], GRU, 2),
    "weights of 0": lambda: knows("ab", GRU, weight=0.0),
}


NETWORKS_AND_PARTS = list(product(NETWORKS, PARTS))


@pytest.mark.parametrize(("name", "part"), every_fast(4, NETWORKS_AND_PARTS))
def test_a_network_that_was_uploaded(name, part):
    upload = {"own_model": checked_model(NETWORKS[name]())}
    query = {"tab": part, "network": "my upload", "prompt": "abc"}
    app = open_page("5_sampling.py", query, upload)
    assert app.session_state["network"] == "my upload"
    for button in [button for button in app.button if button.label == "Hunt"]:
        button.click()
        rerun(app)
