"""The cheat sheet: symbols, advice and numbers are the library's, on the screen and printed."""

import re
from html import escape
from pathlib import Path

import pytest

from lesson.cheatsheet import half_true
from lesson.cheatsheet.commands import COMMANDS, SCRIPT_COMMANDS
from lesson.cheatsheet.half_true import HALF, TRUE, lines
from lesson.cheatsheet.printed import printed_sheet
from lesson.cheatsheet.sheet import GUIDE, REFERENCES, equations_html, symbol_rows
from lesson.frame.glossary import TERMS
from lesson.frame.lessons import LESSONS
from lesson.sampling.surgery.ablation import entries
from lesson.training.parameters import CONTROLS
from lesson.training.troubles.experiments import EXPERIMENTS
from lstm import LSTM, RNN
from lstm.diagnosis.checklist import ITEMS, checklist
from lstm.terminal.options import command_parser, script_parser
from lstm.terminal.program import INSTALLED, script
from tests.app import open_page, words_of
from visualization.equations import Html
from visualization.numbers import scientific
from visualization.palette import colour
from visualization.symbols import owner

SHEET = "7_cheatsheet.py"


def open_at(file, **query):
    return open_page(file, query)


def test_every_symbol_of_the_equations_has_its_colour_and_its_meaning():
    for tone in ("light", "dark"):
        html = equations_html(tone)
        for name, means, _, span in symbol_rows():
            marked = (
                rf'<b title="{re.escape(means)}; shape [^"]*; {re.escape(span)}" style="color:(#\w+);[^"]*">'
            )
            (shown,) = set(re.findall(marked + re.escape(Html().name(name)) + "</b>", html))
            assert shown == colour(owner(name), tone), name


@pytest.mark.parametrize("part", ["Sheet", "True, half true", "Compared", "Words"])
def test_the_parts_open(part):
    app = open_at(SHEET, sheet=part)
    assert not app.error and not app.warning


def test_the_lines_to_type_are_those_of_the_readme_and_the_command_takes_them():
    readme = (Path(__file__).parents[3] / "README.md").read_text("utf-8").splitlines()
    shown = [line for code in open_at(SHEET).code for line in code.value.splitlines()]
    for line in (*COMMANDS, *SCRIPT_COMMANDS):
        assert line in readme and line in shown
        match line.split():
            case "lstm", *words:
                assert command_parser(INSTALLED).parse_args(words).command == words[0]
            case "python", "train_minimal.py", *words:
                assert script_parser(script()).parse_args(words).generate == ("--generate" in words)


def test_the_guide_and_the_checklist_are_the_librarys():
    words = words_of(open_at(SHEET))
    for _, control, low, high in GUIDE:
        entry = CONTROLS[control]
        assert entry.usual in words and entry.too_low in words and entry.too_high in words
        for state, side in ((low, entry.too_low), (high, entry.too_high)):
            comment = entry.comment(next(iter(state.values()))) if entry.typical else ""
            assert side in (comment or side)  # the advice of the guide and of the controls is one
    assert all(item in words for item in ITEMS) and callable(checklist)


def test_every_line_stands_with_a_number_that_was_computed():
    for line in lines():
        assert line.verdict in (TRUE, HALF, half_true.FALSE) and re.search(r"\d", line.evidence)


def test_the_numbers_of_the_lines():
    found = {line.says: line.evidence for line in lines()}
    cells = {kind: kind(65, 128, 65) for kind in (RNN, LSTM)}
    sizes = [net.weights["W"].size + net.weights["b"].size for net in cells.values()]
    assert f"{sizes[1]:,} and {sizes[0]:,}" in found["An LSTM has four times the parameters of an RNN."]
    assert "It has 3 gates" in found["An LSTM has four gates."]
    kept = found["The LSTM preserves gradients."]
    share = half_true.medians("lstm", (0.0, 1.0, 3.0, 5.0), 100, what="h")[2]
    assert f"b_f = 3: {scientific(float(share))}" in kept
    assert (
        f"Of {sum(e['kind'] == 'lstm' for e in entries())} LSTMs"
        in found["Without the forget gate an LSTM loses most."]
    )


def test_words_are_in_the_order_of_the_alphabet_and_of_pages_that_exist():
    terms = [term.name.casefold() for term in TERMS]
    assert terms == sorted(terms)
    assert {term.page for term in TERMS} <= {lesson.title for lesson in LESSONS}


def test_the_printed_sheet_has_all_of_it():
    html = printed_sheet()
    for words in (
        *ITEMS,
        *REFERENCES,
        *(line.says for line in lines()),
        *(CONTROLS[c].usual for _, c, *_ in GUIDE),
    ):
        assert escape(words) in html
    assert all(experiment.title in html for experiment in EXPERIMENTS)


def test_the_printed_sheet_names_the_cures_and_not_the_faults():
    html, cured = printed_sheet(), {experiment.name: experiment.cured for experiment in EXPERIMENTS}
    assert f"learning rate too high (cure: learning rate {cured['rate_too_high'].rate:g})" in html
    assert f"too few units (cure: {cured['too_few_units'].hidden} units)" in html
