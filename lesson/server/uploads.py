"""How much of what visitors upload is kept.

Streamlit keeps every file of a session until it ends, two minutes after its tab has been closed.  The course
reads a file in the run that follows its upload and then has no more use for it: where there is too much, the
oldest go.
"""

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sized
from typing import Protocol

LARGEST = 10 * 2**20 + 2**16  # bytes of a request: a file of `server.maxUploadSize`, and what frames it
MOST_OF_ONE = 2 * LARGEST  # bytes that one session keeps
MOST_OF_ALL = 100 * 2**20
AT_ONCE = 8  # uploads on their way; of one session a single one
SECONDS = 60.0  # that one may take


class File(Protocol):
    """What Streamlit keeps of an upload."""

    @property
    def data(self) -> Sized:
        """Its bytes."""


class Store(Protocol):
    """What is needed of Streamlit's manager of uploads.  file_storage: session -> file -> what it keeps."""

    file_storage: Mapping[str, Mapping[str, File]]

    def remove_file(self, session_id: str, file_id: str) -> None:
        """Forget a file, if it is there."""

    def remove_session_files(self, session_id: str) -> None:
        """Forget all files of a session."""


class Uploads:
    """The bounds.  For the event loop alone.  store: Streamlit's manager, asked for when it is needed."""

    def __init__(self, store: Callable[[], Store], clock: Callable[[], float] = time.monotonic) -> None:
        self._store, self._clock = store, clock
        self._on_their_way: Counter[str] = Counter()  # by session
        self._arrived: dict[tuple[str, str], None] = {}  # session and file, the oldest first

    def refusal(self, session: str, length: int | None) -> int:
        """Return the HTTP status with which an upload is refused; 0 if it may begin.

        length: bytes of the request, None if it does not say.
        """
        if length is None:
            return 411
        if not 0 <= length <= LARGEST:
            return 413
        if self._on_their_way[session]:
            return 429
        return 503 if self._on_their_way.total() >= AT_ONCE else 0

    def begin(self, session: str) -> None:
        """Count an upload of this session that is on its way."""
        self._on_their_way[session] += 1

    def end(self, session: str, file: str) -> None:
        """Take note that an upload has arrived or was given up, and make room."""
        self._on_their_way[session] -= 1
        self._on_their_way += Counter()  # without those that are 0
        self._arrived.pop((session, file), None)
        self._arrived[session, file] = None
        self._make_room(session)

    def forget(self, session: str) -> None:
        """Delete the files of a visitor who has left."""
        self._store().remove_session_files(session)

    def _make_room(self, session: str) -> None:
        sizes = {
            (owner, name): len(file.data)
            for owner, files in list(self._store().file_storage.items())
            for name, file in list(files.items())
        }
        self._arrived = {key: None for key in self._arrived if key in sizes}
        own = [key for key in self._arrived if key[0] == session]
        self._remove_oldest(own, {key: sizes[key] for key in own}, MOST_OF_ONE)
        sizes = {key: size for key, size in sizes.items() if key in self._arrived}
        self._remove_oldest(list(self._arrived), sizes, MOST_OF_ALL)

    def _remove_oldest(
        self, keys: list[tuple[str, str]], sizes: Mapping[tuple[str, str], int], most: int
    ) -> None:
        total = sum(sizes.values())
        for key in keys[:-1]:  # the newest is about to be read
            if total <= most:
                return
            self._store().remove_file(*key)
            del self._arrived[key]
            total -= sizes[key]
