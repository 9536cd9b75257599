"""Surgery on a text: the intact network up to a character, the other one from there on."""

from dataclasses import replace

import numpy as np
import pytest

from lesson.sampling.networks import network_named
from lesson.sampling.surgery.ablation import entry_of, exact_loss, losses_of
from lesson.sampling.surgery.operation import (
    CONTINUED,
    MOST_UNITS,
    Clamp,
    Losses,
    Operation,
    carry_out,
    carry_out_along,
    losses,
    units_of,
)
from lesson.sampling.surgery.sentences import change, difference, price
from lesson.sampling.write.passages import Draw, write
from lesson.widgets.catalogue import model_names
from lstm import InputError
from lstm.interpret.surgery import operate
from lstm.sampling import walk
from lstm.training import evaluate

FABLES = network_named("fables")
DRAW = Draw("The fox", length=100)
WRITTEN = write(FABLES, DRAW)
AT = 40


def state_before(net, ids):
    return net.run(ids).state


@pytest.mark.parametrize("prompt", ["", "The fox"])
@pytest.mark.parametrize(
    "how", [{"temperature": 0.0}, {"temperature": 1.2}, {"top_k": 3}, {"top_p": 0.7}], ids=str
)
def test_the_intact_network_goes_on_as_the_text_does(prompt, how):
    draw = Draw(prompt, length=300, **how)
    passage, operation = write(FABLES, draw), Operation(Clamp("f", 1.0))
    for at in (len(prompt), AT, 250):
        (along,) = carry_out_along(FABLES, passage, at, draw, operation, [1.0], ["C"])
        for outcome in (carry_out(FABLES, passage, at, draw, operation), along):
            assert outcome.texts[0][: len(passage.text) - at] == passage.text[at : at + CONTINUED + 1]


def test_in_the_prompt_the_continuation_has_the_first_random_numbers():
    draw = Draw("The fox", length=300)
    one, other = (
        carry_out(FABLES, write(FABLES, replace(draw, prompt=p)), 3, draw, Operation(ablate=(0,)))
        for p in ("The fox", "The fig")
    )
    assert one.texts == other.texts


@pytest.mark.parametrize(
    ("operation", "changed"),
    [
        (Operation(Clamp("f", 0.0)), lambda net: operate(net, {"f": 0})),
        (Operation(Clamp("o", 0.5), units=(3, 8)), lambda net: operate(net, {"o": 0.5}, [3, 8])),
        (Operation(ablate=(5,)), lambda net: operate(net, ablate=[5])),
    ],
)
def test_from_the_chosen_character_on_it_is_the_network_that_was_operated_on(operation, changed):
    net, ids = FABLES.checkpoint.net, WRITTEN.ids
    before = state_before(net, ids[:AT])
    outcome = carry_out(FABLES, WRITTEN, AT, DRAW, operation)
    for k, one in enumerate((net, changed(net))):
        reading = one.run(ids[AT : AT + 1], before)
        np.testing.assert_allclose(
            outcome.probabilities[k], reading.probabilities[0, 0], rtol=1e-4, atol=1e-7
        )
        steps = walk(
            one, ids[AT : AT + 1], length=CONTINUED, temperature=0.8, seed=1, state=before, offset=34
        )
        told = FABLES.checkpoint.vocabulary.decode([step.index for step in steps])
        assert outcome.texts[k] == WRITTEN.text[AT] + told
    first = outcome.first_difference
    assert outcome.texts[0][:first] == outcome.texts[1][:first]
    assert first == -1 or outcome.texts[0][first] != outcome.texts[1][first]


def test_the_memory_of_another_text_comes_in_and_h_stays():
    net, vocabulary = FABLES.checkpoint.net, FABLES.checkpoint.vocabulary
    h, _ = state_before(net, WRITTEN.ids[:AT])
    C = net.run(vocabulary.encode("the hen")).state[1]
    expected = net.run(WRITTEN.ids[AT : AT + 1], (h, C)).probabilities[0, 0]
    outcome = carry_out(FABLES, WRITTEN, AT, DRAW, Operation(other_text="the hen"))
    np.testing.assert_allclose(outcome.probabilities[1], expected, rtol=1e-4, atol=1e-7)


@pytest.mark.parametrize("name", model_names())
def test_every_model_can_be_operated_on_at_its_first_and_last_character(name):
    chosen = network_named(name)
    for prompt in ("", "a"):
        written = write(chosen, Draw(prompt, length=20))
        for at in (0, len(written.text) - 1):
            outcome = carry_out(chosen, written, at, Draw(prompt), Operation(ablate=(0,)))
            assert all(np.isfinite(p).all() for p in outcome.probabilities)
            assert "The operation changes" in difference(outcome)


def test_the_loss_is_measured_over_text_kept_from_training():
    operation = Operation(Clamp("f", 0.0))
    ids = FABLES.checkpoint.vocabulary.encode(FABLES.held_out)
    net = FABLES.checkpoint.net
    intact, clamped = measured = losses(FABLES, operation)
    assert measured == (evaluate(net, ids), evaluate(operate(net, {"f": 0}), ids))
    assert f"the loss rises from {intact:.2f} to {clamped:.2f} nats per character" in price(
        FABLES, operation, measured
    )
    assert losses(FABLES, Operation(other_text="the hen")) is None


@pytest.mark.slow
def test_a_loss_with_one_of_two_layers_clamped_is_measured_and_not_the_one_of_both():
    two = network_named("fables_two_layers")
    for layer in (0, 1):
        operation = Operation(Clamp("o", 0.0), layer=layer)
        assert losses_of(two, operation) == losses(two, operation)
        assert exact_loss(two, operation) is None
    assert losses_of(two, Operation(Clamp("o", 0.0))).with_it < entry_of(two.name)["clamped"]["o"]["0"] - 0.1


@pytest.mark.parametrize(
    ("with_it", "says"),
    [
        (
            1.4,
            "falls from 1.50 to 1.40 nats per character (2.16 to 2.02 bits, perplexity 4.48 to 4.06).",
        ),
        (1.501, "It is the same without the operation"),
        (40.0, "perplexity 4.48 to more than a billion)."),
        (float("nan"), "it is not a number any more."),
        (float("inf"), "it is not a number any more."),
    ],
)
def test_what_becomes_of_a_loss_is_said_as_it_is(with_it, says):
    assert says in change(Losses(1.5, with_it))


@pytest.mark.parametrize(
    ("typed", "units"),
    [("all", None), ("", None), (" ALL ", None), ("3", (3,)), ("17, 3,3 5", (3, 5, 17)), ("0,127", (0, 127))],
)
def test_units_are_read_as_they_are_typed(typed, units):
    assert units_of(typed, 128) == units


@pytest.mark.parametrize("typed", ["128", "-1", "3.5", "all, 3", "x", "٣", "9" * 30, "1e1", "<b>3</b>"])
def test_what_is_no_unit_is_refused_in_one_sentence(typed):
    with pytest.raises(InputError, match="whole numbers from 0 to 127"):
        units_of(typed, 128)


def test_units_by_the_hundred_are_refused():
    with pytest.raises(InputError, match=f"up to {MOST_UNITS}"):
        units_of(f"0-{MOST_UNITS}", 128)


def test_a_range_of_units_is_all_between_its_ends():
    assert units_of("3, 5-8 20–20", 128) == (3, 5, 6, 7, 8, 20)
    for typed in ("8-5", "0-128", "3-", "-3", "1-2-3"):
        with pytest.raises(InputError, match="such as 3, 17, 20-25"):
            units_of(typed, 128)
