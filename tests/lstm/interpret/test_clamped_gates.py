"""A gate clamped at many values at once: each continuation is that of the network that was operated on."""

import numpy as np
import pytest

from lstm.interpret import clamped_gates
from lstm.interpret.clamped_gates import continue_clamped
from lstm.interpret.surgery import operate
from lstm.network import GRU, LSTM, ResetAfterGRU
from lstm.sampling import walk
from lstm.together import Draws

VALUES = [0, 0.05, 0.5, 0.8, 1]
CASES = {
    "forget gate": (LSTM(12, 17, 12, seed=1), "f", None, 0, ("C", "f", "h", "C_tilde")),
    "some units": (LSTM(12, 17, 12, seed=1), "o", (3, 5, 11), 0, ("C", "o")),
    "update gate": (GRU(12, 17, 12, seed=1), "z", None, 0, ("h", "z")),
    "PyTorch's reset gate": (ResetAfterGRU(12, 17, 12, seed=1), "r", None, 0, ("h", "r")),
    "upper layer": (LSTM(12, 9, 12, seed=1, layers=2), "f", (2, 3), 1, ("C", "C_2", "f_2")),
}


@pytest.mark.parametrize("how", [{}, {"top_k": 4}], ids=str)
@pytest.mark.parametrize("case", CASES)
def test_each_is_the_walk_of_the_network_with_the_gate_clamped(case, how):
    net, gate, units, layer, names = CASES[case]
    state, draws = net.run([1, 5, 3, 2]).state, Draws(80, seed=4, **how)
    for value, one in zip(
        VALUES, continue_clamped(net, 7, state, gate, VALUES, units, layer, 0.8, draws, names), strict=True
    ):
        clamped = operate(net, {gate: value}, units, layer=layer)
        steps = walk(clamped, [7], temperature=0.8, state=state, **vars(draws))
        assert one.indices.tolist() == [7, *(step.index for step in steps)]
        reading = clamped.run(one.indices, state)
        np.testing.assert_allclose(one.logits, reading.logits[0, 0], atol=1e-5)
        for name in names:
            np.testing.assert_allclose(one.values[name], reading.values[name][:, 0], atol=1e-5)


def test_a_draw_that_is_too_close_is_made_by_itself(monkeypatch):
    net, gate, units, layer, names = CASES["forget gate"]
    state, alone = net.zero_state(1), []
    one_by_one = clamped_gates._alone
    monkeypatch.setattr(clamped_gates, "_alone", lambda *a: alone.append(a) or one_by_one(*a))
    net.weights["Wy"][:] = 0
    (one,) = continue_clamped(net, 7, state, gate, [0.3], units, layer, 0.0, Draws(20), names)
    assert len(alone) == 1 and one.values["C"].shape == (21, 17)
