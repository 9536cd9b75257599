"""Characters as indices, files as text, a text as streams."""

import numpy as np
import pytest

from lstm.errors import InputError
from lstm.text import (
    Vocabulary,
    check_indices,
    decode_text,
    looks_like_list,
    read_text,
    shuffle_lines,
    split,
    streams,
)


def test_a_vocabulary_is_sorted_and_knows_both_directions():
    vocabulary = Vocabulary.from_text("banana")
    assert vocabulary.chars == ("a", "b", "n")
    assert vocabulary.char_to_idx == {"a": 0, "b": 1, "n": 2}
    assert vocabulary.idx_to_char == {0: "a", 1: "b", 2: "n"}
    assert "n" in vocabulary and "x" not in vocabulary
    assert vocabulary == Vocabulary("abn") != Vocabulary("bna")


@pytest.mark.parametrize("chars", ["", "aba", ["ab"], [""]])
def test_a_vocabulary_needs_characters_each_once(chars):
    with pytest.raises(InputError):
        Vocabulary(chars)


def test_an_empty_text_has_no_vocabulary():
    with pytest.raises(InputError):
        Vocabulary.from_text("")


def test_encoding_names_the_characters_it_does_not_know():
    with pytest.raises(InputError, match="'x', 'y'"):
        Vocabulary("abc").encode("axbyx")


def test_encoding_names_only_a_few_of_many_unknown_characters():
    with pytest.raises(InputError, match="…") as caught:
        Vocabulary("a").encode("".join(map(chr, range(200, 2000))))
    assert len(str(caught.value)) < 200


def test_encoding_an_empty_text_gives_no_indices():
    ids = Vocabulary("a").encode("")
    assert ids.shape == (0,) and ids.dtype == np.intp


# -- bytes --


def test_a_byte_order_mark_is_dropped_and_line_ends_are_unified():
    assert decode_text(b"\xef\xbb\xbfa\r\nb\rc\n\nd") == "a\nb\nc\n\nd"


def test_utf8_text_is_read_as_it_is():
    assert decode_text("Füße, 漢字, 🙂".encode()) == "Füße, 漢字, 🙂"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf16_with_a_mark_is_read(encoding):
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""  # Python writes the other one by itself
    assert decode_text(mark + "Füße, 漢字,\r\n🙂".encode(encoding)) == "Füße, 漢字,\n🙂"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        ("text".encode("utf-16") + b"x", "not UTF-16 .*byte 10 "),
        (b"\xff\xfe\x3d\xd8", "not UTF-16 "),  # half of an emoji
        ("te\0xt".encode("utf-16"), "binary"),
        ("text".encode("utf-32"), "binary"),
        ("\n \t".encode("utf-16"), "white space"),
        ("text".encode("utf-16-le"), "binary"),
        (b"\x7fELF\0\0\1", "binary"),
        ("Füße".encode("latin-1"), "not UTF-8"),
        (b" \n\t\r\n ", "white space"),
        (b"\xef\xbb\xbf", "white space"),
    ],
)
def test_bytes_that_are_not_text_are_refused_in_one_sentence(data, words):
    with pytest.raises(InputError, match=words) as caught:
        decode_text(data, "poem.txt")
    message = str(caught.value)
    assert message.startswith("poem.txt ") and message.endswith(".") and "\n" not in message


def test_a_file_is_read(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("Ünï\r\n".encode())
    assert read_text(path) == read_text(str(path)) == "Ünï\n"


def test_a_folder_and_a_missing_file_are_input_errors_that_name_them(tmp_path):
    with pytest.raises(InputError, match="folder"):
        read_text(tmp_path)
    with pytest.raises(InputError, match="no file.*nowhere.txt"):
        read_text(tmp_path / "nowhere.txt")


@pytest.mark.parametrize("name", ["x" * 5000, "a\0b"], ids=["too long", "with a zero"])
def test_a_name_that_no_file_can_have_is_an_input_error(tmp_path, name):
    with pytest.raises(InputError):
        read_text(f"{tmp_path}/{name}")


def test_a_file_that_is_not_text_is_named(tmp_path):
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\0")
    with pytest.raises(InputError, match=r"picture\.png.*binary"):
        read_text(path)


# -- indices --


def test_validation_is_the_end_of_the_text():
    training, validation = split(np.arange(100), 0.1)
    np.testing.assert_array_equal(training, np.arange(90))
    np.testing.assert_array_equal(validation, np.arange(90, 100))
    assert len(split(np.arange(100), 0)[1]) == 0


@pytest.mark.parametrize("share", [-0.1, 1, 2, float("nan")])
def test_an_impossible_share_for_validation_is_an_input_error(share):
    with pytest.raises(InputError):
        split(np.arange(100), share)


def test_streams_lie_side_by_side_and_continue_downwards():
    np.testing.assert_array_equal(streams(np.arange(11), 3), [[0, 3, 6], [1, 4, 7], [2, 5, 8]])


@pytest.mark.parametrize("ids", [[0, 3], [-1], [0.0], ["a"], [None], [True]])
def test_indices_out_of_range_or_of_another_type_are_input_errors(ids):
    with pytest.raises(InputError, match="things must be whole numbers from 0 to 2"):
        check_indices(ids, 3, "things")


# -- lists --

LIST = "".join(f"{a}{b}\n" for a in "abcdefgh" for b in "aeiouxyz")  # 64 lines in order


def shuffled(text, seed=0):
    vocabulary = Vocabulary.from_text(text + "\n")
    return vocabulary.decode(shuffle_lines(vocabulary.encode(text), vocabulary.char_to_idx["\n"], seed))


def test_shuffling_puts_whole_lines_in_another_order():
    result = shuffled(LIST)
    assert result != LIST and sorted(result.splitlines()) == LIST.splitlines()
    assert result.endswith("\n") and len(result) == len(LIST)


def test_the_same_seed_shuffles_alike_and_another_does_not():
    assert shuffled(LIST, 3) == shuffled(LIST, 3) != shuffled(LIST, 4)


@pytest.mark.parametrize("text", ["", "no line end", "one\n", "one\nand a rest"])
def test_a_text_without_two_lines_stays(text):
    assert shuffled(text) == text


def test_what_follows_the_last_line_end_stays_at_the_end():
    result = shuffled(LIST + "rest")
    assert result.endswith("\nrest") and sorted(result[:-4].splitlines()) == LIST.splitlines()


def test_empty_lines_are_lines():
    assert sorted(shuffled("a\n\n\nb\n").split("\n")) == ["", "", "", "a", "b"]


def unordered(share):
    """A list in which this share of neighbours is out of order."""
    lines = LIST.splitlines()
    for k in range(round(share * 63)):
        lines[2 * k + 1], lines[2 * k] = lines[2 * k], lines[2 * k + 1]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "is_list"),
    [
        (LIST, True), ("\n\n" + LIST, True), (unordered(0.08), True),
        ("".join(f"{line}\n{line.upper()}\n" for line in LIST.splitlines()), True),
        (unordered(0.2), False), ("".join(LIST.splitlines(keepends=True)[:49]), False),
        ("".join(f"{line}{'x' * 70}\n" for line in LIST.splitlines()), False),
        ("".join(reversed(LIST.splitlines(keepends=True))), False), ("", False), ("a\n" * 100, False),
    ],
)  # fmt: skip
def test_a_list_has_many_short_lines_nearly_in_order(text, is_list):
    assert looks_like_list(text) is is_list
