"""The sheet's hyperparameters, with what happens beside their usual values; remedies for overfitting."""

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.frame.navigation import page_link
from lesson.training.engine.settings import RunSettings
from lesson.training.live.controls import GOOD_START
from lesson.training.parameters import CONTROLS

_SGD = {"optimiser": "sgd", "rate": "3"}  # with Adam a threshold hardly matters
# Of each hyperparameter: its control, a value that is too low and one that is too high, for the address.
GUIDE = (
    ("hidden_size", "hidden", {"hidden": "4"}, {"hidden": "256", "text": "rhymes"}),
    ("seq_length", "seq", {"seq": "5"}, {"seq": "500"}),
    ("learning_rate", "rate", {"rate": "0.00001"}, {"rate": "1"}),
    ("epochs", "budget", {"budget": "1 epoch"}, {"budget": "100 epochs", "text": "rhymes"}),
    ("clip_norm", "clip", {"clip": "norm 0.1", **_SGD}, {"clip": "nothing", **_SGD, "kind": "rnn"}),
    ("bf", "bias", {"bias": "-3"}, {"bias": "8"}),
    ("temperature", "temperature", {"temperature": "0.2"}, {"temperature": "1.5"}),
)
# What else is to be known of a hyperparameter, by its control.
REMARKS = {
    "rate": (
        "In your own Python code `net.update_weights` takes a plain step of gradient descent. It needs a "
        "rate of about 0.1, because its loss is summed over the steps and each number of its gradient is cut "
        "to ±5. A rate that falls during the training helps the loss to end lower: "
        '`--schedule cosine` on the command line, `schedule="cosine"` in `train` (Loshchilov & Hutter 2017).'
    ),
    "clip": (
        "Clipping by norm is from Pascanu et al. 2013, clipping by value from Mikolov 2012. In your own "
        "Python code `net.backward` clips by value and limits each number to ±5. There the loss is summed "
        "over the steps, so over 50 steps its gradients are 50 times as large."
    ),
    "bias": (
        "Keras begins with $b_f = 1$, with input weights as in Glorot & Bengio 2010 and with orthogonal "
        "recurrent weights (Saxe et al. 2014). PyTorch begins with small random numbers everywhere, also "
        "for $b_f$."
    ),
}
# Against overfitting: what to do, how it is asked for on the command line and in `train`, and why it helps.
REMEDIES = (
    ("Keep the best epoch.", "`--patience 10`, `patience=10`, `best_network()`",
     "The command `lstm train` saves the weights of the epoch with the lowest validation loss. With a "
     "*patience* of 10 the run also stops early: after 10 epochs in a row without a new lowest loss."),
    ("Get more text.", "", "A longer text is harder to memorise."),
    ("Use fewer units.", "`--hidden-size 64`", "A smaller network has less room for details of one text."),
    ("Use dropout.", "`--dropout 0.4`, `dropout=0.4`",
     "In training, some outputs of each layer, chosen at random, are set to 0. This is done to what goes to "
     "the next layer, not to the state that goes to the next step (Zaremba et al. 2014)."),
    ("Use weight decay.", "`--weight-decay 0.05`, `weight_decay=0.05`",
     "Each update also makes all weights, but no bias, a little smaller (Loshchilov & Hutter 2019). In the "
     "three texts that we tried 0.05 made no difference."),
)  # fmt: skip


def show() -> None:
    """Show the hyperparameters with their links, and the remedies."""
    first = RunSettings()
    st.subheader("Hyperparameters")
    page_link(
        "4_training.py",
        "Open the part Live of Training with good settings to begin with",
        {"tab": "Live", **GOOD_START},
    )
    note(
        "Each link opens the part *Live* of the page *Training*. There every setting has the value with "
        f"which this part begins ({first.hidden} units, learning rate {first.rate:g}); only the settings "
        "named in the link are different. The run is then fast enough for a demonstration."
    )
    for name, control, low, high in GUIDE:
        entry = CONTROLS[control]
        with st.container(border=True):
            prose(f"**`{name}`**: {entry.usual}")
            if control in REMARKS:
                note(REMARKS[control])
            left, right = st.columns(2)
            with left:
                prose(f"Too low: {entry.too_low}")
                page_link("4_training.py", f"Try {_named(low)}", {"tab": "Live", **low})
            with right:
                prose(f"Too high: {entry.too_high}")
                page_link("4_training.py", f"Try {_named(high)}", {"tab": "Live", **high})
    st.subheader("Against overfitting")
    prose("\n".join(f"- {line}" for line in remedy_lines()))
    note(
        "An option that begins with `--` belongs to the command `lstm train` (see *On your own machine* "
        "below). The others are for Python: arguments of the function `train`, and `best_network()`, a "
        "method of the object that `train` returns. If you don't set dropout, weight decay, schedule and "
        "patience, the command chooses them by the sizes of the text and of the network."
    )


def remedy_lines() -> list[str]:
    """Write each remedy as a line: what to do, why it helps, and its options."""
    return [f"**{do}** {why}{f' Options: {options}.' if options else ''}" for do, options, why in REMEDIES]


def _named(query: dict[str, str]) -> str:
    """Name what a link sets: the setting and its value; a length of training and a text by themselves."""
    alone = {"budget", "text"}
    return ", ".join(
        value if name in alone else f"{CONTROLS[name].label.lower()} {value}" for name, value in query.items()
    )
