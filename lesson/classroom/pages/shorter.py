"""A script as it travels: without comments and gaps, and with short names for its variables.

All variables of one name get the same short name wherever they stand, so no scopes have to be told apart; the
names of properties, of keys and of what the browser has stay as they are.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import count
from string import ascii_letters
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?P<number>\d[\w.]*)|(?P<word>[#A-Za-z_$][\w$]*)"""
    r"""|(?P<gap>(?:\s|//[^\n]*|/\*.*?\*/)+)|(?P<sign>=>|\?\.(?!\d)|\.\.\.|.)""",
    re.DOTALL,
)
_TEMPLATE = re.compile(r"[`}](?:[^`\\$]|\\.|\$(?!\{))*(?:`|\$\{)", re.DOTALL)
_REGULAR = re.compile(r"/(?![/*])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_ZEROS = re.compile(r"^([1-9]\d*?)(0{3,})$")
_WORD = re.compile(r"[\w$#]")
# Before and after the end of a line that may end a statement.
_ENDS, _BEGINS = re.compile(r"[\w$)\]}\"'`/+-]"), re.compile(r"[\w$#\[({\"'`!+-]")
_KEYWORDS = """
async await break case catch class const continue default delete do else export extends false finally for
function if in instanceof let new null of return super switch this throw true try typeof void while
"""
# Of what the browser has, what the pages use; tests/assets/test_shorter.py finds what is missing.
_BROWSERS = """
AbortController Array Boolean BroadcastChannel DOMException DOMParser Date Element Error Event
HTMLDialogElement HTMLElement HTMLInputElement HTMLScriptElement Infinity JSON Map Math NaN Number Object
Promise ResizeObserver Set String SyntaxError TextDecoderStream TypeError URL URLSearchParams
addEventListener clearInterval clearTimeout console decodeURIComponent document encodeURIComponent fetch
getComputedStyle history innerHeight innerWidth localStorage location matchMedia navigator opener parseFloat
performance reportError requestAnimationFrame scrollTo scrollY sessionStorage setInterval setTimeout undefined
window
"""
_STAYS = frozenset(f"{_KEYWORDS}{_BROWSERS}".split())
_BEFORE_BLOCK = frozenset([")", "=>", ";", "{", "}", "", "else", "try", "finally", "catch", "do"])
_DECLARES = ("const", "let")
_BEFORE_BODY = (")", "else", "try", "catch", "finally")  # with the bracket after these a statement ends
_OWN = re.compile(r"--(\w+)")  # a property of a style
_SHORTER = {"const": "let", "true": "!0", "false": "!1"}


class _Token(NamedTuple):
    kind: str  # text, number, gap, sign, word; of words: variable, short (of an object), private
    text: str


def shorter(code: str) -> str:
    """Return a module of one scope that does the same, with short names for variables and private members."""
    tokens = list(_joined(list(_with_roles(_without_gaps(list(_tokens(code)))))))
    tokens = list(_without_brackets(tokens))
    variables, private = _names(tokens, "variable"), _names(tokens, "private")
    return "".join(_written(token, variables, private) for token in tokens)


def shorter_style(style: str, code: str) -> str:
    """Return a style with short names for its own properties, save those that a script sets by their name."""
    often = Counter(name for name in _OWN.findall(style) if f"--{name}" not in code)
    short = dict(zip((name for name, _ in often.most_common()), map(_letters, count()), strict=False))
    return _OWN.sub(lambda name: f"--{short.get(name[1], name[1])}", style)


def _written(token: _Token, variables: dict[str, str], private: dict[str, str]) -> str:
    kind, text = token
    if kind == "variable":
        return variables.get(text, text)
    if kind == "short" and text in variables:
        return f"{text}:{variables[text]}"
    if kind == "private":
        return private[text]
    if kind == "number":
        short = text.replace("_", "").removeprefix("0" if text.startswith("0.") else "")
        return _ZEROS.sub(lambda number: f"{number[1]}e{len(number[2])}", short)
    return _SHORTER.get(text, text) if kind == "keyword" else text


def _tokens(code: str) -> Iterator[_Token]:
    """Yield strings, words and signs, a template cut at its code."""
    at, before = 0, ""
    inside: list[str] = []  # the brackets that are open: "{", or "`" for code within a template
    while at < len(code):
        kind, match = "text", None
        if code[at] == "`" or (code[at] == "}" and inside[-1] == "`"):
            match = _TEMPLATE.match(code, at)
            if code[at] == "}":
                inside.pop()
            if match and match.group().endswith("${"):
                inside.append("`")
        elif code[at] == "/" and not (before[-1:].isalnum() or before[-1:] in ("$", "_", ")", "]", "}")):
            match = _REGULAR.match(code, at)
        if match is None:
            match = _TOKEN.match(code, at)
            assert match is not None and match.lastgroup is not None
            kind = match.lastgroup
            if match.group() == "{":
                inside.append("{")
            elif match.group() == "}":
                inside.pop()
        yield _Token(kind, match.group())
        at = match.end()
        before = before if kind == "gap" else match.group()


def _without_gaps(tokens: list[_Token]) -> Iterator[_Token]:
    """Leave of gaps and comments what parts words, and the ends of lines at which a statement may end."""
    last = ""
    for at, (kind, text) in enumerate(tokens):
        if kind != "gap":
            last = text
            yield tokens[at]
        elif last and at + 1 < len(tokens):
            after = _SHORTER.get(tokens[at + 1].text, tokens[at + 1].text)[0]
            if "\n" in text and _ENDS.match(last[-1]) and _BEGINS.match(after):
                yield _Token("gap", "\n")
            elif (_WORD.match(last[-1]) and _WORD.match(after)) or (last[-1] == after and after in "+-"):
                yield _Token("gap", " ")


def _with_roles(tokens: Iterator[_Token]) -> Iterator[_Token]:
    """Say of each word what it is: a variable, a name of an object's part, a keyword."""
    whole = list(tokens)
    texts = [token.text for token in whole if token.kind != "gap"]
    inside, is_class, at = [""], False, -1  # at: among those that are no gaps
    for token in whole:
        if token.kind == "gap":
            yield token
            continue
        at += 1
        before, after = texts[at - 1] if at else "", texts[at + 1] if at + 1 < len(texts) else ""
        if token.kind == "word":
            role = _role(token.text, before, after, inside[-1])
            is_class = is_class or (role, token.text) == ("keyword", "class")
            yield _Token(role, token.text)
            continue
        if token.text != "," or after not in (")", "]", "}"):
            yield token
        opens, closes = token.text[-1] in "([{", token.text[0] in ")]}"
        if token.kind == "text":  # a template may open its code, and close it
            opens, closes = token.text.endswith("${"), token.text.startswith("}")
        if closes:
            inside.pop()
        if opens and token.text == "{":
            inside.append("class" if is_class else "block" if before in _BEFORE_BLOCK else "object")
            is_class = False
        elif opens:
            inside.append(token.text[-1])


def _joined(tokens: list[_Token]) -> Iterator[_Token]:
    """Make one declaration of those that follow each other."""
    starts = [""]  # what the statement began with, in each bracket that is open
    openers = [""]  # what is before each bracket that is open
    is_new, is_body_over, skips = True, False, 0
    for at, token in enumerate(tokens):
        if skips:
            skips -= 1
            continue
        if token.text == "\n":
            first = tokens[at + 1].text
            if first in _DECLARES and starts[-1] in _DECLARES:
                yield _Token("sign", ",")
                skips = 2 if tokens[at + 2].kind == "gap" else 1
                continue
            is_new = first[0] not in "([`+-/"  # a line that begins so goes on with the last one
            if is_new and is_body_over:
                continue
        elif is_new and token.kind != "gap":
            starts[-1], is_new = token.text, False
        yield token
        is_body_over = False
        if token.kind in ("sign", "text"):
            if token.kind == "text" and token.text.startswith("}") or token.text in (")", "]", "}"):
                starts.pop()
                is_body_over = openers.pop() in _BEFORE_BODY and token.text == "}"
            if token.text[-1] in "([{" and (token.kind == "sign" or token.text.endswith("${")):
                starts.append("")
                openers.append(tokens[at - 1].text if at else "")
                is_new = True


def _without_brackets(tokens: list[_Token]) -> Iterator[_Token]:
    """Leave out the brackets around an arrow's only parameter."""
    left_out = set()
    for at, (before, (_, left), (kind, _), (_, right), (_, arrow)) in enumerate(_windows(tokens, 5)):
        if (left, kind, right, arrow) == ("(", "variable", ")", "=>") and before.kind == "sign":
            left_out |= {at + 1, at + 3}
    return (token for at, token in enumerate(tokens) if at not in left_out)


def _windows(tokens: list[_Token], length: int) -> Iterator[tuple[_Token, ...]]:
    return zip(*(tokens[start:] for start in range(length)), strict=False)


def _role(word: str, before: str, after: str, inside: str) -> str:
    if word.startswith("#"):
        return "private"
    if before in (".", "?.") or inside == "class":
        return "word"
    if inside == "object" and before in ("{", ","):
        return "short" if after in (",", "}", "=") else "word"
    return "keyword" if word in _KEYWORDS.split() else "variable"


def _names(tokens: list[_Token], kind: str) -> dict[str, str]:
    """Return short names for variables, or for private members, the shortest for the most frequent."""
    uses = Counter(text for role, text in tokens if role == kind)
    expanded = Counter(text for role, text in tokens if role == "short")
    mark = "#" if kind == "private" else ""
    stays = {name for name, often in uses.items() if often * (len(name) - 1) <= 2 * expanded[name]}
    stays = set() if mark else stays | _STAYS
    free = (name for k in count() if (name := _letters(k)) not in stays)
    return {name: mark + next(free) for name, _ in uses.most_common() if name not in stays}


def _letters(at: int) -> str:
    """Return a, b, … Z, aa, ab, … for 0, 1, …"""
    more, last = divmod(at, len(ascii_letters))
    return (_letters(more - 1) if more else "") + ascii_letters[last]
