"""How much of what visitors upload is kept."""

import inspect

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from lesson.server.uploads import AT_ONCE, LARGEST, MOST_OF_ALL, MOST_OF_ONE, Uploads

MB = 2**20


class Bytes(bytes):
    """Bytes that say they are many."""

    def __len__(self):
        return self.size


def large(size):
    data = Bytes()
    data.size = size
    return data


class Hall:
    """Streamlit's own manager of uploads, and the bounds around it."""

    def __init__(self):
        self.store = MemoryUploadedFileManager("/_stcore/upload_file")
        self.uploads = Uploads(lambda: self.store)
        self.number = 0

    def upload(self, session, size):
        if status := self.uploads.refusal(session, size):
            return status
        self.number += 1
        self.uploads.begin(session)
        self.store.add_file(session, UploadedFileRec(str(self.number), "f", "t", large(size)))
        self.uploads.end(session, str(self.number))
        return str(self.number)

    def held(self, session=None):
        sessions = [session] if session else list(self.store.file_storage)
        return sum(len(f.data) for one in sessions for f in self.store.file_storage.get(one, {}).values())


def test_one_visitor_keeps_a_little_and_the_newest_is_there():
    hall = Hall()
    for _ in range(50):
        newest = hall.upload("a", 10 * MB)
        assert hall.store.get_files("a", [newest])
    assert hall.held() <= MOST_OF_ONE


def test_all_together_keep_so_much_and_nobody_is_refused():
    hall = Hall()
    for number in range(40):
        newest = hall.upload(f"v{number}", 10 * MB)
        assert hall.store.get_files(f"v{number}", [newest])
        assert hall.held() <= MOST_OF_ALL
    assert hall.held("v0") == 0 and hall.held("v39") == 10 * MB  # the oldest have gone


def test_who_leaves_takes_their_files_along():
    hall = Hall()
    hall.upload("a", MB)
    hall.upload("b", MB)
    hall.uploads.forget("a")
    assert hall.held("a") == 0 and hall.held("b") == MB
    hall.upload("b", MB)  # what has gone is not counted
    assert hall.held() == 2 * MB


def test_a_file_that_its_visitor_has_taken_back_is_no_longer_counted():
    hall = Hall()
    first = hall.upload("a", 10 * MB)
    hall.store.remove_file("a", first)
    second, third = hall.upload("a", 10 * MB), hall.upload("a", 10 * MB)
    assert hall.store.get_files("a", [second, third]) and hall.held() == 20 * MB


@pytest.mark.parametrize(
    ("length", "status"), [(None, 411), (-1, 413), (LARGEST + 1, 413), (LARGEST, 0), (0, 0)]
)
def test_a_request_that_does_not_say_its_size_or_too_much_is_refused(length, status):
    assert Hall().uploads.refusal("a", length) == status


def test_only_a_few_are_on_their_way_and_of_one_visitor_one():
    uploads = Hall().uploads
    uploads.begin("a")
    assert uploads.refusal("a", 1) == 429
    for number in range(AT_ONCE - 1):
        assert uploads.refusal(f"v{number}", 1) == 0
        uploads.begin(f"v{number}")
    assert uploads.refusal("late", 1) == 503
    uploads.end("v0", "f")
    assert uploads.refusal("late", 1) == 0


def test_streamlit_still_keeps_uploads_as_we_count_them():
    """`file_storage` is no promise of Streamlit's: a newer one may keep them otherwise."""
    store = Hall().store
    assert store.file_storage == {}
    for name in ("remove_file", "remove_session_files"):
        assert "session_id" in inspect.signature(getattr(store, name)).parameters
