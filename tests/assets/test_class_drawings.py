"""The projector's drawings: who moved where, and numbers on a scale; places and texts, without a browser."""

import math
import re

import pytest

from lesson.frame.files import ROOT

FLOW, NUMBERS = "classroom/projector/pictures/flow.js", "classroom/projector/pictures/numbers.js"
ROWS = [{"id": id, "y": 50.0 + 60 * k} for k, id in enumerate(["a", "b", "unsure"])]
PLACE = {"left": 100, "right": 260, "thickness": 30, "text": 20}


def bands(run, moved, rows=ROWS, place=PLACE):
    return run(FLOW, "(m, [rows, moved, place]) => m.bandsOf(rows, moved, place)", [rows, moved, place])


def edges(band):
    """The upper edge on the left and on the right, and the height."""
    left, right, high = re.fullmatch(
        r"M100 (\S+)C180 \S+ 180 \S+ 260 (\S+)v(\S+?)C.*z", band["path"]
    ).groups()
    return float(left), float(right), float(high)


def test_a_bands_height_is_how_many_moved(run):
    made = bands(run, [["a", "b", 9], ["a", "a", 3], ["b", "b", 6]])
    assert [(band["start"], band["end"], band["count"]) for band in made] == [
        ("a", "b", 9), ("b", "b", 6), ("a", "a", 3),
    ]  # fmt: skip
    heights = [edges(band)[2] for band in made]
    assert heights == pytest.approx([18, 12, 6])  # 15 arrive at b: the whole thickness of its bar


def test_bands_lie_in_their_bars_and_do_not_overlap_there(run):
    made = bands(
        run, [["a", "b", 4], ["a", "a", 3], ["b", "a", 2], ["unsure", "b", 5], ["unsure", "unsure", 1]]
    )
    for side, key in ((0, "start"), (1, "end")):
        for row in ROWS:
            own = sorted((edges(b)[side], edges(b)[2]) for b in made if b[key] == row["id"])
            assert all(
                top + high <= after + 1e-9 for (top, high), (after, _) in zip(own, own[1:], strict=False)
            )
            for top, high in own:
                assert row["y"] - 15 <= top + 1e-9 and top + high <= row["y"] + 15 + 1e-9


def test_a_number_stands_on_each_band_that_leads_elsewhere_and_on_no_other_number(run):
    moved = [["a", "b", 4], ["b", "a", 2], ["a", "unsure", 1], ["unsure", "a", 5], ["b", "b", 9]]
    made = bands(run, moved)
    places = [band["middle"] for band in made if band["middle"]]
    assert len(places) >= 3
    assert [band["middle"] for band in made if band["start"] == band["end"]] == [None]
    for k, one in enumerate(places):
        for other in places[:k]:
            assert math.hypot((one["x"] - other["x"]) / 1.4, one["y"] - other["y"]) > 20


def test_an_answer_that_is_not_drawn_has_no_band(run):
    assert bands(run, [["gone", "a", 3]]) == []
    assert bands(run, []) == []


# -- numbers on a scale --

LINEAR = {"low": 0, "high": 1, "logarithmic": False, "unit": ""}
STEPS = {"low": 1, "high": 1000, "logarithmic": True, "unit": "steps"}
TINY = {"low": 1e-12, "high": 1, "logarithmic": True, "unit": ""}


def test_equal_steps_of_a_logarithmic_scale_are_equal_factors(run):
    places = run(
        NUMBERS, "(m, [scale, v]) => v.map((x) => m.placeOf(scale, x))", [STEPS, [1, 10, 100, 1000, 5000]]
    )
    assert places == pytest.approx([0, 1 / 3, 2 / 3, 1, 1])
    places = run(NUMBERS, "(m, [scale, v]) => v.map((x) => m.placeOf(scale, x))", [LINEAR, [0, 0.25, 1, -1]])
    assert places == pytest.approx([0, 0.25, 1, 0])


@pytest.mark.parametrize(
    ("scale", "values", "counts"),
    [
        (LINEAR, [0, 0.1, 0.25, 0.99, 1, 1], [2, 1, 0, 3]),
        (STEPS, [1, 5, 6, 40, 1000], [2, 1, 1, 1]),
        (LINEAR, [], [0, 0, 0, 0]),
    ],
)
def test_each_number_counts_once_where_it_lies(run, scale, values, counts):
    assert run(NUMBERS, "(m, [scale, v]) => m.countsOf(scale, v, 4)", [scale, values]) == counts


@pytest.mark.parametrize(
    ("scale", "most", "ticks"),
    [
        (LINEAR, 6, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (LINEAR, 3, [0, 0.5, 1]),
        ({**LINEAR, "low": -4, "high": 4}, 6, [-4, -2, 0, 2, 4]),
        ({**LINEAR, "low": 0, "high": 100}, 6, [0, 20, 40, 60, 80, 100]),
        ({**LINEAR, "high": 30}, 3, [0, 15, 30]),
        ({**LINEAR, "high": 30}, 2, [0, 30]),
        ({**LINEAR, "high": 10_320}, 3, [0, 10_000]),
        (STEPS, 6, [1, 10, 100, 1000]),
        (TINY, 5, [1e-12, 1e-9, 1e-6, 1e-3, 1]),
        (TINY, 4, [1e-12, 1e-6, 1]),
        ({**TINY, "low": 10, "high": 1e5}, 3, [10, 1e3, 1e5]),
        ({**TINY, "low": 100, "high": 1e7}, 4, [100, 1e7]),
    ],
)
def test_an_axis_has_round_numbers(run, scale, most, ticks):
    made = run(NUMBERS, "(m, [scale, most]) => m.ticksOf(scale, most)", [scale, most])
    assert made == pytest.approx(ticks)
    assert len(made) <= most


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (0.38, "0.38"), (0.001, "0.001"), (1000, "1,000"), (4321, "4,321"), (-2.5, "−2.5"),
        (1e-10, "10⁻¹⁰"), (1.9e-10, "1.9 · 10⁻¹⁰"), (2e6, "2 · 10⁶"), (1e5, "10⁵"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_the_course_writes_them(run, value, text):
    assert run(NUMBERS, "(m, value) => m.numberText(value)", value) == text


def test_a_unit_stays_with_its_number(run):
    assert run(NUMBERS, "(m) => m.withUnit(70, 'steps')") == "70\u00a0steps"
    assert run(NUMBERS, "(m) => m.withUnit(70, '')") == "70"
    assert run(NUMBERS, "(m) => m.withUnit(70, '%')") == "70%"


def test_no_percent_sign_of_class_mode_has_a_space_before_it():
    files = [*(ROOT / "assets" / "classroom").rglob("*.js"), *(ROOT / "lesson").glob("class*/**/*.py")]
    spaced = re.compile(r"[}\d][ \u00a0\u202f]%(?! [a-z(])")
    texts = {path.name: re.sub(r"//.*", "", path.read_text("utf-8")) for path in files}
    assert len(texts) > 50
    assert [name for name, text in texts.items() if spaced.search(text)] == []
