"""What comes back to the first symbol of the recall task before anything is learned."""

import numpy as np

from lstm.recall.untrained import left_at_first_symbol

SEEDS = range(21)


def test_an_open_forget_gate_lets_much_of_it_arrive():
    half_open, open_ = (np.median(left_at_first_symbol(f"LSTM, b_f = {bias}", 50, SEEDS)) for bias in (1, 3))
    assert 0.0005 < half_open < 0.005 and 0.4 < open_ < 1
    assert np.median(left_at_first_symbol("GRU", 50, SEEDS)) < 1e-7


def test_nothing_is_lost_over_no_steps_and_a_seed_gives_the_same_again():
    once, again = (left_at_first_symbol("RNN", 0, (3, 4)) for _ in range(2))
    assert once.tolist() == again.tolist() and once.shape == (2,) and (once < 1.5).all()
