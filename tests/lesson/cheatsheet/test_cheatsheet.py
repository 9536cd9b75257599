"""The cheat sheet: symbols, advice and numbers are the library's, on the screen and printed."""

import contextlib
import io
import json
import math
import re
from html import escape
from pathlib import Path
from statistics import median

import pytest

from assets.build.recall_control import CONTROL
from lesson.cheatsheet import recall
from lesson.cheatsheet.commands import COMMANDS, SCRIPT_COMMANDS
from lesson.cheatsheet.guide import GUIDE, REMEDIES
from lesson.cheatsheet.half_true import FALSE, HALF, TRUE, WORDS, lines
from lesson.cheatsheet.printed import printed_sheet
from lesson.cheatsheet.sheet import PICTURES, equations_html, signature_of, symbol_rows
from lesson.cheatsheet.sources import SOURCES, is_cited
from lesson.cheatsheet.troubles import FINDINGS, in_words, what_is_shared
from lesson.frame.files import ROOT
from lesson.frame.glossary import TERMS
from lesson.frame.lessons import LESSONS
from lesson.gradients.first_weights.starts import left, usual
from lesson.gradients.flows import Setup
from lesson.gradients.recall_results import results
from lesson.gradients.windows import SEEDS, medians
from lesson.sampling.surgery.ablation import entries
from lesson.training.engine.settings import SYMBOLS, RunSettings
from lesson.training.parameters import CONTROLS
from lesson.training.troubles.experiments import EXPERIMENTS
from lstm import LSTM, RNN
from lstm.diagnosis.checklist import ITEMS, checklist
from lstm.settings import Settings
from lstm.terminal.options import command_parser, script_parser
from lstm.terminal.program import INSTALLED, script
from lstm.text import split
from lstm.textstats.repetition import copied_share, repeated_share
from lstm.training import Training
from tests.app import open_page, words_of
from tests.lesson.training.troubles.test_experiments import pair, trained
from visualization.charts.recall import recall_panel
from visualization.equations import Html
from visualization.numbers import scientific
from visualization.palette import colour
from visualization.symbols import owner

SHEET = "8_cheatsheet.py"


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


@pytest.mark.parametrize("part", ["Sheet", "True, half true", "Compared", "Words", "Sources"])
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
        assert line.verdict in (TRUE, HALF, FALSE, WORDS)
        assert re.search(r"\d", f"{line.evidence}{line.table}")
        assert all(len(row) == len(line.table[0]) for row in line.table)


def test_a_bias_has_its_index_in_every_claim_on_the_screen_and_in_print():
    cells = [(line.evidence, *(cell for row in line.table for cell in row)) for line in lines()]
    texts = [text for of_line in cells for text in of_line]
    assert any("LSTM with $b_f$ = 3" in text for text in texts)
    assert not [text for text in texts if re.search(r"b_\w", re.sub(r"\$[^$]+\$", "", text))]
    claims = printed_sheet().partition("<h2>True, half true</h2>")[2]
    assert "b<sub>f</sub></i> = 3" in claims and not re.search(r"\$|b_[fz]", claims)


def test_the_numbers_of_the_lines():
    evidence = {line.says: line.evidence for line in lines()}
    cells = {kind: kind(65, 128, 65) for kind in (RNN, LSTM)}
    sizes = [net.weights["W"].size + net.weights["b"].size for net in cells.values()]
    words = f"an LSTM's cell has {sizes[1]:,} parameters and an RNN's {sizes[0]:,}: 4.0 times"
    assert words in evidence["An LSTM has four times the parameters of an RNN."]
    assert "It has 3 gates" in evidence["An LSTM has four gates."]
    assert (
        f"In each of {sum(e['kind'] == 'lstm' for e in entries())} LSTMs"
        in evidence["The forget gate is the most important gate of an LSTM."]
    )


def test_the_line_about_gradients_says_what_is_computed():
    """Medians: with b_f = 0 an LSTM keeps far less than the RNN, and open gates let dL/dC grow."""
    line = next(line for line in lines() if line.says == "The LSTM preserves gradients.")
    words, biases = line.evidence, (0.0, 1.0, 3.0, 5.0)
    rnn, of_C = medians("rnn", (0.9,), 100, back=50)[0], medians("lstm", biases, 100, what="C", back=50)
    of_h = medians("lstm", biases, 100, back=50)
    for row, h, C in zip(line.table[1:], of_h, of_C, strict=False):
        assert row[1:] == (scientific(h), scientific(C))
    assert line.table[-1] == ("RNN, radius 0.9", scientific(rnn), "no C")
    assert of_h[0] < rnn / 1000 and "far less is left 50 steps back in an LSTM than in an RNN" in words
    assert of_h[1] < 0.01 and "With $b_f = 1$, almost all is still lost" in words
    assert of_h[2] > 10 * of_h[1] and of_h[3] > 10 * of_h[1] and "An open gate keeps more" in words
    assert of_C[-1] > 1.1 and "can also make ∂L/∂C grow" in words
    setup = Setup()
    assert f"{SEEDS} untrained networks with {setup.H} units, T = {setup.T} and inputs of size" in words
    assert f"inputs of size {setup.scale} " in words


def test_the_rows_about_gradients_are_those_of_this_courses_weights_and_the_libraries_have_others():
    """At the same forget bias: Keras's start leaves another share than a row of the table."""
    line = next(line for line in lines() if line.says == "The LSTM preserves gradients.")
    assert "All rows have this course's initial weights. Those of PyTorch and Keras are" in line.evidence
    ours, keras = (float(left(usual(rule, 100), 100, "h").median[50]) for rule in ("course", "keras"))
    assert usual("keras", 100).forget_bias == usual("course", 100).forget_bias == 1.0
    assert line.table[2][:2] == ("LSTM, $b_f = 1$", scientific(ours)) and keras < ours / 10


def test_short_sequences_first_help_with_the_longest_gap_and_not_with_all_shorter_ones():
    """They teach more kinds of network to recall over the longest gap, but cost some of the shorter ones."""
    line = next(line for line in lines() if line.says == "Start with short sequences.")
    panels = (recall.reaches("direct"), recall.reaches("elsewhere"))
    before, after = (sum(far == 100 for far in panel.values()) for panel in panels)
    assert line.verdict == HALF and before < after
    assert f"{before} of 6 kinds" in line.evidence and f"short gaps first, {after} do" in line.evidence
    eased = recall_panel(results(), "elsewhere")
    rnn = eased[eased["row"] == "RNN"].groupby("gap")["accuracy"].median()
    row = next(row for row in line.table if row[0] == "RNN")
    assert row[2:] == (f"{rnn[100]:.1%}", f"{rnn.min():.1%}, at {rnn.idxmin()} steps")
    assert rnn[100] >= 0.95 > rnn.min()
    # What a network that fails at a shorter gap recalls over if it is trained there from the start.
    kinds = [row for row, far in panels[1].items() if far == 100]
    direct, eased = (
        frame.groupby(["row", "gap"])["accuracy"].median()
        for frame in (recall_panel(results(), "direct"), eased)
    )
    lost = [(row, gap) for row in kinds for gap in (5, 10, 20, 50) if eased[row, gap] < 0.95]
    assert len(lost) > 4 and [at for at in lost if direct[at] < 0.95] == [("RNN", 50)]
    failing = len({row for row, _ in lost})
    assert f"But {failing} of these {after} are then right in less than 95% of the cases" in line.evidence
    assert "from the start, they recall over it, except the RNN after 50 steps." in line.evidence


def test_the_control_to_short_sequences_is_what_was_measured():
    """Trained on the longest gap alone, each network fails at a shorter one, where short gaps first helps."""
    line = next(line for line in lines() if line.says == "Start with short sequences.")
    runs = json.loads(CONTROL.read_text("utf-8"))["runs"]
    sure = {(r["row"], r["seed"]) for r in runs if r["gap"] == 100 and r["accuracy"] >= 0.95}
    for row in {r["row"] for r in runs}:
        shares = {
            gap: median(r["accuracy"] for r in runs if (r["row"], r["seed"]) in sure
                        and r["row"] == row and r["gap"] == gap)
            for gap in (5, 10, 20, 50)
        }  # fmt: skip
        worst = min(shares, key=lambda gap: shares[gap])
        assert shares[worst] < 0.95
        count = sum(one == row for one, _ in sure)
        before = recall.seeds_at(row, 100).removesuffix(" seeds")
        table = f"; in the table of gaps it is {before}" if before != f"{count} of 5" else ""
        words = f"After {worst} steps the {recall.named(row)} is right in {shares[worst]:.0%} of the cases,"
        assert f"{words} and with short gaps first in" in line.evidence
        told = f"({count} of 5 of these new networks learned the task{table}.)"
        assert told in line.evidence
        below = f"{told} {shares[worst]:.0%} is less often than by guessing (12.5%)" in line.evidence
        assert below == (shares[worst] < 1 / SYMBOLS / 2) and 1 / SYMBOLS == 0.125


def test_the_rates_that_did_better_than_the_customary_one_were_measured():
    results = json.loads((ROOT / "assets" / "recipe.json").read_text("utf-8"))
    contenders = results["header"]["contenders"]
    lowest = {
        name: [min(r["losses"]) for r in results["runs"] if r["contender"] == name] for name in contenders
    }
    rates = sorted(c["learning_rate"] for name, c in contenders.items() if name != "cheat sheet")
    assert max(max(lowest[name]) for name in contenders if name != "cheat sheet") < min(lowest["cheat sheet"])
    assert {c["batch_size"] for name, c in contenders.items() if name != "cheat sheet"} == {16}
    words = (
        f"{contenders['cheat sheet']['learning_rate']:g} is customary, but on our {results['header']['text']}"
    )
    assert f"{words} {rates[0]:g} to {rates[1]:g} with a batch of 16 did better" in CONTROLS["rate"].usual


def test_the_links_about_clipping_open_plain_sgd():
    """With Adam a threshold changes nothing that can be seen; too high is a run that a test watches rise."""
    low, high = next(entry[2:] for entry in GUIDE if entry[1] == "clip")
    assert low["optimiser"] == high["optimiser"] == "sgd"
    faulty = next(one for one in EXPERIMENTS if one.name == "no_clipping").faulty
    assert (high["kind"], float(high["rate"]), faulty.clip) == (faulty.cell, faulty.rate, "off")
    assert faulty.optimiser == "sgd"


@pytest.mark.slow
def test_plain_sgd_is_slow_with_a_low_threshold_and_adam_is_not():
    def loss(**changes):
        watched = trained(RunSettings(hidden=32, amount=3, **changes))
        return watched.recording.up_to(watched.cursor).validation_loss[-1]

    low, usual = ({"clip_at": at} for at in (0.1, 5.0))
    plain_sgd = {"optimiser": "sgd", "rate": 3.0}
    assert loss(**plain_sgd, **low) > loss(**plain_sgd, **usual) + 0.2
    assert abs(loss(**low) - loss(**usual)) < 0.1


def test_a_trouble_names_what_both_runs_share():
    by_name = {experiment.name: experiment for experiment in EXPERIMENTS}
    words = [in_words(experiment) for experiment in EXPERIMENTS]
    assert len(set(words)) == len(words)
    assert "500 steps" in what_is_shared(by_name["nan"]) and not what_is_shared(by_name["rate_too_high"])
    assert "clipped" not in what_is_shared(by_name["nan"])  # the two differ in it
    assert FINDINGS.keys() <= by_name.keys()
    forgets = by_name["forget_bias"].faulty
    words = f"{forgets.bias:g} is a usual bias. With it, a network that sees only sequences of {forgets.seq} "
    assert FINDINGS["forget_bias"] == f"{words}steps does not learn to keep a symbol."


def test_the_forget_bias_for_long_gaps_is_the_one_that_recalls_over_them():
    """Of the usual ones: over 50 steps and more the low one recalls in no seed, the high one in most."""
    assert "; 3 to keep something for 50 steps or more." in CONTROLS["bias"].usual
    low, high = CONTROLS["bias"].typical
    assert high == 3
    for gap in (50, 100):
        few, most = (recall.seeds_at(f"LSTM, b_f = {bias}", gap) for bias in (low, high))
        assert few == "0 of 5 seeds" and most in ("3 of 5 seeds", "5 of 5 seeds")


@pytest.mark.slow
def test_what_the_sheet_says_of_two_runs_is_what_they_do():
    assert "does fall" in FINDINGS["too_few_units"] and "high value" in FINDINGS["too_few_units"]
    _, (few, many) = pair("too_few_units")
    assert few.history.loss[-1] < few.guess - 0.5 and few.now > many.now + 0.3
    assert "does not repeat itself" in FINDINGS["overtraining"]
    _, (long, _) = pair("overtraining")
    sample, learned = long.history.sample[1], split(long.recording.text)[0]
    assert copied_share(sample, learned, 20) > 0.2 > repeated_share(sample, 20)


def test_every_option_of_the_remedies_exists():
    options = [text for _, texts, _ in REMEDIES for text in re.findall("`([^`]+)`", texts)]
    for text in options:
        if text.startswith("--"):
            name, value = text.split()
            assert name in help_of_train()
            assert command_parser(INSTALLED).parse_args(["train", "x", name, value])
        elif text.endswith("()"):
            assert hasattr(Training, text.removesuffix("()"))
        else:
            assert text.split("=")[0] in Settings.__dataclass_fields__
    assert any("--dropout" in text for text in options) and any("--weight-decay" in text for text in options)


def help_of_train():
    """The options of `lstm train`, as its help lists them."""
    with pytest.raises(SystemExit), contextlib.redirect_stdout(io.StringIO()) as text:
        command_parser(INSTALLED).parse_args(["train", "--help"])
    return text.getvalue()


def test_the_pictures_are_named_with_what_they_take():
    words = words_of(open_at(SHEET))
    assert all(signature_of(function) in words for function in PICTURES)
    assert signature_of(PICTURES[0]) == "plot_gate_activations(gates_dict, sequence_text)"


def test_one_loss_in_three_units():
    """1.12 nats are 1.12 / ln 2 bits, and e to the 1.12 characters."""
    text = words_of(open_at(SHEET, sheet="Words"))
    nats, bits, perplexity = map(
        float,
        re.search(r"([\d.]+) nats per .* is ([\d.]+) bits per .* perplexity of (\d+\.\d+)", text).groups(),
    )
    assert bits == pytest.approx(nats / math.log(2), abs=0.01)
    assert perplexity == pytest.approx(math.exp(nats), abs=0.03)


def test_words_are_in_the_order_of_the_alphabet_and_of_pages_that_exist():
    terms = [term.name.casefold() for term in TERMS]
    assert terms == sorted(terms)
    assert {term.page for term in TERMS} <= {lesson.title for lesson in LESSONS}


@pytest.mark.slow
def test_the_printed_sheet_has_all_of_it():
    html = printed_sheet()
    for words in (
        *ITEMS,
        *(source.where for source in SOURCES if is_cited(source, printed_sheet())),
        *(do for do, *_ in REMEDIES),
        *(line.says for line in lines()),
        *(CONTROLS[c].usual for _, c, *_ in GUIDE),
    ):
        assert escape(words) in html
    assert all(experiment.title in html for experiment in EXPERIMENTS)


def test_the_printed_sheet_names_the_fixed_runs():
    html, cured = printed_sheet(), {experiment.name: experiment.cured for experiment in EXPERIMENTS}
    assert f"Fixed run: learning rate {cured['rate_too_high'].rate:g})" in html
    assert f"Fixed run: {cured['too_few_units'].hidden} units." in html


def test_the_printed_sheet_names_the_sources_that_it_cites_and_no_others():
    sheet = printed_sheet()
    text, sources = sheet.split("<h2>Sources</h2>")
    cited = [source for source in SOURCES if source.where in sources]
    assert 2 < len(cited) < len(SOURCES)
    assert {source.name for source in cited} == {s.name for s in SOURCES if is_cited(s, text)}
    assert f"All {len(SOURCES)} sources" in sources
