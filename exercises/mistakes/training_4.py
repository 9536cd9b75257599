"""Typical mistakes in gaps 2 and 4 of exercise 4, as changes of its solution."""

from exercises.judge import mistake

_ANSWERS = "net.run(inputs).logits[-1].argmax(axis=1)  # (B,)\n    return (answers == targets[-1]).mean()"
_ALL_STEPS = "net.run(inputs).logits.argmax(axis=2)\n    return "
_FORWARD = "net.forward(inputs, targets))"
_CLIP = "        if norm > max_norm:\n            gradients *= max_norm / norm\n"
_STEP = "        adam.step(net.weights.flat, gradients, learning_rate)"
MISTAKES = (
    mistake(
        2,
        "accuracy is taken over all steps instead of the last one",
        _ANSWERS,
        _ALL_STEPS + "(answers == targets).mean()",
    ),
    mistake(
        2,
        "accuracy is taken over all steps, each compared with the first symbol",
        _ANSWERS,
        _ALL_STEPS + "(answers == inputs[0]).mean()",
    ),
    mistake(2, "the right answers are counted: sum instead of mean", "[-1]).mean()", "[-1]).sum()"),
    mistake(2, "the share is in percent", "[-1]).mean()", "[-1]).mean() * 100"),
    mistake(2, "the share of wrong answers is returned", "answers == targets", "answers != targets"),
    mistake(2, "the answer of the step before the question is taken", "logits[-1]", "logits[-2]"),
    mistake(2, "the first step's answer is taken", "logits[-1]", "logits[0]"),
    mistake(2, "the least probable symbol is taken", "argmax", "argmin"),
    mistake(
        4,
        "the state is not reset: each batch starts from the state that the batch before left",
        "    losses = []",
        "    losses, state = [], ()",
        _FORWARD,
        "net.forward(inputs, targets, *state))\n        state = net.state",
    ),
    mistake(
        4,
        "all updates learn from the same batch: draw() is called once",
        "    for _ in range(updates):\n        inputs, targets = draw()",
        "    inputs, targets = draw()\n    for _ in range(updates):",
    ),
    mistake(4, "nothing is clipped before the update (afterwards it is too late)", _CLIP, ""),
    mistake(
        4,
        "it is clipped by value instead of by norm",
        _CLIP,
        "        np.clip(gradients, -max_norm, max_norm, out=gradients)\n",
    ),
    mistake(
        4,
        "gradients that are short enough are scaled too, up to max_norm",
        "if norm > max_norm:",
        "if norm > 0:",
    ),
    mistake(
        4,
        "plain gradient descent is used instead of Adam",
        _STEP,
        "        net.update_weights(learning_rate)",
    ),
    mistake(
        4,
        "Adam begins anew at every update",
        _STEP,
        "        Adam(net.weights.flat.size, net.dtype).step(net.weights.flat, gradients, learning_rate)",
    ),
    mistake(4, "the weights are never changed: net.backward or adam.step is missing", _STEP, "        pass"),
    mistake(4, "backward's own clipping by value, at ±5, is left on", "clip=None", ""),
    mistake(
        4,
        "each loss is divided by the number of steps, though only one step has a target",
        _FORWARD,
        "net.forward(inputs, targets) / len(inputs))",
    ),
    mistake(
        4,
        "the sum over sequences is returned instead of the mean",
        _FORWARD,
        "net.forward(inputs, targets) * inputs.shape[1])",
    ),
)
