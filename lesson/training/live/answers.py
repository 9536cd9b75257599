"""What the drawing of runs asks: what is new of them, and what is to be said of them at a step.

Who asks is who watches: for them the runs work, as far as they ask.
"""

from collections.abc import Callable, Sequence
from typing import Any

from lesson.frame.parameters import Switch
from lesson.frame.query import Query, QueryError
from lesson.training.engine.recording import Recording
from lesson.training.engine.registry import EVERYTHING
from lesson.training.engine.viewer import Watched
from lesson.training.live.challenges import verdicts
from lesson.training.live.registry import interval, registry
from lesson.training.live.run_curves import picture_news
from lesson.training.live.run_progress import progress
from lesson.training.live.sentences import sentences
from lesson.widgets.inline_html import inline_html
from lesson.widgets.source import Answer, Source

GONE = "This run is no longer on the server; start it again."
MOST_RUNS = 2  # beside each other
_LONGEST_NAME = 60  # of a watcher or a run
_EXACT, _CHECKLIST = Switch("exact"), Switch("checklist")


def runs_news(query: Query) -> Answer:
    """Answer what is new of the runs since the steps that a browser knows.

    In the query: runs, their ids; since, a step for each, −1 for nothing; width, steps
    over which it has means; watcher, who asks; goal, for each
    the step up to which it is to work, or all.
    """
    since, width = _steps(query, "since"), query.whole("width", 0, 2**20, 0)
    recordings = watched_runs(query)
    has_news = _have_begun(recordings) and any(
        recording.head > step for recording, step in zip(recordings, since, strict=True)
    )
    # First what runs have come to: the worker may add to it meanwhile, and what is sent twice does no harm.
    return {
        "again": interval(),
        "runs": [
            _run_news(recording, step if has_news else None)
            for recording, step in zip(recordings, since, strict=True)
        ],
        "picture": picture_news(recordings, since, width) if has_news else None,
    }


def watched_runs(query: Query) -> list[Recording]:
    """Return the runs of a query, which from now on work for who asks; see `runs_news`."""
    recordings, goals = _recordings(query), _goals(query)
    watcher = _name(query.values.get("watcher", ""), "watcher")
    return [registry().request(watcher, run, goal) for run, goal in zip(recordings, goals, strict=True)]


def _have_begun(recordings: Sequence[Recording]) -> bool:
    """Return whether these runs have begun.  Raises QueryError for one without symbols, of another page."""
    if any(recording.begun and not recording.vocabulary_size for recording in recordings):
        raise QueryError("This run learns no text; the page that has started it shows it.")
    return all(recording.begun for recording in recordings)


def _run_news(recording: Recording, since: int | None) -> dict[str, Any]:
    """Return what is to be known of one run; since: the step after which samples are new, None if none are.

    head: its newest step; first: the one it began with.
    """
    begun = recording.begun
    return {
        "head": recording.head,
        "first": begun.began if begun else 0,
        "steps": recording.steps if begun else None,
        "begun": begun is not None,
        "finished": recording.finished,
        "error": recording.error,
        "pace": round(recording.pace_now()),
        "samples": [] if since is None else recording.samples(since),
        "temperature": f"{recording.settings.temperature:g}",
        **progress(recording),
    }


def leave(query: Query) -> Answer:
    """Take note that a watcher's page is closed."""
    registry().away(_name(query.values.get("watcher", ""), "watcher"))
    return {}


def runs_sentences(query: Query) -> Answer:
    """Answer what is to be said of the runs at the steps where their viewer is."""
    return sentences_of(query)


def live_sentences(query: Query) -> Answer:
    """Answer the same, and what the challenges say of a run that has ended.

    In the query: tried, the name of the challenge that the visitor tries.
    """
    solved: list[str] = []

    def words(runs: Sequence[Watched]) -> str:
        text, names = verdicts(runs, query.values.get("tried", ""))
        solved.extend(names)
        return text

    return {**sentences_of(query, words), "solved": solved}


def sentences_of(query: Query, words: Callable[[Sequence[Watched]], str] | None = None) -> dict[str, Any]:
    """Return what is to be said of the runs of a query; words: what else, in Markdown, once both have begun.

    In the query: runs, their ids; at, a step for each; exact, whether it is about just these (of a run that
    goes on, what is said every few steps is the same for all); checklist, whether it is wanted.
    """
    recordings, cursors = _recordings(query), _steps(query, "at")
    if not _have_begun(recordings):
        raise QueryError("This run has not begun yet.")
    if not query.switch(_EXACT):
        cursors = [_rounded(cursor) for cursor in cursors]
    runs = [
        Watched(recording, max(0, min(cursor, recording.head)))
        for recording, cursor in zip(recordings, cursors, strict=True)
    ]
    text = words(runs) if words and all(run.cursor > 0 for run in runs) else ""
    answer = sentences(runs, query.switch(_CHECKLIST))
    return answer | {"words": "".join(f"<p>{inline_html(line)}</p>" for line in text.split("\n") if line)}


def _rounded(cursor: int) -> int:
    """Return a step that many watchers ask about."""
    every = 10 if cursor < 1_000 else 100
    return cursor // every * every if cursor >= 10 else cursor


# -- the query --


def _recordings(query: Query) -> list[Recording]:
    """Return the runs that are asked about.  Raises QueryError if one is unknown."""
    ids = query.values.get("runs", "").split(",")
    if len(ids) > MOST_RUNS:
        raise QueryError(f"At most {MOST_RUNS} runs are looked at beside each other.")
    recordings = [registry().recording(_name(id, "run")) for id in ids]
    runs = [recording for recording in recordings if recording is not None]
    if len(runs) < len(recordings):
        raise QueryError(GONE)
    return runs


def _name(text: str, what: str) -> str:
    if not 0 < len(text) <= _LONGEST_NAME or not text.replace("-", "").isalnum() or not text.isascii():
        raise QueryError(f"A {what} has a name of letters and digits.")
    return text


def _steps(query: Query, name: str) -> list[int]:
    """Return a step for each run.  Raises QueryError for what are none."""
    values = query.values.get(name, "").split(",")
    steps = [int(value) for value in values if _is_step(value)]
    if len(steps) != len(query.values.get("runs", "").split(",")) or len(steps) < len(values):
        raise QueryError(f"{name} is a step for each run.")
    return steps


def _is_step(text: str) -> bool:
    return text == "-1" or (text.isascii() and text.isdigit() and len(text) <= 9)


def _goals(query: Query) -> list[int]:
    if query.values.get("goal", "") == "all":
        return [EVERYTHING] * len(query.values.get("runs", "").split(","))
    return _steps(query, "goal")


ANSWERS = {
    "runs/news": Source(runs_news, changes=True),
    "runs/leave": Source(leave, changes=True),
    "runs/sentences": Source(runs_sentences, in_thread=True, changes=True),
    "runs/live": Source(live_sentences, in_thread=True, changes=True),
}
