"""What a server says of itself while it is soaked.  The load test starts the server through this file:

    python hook.py -m streamlit run streamlit_app.py …

is `python -m streamlit run streamlit_app.py …` with one thread more.  It answers on the Unix socket that
SOAK_HOOK names: a line with one of the words below, and back comes a line of JSON.  The app knows nothing
of it.
"""

import gc
import json
import os
import runpy
import socket
import sys
import threading
import tracemalloc
from collections import Counter
from collections.abc import Callable
from typing import Any

PACKAGES = (
    "lesson.",
    "lstm.",
    "streamlit",
    "visualization.",
    "starlette",
    "uvicorn",
    "asyncio",
    "sqlalchemy",
)
_objects: dict[str, Any] = {}  # those that live as long as the server, by their class
_before: list[tracemalloc.Snapshot] = []


def _find(module: str, name: str) -> Any:
    """Return the one object of a class, None before it is there."""
    if name not in _objects:
        cls = getattr(sys.modules.get(module), name, None)
        if cls is None:
            return None
        _objects[name] = next((each for each in gc.get_objects() if type(each) is cls), None)
    return _objects[name]


def look() -> dict[str, Any]:
    """Return what the server holds: streams, rooms, sessions, runs, uploads, threads by their names."""
    rooms = _find("lesson.classroom.server.rooms", "Rooms")
    experiments = _find("lesson.classroom.server.experiments", "Experiments")
    live = list(rooms._live.values()) if rooms else []
    answer = {
        "streams": sum(room.listeners.count for room in live),
        "rooms": len(live),
        "experiments": len(experiments._tasks) if experiments else 0,
        "threads": Counter(_kind_of(thread) for thread in threading.enumerate()),
    }
    return answer | _runs() | _sessions()


def _kind_of(thread: threading.Thread) -> str:
    """Return a thread's name without its number."""
    return thread.name.partition("(")[0].rstrip("-_ 0123456789") or "Thread"


def _runs() -> dict[str, int]:
    place = sys.modules.get("lesson.training.live.registry")
    if place is None or not place.registry._results:
        return {"runs": 0, "watched": 0, "recordings": 0}
    registry = place.registry()
    with registry._lock:
        runs = list(registry._runs.values())
        return {
            "runs": len(runs),
            "watched": sum(bool(run.requests) for run in runs),
            "recordings": len(registry._recordings),
        }


def _sessions() -> dict[str, int]:
    from streamlit.runtime import exists, get_instance

    if not exists():
        return {"sessions": 0, "stored": 0, "uploads": 0}
    runtime = get_instance()
    manager: Any = runtime._session_mgr
    return {
        "sessions": manager.num_active_sessions(),
        "stored": len(dict(manager._session_storage._cache)),
        "uploads": sum(map(len, list(runtime._uploaded_file_mgr.file_storage.values()))),
    }


def types() -> dict[str, int]:
    """Return how many objects there are of each type, after what is garbage has gone."""
    gc.collect()
    return Counter(f"{type(each).__module__}.{type(each).__qualname__}" for each in gc.get_objects())


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


WORDS: dict[str, Callable[[], Any]] = {"look": look, "types": types, "trace": trace}


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
    del sys.argv[0:2]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
