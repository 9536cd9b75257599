"""What belongs together stays in one line."""

import pytest

from visualization.text import unbroken


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("of ∂L/∂h and ∂L/∂C", "of ∂L/\u2060∂h and ∂L/\u2060∂C"),
        ("With $b_f = 0$, much is left", r"With $b_f = 0\text{,}$ much is left"),
        ("$C_t$ is $h_t$.", r"$C_t$ is $h_t\text{.}$"),
        ("(the LSTM's $b_f$).", r"(the LSTM's $b_f\text{).}$"),
        ("$$ h_t = o_t $$.", "$$ h_t = o_t $$."),
        ("it costs nothing, 1/2 of it", "it costs nothing, 1/2 of it"),
    ],
)  # fmt: skip
def test_no_line_ends_within_a_fraction_or_before_what_closes_a_formula(written, shown):
    assert unbroken(written) == shown
