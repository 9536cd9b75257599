"""The projector's pictures of what a class does together: places, counts and sentences, without a browser."""

import math
from itertools import pairwise

import pytest

from lesson.frame.files import script
from tests.assets.test_scripts import defined

PICTURES = "classroom/projector/pictures"
OUTCOMES, NUMBERS = f"{PICTURES}/outcomes.js", f"{PICTURES}/numbers.js"
DOTS, SETTINGS = f"{PICTURES}/sweeps/dots.js", f"{PICTURES}/sweeps/settings.js"
AXIS, CURVE, STROKES = f"{PICTURES}/axis.js", f"{PICTURES}/curve.js", f"{PICTURES}/strokes.js"
WORDS, VIEW = "classroom/projector/words.js", "classroom/projector/view.js"


def test_no_two_files_of_the_page_define_the_same_name():
    names = list(defined(script("classroom/projector/projector.js")))
    assert len(names) > 100 and sorted(names) == sorted(set(names))


# -- outcomes of dealt numbers --

IDS = ["right", "a", "b", "c", "d", "other"]


def dealt(*rounds, moved=()):
    answers = [{"id": id, "text": id.upper(), "html": f"<i>{id}</i>"} for id in IDS]
    counts = [dict(zip([*IDS, "unsure"], row, strict=True)) for row in rounds]
    replies = {id: f"Reply to {id}." for id in IDS}
    return {"answers": answers, "rounds": counts, "moved": list(moved), "replies": replies}


def merged(run, asking, most=5):
    return run(OUTCOMES, "(m, [asking, most]) => m.mergedOutcomes(asking, most)", [asking, most])


def test_of_many_mistakes_the_most_frequent_stay_and_nobody_is_lost(run):
    asking = dealt(
        [5, 1, 4, 2, 3, 6, 2],
        [9, 0, 3, 1, 2, 6, 2],
        moved=[["a", "c", 1], ["other", "a", 2], ["b", "right", 1]],
    )
    made = merged(run, asking, most=4)
    assert [answer["id"] for answer in made["answers"]] == ["right", "b", "d", "other"]
    assert made["answers"][-1]["text"] == "Another number or mistake" and not made["answers"][-1]["html"]
    for before, after in zip(asking["rounds"], made["rounds"], strict=True):
        drawn = [answer["id"] for answer in made["answers"]] + ["unsure"]
        assert sum(after[id] for id in drawn) == sum(after.values()) == sum(before.values())
    rows = run(VIEW, "(m, asking) => m.tableOf(asking).rows", made | {"right": "right"})
    for side in (0, 1):  # shares are of all who have answered
        assert sum(row["shares"][side] for row in rows) == pytest.approx(100, abs=2)
    assert made["moved"] == [["other", "other", 3], ["b", "right", 1]]


def test_a_mistake_that_nobody_has_made_is_no_row_and_the_right_one_is_always_there(run):
    made = merged(run, dealt([0, 0, 2, 0, 0, 0, 1]))
    assert [(answer["id"], answer["html"]) for answer in made["answers"]] == [
        ("right", "<i>right</i>"), ("b", "<i>b</i>"),
    ]  # fmt: skip
    assert [answer["id"] for answer in merged(run, dealt())["answers"]] == ["right"]


def test_the_reply_to_the_most_frequent_mistake_of_the_last_vote_is_told(run):
    rows = [dealt([1, 9, 0, 0, 0, 0, 0], [1, 2, 0, 3, 0, 8, 0]), dealt([3, 0, 0, 0, 0, 9, 2]), dealt()]
    replies = run(OUTCOMES, "(m, rows) => rows.map((row) => m.frequentMistake(row)?.reply ?? null)", rows)
    assert replies == ["Reply to c.", None, None]


DIFFERENCE = {"low": -2, "high": 2, "logarithmic": False, "unit": ""}
FAR = {"low": 0.01, "high": 200, "logarithmic": True, "unit": ""}
RATIO = {"low": 0.1, "high": 10, "logarithmic": True, "unit": ""}


@pytest.mark.parametrize(
    ("scale", "most", "texts"),
    [
        (DIFFERENCE, 6, ["≤ −2", "−1", "0", "+1", "≥ +2"]),
        (RATIO, 6, ["≤ × 0.1", "× 0.5", "× 1", "× 2", "≥ × 10"]),
        (RATIO, 3, ["≤ × 0.1", "× 1", "≥ × 10"]),
        (FAR, 9, ["≤ × 0.01", "× 0.1", "× 0.5", "× 1", "× 2", "× 10", "× 100"]),
    ],
)  # fmt: skip
def test_the_axis_of_errors_says_what_is_right_and_that_more_lies_beyond(run, scale, most, texts):
    code = "(m, [scale, most]) => m.errorTicks(scale, most).map((tick) => m.errorText(scale, tick))"
    assert run(NUMBERS, code, [scale, most]) == texts


def test_half_of_the_class_is_at_or_below_its_middle(run):
    assert run(NUMBERS, "(m, rows) => rows.map(m.middleOf)", [[], [4], [1, 4], [1, 4, 9]]) == [None, 4, 1, 4]


@pytest.mark.parametrize(
    ("values", "said", "shown"),
    [
        ([3], "1 number: 3\u00a0steps.", None),
        ([3, 20], "2 numbers: 3 and 20\u00a0steps.", None),
        ([3, 3], "2 numbers: all are 3\u00a0steps.", None),
        ([1, 3, 20], "3 numbers: 1, 3 and 20\u00a0steps.", None),
        ([3] * 5, "5 numbers: all are 3\u00a0steps.", "all of you: 3\u00a0steps"),
        (
            [1, 3, 20, 50],
            "4 numbers: the middle is 3\u00a0steps, at least half lie from 3 to 20\u00a0steps.",
            "half of you ≤ 3\u00a0steps",
        ),
        (
            [1, 2, 2, 2, 9], "5 numbers: the middle is 2\u00a0steps, which at least half have said.",
            "half of you ≤ 2\u00a0steps",
        ),
    ],
)  # fmt: skip
def test_the_lecturer_reads_the_middle_that_the_projector_shows(run, values, said, shown):
    code = "(m, values) => [m.numbersText(values, 'steps'), m.halfOf(values, 'steps')?.words ?? null]"
    assert run(NUMBERS, code, values) == [said, shown]


# -- the model's curve --


@pytest.mark.parametrize(
    ("places", "at", "y"),
    [
        ([[0, 0], [10, 20], [20, 0]], 5, 10),
        ([[0, 0], [10, 20], [20, 0]], 15, 10),
        ([[0, 0], [10, 20], [0, 40]], 5, 30),  # it comes by twice: where it ends
        ([[0, 0], [10, 20], [10, 50]], 10, 50),
        ([[0, 0], [10, 20]], 30, None),
    ],
)
def test_the_truth_is_marked_where_the_curve_comes_by_last(run, places, at, y):
    rows = [{"x": x, "y": y} for x, y in places]
    place = run(CURVE, "(m, [rows, at]) => m.crossingOf(rows, at)", [rows, at])
    assert place == (None if y is None else {"x": at, "y": y})


# -- sweeps --


def test_each_student_is_a_dot_and_no_dot_hides_another(run):
    code = """(m, [places, widest, reach]) => {
      const spacing = m.spacingOf(places.map(({ count }) => count), widest, reach)
      return [spacing, m.dotsOf(places, spacing)]
    }"""
    places = [{"x": 100, "y": 50, "count": 290}, {"x": 300, "y": 80, "count": 10}]
    spacing, dots = run(DOTS, code, [places, 9, 40])
    assert len(dots) == 300 and spacing == pytest.approx(40 / math.sqrt(290))
    first = [(dot["x"], dot["y"]) for dot in dots[:290]]
    assert max(math.dist(dot, (100, 50)) for dot in first) <= 40
    nearest = min(math.dist(a, b) for k, a in enumerate(first) for b in first[:k])
    assert nearest > 0.9 * spacing
    few = run(DOTS, code, [places[1:], 9, 40])[0]
    assert few == 9


def test_a_dot_falls_from_above_the_picture_and_ends_where_it_belongs(run):
    code = "(m, [dot, shares]) => shares.map((share) => m.heightAt(dot, share))"
    ways = run(DOTS, code, [{"x": 1, "y": 200, "start": 0.3}, [0, 0.3, 0.4, 0.5, 0.6, 0.9, 1]])
    assert ways[:2] == [-40, -40] and ways[-1] == 200
    assert all(a <= b for a, b in pairwise(ways))
    last = run(DOTS, "(m) => m.dotsOf([{ x: 0, y: 9, count: 300 }], 1).map((dot) => m.heightAt(dot, 1))")
    assert all(math.isfinite(y) for y in last)
    ends = run(
        DOTS,
        """(m) => {
      const dots = m.dotsOf([{ x: 0, y: 9, count: 300 }], 1)
      return dots.filter((dot) => m.heightAt(dot, 1) !== dot.y).length
    }""",
    )
    assert ends == 0


ONE = [{"values": ["0", "1", "2"]}]
TWO = [{"values": ["0", "1"]}, {"values": ["a", "b", "c"]}]


def marked(run, asking):
    return run(SETTINGS, "(m, asking) => m.markedSetting(asking)", asking)


def test_the_setting_that_is_marked_is_the_questions_own_else_where_it_is_highest(run):
    surface = {"heights": [0.1, 0.9, 0.3], "words": ["low", "high", "middle"]}
    assert marked(run, {"settings": ONE, "surface": surface, "right": None}) == {
        "at": [1], "words": "high", "isBest": False,
    }  # fmt: skip
    assert marked(run, {"settings": ONE, "surface": surface, "right": "2"}) == {
        "at": [2], "words": "middle", "isBest": True,
    }  # fmt: skip
    wide = {"heights": [0, 0, 0, 0, 1, 0], "words": list("uvwxyz")}
    assert marked(run, {"settings": TWO, "surface": wide})["at"] == [1, 1]
    assert marked(run, {"settings": TWO, "surface": wide})["words"] == "y"
    assert marked(run, {"settings": TWO, "surface": wide, "right": "1,2"})["words"] == "z"
    assert marked(run, {"settings": ONE}) is None


def test_what_was_chosen_is_read_by_its_places(run):
    rows = [{"dots": {"7": 2, "7,12": 3}, "unsure": 1}, {"dots": {}}, None]
    made = run(SETTINGS, "(m, rows) => rows.map((row) => m.choicesOf(row ?? undefined))", rows)
    assert made == [[{"at": [7], "count": 2}, {"at": [7, 12], "count": 3}], [], []]
    asking = {"settings": TWO, "rounds": [{"dots": {"0,0": 9}}, {"dots": {"0,0": 4, "1,2": 5}}]}
    assert run(SETTINGS, "(m, asking) => m.triedSentence(asking)", asking) == "2 of 6 settings were tried."


@pytest.mark.parametrize("count", [1, 2, 6, 13, 17, 25, 33])
@pytest.mark.parametrize("most", [2, 3, 5, 9, 40])
def test_an_axis_has_no_more_names_than_there_is_room_for(run, count, most):
    places = run(AXIS, "(m, [count, most]) => m.fewPlaces(count, most)", [count, most])
    assert places[0] == 0 and places[-1] < count and len(places) <= most
    assert len({b - a for a, b in pairwise(places)}) <= 1
    assert most < count or len(places) == count


# -- networks --


def test_curves_grow_from_what_was_there_at_the_last_look(run):
    runs = [{"seed": 1, "setup": 0, "points": [[0, 0]] * 4}, {"seed": 1, "setup": 1, "points": [[0, 0]] * 9}]
    code = """(m, runs) => {
      const before = m.grownLengths(new Map(), runs.slice(0, 1), 1)
      return [0, 0.5, 1].map((share) => [...m.grownLengths(before, runs, share)])
    }"""
    names = ["1 0", "1 1"]
    lengths = [[4, 0], [4, 4.5], [4, 9]]
    made = run(STROKES, code, runs)
    assert made == [[[name, n] for name, n in zip(names, row, strict=True)] for row in lengths]


POLLING = """
async (m, answers) => {
  globalThis.setTimeout = (call) => { waits += 1; queueMicrotask(call); return waits }
  globalThis.clearTimeout = () => {}
  let waits = 0
  const heard = [], asked = []
  const ask = async (method, path) => {
    asked.push(path)
    const answer = answers.shift()
    if (answer === "lost") throw new TypeError("no network")
    if (typeof answer === "number") throw new m.Refusal(answer, "No.")
    return answer
  }
  const poll = m.pollRuns("/ACD346/runs/1", (table) => heard.push(table && table.truth), ask)
  for (let k = 0; k < 60; k++) await null
  poll.hurry()
  for (let k = 0; k < 20; k++) await null
  return [heard, asked.length, answers.length]
}
"""


@pytest.mark.parametrize(
    ("answers", "heard"),
    [
        ([409, {"truth": None}, "lost", {"truth": None}, {"truth": 0}], [None, None, None, 0]),
        ([{"truth": 12}], [12]),
        ([410], []),
        ([404], []),
    ],
)
def test_networks_are_asked_for_until_there_is_a_truth(run, answers, heard):
    said, count, rest = run(f"{PICTURES}/poll.js classroom/server.js", POLLING, [*answers, {"truth": 99}])
    assert (said, count, rest) == (heard, len(answers), 1)


# -- sentences --


def test_an_item_of_a_test_says_which_it_is(run):
    rows = [
        {"test": {"part": "before", "item": 1, "items": 2}},
        {"test": {"part": "after", "item": 2, "items": 6}},
        {},
    ]
    assert run(WORDS, "(m, rows) => rows.map(m.itemSentence)", rows) == [
        "Before the lesson · question 1 of 2", "After the lesson · question 2 of 6", "",
    ]  # fmt: skip
    talk = [{"stage": "talk", "round": 1, "kind": "choice", **row} for row in (rows[0], {})]
    assert run(VIEW, "(m, rows) => rows.map(m.taskSentence)", talk) == [
        "The vote is closed. What is right comes at the end of the lesson.",
        "Talk to your neighbour about your answers.",
    ]


def compared(gain, low, high, n=54):
    ends = (
        {"interval": [low, high], "share_before": 0.4, "share_after": 0.4 + gain} if gain is not None else {}
    )
    return {"n": n, "gain": gain, "interval": None, "share_before": None, "share_after": None, **ends}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (compared(0.37, 0.22, 0.504), "+37 points, 95% interval 22 to 50, n = 54"),
        (compared(-0.05, -0.123, 0.02), "−5 points, 95% interval −12 to 2, n = 54"),
        (compared(0.01, 0, 0.02), "+1 point, 95% interval 0 to 2, n = 54"),
        (compared(0.001, -0.002, 0.004), "0 points, 95% interval 0 to 0, n = 54"),
        (compared(0.367, 0.2, 0.5) | {"share_before": 0.467}, "+30 points, 95% interval 20 to 50, n = 54"),
        (
            compared(None, 0, 0, 9),
            "Too few for a gain: 9 students answered all at both ends.",
        ),
        (
            compared(None, 0, 0, 1),
            "Too few for a gain: 1 student answered all at both ends.",
        ),
        (
            compared(None, 0, 0, 0),
            "Too few for a gain: no students answered all at both ends.",
        ),
    ],
)
def test_a_gain_is_told_with_its_interval_and_not_with_few_students(run, row, sentence):
    assert run(WORDS, "(m, row) => m.comparedSentence(row)", row) == sentence


def test_each_item_tells_its_own_gain(run):
    items = [
        {"after": ["7", 1], **compared(0.5, 0.4, 0.6, 12)},
        {"after": ["8", 1], **compared(None, 0, 0, 3)},
    ]
    gain = {"items": items, **compared(0.1, 0, 0.2)}
    rows = [{"id": id, "gain": gain} for id in ("7", "8", "9")]
    assert run(WORDS, "(m, rows) => rows.map(m.gainSentence)", rows) == [
        "On this question: +50 points, 95% interval 40 to 60, n = 12",
        "Too few for a gain: 3 students answered at both ends.",
        "It was not asked before the lesson.",
    ]
    test = {"part": "after", "item": 2, "items": 2}
    states = [
        {"gain": gain, "test": test}, {"gain": gain, "test": {**test, "item": 1}}, {"test": test},
        {"gain": {**gain, "gain": None}, "test": test},
        {"gain": {**gain, "gain": None, "items": items[:1]}, "test": {**test, "item": 1, "items": 1}}, {},
    ]  # fmt: skip
    is_first = run(WORDS, "(m, rows) => rows.map(m.isGainFirst)", states)
    assert is_first == [True, False, False, True, False, False]
    names = run(VIEW, "(m, rows) => rows.map((row) => m.roundNameOf(row, 2))", [
        {"gain": gain, "rounds": [{}, {}]}, {"rounds": [{}, {}]}, {"gain": gain, "rounds": [{}, {}, {}]},
    ])  # fmt: skip
    assert names == ["After", "Second vote", "Second vote"]


def test_what_networks_and_controls_are_is_a_sentence(run):
    code = """(m) => [
      m.learnedSentence("b = 3", 12, 30), m.learnedSentence("b", 1, 2), m.doneSentence(3, 60),
      m.doneSentence(60, 60),
    ]"""
    assert run(WORDS, code) == [
        "b = 3: 12 of 30 have learned it", "b: 1 of 2 has learned it", "3 of 60 networks are done.",
        "All 60 networks are done.",
    ]  # fmt: skip
    setting = {"text": "b_f", "html": "b<sub>f</sub>", "values": ["-6", "0", "6"]}
    assert run(WORDS, "(m, setting) => m.rangeOf(setting)", setting) == {
        "text": "b_f: from −6 to 6", "html": "b<sub>f</sub>: from −6 to 6",
    }  # fmt: skip


def test_an_item_of_a_test_is_over_when_its_vote_is_closed(run):
    test = {"part": "before", "item": 1, "items": 2}
    rows = [
        {"stage": "talk"}, {"stage": "talk", "test": test}, {"stage": "vote", "test": test},
        {"stage": "revealed"},
    ]  # fmt: skip
    assert run(VIEW, "(m, rows) => rows.map(m.isOver)", rows) == [False, True, False, True]


def test_an_experiments_result_is_no_new_screen(run):
    def keys(*rows):
        return len(set(run(VIEW, "(m, rows) => rows.map(m.contentKey)", rows)))

    begun = {"id": "1", "stage": "revealed", "experiment": {"seeds": 30}, "right": None, "replies": {}}
    assert keys(begun, {**begun, "right": 12, "replies": {"unsure": "So."}}) == 1
    assert keys(begun, {**begun, "stage": "vote"}) == 2
    assert (
        keys({"id": "1", "stage": "revealed", "right": 1}, {"id": "1", "stage": "revealed", "right": 2}) == 2
    )
