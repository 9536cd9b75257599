"""Exercise 5: against the textbook's GRU, the cells' own weights and `lstm.gradients`."""

from collections.abc import Iterator

import numpy as np

from exercises.judge import Judge, mistake
from exercises.student import Student
from lstm import gru_step
from lstm.equations import sigmoid
from lstm.gradients import gradient_flow, random_cell, random_inputs
from lstm.scalar import half_life

_Z, _R = 'z = sigmoid(W["z"] @ concat + b["z"])', 'r = sigmoid(W["r"] @ concat + b["r"])'
_H = 'np.tanh(W["h"] @ np.concatenate([r * h_prev, x]) + b["h"])'
_MIX = "z * h_prev + (1 - z) * h_tilde"
_BLOCKS = '"gru": 3, "lstm": 4'
_COUNT = "(H * (H + D) + H)"
MISTAKES = (
    mistake(
        1,
        "z and 1 − z are exchanged (our z keeps: h = z ⊙ h_prev + (1 − z) ⊙ h̃)",
        _MIX,
        "(1 - z) * h_prev + z * h_tilde",
    ),
    mistake(
        1,
        "the gates z and r are swapped",
        _Z,
        _Z.replace("z", "r"),
        '    r = sigmoid(W["r"] @ concat + b["r"])\n    h_t',
        '    z = sigmoid(W["z"] @ concat + b["z"])\n    z, r = r, z\n    h_t',
    ),
    mistake(
        1,
        "r acts after the product, on W · h, instead of on h_prev before it",
        _H,
        'np.tanh(r * (W["h"][:, : len(h_prev)] @ h_prev) + W["h"][:, len(h_prev) :] @ x + b["h"])',
    ),
    mistake(1, "r is forgotten in the candidate", "[r * h_prev, x]", "[h_prev, x]"),
    mistake(
        1,
        "r acts on x as well",
        _H,
        'np.tanh(W["h"] @ (np.concatenate([r, x * 0 + r.mean()]) * concat) + b["h"])',
    ),
    mistake(1, "1 − r stands where r belongs", "[r * h_prev, x]", "[(1 - r) * h_prev, x]"),
    mistake(1, "z stands where r belongs in the candidate", "[r * h_prev, x]", "[z * h_prev, x]"),
    mistake(1, "the candidate goes through σ instead of tanh", "np.tanh", "sigmoid"),
    mistake(1, "z goes through tanh instead of σ", _Z, _Z.replace("sigmoid", "np.tanh")),
    mistake(1, "r goes through tanh instead of σ", _R, _R.replace("sigmoid", "np.tanh")),
    mistake(1, "every bias is forgotten", ' + b["z"]', "", ' + b["r"]', "", ' + b["h"]', ""),
    mistake(1, "the bias of z is forgotten", ' + b["z"]', ""),
    mistake(1, "the bias of r is forgotten", ' + b["r"]', ""),
    mistake(1, "the bias of h̃ is forgotten", ' + b["h"]', ""),
    mistake(
        1,
        "x comes before h: the weights expect [h, x]",
        "[h_prev, x]",
        "[x, h_prev]",
        "[r * h_prev, x]",
        "[x, r * h_prev]",
    ),
    mistake(1, "1 − z is forgotten: the whole candidate is added", "(1 - z) * h_tilde", "h_tilde"),
    mistake(1, "the old state is not multiplied by z", _MIX, "h_prev + (1 - z) * h_tilde"),
    mistake(
        2,
        "gates are counted instead of blocks of weights: the candidate has weights too",
        _BLOCKS,
        '"gru": 2, "lstm": 3',
    ),
    mistake(2, "the GRU is counted with the LSTM's four blocks", '"gru": 3', '"gru": 4'),
    mistake(2, "the biases are forgotten", _COUNT, "(H * (H + D))"),
    mistake(2, "the weights of h are forgotten", _COUNT, "(H * D + H)"),
    mistake(2, "the weights of x are forgotten", _COUNT, "(H * H + H)"),
    mistake(
        2, "two biases a unit are counted (PyTorch has two; one is enough)", _COUNT, "(H * (H + D) + 2 * H)"
    ),
    mistake(2, "one bias a block is counted instead of one a unit", _COUNT, "(H * (H + D) + 1)"),
    mistake(2, "H and D are exchanged", _COUNT, "(D * (H + D) + D)"),
    mistake(3, "the bias is taken for the gate: σ is forgotten", "sigmoid(bias)", "abs(bias)"),
    mistake(
        3, "1 − σ is taken: what is let in, not what is kept", "sigmoid(bias)", "sigmoid(-np.asarray(bias))"
    ),
    mistake(
        3,
        "the fraction is upside down",
        "np.log(0.5) / np.log(sigmoid(bias))",
        "np.log(sigmoid(bias)) / np.log(0.5)",
    ),
    mistake(3, "the minus sign is lost: ln 2 / ln σ", "np.log(0.5)", "np.log(2)"),
    mistake(3, "tanh is taken instead of σ", "sigmoid(bias)", "np.tanh(bias)"),
    mistake(3, "the time to 1/e is computed instead of that to 1/2", "np.log(0.5)", "-1"),
    mistake(4, "the fraction is upside down", "dh[0] / dh[-1]", "dh[-1] / dh[0]"),
    mistake(
        4,
        "the bias does not reach the cell (forget_bias is the LSTM's, keep_bias the GRU's)",
        "random_cell(kind, **{name: bias})",
        "random_cell(kind)",
    ),
    mistake(4, "there is one step too many", "random_inputs(steps)", "random_inputs(steps + 1)"),
    mistake(
        4, "the mean over steps is taken instead of the first step", "dh[0] / dh[-1]", "dh.mean() / dh[-1]"
    ),
    mistake(4, "the share of one step is returned, not of all of them", "dh[0] / dh[-1]", "dh[-2] / dh[-1]"),
    mistake(
        4, "it is one step short: the second step is taken for the first", "dh[0] / dh[-1]", "dh[1] / dh[-1]"
    ),
)


def check(student: Student) -> Iterator[str]:
    """Yield a line for every gap that is right; Wrong at the first that is not."""
    judge = Judge(student, 5, MISTAKES)
    rng = np.random.default_rng(8)
    H, D = 3, 2
    W = {g: rng.normal(size=(H, H + D)) for g in "zrh"}
    b = {g: rng.normal(size=H) for g in "zrh"}
    x, h_prev = rng.normal(size=D), rng.normal(size=H)
    step = gru_step(x, h_prev, *W.values(), *b.values())
    right = {name: getattr(step, name) for name in ("z", "r", "h_tilde", "h")}
    judge(1, "gru_step", (x, h_prev, W, b), right, axes=("unit",))
    yield "Gap 1: z, r, h̃ and h are those of the textbook."
    for kind in ("rnn", "lstm", "gru"):
        cell = random_cell(kind, 7, 5)
        judge(2, "parameters", (kind, 5, 7), {f"parameters of the {kind.upper()}": cell.W.size + cell.b.size})
    yield "Gap 2: the parameters of all three cells are counted right."
    for bias in (0.5, -1.0, 3.0):
        judge(3, "half_life_at", (bias,), {f"half-life at b = {bias:g}": half_life(sigmoid(bias))})
    yield "Gap 3: the half-lives are right."
    rows = []
    for kind, name in (("lstm", "forget_bias"), ("gru", "keep_bias")):
        for bias in (0.0, 3.0):
            dh = gradient_flow(random_cell(kind, **{name: bias}), random_inputs(50)).dh
            what = f"gradient left in the {kind.upper()} with bias {bias:g}"
            judge(4, "gradient_left", (kind, bias, 50), {what: dh[0] / dh[-1]})
            rows.append((kind.upper(), bias, half_life(sigmoid(bias)), dh[0] / dh[-1]))
    yield "Gap 4: the shares of an error that are left after 50 steps are right. Your table:"
    for kind, bias, steps, left in rows:
        yield f"    {kind:4} with bias {bias:g}: half-life {steps:4.1f} steps, gradient left {left:.1e}"
