"""The lecturer's screen without a browser: what comes next, how simulated students answer, what is left."""

import pytest

from lesson.catalogue import catalogue
from lesson.class_page.plans import plans
from lesson.classroom.counts import MOST, RARE
from lesson.classroom.question import UNSURE
from lesson.course.stops import PLANS

STEPS, REVIEW = "classroom/host/steps.js", "classroom/host/review.js"
SIMULATED = "classroom/host/simulated.js"

# A room that does what the big button says, until the plan is done; yields what was pressed.
LESSON = """(m, [stops, minutes, flows]) => {
  const state = { asking: null, plan: minutes && { minutes, stop: 0 }, follow: null }
  const before = new Set(), pressed = []
  for (let at = 0; at < 200; at++) {
    const { test, question = "" } = state.asking ?? {}
    const lesson = { before, stops, flow: test?.part ?? flows?.[question], items: test?.all }
    const step = m.nextStep(state, lesson)
    state.led_on = step.act === "lead"
    state.moved_on = step.act === "stop"
    pressed.push([step.act, step.stage ?? step.question ?? step.stop ?? null, step.round ?? 0])
    if (step.act === "finish" || step.act === "choose") break
    if (step.act === "ask") {
      state.asking = { id: String(at), question: step.question, stage: "waiting", round: 1 }
      if (step.test) state.asking.test = { ...step.test, all: stops[state.plan.stop].asks }
      before.add(m.nameOf(step.question, step.test?.part))
    } else if (step.act === "stage") state.asking = { ...state.asking, stage: step.stage, round: step.round }
    else if (step.act === "stop") state.plan = { minutes, stop: step.stop }
    else state.follow = { page: stops[state.plan.stop].page, query: stops[state.plan.stop].free_query }
  }
  return pressed
}"""
VOTE, REVEAL = ["stage", "vote", 1], ["stage", "revealed", 1]
ROUNDS = {
    "talk": [VOTE, ["stage", "talk", 1], ["stage", "vote", 2], ["stage", "revealed", 2]],
    "dots": [VOTE, REVEAL],
    "runs": [VOTE, REVEAL],
}


def flow_of(question):
    return "dots" if question.settings else "runs" if question.experiment else "talk"


def presses(stop, rounds):
    """What is pressed at a stop, until it is left.  rounds: of each question."""
    asked = [[["ask", id, 0], *rounds[id]] for id in stop["asks"]]
    if stop["test"]:
        end = ["stage", "talk" if stop["test"] == "before" else "revealed", 1]
        return [*(press for id in stop["asks"] for press in (["ask", id, 0], VOTE)), end]
    questions, lead = [press for row in asked for press in row], [["lead", None, 0]]
    return lead + questions if stop["challenge"] and asked else questions + lead


@pytest.mark.parametrize("minutes", sorted(map(str, PLANS)))
def test_one_key_leads_through_a_plan(run, minutes):
    stops = plans()[minutes]
    flows = {question.id: flow_of(question) for question in catalogue()}
    rounds = {id: ROUNDS[flow] for id, flow in flows.items()}
    wanted = []
    for at, stop in enumerate(stops):
        wanted += [*presses(stop, rounds), ["stop", at + 1, 0]]
    wanted[-1] = ["finish", None, 0]
    assert run(STEPS, LESSON, [stops, int(minutes), flows]) == wanted


def test_without_a_plan_a_question_is_chosen(run):
    assert run(STEPS, LESSON, [None, None, {}]) == [["choose", None, 0]]


def test_after_the_reveal_the_class_is_taken_to_a_stop_without_its_question(run):
    stops = plans()["45"]
    free = {"page": stops[1]["page"], "query": stops[1]["free_query"]}
    state = {
        "asking": {"id": "1", "question": "keep", "stage": "revealed", "round": 2},
        "plan": {"minutes": 45, "stop": 1},
    }
    act = "(m, [state, stops]) => m.nextStep(state, { before: new Set(stops[1].asks), stops }).act"
    steps = [
        run(STEPS, act, [state | {"follow": follow}, stops])
        for follow in (
            None,
            {"eyes_up": True},
            {"page": stops[1]["page"], "query": stops[1]["query"]},
            free,
        )
    ]  # fmt: skip
    assert steps == ["lead"] * 4  # it was there, and left it for a question
    led = state | {"follow": free, "led_on": True}
    step = run(STEPS, act, [led, stops])
    assert step == "stop"


def test_the_networks_of_a_class_stay_on_the_projector_until_the_next_stop(run):
    stops = plans()["45"]
    at = next(at for at, stop in enumerate(stops) if stop["asks"] == ["seeds_recall"])
    experiment = {"setups": ["b_f = 1", "b_f = 3"], "seeds": 30, "first": 1}
    asking = {
        "id": "1",
        "question": "seeds_recall",
        "stage": "revealed",
        "round": 1,
        "experiment": experiment,
    }
    state = {"asking": asking, "plan": {"minutes": 45, "stop": at}, "follow": None}
    step = "(m, [state, stops, before]) => m.nextStep(state, { before: new Set(before), stops })"
    assert run(STEPS, step, [state, stops, ["seeds_recall"]])["act"] == "stop"
    other = state | {"asking": asking | {"question": "seeds_rate"}}  # asked beside the plan
    assert run(STEPS, step, [other, stops, ["seeds_recall"]])["act"] == "lead"


def test_what_was_asked_is_past_at_a_stop_that_does_not_ask_it(run):
    asking = {"id": "1", "question": "keep", "stage": "revealed", "round": 2}
    rows = [
        [{"asking": asking, "moved_on": True}, stop] for stop in (plans()["45"][1], plans()["45"][2])
    ] + [
        [{"asking": asking}, plans()["45"][2]],  # asked there beside the plan

        [{"asking": asking | {"stage": "vote"}}, plans()["45"][2]],
        [{"asking": asking, "elsewhere": "Gates"}, None],
        [{"asking": None}, None],
    ]  # fmt: skip
    past = run(STEPS, "(m, rows) => rows.map(([state, stop]) => m.isPast(state, stop))", rows)
    assert past == [False, True, False, False, True, False]


@pytest.mark.parametrize(
    ("stage", "number", "before"),
    [
        ("vote", 1, ["waiting", 1]),
        ("talk", 1, ["vote", 1]),
        ("vote", 2, ["talk", 1]),
        ("revealed", 2, ["talk", 2]),
        ("waiting", 1, None),
    ],
)
def test_back_goes_one_stage_back(run, stage, number, before):
    state = {"asking": {"id": "1", "question": "keep", "stage": stage, "round": number}, "plan": None}
    step = run(STEPS, "(m, state) => m.stepBack(state, {})", state)
    assert (step and [step["stage"], step["round"]]) == before


def test_where_no_answer_is_right_the_bars_come_after_the_vote(run):
    lesson = "{ before: new Set(), flow: 'bars' }"
    steps = f"(m, state) => [m.nextStep(state, {lesson}), m.stepBack(state, {lesson})]"

    def around(stage, number=1):
        asking = {"id": "1", "question": "", "stage": stage, "round": number}
        both = run(STEPS, steps, {"asking": asking})
        return [step and (step.get("stage"), step.get("round")) for step in both]

    assert around("waiting")[0] == ("vote", 1)
    assert around("vote") == [("revealed", 1), ("waiting", 1)]
    assert around("talk")[0] == ("vote", 2)
    assert around("revealed")[1] == ("vote", 1)


def test_back_after_the_reveal_of_another_stop_goes_to_the_stop_before(run):
    state = {
        "asking": {"id": "1", "question": "keep", "stage": "revealed", "round": 2},
        "plan": {"minutes": 45, "stop": 2},
    }
    steps = [
        run(STEPS, "(m, [state, stops]) => m.stepBack(state, { stops })", [state | more, plans()["45"]])
        for more in ({"moved_on": True}, {"led_on": True}, {})
    ]
    assert [step["act"] for step in steps] == ["stop", "stop", "stage"]  # the last was asked at this stop
    assert steps[0]["stop"] == 1


def test_a_timer_says_what_is_left_and_what_is_over(run):
    assert run(STEPS, "(m) => [90, 0.2, -5].map(m.clock)") == ["1:30", "0:00", "+0:05"]


# -- simulated students --

QUESTION = {"kind": "choice", "right": "b", "answers": [{"id": id, "text": id} for id in "abcd"]}
CLASS = """(m, question) => {
  let seed = 1
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647
  const first = Array.from({ length: 4000 }, () => m.simulatedAnswer(question, null, random))
  return [first, first.map((answer) => m.simulatedAnswer(question, answer, random))]
}"""


def test_simulated_students_are_about_45_and_then_75_percent_right(run):
    first, second = run(SIMULATED, CLASS, QUESTION)
    assert 0.42 < first.count("b") / len(first) < 0.48
    assert 0.72 < second.count("b") / len(second) < 0.78
    shares = sorted((first.count(id) / len(first) for id in "acd"), reverse=True)
    assert shares[0] > 2 * shares[2] > 0 and 0 < first.count(UNSURE) / len(first) < 0.1


def test_simulated_students_answer_what_has_no_right_answer_and_numbers(run):
    first, _ = run(SIMULATED, CLASS, QUESTION | {"right": None})
    assert set(first) <= {*"abcd", UNSURE}
    scale = {"low": 0, "high": 10}
    numbers = run(SIMULATED, CLASS, {"kind": "number", "right": 4, "answers": [], "scale": scale})[0]
    assert all(0 <= number <= 10 for number in numbers) and len(set(numbers)) > 100


def test_a_rehearsal_says_at_each_step_what_to_look_at(run):
    asking = {"id": "1", "question": "keep", "round": 1}
    now = {"joined": 40, "voted": 38, "isPast": False, "isWaiting": False, "next": {"act": "stage"}}
    rows = [
        now | {"asking": asking | {"stage": stage}} for stage in ("waiting", "vote", "talk", "revealed")
    ] + [
        now | {"asking": None, "next": {"act": act}} for act in ("lead", "stop", "ask", "finish", "choose")
    ] + [now | {"asking": asking | {"stage": "vote"}, "isWaiting": True}]  # fmt: skip
    hints = run("classroom/host/guide.js", "(m, rows) => rows.map(m.hintOf)", rows)
    assert all(hints) and len(set(hints)) == len(rows)


@pytest.mark.parametrize(
    ("share", "words"), [(None, ""), (34, "explain"), (35, "talk"), (70, "talk"), (71, "at once")]
)
def test_what_a_rehearsed_share_would_mean_in_class(run, share, words):
    sentence = run(REVIEW, "(m, share) => m.inClass(share)", share)
    assert words in sentence and bool(words) == bool(sentence)


@pytest.mark.parametrize(("share", "words"), [(34, "explain"), (70, "explain"), (71, "go on")])
def test_where_each_has_other_numbers_no_second_vote_is_advised(run, share, words):
    sentence = run(REVIEW, "(m, share) => m.inClass(share, true)", share)
    assert words in sentence and "talk" not in sentence and "vote" not in sentence


# -- after class --


def asking(right="a", rounds=((6, 4), (8, 2)), moved=(("b", "a", 3), ("a", "b", 1), ("a", "a", 5))):
    """A question with two answers, as the results have it."""
    return {
        "id": "1", "question": "q", "kind": "choice", "right": right, "moved": moved,
        "answers": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}],
        "rounds": [{"a": a, "b": b, UNSURE: 0} for a, b in rounds],
    }  # fmt: skip


def test_the_share_of_right_answers_before_and_after(run):
    shares = "(m, asking) => [m.shareRight(asking, 1), m.shareRight(asking)]"
    assert run(REVIEW, shares, asking()) == [60, 80]
    assert run(REVIEW, shares, asking(right=None)) == [None, None]
    assert run(REVIEW, shares, asking(rounds=[(3, 1)])) == [75, 75]
    assert run(REVIEW, shares, asking(rounds=[(0, 0)])) == [None, None]
    words = "(m, { rounds }) => m.fewWords(rounds.at(-1))"
    assert [run(REVIEW, words, asking(rounds=[votes])) for votes in ((3, 1), (3, 2))] == [" (few votes)", ""]


def test_where_it_changed_is_said_by_the_moves(run):
    sentence = run(REVIEW, "(m, asking) => m.whereChanged(asking)", asking())
    assert sentence == "Of 9 who voted twice 3 moved to the right answer and 1 away from it."
    assert run(REVIEW, "(m, asking) => m.whereChanged(asking)", asking(rounds=[(6, 4)])) == ""


def test_what_to_open_with_is_what_fewest_had_right_at_the_end(run):
    rows = [
        asking(rounds=[(5, 5), (right, 10 - right)]) | {"id": name, "question": name}
        for name, right in (("easy", 9), ("hard", 3), ("middle", 6))
    ]
    names = run(REVIEW, "(m, rows) => m.openWith(rows).map(({ asking }) => asking.id)", rows)
    assert names == ["hard", "middle"]
    few = [asking(rounds=[(1, 1)]), asking(rounds=[(0, 0)]) | {"question": "nobody"}]
    assert run(REVIEW, "(m, rows) => m.openWith(rows).map(({ share }) => share)", few) == [50]
    assert (RARE, MOST) == (35, 70)  # the limits that the script knows as well


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" 192.168.1.5:8501/ ", "http://192.168.1.5:8501"),
        ("https://course.example/lstm", "https://course.example/lstm"),
        ("http://10.0.0.7/j/ABCDEF", "http://10.0.0.7"),
        ("http://a b", ""),
        ("javascript:alert(1)", ""),
        ("http://user:word@host", ""),
    ],
)
def test_an_address_for_phones_is_put_in_order(run, text, address):
    assert run("classroom/addresses.js", "(m, text) => m.readAddress(text)", text) == address
