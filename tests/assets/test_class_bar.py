"""The bar of class mode without a page: its words, and what a class hears of challenges."""

import pytest

TEST = {"part": "before", "item": 1, "items": 2}
LATER = "You will see what is right at the end of the lesson."
STATE = {"asking": {"id": "1", "stage": "vote", "round": 1}}
VIEW = {"state": STATE, "answer": None, "isReached": True, "refusal": "", "isStudent": True}


def at(stage, round=1, **more):
    return {"asking": {"id": "1", "stage": stage, "round": round, **more}}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"state": None}, "Waiting for a question"),
        ({"state": at("waiting")}, "The vote opens soon"),
        ({}, "Vote now"),
        ({"answer": {"answer": "a", "sent": False}}, "Sending your vote …"),
        ({"answer": {"answer": "a", "sent": True}}, "Your vote is in"),
        ({"state": at("talk")}, "Talk to your neighbour"),
        ({"state": at("vote", 2)}, "Vote again"),
        ({"state": at("revealed", right="a")}, "The answer is here"),
        ({"state": at("revealed", right=0)}, "The answer is here"),
        ({"state": at("revealed", right=None)}, "Closed"),
        ({"state": at("revealed", right="a") | {"elsewhere": "Start"}}, "The class is at Start"),
        ({"state": at("talk", test=TEST)}, "The vote is closed"),
        ({"state": at("revealed", experiment={})}, "The networks train"),
        ({"state": at("revealed", experiment={}, right=0)}, "The answer is here"),
        ({"state": at("revealed", surface={}, right=None)}, "The answer is here"),
        ({"isReached": False}, "No connection. Trying again …"),
        ({"isAway": True}, "The class goes on as soon as its database answers."),
        ({"isAway": True, "isReached": False}, "No connection. Trying again …"),
        ({"refusal": "This room is full."}, "This room is full."),
        ({"isStudent": False}, "You lead this class."),
    ],
)
def test_the_bar_says_where_the_class_is(run, change, words):
    assert run("classroom/bar/words.js", "({ stageWords }, view) => stageWords(view)", VIEW | change) == words


@pytest.fixture
def commits(run):
    """commits(body): run lines of JavaScript with attempts, and return what the class was told at the end."""
    return lambda body: run(
        "classroom/bar/attempts.js",
        f"""async ({{ Attempts }}) => {{
          const told = []
          const attempts = new Attempts({{ commit: (kind, value) => told.push([kind, value]) }})
          {body}
          await new Promise((done) => setTimeout(done, 2100))
          return told
        }}""",
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, "You have not voted yet. Nobody sees who you are."),
        ({"answer": {"answer": "a", "sent": False}}, "Sending your vote …"),
        ({"answer": {"answer": "a", "sent": True}}, "Your vote is in. You can change it."),
        ({"seconds": 0}, "Time is up. Your lecturer closes the vote soon."),
        ({"seconds": 0, "answer": {"answer": "a", "sent": True}}, "Your vote is in. You can change it."),
        ({"seconds": 9}, "You have not voted yet. Nobody sees who you are."),
        (
            {"state": at("talk"), "answer": {"answer": "unsure", "sent": True}},
            "The vote is closed. Ask your neighbours what they think and why.",
        ),
        (
            {"state": at("talk"), "answer": {"answer": "a", "sent": True}},
            "The vote is closed. Convince your neighbour.",
        ),
        (
            {"state": at("talk", test=TEST), "answer": {"answer": "a", "sent": True}},
            f"Your answer is stored. {LATER}",
        ),
        ({"state": at("talk", test=TEST)}, f"The vote is closed. {LATER}"),
    ],
)
def test_the_panel_says_what_came_of_the_vote(run, change, words):
    assert run("classroom/bar/words.js", "({ noteWords }, view) => noteWords(view)", VIEW | change) == words


@pytest.mark.slow
def test_of_quick_attempts_the_last_is_told_with_their_count(commits):
    fails = "Sequence 3, step 5: C must be at least 0.9, because C started at 1."
    (told,) = commits(
        f"""
        attempts.add({{ name: "gates/keep", solved: false, fails: "other", query: "challenge=keep" }})
        attempts.add({{ name: "gates/keep", solved: false, fails: "{fails}", query: "challenge=keep&t=5" }})
        """
    )
    value = {"solved": False, "tries": 2, "fails": fails, "query": "challenge=keep&t=5"}
    assert told == ["challenge/gates/keep", value]


@pytest.mark.slow
def test_what_is_solved_stays_so_and_is_told_once(commits):
    told = commits(
        """
        attempts.add({ name: "gates/keep", solved: true })
        await new Promise((done) => setTimeout(done, 50))
        attempts.hear("gates/keep", true, NaN)
        attempts.add({ name: "gates/keep", solved: false, fails: "again" })
        """
    )
    assert [value for _, value in told] == [{"solved": True, "tries": 1}, {"solved": True, "tries": 2}]


@pytest.mark.slow
def test_a_page_that_checks_by_itself_is_heard_too(commits):
    (told,) = commits(
        'attempts.hear("sampling/closing", false, 3); attempts.hear("sampling/closing", true, NaN)'
    )
    assert told == ["challenge/sampling/closing", {"solved": True, "tries": 3}]


@pytest.mark.slow
def test_a_reload_counts_on(commits):
    (told,) = commits(
        """
        const value = { solved: false, tries: 4, fails: "x" }
        attempts.restore({ "challenge/gates/keep": { value, n: 1 }, "number": { value: 3, n: 2 } })
        attempts.add({ name: "gates/keep", solved: false })
        """
    )
    assert told == ["challenge/gates/keep", {"solved": False, "tries": 5}]


NOTHING = {"question": "", "closed": False, "answered": "", "answer": "", "last": ""}


@pytest.mark.parametrize(
    ("state", "heard"),
    [
        (at("vote", question="keep"), {"question": "keep", "answered": "keep", "answer": "a"}),
        (at("vote", question="keep", test=TEST), {"question": "keep", "closed": True}),
        (at("talk", question="keep", test=TEST), {"question": "keep", "closed": True}),
        (at("talk", question="keep", test=TEST) | {"elsewhere": "Gates"}, None),
        (at("revealed", question="keep", test=TEST), None),
        (at("revealed", question="keep"), {"answered": "keep", "answer": "a", "last": "a"}),
    ],
)
def test_a_page_hears_no_answer_to_an_item_of_a_test(run, state, heard):
    function = """({ Session }, state) => {
      globalThis.document = { querySelectorAll: () => [] }
      const heard = [], session = new Session()
      session.tell(state, { answer: () => ({ answer: "a" }) }, (room) => heard.push(room))
      session.hurry()
      return heard
    }"""
    expected = [] if heard is None else [NOTHING | heard]
    assert run("classroom/bar/session.js", function, state) == expected
