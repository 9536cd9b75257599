"""Any order of any requests from any roles, against a simple model of a room, on every database.

Held after each: no vote counts outside its round, nothing of the answer is sent before the reveal, a retry
that comes late undoes nothing, what was acknowledged is there, counters grow, and the log leads to the live
room.
"""

import asyncio
from collections import Counter

import pytest

from lesson.classroom.asking import STAGES
from tests.lesson.classroom.server import CATALOGUE, Server

pytest.importorskip("hypothesis")
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

pytestmark = pytest.mark.slow

QUESTIONS = {question.id: question for question in CATALOGUE}
ANSWERS = ["keeps", "adds", "reads", "a", "b", "unsure", 0.5, 1, "none", 7, "", None]
WHO = st.integers(0, 3)  # a student by place, also one that there is not
COUNTERS = st.integers(0, 6)
ASKINGS, ROUNDS = st.integers(0, 3), st.integers(0, 3)
KINDS, VALUES = st.sampled_from(["x", "challenge/keep"]), st.sampled_from([1, "a", {"solved": True}])
BURST = st.lists(st.tuples(WHO, st.integers(0, 1), st.integers(7, 40)), min_size=2, max_size=12)
STRANGERS = [
    ("GET", "/questions", None), ("GET", "/results", None), ("GET", "/export.csv", None),
    ("GET", "/export.json", None), ("POST", "/ask", {"question": "forget"}), ("POST", "/pair", {}),
    ("POST", "/stage", {"asking": "1", "stage": "revealed", "round": 1, "after": 1}), ("POST", "/host", {}),
    ("POST", "/admission", {"open": False}), ("POST", "/position", {"position": {}}), ("DELETE", "", None),
    ("POST", "/hands", {"asking": "1", "round": 1, "answer": "keeps", "count": 9}),
    ("POST", "/follow", {"free": True}), ("DELETE", "/students/x", None),
]  # fmt: skip


class Asked:
    """A question in the model.  votes: by round, then by student: answer and counter."""

    def __init__(self, question):
        self.question, self.stage, self.round, self.bars = question, "waiting", 1, False
        self.votes, self.hands = {}, Counter()

    def raised(self, round):
        return sum(count for (of_round, _), count in self.hands.items() if of_round == round)

    def answered(self, round):
        return len(self.votes.get(round, {})) + self.raised(round)

    @property
    def voted(self):
        """How many have answered in the round that is open, or, at the end, in the last one with answers."""
        rounds = range(self.round, 0, -1) if self.stage == "revealed" else [self.round]
        return next((self.answered(round) for round in rounds if self.answered(round)), 0)

    @property
    def rounds(self):
        """The rounds up to the last one in which somebody has answered, at least the first."""
        return range(1, max([1, *(n for n in range(1, self.round + 1) if self.answered(n))]) + 1)


class AnyOrder(RuleBasedStateMachine):
    """A room as a server has it, and as the model says it has to be."""

    address = "sqlite://"

    def __init__(self):
        super().__init__()
        self.server = Server(self.address)
        self.askings, self.tokens, self.gone, self.commits = [], [], set(), {}
        self.admits, self.versions, self.sent = True, (0, 0), []

    @initialize()
    def open(self):
        self.room = self.server.room()
        self.other = self.server.room()
        self.strangers = [self.other.host, self.other.student(), "x", ""]
        self.join()
        self.join()
        self.ask("forget")
        self.stage_now("vote", False)

    def teardown(self):
        for room in (self.room, self.other):
            self.server.ask("DELETE", f"/{room.code}", token=room.host)
            assert room.get().status == 410
        self.server.close()

    # -- the model --

    @property
    def asked(self):
        return self.askings[-1] if self.askings else None

    def here(self, who):
        return who < len(self.tokens) and who not in self.gone

    def token(self, who):
        return self.tokens[who] if who < len(self.tokens) else "nobody"

    def is_open(self, asking, round):
        is_last = self.asked is not None and asking == len(self.askings)
        return is_last and (self.asked.stage, self.asked.round) == ("vote", round)

    def count(self, who, asking, round, answer, n):
        """Let a vote count, if it is the newest."""
        votes = self.askings[asking - 1].votes.setdefault(round, {})
        if who not in votes or votes[who][1] < n:
            votes[who] = (answer, n)
        return votes[who] == (answer, n)

    def is_stored(self, who, asking, round, answer, n):
        if not 1 <= asking <= len(self.askings):
            return False
        return self.askings[asking - 1].votes.get(round, {}).get(who) == (answer, n)

    def body(self, asking, round, answer, n):
        return {"asking": str(asking), "round": round, "answer": answer, "n": n}

    # -- students --

    @rule()
    def join(self):
        reply = self.room.post("join", {})
        assert reply.status == (201 if self.admits else 409)
        if self.admits:
            self.tokens.append(reply.json["token"])

    @rule(who=WHO, asking=ASKINGS, round=ROUNDS, answer=st.sampled_from(ANSWERS), n=COUNTERS)
    def vote(self, who, asking, round, answer, n):
        self.sent.append((who, asking, round, answer, n))
        self.check_vote(who, asking, round, answer, n)

    @precondition(lambda self: self.asked)
    @rule(who=WHO, place=st.integers(0, 2), n=COUNTERS)
    def vote_now(self, who, place, n):
        answers = self.asked.question.answers
        answer = answers[place % len(answers)].id if answers else 0.25 * place
        self.vote(who, len(self.askings), self.asked.round, answer, n)

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def vote_again(self, data):
        """A retry comes late."""
        self.check_vote(*data.draw(st.sampled_from(self.sent)))

    def check_vote(self, who, asking, round, answer, n):
        reply = self.room.post("vote", self.body(asking, round, answer, n), self.token(who))
        if not self.here(who):
            assert reply.status == 403
        elif answer in ("", None):
            assert reply.status == 422
        elif self.is_stored(who, asking, round, answer, n):
            assert reply.json == {"counted": True}
        elif not self.is_open(asking, round):
            assert reply.status == 409
        elif not self.asked.question.has_answer(answer):
            assert reply.status == 422
        else:
            assert reply.json == {"counted": self.count(who, asking, round, answer, n)}

    @precondition(lambda self: self.asked and self.asked.stage == "vote" and self.tokens)
    @rule(votes=BURST, data=st.data())
    def burst(self, votes, data):
        """Many vote at once; somewhere among them the lecturer closes the vote, or does not."""
        asking, round = len(self.askings), self.asked.round
        answers = [answer.id for answer in self.asked.question.answers] or [0.5, 1]
        votes = [(who, answers[place], n) for who, place, n in votes if self.here(who)]
        close_at = data.draw(st.one_of(st.none(), st.integers(0, len(votes))))
        after = self.room.state["stage_version"]

        rows = [("vote", self.body(asking, round, answer, n), self.token(who)) for who, answer, n in votes]
        if close_at is not None:
            body = {"asking": str(asking), "stage": "talk", "round": round, "after": after}
            rows.insert(close_at, ("stage", body, self.room.host))

        async def send():
            ask, path = self.server.request, f"/{self.room.code}/"
            return await asyncio.gather(*(ask("POST", path + route, body, who) for route, body, who in rows))

        replies = self.server.run(send())
        if close_at is not None:
            assert replies.pop(close_at).status == 200
            self.asked.stage, self.asked.bars = "talk", False
        for (who, answer, n), reply in zip(votes, replies, strict=True):
            assert reply.status in ((200,) if close_at is None else (200, 409))
            if reply.status == 200:
                self.count(who, asking, round, answer, n)
            self.check_no_leak(reply)

    @rule(who=WHO, kind=KINDS, value=VALUES, n=COUNTERS)
    def commit(self, who, kind, value, n):
        reply = self.room.post("commit", {"kind": kind, "value": value, "n": n}, self.token(who))
        if not self.here(who):
            assert reply.status == 403
            return
        own = self.commits.setdefault(who, {})
        if kind not in own or own[kind]["n"] < n:
            own[kind] = {"value": value, "n": n}
        assert reply.json == {"counted": own[kind]["n"] == n}

    @rule(who=WHO, by_lecturer=st.booleans())
    def leave(self, who, by_lecturer):
        if self.here(who) and by_lecturer:
            handle = self.room.mine(self.token(who))["handle"]
            path = f"/{self.room.code}/students/{handle.replace(' ', '%20')}"
            reply = self.server.ask("DELETE", path, token=self.room.host)
        else:
            reply = self.room.post("forget", {}, self.token(who))
        assert reply.status == (204 if self.here(who) else 403)
        if self.here(who):
            self.gone.add(who)
            self.commits.pop(who, None)
            for asked in self.askings:
                for votes in asked.votes.values():
                    votes.pop(who, None)

    # -- the lecturer --

    @precondition(lambda self: len(self.askings) < 4)
    @rule(id=st.sampled_from([*QUESTIONS, "none"]))
    def ask(self, id):
        reply = self.room.post("ask", {"question": id}, self.room.host)
        assert reply.status == (201 if id in QUESTIONS else 422)
        if id in QUESTIONS:
            self.askings.append(Asked(QUESTIONS[id]))
            assert reply.json["asking"] == str(len(self.askings))

    @rule(
        asking=ASKINGS,
        stage=st.sampled_from([*STAGES, "none"]),
        round=ROUNDS,
        late=ROUNDS,
        bars=st.booleans(),
    )
    def stage(self, asking, stage, round, late, bars):
        after = max(0, self.room.state["stage_version"] - late)
        body = {"asking": str(asking), "stage": stage, "round": round, "after": after, "bars": bars}
        reply = self.room.post("stage", body, self.room.host)
        asked = self.asked
        if late and after != self.room.state["stage_version"] or asked is None or asking != len(self.askings):
            assert reply.status == 409
            return
        opens = stage == "vote" and asked.stage in ("vote", "talk") and round == asked.round + 1
        if stage == "none" or not (1 <= round <= asked.round or opens):
            assert reply.status == 422
            return
        assert reply.status == 200
        asked.stage, asked.round, asked.bars = stage, round, bars

    @precondition(lambda self: self.asked)
    @rule(stage=st.sampled_from(STAGES), further=st.booleans())
    def stage_now(self, stage, further):
        round = self.asked.round + (further and stage == "vote" and self.asked.stage in ("vote", "talk"))
        self.stage(len(self.askings), stage, round, 0, False)

    @rule(asking=ASKINGS, round=ROUNDS, answer=st.sampled_from(["keeps", "a", "unsure"]), count=COUNTERS)
    def hands(self, asking, round, answer, count):
        body = {"asking": str(asking), "round": round, "answer": answer, "count": count}
        reply = self.room.post("hands", body, self.room.host)
        if not 1 <= asking <= len(self.askings) or not 1 <= round <= self.askings[asking - 1].round:
            assert reply.status == 409
        elif not self.askings[asking - 1].question.has_answer(answer):
            assert reply.status == 422
        else:
            assert reply.status == 200
            self.askings[asking - 1].hands[round, answer] = count

    def admission(self, open):
        assert self.room.post("admission", {"open": open}, self.room.host).json == {"open": open}
        self.admits = open

    def secret(self, renews):
        """The lecturer goes on at a paired device, or with another secret."""
        if renews:
            former, self.room.host = self.room.host, self.room.post("host", {}, self.room.host).json["host"]
            self.strangers.append(former)
        else:
            once = self.room.post("pair", {}, self.room.host).json["once"]
            self.room.host = self.server.ask("POST", "/pair", {"once": once}).json["host"]

    def follow(self, page):
        body = {"free": True} if page is None else {"page": page, "query": "f=1"}
        assert self.room.post("follow", body, self.room.host).status == 200
        assert self.room.state["follow"] == (None if page is None else body)

    @rule(
        what=st.sampled_from(["admission", "secret", "follow", "restart", "restart"]), is_first=st.booleans()
    )
    def do_aside(self, what, is_first):
        """Something beside the questions, from time to time."""
        match what:
            case "admission":
                self.admission(is_first)
            case "secret":
                self.secret(is_first)
            case "follow":
                self.follow("gates" if is_first else None)
            case "restart":
                self.restart()

    # -- others --

    @rule(place=st.integers(0, 99), ask=st.sampled_from(STRANGERS))
    def intrude(self, place, ask):
        """Students, the former lecturer and the lecturer of another room try what is the lecturer's."""
        tokens = [*self.strangers, *self.tokens]
        method, path, body = ask
        token = tokens[place % len(tokens)]
        reply = self.server.ask(method, f"/{self.room.code}{path}", body, token)
        assert reply.status == (403 if token else 401)
        self.check_no_leak(reply)

    def restart(self):
        if self.address == "sqlite://":
            self.server.rooms._live.clear()
        else:
            self.server.restart()

    # -- what holds --

    def check_no_leak(self, reply):
        if not self.asked or self.asked.stage != "revealed":
            assert b"REPLY" not in reply.body and b"0.7251" not in reply.body and b'"right"' not in reply.body

    def counts(self, asked, round):
        votes = asked.votes.get(round, {}).values()
        counts = Counter(answer for answer, _ in votes)
        for (of_round, answer), count in asked.hands.items():
            counts[answer] += count if of_round == round else 0
        if asked.question.scale:
            numbers = sorted(answer for answer, _ in votes if answer != "unsure")
            return {"numbers": numbers, "unsure": counts["unsure"]}
        return {id: counts[id] for id in [*(answer.id for answer in asked.question.answers), "unsure"]}

    @invariant()
    def everybody_sees_what_the_model_says(self):
        reply = self.room.get()
        self.check_no_leak(reply)
        state, asked = reply.json, self.asked
        versions = (state["stage_version"], state["tally_version"])
        assert versions[0] >= self.versions[0] and versions[1] >= self.versions[1]
        self.versions = versions
        raised = max((asked.raised(round) for round, _ in asked.hands), default=0) if asked else 0
        assert state["joined"] == len(self.tokens) - len(self.gone) + raised
        assert state["voted"] == (asked.voted if asked else 0)
        if not asked:
            assert state["asking"] is None
            return
        asking = state["asking"]
        assert (asking["id"], asking["stage"]) == (str(len(self.askings)), asked.stage)
        assert asking["round"] == asked.round
        assert ("right" in asking) == ("replies" in asking) == (asked.stage == "revealed")
        shows = asked.stage == "revealed" or asked.bars
        assert ("rounds" in asking) == ("moved" in asking) == shows
        if shows:
            assert asking["rounds"] == [self.counts(asked, round) for round in asked.rounds]

    @invariant()
    def every_student_finds_what_was_acknowledged(self):
        for who, token in enumerate(self.tokens):
            reply = self.room.get("/mine", token)
            self.check_no_leak(reply)
            if who in self.gone:
                assert reply.status == 403
                continue
            rows = reply.json["answers"]
            assert {(row["asking"], row["round"]): (row["answer"], row["n"]) for row in rows} == {
                (str(number), round): votes[who]
                for number, asked in enumerate(self.askings, 1)
                for round, votes in asked.votes.items()
                if who in votes
            }
            assert reply.json["commits"] == self.commits.get(who, {})

    @invariant()
    def the_lecturer_sees_what_the_model_says(self):
        results = self.room.results()
        assert [row["rounds"] for row in results["askings"]] == [
            [self.counts(asked, round) for round in asked.rounds] for asked in self.askings
        ]
        assert results["admits"] == self.admits

    @invariant()
    def the_log_leads_to_the_live_room(self):
        log, live = self.server.log_of(self.room.code), self.server.rooms._live[self.room.code]
        assert log == live.room


def run_on(address):
    machine = type("AnyOrderOn", (AnyOrder,), {"address": address})
    many = settings(max_examples=60, stateful_step_count=50, deadline=None)
    run_state_machine_as_test(machine, settings=many)


def test_any_order_in_memory(no_pause):
    run_on("sqlite://")


def test_any_order_in_a_file(no_pause, tmp_path):
    run_on(f"sqlite:///{tmp_path / 'rooms.sqlite'}")


def test_any_order_on_postgresql(no_pause, postgres):
    run_on(postgres)
