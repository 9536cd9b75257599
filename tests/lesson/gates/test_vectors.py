"""The part 'Vectors': its numbers are the textbook's, its parameters are counted, and it bears bad input."""

import json
import math

import numpy as np
import pytest

from lesson.frame.query import Query, QueryError
from lesson.gates import small_network
from lesson.gates.parameters import LETTERS, TRAINED
from lesson.gates.vectors_answer import vectors
from lstm import LSTM, RNN, Vocabulary, lstm_step
from tests.app import open_script
from tests.bad_input.doors import is_one_sentence
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
    V = len(vocabulary)
    net = LSTM(V, H, V, seed=small_network.SEED, dtype=np.float64)
    if steps:
        net.weights.flat[:] = small_network.weights_while_training(text, H)[steps]
    ids, h, C, found = vocabulary.encode(text), np.zeros(H), np.zeros(H), []
    for t, index in enumerate(ids):
        x = np.zeros(V)
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
    V = len(set(text))
    assert (shown["H"], shown["V"], len(shown["text"]), len(shown["chars"])) == (H, V, len(text), V)
    for name, numbers in shown["values"].items():
        assert np.shape(numbers) == ((V,) if name in ("logits", "y") else (H,)), name
    for matrix in shown["W"].values():
        assert np.shape(matrix) == (H, H + V)
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


@pytest.mark.slow
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


# -- the answers --


def ask(**values):
    """The answer as it travels."""
    return json.loads(json.dumps(vectors(Query({name: str(value) for name, value in values.items()}))))


def shown(answer, k=0):
    """What is drawn for a position."""
    return {**answer["common"], **answer["frames"][k]}


def test_an_answer_is_the_picture_of_the_text_at_its_step():
    answer = ask(letters="banana", hidden_units=3, trained=60, char=2)
    assert len(answer["frames"]) == 1
    expected = json.loads(json.dumps(picture(small_network.read_text("banana", 3, 60), 1)))
    assert expected.items() <= shown(answer).items()


def test_along_the_characters_and_along_the_training_every_position_is_answered():
    way = small_network.read_text("banana", 3, 60)
    answer = ask(letters="banana", hidden_units=3, trained=60, along="char")
    assert len(answer["frames"]) == 6 and "W" in answer["common"]
    for t in range(6):
        assert json.loads(json.dumps(picture(way, t))).items() <= shown(answer, t).items()
    answer = ask(letters="banana", hidden_units=3, char=5, along="trained")
    assert len(answer["frames"]) == len(TRAINED.values)
    for k, steps in enumerate(TRAINED.values):
        expected = json.loads(json.dumps(picture(small_network.read_text("banana", 3, steps), 4)))
        assert expected.items() <= shown(answer, k).items()


def test_the_network_is_counted_in_the_students_numbers():
    counted = ask(letters="banana", hidden_units=3)["common"]["counted"]
    assert "T = 6" in counted and "exactly 4 times" in counted
    rnn, lstm = (counts(small_network.untrained(kind, 3, 3))[2] for kind in (RNN, LSTM))
    assert f"{lstm / rnn:.2f} times" in counted and f"<td><b>{lstm:,}</b></td>" in counted


def test_a_text_that_can_t_be_read_gets_a_sentence_and_another_is_read():
    common = ask(letters="aaaa")["common"]
    assert common["text"] == list("hello␣hello") and "at least two different" in common["complaint"]
    assert ask(letters="ab")["common"]["complaint"] == ""


def test_a_character_beyond_the_text_is_its_last_one():
    answer = shown(ask(letters="abc", char=9))
    assert (answer["t"], answer["first"]) == (2, 2)


@pytest.mark.parametrize(
    "query",
    [
        {"hidden_units": "9"}, {"hidden_units": "4.5"}, {"trained": "30"}, {"trained": "1e9"}, {"char": "0"},
        {"char": "x"}, {"along": "letters"}, {"along": "hidden_units"},
    ],
    ids=str,
)  # fmt: skip
def test_a_question_that_the_page_does_not_ask_is_refused_in_a_sentence(query):
    with pytest.raises(QueryError) as refused:
        vectors(Query(query))
    assert is_one_sentence(str(refused.value))


# -- the part on a page --


def script():
    from lesson.gates import vectors

    vectors.show()


def sent(app):
    """What the panel was told of the address."""
    feed = next(e for e in app.get("bidi_component") if e.proto.component_name == "vectors")
    return json.loads(feed.proto.json)[0]["setting"]


@pytest.mark.parametrize(
    ("query", "setting"),
    [
        ({"hidden_units": "99"}, {"hidden_units": "8"}),
        ({"hidden_units": "-1", "char": "1e999"}, {"hidden_units": "2", "char": "24"}),
        ({"hidden_units": "nan", "char": "x"}, {"hidden_units": "4", "char": "4"}),
        ({"hidden_units": ["3", "5"]}, {"hidden_units": "5"}),
        ({"hidden_units": "2.7", "char": "3.4"}, {"hidden_units": "3", "char": "3"}),
        ({"trained": "65", "char": "0"}, {"trained": "60", "char": "1"}),
        ({"letters": "ab", "char": "9"}, {"letters": "ab", "char": "9"}),
    ],
)
def test_a_link_that_can_t_be_had_shows_the_nearest_and_says_so(query, setting):
    app = open_script(script, query)
    assert sent(app) == setting
    complaints = " ".join(warning.value for warning in app.warning)
    assert all((f"`{name}`" in complaints) == (name != "letters") for name in query)


def test_what_is_typed_is_never_markup():
    common = ask(letters="<b>$x$**y**")["common"]
    assert common["text"] == list("<b>$x$**y**") and "<b>$" not in common["counted"]
    assert sent(open_script(script, {"letters": "<b>$x$"})) == {"letters": "<b>$x$"}
