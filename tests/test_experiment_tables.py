"""The files of the experiments: what is missing is measured, what is there with the same settings stays."""

import json

import pytest

from assets.build.experiments import __main__ as command
from assets.build.experiments import table
from lesson.frame.files import ROOT

TASKS = [{"cell": cell, "seed": seed} for cell in ("lstm", "gru") for seed in (1, 2)]


def measure(cell, seed):
    return {"loss": len(cell) + seed / 10}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "FOLDER", tmp_path)
    return tmp_path


def rows_of(folder):
    return json.loads((folder / "mine.json").read_text("utf-8"))["rows"]


@pytest.mark.slow
def test_rows_are_measured_once_and_stand_in_the_order_of_the_tasks(folder):
    rows = table.fill("mine", {"steps": 5}, TASKS[::-1], measure)
    assert rows == rows_of(folder) == [{**task, **measure(**task)} for task in TASKS[::-1]]
    marked = [{**row, "loss": 99} for row in rows]
    (folder / "mine.json").write_text(json.dumps({"settings": {"steps": 5}, "rows": marked[1:]}), "utf-8")
    again = table.fill("mine", {"steps": 5}, TASKS, measure)
    assert [row["loss"] for row in again].count(99) == 3
    assert [(row["cell"], row["seed"]) for row in again] == [(t["cell"], t["seed"]) for t in TASKS]


@pytest.mark.slow
def test_other_settings_are_measured_anew_and_rows_that_nobody_asks_for_go(folder):
    table.fill("mine", {"steps": 5}, TASKS, measure)
    assert len(table.fill("mine", {"steps": 5}, TASKS[:2], measure)) == 2
    (folder / "mine.json").write_text(
        json.dumps({"settings": {"steps": 4}, "rows": [{**TASKS[0], "loss": 99}]}), "utf-8"
    )
    assert [row["loss"] for row in table.fill("mine", {"steps": 5}, TASKS[:1], measure)] == [4.1]


def test_every_table_has_its_module_and_every_module_its_table():
    files = {path.stem for path in (ROOT / "assets" / "experiments").glob("*.json")}
    assert files == set(command.names()) and files


def test_an_unknown_experiment_is_named(monkeypatch):
    monkeypatch.setattr("sys.argv", ["experiments", "cold_fusion"])
    with pytest.raises(SystemExit, match="no experiment cold_fusion"):
        command.main()
