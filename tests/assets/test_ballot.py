"""A student's votes in the browser: sent until stored, kept over a reload, never a step back."""

import pytest

from tests.assets.room_world import WORLD

SETUP = """
  const VOTE = "POST /ABCDEF/vote", MINE = "GET /ABCDEF/mine"
  const told = []
  const open = () => new Ballot({ changed: () => {}, refused: (...sentence) => told.push(sentence) })
  const store = (answers) => { server.answers[MINE] = () => json({ handle: "calm otter", answers }) }
  const counts = (counted = true) => { server.answers[VOTE] = () => json({ counted }) }
  const own = (ballot) => { const own = ballot.answer("1", 1); return own && [own.answer, own.sent] }
  setMembership({ code: "ABCDEF", token: "secret", handle: "calm otter", n: 0 })
  store([])
  counts()
"""
NAMES = (
    "Ballot, setMembership, membership, nextCounter, forgetStudent, rowsOf, setRow, UNSENT, RECORD, hosted, "
    "setHosted, KEEPING"
)


@pytest.fixture
def ballot(run):
    """ballot(body): run lines of JavaScript in a world with a server, a storage and Ballot."""
    return lambda body: run(
        "classroom/vote.js classroom/device.js classroom/hosted.js",
        f"async ({{ {NAMES} }}) => {{ {WORLD} {SETUP} {body} }}",
    )


def test_a_vote_is_stored_once_the_server_has_said_so(ballot):
    assert ballot(
        """
        const votes = open()
        votes.vote("1", 1, "keeps")
        const before = own(votes)
        await settle()
        const [{ body }] = requests(VOTE)
        return [before, own(votes), body.asking, body.round, body.answer, body.n >= now]
        """
    ) == [["keeps", False], ["keeps", True], "1", 1, "keeps", True]


def test_it_is_sent_until_the_server_has_it_and_the_newest_counts(ballot):
    before, after, answers, pauses = ballot(
        """
        const votes = open()
        server.isDown = true
        votes.vote("1", 1, "keeps")
        await pass(3_000)
        votes.vote("1", 1, "forgets")
        await pass(60_000)
        const before = own(votes), times = requests(VOTE).map((row) => row.at)
        server.isDown = false
        const sooner = log.length
        await pass(8_000)
        return [before, own(votes), log.slice(sooner).map(({ body }) => body.answer),
                times.slice(1).map((time, k) => time - times[k])]
        """
    )
    assert before == ["forgets", False]
    assert after == ["forgets", True]
    assert answers == ["forgets"]
    assert max(pauses) <= 6_500


def test_who_looks_again_or_is_online_again_does_not_wait(ballot):
    assert ballot(
        """
        const votes = open()
        server.isDown = true
        votes.vote("1", 1, "keeps")
        await pass(60_000)
        server.isDown = false
        windowEvents.dispatchEvent(new Event("online"))
        await settle()
        return own(votes)
        """
    ) == ["keeps", True]  # fmt: skip


def test_a_vote_under_way_outlives_a_reload(ballot):
    assert ballot(
        """
        server.isDown = true
        open().vote("1", 1, "keeps")
        await pass(1_000)
        server.isDown = false
        const kept = Object.keys(rowsOf(UNSENT, "ABCDEF")), votes = open(), first = own(votes)
        await pass(1_000)
        return [kept, first, own(votes), Object.keys(rowsOf(UNSENT, "ABCDEF"))]
        """
    ) == [["1/1"], ["keeps", False], ["keeps", True], []]


def test_a_vote_that_comes_too_late_gives_back_what_was_stored(ballot):
    assert ballot(
        """
        store([{ asking: "1", round: 1, answer: "forgets", n: 5 }])
        server.answers[VOTE] = () => json({ error: "The vote is closed." }, 409)
        const votes = open()
        await votes.restore()
        votes.vote("1", 1, "keeps")
        await settle()
        return [told, own(votes), Object.keys(rowsOf(UNSENT, "ABCDEF"))]
        """
    ) == [[["The vote is closed.", 409]], ["forgets", True], []]


def test_an_answer_that_another_device_has_overtaken_gives_way(ballot):
    assert ballot(
        """
        counts(false)
        store([{ asking: "1", round: 1, answer: "depends", n: now + 9 }])
        const votes = open()
        votes.vote("1", 1, "keeps")
        await settle()
        return own(votes)
        """
    ) == ["depends", True]  # fmt: skip


def test_what_is_restored_late_undoes_nothing(ballot):
    assert ballot(
        """
        let answer
        server.answers[MINE] = () => new Promise((done) => {
          answer = () => done(json({ handle: "", answers: [{ asking: "1", round: 1, answer: "old", n: 1 }] }))
        })
        const votes = open(), restored = votes.restore()
        await settle()
        votes.vote("1", 1, "new")
        await settle()
        answer()
        await restored
        return own(votes)
        """
    ) == ["new", True]  # fmt: skip


def test_another_tab_learns_what_is_stored(ballot):
    assert ballot(
        """
        const one = open(), other = open()
        one.vote("1", 1, "keeps")
        await settle()
        return own(other)
        """
    ) == ["keeps", True]  # fmt: skip


def test_a_commit_is_sent_and_an_unknown_student_is_told(ballot):
    assert ballot(
        """
        server.answers["POST /ABCDEF/commit"] = () => json({ counted: true })
        server.answers[VOTE] = () => json({ error: "This room does not know you." }, 403)
        const votes = open()
        votes.commit("challenge/keep", { solved: true, tries: 2 })
        votes.vote("1", 1, "keeps")
        await settle()
        return [requests("POST /ABCDEF/commit")[0].body.kind, told, own(votes)]
        """
    ) == ["challenge/keep", [["This room does not know you.", 403]], None]


def test_what_is_kept_expires_and_a_new_student_finds_nothing(ballot):
    assert ballot(
        """
        setHosted({ code: "ABCDEF", host: "h" })
        setRow(RECORD, "ABCDEF", "1", { text: "Why?" })
        const { text } = rowsOf(RECORD, "ABCDEF")["1"]
        const before = [membership().handle, hosted().host, text, rowsOf(RECORD, "XXXXXX")]
        forgetStudent()
        const after = [membership(), rowsOf(RECORD, "ABCDEF"), hosted().host]
        now += KEEPING + 1
        return [before, after, hosted()]
        """
    ) == [["calm otter", "h", "Why?", {}], [None, {}, "h"], None]


def test_what_another_tab_has_forgotten_is_forgotten_here_too(ballot):
    assert ballot(
        """
        for (const key of [...storage.keys()]) localStorage.removeItem(key) // as another tab does
        return [membership(), [...storage.keys()]]
        """
    ) == [None, []]  # fmt: skip


def test_a_storage_that_is_forbidden_leaves_the_memory_of_the_tab_and_counters_grow(ballot):
    assert ballot(
        """
        const forbidden = () => { throw new DOMException("", "SecurityError") }
        globalThis.localStorage = { getItem: forbidden, setItem: forbidden, removeItem: forbidden }
        setMembership({ code: "ABCDEF", token: "secret", handle: "keen owl", n: 0 })
        const first = nextCounter(), second = nextCounter()
        now -= 5_000 // a clock that is put back
        return [membership().handle, second > first, nextCounter() > second]
        """
    ) == ["keen owl", True, True]  # fmt: skip


@pytest.mark.slow
def test_three_hundred_votes_wait_for_the_database_and_arrive_without_a_rush(ballot):
    waiting, arrived, last, busiest = ballot(
        """
        globalThis.BroadcastChannel = undefined // each is a device of its own
        server.answers[VOTE] = () => json({ error: "The server has much to store." }, 503)
        const ballots = Array.from({ length: 300 }, open)
        for (const votes of ballots) votes.vote("1", 1, "keeps")
        await pass(20_000)
        const waiting = ballots.filter((votes) => !votes.answer("1", 1).sent).length, back = now
        log.length = 0
        counts()
        await pass(8_000)
        const times = requests(VOTE).map(({ at }) => at - back)
        const within = (from) => times.filter((at) => at >= from && at < from + 200).length
        return [waiting, ballots.filter((votes) => votes.answer("1", 1).sent).length, Math.max(...times),
                Math.max(...times.map(within))]
        """
    )
    assert (waiting, arrived) == (300, 300)
    assert last <= 6_500
    assert busiest <= 60  # in a fifth of a second


@pytest.mark.parametrize("status", [408, 429, 502, 503, 504])
def test_what_passes_is_tried_again(ballot, status):
    assert ballot(
        f"""
        server.answers[VOTE] = () => json({{ error: "Not now." }}, {status})
        const votes = open()
        votes.vote("1", 1, "keeps")
        await pass(2_000)
        const before = [told, own(votes)]
        counts()
        await pass(6_500)
        return [before, own(votes)]
        """
    ) == [[[], ["keeps", False]], ["keeps", True]]
