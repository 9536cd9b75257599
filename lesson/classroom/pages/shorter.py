"""A script as it travels: without comments and gaps, and with short names where nobody else reads them."""

import re

from rjsmin import jsmin  # type: ignore[import-untyped]

_DEFINED = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
_PRIVATE = re.compile(r"this\.(#\w+)")
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'")
_TEMPLATE = re.compile(r"`[^`]*`")
_CODE = re.compile(r"\$\{[^}]*\}")  # within a template


def shorter(code: str) -> str:
    """Return a module of one scope that does the same, with short names at its top and in its classes."""
    short = jsmin(code)
    for at, name in enumerate(sorted(set(_PRIVATE.findall(short)))):
        short = re.sub(rf"{name}\b", f"#{_letters(at)}", short)
    names = [name for name in dict.fromkeys(_DEFINED.findall(code)) if not _is_said(name, short)]
    for at, name in enumerate(names):
        short = re.sub(rf"(?<![\w$#]){name}(?![\w$])", f"${_letters(at)}", short)
    return re.sub(r"\bconst\b(?=[ {\[])", "let", short)


def _is_said(name: str, code: str) -> bool:
    """Return whether a name may be more than a variable: a property, a key, a word of a sentence."""
    if re.search(rf"\.{name}\b|\b{name}:|(?<!\$)[{{,]\s*{name}\s*[,}}=]", code):
        return True
    templates = (_CODE.sub("", each) for each in _TEMPLATE.findall(code))
    return any(re.search(rf"\b{name}\b", words) for words in (*_STRING.findall(code), *templates))


def _letters(at: int) -> str:
    """Return a, b, … z, aa, ab, … for 0, 1, …"""
    more, last = divmod(at, 26)
    return (_letters(more - 1) if more else "") + chr(ord("a") + last)
