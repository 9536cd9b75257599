"""What the front end is given: numbers by name, the source as it is, presets that do what they say."""

import inspect
import re
import subprocess
import sys

import numpy as np
import pytest

from lesson.frame.files import ROOT
from lesson.gates import cell_contents, sliders, tables
from lstm.equations import lstm_step
from lstm.scalar import PARAMETERS, scalar_run, scalar_step
from visualization.palette import SYMBOL_TONES


def named(html):
    return set(re.findall(r"data-value=\"?(\w+)", html))


def test_every_number_in_drawing_and_equations_is_one_that_python_sends():
    known = set(tables.QUANTITIES) | set(sliders.SLIDERS)
    drawing = (ROOT / "assets" / "cell" / "cell.html").read_text("utf-8")
    assert named(drawing) and named(drawing) <= known
    for part in re.findall(r"<svg.*?</svg>", drawing, re.DOTALL):  # the wide one and the narrow one
        shown = {"f", "i", "C_tilde", "o", "C", "h", "kept_part", "added_part", "tanh_C"}
        shown |= {"x", "h_prev", "C_prev"}
        assert shown <= named(part)
        assert set(re.findall(r'data-(?:width|gauge)="(\w+)"', part)) >= shown - {"h_prev", "C_prev", "x"}
    written = named("".join(e["numbers"] for e in cell_contents.equations()))
    assert written <= known and set(PARAMETERS) <= written


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_numbers_that_are_rounded_are_only_about_equal(cell):
    """With f = 0.0003 and C_prev = −2, for example, 0.00·−2.00 + 1.00·1.00 is shown beside 0.99."""
    written = "".join(row["numbers"] for row in cell_contents.equations(cell))
    script = (ROOT / "assets" / "cell" / "build.js").read_text("utf-8")
    before_numbers = re.findall(r"<span class=numbers>(.)", script)
    assert "≈" in written and "=<" not in written and not re.search(r" = ", written)
    assert before_numbers and set(before_numbers) == {"≈"}


def test_every_symbol_has_a_block_an_equation_a_number_and_a_line_of_code():
    drawing = (ROOT / "assets" / "cell" / "cell.html").read_text("utf-8")
    for symbol in ("f", "i", "C_tilde", "C", "o", "h"):
        assert f'data-symbol="{symbol}"' in drawing and f'data-value="{symbol}"' in drawing
        assert any(e["symbol"] == symbol for e in cell_contents.equations())
        assert any(line["symbol"] == symbol for line in cell_contents.source_lines())
        assert symbol in SYMBOL_TONES


def test_the_source_is_what_runs_line_by_line():
    lines = cell_contents.source_lines()
    assert "\n".join(line["text"] for line in lines) == inspect.getsource(lstm_step).rstrip()
    of = {line["text"].strip().split(" = ")[0]: line["symbol"] for line in lines if line["symbol"]}
    assert of == {
        "z_f": "f", "f": "f", "z_i": "i", "i": "i", "z_C": "C_tilde", "C_tilde": "C_tilde", "z_o": "o",
        "o": "o", "kept_part": "C", "added_part": "C", "C": "C", "tanh_C": "h", "h": "h",
    }  # fmt: skip


def test_curves_are_the_functions_and_their_points_stand_on_them():
    sigma, tanh = cell_contents.response_curves()
    for curve, function in ((sigma, lambda z: 1 / (1 + np.exp(-z))), (tanh, lambda z: (np.tanh(z) + 1) / 2)):
        points = np.array([point.split(",") for point in curve["points"].split()], float)
        np.testing.assert_allclose(points[:, 1], 4 - 8 * function(points[:, 0]), atol=6e-4)


def preset(name):
    return next(p for p in cell_contents.PRESETS if p.name == name).setting


def test_there_are_the_presets_that_teach():
    names = [p.name for p in cell_contents.PRESETS]
    assert len(names) == len(set(names)) == 8
    for p in cell_contents.PRESETS:
        assert p.setting == {n: s.range[s.position(p.setting[n])] for n, s in sliders.SLIDERS.items()}
        assert p.lesson.endswith(".")


def test_presets_do_what_they_say():
    step = {name: scalar_step(preset(name)) for name in (p.name for p in cell_contents.PRESETS)}
    along = {**preset("Remember"), "x": sliders.SLIDERS["x"].range}
    assert np.ptp(scalar_step(along).C) < 0.06  # drag x: C does not care
    assert abs(step["Forget"].C) < 0.01 < preset("Forget")["C_prev"]
    assert abs(step["Write"].C - step["Write"].C_tilde) < 0.01
    assert abs(step["Ignore"].added_part) < 0.01 and step["Ignore"].C_tilde > 0.9
    assert abs(step["Hide"].h) < 0.01 and abs(step["Hide"].C - 3) < 0.01
    flat = [step["Saturated"].f, step["Saturated"].i, step["Saturated"].o]
    assert min(flat) > 0.999 and step["Saturated"].tanh_C > 0.999
    assert all(0.3 < gate < 0.8 for gate in (step["Untrained"].f, step["Untrained"].i, step["Untrained"].o))
    assert step["Untrained"].f > max(step["Untrained"].i, step["Untrained"].o)
    assert abs(step["b_f = 0"].f - 0.5) < abs(step["Untrained"].f - 0.5)


@pytest.mark.parametrize("seed", range(3))
def test_the_script_prints_the_numbers_of_the_page(seed, tmp_path):
    rng = np.random.default_rng(seed)
    setting = {name: float(rng.choice(slider.range)) for name, slider in sliders.SLIDERS.items()}
    x = [float(v) for v in rng.choice(sliders.SLIDERS["x"].range, 1 if seed == 0 else 6)]
    path = tmp_path / "lstm_cell.py"
    path.write_text(cell_contents.script(setting, x), "utf-8")
    done = subprocess.run(
        [sys.executable, str(path)], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    run = scalar_run(setting, x)
    lines = done.stdout.splitlines()
    assert len(lines) == len(x)
    for t, line in enumerate(lines):
        printed = dict(re.findall(r"(\w+) = (-?[\d.]+)", line))
        for name in ("f", "i", "C_tilde", "o", "C", "h"):
            exact = getattr(run, name)[t]
            assert abs(float(printed[name]) - exact) <= 0.005 + 1e-9, (t, name)
            assert printed[name] != "-0.00"
    assert len(path.read_text().splitlines()) < 110
