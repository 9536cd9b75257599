"""The stream of a room: events where they come, questions where they do not, one stream a browser."""

import pytest

from tests.assets.room_world import WORLD

SETUP = """
  const open = (told = {}) => {
    const heard = { states: [], reached: [], over: [], positions: [], away: [] }
    const room = new RoomStream("ABCDEF", {
      state: (state) => heard.states.push(state),
      position: (position) => heard.positions.push(position),
      reached: (isReached) => heard.reached.at(-1) === isReached || heard.reached.push(isReached),
      over: ({ status }) => heard.over.push(status),
      away: (isAway) => heard.away.push([now, isAway]),
    })
    return { room, heard }
  }
  const at = (stage_version, tally_version = 1) => ({ ...server.state, stage_version, tally_version })
"""


@pytest.fixture
def stream(run):
    """stream(body): run lines of JavaScript in a world with a server and RoomStream."""
    return lambda body: run(
        "classroom/stream.js classroom/server.js",
        f"async ({{ RoomStream, serverTime }}) => {{ {WORLD} {SETUP} {body} }}",
    )


def test_one_stream_brings_what_changes_and_nothing_else_is_asked(stream):
    assert stream(
        """
        const { heard } = open()
        await pass(500)
        await tell("tally", { tally_version: 2, joined: 9, voted: 3 })
        await tell("state", at(3, 2))
        await tell("position", { bf: "1" })
        await living(300_000)
        return [log.map(({ what }) => what), heard.states.map((s) => [s.stage_version, s.joined]),
                heard.positions, heard.reached]
        """
    ) == [["GET /ABCDEF", "GET /ABCDEF/events"], [[1, 0], [1, 9], [3, 0]], [{"bf": "1"}], [True]]


@pytest.mark.parametrize("events", ["'hang'", "json({ error: 'Too many listen.' }, 503)"])
def test_without_events_the_room_is_asked_every_two_seconds_and_while_events_are_tried_again(stream, events):
    asked, tries, versions = stream(
        f"""
        server.events = {events}
        const {{ heard }} = open()
        await pass(30_000)
        server.state = at(2)
        await pass(570_000)
        return [requests(ASK).map((row) => row.at), requests(LISTEN).length,
                heard.states.map((s) => s.stage_version)]
        """
    )
    gaps = [later - sooner for sooner, later in zip(asked, asked[1:], strict=False)]
    assert max(gaps) <= 4_000
    assert 1_500 <= sorted(gaps)[len(gaps) // 2] <= 2_500
    assert 3 <= tries <= 12
    assert len({round(gap) for gap in gaps}) > 20  # not all phones at the same moment
    assert versions == [1, 2]


def test_questions_end_once_events_come(stream):
    tries, after = stream(
        """
        server.events = "hang"
        open()
        await pass(20_000)
        server.events = "stream"
        await living(150_000)
        const before = requests(ASK).length
        await living(60_000)
        return [requests(LISTEN).length, requests(ASK).length - before]
        """
    )
    assert tries >= 2
    assert after == 0


def test_a_stream_that_something_on_its_way_holds_back_does_not_leave_a_phone_behind(stream):
    assert stream(
        """
        const { heard } = open()
        await pass(1_000)
        server.state = at(2) // the event of it never arrives
        await pass(24_000)
        return heard.states.map((s) => s.stage_version)
        """
    ) == [1, 2]  # fmt: skip


def test_a_server_that_is_started_again_is_found_again(stream):
    reached, gap, versions, pauses = stream(
        """
        const { heard } = open()
        await living(20_000)
        server.isDown = true
        for (const stream of server.streams) stream.error(new TypeError("cut"))
        server.streams.clear()
        await pass(60_000)
        const back = now, tries = requests(LISTEN).map((row) => row.at)
        server.isDown = false
        server.state = at(2)
        await pass(10_000)
        const found = requests(LISTEN).map((row) => row.at).find((time) => time >= back)
        return [heard.reached, found - back, heard.states.map((s) => s.stage_version),
                tries.slice(1).map((time, k) => time - tries[k])]
        """
    )
    assert reached == [True, False, True]
    assert gap <= 9_000
    assert versions == [1, 2]
    assert 6 <= len(pauses) <= 30 and max(pauses[1:]) <= 9_000  # it neither storms nor gives up


@pytest.mark.parametrize("events", ["stream", "hang"])
def test_nobody_looks_nothing_is_asked_and_who_looks_again_sees_the_present_state_at_once(stream, events):
    asked, streams, took, versions = stream(
        f"server.events = {events!r}\n"
        """
        const { heard } = open()
        await pass(10_000)
        await look(false)
        const before = log.length, streams = server.streams.size
        server.state = at(5)
        await pass(600_000)
        const asked = log.length - before, awake = now
        await look(true)
        await pass(300)
        return [asked, streams, requests(LISTEN).at(-1).at - awake, heard.states.map((s) => s.stage_version)]
        """
    )
    assert (asked, streams) == (0, 0)
    assert took <= 300
    assert versions == [1, 5]


def test_a_device_that_has_slept_without_saying_so_is_noticed_by_its_clock(stream):
    assert stream(
        """
        open()
        await pass(5_000)
        const before = requests(LISTEN).length
        now += 3_600_000
        await pass(2_500)
        return requests(LISTEN).length - before
        """
    ) == 1  # fmt: skip


def test_of_two_tabs_one_listens_and_when_it_goes_the_other_does(stream):
    streams, both, listens, after = stream(
        """
        const tabs = [open(), open()]
        await pass(2_000)
        const streams = server.streams.size
        await tell("state", at(2))
        await tell("position", { bf: "1" })
        const both = tabs.map(({ heard }) => [heard.states.at(-1).stage_version, heard.positions.length])
        await living(60_000)
        let lead = 0
        const channel = new BroadcastChannel("lstm-room-ABCDEF")
        channel.addEventListener("message", ({ data }) => { lead = data.lead ?? lead })
        await living(10_000)
        tabs.find(({ room }) => room.me === lead).room.close()
        await pass(1_000)
        return [streams, both, requests(LISTEN).length, server.streams.size]
        """
    )
    assert streams == 1
    assert both == [[2, 1], [2, 1]]
    assert listens <= 3
    assert after == 1


def test_of_two_tabs_both_say_that_the_server_is_away_and_that_it_is_back(stream):
    heard = stream(
        """
        const tabs = [open(), open()]
        await living(20_000)
        server.isDown = true
        for (const stream of server.streams) stream.error(new TypeError("cut"))
        server.streams.clear()
        await pass(20_000)
        const away = tabs.map(({ heard }) => [...heard.reached])
        server.isDown = false
        await pass(10_000)
        return [away, tabs.map(({ heard }) => heard.reached)]
        """
    )
    assert [reached[-1] for reached in heard[0]] == [False, False]
    assert [reached[-1] for reached in heard[1]] == [True, True]


def test_a_stream_whose_event_can_t_be_used_is_not_left_open(stream):
    assert stream(
        """
        globalThis.reportError = () => {}
        process.on("unhandledRejection", () => {})
        const reached = () => { throw new TypeError("a mistake of ours") }
        const room = new RoomStream("ABCDEF", { state: () => {}, reached })
        await pass(20_000)
        return [requests(LISTEN).length > 2, server.streams.size]
        """
    ) in ([True, 0], [True, 1])  # fmt: skip


def test_an_older_answer_that_arrives_late_changes_nothing(stream):
    assert stream(
        """
        let answer
        server.answers[ASK] = () => new Promise((done) => { answer = () => done(json(at(1))) })
        const { heard } = open()
        await pass(500)
        await tell("state", at(7))
        answer()
        await settle()
        return heard.states.map((s) => s.stage_version)
        """
    ) == [1, 7]  # fmt: skip


def test_what_the_server_has_taken_back_is_taken_back(stream):
    assert stream(
        """
        const { heard } = open()
        await pass(500)
        await tell("state", at(9))
        server.state = at(8)
        for (const stream of server.streams) { stream.close(); server.streams.delete(stream) }
        await pass(3_000)
        return heard.states.map((s) => s.stage_version)
        """
    ) == [1, 9, 8]  # fmt: skip


def test_a_room_that_is_over_is_asked_no_more(stream):
    over, more = stream(
        """
        const { heard } = open()
        await pass(500)
        server.events = json({ error: "This room is over." }, 410)
        server.answers[ASK] = () => json({ error: "This room is over." }, 410)
        for (const stream of server.streams) { stream.close(); server.streams.delete(stream) }
        await pass(5_000)
        const before = log.length
        await pass(600_000)
        return [heard.over, log.length - before]
        """
    )
    assert over == [410]
    assert more == 0


def test_what_a_proxy_says_in_the_server_s_place_ends_nothing(stream):
    assert stream(
        """
        server.events = new Response("<h1>Not found</h1>", { status: 404 })
        server.answers[ASK] = () => new Response("<h1>Not found</h1>", { status: 404 })
        const { heard } = open()
        await pass(20_000)
        server.events = "stream"
        delete server.answers[ASK]
        await pass(10_000)
        return [heard.over, heard.states.length, heard.reached.at(-1)]
        """
    ) == [[], 1, True]  # fmt: skip


def test_the_server_s_clock_is_learned_from_its_answers(stream):
    behind = stream("open(); await pass(500); return serverTime() - now")
    assert abs(behind - 60_000) <= 1_000


def test_a_database_that_stays_away_is_told_after_a_second_and_its_return_at_once(stream):
    assert stream(
        """
        const { heard } = open()
        await pass(500)
        const begin = now
        await tell("away", true)
        await pass(900)
        await tell("away", false) // a blink
        await pass(5_000)
        const blink = heard.away.filter(([, isAway]) => isAway)
        await tell("away", true)
        await pass(3_000)
        await tell("tally", { tally_version: 2, joined: 9, voted: 3 })
        await tell("away", false)
        await pass(0)
        return [blink, heard.away.map(([at, isAway]) => [at - begin, isAway]).slice(-2)]
        """
    ) == [[], [[6_900, True], [8_900, False]]]


def test_a_server_that_can_t_read_the_room_is_reached_and_its_database_away(stream):
    away, reached, over, after, asked = stream(
        """
        const busy = () => json({ error: "The server has much to store." }, 503)
        server.events = busy()
        server.answers[ASK] = busy
        const { heard } = open()
        await pass(60_000)
        const [away, asked] = [heard.away.at(-1)[1], log.length]
        server.events = "stream"
        delete server.answers[ASK]
        await pass(10_000)
        return [away, heard.reached, heard.over, heard.away.at(-1)[1], asked]
        """
    )
    assert (away, reached, over, after) == (True, [True], [], False)
    assert asked <= 40


def test_another_server_s_first_state_counts_unless_it_is_an_older_one_of_a_server_without_database(stream):
    assert stream(
        """
        const { heard } = open()
        const move = async (state) => {
          for (const stream of server.streams) { stream.close(); server.streams.delete(stream) }
          server.state = state
          await pass(3_000)
        }
        await pass(500)
        await tell("state", at(9))
        await move({ ...at(9), joined: 7 }) // the same numbers
        await move({ ...at(8), away: true })
        await move({ ...at(8), away: false })
        return [heard.states.map((s) => [s.stage_version, s.joined]), heard.away.map(([, isAway]) => isAway)]
        """
    ) == [[[1, 0], [9, 0], [9, 7], [8, 7]], [True, False]]


def test_an_answer_that_arrives_late_does_not_bring_the_outage_back(stream):
    assert stream(
        """
        server.state = { ...server.state, away: true }
        const { room, heard } = open()
        await pass(3_000)
        let answer
        server.answers[ASK] = () => new Promise((done) => { answer = () => done(json(server.state)) })
        room.refresh()
        await settle()
        await tell("away", false)
        answer()
        await pass(5_000)
        return heard.away.map(([, isAway]) => isAway)
        """
    ) == [True, False]  # fmt: skip


def test_a_first_state_in_two_pieces_is_the_first_all_the_same(stream):
    assert stream(
        """
        const { heard } = open()
        await pass(500)
        await tell("state", at(9))
        server.isDown = true
        for (const stream of server.streams) stream.error(new TypeError("cut"))
        server.streams.clear()
        await pass(20_000)
        server.isDown = false
        server.answers[ASK] = () => json({ error: "one moment" }, 502)
        const text = `event: state\\ndata: ${JSON.stringify(at(8))}\\n\\n`
        server.events = { clone: () => new Response(new ReadableStream({
          start: (stream) => {
            stream.enqueue(bytes(text.slice(0, 40)))
            setTimeout(() => stream.enqueue(bytes(text.slice(40))), 300)
          },
        })) }
        await pass(12_000)
        return [heard.states.map((s) => s.stage_version), heard.reached]
        """
    ) == [[1, 9, 8], [True, False, True]]


def test_one_answer_of_a_proxy_does_not_take_events_away_for_a_minute(stream):
    assert (
        stream(
            """
        open()
        await living(20_000)
        server.events = { clone: () => {
          server.events = "stream" // from then on another server answers
          return new Response("<h1>Bad gateway</h1>", { status: 502 })
        } }
        for (const stream of server.streams) { stream.close(); server.streams.delete(stream) }
        await pass(3_000)
        return server.streams.size
        """
        )
        == 1
    )


@pytest.mark.slow
@pytest.mark.parametrize("outage", [0, 1_000])
def test_a_class_is_back_within_five_seconds_and_does_not_come_all_at_once(stream, outage):
    took, busiest, gentle = stream(
        f"const OUTAGE = {outage}\n"
        """
        globalThis.BroadcastChannel = undefined // 300 devices, each with one tab
        const back = []
        let lost = Infinity
        const devices = Array.from({ length: 300 }, () => {
          const reached = (isReached) => isReached && now > lost && back.push(now - lost)
          return new RoomStream("ABCDEF", { state: () => {}, reached })
        })
        const cut = () => {
          for (const stream of server.streams) stream.error(new TypeError("cut"))
          server.streams.clear()
          log.length = back.length = 0
          lost = now
        }
        await pass(1_000)
        await send(":\\n\\n") // as after 15 s
        cut()
        server.events = new Response("<h1>Bad gateway</h1>", { status: 502 })
        server.answers[ASK] = () => new Response("<h1>Bad gateway</h1>", { status: 502 })
        await pass(OUTAGE)
        server.events = "stream"
        delete server.answers[ASK]
        await pass(5_000)
        const took = [...back].sort((one, other) => one - other)
        const within = (from, length) => log.filter(({ at }) => at >= from && at < from + length).length
        const busiest = Math.max(...log.map(({ at }) => within(at, 200)))
        // Away for long.
        await send(":\\n\\n")
        cut()
        server.isDown = true
        await pass(60_000)
        const gentle = within(lost + 50_000, 10_000) / 10
        devices.forEach((device) => device.close())
        return [took, busiest, gentle]
        """
    )
    assert len(took) == 300
    assert took[round(0.95 * 300)] <= 3_000
    assert busiest <= 150  # requests in a fifth of a second
    assert gentle <= 120  # a second
