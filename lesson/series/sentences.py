"""What is said of a setting and of a run, computed from the numbers."""

from lesson.series.settings import Setting
from lstm.equations import sigmoid
from lstm.series.reach import left_of_state, share_together
from lstm.series.run import BATCH, LEARNED
from lstm.series.streams import GAP, PAIRS, PERIOD
from visualization.numbers import percent, scientific, superscript

SEQUENCES = (
    "The network is trained on **sequences** of some steps: a gradient goes back only within one. The state "
    "is *carried on*: the next sequence begins with the last C and h. Each LSTM begins with a forget bias "
    "$b_f$ and the input bias $b_i = −b_f$: what keeps more lets in less."
)
WHAT = {
    "spike": f"A series of noise with a spike now and then. {GAP} steps after a spike the network is "
    "asked which value it had.",
    "adding": f"Problems of {PAIRS} values each; two of them are marked, and at the end the network is asked "
    "for 0.5 + (their sum) / 4.",
    "sine": f"A sine with a period of {PERIOD} steps and noise. The network predicts the next value.",
    "own": "The end of your series, scaled. The network predicts the next value.",
}
OF_MEAN = "of the loss of always predicting the mean"
_NOTHING = 0.9  # of the mean's loss: above it, a network has learned next to nothing
_ABOVE = 1.1  # of the variance: no longer near it
_ENOUGH = 0.01  # of a state, over a hundred steps: with less it is very unlikely to learn
_NARROW = 0.001  # of an input gate at first
_EARLY = 100  # updates after which that can be said


def before(setting: Setting) -> str:
    """Say what can be known of a setting before any training."""
    length = setting.steps
    cost = f"An update reads {BATCH} × {length} = {BATCH * length:,} steps."
    if setting.task == "own":
        cost = f"The gradient goes back over at most {length} steps; the state is carried on."
    if setting.task in ("sine", "own"):
        periods = "1 period" if length == PERIOD else f"{length / PERIOD:g} periods"
        of_each = f" Each of the {BATCH} sequences holds {periods} of the sine."
        return cost + (of_each if setting.task == "sine" else "")
    return f"{_together(setting)} {_left(setting)} {cost}"


def _together(setting: Setting) -> str:
    share = share_together(setting.task, setting.length)
    if setting.task == "adding":
        if share:
            more = " Longer sequences change nothing." if setting.length > PAIRS else ""
            return f"A sequence holds a whole problem; a problem has {PAIRS} steps.{more}"
        return (
            f"A sequence of {setting.length} steps never holds a marked value and the question, which comes "
            f"with the last of the problem's {PAIRS} steps: both values lie in the first half."
        )
    if share:
        return f"{percent(share)} of the questions have their spike in the same sequence."
    if setting.length == GAP:
        return (
            f"A spike and its question, {GAP} steps later, are {GAP + 1} steps in all: a sequence of {GAP} "
            "never "
            "holds both."
        )
    return f"Sequences of {setting.length} steps never hold both a spike and its question."


def _left(setting: Setting) -> str:
    """Say what a state keeps over a hundred steps."""
    if not setting.gate:
        return "An RNN has no gate that keeps its state."
    state = "C" if setting.cell == "LSTM" else "h"
    left = float(left_of_state(setting.bias, GAP)[-1])
    gate = float(sigmoid(float(setting.bias)))
    return (
        f"With {setting.gate} = {setting.bias} the gate is {gate:.4g} at first if its other inputs are 0: "
        f"over {GAP} steps it leaves {gate:.4g}{superscript(GAP)} = **{scientific(left)}** of "
        f"{state}.{_shut(setting)}"
    )


def _shut(setting: Setting) -> str:
    """Say that hardly anything gets in at first, where it is so."""
    let_in = float(sigmoid(-float(setting.bias)))
    if not setting.gate or let_in >= _NARROW:
        return ""
    if setting.cell == "GRU":
        share = f"σ(−{setting.bias}) = {scientific(let_in)}"
        return f" But the share of new values, 1 − z, is only {share} at first."
    return (
        f" But $b_i$ = −{setting.bias}, so the input gate is almost shut at first: σ(−{setting.bias}) = "
        f"{scientific(let_in)}."
    )


def verdict(setting: Setting, update: int, share: float, finished: bool, learned: int | None) -> str:
    """Say what a run has come to: its test loss as a share of the mean's, and why.

    learned: the update of the first test below the task's threshold, if there was one.  The mean's loss is
    the variance of what is asked for.
    """
    task = setting.task
    if task in ("sine", "own") or (update < _EARLY and learned is None and not finished):
        return f"After {update} updates the test loss is {_share(share)} {OF_MEAN}."
    if learned is not None:
        return (
            f"**Learned:** after {learned} updates the test loss was below {percent(LEARNED[task])} of the "
            f"variance; after {update} it is {_share(share)} of it."
        )
    where = f"{'near' if share < _ABOVE else 'above'} the variance ({_share(share)} of it)"
    if share > _NOTHING and not finished and can_learn(setting):
        return (
            f"**Still {where} after {update} updates.** The sequences are long enough, and the state "
            f"keeps enough at first.{_shut(setting)} Often the loss stays near the variance for some hundred "
            "updates before it falls."
        )
    if share > _NOTHING:
        return (
            f"**{where.capitalize()} after {update} updates: it has learned next to nothing.** "
            f"{why_not(setting)}"
        )
    state = "It has learned a part" if finished else "It is learning"
    return f"**{state}:** after {update} updates the test loss is {_share(share)} of the variance."


def can_learn(setting: Setting) -> bool:
    """Return whether neither the length nor the gate stands in the way before training."""
    left = float(left_of_state(setting.bias, GAP)[-1]) if setting.gate else 0.0
    return bool(share_together(setting.task, setting.length)) and left >= _ENOUGH


def why_not(setting: Setting) -> str:
    """Say what stands in the way of a setting, as far as it is known before training."""
    if not share_together(setting.task, setting.length):
        what = "the spike" if setting.task == "spike" else "a marked value"
        return (
            f"{_together(setting)} So no error ever goes back to {what}. The loss does not "
            "say so: it just stays where it is."
        )
    if not setting.gate:
        return "The sequences are long enough. But the RNN has no gate that would keep a value for so long."
    left = float(left_of_state(setting.bias, GAP)[-1])
    if left < _ENOUGH:
        return (
            f"The sequences are long enough. But with {setting.gate} = {setting.bias} only "
            f"{scientific(left)} of a "
            "state is left after 100 steps at first, and about as little of the gradient."
        )
    if shut := _shut(setting):
        return f"The sequences are long enough, and the state keeps enough.{shut}"
    return (
        "The sequences are long enough, and the state keeps enough. More updates or another seed may do it."
    )


def _share(share: float) -> str:
    if 0.995 <= share < 1:
        return "just under 100%"  # it is said to be below the mean, too
    return "far above 100%" if share > 10 else f"{share:.1%}" if share < 0.1 else f"{share:.0%}"
