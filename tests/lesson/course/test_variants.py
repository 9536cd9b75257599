"""Questions with other numbers for everybody: each truth and each mistake is computed a second time, from the
numbers that stand in the text, and no two of them can be taken for each other."""

import html
import math
import re
from itertools import combinations

import numpy as np
import pytest

from lesson.catalogue import catalogue
from lesson.cheatsheet.parameters import PART as SHEET_PART
from lesson.classroom.question import DEALT, OTHER, RIGHT, Question
from lesson.course.variants.table import as_question, variant_of, variants
from lesson.course.variants.variant import DEALS
from lesson.gates import parameters as gates
from lesson.gradients import parameters as gradients
from lesson.sampling import parameters as sampling
from lesson.training import parameters as training
from lstm import GRU, LSTM
from lstm.equations import gru_step, lstm_step, sigmoid
from lstm.gradients import random_cell
from lstm.sampling import Sampled
from visualization.numbers import number

NAMES = [variant.id for variant in variants()]
GAP = re.compile(r"\{(\d)\}")


@pytest.fixture(params=NAMES)
def variant(request):
    return next(variant for variant in variants() if variant.id == request.param)


@pytest.fixture
def question(variant):
    return as_question(variant)


def read(text):
    return float(text.replace("−", "-").replace(",", ""))


def fill(text, texts):
    return GAP.sub(lambda gap: texts[int(gap[1])], text)


# -- each number a second time, from what the text says --


def kernel(f, steps=1, i=0.0, C_tilde=0.0, o=0.5, C=1.0):
    """Run the fast cell with gates of these values, one f or a list of one for each step; return C and h."""
    h, C = np.zeros((1, 1)), np.full((1, 1), float(C))
    for gate in f if isinstance(f, list) else [f] * steps:
        cell = random_cell("lstm", 1, 1)
        cell.W[:] = 0
        for name, bias in {
            "f": logit(gate),
            "i": logit(i),
            "o": logit(o),
            "C_tilde": math.atanh(C_tilde),
        }.items():
            cell.b[cell.gates.index(name)] = bias
        trace = cell.forward(np.zeros((1, 1, 1)), (h, C))
        h, C = trace.h[-1], trace.C[-1]
    return float(C[0, 0]), float(h[0, 0])


def logit(share):
    return math.log(share / (1 - share)) if 0 < share < 1 else math.copysign(50, share - 0.5)


def one_gate(w_h, w_x, bias, h, x):
    blocks = [np.array([[w_h, w_x]])] * 4 + [np.array([bias])] * 4
    step = lstm_step(np.array([x]), np.array([h]), np.zeros(1), *blocks)
    z = w_h * h + w_x * x + bias
    return step.f[0], {
        "sum": z,
        "tanh": step.C_tilde[0],
        "bias_forgotten": 1 / (1 + math.exp(bias - z)),
        "h_forgotten": 1 / (1 + math.exp(w_h * h - z)),
        "minus": 1 - step.i[0],
    }


def new_state(f, i, C_tilde, C_prev):
    return kernel(f, i=i, C_tilde=C_tilde, C=C_prev)[0], {
        "C_prev_forgotten": i * C_tilde,
        "swapped": i * C_prev + f * C_tilde,
        "sign_lost": f * C_prev - i * C_tilde,
        "i_forgotten": f * C_prev + C_tilde,
        "f_forgotten": C_prev + i * C_tilde,
        "one_minus_f": (1 - f) * C_prev + i * C_tilde,
    }


def new_output(o, C, tanh_C, sigma_C):
    assert (tanh_C, sigma_C) == (round(math.tanh(C), 3), round(1 / (1 + math.exp(-C)), 3))
    return kernel(1.0, o=o, C=C)[1], {
        "tanh_forgotten": o * C,
        "sigma": o / (1 + math.exp(-C)),
        "o_forgotten": math.tanh(C),
        "one_minus_o": (1 - o) * math.tanh(C),
    }


def what_is_left(f, steps):
    left = kernel(f, int(steps))[0]
    return left, {"linear": 1 - steps + steps * f, "gone": 1 - left, "one_step_missed": left / f}


def until_half(f, ln_f):
    assert ln_f == round(math.log(f), 4)
    whole = next(k for k in range(1, 100) if kernel(f, k)[0] <= 0.5)  # half is left in this step
    part = math.log(kernel(f, whole - 1)[0] / 0.5) / -math.log(f)
    steps = {"linear": 0.5 / (1 - f), "one_over_loss": 1 / (1 - f), "ln_half_forgotten": -1 / math.log(f)}
    return whole - 1 + part, steps


def along_the_cell(first, steps, second, further):
    """Move C before both stretches, the later one last, and look how far C moves after them."""
    forget_gates = [second] * int(further) + [first] * int(steps)
    slope = (kernel(forget_gates, C=1 + 1e-3)[0] - kernel(forget_gates, C=1 - 1e-3)[0]) / 2e-3
    mean = (first * steps + second * further) / (steps + further)
    return slope, {
        "mean": mean ** (steps + further),
        "second_forgotten": first**steps,
        "swapped": first**further * second**steps,
        "mean_of_powers": (first**steps + second**further) / 2,
    }


def norm_clipped(first, second, threshold):
    norm = math.hypot(first, second)
    assert norm > threshold
    return first * threshold / norm, {
        "by_value": min(first, threshold),
        "unclipped": first,
        "root_forgotten": first * threshold / norm**2,
        "sum": first * threshold / (first + second),
        "length_one": first / norm,
    }


def longest(count, value):
    gradient = np.clip(np.linspace(5, 6, int(count)), -value, value)
    return np.linalg.norm(gradient), {"sum": count * value, "each": value, "root_forgotten": count * value**2}


def untrained(V):
    net = LSTM(int(V), 2, int(V), seed=0, dtype=np.float64)
    net.weights["Wy"][:] = 0
    loss = net.forward([0, 1, 2], [1, 2, 0], None, None) / 3
    return loss, {"binary": math.log2(V), "decimal": math.log10(V), "probability": 1 / V}


def steps_in_an_epoch(characters, batch, length):
    whole = characters // (batch * length)
    return whole, {
        "batch_forgotten": (characters - 1) // length,
        "length_forgotten": (characters - 1) // batch,
        "characters_of_a_step": batch * length,
    }


def cell_parameters(D, H):
    D, H = int(D), int(H)
    shapes = [(H, H + D)] * 4 + [(H,)] * 4
    arrays = [np.zeros(shape) for shape in shapes]
    lstm_step(np.zeros(D), np.zeros(H), np.zeros(H), *arrays)  # which these fit
    whole = sum(array.size for array in arrays)
    return whole, {
        "one_block": whole / 4,
        "three_blocks": whole * 3 / 4,
        "no_biases": whole - 4 * H,
        "no_recurrence": whole - 4 * H * H,
        "two_biases": whole + 4 * H,
        "swapped": 4 * D * (D + H + 1),
    }


def network_parameters(V, H):
    V, H = int(V), int(H)
    blocks = [np.zeros((H, H + V))] * 3 + [np.zeros(H)] * 3
    gru_step(np.zeros(V), np.zeros(H), *blocks)  # which these fit
    cell, readout = sum(array.size for array in blocks), V * H + V
    assert GRU(V, H, V, seed=0).forward([0], [0], None) > 0
    return cell + readout, {
        "no_readout": cell,
        "lstm": cell * 4 / 3 + readout,
        "two_blocks": cell * 2 / 3 + readout,
        "no_biases": cell - 3 * H + readout - V,
        "two_biases": cell + 3 * H + readout,
    }


def in_bits(loss):
    return math.log2(math.exp(loss)), {
        "multiplied": loss * math.log(2),
        "perplexity": math.e**loss,
        "decimal": math.log10(math.exp(loss)),
    }


def as_perplexity(loss):
    return math.e**loss, {"base_2": 2**loss, "base_10": 10**loss, "bits": loss / math.log(2)}


def drawn_at(ratio, at):
    p = Sampled(0, "", np.log([1, 1 / ratio, 0.01]), at, None, None, None).probabilities
    return p[0] / p[1], {"multiplied": ratio * at, "divided": ratio / at, "power": ratio**at}


def gru_step_by_hand(z, h_tilde, h_prev):
    net = random_cell("gru", 1, 1)
    net.W[:] = 0
    for name, bias in {"z": logit(z), "h_tilde": math.atanh(h_tilde)}.items():
        net.b[net.gates.index(name)] = bias
    h = float(net.forward(np.zeros((1, 1, 1)), (np.full((1, 1), h_prev),)).h[-1][0, 0])
    return h, {
        "swapped": (1 - z) * h_prev + z * h_tilde,
        "coupling_forgotten": z * h_prev + h_tilde,
        "candidate_forgotten": z * h_prev,
        "old_forgotten": (1 - z) * h_tilde,
    }


def only_added(C_0, steps, i, C_tilde):
    halved = C_0
    for _ in range(int(steps)):
        halved = halved / 2 + i * C_tilde
    return kernel(1.0, int(steps), i=i, C_tilde=C_tilde, C=C_0)[0], {
        "one_step": C_0 + i * C_tilde,
        "start_forgotten": steps * i * C_tilde,
        "input_gate_forgotten": C_0 + steps * C_tilde,
        "half_forgotten": halved,
    }


def back_through_an_rnn(weight, first, second):
    """Move h before both steps a little, with inputs that bring it to the two states."""
    x = [math.atanh(first), math.atanh(second) - weight * first]

    def end(h):
        for each in x:
            h = math.tanh(weight * h + each)
        return h

    slopes = (1 - first**2) * (1 - second**2)
    return (end(1e-5) - end(-1e-5)) / 2e-5, {
        "slopes_forgotten": weight**2,
        "weight_once": weight * slopes,
        "square_forgotten": weight**2 * (1 - first) * (1 - second),
        "slopes_alone": slopes,
    }


def half_life_of_a_draw(u, f, ln_f):
    assert (f, ln_f) == (round(u / (1 + u), 4), round(math.log(u / (1 + u)), 4))
    return math.log(2) / math.log1p(1 / u), {
        "linear": (1 + u) / 2,
        "one_over_loss": 1 + u,
        "ln_half_forgotten": 1 / math.log1p(1 / u),
    }


def by_bayes(left, right):
    odds = left / (1 - left) * right / (1 - right)
    return odds / (1 + odds), {
        "mean": (left + right) / 2,
        "not_divided": left * right,
        "of_a": 1 / (1 + odds),
    }


SECOND = {
    "other_gru_state": gru_step_by_hand,
    "other_without_forget_gate": only_added,
    "other_rnn_factors": back_through_an_rnn,
    "other_chrono": half_life_of_a_draw,
    "other_two_sides": by_bayes,
    "other_gate": one_gate,
    "other_cell_state": new_state,
    "other_hidden_state": new_output,
    "other_share_left": what_is_left,
    "other_half_life": until_half,
    "other_cell_path": along_the_cell,
    "other_clipping": norm_clipped,
    "other_clipped_length": longest,
    "other_first_loss": untrained,
    "other_steps_of_an_epoch": steps_in_an_epoch,
    "other_lstm_parameters": cell_parameters,
    "other_gru_network": network_parameters,
    "other_bits": in_bits,
    "other_perplexity": as_perplexity,
    "other_temperature": drawn_at,
}


def test_each_truth_and_each_mistake_is_what_another_way_comes_to(variant):
    for each in variant.numbers:
        values = [read(text) for text in each.texts if re.fullmatch(r"−?[\d,.]+", text)]
        truth, mistakes = SECOND[variant.id](*values)
        assert each.truth == pytest.approx(truth, rel=1e-6, abs=1e-9), each
        assert each.mistakes == pytest.approx(mistakes, rel=1e-6, abs=1e-9), each


def test_values_of_functions_in_a_text_are_right_and_among_them_all_that_a_gate_can_take():
    gate = next(variant for variant in variants() if variant.id == "other_gate")
    for each in gate.numbers:
        rows = re.findall(r"(σ|tanh)\((−?[\d.]+)\) = (−?[\d.]+)", each.texts[-1])
        for function, z, value in rows:
            exact = sigmoid(read(z)) if function == "σ" else np.tanh(read(z))
            assert value == number(float(exact))
        values = [read(value) for *_, value in rows]
        of_sums = [value for id, value in each.mistakes.items() if id != "sum"]  # that one is in no table
        for answer in (each.truth, *of_sums):
            assert min(abs(answer - value) for value in values) <= 0.005 + 1e-9


# -- no two can be taken for each other --


def test_everybody_has_other_numbers(variant):
    assert len(variant.numbers) == DEALS == len({each.texts for each in variant.numbers})
    for a, b in combinations(variant.numbers, 2):
        assert abs(a.truth - b.truth) > 2 * variant.tolerance.distance


def test_neighbours_and_later_askings_have_other_truths(question):
    for seat in range(DEALS):
        for asking in ("1", "2"):
            mine, following = question.deal(seat, asking), question.deal(seat + 1, asking)
            assert following.outcome(mine.truth) != RIGHT != mine.outcome(following.truth)
        assert question.deal(seat, "2").outcome(question.deal(seat, "1").truth) != RIGHT


def test_no_two_answers_of_one_deal_are_near_each_other(variant):
    for each in variant.numbers:
        for a, b in combinations((each.truth, *each.mistakes.values()), 2):
            assert abs(a - b) >= 2 * variant.tolerance.distance, each


def test_an_answer_that_is_rounded_as_the_text_asks_falls_into_its_own_key_alone(variant):
    for each, deal in zip(variant.numbers, variant.deals(), strict=True):
        for id, value in {RIGHT: each.truth, **each.mistakes}.items():
            for answer in (value, round(value, variant.tolerance.digits)):
                assert [key for key, low, high in deal.keys if low <= answer <= high] == [id], each
                assert deal.outcome(answer) == id
        assert deal.keys[0][0] == RIGHT


def test_each_text_says_to_how_many_digits(variant):
    words = {
        0: "How many (parameters|steps)",
        1: "one digit after",
        2: "two digits after",
        3: "three digits after",
    }
    assert re.search(words[variant.tolerance.digits], variant.text)
    assert variant.tolerance.distance >= 0.5 * 10**-variant.tolerance.digits


def test_every_answer_is_on_both_scales(variant, question):
    assert variant.scale.low > 0 or not variant.scale.logarithmic
    for each, deal in zip(variant.numbers, variant.deals(), strict=True):
        for answer in (each.truth, *each.mistakes.values()):
            assert question.has_answer(answer)
            exact = variant.error(each.truth, answer)
            assert variant.errors.low <= exact <= variant.errors.high
            assert question.error(deal, answer) == exact
        assert question.error(deal, each.truth) == (1 if variant.errors.logarithmic else 0)


def test_who_computes_with_the_rounded_values_of_the_text_falls_into_the_same_keys():
    rows = {variant.id: variant.deals() for variant in variants()}
    for deal in rows["other_hidden_state"]:
        o, _, tanh_C, sigma_C = map(read, deal.texts)
        assert deal.outcome(round(o * tanh_C, 2)) == RIGHT
        assert deal.outcome(round(o * sigma_C, 2)) == "sigma"
        assert deal.outcome(round(tanh_C, 2)) == "o_forgotten"
    for deal in rows["other_half_life"]:
        _, ln_f = map(read, deal.texts)
        assert deal.outcome(round(-0.6931 / ln_f, 2)) == RIGHT
        assert deal.outcome(round(-1 / ln_f, 2)) == "ln_half_forgotten"
    for deal in rows["other_bits"]:
        (loss,) = map(read, deal.texts)
        assert deal.outcome(round(loss / 0.6931, 2)) == RIGHT
        assert deal.outcome(round(loss * 0.6931, 2)) == "multiplied"
    for deal in rows["other_steps_of_an_epoch"]:
        characters, batch, length = map(read, deal.texts)
        assert {deal.outcome(whole(characters / batch / length)) for whole in (math.floor, math.ceil)} == {
            RIGHT
        }
        assert deal.outcome(round(characters / length)) == "batch_forgotten"
        assert deal.outcome(round(characters / batch)) == "length_forgotten"


# -- texts --


def test_gaps_stand_whole_in_the_html_and_are_all_filled(variant, question):
    for text in (question.text, question.html):
        assert sorted(set(GAP.findall(text))) == [str(k) for k in range(len(variant.numbers[0].texts))]
        assert not set("{}$\\") & set(GAP.sub("", text)), text
    for each in variant.numbers:
        assert len(each.texts) == len(variant.numbers[0].texts)
        assert all(html.escape(text) == text for text in each.texts)


def test_no_text_gives_the_answer_away(variant, question):
    if variant.id == "other_gate":  # a table of values, of which only one is right
        return
    for each in variant.numbers:
        answer = (
            f"{each.truth:,.0f}"
            if not variant.tolerance.digits
            else number(each.truth, variant.tolerance.digits)
        )
        assert answer not in re.findall(r"−?[\d,]+(?:\.\d+)?", fill(question.text, each.texts))


def test_each_mistake_has_a_name_and_a_reply(variant):
    ids = [mistake.id for mistake in variant.mistakes]
    assert len(set(ids)) == len(ids) >= 3
    for mistake in variant.mistakes:
        assert mistake.name and mistake.reply.endswith((".", "…"))
        assert re.fullmatch(r"[a-zA-Z0-9_]{1,60}", mistake.id) and mistake.id not in (RIGHT, OTHER)
    for each in variant.numbers:
        assert list(each.mistakes) == ids


def test_they_belong_to_questions_of_the_course():
    own = {question.id for question in catalogue()} - set(NAMES)
    assert len(NAMES) == len(set(NAMES)) >= 12
    for variant in variants():
        assert variant.id.startswith("other_") and len(variant.id) <= 60
        assert variant.of and set(variant.of) <= own
    assert set(variant_of()) == {id for variant in variants() for id in variant.of}
    assert variant_of()["half_life"] == variant_of()["number_half_life"] == "other_half_life"
    assert variant_of()["keep"] == "other_cell_state" and variant_of()["first_loss"] == "other_first_loss"


def test_the_part_that_shows_it_exists(variant):
    parts = {
        "2_gates.py": gates.PART, "3_gradients.py": gradients.VIEW, "4_training.py": training.TAB,
        "5_sampling.py": sampling.TASK, "8_cheatsheet.py": SHEET_PART,
    }  # fmt: skip
    part = parts[variant.file]
    assert variant.query[part.name] in part.options


def test_rooms_can_ask_them(variant, question):
    assert question.kind == DEALT and question.right == RIGHT
    assert Question.from_json(question.to_json()) == question
    ids = [answer.id for answer in question.answers]
    assert ids == [RIGHT, *(mistake.id for mistake in variant.mistakes), OTHER]
    for answer in question.answers:
        assert answer.text and answer.html and answer.reply
        assert not re.search(r"[<>$\\&]", answer.text)
    assert not re.search(
        r"[$\\]", question.html + question.reply + "".join(a.reply for a in question.answers)
    )
    assert question.page and question.link and question.reply and len(question.deals) == DEALS


def test_answers_that_are_far_from_all_keys_have_no_name(question):
    for deal in question.deals:
        far = max(high for *_, high in deal.keys) + 1
        assert deal.outcome(far) == OTHER


def test_what_gives_an_answer_away_is_covered_in_its_part():
    questions = {each.id: as_question(each) for each in variants()}
    assert "half_life_numbers" in questions["other_half_life"].covers
    assert "keep_numbers" in questions["other_cell_state"].covers
    assert questions["other_lstm_parameters"].covers == ()  # its question is asked on another page
