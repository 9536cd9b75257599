"""Every sentence about the live cell agrees with the numbers beside it, at both ends of every slider too."""

import itertools
import re

import numpy as np
import pytest

from lesson.gates import cell_contents, sliders, tables
from lesson.gates.views import ONE_STEP, OVER_TIME
from lstm.scalar import half_life, scalar_run, scalar_step
from visualization.numbers import number, steps

PRESETS = {preset.name: preset for preset in cell_contents.PRESETS}
# Both ends and the start of the sliders in view; of the others both ends, together.
MAIN = ("x", "C_prev", "b_f", "h_prev", "b_i", "b_o")
GATE_WEIGHTS = ({}, {"w_fx": -8.0, "w_fh": 8.0}, {"w_ix": 8.0, "w_Cx": -8.0}, {"w_Ch": 8.0, "b_C": -8.0})


def grid():
    """Settings of the cell, the ends of its sliders included."""
    ends = ({s.low, s.start, s.high} for s in (sliders.SLIDERS[name] for name in MAIN))
    for values in itertools.product(*ends):
        for weights in GATE_WEIGHTS:
            yield {**sliders.START, **dict(zip(MAIN, values, strict=True)), **weights}


def filled(words, step, setting, t=1):
    """The words as the browser fills them (tests/assets holds it to that)."""
    texts = {name: number(getattr(step, name)) for name in tables.QUANTITIES[:-1]}
    return words.format(t=t, half_life=steps(half_life(step.f)), C_prev=number(setting["C_prev"]), **texts)


NUMBER = r"(−?\d+\.\d\d)"
SENTENCE = re.compile(
    rf".* keeps {NUMBER} of its old cell state \({NUMBER} becomes {NUMBER}\) and adds {NUMBER}: now C is "
    rf"{NUMBER}\. It shows {NUMBER} of tanh C, so h is {NUMBER}\. If f stayed as it is and nothing were "
    r"added, half of any C would be gone after (.+) steps\."
)


def holds(told):
    """Whether what is said follows from itself, but for the rounding to two digits."""
    *numbers, life = SENTENCE.fullmatch(told).groups()
    f, before, kept, added, C, o, h = (float(n.replace("−", "-")) for n in numbers)
    n = float(re.search(r"[\d,.]+", life)[0].replace(",", ""))
    if life.startswith("more than"):
        life_holds = f**n >= 0.5  # f is written as 1.00
    elif life.startswith("less than"):
        life_holds = f <= 0.01
    else:
        rounding = 0.051 if n < 100 else 0.51
        life_holds = max(0, f - 0.0051) ** (n + rounding) <= 0.5 <= min(1, f + 0.0051) ** max(0, n - rounding)
    return (
        abs(f * before - kept) < 0.0051 * (2 + abs(before))
        and abs(kept + added - C) < 0.0151
        and abs(o * np.tanh(C) - h) < 0.0151
        and life_holds
    )


def test_the_words_of_one_step_hold_over_all_settings():
    for setting in grid():
        told = filled(ONE_STEP.words, scalar_step(setting), setting)
        assert holds(told), told


@pytest.mark.parametrize(
    "x", [np.zeros(20), np.tile([4.0, -4.0], 5), np.full(40, 1.0)], ids=["zeros", "alternation", "ones"]
)
def test_the_words_over_time_hold_at_every_step(x):
    for setting in itertools.islice(grid(), 0, None, 97):
        run = scalar_run(setting, x)
        before = setting["C_prev"]
        for t in range(len(x)):
            step = type(run)(*(column[t] for column in run))
            told = filled(OVER_TIME.words, step, {"C_prev": before}, t + 1)
            assert told.startswith(f"At step {t + 1} the cell keeps") and holds(told), told
            before = step.C


# -- presets --


def along(name):
    """The cell of a preset at every position of the sliders that its lesson leaves free."""
    preset = PRESETS[name]
    values = [sliders.SLIDERS[slider].range for slider in preset.free]
    free = dict(zip(preset.free, np.meshgrid(*values), strict=True)) if values else {}
    return scalar_step({**preset.setting, **free})


def shut(gate):
    return np.max(gate) < 0.05


def is_open(gate):
    return np.min(gate) > 0.95


def slope(gate):
    return gate * (1 - gate)


# What each lesson says of the cell, held at every position of the sliders that are free.
LESSONS = {
    "Remember": lambda c: is_open(c.f) and shut(c.i) and np.abs(c.C - 2).max() < 0.05,
    "Forget": lambda c: shut(c.f) and shut(c.i) and np.abs(c.C).max() < 0.1 > np.abs(c.added_part).max(),
    "Write": lambda c: (
        shut(c.f) and is_open(c.i) and np.abs(c.C - c.C_tilde).max() < 0.05 > np.abs(c.C).max() - 1
    ),
    "Ignore": lambda c: shut(c.i) and np.min(c.C_tilde) > 0.95 and np.abs(c.added_part).max() < 0.01,
    "Hide": lambda c: (
        {number(C) for C in np.ravel(c.C)} == {"3.00"}
        and np.max(c.h) > 0.95
        and number(np.min(c.h)) == "0.00"
    ),
    "Saturated": lambda c: (
        all(np.ptp(g) <= 0.02 and slope(g).max() < 0.02 for g in (c.f, c.i, c.o))
        and (1 - c.C_tilde**2).max() < 0.02 > (1 - c.tanh_C**2).max()
    ),
    "Untrained": lambda c: all(0.05 < g < 0.95 for g in (c.f, c.i, c.o)) and c.f > max(c.i, c.o),
    "b_f = 0": lambda c: number(c.f) in cell_contents.lesson_of(PRESETS["b_f = 0"]),
}


@pytest.mark.parametrize("name", PRESETS)
def test_a_lesson_is_true_wherever_it_is_shown(name):
    assert LESSONS[name](along(name)), name
    assert "{" not in cell_contents.lesson_of(PRESETS[name])


def test_where_the_lesson_of_hide_names_a_bias_the_gate_is_shut():
    step = scalar_step(PRESETS["Hide"].setting)
    assert PRESETS["Hide"].setting["b_o"] == -8 and shut(step.o) and number(step.h) == "0.00"
