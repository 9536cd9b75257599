"""Asking the server: one question under way, the newest wins, what failed is asked again."""

import json

import pytest

# A page with a server behind it whose answers are a list; time passes as fast as it is waited for.
PAGE = """
async (m, { replies, ask, version, behind, noHttp }) => {
  const log = [], pauses = []
  globalThis.window = globalThis
  globalThis.addEventListener = globalThis.removeEventListener = () => {}
  globalThis.location = new URL("http://host/course/gates")
  globalThis.HTMLScriptElement = class { src = "http://host/course/static/js/index.123.js" }
  const notices = []
  globalThis.document = {
    addEventListener() {}, removeEventListener() {},
    querySelector: (selector) => selector.startsWith("script") ? new HTMLScriptElement()
      : notices.find(({ id }) => selector === "#" + id) ?? null,
    createElement: () => ({ setAttribute() {}, append() {}, addEventListener() {}, remove() {}, style: {} }),
    body: { append: (node) => notices.push(node) },
  }
  const tick = globalThis.setTimeout
  globalThis.setTimeout = (done, wait) => {
    if (wait < 14_000) { pauses.push(wait); return tick(done, 0) }
    return 0
  }
  globalThis.lstmVersion = version
  globalThis.lstmNoHttp = noHttp
  if (behind) globalThis.lstmChannel = { ask: async (name, question) => {
    log.push(["channel", name, question])
    return behind
  } }
  const left = [...replies]
  globalThis.fetch = async (url, options) => {
    log.push([options.method ?? "GET", String(url), options.body ? String(options.body) : ""])
    const reply = left.shift()
    if (reply === "network") throw new TypeError("failed")
    const [status, type, body, says] = reply
    const headers = new Headers({ "content-type": type, ...(says ? { "course-version": says } : {}) })
    return new Response(body, { status, headers })
  }
  const classes = {}
  const root = { isConnected: true, append() {}, classList: { toggle: (name, on) => { classes[name] = on } } }
  const taken = []
  const error = console.error
  console.error = (text) => log.push(["error", text])
  const take = (answer, question) => taken.push([answer, question])
  const asker = new m.Asker({ ...ask, name: "gates/step", root, take })
  for (const question of ask.questions) asker.ask(question)
  for (let k = 0; k < 50; k++) await new Promise((done) => tick(done, 1))
  console.error = error
  return { log, taken, pauses: pauses.filter((wait) => wait > 20), classes, notices: notices.length,
    noHttp: globalThis.lstmNoHttp ?? false, busy: asker.busy }
}
"""
OURS, HTML = "application/json", "text/html; charset=utf-8"


def answer(value, status=200, version="1"):
    return [status, OURS, json.dumps(value), version]


@pytest.fixture
def page(run):
    def asks(questions, *replies, behind=None, no_http=False, version="1", **way):
        return run(
            "shared/ask.js",
            PAGE,
            {
                "replies": replies, "ask": {"questions": questions, **way}, "version": version,
                "behind": behind, "noHttp": no_http,
            },
        )  # fmt: skip

    return asks


def test_a_question_goes_to_the_servers_own_address_below_its_base_path(page):
    seen = page([{"cell": "1 2"}], answer({"a": 1}))
    assert seen["log"] == [["GET", "http://host/course/api/gates/step?cell=1+2&v=1", ""]]
    assert seen["taken"] == [[{"a": 1}, {"cell": "1 2"}]]
    assert not seen["busy"]


def test_a_text_of_the_visitors_own_goes_by_post(page):
    seen = page([{"prompt": "a&b"}], answer({}), byPost=True)
    assert seen["log"] == [["POST", "http://host/course/api/gates/step", "prompt=a%26b"]]


def test_of_those_that_wait_the_newest_wins(page):
    seen = page([{"k": k} for k in "1234"], answer(1), answer(4))
    assert [question["k"] for _, question in seen["taken"]] == ["1", "4"]
    assert len(seen["log"]) == 2


@pytest.mark.parametrize(
    "trouble",
    [
        "network",
        [502, HTML, "<h1>Bad gateway</h1>", None],
        answer({"error": "Much to do."}, 503),
        [200, OURS, "{", "1"],
    ],
    ids=["no network", "a proxy without a server", "a full queue", "an answer that is cut"],
)
def test_what_failed_is_asked_again_with_growing_pauses(page, trouble):
    seen = page([{"k": "1"}], *[trouble] * 4, answer("at last"))
    assert seen["taken"] == [["at last", {"k": "1"}]]
    assert len(seen["log"]) == 5
    assert not seen["noHttp"]
    for k, wait in enumerate(seen["pauses"]):
        assert 0.75 * 250 * 2**k <= wait <= 1.25 * 250 * 2**k
    assert len(seen["pauses"]) == 4
    assert seen["classes"] == {"unreachable": False}


def test_a_pause_is_never_longer_than_ten_seconds(page):
    seen = page([{"k": "1"}], *["network"] * 9, answer(1))
    assert max(seen["pauses"]) <= 10_000


def test_a_wrong_question_is_not_asked_again(page):
    seen = page([{"k": "x"}], answer({"error": "k is a number."}, 400))
    assert seen["log"][1:] == [["error", "gates/step: k is a number."]]
    assert (seen["taken"], seen["busy"]) == ([], False)


def test_where_no_plain_request_comes_through_the_channel_is_taken(page):
    seen = page([{"k": "1"}], [200, HTML, "<!doctype html>", None], behind={"answer": {"a": 2}})
    assert seen["log"][1] == ["channel", "gates/step", {"k": "1"}]
    assert seen["taken"] == [[{"a": 2}, {"k": "1"}]]
    assert seen["noHttp"]


def test_from_then_on_nobody_tries_again(page):
    seen = page([{"k": "1"}], behind={"answer": {"a": 2}}, no_http=True)
    assert [row[0] for row in seen["log"]] == ["channel"]


def test_what_only_the_session_has_goes_through_the_channel(page):
    seen = page([{"k": "1"}], behind={"answer": 3}, channel=True)
    assert (seen["taken"], seen["log"]) == ([[3, {"k": "1"}]], [["channel", "gates/step", {"k": "1"}]])
    seen = page([{"k": "1"}], behind={"error": "There is no network."}, channel=True)
    assert (seen["taken"], seen["log"][1]) == ([], ["error", "gates/step: There is no network."])


@pytest.mark.parametrize(("ours", "theirs", "notices"), [("1", "1", 0), ("1", "2", 1), (None, "2", 0)])
def test_a_page_of_another_version_says_that_it_must_be_reloaded(page, ours, theirs, notices):
    seen = page([{"k": "1"}, {"k": "2"}], answer(1, version=theirs), answer(2, version=theirs), version=ours)
    assert seen["notices"] == notices
    assert len(seen["taken"]) == 2
