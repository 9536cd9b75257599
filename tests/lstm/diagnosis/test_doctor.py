"""The doctor: on real runs made to be ill it finds what was done to them, on healthy ones nothing."""

import dataclasses

import numpy as np
import pytest

from lstm.diagnosis.doctor import diagnose, verdict
from lstm.diagnosis.observation import Observed, plain
from lstm.diagnosis.signs import KEEPS
from lstm.network import NETWORKS
from lstm.settings import Settings
from tests.lstm.diagnosis.observing import HEALTHY, ILL, recorded, recorded_and_anew, trained, until

TOO_EARLY = "Too early to tell: the first 50 steps say little."


def names(run):
    return [finding.name for finding in diagnose(run)]


@recorded_and_anew
@pytest.mark.parametrize("name", HEALTHY)
def test_no_false_alarm_at_any_time(name, run_of):
    run = run_of(name)
    assert {step: found for step in range(1, run.steps + 1, 7) if (found := names(until(run, step)))} == {}
    assert run.mean_loss() < 0.8 * run.guessing, "no healthy run after all"
    assert verdict(run).startswith("Healthy so far") and f"{run.validation_loss[-1]:.2f}" in verdict(run)


@recorded_and_anew
@pytest.mark.parametrize("name", ILL)
def test_what_was_done_is_found(name, run_of):
    run, expected = run_of(name), ILL[name][1]
    found = names(run)
    # A run that was thrown about is chaotic: what else it suffers may differ from machine to machine.
    consequences = {"exploding", "saturated", "vanishing", "growing_state"} & set(found)
    spare = consequences if "rate_too_high" in expected else set()
    assert [name for name in found if name in expected or name not in spare] == expected
    first = diagnose(run)[0]
    assert verdict(run) == f"{first.title}: {first.evidence}"


def test_every_finding_has_an_ill_run():
    found = {name for _, expected in ILL.values() for name in expected}
    assert found == {
        "not_a_number", "exploding", "rate_too_high", "saturated", "plateau", "vanishing", "rate_too_low",
        "overfitting", "growing_state", "too_small",
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("made", ["RNN, Adam 0.1", "Adam 1", "Adam 0.00001", "RNN, SGD 0.03", "RNN, SGD 10"])
def test_the_rate_that_is_advised_heals(made):
    """Where the rate is the trouble, a run with the advised one has none, and a lower loss."""
    made = ILL[made][0]
    ill = trained(**made)
    cure = next(f.cure for f in diagnose(ill) if f.name in ("rate_too_high", "rate_too_low"))
    rate = float(cure.split(" of ")[1].split()[0] if " of " in cure else cure.split()[-1].rstrip("."))
    healed = trained(**{**made, "learning_rate": rate, "steps": 250})
    assert names(healed) == []
    assert healed.mean_loss() < ill.mean_loss() - 0.1


# -- what is said --


def test_numbers_are_those_of_the_run():
    run = recorded("6,000 characters")
    (finding,) = diagnose(run)
    best = int(np.argmin(run.validation_loss))
    for number in (
        f"step {run.validation_step[best]:,}", f"{run.validation_loss[best]:.2f}",
        f"{run.validation_loss[-1]:.2f}", f"to {run.loss[-50:].mean():.2f}",
    ):  # fmt: skip
        assert number in finding.evidence
    assert f"epoch {best + 1} or keep its weights" in finding.cure and "such as 16" in finding.cure


@pytest.mark.parametrize("made", ILL)
def test_sentences_are_sentences(made):
    for finding in diagnose(recorded(made)):
        assert not finding.title.endswith(".")
        for sentence in (finding.evidence, finding.reason, finding.cure):
            assert sentence[0].isupper() and sentence.endswith(".") and "e-0" not in finding.cure
            assert "|" not in sentence  # it may stand in a table


def test_first_fifty_steps_say_nothing_but_a_nan():
    run = recorded("Adam 1")
    early = until(run, 49)
    assert diagnose(early) == [] and verdict(early) == TOO_EARLY
    assert diagnose(until(run, 50)) != []
    broken = until(recorded("GRU, weights times 20"), 2)
    assert names(broken) == ["not_a_number"] and "since step 2" in verdict(broken)
    assert names(until(broken, 1)) == []


def test_nothing_is_known_of_a_run_that_has_not_begun():
    run = until(recorded("brackets"), 0)
    assert diagnose(run) == [] and verdict(run) == TOO_EARLY


def test_the_cure_of_a_growing_state_is_what_made_it_grow():
    run = recorded("b_f = 8")
    assert "b_f = 1" in diagnose(run)[-1].cure
    made_by_the_rate = dataclasses.replace(run, examined={**run.examined, "forget_bias": 1.0})
    assert "learning rate of 0.0003" in diagnose(made_by_the_rate)[-1].cure


def test_a_growing_state_is_said_to_be_kept_only_where_the_forget_gates_keep_it():
    run = recorded("b_f = 8")
    assert run.probe["f_mean"] > KEEPS and "hardly forgotten" in diagnose(run)[-1].reason
    open_and_shut = dataclasses.replace(run, probes=[{**run.probe, "f_mean": 0.437}])
    assert "hardly forgotten" not in diagnose(open_and_shut)[-1].reason


# -- histories made by hand, for what is rare in small runs --


def history(loss, norm=0.3, **changed):
    """A run of an LSTM with these losses, nothing else being known of it."""
    loss = np.asarray(loss, float)
    norms = np.broadcast_to(np.asarray(norm, float), loss.shape)
    empty = np.zeros(0)
    run = Observed(
        "lstm", 64, 60, Settings(learning_rate=0.01), 100, 145_000, 16_000, loss, norms, empty, empty, [], {}
    )
    return dataclasses.replace(run, **changed)


FALLING = 1.5 + 2.6 * np.exp(-np.arange(400) / 60)


def test_a_probe_of_the_first_steps_is_not_judged():
    probe = {"step": 20, "i_slope": 0.001, "i_stuck": 1.0, "C_growth": 2.0, "C_max": 9.0, "f_mean": 1.0}
    assert names(history(FALLING, probes=[probe])) == []
    assert names(history(FALLING, probes=[{**probe, "step": 50}])) == ["saturated", "growing_state"]


def test_healthy_by_hand():
    assert names(history(FALLING)) == [] and "has not been measured" in verdict(history(FALLING))


def test_a_loss_that_rises_again():
    risen = np.r_[FALLING, np.full(60, 2.0)]
    (finding,) = diagnose(history(risen))
    assert finding.name == "rate_too_high" and "to 2.00" in finding.evidence
    assert "0.001 instead of 0.01" in finding.cure
    assert names(history(np.r_[FALLING, np.full(60, 1.6)])) == []
    # Near zero a fifth more is nothing.
    assert names(history(np.r_[FALLING - 1.48, np.full(60, 0.06)])) == []


def test_one_spike_explodes_too():
    norms = np.full(400, 0.3)
    norms[380] = 500
    assert names(history(FALLING, norms)) == ["exploding"]
    norms[380] = 6
    assert names(history(FALLING, norms)) == []
    assert names(history(FALLING, np.inf)) == ["exploding"]
    assert names(history(FALLING, 60)) == ["exploding"] and names(history(FALLING, 2.5)) == []


def test_a_nan_by_hand():
    broken = FALLING.copy()
    broken[300:] = np.nan
    (finding,) = diagnose(history(broken, settings=Settings(learning_rate=0.5, clip_norm=None)))
    assert "since step 301" in finding.evidence and "0.01 and clipping by norm 5" in finding.cure


def test_overfitting_needs_three_measurements_in_a_row():
    steps = np.array([100, 200, 300, 400])

    def with_validation(*losses):
        return names(history(FALLING, validation_step=steps[: len(losses)], validation_loss=np.array(losses)))

    assert with_validation(2.0, 2.1, 2.1, 2.1) == ["overfitting"]
    assert with_validation(2.0, 2.1, 2.01, 2.1) == []  # 2.01 is no rise
    assert with_validation(2.0, 2.1, 2.1) == []
    assert with_validation(2.5, 2.4, 2.3, 2.2) == []
    # It is training that has to fall meanwhile, and to somewhere.
    validation = {"validation_step": steps, "validation_loss": np.array([2.0, 2.1, 2.1, 2.1])}
    assert names(history(np.full(400, 3.0), **validation)) == []
    assert "overfitting" not in names(history(FALLING + 9, **validation))


def test_too_small_is_told_by_a_table_that_does_better():
    standing = np.r_[FALLING, np.full(1_300, 1.5)]
    assert names(history(standing, examined={"table_2": 1.4})) == ["too_small"]
    assert names(history(standing, examined={"table_2": 1.6})) == []  # it has learned what there is
    assert names(history(standing)) == []  # nobody has counted
    # Earlier, what could not be learned by heart tells it.
    poor = {"table_2": 1.4, "memory_before": 4.0}
    assert names(history(standing[:600], examined={**poor, "memory_after": 0.9})) == ["too_small"]
    assert names(history(standing[:600], examined={**poor, "memory_after": 0.1})) == []
    assert names(history(standing[:400], examined={**poor, "memory_after": 0.9})) == []


def test_a_memory_gate_at_its_end_is_not_the_rates_fault():
    loss = FALLING.copy()
    loss[5] = 9
    for gate, expected in (("f", ["saturated"]), ("i", ["rate_too_high", "saturated"])):
        probe = {"step": 300, f"{gate}_slope": 0.001, f"{gate}_stuck": 1.0, f"{gate}_mean": 1.0}
        found = diagnose(history(loss, probes=[probe]))
        assert [finding.name for finding in found] == expected
        assert ("bias b_f" in found[-1].cure) == (gate == "f")


def test_a_rate_that_decayed_is_too_low_as_well():
    standing = np.r_[FALLING + 1.4, np.full(600, 2.9)]
    settings = Settings(learning_rate=0.01, decay=0.5)
    (finding,) = diagnose(history(standing, settings=settings))
    assert finding.name == "rate_too_low" and "fall more slowly" in finding.cure


def test_present_rate_follows_the_epochs():
    run = history(FALLING, settings=Settings(learning_rate=0.01, decay=0.5))
    assert until(run, 100).rate == 0.01 and until(run, 101).rate == 0.005 and run.rate == 0.00125


def test_a_run_that_goes_on_counts_from_where_it_began():
    run = history(FALLING, settings=Settings(learning_rate=0.01, decay=0.5), began=1_000)
    assert run.steps == 1_400 and run.rate == 0.01 * 0.5**13
    assert run.mean_loss(1_100) == FALLING[50:100].mean() and run.mean_loss(900) == FALLING[0]
    assert verdict(until(run, 20)) == TOO_EARLY
    risen = history(np.r_[FALLING, np.full(60, 2.0)], began=1_000)
    assert "at step 1,400" in diagnose(risen)[0].evidence
    broken = history(np.r_[FALLING, np.nan], began=1_000)
    assert "since step 1,401" in diagnose(broken)[0].evidence


@pytest.mark.parametrize("layers", [1, 3])
def test_parameters_are_counted(kind, layers):
    net = NETWORKS[kind](9, 7, 9, layers=layers)
    run = history(FALLING, kind=kind, hidden_size=7, vocabulary_size=9, layers=layers)
    assert run.parameters == net.weights.flat.size


def test_step_length_is_one_over_the_weights():
    """Adam moves all weights together as if each moved by the rate; SGD by the clipped gradient."""
    run = recorded("Adam 0.01")
    start = np.sqrt(4 * 32 + run.vocabulary_size)
    assert run.step_length() == pytest.approx(0.01 * np.sqrt(run.parameters) / start)
    sgd = dataclasses.replace(run, settings=Settings(optimiser="sgd", learning_rate=2.0, clip_norm=0.1))
    assert sgd.step_length() == pytest.approx(2 * 0.1 / start)


@pytest.mark.parametrize(
    ("number", "text"), [(0.00001, "0.00001"), (0.00094, "0.00094"), (3.0, "3"), (0.3, "0.3")]
)
def test_rates_are_written_without_powers(number, text):
    assert plain(number) == plain(number, None) == text


def test_a_rate_at_the_end_of_its_schedule_is_no_decay():
    settings = Settings(epochs=1, learning_rate=0.01, schedule="cosine")
    run = history(np.full(400, np.log(60)), settings=settings, chunks=400)
    assert run.rate == settings.rate_at(399, 400) < 0.01 / 1_000
    assert "Train longer: the schedule has the learning rate at 0.0000" in diagnose(run)[0].cure
    risen = history([*FALLING[:340], *np.full(60, 2.5)], settings=settings, chunks=400)
    assert "a learning rate of 0.001 instead of 0.01." in diagnose(risen)[0].cure


def test_a_rate_can_be_written_with_all_its_digits():
    assert (plain(0.012345), plain(0.012345, None)) == ("0.012", "0.012345")


def test_a_run_in_which_little_has_happened_is_not_called_healthy(monkeypatch):
    run = recorded(next(iter(HEALTHY)))
    still = dataclasses.replace(run, loss=np.full(len(run.loss), 0.98 * run.guessing))
    monkeypatch.setattr("lstm.diagnosis.doctor.diagnose", lambda run: [])  # as in the steps before it speaks
    assert verdict(still).startswith("No fault so far") and "mean of the last 50 steps" in verdict(run)
