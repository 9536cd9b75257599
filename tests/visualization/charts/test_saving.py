"""Saved charts: complete, by themselves, and never half a file."""

import os
import re

import numpy as np
import pytest

from lstm import InputError
from visualization import plot_cell_state_evolution, plot_gate_activations, save_chart

CHARTS = {
    "gates": lambda: plot_gate_activations({"f": [0.1, 0.2]}, "ab"),
    "picture": lambda: plot_cell_state_evolution(np.random.default_rng(0).normal(size=(500, 16)), "x" * 500),
}


@pytest.fixture(autouse=True)
def converter(request):
    """vl-convert; without it what needs it is skipped, but never in CI."""
    if "without" not in request.node.name and not os.environ.get("CI"):
        pytest.importorskip("vl_convert")


@pytest.mark.slow
@pytest.mark.parametrize("chart", CHARTS)
def test_a_page_has_its_scripts_in_itself(chart, tmp_path):
    path = save_chart(CHARTS[chart](), tmp_path / "chart.html")
    page = path.read_text("utf-8")
    assert path == tmp_path / "chart.html"
    tags = re.findall(r"<(?:script|link|img|iframe)\b[^>]*>", page.split("<body>")[0].split("//", 1)[0])
    assert tags and all("src" not in tag and "href" not in tag for tag in tags)
    assert not re.search(r"<(?:script|link)\b[^>]*(?:src|href)\s*=\s*[\"']?(?:https?:)?//", page)
    assert not re.search(r"\bimport\s*\(?\s*[\"']https?://", page)
    assert "vegaEmbed(" in page and len(page) > 400_000
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "begins"),
    [("a.svg", b"<svg"), ("a.PNG", b"\x89PNG\r\n\x1a\n"), ("Gates und Texte.png", b"\x89PNG")],
)
def test_pictures_are_saved(name, begins, tmp_path):
    path = save_chart(CHARTS["gates"](), str(tmp_path / name))
    assert path.name == name and path.read_bytes().startswith(begins)


@pytest.mark.parametrize("name", ["chart.pdf", "chart", "chart.html.txt", ".html"])
def test_another_suffix_is_refused(name, tmp_path):
    with pytest.raises(InputError, match=r"as \.html, \.svg or \.png"):
        save_chart(CHARTS["gates"](), tmp_path / name)
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_place_that_can_not_be_written_to_gets_a_sentence(tmp_path):
    with pytest.raises(InputError, match="can't be written"):
        save_chart(CHARTS["gates"](), tmp_path / "no folder" / "chart.html")


@pytest.mark.slow
def test_a_save_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    path = save_chart(CHARTS["gates"](), tmp_path / "chart.svg")
    before = path.read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(InputError, match="No space left"):
        save_chart(CHARTS["picture"](), path)
    assert path.read_bytes() == before and list(tmp_path.iterdir()) == [path]


def test_without_the_converter_one_sentence_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr("visualization.charts.saving.find_spec", lambda name: None)
    with pytest.raises(InputError, match="pip install vl-convert-python"):
        save_chart(CHARTS["gates"](), tmp_path / "chart.html")
