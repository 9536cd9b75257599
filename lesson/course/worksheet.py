"""A worksheet of a page for printing, and the answers for the teacher: each a file of its own."""

import re
from collections.abc import Sequence
from html import escape

import streamlit as st
from markdown_it import MarkdownIt

from lesson.course.decks import DECKS
from lesson.frame.glossary import note
from lesson.widgets.questions import Question

_STYLE = """
body { font: 11pt/1.45 Georgia, serif; max-width: 46em; margin: 2em auto; padding: 0 1em; color: #111; }
h1 { font-size: 17pt; } h2 { font-size: 12.5pt; margin: 1.4em 0 .3em; break-after: avoid; }
section { break-inside: avoid; } ol { margin: .2em 0; list-style: upper-alpha; }
.blank { border-bottom: 1px solid #555; height: 1.7em; } .right { font-weight: bold; }
.note { color: #444; font-size: 9.5pt; } @media print { body { margin: 0; } }
"""
# What formulas are made of besides letters, as plain text.
SIGNS = {
    r"\odot": "⊙", r"\tanh": "tanh", r"\tilde C": "C̃", r"\tilde{C}": "C̃", r"\sigma": "σ", r"\le": "≤",
    r"\cdot": "·", r"\approx": "≈", r"\ln": "ln", r"\partial": "∂", "{": "", "}": "",
}  # fmt: skip
_TEX = re.compile(r"\\tilde ?\{?C\}?|\\[a-z]+|[{}]")
_MARKDOWN = MarkdownIt("js-default")  # which makes no HTML of tags in the text


def take_away(page: str) -> None:
    """Draw a drawer with the two files of a page.  No popover: at a page's end it would open into a slit."""
    with st.expander(
        "Take it away: a worksheet", icon=":material/print:", key="take_away", on_change="rerun"
    ) as opened:
        if not opened.open:
            return
        questions, where, name = DECKS[page](), _where(), page.lower().replace(" ", "_")
        note(
            "For printing: the guesses of this page with room to write, and the page's address as it stands. "
            "The answer sheet has the numbers that were computed."
        )
        for label, answers in (("Worksheet", False), ("Answer sheet", True)):
            st.download_button(
                label, sheet_html(page, questions, where, answers).encode(),
                f"lstm_{name}_{'answers' if answers else 'worksheet'}.html", "text/html",
                key=f"take_{label}", icon=":material/download:", on_click="ignore",
            )  # fmt: skip


def _where() -> str:
    """Return the page's settings as they stand in its address."""
    return ", ".join(f"{name} = {', '.join(st.query_params.get_all(name))}"[:120] for name in st.query_params)


def sheet_html(page: str, questions: Sequence[Question], where: str, answers: bool) -> str:
    """Return the file; where: the settings in view.  All that goes into it is written as text."""
    kind = "Answers" if answers else "Worksheet"
    body = [f"<h1>{kind}: {escape(page)}</h1>"]
    if not answers:
        body.append('<p>Name: <span class="note">________________________</span></p>')
    body.append(f'<p class="note">Settings in view: {escape(where) or "as the page opens"}</p>')
    for number, question in enumerate(questions, 1):
        body.append(_section(number, question, answers))
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{kind}: {escape(page)}</title>'
        f"<style>{_STYLE}</style><body>{''.join(body)}</body></html>"
    )


def _section(number: int, question: Question, answers: bool) -> str:
    text = f"{question.text[0].upper()}{question.text[1:]}"
    options = "".join(
        f'<li class="{"right" if answers and answer.id == question.right else ""}">{_html(answer.text)}</li>'
        for answer in question.in_random_order()
    )
    after = f"<p>{_html(question.right_answer.reply)}</p>" if answers else _BLANK
    return f"<section><h2>{number}. {_html(text)}</h2><ol>{options}</ol>{after}</section>"


_BLANK = '<p class="note">My guess: ____ &nbsp; because</p><div class="blank"></div><div class="blank"></div>'


def _html(markdown: str) -> str:
    """Write a line of Markdown as HTML, with formulas as plain symbols; tags in it stay text."""
    return _MARKDOWN.renderInline(re.sub(r"\$([^$]+)\$", lambda match: plain_formula(match[1]), markdown))


def plain_formula(tex: str) -> str:
    """Write a formula without TeX: C_t-1; a command that has no sign here stays as its name."""
    return _TEX.sub(lambda match: SIGNS.get(match[0], match[0].removeprefix("\\")), tex)
