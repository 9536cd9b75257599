"""The README's figures are those of the file, and writing them touches nothing else."""

import json
import re
from contextlib import nullcontext
from importlib.util import find_spec
from subprocess import CompletedProcess

import pytest

from tests.figures import __main__ as command
from tests.figures import readme, results
from tests.figures.owners import AMISS, CONDITIONS, OWNERS, Owner
from tests.figures.results import BUSY, QUIET
from tests.figures.table import Cell, Table, line, names_in
from tests.load.rows import Row, figures_of

TEXT = readme.FILE.read_text("utf-8")
TABLE = Table(("", "measured"), (line("votes", Cell("{votes:.0f} ms", most=5)),))
OWNER = Owner(
    "tests.figures.test_readme:measured", 1, ("numpy",), False,
    {"one": (TABLE, "Of {count:.0f}.", CONDITIONS)},
)  # fmt: skip
CONDITION = {"date": "2026-11-30", "commit": "abc", "load": "0.5", "cores": 2, "AVX-512": True}


def measured(is_quick):
    return {"votes": 7, "count": 600}


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A README, results and one owner, in a folder of their own; a command measures there."""
    (tmp_path / "README.md").write_text(f"# Before\n\n<!-- figures: one -->\nold\n{readme.END}\n\nafter\n")
    for module in (readme, command):
        monkeypatch.setattr(module, "OWNERS", {"votes": OWNER})
    monkeypatch.setattr(readme, "FILE", tmp_path / "README.md")
    monkeypatch.setattr(results, "FILE", tmp_path / "results.json")
    monkeypatch.setattr(results, "commit", lambda: "abc")
    monkeypatch.setattr(command, "measure", lambda owner, is_quick: measured(is_quick))
    monkeypatch.setattr(command, "busy", nullcontext)
    monkeypatch.setattr(results, "settle", lambda: None)

    def run(*words):
        monkeypatch.setattr("sys.argv", ["figures", *words])
        command.main()
        return (tmp_path / "README.md").read_text("utf-8")

    return run


def test_the_readme_says_what_is_in_the_file():
    assert readme.rewritten(TEXT, readme.blocks(results.read(), OWNERS)) == TEXT, (
        "python -m tests.figures --write"
    )


def test_every_table_with_what_is_asked_is_written_by_an_owner():
    outside = readme._BLOCK.sub("", TEXT)
    heads = re.findall(r"^(\|.*\|)\n\|[-|]+\|$", outside, re.MULTILINE)
    assert len(heads) > 3 and [head for head in heads if re.search("asked|measured|quiet", head)] == []


@pytest.mark.parametrize("name", OWNERS)
def test_the_file_has_only_values_that_the_readme_has_a_place_for_and_says_when_they_were_measured(name):
    names = set().union(*map(names_in, command.parts_of(OWNERS[name])))
    for state in results.read()[name].values():
        assert set(state["conditions"]) >= {"date", "commit", "cores"}
        assert names & set(state["values"]), "nothing of it stands there"


@pytest.mark.parametrize("name", OWNERS)
def test_every_owner_has_its_function(name):
    module, _, function = OWNERS[name].measure.partition(":")
    source = find_spec(module).origin
    with open(source, encoding="utf-8") as file:
        assert f"\ndef {function}(is_quick: bool)" in file.read()


def test_the_hour_and_a_half_is_the_sum_of_all():
    assert "an hour and a half of two cores" in " ".join(TEXT.split())
    assert 80 <= sum(owner.minutes for owner in OWNERS.values()) <= 100


def test_a_measured_figure_is_saved_and_written_and_nothing_else_changes(place, capsys):
    text = place("votes")
    assert text.startswith("# Before\n\n<!-- figures: one -->\n| | asked | measured |\n")
    assert text.endswith(f"\n{readme.END}\n\nafter\n")
    assert "| votes | 5 ms | **7 ms** |" in text and "Of 600." in text and "Measured: " in text
    said = json.loads(results.FILE.read_text("utf-8"))["votes"][QUIET]
    assert said["values"] == {"votes": 7, "count": 600} and said["conditions"]["versions"]["NumPy"]
    assert "Short of what is asked, 1:\n  votes, quiet: votes: 7 ms (asked: 5 ms)" in capsys.readouterr().out


def test_what_is_tried_quickly_is_never_written(place, capsys):
    assert "\nold\n" in place("--quick")
    assert not results.FILE.exists() and "**7 ms**" in capsys.readouterr().out


def test_busy_figures_stand_beside_the_quiet_ones(place):
    place("votes")
    text = place("votes", "--busy")
    assert "| votes | 5 ms | **7 ms** | **7 ms** |" in text and "Measured: quiet: " in text
    assert set(results.read()["votes"]) == {QUIET, BUSY}


def test_one_that_fails_leaves_its_figures_and_the_command_says_so(place, monkeypatch):
    place("votes")
    before = results.FILE.read_text("utf-8")
    monkeypatch.setattr(command, "measure", lambda owner, is_quick: RuntimeError("no Chromium"))
    with pytest.raises(SystemExit, match="Not measured: votes"):
        place("votes")
    assert results.FILE.read_text("utf-8") == before


@pytest.mark.parametrize("words", [("nobody",), ("quality", "--busy")])
def test_what_cannot_be_measured_is_refused_before_anything_is(words, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["figures", *words])
    with pytest.raises(SystemExit) as refused:
        command.main()
    assert refused.value.code == 2 and words[0] in capsys.readouterr().err


def test_what_is_lost_or_not_there_for_everybody_is_told_though_its_table_holds(place, monkeypatch, capsys):
    rows = [
        Row("stages", "all", "590 of 600", False, {"votes": 3, "count": 600}),
        Row("join", "all", "all", True),
    ]
    owner = OWNER._replace(blocks={"one": (TABLE, AMISS)})  # join has no figures of its own
    monkeypatch.setattr(command, "measure", lambda owner, is_quick: figures_of(rows))
    for module in (readme, command):
        monkeypatch.setattr(module, "OWNERS", {"votes": owner})
    text = place("votes")
    assert "| votes | 5 ms | 3 ms |" in text and "in full: stages (590 of 600)." in text
    assert "votes, quiet: What does not hold, in full: stages (590 of 600)." in capsys.readouterr().out
    assert "Busy: What does not hold, in full: stages" in " ".join(place("votes", "--busy").split())
    rows[0] = rows[0]._replace(holds=True)
    place("votes", "--busy")
    assert "in full" not in place("votes")


def test_one_that_forgets_a_value_is_not_written(place, monkeypatch, capsys):
    place("votes")
    before = results.FILE.read_text("utf-8")
    monkeypatch.setattr(command, "measure", lambda owner, is_quick: {"votes": 3})
    with pytest.raises(SystemExit, match="Not measured: votes"):
        place("votes")
    assert results.FILE.read_text("utf-8") == before and "not measured: count" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text",
    [
        "no mark at all",
        f"<!-- figures: one -->\n{readme.END}\n<!-- figures: one -->\n{readme.END}",
        f"<!-- figures: other -->\n{readme.END}",
        f"<!-- figures: one -->\n{readme.END}\n{readme.END}",
    ],
)
def test_a_readme_with_other_marks_is_not_touched(text):
    with pytest.raises(ValueError, match="disagree"):
        readme.rewritten(text, {"one": "new"})


def test_conditions_are_told_as_they_are_known():
    both = {
        QUIET: {"conditions": CONDITION},
        BUSY: {"conditions": {**CONDITION, "load": "", "note": "by hand"}},
    }
    assert results.sentence({QUIET: both[QUIET]}) == (
        "Measured: 2026-11-30, load 0.5 before, 2 cores with AVX-512."
    )
    assert results.sentence(both).endswith("; busy: 2026-11-30, 2 cores with AVX-512, by hand.")


def test_the_commit_is_that_of_the_code_and_not_of_the_figures(monkeypatch):
    changed = []

    def git(words, **_):
        changed.extend(words)
        return CompletedProcess(words, 0, "abc\n" if "rev-parse" in words else " M lstm/cell.py\n")

    monkeypatch.setattr(results.subprocess, "run", git)
    assert results.commit() == "abc-dirty"
    assert {":!README.md", ":!tests/figures/results.json"} <= set(changed)


def test_versions_of_what_is_not_there_are_left_out():
    versions = results.conditions(("numpy", "no-such-package-here"))["versions"]
    assert set(versions) - {"OpenBLAS for"} == {"Python", "NumPy"}


@pytest.mark.parametrize("loads, waits", [([0.9], 0), ([2.5, 1.2, 1.0], 2), ([3.0] * 99, 18)])
def test_it_waits_until_the_machine_rests_but_not_for_ever(loads, waits, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(results.os, "getloadavg", lambda: (loads.pop(0), 0, 0))
    monkeypatch.setattr(results.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(results.time, "sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))
    results.settle()
    assert now[0] == 5 * waits
