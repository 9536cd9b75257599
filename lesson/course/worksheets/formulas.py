"""A line of our Markdown as HTML for paper: formulas become letters, indices and signs, tags stay text."""

import html
import re
from collections.abc import Iterator

from markdown_it import MarkdownIt

_MARKDOWN = MarkdownIt("js-default")  # which makes no HTML of tags in the text
SIGNS = {
    r"\odot": "⊙", r"\le": "≤", r"\ge": "≥", r"\cdot": "·", r"\times": "×", r"\approx": "≈", r"\partial": "∂",
    r"\sigma": "σ", r"\tau": "τ", r"\infty": "∞", r"\to": "→", r"\ldots": "…", r"\dots": "…", r"\pm": "±",
    r"\Delta": "Δ", r"\,": " ", r"\;": " ", r"\ ": " ", r"\left": "", r"\right": "",
}  # fmt: skip
WORDS = {rf"\{name}": name for name in ("tanh", "ln", "log", "exp", "max", "min", "softmax")}
_TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|[_^{}]|[A-Za-zα-ωΑ-Ω]|\d+(?:[.,]\d+)*|\s+|.", re.S)
_SIGN_BETWEEN = re.compile(r" (=|≈|≤|≥|&lt;|&gt;|·|⊙|×) ")
_COMBINING_TILDE = "\u0303"


def line_html(markdown: str) -> str:
    """Return a line of Markdown as HTML; a formula is italic letters with real indices.

    No line breaks at the sign of a formula, in $o_t = 0$ or in 3 · 10⁻⁴; at + and − a long one may break.
    """
    formulas: list[str] = []

    def keep(match: re.Match[str]) -> str:
        formulas.append(formula_html(match[1]))
        return f"\ue000{len(formulas) - 1}\ue001"

    line = _MARKDOWN.renderInline(re.sub(r"\$([^$]+)\$", keep, markdown))
    line = re.sub("\ue000(\\d+)\ue001", lambda match: formulas[int(match[1])], line)
    return _SIGN_BETWEEN.sub(r"&nbsp;\1&nbsp;", line)


def plain_letters(line: str) -> str:
    """Return a line of HTML in plain letters, for screen readers, files and scripts."""
    text = re.sub(r"<[^>]+>", "", re.sub(r"<sub>(.*?)</sub>", r"_\1", line))
    return html.unescape(text.replace("&nbsp;", " "))


def formula_html(tex: str) -> str:
    """Return a formula as HTML.  A command that has no sign here stays as its name; a test finds it."""
    return _sequence(iter(_TOKEN.findall(tex))).replace("∂ ", "∂")


def _sequence(tokens: Iterator[str], closing: str = "") -> str:
    parts = []
    for token in tokens:
        if token == closing:
            break
        parts.append(_part(token, tokens))
    return "".join(parts)


def _part(token: str, tokens: Iterator[str]) -> str:
    """Return one thing of a formula: a letter, a sign, a group, or a command with what it takes."""
    if token == "{":
        return _sequence(tokens, "}")
    if token in ("_", "^"):
        tag = "sub" if token == "_" else "sup"
        return f"<{tag}>{_argument(tokens)}</{tag}>"
    if token == r"\tilde":
        return _argument(tokens).replace("</i>", f"{_COMBINING_TILDE}</i>")
    if token == r"\frac":
        return f"{_argument(tokens)} / {_argument(tokens)}"
    if token in (r"\mathrm", r"\text", r"\operatorname"):
        return re.sub("</?i>", "", _argument(tokens))
    if token in WORDS:
        return WORDS[token]
    if token.startswith("\\"):
        return SIGNS.get(token, token[1:])
    if token.isalpha():
        return f"<i>{token}</i>"
    return {"<": "&lt;", ">": "&gt;", "&": "&amp;", "-": "−"}.get(token, token)


def _argument(tokens: Iterator[str]) -> str:
    """Return what a command takes: the next thing that is no blank."""
    for token in tokens:
        if not token.isspace():
            return _part(token, tokens)
    return ""
