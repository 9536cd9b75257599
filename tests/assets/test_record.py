"""The record in the browser: two tabs, a storage that throws, expiry; and the entries of the history."""

import pytest

from lesson.frame import record

# A storage as browsers have it; with `limit` it is full after so many entries, with `forbidden` it can't be
# touched at all.
SETUP = """
  class FakeStorage {
    constructor(limit = 1e9) { this.map = new Map(); this.limit = limit }
    get length() { return this.map.size }
    key(at) { return [...this.map.keys()][at] ?? null }
    getItem(key) { return this.map.get(key) ?? null }
    removeItem(key) { this.map.delete(key) }
    setItem(key, value) {
      if (!this.map.has(key) && this.map.size >= this.limit) throw new DOMException("", "QuotaExceededError")
      this.map.set(key, value)
    }
  }
  const DAY = 86400000, clock = { now: 0 }
  const open = (storage) => new Store(storage, () => clock.now)
  const forbidden = () => { throw new DOMException("", "SecurityError") }
"""


@pytest.fixture
def store(run):
    """store(body): run lines of JavaScript with Store and a fake storage, and return what they return."""
    return lambda body: run("record/store.js", f"({{ Store, PREFIX, CLEARED }}) => {{ {SETUP} {body} }}")


def test_two_tabs_add_to_each_other_and_the_first_guess_stays(store):
    entries = store(
        """
        const storage = new FakeStorage(), [one, two] = [open(() => storage), open(() => storage)]
        one.use(180); two.use(180)
        one.write("answer/keep", "keeps"); two.write("answer/keep", "loses"); two.write("answer/shut", "a")
        one.write("tick/3", "yes"); two.write("tick/3", "no"); one.write("solved/gates/keep", "yes")
        return [one.read(), two.read()]
        """
    )
    both = {"answer/keep": "keeps", "answer/shut": "a", "tick/3": "no", "solved/gates/keep": "yes"}
    assert entries == [both, both]


def test_a_storage_that_is_forbidden_leaves_the_memory_of_the_tab(store):
    assert store(
        """
        const tab = open(forbidden)
        tab.use(180); tab.write("answer/keep", "keeps"); tab.write("answer/keep", "loses")
        const before = tab.read()
        tab.clear()
        return [before, tab.read()]
        """
    ) == [{"answer/keep": "keeps"}, {}]


def test_what_no_longer_fits_stays_in_the_memory_of_the_tab(store):
    assert store(
        """
        const storage = new FakeStorage(2), tab = open(() => storage)
        tab.use(180); tab.write("place/step", "1"); tab.write("tick/1", "yes"); tab.write("tick/1", "no")
        tab.write("place/step", "2")
        return [tab.read(), open(() => storage).read()]
        """
    ) == [{"place/step": "2", "tick/1": "no"}, {"place/step": "2"}]


def test_another_error_than_the_storage_s_own_is_not_hidden(store):
    assert store(
        """
        const broken = open(() => { throw new TypeError("a fault of ours") })
        try { broken.write("tick/1", "yes") } catch (error) { return error.message }
        """
    ) == "a fault of ours"  # fmt: skip


@pytest.mark.parametrize(("days", "stays"), [(1, True), (180, True), (181, False)])
def test_the_record_stays_so_long_after_its_last_use(store, days, stays):
    left = store(
        f"""
        const storage = new FakeStorage(), tab = open(() => storage)
        storage.setItem("another program's", "x")
        tab.use(180); tab.write("tick/1", "yes")
        clock.now = 170 * DAY; open(() => storage).use(180)
        clock.now += {days} * DAY
        const later = open(() => storage)
        later.use(180)
        return [later.read(), storage.getItem("another program's")]
        """
    )
    assert left == [{"tick/1": "yes"} if stays else {}, "x"]


def test_a_time_that_is_none_counts_as_too_long_ago(store):
    assert store(
        """
        const storage = new FakeStorage(), tab = open(() => storage)
        tab.write("tick/1", "yes"); storage.setItem(`${PREFIX}used`, "soon")
        tab.use(180)
        return tab.read()
        """
    ) == {}  # fmt: skip


def test_a_new_student_finds_nothing_and_other_tabs_are_told(store):
    assert store(
        """
        const storage = new FakeStorage(), tab = open(() => storage)
        storage.setItem("another program's", "x"); storage.setItem("lstm_course/2/entry/tick/1", "yes")
        tab.use(180); tab.write("tick/1", "yes"); clock.now = 5; tab.clear()
        return [tab.read(), Object.fromEntries(storage.map), CLEARED]
        """
    ) == [
        {},
        {"another program's": "x", "lstm_course/2/entry/tick/1": "yes", "lstm_course/1/cleared": "5"},
        "lstm_course/1/cleared",
    ]


def test_only_so_much_is_read(store):
    entries = store(
        """
        const storage = new FakeStorage(), tab = open(() => storage)
        tab.write("tick/long", "x".repeat(101))
        for (let k = 0; k < 1100; k++) tab.write(`tick/${k}`, "yes")
        return tab.read()
        """
    )
    assert len(entries) == 999 and "tick/long" not in entries


# -- the history --

PART = {"name": "part", "options": ["One step", "Over time"], "start": "One step"}


@pytest.mark.parametrize(
    ("start", "end", "entry"),
    [
        ("gates", "gates?part=Over+time", True),
        ("gates?part=Over+time&T=5", "gates?T=5", True),
        ("gates?part=Over+time&T=5", "gates?part=Over+time&T=6", False),
        ("gates", "gates?cell=1_2", False),
        ("gates?part=One+step", "gates", False),  # its default, taken out
        ("gates?part=over%20time", "gates?part=Over+time", False),  # mended
        ("gates?part=nonsense", "gates", False),
    ],
)
def test_a_part_is_an_entry_of_the_history_and_a_setting_is_none(run, start, end, entry):
    function = "({ isEntry }, [from, to, part]) => isEntry(new URL(from), new URL(to), part)"
    addresses = [f"http://here/course/{path}" for path in (start, end)]
    assert run("record/history.js", function, [*addresses, PART]) is entry
    assert run("record/history.js", function, [*addresses, None]) is False


# What the page writes, step by step: "visitor": a widget replaces the entry; "server": an entry is pushed for
# what a run has changed; "run": the page has been run.
BROWSER = """({ PageHistory }, [part, steps]) => {
  const listeners = []
  globalThis.addEventListener = (name, listener) => listeners.push(listener)
  globalThis.location = new URL(steps.shift())
  const entries = [location.href], write = (at) => (state, title, url) => {
    globalThis.location = new URL(url, location.href)
    entries.splice(entries.length + at, 1, location.href)
  }
  globalThis.history = { state: null, pushState: write(0), replaceState: write(-1) }
  const pages = new PageHistory()
  pages.part = part
  for (const [who, url] of steps) {
    if (who === "run") pages.rest()
    if (who === "back") {
      entries.pop()
      globalThis.location = new URL(entries.at(-1))
      listeners.forEach((listener) => listener())
    }
    if (who === "visitor") history.replaceState({}, "", url)
    if (who === "server") history.pushState({}, "", url)
  }
  return entries.map((href) => href.replace("http://here/", ""))
}"""


@pytest.mark.parametrize(
    ("steps", "entries"),
    [
        # Choosing a part is an entry, moving a slider is none.
        (["run", ("visitor", "?part=Over+time"), ("visitor", "?part=Over+time&T=9")],
         ["gates", "gates?part=Over+time&T=9"]),
        # An address that the server puts in order on arrival is none; a part that a button opens is one.
        ([("server", "?T=9"), "run", ("server", "?part=Over+time")], ["gates?T=9", "gates?part=Over+time"]),
        ([("server", "?part=Over+time"), "run", ("server", "?part=Over+time&T=9")],
         ["gates?part=Over+time&T=9"]),
        # Another page is one, and what it takes up again of an earlier visit is none.
        (["run", ("server", "/gradients"), ("server", "/gradients?part=Over+time"), "run"],
         ["gates", "gradients?part=Over+time"]),
        # Its settings are written into this page's address first, whether they look like another part or not.
        (["run", ("server", "?bf=1"), ("server", "/gradients?bf=1"), "run"], ["gates", "gradients?bf=1"]),
        (["run", ("visitor", "?part=Over+time"), ("server", "?bf=1"), ("server", "/gradients?bf=1"), "run"],
         ["gates", "gates?part=Over+time", "gradients?bf=1"]),
        # What a run has changed before is not undone.
        (["run", ("server", "?part=Over+time"), "run", ("server", "/gradients"), "run"],
         ["gates", "gates?part=Over+time", "gradients"]),
        # Back, and its address is put in order.
        (["run", ("visitor", "?part=Over+time"), "back", ("server", "?part=One+step"), "run",
          ("visitor", "?part=Over+time")],
         ["gates?part=One+step", "gates?part=Over+time"]),
    ],
)  # fmt: skip
def test_the_entries_of_a_visit(run, steps, entries):
    rows = [(step, None) if isinstance(step, str) else step for step in steps]
    assert run("record/history.js", BROWSER, [PART, ["http://here/gates", *rows]]) == entries


def test_python_and_the_browser_have_the_same_bounds(run):
    assert run("record/store.js", "({ MOST, LONGEST }) => [MOST, LONGEST]") == [record.MOST, record.LONGEST]
