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
    expect(page.locator("#vis canvas")).to_be_visible()
    colours = page.evaluate(
        """() => {
            const canvas = document.querySelector("#vis canvas");
            const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
            return new Set(new Uint32Array(data.buffer)).size;
        }"""
    )
    assert colours > 50  # lines and bands of three colours, with their edges; an empty canvas has one
    assert requests == [path.as_uri()] and not errors
    context.close()
