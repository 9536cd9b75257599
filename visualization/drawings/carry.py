"""What is left of a signal that an LSTM and an RNN carry along."""

from numpy.typing import NDArray

from visualization.numbers import number


def describe_signal(values: tuple[NDArray, NDArray]) -> str:
    """How much of it each has at the end; values: the cell state and the hidden state, (T,) each."""
    lstm, rnn = values
    return (
        f"After {len(lstm)} steps the LSTM's cell state is {number(lstm[-1])}; at step 1 it was "
        f"{number(lstm[0])}. The RNN's hidden state is {number(rnn[-1])}; at step 1 it was {number(rnn[0])}."
    )
