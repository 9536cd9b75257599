"""Typical mistakes in gaps 4 to 7 of exercise 1, backward through time, as changes of its solution."""

from exercises.judge import mistake
from exercises.mistakes.forward_1 import NAMES

_CELL = "dC_next + dh * o * (1 - np.tanh(C) ** 2)"
_SLOPES = {
    "f": '"f": dC * C_prev * f * (1 - f)',
    "i": '"i": dC * C_tilde * i * (1 - i)',
    "C": '"C": dC * i * (1 - C_tilde**2)',
    "o": '"o": dh * np.tanh(C) * o * (1 - o)',
}


def _without(gate, part):
    return _SLOPES[gate], _SLOPES[gate].replace(part, "")


def _with(gate, old, new):
    return _SLOPES[gate], _SLOPES[gate].replace(old, new)


_DW, _DB = "dW[gate] += np", "db[gate] += dz"
_JOINED = "concat = np.concatenate([h_prev, x[t]])"

BACKWARD = (
    mistake(4, "1 − tanh²(C), the slope of tanh, is forgotten", _CELL, "dC_next + dh * o"),
    mistake(4, "C stands for tanh(C) in the slope: 1 − C²", _CELL, _CELL.replace("np.tanh(C)", "C")),
    mistake(4, "the slope is 1 − tanh(C), without the square", _CELL, _CELL.replace(" ** 2", "")),
    mistake(4, "only the path through h is used: dC_next is missing", _CELL, _CELL[len("dC_next + ") :]),
    mistake(4, "only the path along C is used: what comes through h is missing", _CELL, "dC_next"),
    mistake(4, "o is forgotten on the path through h", _CELL, _CELL.replace(" * o", "")),
    mistake(
        4, "dC_next went through o and tanh as well", _CELL, "(dC_next + dh) * o * (1 - np.tanh(C) ** 2)"
    ),
    *(
        mistake(5, f"the factor 1 − {g} is forgotten in the slope of {g}", *_without(g, f" * (1 - {g})"))
        for g in "fio"
    ),
    *(
        mistake(5, f"the slope {g}(1 − {g}) of {g}'s σ is forgotten", *_without(g, f" * {g} * (1 - {g})"))
        for g in "fio"
    ),
    mistake(
        5,
        "every slope σ(1 − σ) of f, i and o is forgotten",
        *(t for g in "fio" for t in _without(g, f" * {g} * (1 - {g})")),
    ),
    mistake(5, "1 − C̃², the slope of C̃'s tanh, is forgotten", *_without("C", " * (1 - C_tilde**2)")),
    mistake(
        5,
        "C̃ gets the slope of σ, C̃(1 − C̃), instead of tanh's 1 − C̃²",
        *_with("C", "(1 - C_tilde**2)", "C_tilde * (1 - C_tilde)"),
    ),
    mistake(5, "C̃ gets 1 − tanh²(C̃): C̃ is a tanh already", *_with("C", "C_tilde**2", "np.tanh(C_tilde)**2")),
    mistake(5, "the gradient of f has C instead of C_prev", *_with("f", "C_prev", "C")),
    mistake(5, "the gradient of o has C instead of tanh(C)", *_with("o", "np.tanh(C)", "C")),
    mistake(5, "o gets dC instead of dh", *_with("o", "dh", "dC")),
    *(mistake(5, f"{NAMES[g]} gets dh instead of dC", *_with(g, "dC", "dh")) for g in "fiC"),
    mistake(5, "C̃ and i are exchanged", *_with("i", "C_tilde", "i"), *_with("C", "* i", "* C_tilde")),
    mistake(
        5,
        "the gates f and i are swapped",
        *_with("f", '"f"', '"·"'),
        *_with("i", '"i"', '"f"'),
        '"·"',
        '"i"',
    ),
    mistake(6, "dC goes to the step before without f", "dC_next = dC * f", "dC_next = dC"),
    mistake(
        6, "nothing goes to the step before along C: dC_next stays 0", "dC_next = dC * f", "dC_next = dC * 0"
    ),
    mistake(
        6,
        "nothing goes to the step before through h: dh_next stays 0",
        "dh_next = sum(",
        "dh_next = 0 * sum(",
    ),
    mistake(
        6,
        "dh is overwritten with what comes back: dh_out[t] is missing",
        "dh = dh_out[t] + dh_next",
        "dh = dh_next + (t == len(x) - 1) * dh_out[t]",
    ),
    mistake(
        6,
        "only one step's gradient is kept (the last one computed, t = 0) instead of the sum over steps",
        _DW,
        "dW[gate] = np",
        _DB,
        "db[gate] = dz",
    ),
    mistake(
        6,
        "only the last step's gradient (t = T − 1) is kept instead of the sum over steps",
        _DW,
        "dW[gate] += (t == len(x) - 1) * np",
        _DB,
        "db[gate] += (t == len(x) - 1) * dz",
    ),
    mistake(
        6,
        "the mean over steps is taken instead of the sum",
        "dW[gate] += np.outer(",
        "dW[gate] += 1 / len(x) * np.outer(",
        "db[gate] += dz[gate]",
        "db[gate] += dz[gate] / len(x)",
    ),
    mistake(
        6,
        "the weights meet h_t instead of h_{t−1}",
        _JOINED,
        'concat = np.concatenate([values["h"][t], x[t]])',
    ),
    mistake(
        6, "the weights meet [x, h] instead of [h, x]", _JOINED, "concat = np.concatenate([x[t], h_prev])"
    ),
    mistake(
        6,
        "C_t is used instead of C_{t−1}",
        'C_prev = values["C"][t - 1] if t > 0 else C0',
        'C_prev = values["C"][t]',
    ),
    mistake(6, "W is not transposed on the way back to h", ": len(h0)].T @", ": len(h0)] @"),
    mistake(
        6, "the loop goes from the first step to the last", "in reversed(range(len(x)))", "in range(len(x))"
    ),
    mistake(
        7, "the sum over sequences is taken instead of the mean", "_one[gate] / len(sequences)", "_one[gate]"
    ),
    mistake(
        7,
        "only the last sequence's gradient is kept instead of being added",
        "dW[gate] += dW_one[gate] / len(sequences)",
        "dW[gate] = dW_one[gate]",
        "db[gate] += db_one[gate] / len(sequences)",
        "db[gate] = db_one[gate]",
    ),
    mistake(
        7,
        "only the last sequence's gradient, divided by their number, is kept",
        "dW[gate] += dW_one",
        "dW[gate] = dW_one",
        "db[gate] += db_one",
        "db[gate] = db_one",
    ),
    mistake(
        7,
        "the state is not reset: a sequence starts from the last state of the sequence before",
        "h, C, W)\n        for gate in W:",
        'h, C, W)\n        h, C = values["h"][-1], values["C"][-1]\n        for gate in W:',
    ),
    mistake(
        7,
        "the mean over steps is taken too",
        "_one[gate] / len(sequences)",
        "_one[gate] / len(sequences) / len(x)",
    ),
    mistake(
        7, "the mean is over steps instead of sequences", "_one[gate] / len(sequences)", "_one[gate] / len(x)"
    ),
)
