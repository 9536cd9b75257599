"""The script under `st.App`: its folder stands in front of `sys.path`."""

import ast
import os
import subprocess
import sys

from lesson import warm_up
from lesson.frame.files import ROOT
from lesson.server import script


def test_nothing_beside_the_script_hides_a_package():
    """`lesson/` has a folder `exercises`: from there, the start page did not find `exercises.catalogue`."""
    beside = {path.stem for path in (ROOT / "lesson" / "server").iterdir() if path.name != "__pycache__"}
    roots = {path.stem for path in ROOT.iterdir()}
    installed = {name.partition(".")[0] for name in sys.modules if not name.startswith(("lesson.", "tests."))}
    assert not beside & (roots | installed | set(sys.stdlib_module_names))


def test_as_a_plain_script_the_launcher_opens_no_rooms():
    """A test, and a host that knows no `st.App`, run it as `__main__`: for every visitor, at every click."""
    tree = ast.parse((ROOT / "streamlit_app.py").read_text("utf-8"))
    (choice,) = (node for node in tree.body if isinstance(node, ast.If))
    assert ast.unparse(choice.test) == "__name__ == '__main__'"
    for part in [*choice.body, *(node for node in tree.body if node is not choice)]:
        assert "classroom" not in ast.unparse(part) and "Rooms" not in ast.unparse(part)
    assert "Rooms(Log())" in ast.unparse(tree)


def test_the_launcher_imports_nothing_that_draws(tmp_path):
    """The first page's text comes before anything heavy; the questions of rooms need all of it."""
    code = (
        "import sys, streamlit_app; "
        "print({'pandas', 'altair', 'pyarrow', 'visualization'} & set(sys.modules))"
    )
    environment = {**os.environ, "COURSE_DATABASE": f"sqlite:///{tmp_path / 'rooms.sqlite'}"}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "set()"


def test_the_server_makes_the_questions_of_rooms_behind_all_that_pages_need(monkeypatch):
    calls = []
    monkeypatch.setattr(warm_up, "warm_up", lambda: calls.append("pages"))
    monkeypatch.setattr(warm_up, "catalogue", lambda: calls.append("rooms"))
    warm_up.prepare()
    assert calls == ["pages", "rooms"]


def test_the_launcher_names_this_script_and_what_stands_in_front():
    """`streamlit run` finds an app by reading the file: it must stand there as `app = st.App(...)`."""
    tree = ast.parse((ROOT / "streamlit_app.py").read_text("utf-8"))
    (app,) = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "app"
    ]
    assert ast.unparse(app.func) == "st.App"
    rooms = "Middleware(Classroom, rooms=rooms, catalogue=catalogue, trainer=Trainer())"
    assert f"front = in_front(health, answers, {rooms})" in ast.unparse(tree)
    assert {keyword.arg: ast.unparse(keyword.value) for keyword in app.keywords} == {
        "middleware": "front",
        "lifespan": "lifespan(prepare, rooms, health)",
    }
    assert script.__file__ == str(ROOT / "lesson" / "server" / "script.py")
    assert "'lesson' / 'server' / 'script.py'" in ast.unparse(tree)
