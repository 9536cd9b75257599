"""Runs in the browser: what is new is added to what is known; the visitor's own cursor."""

import pytest

from lesson.training.engine.viewer import MOST_LOOKS
from lesson.training.live.run_curves import picture_news
from tests.lesson.training.live.recording import SMALL, recorded_run

FILES = "run/record.js run/cursor.js run/memory.js"
# A visit of one run: `state` and `head` are made up, `cursors` are the visitor's.
VISIT = """(m, { heads, cursors, finished, ...more }) => {
  const visit = { ...m.newVisit({ runs: heads.map((id) => ({ id })) }, false), cursors, ...more }
  visit.records.forEach((record, k) => {
    record.head = heads[k]
    record.state = { head: heads[k], first: 0, pace: 10, finished: finished ?? false, error: "" }
  })
  %s
  return { cursors: visit.cursors, playing: visit.playing, goal: visit.goal, ended: m.hasEnded(visit) }
}"""


@pytest.fixture
def visit(run):
    """visit(what to do, heads, cursors, more): where a visitor is then."""
    return lambda act, **values: run(FILES, VISIT % act, values)


def states(recording, heads):
    """Answers as they come while a run goes on: from head to head."""
    answers, since, width = [], -1, 0
    for head in heads:
        recording._head = head
        picture = picture_news([recording], [since], width)
        (points,), width = picture["points"], picture["axes"]["width"]
        answers.append([{"head": head, "samples": recording.samples(since), "error": ""}, points])
        since = head
    return answers


@pytest.mark.slow
def test_what_comes_piece_by_piece_is_what_comes_at_once(run):
    recording, _ = recorded_run(SMALL.but(batch=1, seq=5))
    end = recording.head
    pieces = states(recording, [1, 2, 5, 9, 10, 33, 34, 200, end])
    once = states(recording, [end])
    add = """(m, answers) => {
      const record = m.newRecord()
      for (const [state, points] of answers) m.addNews(record, state, points)
      return { ...record, state: null }
    }"""
    assert run(FILES, add, pieces) == run(FILES, add, once)
    assert run(FILES, add, once)["head"] == end > 600


def test_a_step_is_drawn_without_what_came_later(run):
    curves = run(
        FILES,
        """(m, [state, points]) => {
          const record = m.newRecord()
          m.addNews(record, state, points)
          const upTo = (cursor, point) => m.curvesUpTo(record, cursor, 4, point)
          return [0, 1, 3, 4, 11, 18].map((cursor) => upTo(cursor, null).step)
            .concat([upTo(6, [77, 88]).loss, upTo(18, [77, 88]).loss, upTo(9, null).validationStep])
        }""",
        [
            {"head": 18, "samples": []},
            {
                "after": 0, "step": [1, 2, 6, 10, 14, 17, 18], "loss": [9, 8, 7, 6, 5, 4, 3], "norm": [0] * 7,
                "validation": [[4, 8, 12], [1, 2, 3]],
            },
        ],
    )  # fmt: skip
    assert curves == [
        [], [1], [1], [1, 2], [1, 2, 6], [1, 2, 6, 10, 14, 17, 18],
        [9, 8, 77], [9, 8, 7, 6, 5, 4, 3], [4, 8],
    ]  # fmt: skip


def test_an_answer_without_points_moves_nothing_but_the_state(run):
    record = run(
        FILES,
        """(m) => {
          const record = m.newRecord()
          m.addNews(record, { head: 7, samples: [] }, null)
          return record
        }""",
    )
    assert record["head"] == -1 and record["state"]["head"] == 7


def test_a_cursor_follows_the_newest_step(visit):
    assert visit("m.play(visit, 0.1)", heads=[30], cursors=[20])["cursors"] == [30]


def test_two_runs_have_a_cursor_each(visit):
    assert visit("m.play(visit, 0.1)", heads=[8, 1], cursors=[3, 1])["cursors"] == [8, 1]


def test_a_finished_run_is_a_film_of_some_seconds_and_then_stands(visit):
    film = "for (let n = 0; n < %d; n++) m.play(visit, 0.1)"
    early = visit(film % 15, heads=[2000], cursors=[0], finished=True)
    assert 5 < early["cursors"][0] < 100 and early["playing"]
    end = visit(film % 120, heads=[2000], cursors=[0], finished=True)
    assert end == {"cursors": [2000], "playing": False, "goal": None, "ended": True}


def test_who_has_paused_stands(visit):
    stands = visit("m.pauseOrGoOn(visit); m.play(visit, 5)", heads=[500], cursors=[40])
    assert stands["cursors"] == [40] and not stands["playing"]
    assert visit("m.pauseOrGoOn(visit)", heads=[500], cursors=[40], playing=False)["playing"]


def test_an_ended_run_is_watched_again_from_its_beginning(visit):
    again = visit("m.pauseOrGoOn(visit)", heads=[90], cursors=[90], playing=False, finished=True)
    assert again["cursors"] == [0] and again["playing"] and not again["ended"]


def test_a_step_is_one_step_and_waited_for_if_it_must_be(visit):
    assert visit("m.goOneStep(visit)", heads=[9], cursors=[5])["cursors"] == [6]
    waiting = visit("m.goOneStep(visit)", heads=[9], cursors=[9])
    assert waiting["cursors"] == [9] and waiting["goal"] == [10] and not waiting["playing"]
    arrived = visit(
        "m.goOneStep(visit); visit.records[0].head = 12; m.reachGoal(visit)", heads=[9], cursors=[9]
    )
    assert arrived["cursors"] == [10] and arrived["goal"] is None
    assert visit("m.goOneStep(visit)", heads=[9], cursors=[9], finished=True)["goal"] is None


def test_going_to_a_step_stays_within_what_is_known(visit):
    assert visit("m.goTo(visit, 999)", heads=[60, 40], cursors=[5, 5])["cursors"] == [60, 40]
    back = "visit.records[0].state.first = 40; m.goTo(visit, 0)"
    there = visit(back, heads=[60], cursors=[50])  # it goes on with a checkpoint
    assert there["cursors"] == [40] and not there["playing"]


REMEMBERED = """(m, { parts, tab }) => {
  const stored = {}, sent = []
  globalThis.sessionStorage = {
    getItem: (key) => stored[key] ?? null, setItem: (key, text) => { stored[key] = text },
  }
  globalThis.window = {}
  const root = { send: (name, value) => sent.push(value) }
  const page = (about, visit, watcher = "a") =>
    m.visitOf(root, { about, visit, watcher, runs: visit ? [{ id: `run of ${about}` }] : [] })
  for (const about of parts) page(about, `visit of ${about}`).cursors[0] = 7
  if (tab === "loaded anew") globalThis.window = {}
  const watcher = tab === "loaded anew" ? "b" : "a"
  const again = (about) => page(about, "", watcher)
  return { seen: parts.map((about) => [again(about)?.data.visit, again(about)?.cursors]), sent }
}"""


def test_a_tab_remembers_the_runs_of_each_part_and_where_it_is_in_them(run):
    found = run(FILES, REMEMBERED, {"parts": ["live", "series"], "tab": "open"})
    assert found == {"seen": [["visit of live", [7]], ["visit of series", [7]]], "sent": []}


def test_a_tab_that_is_loaded_anew_tells_the_session_of_each_parts_runs_once(run):
    found = run(FILES, REMEMBERED, {"parts": ["live", "series"], "tab": "loaded anew"})
    assert [visit for visit, _ in found["seen"]] == ["visit of live", "visit of series"]
    assert found["sent"] == [{"runs": [f"run of {p}"], "visit": f"visit of {p}"} for p in ("live", "series")]


@pytest.mark.parametrize("tab", ["open", "loaded anew"])
def test_a_tab_remembers_fewer_parts_than_the_session(run, tab):
    parts = list(map(str, range(MOST_LOOKS)))
    seen = run(FILES, REMEMBERED, {"parts": parts, "tab": tab})["seen"]
    assert [bool(visit) for visit, _ in seen] == [False] * 2 + [True] * 6
