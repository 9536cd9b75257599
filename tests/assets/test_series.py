"""The picture of the page Series: numbers below its axis."""

import pytest


@pytest.mark.parametrize("label", [14, 14.5, 19])
@pytest.mark.parametrize("width", [280, 328, 560, 1120])
@pytest.mark.parametrize("count", [100, 120, 200, 400])
def test_the_axis_has_some_numbers_and_they_do_not_touch(run, count, width, label):
    apart = run("series/stage.js", "(m, given) => m.stepsApart(...given)", [count, width, label])
    assert 2 <= count // apart <= 10
    assert apart * width / count >= 3 * label
