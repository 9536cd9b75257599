"""Typical mistakes in gaps 1 to 3 of exercise 1, forward through the cell, as changes of its solution."""

from exercises.judge import mistake

_LINES = {
    "f": 'f = sigmoid(W["f"] @ concat + b["f"])',
    "i": 'i = sigmoid(W["i"] @ concat + b["i"])',
    "C": 'C_tilde = np.tanh(W["C"] @ concat + b["C"])',
    "o": 'o = sigmoid(W["o"] @ concat + b["o"])',
}
NAMES = {"f": "f", "i": "i", "C": "C̃", "o": "o"}


def _swapped(a, b):
    """Exchange the results of two lines: marked first, so that neither is changed twice."""
    marked = (_LINES[a], f"·{_LINES[a]}", _LINES[b], f"·{_LINES[b]}")
    return (*marked, f"·{a} =", f"{b} =", f"·{b} =", f"{a} =")


def _weights_of(a, b):
    return _LINES[a], _LINES[a].replace(f'["{a}"]', f'["{b}"]')


FORWARD = (
    mistake(1, "x comes before h: the weights expect [h, x]", "[h_prev, x]", "[x, h_prev]"),
    *(mistake(1, f"the gates {a} and {b} are swapped", *_swapped(a, b)) for a, b in ("fi", "io", "fo")),
    mistake(
        1,
        "every bias is forgotten",
        *(text for g in "fiCo" for text in (f' @ concat + b["{g}"]', " @ concat")),
    ),
    *(
        mistake(1, f"the bias of {NAMES[g]} is forgotten", f' @ concat + b["{g}"]', " @ concat")
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
            f"{NAMES[g]} goes through nothing: σ or tanh is missing",
            _LINES[g],
            _LINES[g].replace("np.tanh", "").replace("sigmoid", ""),
        )
        for g in "fiCo"
    ),
    *(
        mistake(1, f"the weights of {NAMES[b]} are used for {NAMES[a]}", *_weights_of(a, b))
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
    mistake(3, "every step starts from h0: the new h is not used", "gates(h, x_t", "gates(h0, x_t"),
    mistake(
        3,
        "every step starts from C0: the new C is not used",
        "C_tilde, o, C)\n        for",
        "C_tilde, o, C0)\n        for",
    ),
    mistake(
        3,
        "every step starts from h0 and C0: the new states are not used",
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
