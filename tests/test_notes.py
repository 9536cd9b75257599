"""The steps of NOTES.md, followed in a copy of the repository."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow
NOTES = (ROOT / "NOTES.md").read_text("utf-8")
LEFT_OUT = shutil.ignore_patterns(".git", ".*_cache", "__pycache__", "*.pyc", "screenshot.png")


def blocks(title):
    """The pieces of code below a heading."""
    section = NOTES.split(f"\n## {title}\n")[1].split("\n## ")[0]
    return re.findall(r"```(?:python|text)\n(.*?)```", section, re.DOTALL)


@pytest.fixture
def copy(tmp_path):
    """The repository as somebody else has it, to be changed."""
    for name in ("streamlit_app.py", "train_minimal.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    for name in (
        "pages",
        "lesson",
        "visualization",
        "lstm",
        "exercises",
        "assets",
        "sample_texts",
        ".streamlit",
    ):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=LEFT_OUT)
    return tmp_path


def put(path, new, before=None):
    """Write a piece into a file: before a line, else at its end."""
    text = path.read_text("utf-8")
    if before is None:
        path.write_text(f"{text}\n\n{new}", "utf-8")
        return
    assert text.count(before) == 1, before
    path.write_text(text.replace(before, new + before), "utf-8")


def run(folder, *arguments):
    """What a command prints."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


OPEN = """
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("streamlit_app.py", default_timeout=120).run()
for name, value in {query!r}.items():
    app.query_params[name] = value
app = app.switch_page("pages/{page}").run()
assert not app.exception, app.exception[0].value
print(app.title[0].value, *(e.value for e in app.markdown), *(o for s in app.selectbox for o in s.options))
"""


def test_a_page_is_added(copy):
    page, entry = blocks("A page")
    (copy / "pages/9_mine.py").write_text(page, "utf-8")
    put(copy / "lesson/frame/lessons.py", entry, before=")  # fmt: skip")
    shown = run(copy, "-c", OPEN.format(page="9_mine.py", query={"z": "2.0"}))
    assert shown.startswith("Mine") and "here 0.88." in shown and "sheet=Words&term=gate" in shown


ASK = """
from lesson.answers import answers
from lesson.frame.query import Query
source = answers()["mine/gate"]
print(source.compute(Query({"z": "2"}))["frames"], len(source.compute(Query({"along": "z"}))["frames"]))
"""


def test_a_picture_that_answers_is_added(copy):
    answers, merged, drawing, shown = blocks("A picture that answers while it is dragged")
    (copy / "lesson/mine").mkdir()
    (copy / "lesson/mine/__init__.py").write_text('"""My room."""\n', "utf-8")
    (copy / "lesson/mine/answers.py").write_text(answers, "utf-8")
    imports, table = merged.rstrip().removesuffix("}").split("\n\n")
    replace(copy / "lesson/answers.py", "    return {", f"{imports}\n\n{table}, ")
    (copy / "assets/mine").mkdir()
    (copy / "assets/mine/mine.js").write_text(drawing, "utf-8")
    (copy / "assets/mine/mine.css").write_text(".words { font-weight: 600; }\n", "utf-8")
    page, entry = blocks("A page")
    page = re.sub(
        r"(?s)from lesson.frame.parameters.*?\n(?=begin)", "from lesson.mine.answers import Z\n\n", page
    )
    (copy / "pages/9_mine.py").write_text(page.split("complain(mend")[0] + shown, "utf-8")
    put(copy / "lesson/frame/lessons.py", entry, before=")  # fmt: skip")
    assert run(copy, "-c", ASK) == "[{'words': 'A gate is σ(z), here 0.88.'}] 101\n"
    assert run(copy, "-c", OPEN.format(page="9_mine.py", query={})).startswith("Mine")


def replace(path, old, new):
    """Change one place of a file."""
    text = path.read_text("utf-8")
    assert text.count(old) == 1, (path, old)
    path.write_text(text.replace(old, new), "utf-8")


def failures(folder, *tests, overwrite=True):
    """The names of tests that fail in a copy, and what they say."""
    if overwrite:  # with the tests of this repository
        shutil.copytree(ROOT / "tests", folder / "tests", ignore=LEFT_OUT, dirs_exist_ok=True)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-m", "slow or not slow", *tests]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600, check=False)
    return done.stdout


def test_a_part_is_added(copy):
    part, row = blocks("Where one thing stands")
    (copy / "lesson/gates/mine.py").write_text(part, "utf-8")
    replace(
        copy / "lesson/gates/parameters.py", '"Variants", "Challenges")', '"Variants", "Challenges", "Mine")'
    )
    page = copy / "pages/2_gates.py"
    replace(page, "import next_part, one_step", "import mine, next_part, one_step")
    put(page, row, before="st.title(")
    shown = run(copy, "-c", OPEN.format(page="2_gates.py", query={"part": "Mine"}))
    assert "σ(0) is 0.5." in shown


QUESTION = """
from lesson.catalogue import catalogue
from lesson.course.decks import places
from lesson.course.variants.table import variant_of
asked = {question.id: question for question in catalogue()}
fading, added = asked["fading"], asked["other_added"]
print(places()["fading"].query["part"], fading.right, variant_of()["fading"], len(added.deals))
"""


def test_a_question_is_added_and_one_with_other_numbers_for_everybody(copy):
    question, listed, variant, row, second, second_row = blocks("A question")
    questions = copy / "lesson/gates/questions.py"
    put(questions, question)
    replace(questions, "    return [_half_life(), _time_steps()]\n", listed)
    variants = copy / "lesson/course/variants"
    (variants / "added.py").write_text(variant, "utf-8")
    put(variants / "table.py", "    added,\n", before="    backwards,\n")
    put(variants / "table.py", row, before="    ]  # fmt: skip")
    assert run(copy, "-c", QUESTION) == "Over time never other_added 24\n"
    link = {"part": "Over time", "ask": "fading"}
    assert "When is all of it gone?" in run(copy, "-c", OPEN.format(page="2_gates.py", query=link))

    shutil.copytree(ROOT / "tests", copy / "tests", ignore=LEFT_OUT)
    tests = "tests/lesson/course/test_variants.py"
    put(copy / tests, f"{second}\n\n", before="SECOND = {")
    put(copy / tests, second_row, before='    "other_gru_state": gru_step_by_hand')
    said = failures(copy, tests, "-k", "other_added", overwrite=False)
    assert "[100%]" in said and "failed" not in said, said
    replace(variants / "added.py", "C = float(cell_with(", "C = 1.01 * float(cell_with(")
    assert "test_each_truth_and_each_mistake" in failures(copy, tests, "-k", "other_added", overwrite=False)


CHALLENGE = """
from lesson.course.challenges import CHALLENGES, first_failures
print(CHALLENGES["gates"]["negate"], len(first_failures()["gates"]["negate"]) > 0)
"""


def test_a_challenge_is_added(copy):
    challenge, row, option, rules, allows, cases = blocks("A challenge")
    folder = copy / "lesson/gates/challenges"
    (folder / "negate.py").write_text(challenge, "utf-8")
    replace(folder / "catalogue.py", "half_life, keep, ", "half_life, keep, negate, ")
    put(folder / "catalogue.py", row, before="    )\n}")
    replace(copy / "lesson/gates/parameters.py", '"light-switch"),', '"light-switch"' + option.strip())
    assert run(copy, "-c", CHALLENGE) == "Negate True\n"
    link = {"part": "Challenges", "challenge": "negate"}
    assert "within 0.2 of" in run(copy, "-c", OPEN.format(page="2_gates.py", query=link))
    tests = "tests/lesson/gates/challenges/test_checker.py", "tests/lesson/gates/challenges/test_texts.py"
    shutil.copytree(ROOT / "tests", copy / "tests", ignore=LEFT_OUT)
    put(copy / tests[0], f"{rules}\n\n", before="ALLOWS = {")
    put(copy / tests[0], allows, before='    "keep": keep_allows,')
    put(copy / tests[0], cases, before='    "keep": keep_cases,')
    said = failures(copy, *tests, "-k", "negate", overwrite=False)
    assert "[100%]" in said and "failed" not in said, said


NOTED = """
from tests.lesson.classroom.server import Server
server = Server("sqlite:///rooms.sqlite")
room = server.ask("POST", "", {}).json
token = server.ask("POST", f"/{room['code']}/join", {}).json["token"]
body = {"note": "Bring paper."}
print(server.ask("POST", f"/{room['code']}/note", body, token).status)
before = server.ask("GET", f"/{room['code']}").json
told = server.ask("POST", f"/{room['code']}/note", body, room["host"]).json["stage_version"]
server.restart()
after = server.ask("GET", f"/{room['code']}").json
print(told == after["stage_version"] > before["stage_version"], repr(before["note"]), after["note"])
server.close()
"""


def test_a_room_learns_something_new(copy):
    kind, field, step, row, name, public, form, route, address = blocks("A room: where one thing stands")
    core = copy / "lesson/classroom"
    put(core / "event.py", kind, before='    FOLLOWED = "followed"')
    put(core / "room.py", field, before="    stage_version: int = 0")
    put(core / "apply.py", step, before="_STEPS: Mapping")
    put(core / "apply.py", row, before="    Kind.FOLLOWED: _followed,")
    replace(core / "apply.py", "Kind.MEASURED}", name.strip())
    put(core / "state.py", public, before='        "plan": room.plan,')
    put(core / "server/form.py", form, before="def once(body: Body)")
    put(core / "server/host_routes.py", route, before="    async def hands(self")
    put(core / "server/http.py", address, before='            "CODE/hands"')
    shutil.copytree(ROOT / "tests", copy / "tests", ignore=LEFT_OUT)
    assert run(copy, "-c", NOTED).splitlines() == ["403", "True '' Bring paper."]


def test_a_question_is_reworded_in_one_file(copy):
    questions = copy / "lesson/gates/questions.py"
    replace(questions, "What happens to the old state $C_{t-1}$?", "What becomes of it?")
    shown = run(copy, "-c", OPEN.format(page="2_gates.py", query={}))
    assert "What becomes of it?" in shown


def test_a_colour_is_changed_in_one_file(copy):
    old, new = "#0b62a8", "#0a4f9e"
    replace(copy / "visualization/symbols.py", old, new)
    said = run(copy, "-c", "from lesson.frame.style import style; print(style())")
    assert new in said and old not in said
    tests = "tests/visualization/test_symbols.py", "tests/lesson/frame/test_navigation.py"
    assert "failed" not in failures(copy, *tests)


def test_an_equation_that_changes_turns_every_other_place_red(copy):
    replace(copy / "lstm/equations.py", "added_part = i * C_tilde", "added_part = (1 - f) * C_tilde")
    tests = "tests/visualization/test_equations.py"
    assert "C: visualization/equations.py and lstm/equations.py differ" in failures(copy, tests)
    replace(copy / "visualization/equations.py", "f * C_prev + i * C_tilde", "f * C_prev + (1 - f) * C_tilde")
    said = failures(copy, tests)
    places = ("lstm/cells/lstm.py", "lstm/interpret/surgery.py", "a_cells_docstring_has_its_equations[lstm]")
    assert all(place in said for place in places), said


RANGE = """
from tests.app import open_page, panel_of
app = open_page("2_gates.py", {"part": "Over time", "steps": "30"})
panel = panel_of(app)
steps = next(control for control in panel["controls"] if control["name"] == "steps")
print(panel["setting"]["steps"], steps["values"], app.warning[0].value)
"""


def test_a_range_is_changed_in_one_file(copy):
    replace(copy / "lesson/gates/parameters.py", '"Steps T", 5, LONGEST, 20', '"Steps T", 5, 12, 10')
    shutil.copytree(ROOT / "tests", copy / "tests", ignore=LEFT_OUT)
    setting, _, rest = run(copy, "-c", RANGE).partition(" ")
    assert setting == "12"
    assert rest.startswith("['5', '6', '7', '8', '9', '10', '11', '12']") and "`steps`" in rest


def test_a_text_and_a_model_are_added(copy):
    sentences = [f"The mill of {name} turns in the wind.\n" for name in ("Ada", "Ben", "Cleo", "Dora")]
    (copy / "sample_texts/mine.txt").write_text("".join(sentences) * 60, "utf-8")
    shown = run(copy, "-c", OPEN.format(page="4_training.py", query={"tab": "Live"}))
    assert "mine" in shown.split()
    measure, recipe = blocks("A model")
    put(copy / "assets/build/measures.py", measure)
    put(copy / "assets/build/models.py", f"{recipe}\n\n", before="def build(name: str)")
    assert run(copy, "-m", "assets.build.models", "mine").splitlines()[-1].startswith("| `mine` | LSTM | ")
    shown = run(copy, "-c", OPEN.format(page="5_sampling.py", query={"network": "mine"}))
    assert "mine" in shown.split()


GRADIENT = """
import numpy as np
from lstm import Vocabulary, load, save
from lstm.network import NETWORKS
net = NETWORKS["leaky"](5, 7, 5, seed=1, dtype=np.float64)
rng = np.random.default_rng(0)
inputs, targets, h = rng.integers(0, 5, (6, 3)), rng.integers(0, 5, (6, 3)), rng.normal(size=(3, 7))
net.forward(inputs, targets, h)
dh = net.backward(clip=None)
away = rng.normal(size=net.weights.flat.size)
slope = net.gradients.flat @ away
start = net.weights.flat.copy()
losses = []
for e in (1e-5, -1e-5):
    net.weights.flat[:] = start + e * away
    losses.append(net.forward(inputs, targets, h))
print(abs((losses[0] - losses[1]) / 2e-5 / slope - 1))
save("leaky.npz", net, Vocabulary("abcde"))
print(load("leaky.npz")[0].kind)
"""


def test_a_cell_is_added(copy):
    cell, network = blocks("A cell")
    (copy / "lstm/cells/leaky.py").write_text(cell, "utf-8")
    networks = copy / "lstm/network/networks.py"
    put(networks, network)
    put(networks, "from lstm.cells.leaky import LeakyRNNCell\n", before="from lstm.network.network import")
    error, kind = run(copy, "-c", GRADIENT).split()
    assert float(error) < 1e-8 and kind == "leaky"
    data = "sample_texts/rhymes.txt"
    train = ["--data", data, "--cell", "leaky", "--hidden-size", "8", "--epochs", "1"]
    run(copy, "train_minimal.py", *train, "--checkpoint", "out.npz")
    assert run(copy, "-c", "from lstm import load; print(load('out.npz')[0].kind)") == "leaky\n"
