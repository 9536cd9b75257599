"""The weights here and in another library: which rows are which gate, and the same numbers in both."""

import streamlit as st

from lesson.frame.glossary import prose
from lesson.frame.links import complain, mend
from lesson.frame.memo import memo
from lesson.frame.style import theme
from lesson.pytorch import challenge, reset_gate
from lesson.pytorch.networks import model_of, state_of
from lesson.pytorch.parameters import ALL_GATES, CELL, GATE, LIBRARY
from lesson.widgets.display import Spec, draw, ready
from lstm.exchange import LAYOUTS, Layout
from lstm.exchange.weights import layers_of
from lstm.network import Network
from visualization.charts.weight_blocks import Stack, describe_weight_blocks, plot_weight_blocks
from visualization.palette import Theme
from visualization.symbols import SYMBOLS, symbol_of_letter

# The symbol that each gate's weights compute, by the number of gates and our letter.
_SYMBOLS = {1: {"h": "h"}, 3: {"h": "h_tilde"}, 4: {"c": "C_tilde"}}


def show() -> str:
    """Show the controls, the picture and one number in both places; return the cell that is chosen."""
    complain(mend(CELL, LIBRARY))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        cell = CELL.segmented_control()
        library = LIBRARY.segmented_control()
        net = model_of(cell).net
        stack = stack_of(net)
        choice = GATE.among([ALL_GATES, *(SYMBOLS[symbol].letter for symbol in stack.symbols)])
        complain(mend(choice))
        letter = choice.pills() if len(stack.symbols) > 1 else ALL_GATES
    gate = "" if letter == ALL_GATES else symbol_of_letter(letter).id
    layout = LAYOUTS[library]
    draw(*_chart(stack, library, gate, theme()), key="weight_blocks")
    _one_number(net, stack, layout, gate or stack.symbols[0])
    challenge.show(stack, layout)
    prose(_ABOUT[library])
    if net.kind == "gru":
        reset_gate.show()
    elif library == "PyTorch":
        ours, theirs = net.weights.flat.size, sum(array.size for array in state_of(net).values())
        prose(
            f"With the second bias this network has {theirs:,} parameters in PyTorch; it has {ours:,} here."
        )
    return cell


@memo(entries=100)
def _chart(stack: Stack, library: str, gate: str, tone: Theme) -> tuple[Spec, str]:
    """Return the chart of the blocks, and the same in words."""
    layout = LAYOUTS[library]
    chart = plot_weight_blocks(stack, layout, gate, tone)
    return ready(chart, tone), describe_weight_blocks(stack, layout, gate)


def stack_of(net: Network) -> Stack:
    """Return how a network's gates are stored here."""
    symbols = _SYMBOLS[len(net.letters)]
    return Stack(
        net.letters, tuple(symbols.get(letter, letter) for letter in net.letters),
        net.hidden_size, net.input_size,
    )  # fmt: skip


def _one_number(net: Network, stack: Stack, layout: Layout, gate: str) -> None:
    """Show the first weights of a gate here, and where the same numbers stand in the library."""
    letter = stack.letters[stack.symbols.index(gate)]
    place = layout.order[len(stack.letters)].index(letter) * stack.hidden_size
    (layer,) = layers_of(net)
    H = stack.hidden_size
    here = f"net.W{letter}[0, 0]", f"net.W{letter}[0, {H}]", f"net.b{letter}[0]"
    values = layer.W_h[letter][0, 0], layer.W_x[letter][0, 0], layer.b[letter][0]
    rows = [f"| here | {layout.library} | the number |", "|---|---|--:|"]
    for ours, theirs, value in zip(here, _places(layout, place), values, strict=True):
        rows.append(f"| `{ours}` | `{theirs}` | {value:.4f} |".replace("| -", "| −"))
    prose(
        f"The first weights and the first bias of **{SYMBOLS[gate].letter}** in both places:\n\n"
        + "\n".join(rows)
    )


def _places(layout: Layout, place: int) -> tuple[str, str, str]:
    """Return where a gate's first weight for h, for x and its first bias stand in a library."""
    if layout.library == "Keras":
        return f"recurrent_kernel[0, {place}]", f"kernel[0, {place}]", f"bias[{place}]"
    if layout.library == "ONNX":
        return f"R[0, {place}, 0]", f"W[0, {place}, 0]", f"B[0, {place}]"
    return f"weight_hh_l0[{place}, 0]", f"weight_ih_l0[{place}, 0]", f"bias_ih_l0[{place}]"


_ABOUT = {
    "PyTorch": """
**One matrix becomes two.** Our $W$ has $H$ columns for $h_{t-1}$ and $D$ columns for $x_t$. PyTorch has a
matrix for each: `weight_hh_l0` and `weight_ih_l0`. The number after `l` is the layer.

**Two biases.** PyTorch computes $W_{ih} x_t + b_{ih} + W_{hh} h_{t-1} + b_{hh}$. For what
the network computes, only the sum of the two biases matters. So our bias goes into `bias_ih_l0`, and
`bias_hh_l0` is 0. When a PyTorch network is loaded here, its two biases are added. Only the candidate of
PyTorch's GRU needs the second bias as a separate number: in
$\\tanh(W_{ih} x_t + b_{ih} + r_t \\odot (W_{hh} h_{t-1} + b_{hh}))$ the gate $r_t$ multiplies $b_{hh}$,
but not $b_{ih}$.

**The start.** PyTorch draws all weights and biases from a uniform distribution between $-1/\\sqrt{H}$ and
$1/\\sqrt{H}$. So an `nn.LSTM` starts with a $b_f$ near 0. This course starts with $b_f = 1$. To start like
this in PyTorch, set the rows of f in `bias_ih_l0` to 1 and those in `bias_hh_l0` to 0.
""",
    "Keras": """
**Columns, not rows.** Keras multiplies from the other side, $x_t \\cdot K$. So for an LSTM its `kernel` is
$(D, 4H)$ and its `recurrent_kernel` is $(H, 4H)$: our blocks, transposed. This LSTM has one bias, and
starts with $b_f = 1$ (`unit_forget_bias`), as in this course. Only a GRU with `reset_after=True` has two
biases.
""",
    "ONNX": """
**One more axis.** For an LSTM the $W$ of ONNX is $(1, 4H, D)$ and its $R$ is $(1, 4H, H)$. The first axis
has the length 2 in a bidirectional network. $B$ is $(1, 8H)$: first the biases of $W$, then those of $R$.
Only their sum matters, except in a GRU with `linear_before_reset=1`.
""",
}
