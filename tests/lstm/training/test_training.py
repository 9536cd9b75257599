"""Training: repeatable, resumable to the bit, and doing what its settings say."""

import dataclasses
import tracemalloc

import numpy as np
import pytest

from lstm import LSTM, InputError, Vocabulary, save, train
from lstm.network import NETWORKS
from lstm.optimisers import OPTIMISERS, SGD
from lstm.settings import Settings
from lstm.storage.checkpoint import read
from lstm.training import Progress, evaluate
from tests.lstm.textbook import attributes, network_loss

TEXT = "abac abad abae. " * 30
VOCABULARY = Vocabulary.from_text(TEXT)
IDS = VOCABULARY.encode(TEXT)
V = len(VOCABULARY)
# 432 characters to train on: 4 stretches of 107, 10 chunks an epoch.
SMALL = {"epochs": 2, "seq_length": 10, "batch_size": 4, "learning_rate": 0.01}
CHUNKS = 10


@pytest.fixture
def new(kind):
    """New networks with the same weights."""
    return lambda dtype=np.float32: NETWORKS[kind](V, 12, V, seed=1, dtype=dtype)


@pytest.fixture(params=sorted(OPTIMISERS))
def optimiser(request):
    return request.param


def losses(training):
    return [(p.loss, p.gradient_norm, p.validation_loss) for p in training]


def forward_of(net, monkeypatch):
    """A list that fills with (inputs, targets, state) of every forward pass."""
    seen, forward = [], net.forward

    def spy(inputs, targets, *state):
        seen.append((np.array(inputs), np.array(targets), [s.copy() for s in state]))
        return forward(inputs, targets, *state)

    monkeypatch.setattr(type(net), "forward", lambda self, *args: spy(*args))
    return seen


# -- the same again --


def test_the_same_seed_gives_the_same_bits(new, optimiser):
    one, two = new(), new()
    a, b = (losses(train(net, IDS, **SMALL, optimiser=optimiser)) for net in (one, two))
    assert a == b and len(a) == 2 * CHUNKS
    np.testing.assert_array_equal(one.weights.flat, two.weights.flat)


def test_another_seed_cuts_the_text_elsewhere(new):
    one, two = (losses(train(new(), IDS, **SMALL, seed=seed)) for seed in (0, 1))
    assert one != two


@pytest.mark.parametrize("stop", [1, 4, CHUNKS, CHUNKS + 3])
def test_stopped_and_resumed_through_a_file_is_not_stopped_at_all(new, optimiser, stop, tmp_path):
    whole = new()
    expected = losses(train(whole, IDS, **SMALL, optimiser=optimiser))

    stopped = new()
    training = train(stopped, IDS, **SMALL, optimiser=optimiser)
    found = [
        (p.loss, p.gradient_norm, p.validation_loss) for _, p in zip(range(stop), training, strict=False)
    ]
    save(tmp_path / "run.npz", stopped, VOCABULARY, training)
    checkpoint = read(tmp_path / "run.npz")
    settings = dataclasses.asdict(checkpoint.settings)
    found += losses(train(checkpoint.net, IDS, resume=checkpoint.training, **settings))

    assert found == expected
    np.testing.assert_array_equal(checkpoint.net.weights.flat, whole.weights.flat)


def test_saving_in_the_middle_does_not_disturb_the_run(new, tmp_path):
    undisturbed, net = new(), new()
    expected, found = losses(train(undisturbed, IDS, **SMALL)), []
    training = train(net, IDS, **SMALL)
    for progress in training:
        found.append((progress.loss, progress.gradient_norm, progress.validation_loss))
        save(tmp_path / "run.npz", net, VOCABULARY, training)
    assert found == expected


def test_a_finished_run_can_go_on_for_more_epochs(new):
    whole, net = new(), new()
    expected = losses(train(whole, IDS, **SMALL | {"epochs": 3}))
    first = train(net, IDS, **SMALL)
    found = losses(first)
    found += losses(train(net, IDS, resume=first.state(), **SMALL | {"epochs": 3}))
    assert found == expected


def test_counters_and_the_clock_go_on_after_resuming(new):
    net = new()
    training = train(net, IDS, **SMALL)
    before = next(training)
    after = next(train(net, IDS, resume=training.state(), **SMALL))
    assert (after.step, after.characters) == (2, 2 * before.characters)
    assert after.seconds > before.seconds


@pytest.mark.parametrize(
    "other",
    [
        {"batch_size": 3}, {"seq_length": 9}, {"optimiser": "sgd"}, {"validation_share": 0.3}, {"seed": 1},
        {"line_end": 0},
    ],
    ids=str,
)  # fmt: skip
def test_resuming_with_another_setting_that_matters_is_refused(new, other):
    net = new()
    training = train(net, IDS, **SMALL)
    next(training)
    with pytest.raises(InputError, match="saved training"):
        train(net, IDS, resume=training.state(), **SMALL | other)


def test_resuming_with_another_validation_part_is_refused(new, tmp_path):
    training = train(new(), IDS, **SMALL)
    next(training)
    other = IDS.copy()
    other[[-1, -2]] = other[[-2, -1]]
    assert other[-1] != other[-2] and len(training.batches.validation) > 2
    state = training.state()
    with pytest.raises(InputError, match="another text"):
        train(training.net, other, resume=state, **SMALL)
    older = {name: value for name, value in state.items() if name != "validation_text"}
    assert train(training.net, other, resume=older, **SMALL).step == 1  # it could not be told then
    save(tmp_path / "m.npz", training.net, VOCABULARY, training)
    assert read(tmp_path / "m.npz").training["validation_text"] == state["validation_text"]


def test_resuming_with_another_text_is_refused(new):
    net = new()
    training = train(net, IDS, **SMALL)
    next(training)
    for other in (IDS[::-1], IDS[:-60]):
        with pytest.raises(InputError, match="saved training"):
            train(net, other, resume=training.state(), **SMALL)


@pytest.mark.parametrize(
    "damage",
    [
        {"step": None},
        {"carried_h": None},
        {"optimiser_m": None},
        {"optimiser_m": np.zeros(3)},
        {"carried_h": np.zeros((4, 11))},
        {"step": np.zeros(2)},
        {"step": np.array(np.inf)},
        {"step": np.array(-1)},
        {"optimiser_steps": np.array(-1)},
    ],
    ids=str,
)
def test_resuming_from_a_damaged_state_is_refused(kind, new, damage):
    net = new()
    training = train(net, IDS, **SMALL)
    next(training)
    state = {name: value for name, value in (training.state() | damage).items() if value is not None}
    with pytest.raises(InputError):
        next(train(net, IDS, resume=state, **SMALL))


# -- what is read --


def test_chunks_continue_each_other_and_targets_are_the_next_characters(monkeypatch):
    ids = np.arange(97)  # every character once: it tells its own place
    net = LSTM(97, 3, 97, seed=0)
    seen = forward_of(net, monkeypatch)
    settings = {"epochs": 60, "seq_length": 5, "batch_size": 3, "validation_share": 0}
    training = train(net, ids, **settings)
    list(training)
    assert training.chunks == 6 and len(seen) == 360
    for inputs, targets, _ in seen:
        np.testing.assert_array_equal(targets, inputs + 1)
        assert inputs.shape == (5, 3)
    for k in range(len(seen) - 1):
        if (k + 1) % training.chunks:
            np.testing.assert_array_equal(seen[k + 1][0][0], seen[k][1][-1])
    first_epoch = np.concatenate([inputs.T.ravel() for inputs, _, _ in seen[: training.chunks]])
    assert len(set(first_epoch)) == len(first_epoch) == 90  # nothing twice
    assert set(np.concatenate([inputs.ravel() for inputs, _, _ in seen])) == set(
        range(96)
    )  # all of it, in time


def test_the_state_is_carried_within_an_epoch_and_zero_at_a_new_one(new, monkeypatch):
    net = new(np.float64)
    seen = forward_of(net, monkeypatch)
    ends = [net.state for _ in train(net, IDS, **SMALL)]
    assert len(seen) == len(ends) == 2 * CHUNKS
    for k, (_, _, state) in enumerate(seen):
        if k % CHUNKS == 0:
            assert not any(s.any() for s in state)
        else:
            np.testing.assert_array_equal(state, ends[k - 1])


def test_losses_of_a_frozen_network_are_the_textbooks_on_the_whole_stretch(new):
    """With a learning rate of nearly 0 the chunks of an epoch add up to one long pass, every epoch."""
    net = new(np.float64)
    ids = IDS[: 4 * 30 + 1]  # no character to spare: every epoch is the same
    settings = {"epochs": 2, "seq_length": 10, "batch_size": 4, "validation_share": 0, "optimiser": "sgd"}
    found = [p.loss for p in train(net, ids, learning_rate=1e-30, **settings)]
    inputs, targets = ids[:-1].reshape(4, 30).T, ids[1:].reshape(4, 30).T
    expected = network_loss(net, inputs, targets, *net.zero_state(4)) / 30
    assert np.mean(found[:3]) == pytest.approx(expected, rel=1e-12)
    assert found[3:] == pytest.approx(found[:3], rel=1e-12)
    alone = network_loss(net, inputs[10:20], targets[10:20], *net.zero_state(4)) / 10
    assert abs(found[1] - alone) > 1e-6  # not what a forgotten state would give


# -- one step --


def raw_gradient(net, monkeypatch, **settings):
    """Report, gradient per character, and how far one step of training moved the weights."""
    seen = forward_of(net, monkeypatch)
    before = net.weights.flat.copy()
    progress = next(train(net, IDS, **SMALL | {"optimiser": "sgd"} | settings))
    moved = net.weights.flat - before
    monkeypatch.undo()
    fresh = type(net)(V, 12, V, seed=1, dtype=np.float64)
    inputs, targets, state = seen[0]
    fresh.forward(inputs, targets, *state)
    fresh.backward(clip=None)
    return progress, fresh.gradients.flat / SMALL["seq_length"], moved


def test_without_clipping_a_step_follows_the_gradient_per_character(new, monkeypatch):
    progress, gradient, moved = raw_gradient(new(np.float64), monkeypatch, clip_norm=None)
    assert progress.gradient_norm == pytest.approx(np.linalg.norm(gradient), rel=1e-12)
    np.testing.assert_allclose(moved, -0.01 * gradient, rtol=1e-9, atol=1e-15)


def test_the_norm_is_clipped_as_a_whole_and_reported_as_it_was(new, monkeypatch):
    progress, gradient, moved = raw_gradient(new(np.float64), monkeypatch, clip_norm=0.05)
    assert progress.gradient_norm == pytest.approx(np.linalg.norm(gradient), rel=1e-12)
    assert progress.gradient_norm > 0.05
    assert np.linalg.norm(moved) == pytest.approx(0.01 * 0.05, rel=1e-9)
    assert moved @ gradient == pytest.approx(-np.linalg.norm(moved) * np.linalg.norm(gradient), rel=1e-12)


def test_a_gradient_below_the_norm_is_left_alone(new, monkeypatch):
    _, gradient, moved = raw_gradient(new(np.float64), monkeypatch)  # clip_norm 5
    assert np.linalg.norm(gradient) < 5
    np.testing.assert_allclose(moved, -0.01 * gradient, rtol=1e-9, atol=1e-15)


def test_each_number_is_clipped_by_value(new, monkeypatch):
    _, gradient, moved = raw_gradient(new(np.float64), monkeypatch, clip_norm=None, clip_value=0.01)
    assert np.abs(gradient).max() > 0.01
    np.testing.assert_allclose(moved, -0.01 * np.clip(gradient, -0.01, 0.01), rtol=1e-9, atol=1e-15)


def test_decay_scales_the_learning_rate_from_epoch_to_epoch(monkeypatch):
    rates = []
    step = SGD.step
    monkeypatch.setattr(SGD, "step", lambda self, w, g, rate: (rates.append(rate), step(self, w, g, rate)))
    list(train(LSTM(V, 3, V, seed=0), IDS, **SMALL | {"epochs": 3, "optimiser": "sgd"}, decay=0.5))
    assert rates == [0.01] * CHUNKS + [0.005] * CHUNKS + [0.0025] * CHUNKS


def rates_of(monkeypatch, **settings):
    """The learning rate of every step."""
    rates = []
    step = SGD.step
    monkeypatch.setattr(SGD, "step", lambda self, w, g, rate: (rates.append(rate), step(self, w, g, rate)))
    list(train(LSTM(V, 3, V, seed=0), IDS, **SMALL | {"optimiser": "sgd"} | settings))
    monkeypatch.undo()
    return rates


def test_a_schedule_runs_over_all_steps_behind_the_warm_up(monkeypatch):
    rates = rates_of(monkeypatch, schedule="linear", warm_up=4)
    falling = [0.01 * (1 - k / 16) for k in range(16)]
    assert rates == pytest.approx([0.0025, 0.005, 0.0075, 0.01, *falling], rel=1e-12)


def test_a_schedule_and_the_decay_from_epoch_to_epoch_multiply(monkeypatch):
    both = rates_of(monkeypatch, schedule="cosine", decay=0.5)
    one = rates_of(monkeypatch, schedule="cosine")
    assert both == pytest.approx(one[:CHUNKS] + [rate / 2 for rate in one[CHUNKS:]], rel=1e-12)


def test_matrices_decay_by_their_share_times_the_rate_and_biases_do_not(new, monkeypatch, optimiser):
    rate, share = 0.01, 0.3
    plain, decayed = new(np.float64), new(np.float64)
    for net in (plain, decayed):
        net.weights["b"][:] = net.by = 2
    before = decayed.weights.flat.copy()
    settings = SMALL | {"optimiser": optimiser, "learning_rate": rate}
    next(train(plain, IDS, **settings))
    next(train(decayed, IDS, **settings, weight_decay=share))
    for stored in ("W", "Wy", "b", "by"):
        start = before_of(decayed, before)[stored]
        lost = rate * share * start if stored in ("W", "Wy") else np.zeros_like(start)
        np.testing.assert_allclose(
            decayed.weights[stored], plain.weights[stored] - lost, rtol=1e-12, atol=1e-15
        )


def before_of(net, flat):
    """Earlier weights of a network by name."""
    earlier = type(net)(V, 12, V, seed=0, dtype=net.dtype)
    earlier.weights.flat[:] = flat
    return earlier.weights


CHANGED = {
    "learning_rate": 0.003, "decay": 0.9, "schedule": "linear", "warm_up": 15, "weight_decay": 0.1,
    "clip_norm": 0.1, "patience": 1,
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGED)
def test_a_resumed_run_may_change_what_the_next_steps_are_like(new, name, tmp_path):
    net = new()
    training = train(net, IDS, **SMALL)
    for _ in range(CHUNKS + 2):
        next(training)
    save(tmp_path / "m", net, VOCABULARY, training)
    checkpoint = read(tmp_path / "m")
    settings = dataclasses.asdict(checkpoint.settings) | {name: CHANGED[name]}
    changed = train(checkpoint.net, IDS, resume=checkpoint.training, **settings)
    left = list(zip(changed, training, strict=False))
    assert len(left) == CHUNKS - 2 and changed.settings != training.settings
    assert left[0][0].loss == left[0][1].loss  # the same weights and the same text
    assert name == "patience" or left[-1][0].loss != left[-1][1].loss


def test_the_loss_falls_on_a_small_pattern(new, optimiser):
    rate = {"adam": 0.02, "sgd": 1.0}[optimiser]
    net = new()
    reports = list(
        train(net, IDS, epochs=12, seq_length=10, batch_size=4, learning_rate=rate, optimiser=optimiser)
    )
    assert reports[0].loss == pytest.approx(np.log(V), abs=0.7)
    assert np.mean([p.loss for p in reports[-CHUNKS:]]) < 0.5 * reports[0].loss
    assert reports[-1].validation_loss < 0.5 * reports[0].loss


def test_diverging_is_reported_and_not_a_warning(new):
    reports = list(train(new(), IDS, **SMALL | {"learning_rate": 1e5, "optimiser": "sgd", "clip_norm": None}))
    assert reports[-1].loss > np.log(V) or np.isnan(reports[-1].loss)


# -- reports --


def test_progress_counts_steps_epochs_and_characters(new):
    training = train(new(), IDS, **SMALL)
    assert (training.steps, training.step, training.chunks) == (2 * CHUNKS, 0, CHUNKS)
    reports = list(training)
    assert [p.step for p in reports] == list(range(1, 2 * CHUNKS + 1))
    assert [p.epoch for p in reports] == [1] * CHUNKS + [2] * CHUNKS
    assert {(p.steps, p.epochs) for p in reports} == {(2 * CHUNKS, 2)}
    assert [p.characters for p in reports] == [40 * p.step for p in reports]
    assert all(a.seconds < b.seconds for a, b in zip(reports, reports[1:], strict=False))
    assert training.step == 2 * CHUNKS and next(training, None) is None


def test_a_training_that_rests_holds_little_beside_its_text():
    """A server holds many that rest: an epoch's text, laid out, would be most of each."""
    ids = np.random.default_rng(1).integers(0, 30, 200_000)
    net = LSTM(30, 8, 30, seed=1)
    tracemalloc.start()
    training = train(net, ids, epochs=3, seq_length=20, batch_size=32)
    next(training)
    busy, _ = tracemalloc.get_traced_memory()
    training.release()
    rest, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rest < 300_000 < ids.nbytes < busy


def test_progress_is_frozen(new):
    progress = next(train(new(), IDS, **SMALL))
    assert isinstance(progress, Progress)
    with pytest.raises(dataclasses.FrozenInstanceError):
        progress.loss = 0


def test_nothing_is_done_before_a_step_is_asked_for(new):
    net = new()
    before = net.weights.flat.copy()
    train(net, IDS, **SMALL)
    np.testing.assert_array_equal(net.weights.flat, before)


def test_validation_loss_comes_at_the_end_of_an_epoch_and_is_the_textbooks(new):
    net = new(np.float64)
    held_back = IDS[-48:]
    for progress in train(net, IDS, **SMALL):
        if progress.step % CHUNKS:
            assert progress.validation_loss is None
        else:
            expected = network_loss(net, held_back[:-1, None], held_back[1:, None], *net.zero_state()) / 47
            assert progress.validation_loss == pytest.approx(expected, rel=1e-12)


def test_without_a_validation_share_there_is_no_validation_loss(new):
    assert {p.validation_loss for p in train(new(), IDS, **SMALL, validation_share=0)} == {None}


def test_the_validation_text_is_never_trained_on(monkeypatch):
    net = LSTM(200, 3, 200, seed=0)
    seen = forward_of(net, monkeypatch)
    list(train(net, np.arange(200), **SMALL))
    assert max(targets.max() for _, targets, _ in seen) < 180


# -- evaluate --


def test_evaluate_is_the_textbook_on_a_short_text(new):
    net = new(np.float64)
    ids = IDS[:301]
    expected = network_loss(net, ids[:-1, None], ids[1:, None], *net.zero_state()) / 300
    assert evaluate(net, ids) == pytest.approx(expected, rel=1e-12)


def test_evaluate_reads_a_long_text_as_stretches_side_by_side(new, rng):
    net = new(np.float64)
    ids = rng.integers(0, V, 2 * 600 + 1)
    inputs, targets = ids[:-1].reshape(2, 600).T, ids[1:].reshape(2, 600).T
    expected = network_loss(net, inputs, targets, *net.zero_state(2)) / 600
    assert evaluate(net, ids) == pytest.approx(expected, rel=1e-12)


def test_evaluate_changes_nothing(new):
    net = new()
    net.forward(IDS[:5], IDS[1:6])
    before, noted = net.weights.flat.copy(), attributes(net)
    evaluate(net, IDS)
    np.testing.assert_array_equal(net.weights.flat, before)
    assert attributes(net) == noted


# -- what a person can do wrong --


@pytest.mark.parametrize("length", [0, 1, 2, 40, 44])
def test_a_text_that_is_too_short_is_refused_with_the_length_it_needs(new, length):
    with pytest.raises(InputError) as caught:
        train(new(), IDS[:length], **SMALL)
    assert length == 0 or "41" in str(caught.value)


def test_the_shortest_text_that_is_long_enough_works(new):
    training = train(new(), IDS[:41], **SMALL, validation_share=0)
    assert len(list(training)) == 2


@pytest.mark.parametrize(
    "setting",
    [
        {"epochs": 0}, {"epochs": 1.5}, {"epochs": True}, {"seq_length": -1}, {"batch_size": 0},
        {"batch_size": "4"}, {"learning_rate": 0}, {"learning_rate": -1}, {"learning_rate": float("nan")},
        {"learning_rate": float("inf")}, {"learning_rate": None}, {"learning_rate": "fast"},
        {"clip_norm": 0}, {"clip_norm": float("nan")}, {"clip_value": -1}, {"optimiser": "rmsprop"},
        {"validation_share": 1}, {"validation_share": "0.1"}, {"validation_share": True},
        {"validation_share": -0.1}, {"validation_share": float("nan")},
        {"decay": 0}, {"decay": 1.1}, {"seed": -1}, {"seed": 1.5}, {"seed": None},
        {"schedule": "step"}, {"schedule": None}, {"schedule": ["linear"]}, {"warm_up": -1}, {"warm_up": 0.5},
        {"weight_decay": -0.1}, {"weight_decay": 1}, {"weight_decay": None},
        {"dropout": 1}, {"dropout": -0.1}, {"dropout": True}, {"dropout": float("nan")},
        {"patience": 0}, {"patience": 1.5},
        {"line_end": -1}, {"line_end": "\n"},
    ],
    ids=str,
)  # fmt: skip
def test_impossible_settings_are_input_errors(setting):
    with pytest.raises(InputError):
        train(LSTM(V, 3, V), IDS, **setting)


def test_an_unknown_setting_is_a_programming_error():
    with pytest.raises(TypeError):
        train(LSTM(V, 3, V), IDS, learning_rat=0.1)


def test_settings_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Settings().epochs = 3


@pytest.mark.parametrize("ids", [[0, V] * 300, [0, -1] * 300, [0.5] * 600, list("ab" * 300)])
def test_a_text_the_network_cannot_read_is_refused(ids):
    with pytest.raises(InputError):
        train(LSTM(V, 3, V), np.array(ids), **SMALL)
