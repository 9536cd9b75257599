"""Where the GRU's r stands: before the product, as Cho et al. have it, or after it, as PyTorch does."""

from lesson.frame.glossary import prose
from lesson.frame.memo import memo
from lesson.pytorch.networks import loss_of, model_of
from lstm.network import Network, ResetAfterGRU
from visualization.equations import Latex, equation


def show() -> None:
    """Show both equations, and how far apart the two cells are with the same weights."""
    before, after = (_written(cell) for cell in ("gru", "gru_reset_after"))
    here, there = losses()
    prose(
        "**Where r stands.** The GRU of this course is that of Cho et al. (2014), with $r_t$ before the "
        f"product:\n\n$${before}$$\n\nPyTorch and Keras have $r_t$ after the product, and the product has a "
        f"bias $c_h$ of its own:\n\n$${after}$$\n\nIn general no choice of weights makes the "
        f"two equal. How different are they? We trained the first GRU; on new text its loss is "
        f"{here:.2f} nats per character. With exactly the same weights, and $c_h = 0$, the loss of the "
        f"second GRU is {there:.2f}. So if you want to use a GRU in PyTorch, train the second one from the "
        "start: `ResetAfterGRU` in the library, `--cell gru_reset_after` on the command line. The weights of "
        "a `ResetAfterGRU` can go to PyTorch and back without any change, and an `nn.GRU` becomes a "
        "`ResetAfterGRU` here."
    )


def _written(cell: str) -> str:
    """Return the equation of a GRU's candidate as a formula."""
    return rf"\tilde h_t = {Latex().write(equation('h_tilde', cell).right)}"


@memo()
def losses() -> tuple[float, float]:
    """Return the loss of the fables' GRU, and of the other GRU with its weights, in nats per character."""
    net = model_of("GRU").net
    return loss_of(net, "GRU"), loss_of(with_reset_after(net), "GRU")


def with_reset_after(net: Network) -> ResetAfterGRU:
    """Return the other GRU with the same weights; its second bias is 0."""
    other = ResetAfterGRU(net.input_size, net.hidden_size, net.output_size, seed=0, dtype=net.dtype)
    for name in ("Wh", "Wz", "Wr", "bh", "bz", "br", "Wy", "by"):
        other.weights[name][:] = net.weights[name]
    other.weights["ch"][:] = 0
    return other
