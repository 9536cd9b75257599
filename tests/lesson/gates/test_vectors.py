"""The part 'Vectors': its numbers are the textbook's, its parameters are counted, and it bears bad input."""

import json
import math

import numpy as np
import pytest

from lesson.gates import small_network
from lesson.gates.parameters import LETTERS, TRAINED
from lstm import LSTM, RNN, Vocabulary, lstm_step
from tests.app import open_script
from visualization.drawings.vectors import counts, hundredths, picture
from visualization.numbers import number

WAYS = pytest.mark.parametrize(
    ("text", "H", "steps"),
    [("hello hello", 4, 0), ("hello hello", 4, 20), ("ab", 2, 300), ("The quick brown fox jumpŝ", 8, 100)],
)


@pytest.fixture(autouse=True)
def no_cache():
    """Each test trains what it needs."""
    small_network.weights_while_training.clear()


def reference(text, H, steps):
    """The same way, walked one textbook step after the other on the network's weights."""
    vocabulary = Vocabulary.from_text(text)
    D = len(vocabulary)
    net = LSTM(D, H, D, seed=small_network.SEED, dtype=np.float64)
    if steps:
        net.weights.flat[:] = small_network.weights_while_training(text, H)[steps]
    ids, h, C, found = vocabulary.encode(text), np.zeros(H), np.zeros(H), []
    for t, index in enumerate(ids):
        x = np.zeros(D)
        x[index] = 1
        step = lstm_step(x, h, C, **net.equation_arguments())
        logits = net.Wy @ step.h + net.by
        y = np.exp(logits) / np.exp(logits).sum()
        loss = -math.log(y[ids[t + 1]]) if t < len(ids) - 1 else None
        values = {**step._asdict(), "h_prev": h, "C_prev": C, "logits": logits, "y": y}
        found.append((values, loss))
        h, C = step.h, step.C
    return net, ids, found


@WAYS
def test_every_number_shown_is_the_textbook_s(text, H, steps):
    net, ids, found = reference(text, H, steps)
    way = small_network.read_text(text, H, steps)
    for t, (values, loss) in enumerate(found):
        shown = json.loads(json.dumps(picture(way, t)))
        for name, numbers in shown["values"].items():
            exact = net.equation_arguments()[name] if name.startswith("b_") else values[name]
            assert np.abs(np.array(numbers) - 100 * exact).max() <= 0.5 + 1e-9, name
        assert shown["x"] == ids[t] and np.argmax(values["concat"][H:]) == ids[t]
        if loss is None:
            assert shown["target"] is None and t == len(way.losses)
        else:
            assert shown["target"] == ids[t + 1]
            assert way.losses[t] == pytest.approx(loss, abs=1e-12)
            assert f"{number(loss)} nats" in shown["texts"]["loss"]
            assert shown["right"][t] == hundredths(values["y"][ids[t + 1]])


@WAYS
def test_every_vector_has_the_shape_that_is_written_at_it(text, H, steps):
    shown = picture(small_network.read_text(text, H, steps), 0)
    D = len(set(text))
    assert (shown["H"], shown["D"], len(shown["text"]), len(shown["chars"])) == (H, D, len(text), D)
    for name, numbers in shown["values"].items():
        assert np.shape(numbers) == ((D,) if name in ("logits", "y") else (H,)), name
    for matrix in shown["W"].values():
        assert np.shape(matrix) == (H, H + D)
    assert shown["W"]["C_tilde"] == hundredths(small_network.read_text(text, H, steps).weights["W_C"])


def test_the_first_step_starts_from_nothing():
    values = picture(small_network.read_text("hello hello", 4, 20), 0)["values"]
    assert values["h_prev"] == values["C_prev"] == values["kept_part"] == [0] * 4


def test_bars_of_one_family_have_one_scale_and_nothing_is_beyond_it():
    for t in range(11):
        shown = picture(small_network.read_text("hello hello", 8, 300), t)
        for name, numbers in shown["values"].items():
            assert np.abs(numbers).max() <= shown["scales"].get(name, 100), name
        assert shown["scales"]["C"] == shown["scales"]["C_prev"] == shown["scales"]["kept_part"] > 100
        assert np.abs(list(shown["W"].values())).max() <= shown["scales"]["W"]


# -- training --


@pytest.mark.parametrize("text", ["hello hello", "to be or not to be", "abcdefghijklmnopqrstuvwx"])
@pytest.mark.parametrize("H", [2, 4, 8])
def test_the_loss_falls_from_about_ln_D(text, H):
    means = [float(np.mean(small_network.read_text(text, H, steps).losses)) for steps in TRAINED.values]
    assert means[0] == pytest.approx(math.log(len(set(text))), abs=0.1)
    assert means == sorted(means, reverse=True)
    assert means[-1] < 0.5 * means[0]


def test_the_same_text_gives_the_same_network():
    first = small_network.read_text("hello hello", 4, 60)
    small_network.weights_while_training.clear()
    again = small_network.read_text("hello hello", 4, 60)
    assert (first.logits == again.logits).all()


# -- what the student types --


@pytest.mark.parametrize(
    ("typed", "text", "complaint"),
    [
        ("hello hello", "hello hello", None),
        ("ab", "ab", None),
        ("<b>a</b>", "<b>a</b>", None),
        ("日本語", "日本語", None),
        ("", LETTERS.start, "Type a few"),
        (None, LETTERS.start, "Type a few"),
        ("\x00\u202e\ufeff", LETTERS.start, "Type a few"),
        ("   ", LETTERS.start, "at least two different"),
        ("aaaa", LETTERS.start, "at least two different"),
        ("a" * 24 + "b", LETTERS.start, "at least two different"),
        ("ab" * 50_000, "ab" * 12, "first 24"),
        ("a\tb\nc", "a b c", None),
        ("a\u00a0b c", "a b c", None),
        ("a\x07b\u200d", "ab", "can't be seen"),
        ("❤\ufe0fa", "❤a", "can't be seen"),
        ("e\u0301a", "éa", None),
        ("\ud800ab", "ab", "can't be seen"),
    ],
)
def test_bad_input_gets_one_sentence_and_something_to_read(typed, text, complaint):
    found, told = small_network.readable_text(typed)
    assert found == text
    assert told is None if complaint is None else complaint in told and told.endswith(".")
    small_network.read_text(found, 4, 0)


# -- the part on a page --


def script():
    from lesson.gates import vectors

    vectors.show()


def open_vectors(**query):
    return open_script(script, query)


def sent(app):
    """What the drawing was given last."""
    feed = next(e for e in app.get("bidi_component") if e.proto.component_name == "lstm_vectors_feed")
    return json.loads(feed.proto.json)


def test_the_part_shows_the_text_and_the_step_that_is_asked_for():
    app = open_vectors(letters="banana", hidden_units="3", trained="60", char="2")
    way = small_network.read_text("banana", 3, 60)
    assert sent(app) == picture(way, 1)
    assert not app.warning
    said = " ".join(block.value for block in app.markdown)
    assert "$T = 6$" in said and "exactly 4 times" in said
    rnn, lstm = (counts(small_network.untrained(kind, 3, 3))[2] for kind in (RNN, LSTM))
    assert f"only {lstm / rnn:.2f} times" in said


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"hidden_units": "99"}, (8, 3)),
        ({"hidden_units": "-1", "char": "1e999"}, (2, 10)),
        ({"hidden_units": "nan", "char": "x"}, (4, 3)),
        ({"hidden_units": ["3", "5"]}, (5, 3)),
        ({"hidden_units": "2.7", "char": "3.4"}, (3, 2)),
        ({"trained": "65", "char": "0"}, (4, 0)),
        ({"letters": "ab", "char": "9"}, (4, 1)),
    ],
)
def test_a_link_that_can_t_be_had_shows_the_nearest_and_says_so(query, shown):
    app = open_vectors(**query)
    assert (sent(app)["H"], sent(app)["t"]) == shown
    told = " ".join(warning.value for warning in app.warning)
    assert all((f"`{name}`" in told) == (name != "letters") for name in query)
    if "trained" in query:
        assert app.select_slider(key="trained").value == 60


def test_another_text_starts_anew():
    app = open_vectors(char="11")
    for text, t in (("abc", 1), ("hello hello", 3)):
        app.text_input(key="letters").set_value(text).run()
        assert not app.exception and not app.warning
        assert (sent(app)["text"], sent(app)["t"]) == (list(text.replace(" ", "␣")), t)
        assert "char" not in app.query_params  # so the link says the same


def test_what_is_typed_is_never_markup():
    app = open_vectors(letters="<b>$x$**y**")
    assert sent(app)["text"] == list("<b>$x$**y**")
    assert not any("<b>" in block.value or "$x$" in block.value for block in app.markdown)
