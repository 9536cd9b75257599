"""What the pictures of the variants are told, in every state of their controls."""

import base64
import re

import numpy as np
import pytest

from lesson.frame.query import Query, QueryError
from lesson.gates.cell_variants.answers import variants
from lesson.gates.cell_variants.challenge_table import settings
from lesson.gates.cell_variants.kinds import KINDS
from lesson.gates.cell_variants.scan_answer import pairs_of_round, scan_picture
from lesson.gates.cell_variants.solutions import solution, verdict
from lesson.gates.challenges.catalogue import CHALLENGES
from lesson.gates.input_presets import PRESETS, preset
from lesson.gates.parameters import NO_CHALLENGE, SCAN_BIAS, VARIANT_BIASES
from lesson.gates.sliders import START
from lstm.scalar import scalar_run
from lstm.variants.scalar import variant_run
from visualization.numbers import number


def unpacked(text, *shape):
    return np.frombuffer(base64.b64decode(text), "<i2").reshape(shape)


def plain(html):
    return re.sub("<[^>]+>", "", html)


@pytest.mark.parametrize("option", KINDS)
@pytest.mark.parametrize("name", PRESETS)
def test_numbers_and_words_are_those_of_both_cells(option, name):
    given = {
        "variant": option,
        "variant_input": name,
        "variant_bf": "2",
        "variant_bi": "-1",
        "variant_pf": "3",
    }
    answer = variants(Query(given))
    (frame,) = answer["frames"]
    numbers = unpacked(frame["numbers"], 2, 6, answer["common"]["T"])
    x = preset(name, 20)
    setting = START | {"C_prev": 0.0, "b_f": 2.0, "b_i": -1.0, "p_f": 3.0, "p_i": -2.0, "p_o": 2.0}
    own, lstm = variant_run(KINDS[option].name, setting, x), scalar_run(setting, x)
    np.testing.assert_array_equal(numbers[0, 3], np.round(100 * own.C))
    np.testing.assert_array_equal(numbers[1, 5], np.round(100 * lstm.h))
    np.testing.assert_array_equal(numbers[1, 0], np.round(100 * lstm.f))
    low, high = frame["axis"]
    assert low <= numbers[:, [3, 5]].min() and numbers[:, [3, 5]].max() <= high
    said = re.findall(r"−?\d+\.\d\d", plain(frame["words"]))
    assert [float(n.replace("−", "-")) for n in said[:2]] == [
        pytest.approx(run.C[-1], abs=0.0051) for run in (own, lstm)
    ]


@pytest.mark.parametrize("option", KINDS)
@pytest.mark.parametrize("along", [p.name for p in VARIANT_BIASES.values()])
def test_a_sliders_frames_are_the_single_answers(option, along):
    answer = variants(Query({"variant": option, "along": along}))
    assert len(answer["frames"]) == 65
    for k in (0, 31, 64):
        value = VARIANT_BIASES["b_f"].address_values[k]
        (alone,) = variants(Query({"variant": option, along: value}))["frames"]
        assert alone == answer["frames"][k]


def test_a_slider_that_a_cell_lacks_moves_the_lstm_alone():
    frames = variants(Query({"variant": "LSTM of 1997", "along": "variant_bf"}))["frames"]
    numbers = [unpacked(frame["numbers"], 2, 6, 20) for frame in frames]
    assert all((each[0] == numbers[0][0]).all() for each in numbers)
    assert not (numbers[0][1] == numbers[-1][1]).all()


@pytest.mark.parametrize("option", KINDS)
@pytest.mark.parametrize("challenge", CHALLENGES)
def test_a_loaded_challenge_says_what_the_checker_says(option, challenge):
    kind = KINDS[option].name
    loaded = {"variant": option, "variant_challenge": challenge, **settings()[option][challenge]}
    answer = variants(Query(loaded))
    (frame,) = answer["frames"]
    words = plain(frame["words"])
    passing = solution(kind, challenge)
    if passing is None:
        assert "can't pass" in words and " fail" in words
    else:
        assert "passes" in words and verdict(kind, challenge, passing, 0).passed
        numbers = unpacked(frame["numbers"], 2, 6, answer["common"]["T"])
        band = answer["common"]["band"]
        own = numbers[0, 3 if band["quantity"] == "C" else 5]
        for value, low, high in zip(own, band["low"], band["high"], strict=True):
            assert (low is None or value >= low - 1) and (high is None or value <= high + 1)


def test_a_setting_that_fails_is_counted_as_the_checker_counts():
    loaded = {"variant": "coupled f and i", "variant_challenge": "reset", "variant_bf": "3"}
    (frame,) = variants(Query(loaded))["frames"]
    expected = verdict("coupled", "reset", solution("coupled", "reset") | {"b_f": 3.0}, 0)
    assert f"{expected.failed} of {expected.trials} hidden sequences" in frame["words"]
    assert "Another setting passes" in frame["words"]


def test_a_challenge_along_a_slider_costs_little_and_is_not_long():
    answer = variants(Query({"variant": "minLSTM", "variant_challenge": "count", "along": "variant_bf"}))
    assert sum(len(frame["numbers"]) + len(frame["words"]) for frame in answer["frames"]) < 110_000


@pytest.mark.parametrize("wrong", [{"variant": "x"}, {"variant_challenge": ""}, {"along": "variant_t"}])
def test_what_no_control_sends_is_refused(wrong):
    with pytest.raises(QueryError):
        variants(Query(wrong))


def test_without_a_challenge_none_is_judged():
    answer = variants(Query({"variant_challenge": NO_CHALLENGE}))
    assert answer["common"]["band"] is None and "hidden" not in answer["frames"][0]["words"]


# -- the scan --


@pytest.mark.parametrize("T", [8, 16])
@pytest.mark.parametrize("name", PRESETS)
def test_the_last_round_is_the_loop_and_so_says_the_picture(T, name):
    answer = scan_picture(Query({"scan_steps": str(T), "scan_input": name, "along": "scan_bf"}))
    R = len(answer["common"]["pairs"]) - 1
    assert 2**R == T and len(answer["frames"]) == len(SCAN_BIAS.grid)
    for frame in answer["frames"]:
        rounds, states = unpacked(frame["rounds"], R + 1, 2, T), unpacked(frame["loop"], T)
        # A half may be rounded to either side where the last digits of scan and loop differ.
        assert np.abs(rounds[R, 1] - states).max() <= 1
        for k, pairs in enumerate(answer["common"]["pairs"]):
            done = pairs["finished"]
            assert np.abs(rounds[k, 1, :done] - states[:done]).max() <= 1
    for words in answer["common"]["words"]:
        assert words.count("{") <= len(answer["frames"][0]["gaps"][-1]) + 1
    assert f"{R} rounds instead of {T} steps" in plain(answer["common"]["words"][-1])
    assert len(str(answer)) < 110_000


def test_pairs_of_a_round():
    assert pairs_of_round(0, 8) == {"apart": 0, "joined": [], "finished": 1}
    assert pairs_of_round(2, 8) == {"apart": 2, "joined": [2, 3, 4, 5, 6, 7], "finished": 4}
    assert pairs_of_round(4, 16)["finished"] == 16


@pytest.mark.parametrize("name", PRESETS)
def test_who_computes_a_round_with_the_numbers_in_its_words_gets_what_stands_there(name):
    answer = scan_picture(Query({"scan_steps": "16", "scan_input": name, "along": "scan_bf"}))
    for frame in answer["frames"]:
        for text, gaps in list(zip(answer["common"]["words"], frame["gaps"], strict=True))[1:]:
            words = text.format(*gaps)
            texts = re.findall(r"−?\d+\.\d\d+", plain(words))[:7]
            a_2, a_1, _, again, b_1, b_2, _ = (float(n.replace("−", "-")) for n in texts)
            assert texts[2] == number(a_2 * a_1), words
            assert texts[6] == number(again * b_1 + b_2), words
