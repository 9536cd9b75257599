"""A saved chart draws in a browser that reaches no network."""

import os

import numpy as np
import pytest

from visualization import plot_gate_activations, save_chart

expect = pytest.importorskip("playwright.sync_api").expect


@pytest.mark.parametrize("T", [12, 10_000])
def test_a_saved_chart_opens_without_a_network(browser, tmp_path, T):
    if not os.environ.get("CI"):
        pytest.importorskip("vl_convert")
    gates = {name: np.random.default_rng(0).uniform(size=(T, 4)) for name in ("f", "i", "o")}
    path = save_chart(plot_gate_activations(gates, "x" * T), tmp_path / "gates.html")
    context = browser.new_context(offline=True)
    page, requests, errors = context.new_page(), [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(path.as_uri())
    expect(page.locator("#vis svg.marks")).to_be_visible()
    lines = page.locator("#vis svg.marks .mark-line path").evaluate_all(
        "all => all.map(p => p.getAttribute('d'))"
    )
    points = 12 if T == 12 else 500  # windows
    assert [line.count("L") + 1 for line in lines if line] == [points] * 3
    assert requests == [path.as_uri()] and not errors
    context.close()
