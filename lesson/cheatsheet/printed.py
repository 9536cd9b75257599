"""The cheat sheet for printing: one file, two pages of A4."""

import re
from collections.abc import Sequence
from html import escape

import streamlit as st

from lesson.cheatsheet.guide import GUIDE, remedy_lines
from lesson.cheatsheet.half_true import lines
from lesson.cheatsheet.sheet import LETTERS, equations_html, symbol_rows
from lesson.cheatsheet.sources import SOURCES, in_short, is_cited
from lesson.cheatsheet.troubles import in_words
from lesson.frame.glossary import note
from lesson.training.parameters import CONTROLS
from lesson.training.troubles.experiments import EXPERIMENTS, TROUBLES
from lesson.widgets.inline_html import inline_html
from lstm.diagnosis.checklist import ITEMS
from visualization.equations import Html

_STYLE = """
@page { size: A4; margin: 10mm; }
body { font: 8.4pt/1.22 "Helvetica Neue", Arial, sans-serif; color: #111; margin: 0 auto; max-width: 190mm; }
h1 { font-size: 14pt; margin: 0 0 2mm; } h2 { font-size: 10.5pt; margin: 3mm 0 1mm; break-after: avoid; }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 0 8mm; } .eq div { line-height: 1.6 !important;
font-size: 10.5pt !important; } table { border-collapse: collapse; width: 100%; }
td, th { border-bottom: .3pt solid #999; padding: .6mm 1.5mm .6mm 0; text-align: left; vertical-align: top; }
ol, ul { margin: 0; padding-left: 5mm; } li { margin-bottom: .4mm; } p { margin: 0 0 1mm; }
.small { font-size: 7pt; line-height: 1.2; }
"""


def show() -> None:
    """Show the drawer in which the file is made when it is opened."""
    with st.expander(
        "Print this sheet: two pages", icon=":material/print:", key="print_sheet", on_change="rerun"
    ) as drawer:
        if drawer.open:
            st.download_button(
                "Save the sheet as a file for the browser", printed_sheet(), "lstm_cheat_sheet.html",
                "text/html", icon=":material/download:", on_click="ignore",
            )  # fmt: skip
            note("Open the file in the browser and print it. It fits on two pages of A4.")


def printed_sheet() -> str:
    """Return the whole file as HTML; it needs nothing else."""
    body = [
        "<h1>LSTM cheat sheet</h1>",
        f'<div class="two"><div class="eq">{equations_html("light")}</div>{_symbols()}</div>',
        "<h2>Hyperparameters</h2>", _guide(),
        "<h2>Against overfitting</h2>", _remedies(),
        "<h2>Problems, their causes and how to fix them</h2>", _troubles(),
        "<h2>If a network does not learn: check in this order</h2>", _list("ol", ITEMS),
        "<h2>True, half true</h2>", _half_true(),
    ]  # fmt: skip
    cited = [source for source in SOURCES if is_cited(source, "".join(body))]
    body += [
        "<h2>Sources</h2>",
        f'<p class="small">{escape("; ".join(map(in_short, cited)))}. All {len(SOURCES)} sources of the '
        "course stand on its page Cheat sheet.</p>",
    ]
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>LSTM cheat sheet</title>'
        f"<style>{_STYLE}</style><body>{''.join(body)}</body></html>"
    )


def _symbols() -> str:
    notation = Html()
    rows = [
        f"<tr><td><b>{notation.name(name)}</b></td><td>{escape(means)}</td><td>{escape(shape)}</td>"
        f"<td>{escape(span)}</td></tr>"
        for name, means, shape, span in symbol_rows()
        if not name.endswith("_prev")
    ] + [
        f"<tr><td><b>{name}</b></td><td colspan=3>{escape(means)}</td></tr>"
        for name, means in LETTERS.items()
    ]
    return f"<table>{''.join(rows)}</table>"


def _guide() -> str:
    rows = [
        f"<tr><td><b>{escape(name)}</b></td><td>{escape(CONTROLS[control].usual)}</td>"
        f"<td>{escape(CONTROLS[control].too_low)}</td><td>{escape(CONTROLS[control].too_high)}</td></tr>"
        for name, control, *_ in GUIDE
    ]
    return f"<table><tr><th></th><th>usual</th><th>too low</th><th>too high</th></tr>{''.join(rows)}</table>"


def _remedies() -> str:
    lines = (re.sub("[*`]", "", line) for line in remedy_lines())
    return f"<p>{escape(' '.join(lines))}</p>"


def _troubles() -> str:
    rows = []
    for trouble in TROUBLES:
        causes = [
            f"{escape(experiment.title)} ({escape(in_words(experiment).rstrip('.'))})"
            for experiment in EXPERIMENTS
            if experiment.trouble == trouble
        ]
        rows.append(f"<tr><td><b>{escape(trouble)}</b></td><td>{'; '.join(causes)}</td></tr>")
    return f"<table>{''.join(rows)}</table>"


def _half_true() -> str:
    return "".join(
        f"<p><b>“{escape(line.says)}”</b> <i>{escape(line.verdict)}.</i> {inline_html(line.evidence)}"
        f"{f' {inline_html(_in_a_line(line.table))}' if line.table else ''}</p>"
        for line in lines()
    )


def _in_a_line(table: Sequence[Sequence[str]]) -> str:
    """Write a table as text: its head, and then row by row."""
    return "; ".join(": ".join((row[0], ", ".join(row[1:]))) for row in table) + "."


def _list(tag: str, items: tuple[str, ...]) -> str:
    return f"<{tag}>{''.join(f'<li>{escape(item)}</li>' for item in items)}</{tag}>"
