"""What is left of a signal that an LSTM and an RNN carry along."""

from numpy.typing import NDArray

from visualization.numbers import number


def describe_signal(values: tuple[NDArray, NDArray]) -> str:
    """How much each holds at the end; values: its cell state and its hidden state, (T,) each."""
    lstm, rnn = values
    return (
        f"After {len(lstm)} steps the LSTM's cell state still holds {number(lstm[-1])} "
        f"of the {number(lstm[0])} that was put in, the RNN {number(rnn[-1])} of {number(rnn[0])}."
    )
