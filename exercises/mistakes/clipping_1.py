"""Typical mistakes in gaps 8 to 10 of exercise 1, clipping and the update, as changes of its solution."""

from exercises.judge import mistake

_NORM = "norm = np.sqrt(sum(np.sum(g**2) for g in gradients))"
_CLIP = "clipped = clip_by_norm(gradients, limit)"
_STEP = "[w - learning_rate * g for w, g in zip(weights, clipped, strict=True)]"
_VALUE = "np.clip(g, -limit, limit) for g"
CLIPPING = (
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
        "it is clipped by norm instead of by value",
        f"[{_VALUE} in gradients]",
        "clip_by_norm(gradients, limit)",
    ),
    mistake(
        9,
        "it is clipped by value instead of by norm",
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
        "it is clipped by value instead of by norm",
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
