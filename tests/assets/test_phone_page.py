"""The phone's page: how large it is, which screen there is, its words, and its scale."""

import pytest

from lesson.classroom.pages.pages import BY_LETTER, page
from lesson.frame.files import script
from tests.assets.test_scripts import defined

LARGEST = 40 * 1024  # bytes of the phone's page, all that it needs and before anything is compressed
PAGES = sorted(BY_LETTER.values())
SITUATION = "classroom/phone/situation.js"
ASKING = {
    "id": "3", "round": 1, "stage": "vote", "kind": "choice", "text": "Why?", "html": "", "link": "gates",
    "answers": [{"id": "a", "text": "So"}, {"id": "b", "text": "Not so", "html": "Not <i>so</i>"}],
}  # fmt: skip


def test_the_phone_s_page_is_small():
    html = page("phone").content
    assert len(html) <= LARGEST
    assert b"<script src" not in html and b'<link rel="stylesheet' not in html  # nothing more is loaded


@pytest.mark.parametrize("name", PAGES)
def test_a_page_as_it_travels_is_a_module_that_a_browser_reads(read_script, name):
    sent = page(name).content.decode().split('<script type="module">')[1].split("</script>")[0]
    read_script(sent)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_one_module_that_a_browser_reads(read_script, name):
    code = script(f"classroom/{name}/{name}.js")
    names = list(defined(code))
    assert sorted(names) == sorted(set(names))
    read_script(code)


@pytest.mark.parametrize(
    ("change", "screen"),
    [
        ({"code": ""}, ["code", "code"]),
        ({"state": None}, ["loading", "loading"]),
        ({"isMember": False}, ["join", "join"]),
        ({"isRestored": False}, ["loading", "loading"]),
        ({"state": {"asking": None}}, ["waiting", "waiting"]),
        ({"stage": "waiting"}, ["ready", "ready/3/1"]),
        ({}, ["vote", "vote/3/1"]),
        ({"round": 2}, ["vote", "vote/3/2"]),
        ({"stage": "talk"}, ["talk", "talk/3/1"]),
        ({"stage": "revealed"}, ["revealed", "revealed/3/1"]),
        ({"state": {"asking": ASKING | {"stage": "revealed"}, "elsewhere": "Gates"}}, ["place", "place/3/1"]),
        ({"over": {"status": 410}}, ["over", "over"]),
        ({"over": {"status": 404}}, ["over", "over"]),  # it was here, and the server has lost it
        ({"over": {"status": 404}, "isMember": False}, ["code", "code"]),
        ({"over": {"status": 410}, "isMember": False}, ["over", "over"]),
    ],
)
def test_the_screen_that_there_is(run, change, screen):
    about = {name: value for name, value in change.items() if name in ASKING}
    whole = {
        "code": "ABCDEF", "isMember": True, "isRestored": True, "over": {"status": 0},
        "state": {"asking": ASKING | about}, **{k: v for k, v in change.items() if k not in about},
    }  # fmt: skip
    function = "({ screenOf }, whole) => { const { name, key } = screenOf(whole); return [name, key] }"
    assert run(SITUATION, function, whole) == screen


def test_a_code_is_read_from_an_address_and_as_somebody_types_it(run):
    assert run(
        SITUATION,
        "({ codeOfPath, orderedCode }, paths) => [...paths.map(codeOfPath), orderedCode(' h7k-2mq ')]",
        ["/j/H7K2MQ", "/course/j/h7k2mq/", "/j/", "/j", "/course/j"],
    ) == ["H7K2MQ", "H7K2MQ", "", "", "", "H7K2MQ"]


@pytest.mark.parametrize(
    ("asking", "answer", "words"),
    [
        ({"right": "a"}, "a", "Right."),
        ({"right": "a"}, "b", "Not right."),
        ({"right": "a"}, "unsure", "Here is the answer."),
        ({"right": "a"}, None, "You did not answer."),
        ({"right": None}, "a", "The vote is over."),
        ({"right": 3, "scale": {"low": 0, "high": 9}}, 4, "Within 50%."),
    ],
)
def test_what_is_said_of_an_own_answer(run, asking, answer, words):
    assert (
        run(SITUATION, "({ verdict }, [asking, answer]) => verdict(asking, answer)", [asking, answer])
        == words
    )


def test_the_line_says_whether_an_answer_is_stored(run):
    rows = [
        (True, None),
        (True, {"sent": False}),
        (True, {"sent": True}),
        (False, {"sent": False}),
        (False, None),
    ]
    lines = run(
        SITUATION,
        "({ statusLine }, rows) => rows.map(([isReached, own]) => "
        "statusLine({ isReached, own, name: 'vote', voted: 3, joined: 9 }))",
        rows,
    )
    assert lines == [
        "You have not voted yet.", "Sending …", "Your vote is in. You can change it.",
        "No connection. Your vote waits here.", "No connection. Trying again …",
    ]  # fmt: skip


def test_the_line_says_that_the_database_is_away(run):
    lines = run(
        SITUATION,
        "({ statusLine }, rows) => rows.map(([isReached, own]) => "
        "statusLine({ isReached, isAway: true, isLate: true, own, name: 'vote', voted: 3, joined: 9 }))",
        [(True, None), (True, {"sent": True}), (True, {"sent": False}), (False, None)],
    )
    later = "The class goes on as soon as its database answers."
    waits = "Your vote is kept here and sent by itself."
    assert lines == [later, later, waits, "No connection. Trying again …"]


def test_a_vote_after_the_soft_timer_is_still_one(run):
    lines = run(
        SITUATION,
        "({ statusLine }, owns) => owns.map((own) => "
        "statusLine({ isReached: true, isLate: true, own, name: 'vote', voted: 3, joined: 9 }))",
        [None, {"sent": True}, {"sent": False}],
    )
    late = "Time is up. Your lecturer closes the vote soon."
    assert lines == [late, "Your vote is in. You can change it.", "Sending …"]


def test_a_number_is_told_how_near_it_is(run):
    rows = [
        (6.58, 6.578),
        (5.25, 6.578),
        (4, 6.578),
        (20, 6.578),
        (2.2, 6.578),
        (0.6, 6),
        (0, 6),
        (25, 0.0374),
    ]
    function = "({ nearness }, rows) => rows.map((row) => nearness(...row))"
    assert run(SITUATION, function, rows) == [
        "Within 1%.", "Within 25%.", "Within 50%.", "3 times as much.", "About a third of it.",
        "About 1/10 of it.", "Far too small.", "Far too large.",
    ]  # fmt: skip


def test_a_soft_timer_counts_down_by_the_server_s_clock(run):
    function = """({ secondsLeft, clockText }) => [999_000, 1_000_000, 1_045_500, 1_090_000, 1_200_000].map(
      (now) => clockText(secondsLeft({ seconds: 90, since: 1000 }, now)))"""
    assert run(SITUATION, function) == ["1:30", "1:30", "0:45", "0:00", "0:00"]


def test_a_number_is_written_as_the_course_writes_it(run):
    numbers = [0, 6.578813, 2480, 35_579, 0.0374175, -0.5, 1e-3, 1.94e-10, 1e-12]
    function = """({ numberText }, numbers) => [...numbers.map((number) => numberText(number)),
      numberText(4.0775, "nats")]"""
    assert run(SITUATION, function, numbers) == [
        "0", "6.58", "2,480", "35,579", "0.0374", "−0.5", "0.001", "1.94 · 10⁻¹⁰", "10⁻¹²", "4.08 nats",
    ]  # fmt: skip


SCALES = [
    {"low": 0, "high": 100, "logarithmic": False},
    {"low": 0.001, "high": 1000, "logarithmic": True},
    {"low": -5, "high": 5, "logarithmic": False},
]


def test_a_large_number_may_be_typed_with_a_comma_for_its_thousands(run):
    function = "({ readNumber }, rows) => rows.map(([high, text]) => readNumber({ low: 0, high }, text))"
    rows = [[1e5, "16,200"], [1e7, "1,234,567"], [1e5, "16,2"], [1e5, "1,5"], [10, "1,200"], [1e5, "0,500"]]
    read = run("classroom/phone/situation.js", function, rows)
    assert read == [16200, 1234567, 16.2, 1.5, 1.2, 500]
    rows = [[1e5, "16.200"], [1e5, "16 200"], [1e5, "16’200"], [10, "1.200"], [1e5, "2.5"], [1e5, "50%"]]
    assert run("classroom/phone/situation.js", function, rows) == [16200, 16200, 16200, 1.2, 2.5, None]


def test_a_share_may_be_typed_as_percent_and_a_minus_in_every_way(run):
    function = "({ readNumber }, rows) => rows.map(([low, high, text]) => readNumber({ low, high }, text))"
    rows = [[0, 1, "50%"], [0, 1, "3,7 %"], [1e-12, 1, "0.5"], [0, 1, "50"], [0, 10, "5%"]]
    rows += [[-5, 5, "–0.3"], [-5, 5, "− 0,3"], [-5, 5, "-0.3"], [-5, 5, "0-3"]]
    read = run("classroom/phone/situation.js", function, rows)
    assert read == [0.5, pytest.approx(0.037), 0.5, None, None, -0.3, -0.3, -0.3, None]


@pytest.mark.parametrize(
    ("digits", "value", "text"),
    [
        (1, 144.2, "144.2"), (1, 144, "144.0"), (2, 13.51, "13.51"), (2, 2.3, "2.30"), (2, 0.7083, "0.7083"),
        (2, 0.70834567891, "0.71"), (2, -0.0947, "−0.0947"), (0, 16200, "16,200"),
    ],
)  # fmt: skip
def test_own_numbers_are_written_with_the_digits_that_are_asked_for(run, digits, value, text):
    function = "({ answerText }, [asking, value]) => answerText(asking, value)"
    asking = {"digits": digits, "scale": {"unit": ""}, "answers": []}
    assert run("classroom/phone/situation.js", function, [asking, value]) == text


@pytest.mark.parametrize("scale", SCALES)
def test_a_slider_s_places_and_a_scale_s_numbers_belong_together(run, scale):
    function = """({ placeOf, valueAt, readNumber, PLACES }, scale) => [
      Array.from({ length: PLACES + 1 }, (_, k) => valueAt(scale, k / PLACES)),
      Array.from({ length: PLACES + 1 }, (_, k) => placeOf(scale, valueAt(scale, k / PLACES)) * PLACES - k),
      ["", "x", "1,5", "−2", "1e9", " 3 "].map((text) => readNumber(scale, text))]"""
    values, errors, numbers = run("classroom/phone/scale.js classroom/phone/situation.js", function, scale)
    assert values == sorted(values)
    assert (values[0], values[-1]) == (scale["low"], scale["high"])
    assert max(map(abs, errors)) < 0.51
    assert numbers == [None, None, 1.5, -2 if scale["low"] < 0 else None, None, 3]
    middle = 1 if scale["logarithmic"] else (scale["low"] + scale["high"]) / 2
    assert values[len(values) // 2] == middle


def test_what_is_counted_has_whole_places_and_a_long_scale_marks(run):
    function = """({ valueAt, marksOn, PLACES }, scales) => scales.map((scale) => [
      Array.from({ length: PLACES + 1 }, (_, k) => valueAt(scale, k / PLACES)).every(Number.isInteger),
      marksOn(scale)])"""
    scales = [
        {"low": 0, "high": 50, "logarithmic": False, "unit": "steps"},
        {"low": 10, "high": 100_000, "logarithmic": True, "unit": ""},
        {"low": 1e-12, "high": 1, "logarithmic": True, "unit": ""},
    ]
    assert run("classroom/phone/scale.js", function, scales) == [
        [True, [0, 50]], [True, [10, 100, 1000, 10_000, 100_000]], [False, [1e-12, 1e-9, 1e-6, 1e-3, 1]],
    ]  # fmt: skip


def test_a_key_always_changes_what_is_counted(run):
    function = """({ valueAt, stepOf, PLACES }, scales) => scales.map((scale) => {
      const step = stepOf(scale), count = Math.round(PLACES / step)
      return new Set(Array.from({ length: count + 1 }, (_, k) => valueAt(scale, (k * step) / PLACES))).size
    })"""
    scales = [
        {"low": 0, "high": 50, "logarithmic": False, "unit": "steps"},
        {"low": 0, "high": 30, "logarithmic": False, "unit": "networks"},
        {"low": 0, "high": 10, "logarithmic": False, "unit": ""},
    ]
    assert run("classroom/phone/scale.js", function, scales) == [51, 31, 201]


SO, NOT_SO, UNSURE = ["", "So"], ["Not <i>so</i>", "Not so"], ["", "I don’t know"]


@pytest.mark.parametrize(
    ("stage", "given", "row"),
    [
        ("vote", {}, None),
        ("vote", {1: "a"}, [SO, SO, False, "Not revealed.", None]),
        ("revealed", {1: "a", 2: "b"}, [SO, NOT_SO, True, "Right.", None]),
        ("revealed", {2: "a"}, [SO, SO, True, "Not right. Right answer: ", NOT_SO]),
        ("revealed", {2: "unsure"}, [UNSURE, UNSURE, True, "Here is the answer. Right answer: ", NOT_SO]),
    ],
)
def test_the_record_has_the_first_and_the_last_answer(run, stage, given, row):
    asking = ASKING | {"stage": stage, "round": 2, "right": "b"}
    function = """({ rowOf }, [asking, given]) => {
      const stored = (id, round) => given[round] ? { answer: given[round] } : null
      const row = rowOf(asking, { stored })
      return row && [row.first, row.last, row.isRevealed, row.said, row.truth]
    }"""
    assert run("classroom/phone/record_list.js", function, [asking, given]) == row


SETTINGS = [{"text": "b_f", "html": "b<sub>f</sub>", "parameter": "bf", "values": ["-1", "0", "1"]}]
SWEEP = ASKING | {
    "kind": "sweep", "answers": [], "settings": SETTINGS, "right": "1", "stage": "revealed",
    "surface": {"heights": [0, 1, 1], "words": ["kept for 0", "solved with 0", "solved with 1"]},
}  # fmt: skip
BEST = ["b<sub>f</sub>\u00a0=\u00a00", "b_f\u00a0=\u00a00"]


@pytest.mark.parametrize(
    ("asking", "answer", "said", "truth"),
    [
        (SWEEP, "1", "solved with 0. One of the 2 best.", None),
        (SWEEP, "2", "solved with 1. One of the 2 best.", None),
        (SWEEP, "0", "kept for 0. One of the 2 best: ", BEST),
        (SWEEP, "unsure", "Here is the answer. One of the 2 best: ", BEST),
        (SWEEP | {"right": None}, "0", "kept for 0.", None),
        (SWEEP | {"right": None, "surface": None}, "0", "", None),
        (SWEEP | {"stage": "vote"}, "0", "Not revealed.", None),
    ],
)
def test_the_record_says_what_came_of_a_setting(run, asking, answer, said, truth):
    function = """({ rowOf }, [asking, answer]) => {
      const { said, truth } = rowOf(asking, { stored: () => ({ answer }) })
      return [said, truth]
    }"""
    assert run("classroom/phone/record_list.js", function, [asking, answer]) == [said, truth]
