"""Settings to begin with, for a text about which nothing more is known than its size."""

from typing import Any

# `input_scale` of a new network that reads characters.  After 40 epochs of 32 sequences at rate 0.001 the
# play below is at 1.65 with it, at 1.84 without, and at 1.81 with the first weights of PyTorch.
INPUT_SCALE = 1.0
_CHUNKS = 100  # steps in an epoch, or more: with 50 the same epochs learn less, with 200 they take longer
_BATCHES = (1, 2, 4, 8, 16, 32)
_RATE = {"adam": 0.004, "sgd": 2.0}
# A step shrinks the weights by this times the rate: by 0.0002 with both.
_WEIGHT_DECAY = {"adam": 0.05, "sgd": 0.0001}
_WARM_UP = 0.02, 100  # of the run's steps, and steps at most
_PATIENCE = 10  # epochs
_MEASURED_SIZE = 128  # units: the size that the rates were found with
# Numbers of the network for each character of the text: with more it overfits, with fewer hardly.
_MANY_NUMBERS = 0.3


def default_recipe(
    characters: int,
    vocabulary_size: int,
    hidden_size: int = 128,
    *,
    seq_length: int = 50,
    epochs: int = 50,
    optimiser: str = "adam",
) -> dict[str, Any]:
    """Return settings for `train` that suit a text and a network of these sizes, by name.

    characters: to train on, validation apart.  The rate falls along a cosine, so that a run of any length
    ends with small steps; patience ends it where that no longer helps.  Small texts are read in small
    batches, for else an epoch has too few steps.  Dropout and weight decay are for networks with about as
    many numbers as the text has characters, or more.

    Found on three texts of 100,000 characters with an LSTM of 128 units and `INPUT_SCALE`, at most 50 epochs.
    Best validation loss with it: a play 1.60, a shuffled list of names 1.93, Python 0.94.  The first input
    weights and the dropout belong together: on the play dropout 0.1 reaches 1.62 with them and 1.63 without,
    0.4 reaches 1.60 in half the epochs.  Weight decay 0 is as good as 0.05; 0.2 reaches 1.63 only.  Plain
    SGD: on the course's recipes 0.31 after 20 epochs at a rate of 1, 0.29 from 2 to 10; an RNN explodes at 5.
    """
    batch_size = max(b for b in _BATCHES if b == 1 or characters // (b * max(1, seq_length)) >= _CHUNKS)
    steps = epochs * max(1, characters // (batch_size * max(1, seq_length)))
    share, most = _WARM_UP
    # The sums that a unit takes grow with the square root of its inputs.
    size = (_MEASURED_SIZE / max(_MEASURED_SIZE, hidden_size)) ** 0.5
    numbers = hidden_size * (4 * (hidden_size + vocabulary_size + 1) + vocabulary_size)  # of an LSTM
    many = numbers > _MANY_NUMBERS * characters
    return {
        "epochs": epochs,
        "seq_length": seq_length,
        "batch_size": batch_size,
        "optimiser": optimiser,
        "learning_rate": _RATE[optimiser] * size,
        "schedule": "cosine",
        "warm_up": min(most, int(share * steps)),
        "weight_decay": _WEIGHT_DECAY[optimiser] if many else 0.0,
        "dropout": 0.4 if many else 0.0,
        "patience": _PATIENCE,
    }
