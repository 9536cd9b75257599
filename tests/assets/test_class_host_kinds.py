"""The lecturer's screen without a browser: tests before and after, own numbers, settings, experiments."""

import dataclasses
from collections import Counter

import pytest

from lesson.classroom.asking import Asking, Vote
from lesson.classroom.counts import counts
from lesson.classroom.question import UNSURE
from lesson.classroom.state import _result
from tests.browser.class_samples import (
    CURVE_QUESTION,
    DEALT_QUESTION,
    EXPERIMENT_QUESTION,
    SURFACE_QUESTION,
    SWEEP_QUESTION,
)  # fmt: skip

STEPS, FLOWS = "classroom/host/steps.js", "classroom/host/flows.js"
TESTING, SIMULATED = "classroom/host/testing.js", "classroom/host/simulated.js"
SWEEP = "classroom/host/sweep.js"

ITEM = {"part": "before", "item": 1, "items": 1}
TALK = ["Open the vote", "Close the vote: talk", "Vote again", "Reveal the answer"]
STOPS = [
    {"kind": "test", "asks": ["a", "b", "c"], "test": "before", "page": "gates", "query": "ask=a"},
    {"kind": "challenge", "asks": ["sweep_k"], "challenge": "gates/keep", "page": "gates", "query": "c=k"},
    {"kind": "prediction", "asks": ["b"], "page": "gradients", "query": "ask=b"},
    {"kind": "test", "asks": ["a", "b", "c"], "test": "after", "page": "gates", "query": "ask=a"},
]
for each in STOPS:
    each.update(free_query=each["query"].replace("ask=", "ask=none&"), challenge=each.get("challenge", ""))

# A room that does what the big button says; an item of a test is opened when it is asked.
LESSON = """(m, [stops, flows, more]) => {
  const state = { asking: null, plan: { minutes: 45, stop: 0 }, follow: null }
  const before = new Set(), pressed = []
  for (let at = 0; at < 100; at++) {
    const { asking, plan } = state, stop = stops[plan.stop]
    const flow = asking?.test?.part ?? flows[asking?.question] ?? "talk"
    const step = m.nextStep(state, { before, stops, flow, items: asking?.test ? stop.asks : [] })
    state.led_on = step.act === "lead"
    state.moved_on = step.act === "stop"
    pressed.push(step.label)
    if (step.act === "finish") break
    if (step.act === "ask") {
      const stage = step.test ? "vote" : "waiting"
      state.asking = { id: String(at), question: step.question, stage, round: 1, test: step.test }
      before.add(m.nameOf(step.question, step.test?.part))
    } else if (step.act === "stage") state.asking = { ...asking, stage: step.stage, round: step.round }
    else if (step.act === "stop") state.plan = { ...plan, stop: step.stop }
    else state.follow = { page: stop.page, query: stop.free_query }
  }
  return pressed
}"""


def test_one_key_leads_through_tests_a_challenge_and_its_sweep(run):
    pressed = run(STEPS, LESSON, [STOPS, {"sweep_k": "dots"}])
    items = [f"Ask item {k} of 3" for k in (1, 2, 3)]
    lead, stop = "Take the class to this stop", "Next stop"
    assert pressed == [
        *items, "Close the test", stop,
        lead, "Ask the next question", "Open the choice", "Show all dots", stop,
        "Ask the next question", *TALK, lead, stop,
        *items, "Show what they learned", "See what they learned",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("asking", "flow", "presses"),
    [
        ({"kind": "dealt"}, "talk", TALK),
        ({"kind": "sweep"}, "dots", ["Open the choice", "Show all dots"]),
        ({"kind": "number", "experiment": {}}, "runs", ["Open the vote", "Reveal and train"]),
        ({"kind": "dealt", "alone": True}, "alone", ["Open the vote", "Reveal the answer"]),
        ({"kind": "typed", "none": True}, "bars", ["Open the vote", "Show the bars and close"]),
        ({"kind": "choice", "test": ITEM}, "before", ["Open the vote", "Close the test"]),
    ],
)  # fmt: skip
def test_each_kind_has_its_stages(run, asking, flow, presses):
    assert run(FLOWS, "(m, a) => m.flowOf(a, !a.none, !!a.alone)", asking) == flow
    steps = """(m, [asking, flow]) => {
      let now = { ...asking, id: "1", question: "q", stage: "waiting", round: 1 }
      const pressed = []
      while (!m.isOver(now)) {
        const { label, stage, round } = m.nextStep({ asking: now }, { before: new Set(), flow })
        pressed.push(label)
        now = { ...now, stage, round }
      }
      return pressed
    }"""
    assert run(STEPS, steps, [asking, flow]) == presses


def test_whether_an_answer_is_right_is_known_later_of_an_experiment(run):
    rows = [{"right": "a"}, {"right": None}, {"right": 0}, {"right": None, "experiment": {}}, None]
    assert run(FLOWS, "(m, rows) => rows.map(m.hasRight)", rows) == [True, False, True, True, True]


def test_back_from_what_is_over_opens_or_hides_it(run):
    def back(flow, stage, **more):
        asking = {"id": "1", "question": "q", "stage": stage, "round": 1, **more}
        step = run(
            STEPS, "(m, [asking, flow]) => m.stepBack({ asking, plan: null }, { flow })", [asking, flow]
        )
        return step["stage"], step["label"]

    test = {"part": "before", "item": 3, "items": 3}
    assert back("before", "talk", test=test) == ("vote", "Open the last item again")
    assert back("after", "revealed", test=test | {"part": "after"}) == ("talk", "Hide what they learned")
    assert back("dots", "revealed") == ("vote", "Open the choice again")
    assert back("runs", "revealed") == ("talk", "Hide the networks again")
    assert back("alone", "revealed")[0] == "talk"


def test_an_item_is_past_only_at_a_stop_of_another_part(run):
    def past(stop, part, stage):
        test = {"part": part, "item": 1, "items": 3}
        asking = {"id": "1", "question": "b", "stage": stage, "round": 1, "test": test}
        state = {"asking": asking, "moved_on": True}
        return run(STEPS, "(m, [state, stop]) => m.isPast(state, stop)", [state, stop])

    assert not past(STOPS[0], "before", "talk")
    assert past(STOPS[1], "before", "talk")
    assert past(STOPS[2], "before", "talk")  # the same question, but no item
    assert past(STOPS[3], "before", "talk")
    assert not past(STOPS[3], "after", "talk")  # closed, and not yet revealed
    assert not past(STOPS[1], "before", "vote")


def test_timers_by_kind(run):
    asking = [None, {"kind": "dealt"}, {"kind": "choice", "test": {"part": "after"}}]
    seconds = run(
        FLOWS, "(m, rows) => rows.map((a) => [m.secondsOf('vote', a), m.secondsOf('talk', a)])", asking
    )
    assert seconds == [[60, 150], [90, 150], [60, None]]


# -- the same with other numbers --

AGAIN = "(m, [askings, state]) => m.againOf(askings, state)"


def row(id, question, again="", **more):
    return {"id": id, "question": question, "again": again, **more}


def test_the_same_with_other_numbers_comes_once_and_right_after_it(run):
    first, second = row("1", "keep", "other_keep"), row("2", "other_keep", "other_keep")

    def again(askings, stage="revealed"):
        state = {"asking": {"id": askings[-1]["id"], "stage": stage}}
        return run(TESTING, AGAIN, [askings, state])

    assert again([first]) == "other_keep"
    assert again([first], "vote") == ""
    assert again([first, second]) == ""  # it is the one that asks again
    assert again([row("1", "hide"), second]) == "other_keep"
    assert again([row("1", "keep", "other_keep", test={"part": "after"})]) == ""
    alone = "(m, [askings, id]) => m.isAlone(askings, id)"
    assert [run(TESTING, alone, [[first, row("2", "hide"), second | {"id": "3"}], id]) for id in "123"] == [
        False, False, False,
    ]  # fmt: skip
    assert run(TESTING, alone, [[first, second], "2"])


def test_the_items_after_the_lesson_are_those_before_it(run):
    def item(id, question, number, part="before"):
        return row(id, question, test={"part": part, "item": number, "items": 2})

    askings = [item("1", "old", 1), item("2", "a", 1), item("3", "b", 2), row("4", "b")]
    assert run(TESTING, "(m, askings) => m.itemsOf(askings, 'before')", askings) == ["a", "b"]
    now = "(m, [state, stop, askings]) => m.itemsNow(state, stop, askings)"
    state = {"asking": {"question": "a", "test": {"part": "after", "item": 1, "items": 2}}}
    assert run(TESTING, now, [state, None, askings]) == ["a", "b"]
    stop = {"asks": ["a", "c"], "test": "after"}
    assert run(TESTING, now, [state, stop, askings]) == ["a", "c"]
    assert run(TESTING, now, [{"asking": {"question": "a"}}, stop, askings]) == []


# -- what is worth a look --


def swept(question, dots):
    return _result(Asking("1", question)) | {"rounds": [{"dots": dots, UNSURE: 0}]}


def test_the_best_and_the_worst_setting_stand_at_their_address(run):
    result = swept(SURFACE_QUESTION, {"24,12": 3, "0,24": 1, "20,2": 1})
    looks = run(SWEEP, "(m, result) => m.worthALook(result)", result)
    assert [name for name, _ in looks] == ["Highest", "Most frequent", "Lowest", "Best, not tried"]
    by_name = dict(looks)
    assert by_name["Highest"]["link"] == "gates?part=Challenges&challenge=keep&bf=4&bi=-5"
    for look in by_name.values():
        place = look["places"][0] * 25 + look["places"][1]
        assert look["words"] == SURFACE_QUESTION.surface.words[place]
    assert by_name["Best, not tried"]["height"] == max(SURFACE_QUESTION.surface.heights)
    assert by_name["Most frequent"]["count"] == 3


def test_of_one_control_and_where_the_best_was_chosen_nothing_is_left_to_try(run):
    looks = run(SWEEP, "(m, result) => m.worthALook(result)", swept(SWEEP_QUESTION, {"24": 2}))
    assert [(name, look["link"]) for name, look in looks] == [("Best", "gradients?view=The+race&bf=6")]
    assert run(SWEEP, "(m, result) => m.worthALook(result)", swept(SWEEP_QUESTION, {})) == []


def test_the_best_setting_is_the_one_that_the_question_says(run):
    lower = dataclasses.replace(SWEEP_QUESTION, right="10")  # as with the temperature: not the highest point
    looks = run(SWEEP, "(m, result) => m.worthALook(result)", swept(lower, {"24": 2, "10": 1}))
    assert [(name, look["places"]) for name, look in looks] == [
        ("Highest", [24]),
        ("Lowest", [10]),
        ("Best", [10]),
    ]


def test_of_settings_that_are_equally_good_each_is_one_of_the_best(run):
    heights = (*SWEEP_QUESTION.surface.heights[:22], 1.0, 1.0, 1.0)
    surface = SWEEP_QUESTION.surface._replace(heights=heights)
    several = dataclasses.replace(SWEEP_QUESTION, surface=surface, right="22")
    function = """(m, result) =>
      [m.worthALook(result).map(([name, { places }]) => [name, places]), m.bestOf(result)]"""
    looks, best = run(SWEEP, function, swept(several, {"23": 2, "24": 1, "3": 1}))
    assert looks == [["One of the 3 best", [23]], ["Lowest", [3]]]
    assert (best["places"], best["count"], best["all"]) == ([23], 2, 3)
    assert run(SWEEP, function, swept(several, {"24": 1, "23": 1}))[0] == [["One of the 3 best", [23]]]
    looks, best = run(SWEEP, function, swept(several, {"3": 1}))
    assert looks == [["Highest", [3]], ["One of the 3 best, not tried", [22]]]
    assert (best["count"], best["all"]) == (0, 0)


# -- simulated students --

CLASS = """(m, [question, round]) => {
  let seed = 1
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647
  const students = Array.from({ length: 600 }, (_, at) => ({ at, seat: at }))
  const first = students.map((student) => m.simulatedAnswer(question, null, random, student))
  if (round === 1) return first
  return students.map((student, at) => m.simulatedAnswer(question, first[at], random, student))
}"""


def simulated(run, question, round=1, **more):
    """Answers of a class to a question, which the question takes."""
    answers = run(SIMULATED, CLASS, [_result(Asking("3", question)) | more, round])
    assert all(question.has_answer(answer) for answer in answers)
    return answers


@pytest.mark.parametrize(("round", "share"), [(1, 0.45), (2, 0.75)])
def test_simulated_students_make_the_typical_mistakes_with_their_own_numbers(run, round, share):
    answers = simulated(run, DEALT_QUESTION, round)
    outcomes = Counter(
        answer if answer == UNSURE else DEALT_QUESTION.deal(seat, "3").outcome(answer)
        for seat, answer in enumerate(answers)
    )
    assert abs(outcomes["right"] / len(answers) - share) < 0.06
    assert outcomes["one_minus"] > outcomes["other"] > 0 and outcomes[UNSURE] > 0


def test_simulated_students_spread_their_settings_and_some_are_at_an_end(run):
    answers = simulated(run, SWEEP_QUESTION)
    places = Counter(map(int, answers))
    assert len(places) > 15 and places[0] + places[24] > 40
    both = simulated(run, SURFACE_QUESTION)
    words = {
        SURFACE_QUESTION.surface.words[int(f) * 25 + int(i)] for f, i in (each.split(",") for each in both)
    }
    assert len(words) > 10


def test_simulated_students_estimate_where_nobody_knows_and_on_a_logarithmic_scale(run):
    estimates = simulated(run, EXPERIMENT_QUESTION)
    assert all(number == int(number) for number in estimates) and len(set(estimates)) > 15
    scale = {"low": 1e-6, "high": 1, "logarithmic": True, "unit": ""}
    question = {"kind": "number", "right": 1e-3, "answers": [], "scale": scale}
    numbers = sorted(run(SIMULATED, CLASS, [question, 1]))
    assert numbers[0] >= 1e-6 and numbers[-1] <= 1
    assert 3e-4 < numbers[300] < 3e-3  # the middle is near; half of them were far above it on a linear scale
    assert numbers[60] < 1e-4 and numbers[540] > 1e-2
    assert len(set(simulated(run, CURVE_QUESTION))) > 50


def test_simulated_students_know_more_after_the_lesson_and_forget_nothing(run):
    part = {"item": 1, "items": 2}
    question = {"kind": "choice", "right": "b", "question": "keep", "answers": [{"id": id} for id in "abcd"]}
    before, after = (
        run(SIMULATED, CLASS, [question | {"test": part | {"part": when}}, 1]) for when in ("before", "after")
    )
    assert abs(before.count("b") / 600 - 0.4) < 0.06 and abs(after.count("b") / 600 - 0.75) < 0.06
    assert all(now == "b" for then, now in zip(before, after, strict=True) if then == "b")
    other = run(SIMULATED, CLASS, [question | {"question": "hide", "test": part | {"part": "before"}}, 1])
    assert [answer == "b" for answer in other] != [answer == "b" for answer in before]


def test_dealt_votes_of_a_rehearsal_are_counted_by_outcome(run):
    answers = simulated(run, DEALT_QUESTION)[:40]
    votes = {
        str(seat): Vote(answer, 1, *(
            () if answer == UNSURE else (DEALT_QUESTION.deal(seat, "3").outcome(answer), 0.0)))
        for seat, answer in enumerate(answers)
    }  # fmt: skip
    tally = counts(Asking("3", DEALT_QUESTION, "vote", votes={1: votes}), 1)
    assert sum(count for count in tally.values() if isinstance(count, int)) == 40


# -- words --


def test_a_gain_says_how_sure_it_is_and_of_few_students_nothing(run):
    gain = "(m, gain) => m.gainSentence(gain)"
    both = {"n": 24, "share_before": 0.4, "share_after": 0.75, "gain": 0.35, "interval": [-0.02, 0.6]}
    file = "classroom/host/views/gain.js"
    assert run(file, gain, both) == (
        "24 students answered every item at both ends: 40% right before, 75% after. "
        "Gain: +35 points, from −2 to +60 (95% interval)."
    )
    none = dict.fromkeys(both)
    assert "From 10 students on" in run(file, gain, none | {"n": 9})


def test_numbers_are_said_in_the_form_of_the_course(run):
    result = _result(Asking("1", CURVE_QUESTION)) | {"rounds": [{"numbers": [1e-5, 1.23456, 7], UNSURE: 2}]}
    words = run("classroom/host/views/kinds.js", "(m, result) => m.summaryOf(result)", result)
    assert words == (
        "3 numbers: 10⁻⁵, 1.23 and 7\u00a0steps. 2 said “I don't know”. Computed: 6.58\u00a0steps."
    )


def test_a_list_of_settings_has_no_raw_underscores(run):
    words = run("classroom/host/views/kinds.js", "(m) => m.withoutIndices('b_f = 8, b_i = −8: kept')")
    assert words == "bf = 8, bi = −8: kept"


def test_failed_networks_are_told_by_setup_and_diagnosis(run):
    setups = [{"name": "b_f = 1"}, {"name": "b_f = 3"}]
    runs = [
        {"seed": seed, "setup": setup, "done": done, "learned": learned, "query": "", "diagnosis": words}
        for seed, setup, done, learned, words in (
            (1, 1, True, False, "Plateau."), (1, 0, True, False, "Plateau."), (2, 0, True, False, "Plateau."),
            (3, 0, True, True, ""), (4, 0, False, False, ""), (5, 0, True, False, "It diverged."),
        )
    ]  # fmt: skip
    groups = run(
        "classroom/host/views/runs.js", "(m, table) => m.failures(table)", {"setups": setups, "runs": runs}
    )
    assert [(group["setup"], group["diagnosis"], len(group["runs"])) for group in groups] == [
        ("b_f = 1", "Plateau.", 2), ("b_f = 3", "Plateau.", 1), ("b_f = 1", "It diverged.", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("flow", ["alone", "dots", "runs", "before", "after"])
def test_a_rehearsal_says_what_to_look_at_in_each_kind(run, flow):
    test = {"part": flow, "item": 1, "items": 2} if flow in ("before", "after") else None
    now = {
        "joined": 40,
        "voted": 38,
        "isPast": False,
        "isWaiting": False,
        "next": {"act": "stage"},
        "flow": flow,
    }
    over = "talk" if flow == "before" else "revealed"
    rows = [
        now | {"asking": {"id": "1", "question": "q", "round": 1, "stage": stage, "test": test}}
        for stage in ("vote", over)
    ]
    vote, end = run("classroom/host/guide.js", "(m, rows) => rows.map(m.hintOf)", rows)
    assert vote and end and vote != end
