"""Typical mistakes in exercise 1, as changes of its solution."""

from exercises.judge import mistake

_LINES = {
    "f": 'f = sigmoid(W["f"] @ concat + b["f"])',
    "i": 'i = sigmoid(W["i"] @ concat + b["i"])',
    "C": 'C_tilde = np.tanh(W["C"] @ concat + b["C"])',
    "o": 'o = sigmoid(W["o"] @ concat + b["o"])',
}
_NAMES = {"f": "f", "i": "i", "C": "C̃", "o": "o"}


def _swapped(a, b):
    """The results of two lines exchanged: marked first, so that neither is changed twice."""
    marked = (_LINES[a], f"·{_LINES[a]}", _LINES[b], f"·{_LINES[b]}")
    return (*marked, f"·{a} =", f"{b} =", f"·{b} =", f"{a} =")


def _weights_of(a, b):
    return _LINES[a], _LINES[a].replace(f'["{a}"]', f'["{b}"]')


_FORWARD = (
    mistake(1, "x comes before h: the weights expect [h, x]", "[h_prev, x]", "[x, h_prev]"),
    *(mistake(1, f"the gates {a} and {b} are swapped", *_swapped(a, b)) for a, b in ("fi", "io", "fo")),
    mistake(
        1,
        "every bias is forgotten",
        *(text for g in "fiCo" for text in (f' @ concat + b["{g}"]', " @ concat")),
    ),
    *(
        mistake(1, f"the bias of {_NAMES[g]} is forgotten", f' @ concat + b["{g}"]', " @ concat")
        for g in "fiCo"
    ),
    mistake(1, "C̃ goes through σ instead of tanh", _LINES["C"], _LINES["C"].replace("np.tanh", "sigmoid")),
    *(
        mistake(1, f"{g} goes through tanh instead of σ", _LINES[g], _LINES[g].replace("sigmoid", "np.tanh"))
        for g in "fio"
    ),
    *(
        mistake(
            1,
            f"{_NAMES[g]} goes through nothing: σ or tanh is missing",
            _LINES[g],
            _LINES[g].replace("np.tanh", "").replace("sigmoid", ""),
        )
        for g in "fiCo"
    ),
    *(
        mistake(1, f"the weights of {_NAMES[b]} are used for {_NAMES[a]}", *_weights_of(a, b))
        for a in "fiCo"
        for b in "fiCo"
        if a != b
    ),
    mistake(
        2,
        "f and i are swapped: f * C̃ + i * C_prev",
        "C = f * C_prev + i * C_tilde",
        "C = f * C_tilde + i * C_prev",
    ),
    mistake(2, "C_prev is not multiplied by f", "C = f * C_prev + i", "C = C_prev + i"),
    mistake(2, "C̃ is not multiplied by i", "+ i * C_tilde\n", "+ C_tilde\n"),
    mistake(2, "the old cell state is lost: f * C_prev is missing", "C = f * C_prev + i", "C = i"),
    mistake(2, "nothing is added: i * C̃ is missing", "C = f * C_prev + i * C_tilde\n", "C = f * C_prev\n"),
    mistake(2, "1 − f is used instead of i", "C_prev + i * C_tilde", "C_prev + (1 - f) * C_tilde"),
    mistake(
        2,
        "tanh is applied to C itself as well, so that h has it twice and C is squashed",
        "C = f * C_prev + i * C_tilde",
        "C = np.tanh(f * C_prev + i * C_tilde)",
    ),
    mistake(2, "h is o * C: C is taken instead of tanh(C)", "h = o * np.tanh(C)", "h = o * C"),
    mistake(2, "tanh is applied twice in h", "h = o * np.tanh(C)", "h = o * np.tanh(np.tanh(C))"),
    mistake(2, "tanh is taken of o * C instead of C alone", "h = o * np.tanh(C)", "h = np.tanh(o * C)"),
    mistake(2, "o is forgotten in h", "h = o * np.tanh(C)", "h = np.tanh(C)"),
    mistake(2, "h shows the old cell state, C_prev", "h = o * np.tanh(C)", "h = o * np.tanh(C_prev)"),
    mistake(2, "C and h are returned in the wrong order", "return C, h", "return h, C"),
    mistake(3, "every step starts from h0: h is not handed on", "gates(h, x_t", "gates(h0, x_t"),
    mistake(
        3,
        "every step starts from C0: C is not handed on",
        "C_tilde, o, C)\n        for",
        "C_tilde, o, C0)\n        for",
    ),
    mistake(
        3,
        "every step starts from h0 and C0: no state is handed on",
        "gates(h, x_t",
        "gates(h0, x_t",
        "C_tilde, o, C)\n        for",
        "C_tilde, o, C0)\n        for",
    ),
    mistake(3, "C instead of h goes to the next step's gates", "gates(h, x_t", "gates(C, x_t"),
    mistake(3, "the steps are read from the last to the first", "for x_t in x:", "for x_t in x[::-1]:"),
    mistake(
        3,
        "the states begin at zero instead of h0 and C0",
        "h, C = h0, C0\n    for x_t",
        "h, C = h0 * 0, C0 * 0\n    for x_t",
    ),
)

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

_BACKWARD = (
    mistake(4, "1 − tanh²(C), the slope of tanh, is forgotten", _CELL, "dC_next + dh * o"),
    mistake(4, "C stands for tanh(C) in the slope: 1 − C²", _CELL, _CELL.replace("np.tanh(C)", "C")),
    mistake(4, "the slope is 1 − tanh(C), without the square", _CELL, _CELL.replace(" ** 2", "")),
    mistake(4, "only the road through h is taken: dC_next is missing", _CELL, _CELL[len("dC_next + ") :]),
    mistake(4, "only the road along C is taken: what comes through h is missing", _CELL, "dC_next"),
    mistake(4, "o is forgotten on the road through h", _CELL, _CELL.replace(" * o", "")),
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
    mistake(5, "f is credited with C instead of C_prev", *_with("f", "C_prev", "C")),
    mistake(5, "o is credited with C instead of tanh(C)", *_with("o", "np.tanh(C)", "C")),
    mistake(5, "o gets dC instead of dh", *_with("o", "dh", "dC")),
    *(mistake(5, f"{_NAMES[g]} gets dh instead of dC", *_with(g, "dC", "dh")) for g in "fiC"),
    mistake(5, "C̃ and i are exchanged", *_with("i", "C_tilde", "i"), *_with("C", "* i", "* C_tilde")),
    mistake(
        5,
        "the gates f and i are swapped",
        *_with("f", '"f"', '"·"'),
        *_with("i", '"i"', '"f"'),
        '"·"',
        '"i"',
    ),
    mistake(6, "dC is handed on without f", "dC_next = dC * f", "dC_next = dC"),
    mistake(6, "nothing is handed on along C: dC_next stays 0", "dC_next = dC * f", "dC_next = dC * 0"),
    mistake(6, "nothing is handed on through h: dh_next stays 0", "dh_next = sum(", "dh_next = 0 * sum("),
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
        6, "the steps are walked from the first to the last", "in reversed(range(len(x)))", "in range(len(x))"
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

_NORM = "norm = np.sqrt(sum(np.sum(g**2) for g in gradients))"
_CLIP = "clipped = clip_by_norm(gradients, limit)"
_STEP = "[w - learning_rate * g for w, g in zip(weights, clipped, strict=True)]"
_VALUE = "np.clip(g, -limit, limit) for g"
_CLIPPING = (
    mistake(
        8,
        "the lower limit is 0 instead of −limit, so every negative gradient is lost",
        _VALUE,
        "np.clip(g, 0, limit) for g",
    ),
    mistake(8, "only the upper side is clipped", _VALUE, "np.minimum(g, limit) for g"),
    mistake(8, "only the lower side is clipped", _VALUE, "np.maximum(g, -limit) for g"),
    mistake(8, "the sign is lost", _VALUE, "np.minimum(abs(g), limit) for g"),
    mistake(
        8,
        "it is clipped by norm where by value was asked",
        f"[{_VALUE} in gradients]",
        "clip_by_norm(gradients, limit)",
    ),
    mistake(
        9,
        "it is clipped by value where by norm was asked",
        "g * factor for g",
        "np.clip(g, -limit, limit) for g",
    ),
    mistake(
        9,
        "each array is scaled by its own length",
        "g * factor for g",
        "g * min(1, limit / np.sqrt(np.sum(g**2))) for g",
    ),
    mistake(
        9, "the square root is forgotten in the norm", _NORM, "norm = sum(np.sum(g**2) for g in gradients)"
    ),
    mistake(
        9,
        "the norm is that of the absolute values (L1)",
        _NORM,
        "norm = sum(np.sum(abs(g)) for g in gradients)",
    ),
    mistake(
        9, "the result is scaled to length 1 instead of limit", "factor = limit / norm", "factor = 1 / norm"
    ),
    mistake(
        9, "gradients that are short enough are scaled too, up to the limit", "if norm > limit else 1.0", ""
    ),
    mistake(9, "the fraction is upside down: norm / limit", "factor = limit / norm", "factor = norm / limit"),
    mistake(
        10, "nothing is clipped before the update (afterwards it is too late)", _CLIP, "clipped = gradients"
    ),
    mistake(10, "the step goes uphill: + instead of −", "w - learning_rate", "w + learning_rate"),
    mistake(
        10,
        "the learning rate is forgotten, or multiplied in before the clipping",
        "w - learning_rate * g",
        "w - g",
    ),
    mistake(
        10,
        "it is clipped by value where by norm was asked",
        "clipped = clip_by_norm(",
        "clipped = clip_by_value(",
    ),
    mistake(
        10,
        "the weights that come out of the update are clipped instead of the gradients",
        _CLIP,
        "clipped = gradients",
        _STEP,
        f"clip_by_norm({_STEP}, limit)",
    ),
)

MISTAKES = _FORWARD + _BACKWARD + _CLIPPING
