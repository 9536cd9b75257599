"""The best epoch is kept, the run stops when none is better, and both survive a file to the bit."""

import copy
import dataclasses
import io
import json

import numpy as np
import pytest

from lstm import LSTM, InputError, Vocabulary, train
from lstm.network import NETWORKS
from lstm.storage.checkpoint import dump, read_bytes
from lstm.training import evaluate
from tests.files import npz, refusal_of


def half_a_rule():
    """500 indices, each the next of six or, as often, any: what is learned besides the rule is by heart."""
    rng = np.random.default_rng(0)
    ids = [0]
    for _ in range(499):
        ids.append((ids[-1] + 1) % 6 if rng.random() < 0.5 else int(rng.integers(6)))
    return np.array(ids)


IDS = half_a_rule()
VOCABULARY = Vocabulary("abcdef")
CHUNKS = 11  # 450 characters to train on: 4 stretches of 112
OVERFITTING = {"epochs": 12, "seq_length": 10, "batch_size": 4, "learning_rate": 0.05}
VALIDATION = IDS[-50:]


@pytest.fixture
def new(kind):
    return lambda: NETWORKS[kind](6, 12, 6, seed=1)


def resumed(data, **changes):
    """The run that goes on with a file."""
    checkpoint = read_bytes(data)
    settings = dataclasses.asdict(checkpoint.settings) | changes
    return train(checkpoint.net, IDS, resume=checkpoint.training, **settings)


def validations(training):
    return {p.epoch: p.validation_loss for p in training if p.validation_loss is not None}


# -- which epoch --


def test_the_best_epoch_is_that_of_the_lowest_validation_loss(new):
    training = train(new(), IDS, **OVERFITTING)
    losses = validations(training)
    assert 1 < training.best_epoch < 12
    assert training.best_loss == min(losses.values()) < losses[12] - 0.1  # it overfits: the last is worse
    assert losses[training.best_epoch] == training.best_loss
    assert evaluate(training.best_network(), VALIDATION) == training.best_loss
    assert evaluate(training.net, VALIDATION) == losses[12]


def test_of_two_equal_epochs_the_first_is_the_best(new, monkeypatch):
    monkeypatch.setattr("lstm.training.training.evaluate", lambda net, ids: 1.0)
    training = train(new(), IDS, **OVERFITTING)
    list(training)
    assert training.best_epoch == 1


def test_the_best_network_is_one_of_its_own(new):
    training = train(new(), IDS, **OVERFITTING | {"epochs": 1})
    list(training)
    training.best_network().weights.flat[:] = 0
    assert training.net.weights.flat.any() and training.best_network().weights.flat.any()
    next(train(training.net, IDS, **OVERFITTING))
    assert evaluate(training.best_network(), VALIDATION) == training.best_loss


def test_before_the_first_epoch_and_without_validation_it_is_the_latest(new):
    training = train(new(), IDS, **OVERFITTING | {"epochs": 2}, validation_share=0)
    for _ in training:
        assert (training.best_epoch, training.best_loss, training.stop_reason) == (None, None, None)
        np.testing.assert_array_equal(training.best_network().weights.flat, training.net.weights.flat)
    assert training.step == 2 * (499 // 4 // 10)


@pytest.mark.parametrize("loss", [np.nan, np.inf])
def test_a_loss_that_is_no_number_is_never_the_best(new, monkeypatch, loss):
    monkeypatch.setattr("lstm.training.training.evaluate", lambda net, ids: loss)
    training = train(new(), IDS, **OVERFITTING | {"epochs": 3, "patience": 1})
    assert len(list(training)) == 3 * CHUNKS and training.best_epoch is None


# -- stopping --


@pytest.mark.parametrize("patience", [1, 3])
def test_patience_ends_a_run_and_says_why(new, patience):
    free, patient = (
        train(new(), IDS, **OVERFITTING | {"patience": p, "epochs": 12}) for p in (None, patience)
    )
    losses, fewer = validations(free), validations(patient)
    assert losses == losses | fewer
    last = max(fewer)
    assert last == patient.best_epoch + patience < 12
    epochs = "1 epoch" if patience == 1 else "3 epochs"
    assert patient.stop_reason == (
        f"No better validation loss for {epochs}; "
        f"the best was {patient.best_loss:.2f} at epoch {last - patience}."
    )
    assert next(patient, None) is None and free.stop_reason is None


def test_a_run_that_stopped_goes_on_with_more_patience(new):
    whole = train(new(), IDS, **OVERFITTING)
    expected = validations(whole)
    first = train(new(), IDS, **OVERFITTING, patience=1)
    losses = validations(first)
    second = resumed(dump(first.net, VOCABULARY, first), patience=None)
    assert losses | validations(second) == expected
    assert second.net.weights.flat.tobytes() == whole.net.weights.flat.tobytes()


# -- in a file --


@pytest.mark.slow
@pytest.mark.parametrize("epochs", [1, 11])
def test_a_file_holds_the_best_weights_and_goes_on_with_the_latest(new, epochs):
    whole = train(new(), IDS, **OVERFITTING)
    expected = [(p.loss, p.validation_loss) for p in whole]
    stopped = train(new(), IDS, **OVERFITTING)
    for _ in range(epochs * CHUNKS + 4):
        next(stopped)
    data = dump(stopped.net, VOCABULARY, stopped)
    assert evaluate(read_bytes(data).net, VALIDATION) == stopped.best_loss
    going_on = resumed(data)
    assert going_on.net.weights.flat.tobytes() == stopped.net.weights.flat.tobytes()
    assert (going_on.best_epoch, going_on.best_loss) == (stopped.best_epoch, stopped.best_loss)
    assert [(p.loss, p.validation_loss) for p in going_on] == expected[epochs * CHUNKS + 4 :]
    for run in (going_on, whole):
        assert run.best_network().weights.flat.tobytes() == whole.best_network().weights.flat.tobytes()
    assert going_on.net.weights.flat.tobytes() == whole.net.weights.flat.tobytes()


def test_a_file_of_an_earlier_version_goes_on_without_a_best_epoch(new):
    whole = train(new(), IDS, **OVERFITTING)
    expected = [(p.loss, p.validation_loss) for p in whole]
    stopped = train(new(), IDS, **OVERFITTING)
    for _ in range(CHUNKS + 2):
        next(stopped)
    state, latest = stopped.state(), copy.deepcopy(stopped.net)
    old = {n: a for n, a in state.items() if n != "weights" and not n.startswith("best_")}
    with_best = arrays_of(dump(stopped.net, VOCABULARY, stopped))
    header = json.loads(with_best["header"].tobytes())
    for name in ("schedule", "warm_up", "weight_decay", "dropout", "patience", "line_end"):
        del header["settings"][name]
    data = npz(
        arrays_of(dump(latest, VOCABULARY))
        | {f"training/{name}": array for name, array in old.items()}
        | {"header": np.frombuffer(json.dumps(header).encode(), np.uint8)}
    )
    going_on = resumed(data)
    assert going_on.best_epoch is None
    assert [(p.loss, p.validation_loss) for p in going_on] == expected[CHUNKS + 2 :]


def arrays_of(data):
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return dict(arrays)


def trained():
    """A file with a training that knows its best epoch."""
    training = train(LSTM(6, 4, 6, seed=1), IDS, **OVERFITTING | {"epochs": 1})
    list(training)
    return arrays_of(dump(training.net, VOCABULARY, training))


TRAINED = trained()
SIZE = TRAINED["training/weights"].size


def test_the_best_weights_stand_in_a_file_once():
    assert "training/best_weights" not in TRAINED
    state = read_bytes(npz(TRAINED)).training
    assert state["best_epoch"] == 1 and state["best_weights"].shape == (SIZE,)


@pytest.mark.parametrize(
    "changes",
    [
        {"weights": None}, {"best_epoch": None}, {"best_loss": None},
        {"best_weights": TRAINED["training/weights"]},
        {"weights": np.zeros(SIZE)}, {"weights": np.zeros(SIZE - 1, np.float32)},
        {"weights": np.full(SIZE, np.nan, np.float32)}, {"weights": np.zeros(10**6, np.float32)},
        {"best_epoch": np.array(1.0)}, {"best_epoch": np.array([1])}, {"best_epoch": np.array(-1)},
        {"best_epoch": np.array(2**60)}, {"best_epoch": np.array(True)},
        {"best_loss": np.array(np.nan)}, {"best_loss": np.array(np.inf)}, {"best_loss": np.array(-1.0)},
        {"best_loss": np.array([1.0])}, {"best_loss": np.array(1j)}, {"best_loss": np.array("1")},
    ],
    ids=lambda changes: repr(changes)[:50],
)  # fmt: skip
def test_a_best_epoch_that_can_not_be_is_refused(changes):
    changed = TRAINED | {f"training/{name}": value for name, value in changes.items()}
    refusal_of(npz({name: value for name, value in changed.items() if value is not None}))


@pytest.mark.parametrize("epoch", [0, 2])
def test_a_best_epoch_that_was_not_read_is_refused_when_the_run_goes_on(epoch):
    data = npz(TRAINED | {"training/best_epoch": np.array(epoch)})
    with pytest.raises(InputError, match="saved training"):
        resumed(data)


def test_a_training_that_is_refused_changes_no_weight(new):
    training = train(new(), IDS, **OVERFITTING)
    for _ in range(2 * CHUNKS):
        next(training)
    net = new()
    for damage in ({"best_loss": np.array(np.nan)}, {"weights": np.zeros(3)}, {"text": np.array(0)}):
        with pytest.raises(InputError, match="saved training"):
            train(net, IDS, resume=training.state() | damage, **OVERFITTING)
    assert net.weights.flat.tobytes() == new().weights.flat.tobytes()


def test_latest_weights_that_are_no_numbers_are_not_written(new):
    training = train(new(), IDS, **OVERFITTING)
    for _ in range(CHUNKS):
        next(training)
    training.net.weights.flat[0] = np.nan
    with pytest.raises(InputError, match="not numbers"):
        dump(training.net, VOCABULARY, training)
