"""Gradients along a slider are those of each of its positions alone."""

import numpy as np
import pytest

from lesson.frame.query import Query, QueryError
from lesson.gradients.flows import Setup
from lesson.gradients.ranges import SETTING_OF, flow_along, moves, positions_of, still_flow
from lstm.network.starts import STARTS

BASE = Setup(T=20, H=16, seed=3, scale=0.7, update_bias=2.0, forget_bias=2.0)
ALONG = [(control, kind) for control in SETTING_OF for kind in ("lstm", "gru", "rnn")]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize(("control", "kind"), ALONG, ids=lambda value: getattr(value, "name", value))
def test_every_position_has_the_flow_of_its_own_setting(control, kind, start):
    setting = SETTING_OF[control]
    base = BASE._replace(start=start)
    alone = [base._replace(**{setting: value}).flow(kind) for value in (control.low, control.high)]
    if not moves(kind, setting):
        np.testing.assert_array_equal(alone[0].dh, alone[1].dh)
        with pytest.raises(ValueError, match="changes nothing"):
            flow_along(base, kind, setting, control.grid)
        return
    assert not np.array_equal(alone[0].dh, alone[1].dh)
    flows = flow_along(base, kind, setting, control.grid)
    for k, value in enumerate(control.grid):
        flow = flows.flow(k)
        expected = base._replace(**{setting: value}).flow(kind)
        np.testing.assert_allclose(flow.dh, expected.dh, rtol=1e-9)
        if kind == "lstm":
            np.testing.assert_allclose(flow.dC, expected.dC, rtol=1e-9)
            np.testing.assert_allclose(flow.gates["f"], expected.gates["f"], rtol=1e-12)


def test_a_query_names_every_position_of_the_slider_along_which_it_asks():
    query = Query({"along": "bf", "T": "50", "H": "64", "gradient_of": "∂L/∂C"})
    setups, setting, places, count = positions_of(query, tuple(SETTING_OF))
    assert setting == "forget_bias" and [setup.forget_bias for setup in setups] == [k / 4 for k in range(33)]
    assert {setup._replace(forget_bias=0) for setup in setups} == {Setup(0, T=50, H=64, measured="C")}
    assert places == range(33) and count == 33
    assert positions_of(Query({"bz": "1.5"}), ()) == ([Setup(update_bias=1.5)], "", range(1), 1)
    with pytest.raises(QueryError):
        positions_of(Query({"along": "T"}), tuple(SETTING_OF))


def test_for_a_key_the_positions_nearby_are_enough():
    positions = positions_of(Query({"along": "bf", "bf": "1", "near": "6"}), tuple(SETTING_OF))
    assert [setup.forget_bias for setup in positions.setups] == [k / 4 for k in range(11)]
    frames = positions.frames([{"at": setup.forget_bias} for setup in positions.setups])
    assert frames == [{"at": k / 4} for k in range(11)] + [None] * 22


def test_a_cell_that_stays_is_computed_once_for_all_moves_of_the_others(monkeypatch):
    setup, computed, flow = Setup(T=11, seed=5), [], Setup.flow
    monkeypatch.setattr(Setup, "flow", lambda self, kind: computed.append(kind) or flow(self, kind))
    for bias in (0.0, 2.0):
        for kind in ("gru", "rnn"):
            expected = flow(setup._replace(forget_bias=bias), kind).dh
            np.testing.assert_array_equal(still_flow(setup._replace(forget_bias=bias), kind).dh, expected)
    assert computed == ["gru", "rnn"]
