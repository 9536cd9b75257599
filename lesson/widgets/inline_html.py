"""A line of Markdown as HTML, for the drawings that Streamlit's Markdown does not reach."""

import html
import re
from collections.abc import Iterable, Sequence

_RULES = (
    (re.compile(r"\$([^$]+)\$"), lambda match: _symbol(match[1])),
    (re.compile(r"\*\*(.+?)\*\*"), r"<b>\1</b>"),
    (re.compile(r"(?<![\w*])\*(?!\s)([^*]+?)(?<!\s)\*(?![\w*])"), r"<em>\1</em>"),
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
)
_SIGNS = {
    "\\tilde C": "C̃", "\\tilde{C}": "C̃", "\\tilde h": "h̃", "\\tau": "τ", "\\sigma": "σ", "\\approx": "≈",
    "\\cdot": "·", "\\odot": "⊙", "\\ln": "ln", "\\tanh": "tanh", "-": "−",
}  # fmt: skip
_INDEX = re.compile(r"([_^])(?:\{([^}]*)\}|(\w+))")


def inline_html(markdown: str) -> str:
    """Return a line of our own Markdown as HTML: bold, emphasis, code, and symbols such as $b_f$.

    What is no markup is escaped.
    """
    text = html.escape(markdown, quote=False)
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def _symbol(formula: str) -> str:
    """Return a short formula, such as a symbol with its index: `b_f`, `h_{t-1}`, `a^n`."""
    for name, sign in _SIGNS.items():
        formula = formula.replace(name, sign)
    return f"<i class=symbol>{_INDEX.sub(_index, formula)}</i>"


def _index(match: re.Match[str]) -> str:
    tag = "sub" if match[1] == "_" else "sup"
    return f"<{tag}>{match[2] or match[3]}</{tag}>"


def table_html(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of lines of our own Markdown; the first cell of each row is its head."""
    columns = "".join(f'<th scope="col">{inline_html(cell)}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{inline_html(name)}</th>'
        f"{''.join(f'<td>{inline_html(cell)}</td>' for cell in cells)}</tr>"
        for name, *cells in rows
    )
    return f"<table><thead><tr>{columns}</tr></thead><tbody>{body}</tbody></table>"


def plain_text(markdown: str) -> str:
    """Return a line of our own Markdown as it is read aloud: without any markup."""
    text = re.sub(r"\$([^$]+)\$", lambda match: match[1].replace("\\", "").replace("_", " "), markdown)
    return re.sub(r"[*`{}]", "", text)
