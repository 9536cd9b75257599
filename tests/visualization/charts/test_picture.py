"""A picture in a URL is a PNG that holds exactly these colours, and large maps are such pictures."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from visualization import plot_cell_state_evolution
from visualization.charts.picture import picture_url
from visualization.shades import shades


def read_png(url):
    """Palette and places of a PNG as picture_url writes it."""
    picture = Image.open(io.BytesIO(base64.b64decode(url.removeprefix("data:image/png;base64,"))))
    assert (picture.format, picture.mode) == ("PNG", "P")
    return bytes(picture.getpalette()), np.asarray(picture)


def test_a_picture_holds_its_palette_and_its_places():
    places = np.array([[0, 1, 2], [2, 1, 0]])
    palette, found = read_png(picture_url(places, ["#000000", "#ff8000", "#ffffff"]))
    assert palette.hex().startswith("000000ff8000ffffff")
    np.testing.assert_array_equal(found, places)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_large_map_is_one_picture_of_all_values(theme):
    states = np.random.default_rng(0).normal(size=(500, 128))
    chart = plot_cell_state_evolution(states, "x" * 500, theme).to_dict()
    url = next(rows[0]["url"] for rows in chart["datasets"].values() if "url" in rows[0])
    palette, places = read_png(url)
    assert palette.hex().startswith("".join(tone[1:] for tone in shades("C", theme)))
    limit = np.abs(states).max()
    np.testing.assert_allclose((places / 200 * 2 - 1) * limit, states.T, atol=limit / 199)


def test_a_map_of_zeros_can_be_drawn():
    plot_cell_state_evolution(np.zeros((500, 128)), "x" * 500).to_dict()
