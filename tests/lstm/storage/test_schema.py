"""The parts of a checkpoint: training, history and snapshots that are none are refused, and not written."""

import io
import json

import numpy as np
import pytest

from lstm import LSTM, InputError, train
from lstm.storage.checkpoint import dump, read_bytes
from lstm.storage.history import History
from tests.files import VOCABULARY, V, good_arrays, npz, refusal_of

ROWS = np.arange(3.0)


@pytest.mark.parametrize(
    "history",
    [
        {"loss": ROWS.astype(complex)}, {"loss": ROWS > 1}, {"loss": ROWS.astype("U8")}, {"loss": ROWS[:2]},
        {"loss": ROWS.astype(np.longdouble)}, {"loss": np.float64(1)}, {"loss": np.zeros((3, 2))},
        {"loss": np.zeros((3, 0))}, {"loss": np.zeros(20_001)}, {"loss": np.zeros(0), "step": ROWS},
        {"step": [3, 2, 1]}, {"step": [1, 1, 2]}, {"step": [1, np.nan, 3]}, {"step": [-1, 0, 1]},
        {"step": [1, 2, np.inf]}, {"step": [1, 2, 1e300]}, {"step": [1, 2, 2**31]},
        {"epoch": [1, 1, -1]}, {"seconds": [0, 1, np.nan]},
        {"characters": [0, 1, 2**54]}, {f"c{k}": ROWS for k in range(32)}, {"if**": ROWS}, {"x" * 41: ROWS},
        {"step": np.float16([1, 1, 2])}, {"a/b": ROWS}, {"é": ROWS}, {"": ROWS}, {"1": ROWS},
    ],
    ids=lambda history: repr(history)[:50],
)  # fmt: skip
def test_a_history_that_is_no_table_of_numbers_is_refused_and_not_written(history):
    arrays = {f"history/{name}": np.asarray(column) for name, column in history.items()}
    others = {"history/loss": ROWS, "history/step": ROWS}
    refusal_of(npz(good_arrays() | others | arrays))
    if list(history) != ["loss"] or np.asarray(history["loss"]).shape != (2,):
        with pytest.raises(InputError, match="could not be read again"):
            dump(LSTM(V, 4, V, seed=1), VOCABULARY, history={"x": ROWS, **history})


def trained():
    """A file with a training, its arrays by name."""
    net = LSTM(V, 4, V, seed=1)
    training = train(net, np.arange(300) % V, epochs=1, seq_length=5, batch_size=2)
    next(training)
    with np.load(io.BytesIO(dump(net, VOCABULARY, training)), allow_pickle=False) as arrays:
        return dict(arrays)


TRAINED = trained()
STATE = sorted(name for name in TRAINED if name.startswith("training/"))
SIZE = TRAINED["training/optimiser_m"].size


def test_the_file_with_a_training_is_good():
    assert len(STATE) == 9 and read_bytes(npz(TRAINED)).training["step"] == 1


@pytest.mark.parametrize("name", STATE)
def test_a_part_of_a_training_that_does_not_fit_is_refused(name):
    without = npz({other: value for other, value in TRAINED.items() if other != name})
    if name == "training/validation_text":  # an older file
        assert "validation_text" not in read_bytes(without).training
    else:
        refusal_of(without)
    value = TRAINED[name]
    for wrong in (
        (value % 9).astype(np.float16), value.astype(complex), value[..., None], np.zeros(0),
        np.full(value.shape, np.nan), np.full(value.shape, np.inf), value.astype(bool), np.zeros(10**6),
        np.full(value.shape, np.nan, value.dtype) if value.dtype.kind == "f" else value - 2**40,
    ):  # fmt: skip
        if not (wrong.dtype == np.float16 and name == "training/seconds"):  # it fits: a number of seconds
            refusal_of(npz(TRAINED | {name: wrong}))


@pytest.mark.parametrize(
    "changes",
    [
        {"training/optimiser_m": np.zeros(1, np.float32)}, {"training/optimiser_m": np.zeros((), np.float32)},
        {"training/optimiser_v": np.full(SIZE, -1, np.float32)}, {"training/step": np.array(2**31)},
        {"training/optimiser_steps": np.array(-1)}, {"training/seconds": np.array(-1.0)},
        {"training/carried_x": np.zeros((2, 4), np.float32)}, {"training/surprise": np.zeros(3)},
    ],
    ids=str,
)  # fmt: skip
def test_a_training_with_impossible_numbers_is_refused(changes):
    refusal_of(npz(TRAINED | changes))


@pytest.mark.parametrize(
    "settings",
    [None, {"batch_size": 3}, {"optimiser": "sgd"}, {"validation_share": "x"}, {"validation_share": 1},
     {"validation_share": None}, {"validation_share": -0.1}, {"epochs": 10**9}, {"learning_rate": 1e300}],
    ids=str,
)  # fmt: skip
def test_settings_that_do_not_fit_the_training_are_refused(settings):
    header = json.loads(TRAINED["header"].tobytes())
    header["settings"] = settings and header["settings"] | settings
    refusal_of(npz(TRAINED | {"header": np.frombuffer(json.dumps(header).encode(), np.uint8)}))


def test_a_run_bounded_by_time_is_written_and_read_whatever_its_last_step_would_be():
    net = LSTM(V, 4, V, seed=1)
    training = train(net, np.arange(300_000) % V, epochs=10**6, seq_length=1, batch_size=1)
    history = History()
    history.append(next(training))
    assert training.steps > 2**37
    assert read_bytes(dump(net, VOCABULARY, training, history=history.columns())).training["step"] == 1


def test_settings_without_a_training_are_refused():
    refusal_of(npz({name: value for name, value in TRAINED.items() if name not in STATE}))


MOMENTS = {
    "step": np.arange(2), "loss": np.arange(2.0), "validation_loss": np.arange(2.0),
    "weights": np.zeros((2, SIZE), np.float16), "samples": np.zeros((2, 5), np.uint16),
}  # fmt: skip


def with_moments(**changes):
    moments = {f"snapshots/{name}": value for name, value in (MOMENTS | changes).items()}
    return npz(good_arrays() | moments)


@pytest.mark.parametrize(
    "changes",
    [
        {"weights": np.zeros((2, SIZE))}, {"weights": np.zeros((2, SIZE - 1), np.float16)},
        {"weights": np.full((2, SIZE), np.nan, np.float16)}, {"weights": np.zeros((2, SIZE, 1), np.float16)},
        {"samples": np.zeros((2, 5))}, {"samples": np.full((2, 5), -1)},
        {"samples": np.full((2, 5), V, np.uint16)},
        {"step": np.array([1, 0])}, {"step": np.array([-1, 0])}, {"step": np.array([0.0, np.nan])},
        {"loss": np.zeros((2, 2))}, {"loss": np.zeros(2, complex)}, {"validation_loss": np.zeros(3)},
        {name: value[:0] for name, value in MOMENTS.items()},
        {name: np.repeat(value, 501, 0) for name, value in MOMENTS.items()} | {"step": np.arange(1002)},
    ],
    ids=lambda changes: repr(changes)[:40],
)  # fmt: skip
def test_snapshots_that_do_not_fit_are_refused(changes):
    assert len(read_bytes(with_moments()).snapshots) == 2
    refusal_of(with_moments(**changes))
