"""What a server says of itself while it is soaked.  The load test starts the server through this file:

    python hook.py -m streamlit run streamlit_app.py …

is `python -m streamlit run streamlit_app.py …` with one thread more.  It answers on the Unix socket that
SOAK_HOOK names: a line with one of the words below, and back comes a line of JSON.  The app knows nothing
of it.
"""

import asyncio
import gc
import json
import os
import runpy
import socket
import sys
import threading
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FunctionType, MethodType, ModuleType
from typing import Any

ALONE = 3600.0  # seconds in which no other thread gets its turn
_objects: dict[type, list[Any]] = {}  # those that live as long as the server, by their class
_before: list[tracemalloc.Snapshot] = []


@contextmanager
def _alone() -> Iterator[None]:
    """Let no other thread run.

    `gc.get_objects` also returns tuples that another one is about to fill.  If one of them is held when that
    thread goes on, CPython takes it for an error of its own: SystemError, bad argument to internal function.
    """
    former = sys.getswitchinterval()
    sys.setswitchinterval(ALONE)
    try:
        yield
    finally:
        sys.setswitchinterval(former)


def _note_each(cls: type) -> None:
    """Remember each object of a class that is made from now on.

    They can't be looked for later: the app freezes what is there once it is prepared, and then
    `gc.get_objects` leaves it out.
    """
    begin, objects = cls.__init__, _objects.setdefault(cls, [])

    def note(self: Any, *args: Any, **more: Any) -> None:
        objects.append(self)
        begin(self, *args, **more)

    cls.__init__ = note  # type: ignore[misc]


def _note_all() -> None:
    """Remember the rooms and experiments of classes, before the launcher makes them.  No NumPy comes with
    them, for which the launcher first sets how many threads it may have."""
    from lesson.classroom.server.experiments import Experiments
    from lesson.classroom.server.rooms import Rooms

    for cls in (Experiments, Rooms):
        _note_each(cls)


def look() -> dict[str, Any]:
    """Return what the server holds: streams, rooms, sessions, runs, uploads, threads by their names."""
    experiments, every = _objects.values()  # the launcher may be read twice: some are not used
    live = [room for rooms in every for room in list(rooms._live.values())]
    answer = {
        "streams": sum(room.listeners.count for room in live),
        "rooms": len(live),
        "experiments": sum(len(each._tasks) for each in experiments),
        "tasks": sum(map(_tasks, every)),
        "threads": Counter(_kind_of(thread) for thread in threading.enumerate()),
    }
    return answer | _runs() | _sessions()


def _tasks(rooms: Any) -> int:
    """Return how many tasks the event loop has that have not ended."""
    if rooms._sweeping is None:  # it was made, and is not used
        return 0
    with _alone():
        return len(asyncio.all_tasks(rooms._sweeping.get_loop()))


def _kind_of(thread: threading.Thread) -> str:
    """Return a thread's name without its number."""
    return thread.name.partition("(")[0].rstrip("-_ 0123456789") or "Thread"


def _runs() -> dict[str, int]:
    """Return how many runs there are that visitors look at, that a class looks at, that nobody looks at; and
    how many recordings are in memory that belong to no run and to no experiment."""
    place = sys.modules.get("lesson.training.live.registry")
    if place is None or not place.registry._results:
        return {"visitors_runs": 0, "class_runs": 0, "idle_runs": 0, "orphans": 0}
    from lesson.training.engine.presence import is_class

    registry = place.registry()
    with registry._lock:
        runs = list(registry._runs.values())
        recordings = {id(each) for each in registry._recordings.values()}
    recordings -= {id(run.recording) for run in runs}
    for series in _series():
        recordings -= {id(trial.recording) for trial in series.trials}
    of_class = sum(any(map(is_class, list(run.requests))) for run in runs)
    idle = sum(not run.requests for run in runs)
    return {
        "visitors_runs": len(runs) - of_class - idle, "class_runs": of_class, "idle_runs": idle,
        "orphans": len(recordings),
    }  # fmt: skip


def _series() -> list[Any]:
    """Return the experiments that are held."""
    place = sys.modules.get("lesson.course.experiments")
    if place is None or not place.experiments._results:
        return []
    return list(place.experiments()._series.values())


def _sessions() -> dict[str, int]:
    from streamlit.runtime import exists, get_instance

    if not exists():
        return {"sessions": 0, "stored": 0, "uploads": 0, "downloads": 0}
    runtime = get_instance()
    manager: Any = runtime._session_mgr
    return {
        "sessions": manager.num_active_sessions(),
        "stored": len(manager._session_storage._cache._data),  # with those that are over, and not yet let go
        "uploads": sum(map(len, list(runtime._uploaded_file_mgr.file_storage.values()))),
        "downloads": len(runtime._media_file_mgr._file_metadata),
    }


def hurry() -> dict[str, int]:
    """Let two minutes be over for the sessions of tabs that were closed; return what is held then."""
    from streamlit.runtime import get_instance

    manager: Any = get_instance()._session_mgr
    stored = manager._session_storage._cache
    stored.expire(stored._timer() + 121)
    return _sessions()


def types() -> dict[str, int]:
    """Return how many objects there are of each type, after what is garbage has gone."""
    gc.collect()
    with _alone():
        return Counter(f"{type(each).__module__}.{type(each).__qualname__}" for each in gc.get_objects())


def memos() -> dict[str, tuple[int, float]]:
    """Return of each memory of results how many it has, and how many MB they take, the largest first."""
    from lesson.frame.memo import Memo

    sizes: dict[str, tuple[int, float]] = {}
    with _alone():
        every = [each for each in gc.get_objects() if type(each) is Memo]
    for memo in every:
        with memo._lock:
            results = list(memo._results.items())
        sizes[f"{memo.function.__module__}.{memo.__name__}"] = len(results), _size(results) / 2**20
    return dict(sorted(sizes.items(), key=lambda row: -row[1][1]))


def _size(root: object) -> int:
    """Return the bytes that an object takes with all that it leads to, but for code."""
    code = (type, ModuleType, FunctionType, MethodType, threading.Thread)
    seen, stack, size = {id(root)}, [root], 0
    while stack:
        each = stack.pop()
        size += sys.getsizeof(each)
        for other in gc.get_referents(each):
            if id(other) not in seen and not isinstance(other, code):
                seen.add(id(other))
                stack.append(other)
    return size


def trace() -> dict[str, Any]:
    """Return where memory was allocated since the first time that this was asked, the most first."""
    if not tracemalloc.is_tracing():
        return {"is_tracing": False}
    gc.collect()
    shot = tracemalloc.take_snapshot().filter_traces((tracemalloc.Filter(False, tracemalloc.__file__),))
    if not _before:
        _before.append(shot)
        return {"total": tracemalloc.get_traced_memory()}
    rows = shot.compare_to(_before[0], "traceback")[:40]
    return {
        "total": tracemalloc.get_traced_memory(),
        "rows": [
            [row.size_diff, row.count_diff, [str(frame) for frame in row.traceback][-8:]] for row in rows
        ],
    }


WORDS: dict[str, Callable[[], Any]] = {
    "look": look,
    "hurry": hurry,
    "types": types,
    "memos": memos,
    "trace": trace,
}


def _serve(address: str) -> None:
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(address)
        door.listen()
        while True:
            line, _ = door.accept()
            with line, line.makefile("rw") as stream:
                stream.write(json.dumps(WORDS[stream.readline().strip()]()) + "\n")
                stream.flush()


if __name__ == "__main__":
    # As `python -m` would have it: the folder of the app, not that of this file.
    sys.path[0] = os.getcwd()
    if os.environ.get("SOAK_TRACE"):
        tracemalloc.start(8)
    threading.Thread(target=_serve, args=(os.environ.pop("SOAK_HOOK"),), daemon=True, name="hook").start()
    _note_all()
    del sys.argv[0:2]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
