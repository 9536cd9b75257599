"""Worksheets: every formula is HTML, every gap has its number, and the numbers are what a hand computes."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest

from lesson.course.decks import DECKS
from lesson.course.self_test import self_test
from lesson.course.worksheet import questions_of, questions_of_lesson
from lesson.course.worksheets import gates, gradients, pytorch, sampling, training
from lesson.course.worksheets.address import LONGEST, address_html, address_of
from lesson.course.worksheets.formulas import SIGNS, WORDS, formula_html, line_html
from lesson.course.worksheets.sheet import lesson_sheet, page_sheet
from lesson.course.worksheets.task import task_html
from lesson.widgets.questions import sentence

TASKS = [task for room in (gates, gradients, training, sampling, pytorch) for task in room.tasks()]
ADDRESS = "https://course.example/gates?part=One+step"
TAKES = {r"\tilde", r"\frac", r"\mathrm", r"\text", r"\operatorname"}  # commands that take an argument


def every_text():
    for question in [*(q for deck in DECKS.values() for q in deck()), *self_test()]:
        yield question.text
        for answer in question.answers:
            yield from (answer.text, answer.reply)


def read(html):
    """What is read on paper: without tags, scripts of a letter included."""
    return re.sub(r"<[^>]*>", "", html)


# -- formulas --


def test_every_formula_of_the_course_has_its_signs_on_paper():
    formulas = [tex for text in every_text() for tex in re.findall(r"\$([^$]+)\$", text)]
    assert len(formulas) > 10
    for tex in formulas:
        for command in re.findall(r"\\(?:[a-zA-Z]+|.)", tex):
            assert command in SIGNS or command in WORDS or command in TAKES, (command, tex)


def test_no_text_is_raw_on_paper():
    for text in every_text():
        html = line_html(text)
        plain = read(html)
        assert not re.search(r"[$\\{}\ue000-\uf8ff]|\*\*|\bpartial\b|:material", plain), text
        assert not re.search(r"\b[fioChxbWz]_", plain), text


@pytest.mark.parametrize(
    ("tex", "html"),
    [
        ("f_t", "<i>f</i><sub><i>t</i></sub>"),
        ("C_{t-1}", "<i>C</i><sub><i>t</i>−1</sub>"),
        (r"\tilde C_t", "<i>C\u0303</i><sub><i>t</i></sub>"),
        (r"\tilde{C}", "<i>C\u0303</i>"),
        (r"\partial C_t / \partial C_{t-1} = f_t",
         "∂<i>C</i><sub><i>t</i></sub> / ∂<i>C</i><sub><i>t</i>−1</sub> = <i>f</i><sub><i>t</i></sub>"),
        (r"o \odot \tanh(C)", "<i>o</i> ⊙ tanh(<i>C</i>)"),
        (r"e^{-\mathrm{loss}} < 0.5", "<i>e</i><sup>−loss</sup> &lt; 0.5"),
        ("x^{a_b}", "<i>x</i><sup><i>a</i><sub><i>b</i></sub></sup>"),
    ],
)  # fmt: skip
def test_a_formula_is_letters_with_real_indices(tex, html):
    assert formula_html(tex) == html


def test_markdown_is_markup_around_formulas_too_and_tags_are_text():
    html = line_html("is *f* **wide, $C_t$** `open` <b>?")
    assert html == (
        "is <em>f</em> <strong>wide, <i>C</i><sub><i>t</i></sub></strong> <code>open</code> &lt;b&gt;?"
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("If $o = 0$, what", "If <i>o</i>&nbsp;=&nbsp;0, what"),
        ("With $b_f$ = 1 it", "With <i>b</i><sub><i>f</i></sub>&nbsp;=&nbsp;1 it"),
        ("3.3 · 10⁻⁴ < 1 + 2", "3.3&nbsp;·&nbsp;10⁻⁴&nbsp;&lt;&nbsp;1 + 2"),
    ],
)
def test_a_formula_is_not_broken_at_its_sign(text, html):
    assert line_html(text) == html


# -- sheets --


@pytest.mark.parametrize("page", DECKS)
def test_a_worksheet_asks_and_its_key_answers(page):
    questions = questions_of(page)
    blank, key = (page_sheet(page, questions, ADDRESS, solved) for solved in (False, True))
    for html in (blank, key):
        assert html.count("<h3>") == len(questions) and "<svg" in html and ADDRESS in html
        for number, question in enumerate(questions, 1):
            assert f"<h3>{number}. {line_html(sentence(question.text))}</h3>" in html
            texts = [f">{line_html(answer.text)}</li>" for answer in question.in_random_order()]
            places = [html.index(text, html.index(f"<h3>{number}. ")) for text in texts]
            assert places == sorted(places)  # in the order that the screens have
    assert '<b class="gap">' not in blank and 'class="right"' not in blank
    assert key.count('class="right"') == len(questions) and "My answer" not in key
    assert not any(line_html(q.right_answer.reply) in blank for q in questions)


@pytest.mark.parametrize("task", TASKS, ids=[task.title for task in TASKS])
def test_a_task_is_blank_on_the_worksheet_and_full_in_the_key(task):
    blank, key = task_html(task, False), task_html(task, True)
    assert "<b " not in blank and blank.count('<span class="gap"></span>') == key.count('<b class="gap">')
    assert blank != key and not re.search("[\ue000-\uf8ff]", blank + key)
    assert not re.search(r">\s*(nan|inf)", read(key))


@pytest.mark.parametrize("task", TASKS, ids=[task.title for task in TASKS])
def test_drawings_are_greys_on_white(task):
    for solved in (False, True):
        for svg in re.findall("<svg.*?</svg>", task_html(task, solved)):
            ElementTree.fromstring(svg)
            assert set(re.findall("#[0-9a-f]{3,6}", svg)) <= {"#111", "#888", "#999", "#aaa", "#fff"}


def test_a_sheet_for_a_lesson_has_the_plan_s_questions_and_both_drawings():
    blank, key = (lesson_sheet(questions_of_lesson(), ADDRESS, solved) for solved in (False, True))
    count = len(questions_of_lesson())
    assert count > 3 and blank.count("<h3>") == key.count("<h3>") == count
    assert blank.count('<svg viewBox="0') == 3


# -- what a hand computes --


def nearest(z, function):
    """A value as the small table of the worksheet has it, for the nearest sum."""
    return round(float(function(gates.GRID[np.abs(gates.GRID - z).argmin()])), 2)


def test_the_step_comes_out_the_same_by_hand_from_the_small_table():
    def sigma(z):
        return 1 / (1 + np.exp(-z))

    v = gates.one_step()
    x, h, C = (gates.STEP[name] for name in ("x", "h_prev", "C_prev"))
    sums = {gate: of_h * h + of_x * x + bias for gate, (of_h, of_x, bias) in gates.WEIGHTS.items()}
    f, i, o = (nearest(sums[gate], sigma) for gate in "fio")
    candidate = nearest(sums["C"], np.tanh)
    new = round(f * C + i * candidate, 2)
    h_new = round(o * nearest(new, np.tanh), 2)
    assert [v[name] for name in ("f", "i", "C_tilde", "o", "C", "h")] == [
        f"{value:.2f}" for value in (f, i, candidate, o, new, h_new)
    ]


def test_the_cell_over_time_is_what_a_hand_computes():
    C, by_hand = 0.0, []
    for t in range(1, gates.STEPS + 1):
        C = gates.KEPT_SHARE * C + (t in gates.PULSES)
        by_hand.append(C)
    np.testing.assert_allclose(gates.run(), by_hand, atol=1e-9)


def test_what_is_left_is_the_product_of_the_gates():
    sums = np.log(np.array(gradients.GATES) / (1 - np.array(gradients.GATES)))
    np.testing.assert_allclose(gradients.left_along(sums), np.cumprod(gradients.GATES))


def test_clipping_keeps_the_direction_by_norm_only():
    value, cosine = gradients.clipped(by_value=True)
    np.testing.assert_allclose(value, [3, 4, 5])
    assert cosine == pytest.approx((9 + 16 + 60) / (13 * np.sqrt(50)))
    norm, cosine = gradients.clipped(by_value=False)
    np.testing.assert_allclose(norm, np.array(gradients.VECTOR) * 5 / 13)
    assert cosine == pytest.approx(1)


@pytest.mark.parametrize("V", [2, 11, 59])
def test_guessing_evenly_costs_ln_V(V):
    assert training.uniform_loss(V) == pytest.approx(np.log(V))


def test_softmax_by_hand():
    for temperature in sampling.TEMPERATURES:
        powers = np.exp(np.array(sampling.LOGITS) / temperature)
        by_hand = powers / powers.sum()
        assert sampling.probabilities(temperature) == [f"{p:.2f}" for p in by_hand]


def test_every_library_stacks_the_same_four():
    orders = pytorch.orders()
    assert len(orders) == 4 and all(
        sorted(order) == sorted(["f", "i", "o", "C̃"]) for order in orders.values()
    )


# -- the address --


def test_an_address_is_printed_with_its_code_and_as_text():
    html = address_html("https://course.example/gates?t=<b>&part=One+step")
    assert "https://course.example/gates?t=&lt;b&gt;&amp;part=One+step" in html and "<svg" in html
    assert "one computer" not in html


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
def test_the_address_of_a_computer_of_one_s_own_says_so(host):
    assert "one computer alone" in address_html(f"http://{host}:8501/gates")


def test_an_address_that_no_phone_reads_is_cut_to_its_page_and_it_is_said():
    html = address_html("https://course.example/gates?cell=" + "a" * LONGEST)
    assert "aaa" not in html and "<p>https://course.example/gates</p>" in html and "too long" in html


@pytest.mark.parametrize("browser", [None, 3, "javascript:alert(1)"])
def test_what_is_no_address_of_a_browser_is_not_printed(browser):
    assert address_of(browser) == "" and "<svg" not in address_html("")
