"""The projector's pure parts: screens and sentences, addresses, keys, the timer."""

import pytest

VIEW, JOINING = "classroom/projector/view.js", "classroom/projector/joining.js"
ANSWERS = [{"id": "no", "text": "No", "html": "<i>No</i>"}, {"id": "yes", "text": "Yes"}]


def state(asking=None, **more):
    return {"joined": 31, "voted": 23, "asking": asking, "follow": None, "timer": None, **more}


def asking(stage="vote", **more):
    return {"id": "1", "kind": "choice", "answers": ANSWERS, "stage": stage, "round": 1, **more}


@pytest.mark.parametrize(
    ("room", "is_joining", "screen"),
    [
        (state(), False, "join"),
        (state(asking("waiting")), False, "question"),
        (state(asking("vote")), False, "question"),
        (state(asking("vote")), True, "join"),
        (state(asking("talk")), False, "question"),
        (state(asking("revealed")), False, "reveal"),
    ],
)
def test_each_stage_has_its_screen(run, room, is_joining, screen):
    assert run(VIEW, "(m, [room, joins]) => m.screenOf(room, joins)", [room, is_joining]) == screen


@pytest.mark.parametrize(
    ("room", "sentence"),
    [
        (state(), ""),
        (state(asking()), "23 of 31 have answered"),
        (state(asking(), voted=1), "1 of 31 has answered"),
        (state(asking(), joined=0, voted=0), "Nobody has joined yet"),
        (state(asking(), joined=2, voted=3), "3 of 3 have answered"),
        (state(asking("talk")), "23 of 31 answered"),
        (state(asking("waiting")), "The vote opens soon."),
        (
            state(
                asking("revealed", right="yes", moved=[["no", "yes", 7], ["yes", "no", 2], ["no", "no", 1]])
            ),
            "9 of 10 changed their answer: 7 to the right one, 2 away from it.",
        ),
        (state(asking("talk", moved=[["no", "yes", 7], ["no", "no", 1]])), "7 of 8 changed their answer."),
        (state(asking("talk", moved=[["no", "no", 8]])), "None of 8 changed their answer."),
    ],
)
def test_the_count_is_one_sentence(run, room, sentence):
    assert run(VIEW, "(m, room) => m.countSentence(room)", room) == sentence


def test_all_are_told_what_to_do(run):
    rows = [asking("talk"), asking(round=2), asking(kind="number"), asking(), asking("revealed")]
    assert run(VIEW, "(m, rows) => rows.map(m.taskSentence)", rows) == [
        "Talk to your neighbour about your answers.", "Vote again.", "Choose your number.", "", "",
    ]  # fmt: skip
    assert run(VIEW, "(m) => [0, 1, 40].map(m.joinedSentence)") == [
        "Nobody has joined yet", "1 has joined", "40 have joined",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("reply", "parts"),
    [
        ("", ["", "", ""]),
        ("It keeps <i>C</i>.", ["", "It keeps <i>C</i>.", ""]),
        (
            "We measured which share is left (H = 32). The median is 0.5. In each network it is more, "
            + "m" * 150,
            [
                "We measured which share is left (H = 32). ", "The median is 0.5. ",
                "In each network it is more, " + "m" * 150,
            ],
        ),
        ("We measured which share is left.", ["", "We measured which share is left.", ""]),
        (
            f"{'a' * 90}. Why? {'b' * 60}. {'c' * 9}.",
            ["", f"{'a' * 90}. Why? ", f"{'b' * 60}. {'c' * 9}."],
        ),
        (f"{'<i>f</i>&nbsp;' * 40}. So.", ["", f"{'<i>f</i>&nbsp;' * 40}. So.", ""]),
    ],
)  # fmt: skip
def test_the_sentences_of_a_reply_that_answer_are_its_gist(run, reply, parts):
    assert run(VIEW, "(m, reply) => m.gistOf(reply)", reply) == parts


def test_eyes_up_and_follow_are_calm_sentences(run):
    follows = [None, {"eyes_up": True}, {"page": "gates", "query": ""}]
    sentences = run(
        VIEW, "(m, rows) => rows.map((follow) => m.followSentence({ follow }, 'gates?'))", follows
    )
    assert sentences == [
        "", "Eyes up: please look here.", "Your phone has a link to this page.",
    ]  # fmt: skip
    room = state(asking("vote"), follow=follows[2])
    assert run(VIEW, "(m, room) => m.followSentence(room, 'gates?')", room) == ""


@pytest.mark.parametrize("link", ["", "gates?part=Challenges"])
def test_nobody_is_told_that_laptops_follow_what_they_do_not(run, link):
    room = state(follow={"page": "gates", "query": ""})
    assert run(VIEW, "(m, [room, link]) => m.followSentence(room, link)", [room, link]) == ""


def test_answers_that_are_letters_have_numbers_as_marks(run):
    script = "(m, texts) => m.marksOf(texts.map((text) => ({ text })))[0]"
    marks = [run("classroom/markup.js", script, texts) for texts in (["C", "Both", "h"], ["1", "4"])]
    assert marks == ["1", "A"]


def table(run, **more):
    return run(VIEW, "(m, asking) => m.tableOf(asking)", asking("revealed", **more))


def test_of_two_votes_the_last_two_are_compared(run):
    rounds = [
        {"no": 9, "yes": 0, "unsure": 0},
        {"no": 3, "yes": 1, "unsure": 0},
        {"no": 0, "yes": 2, "unsure": 1},
    ]
    made = table(run, rounds=rounds, right="yes", round=3)
    assert made["rounds"] == [2, 3]
    assert [(row["letter"], row["right"], row["counts"], row["shares"]) for row in made["rows"]] == [
        ("A", False, [3, 0], [75, 0]),
        ("B", True, [1, 2], [25, 67]),
        ("?", False, [0, 1], [0, 33]),
    ]
    assert made["rows"][0]["words"] == {"text": "No", "html": "<i>No</i>"}


def test_who_does_not_know_is_a_row_only_where_somebody_said_so(run):
    made = table(run, rounds=[{"no": 1, "yes": 1, "unsure": 0}])
    assert [row["id"] for row in made["rows"]] == ["no", "yes"]
    assert made["rounds"] == [1]


def test_nobody_voted_is_no_division_by_zero(run):
    rows = table(run, rounds=[{"no": 0, "yes": 0, "unsure": 0}])["rows"]
    assert [row["shares"] for row in rows] == [[0], [0]]


def test_before_the_reveal_no_answer_is_marked(run):
    assert not any(row["right"] for row in table(run, rounds=[{"no": 1}])["rows"])


def test_the_reply_is_the_one_to_the_right_answer(run):
    replies = {"no": "Look again.", "yes": "It is so.", "unsure": "See here."}
    rows = [{"right": "yes", "replies": replies}, {"right": 0.3, "replies": replies}, {"right": None}, {}]
    assert run(VIEW, "(m, rows) => rows.map(m.rightReply)", rows) == ["It is so.", "See here.", "", ""]


def frame(run, link):
    return run(VIEW, "(m, link) => m.frameAddress(link, 'http://host/course/', 'dark')", link)


def test_the_model_stands_in_the_questions_state_without_the_frame_of_the_course(run):
    assert frame(run, "gates?part=One+step&ask=keep#host=secret") == (
        "http://host/course/gates?part=One+step&ask=keep&embed=true&embed_options=dark_theme"
    )


@pytest.mark.parametrize(
    "link",
    ["", None, "https://evil.example/", "//evil.example/course/", "/elsewhere", "../", "javascript:alert(1)"],
)
def test_nothing_but_the_course_stands_in_the_frame(run, link):
    assert frame(run, link) == ""


# -- addresses --


@pytest.mark.parametrize(
    ("course", "address"),
    [
        ("http://host:8501/", "http://host:8501/j/ACD346"),
        ("https://host/a/course/", "https://host/a/course/j/ACD346"),
    ],
)
def test_phones_join_beside_the_projector(run, course, address):
    assert run(JOINING, "(m, course) => m.joinAddress(course, 'ACD346')", course) == address


def test_only_an_address_of_this_room_is_taken_from_the_private_screen(run):
    rows = [
        "http://10.0.0.7:8501/j/ACD346", "https://lstm.example/course/j/ACD346", "http://10.0.0.7/j/ACD347",
        "ftp://10.0.0.7/j/ACD346", "http://a@b/j/ACD346", "http://10.0.0.7/?/j/ACD346", 7, None,
        f"http://{'a' * 200}/j/ACD346",
    ]  # fmt: skip
    taken = run(JOINING, "(m, rows) => rows.map((row) => m.isJoinAddress(row, 'ACD346'))", rows)
    assert taken == [True, True] + [False] * 7


def test_what_is_typed_has_no_protocol(run):
    parts = run(JOINING, "(m) => m.shortAddress('http://10.0.0.7:8501/j/ACD346')")
    assert parts == ["10.0.0.7:8501/j/", "ACD346"]


NETWORK = """
async (m, address) => {
  const log = []
  globalThis.location = new URL("http://localhost:8501/p/ACD346")
  globalThis.document = { querySelector: () => null }
  globalThis.HTMLScriptElement = class {}
  globalThis.fetch = async (url) => {
    log.push(url)
    return new Response('{"host": "192.168.1.5:8501"}', { headers: { "content-type": "application/json" } })
  }
  return [await m.networkAddress(address, "ACD346"), log]
}
"""


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_a_laptops_own_address_becomes_the_networks(run, host):
    address, log = run(JOINING, NETWORK, f"http://{host}:8501/j/ACD346")
    assert address == "http://192.168.1.5:8501/j/ACD346"
    assert log == ["http://localhost:8501/api/rooms/ACD346/address"]


def test_another_address_stays_and_nobody_is_asked(run):
    assert run(JOINING, NETWORK, "https://lstm.example/j/ACD346") == ["https://lstm.example/j/ACD346", []]


# -- keys --


def actions(run, keys, **place):
    code = "(m, [keys, place]) => keys.map((key) => m.actionOf({ key }, place))"
    return run("classroom/projector/keys.js", code, [keys, place])


def test_a_clickers_keys_go_to_the_private_screen(run):
    assert actions(run, ["PageDown", "ArrowRight", " ", "Enter"]) == ["next"] * 4
    assert actions(run, ["PageUp", "ArrowLeft"]) == ["back"] * 2
    assert actions(run, ["b", "B", "."]) == ["black"] * 3


def test_a_few_keys_are_the_projectors_own(run):
    assert actions(run, ["m", "T", "f", "j"]) == ["model", "theme", "full", "join"]
    assert actions(run, ["x", "Tab", "toString", "ArrowDown"]) == [None] * 4


def test_a_button_presses_itself_and_a_frame_has_its_own_keys(run):
    assert actions(run, [" ", "Enter", "PageDown"], isOnButton=True) == [None, None, "next"]
    assert actions(run, ["ArrowRight", " ", "t", "PageDown"], isInFrame=True) == [None, None, None, "next"]
    assert actions(run, ["b", ".", "PageUp"], isInFrame=True, isInField=True) == [None, None, "back"]


def test_a_key_that_is_held_or_belongs_to_the_browser_does_nothing(run):
    code = "(m, events) => events.map((event) => m.actionOf(event))"
    held = [{"key": "t", name: True} for name in ("ctrlKey", "altKey", "metaKey", "repeat")]
    assert run("classroom/projector/keys.js", code, held) == [None] * 4


# -- the timer --


def test_the_timer_counts_down_and_stops_at_zero(run):
    code = """(m, nows) => nows.map((now) => {
      const left = m.secondsLeft({ seconds: 90, since: 1000 }, now * 1000)
      return [left, m.timerText(left)]
    })"""
    assert run("classroom/projector/clock.js", code, [990, 1000, 1030.5, 1089.5, 1090, 2000]) == [
        [90, "1:30"], [90, "1:30"], [60, "1:00"], [1, "0:01"], [0, "Time is up"], [0, "Time is up"],
    ]  # fmt: skip
    assert run("classroom/projector/clock.js", "(m) => m.timerText(m.secondsLeft(null))") == ""
