"""Exercise 2: gate analysis.

Goal: measure what the gates of a trained LSTM do while it reads a text.
Given: arrays of gate values (T, H), T steps and H units; row t belongs to the step that read text[t].
The check trains a small network on lines such as "(ab) cab (c)" and prints what your functions find in it.
To look at it yourself: from exercises.bracket_model import bracket_model, bracket_text

    python -m exercises check 2
    python -m exercises hint 2
"""

import numpy as np


def openness(gate):
    """Mean, share of values above 0.9, share of values below 0.1, of a gate (T, H); three numbers."""
    # GAP 1: a comparison gives True and False, and their mean is a share.
    return gate.mean(), (gate > 0.9).mean(), (gate < 0.1).mean()


def half_life(f):
    """After how many steps half of C is left if the forget gate stays at f; the shape of f."""
    # GAP 2: solve f ** n = 0.5 for n.
    return np.log(0.5) / np.log(f)


def forget_by_character(f, text):
    """Mean of f (T, H) over all units and all places where a character was read: a dict, one entry each."""
    # GAP 3: for each different character, the rows of f where it stands.
    return {
        char: np.mean([f_t for f_t, read in zip(f, text, strict=True) if read == char])
        for char in sorted(set(text))
    }


def correlations(units, signal):
    """Pearson's correlation of each unit, units (T, H), with a signal (T,); (H,) from −1 to 1."""
    # GAP 4: without their means; mean of the product, divided by both standard deviations.
    centred = units - units.mean(axis=0)
    centred_signal = signal - signal.mean()
    return (centred * centred_signal[:, None]).mean(axis=0) / (units.std(axis=0) * signal.std())


def bracket_unit(net, ids, inside):
    """The unit whose cell state C follows `inside` (T,) best, up or down, and its correlation.

    net.run(ids).values["C"] is (T, 1, H).
    """
    # GAP 5: a correlation of −0.9 says as much as one of 0.9.
    correlation = correlations(net.run(ids).values["C"][:, 0], inside)
    unit = np.argmax(np.abs(correlation))
    return unit, correlation[unit]


# To think about: a unit of C is large inside brackets. Does that show that the network uses this unit to
# know whether it is inside brackets? Which experiment would show it?
