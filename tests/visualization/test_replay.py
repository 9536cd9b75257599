"""The loss with its marker and the bars: specifications that stay, data that change."""

import json

import numpy as np
import pytest

from visualization.replay import (
    LIKELIEST,
    describe_next,
    film_spec,
    loss_curves,
    marker_frame,
    next_frame,
    next_spec,
)


@pytest.fixture
def history():
    step = np.arange(1, 2001)
    validation = np.where(step % 100 == 0, 1.5, np.nan)
    return {"step": step, "loss": 4 / np.sqrt(step), "validation_loss": validation}


def test_curves_keep_the_early_steps_and_average_the_late_ones(history):
    frame = loss_curves(history)
    training = frame[frame["text"] == "training"]
    assert training["loss"].iloc[0] == 4.0
    assert len(training) < 170 and training["step"].is_monotonic_increasing
    steps = training["step"].to_numpy()
    assert np.diff(steps)[:3].max() <= 1.5 < 10 < np.diff(steps)[-2]
    late = history["loss"][-30:]
    assert late.min() <= training["loss"].iloc[-1] <= late.max()


def test_moments_add_their_validation_loss_once(history):
    moments = {"step": np.array([0, 10, 100]), "validation_loss": np.array([4.0, 3.0, 9.0])}
    frame = loss_curves(history, moments)
    held_out = frame[frame["text"] == "validation"].set_index("step")["loss"]
    assert held_out[0] == 4 and held_out[10] == 3 and held_out[100] == 1.5  # the history's own
    assert held_out.index.is_monotonic_increasing and len(held_out) == 22


def test_a_marker_has_a_point_on_each_curve_that_was_measured():
    assert marker_frame(5, 1.0, 2.0)["loss"].tolist() == [1.0, 2.0]
    assert marker_frame(0, np.nan, 2.0)["text"].tolist() == ["validation"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_specification_is_the_same_for_every_moment_and_names_the_guess(history, theme):
    curves = loss_curves(history)
    spec, again = film_spec(curves, 50, theme), film_spec(curves, 50, theme)
    assert spec["datasets"].pop("curves") is again["datasets"].pop("curves") is curves
    assert spec == again and "guessing: ln 50 = 3.91" in json.dumps(spec)
    assert [layer["data"] for layer in spec["layer"][-3:]] == [
        {"name": n} for n in ("curves", "flow", "flow")
    ]
    assert spec["layer"][2]["encoding"]["x"]["scale"]["domain"] == [0, curves["step"].max()]


def test_the_likeliest_characters_come_first_and_white_space_is_seen():
    frame = next_frame([0.1, 0.6, 0.296, 0.004], ["a", " ", "\n", "<"])
    assert frame["character"].tolist() == ["␣", "⏎", "a", "<"]
    assert frame["says"].tolist() == ["60%", "30%", "10%", "< 1%"]
    assert describe_next(frame).startswith("Likeliest next characters: ␣ 60%, ⏎ 30%")
    assert len(next_frame(np.ones(50) / 50, "x" * 50)) == LIKELIEST


def test_the_bars_have_one_specification_a_theme():
    assert next_spec("dark") is next_spec("dark")
    assert next_spec("dark") != next_spec("light")
