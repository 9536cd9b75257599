"""Names that people type for weights and other attributes of a network, and what these are called here."""

import re
from typing import TYPE_CHECKING, Any, NoReturn

from lstm.parameters import name_of_weight

# What courses and other libraries call it, to what to write.
_OTHER_NAMES = {
    "h": "net.state, after forward", "c": "net.state, after forward", "states": "net.state, after forward",
    "hidden_state": "net.state, after forward", "cell_state": "net.state, after forward",
    "hidden_dim": "net.hidden_size", "n_hidden": "net.hidden_size", "input_dim": "net.input_size",
    "output_dim": "net.output_size", "vocab_size": "net.output_size",
    "parameters": "net.weights", "params": "net.weights", "state_dict": "net.weights",
    "grads": "net.gradients", "grad": "net.gradients", "gate_values": "net.gates",
    "train": "train(net, ids), a function: from lstm import train",
    "fit": "train(net, ids), a function: from lstm import train",
    "generate": "generate(net, vocabulary), a function: from lstm import generate",
    "save": "save(path, net, vocabulary), a function: from lstm import save",
    "load": "load(path), a function: from lstm import load",
    "predict": "net.run(inputs).probabilities", "loss": "loss = net.forward(inputs, targets)",
    "update": "net.update_weights(learning_rate)", "step": "net.update_weights(learning_rate)",
    "zero_grad": "nothing: every backward() writes its gradients anew",
}  # fmt: skip
_WORDS = {
    "f": "forget-gate", "i": "input-gate", "o": "output-gate", "c": "candidate", "h": "candidate",
    "z": "update-gate", "r": "reset-gate", "y": "output-layer",
}  # fmt: skip

# What is set when a network is made and then belongs together: one of them alone would leave two halves.
_SIZE = "{}'s sizes, dtype and cell stay as they are; make a new network with others"
_FOR_GOOD = dict.fromkeys(("cell", "dtype", "hidden_size", "input_size", "layers", "output_size"), _SIZE) | {
    "weights": "{}'s weights stay in place; write net.weights.flat[:] = other.weights.flat",
    "gradients": "{}'s gradients stay in place; write net.gradients.flat[:] = other.gradients.flat",
}


class NameHints:
    """Errors for attributes that are not there, with the name that was meant."""

    __slots__ = ()

    if not TYPE_CHECKING:  # with these a type checker lets every name pass

        def __getattr__(self, name: str) -> NoReturn:
            raise AttributeError(_hint(self, name), name=name, obj=self)

        def __setattr__(self, name: str, value: Any) -> None:
            if not hasattr(type(self), name):
                raise AttributeError(_hint(self, name), name=name, obj=self)
            if name in _FOR_GOOD and hasattr(self, name):
                raise AttributeError(_FOR_GOOD[name].format(type(self).__name__), name=name, obj=self)
            object.__setattr__(self, name, value)


def _hint(net: Any, name: str) -> str:
    """The sentence for an attribute that is not there."""
    kind = type(net).__name__
    missing = f"{kind} has no attribute {name!r}"
    weights = getattr(net, "weights", None) if name != "weights" else None
    if name.startswith("_") or weights is None:  # Python's own questions; a network in the making
        return missing
    weight = name_of_weight(name, weights)
    if weight is not None and re.search("^(d[WwBb]|grad)|grad$", name):
        return f"{missing}; gradients are in net.gradients[{weight!r}], after backward()"
    if weight is not None:
        place = f"net.{weight}" if hasattr(type(net), weight) else f"net.weights[{weight!r}]"
        return f"{missing}; the {kind}'s {_meaning(kind, weight)} {place}"
    if name in type(net).cell_type.gates:
        return f"{missing}; the values of the last forward are in net.gates[{name!r}]"
    if name.lower() in _OTHER_NAMES:
        return f"{missing}; write {_OTHER_NAMES[name.lower()]}"
    return f"{missing}; its weights are {', '.join(weights)}"


def _meaning(kind: str, weight: str) -> str:
    """What a weight is in words: candidate weights are."""
    letter, word = weight[1:2], "weights" if weight[0] == "W" else "biases"
    columns = ", the columns for h_prev before those for x," if weight[0] == "W" else ""
    if kind == "RNN" and letter == "h":
        return f"{word}{columns} are"
    if letter not in _WORDS:
        return f"{word} of all gates{columns} are"
    return f"{_WORDS[letter]} {word} are"
