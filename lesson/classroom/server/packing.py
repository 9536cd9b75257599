"""A page's script and style as they travel: without comments, blanks and what is not used, with short names.

It knows how our scripts are written (a test reads what comes out), not all of the language.
"""

import re
from functools import partial

# What is left as it is: strings, templates, and patterns, which stand behind a sign after which none divides.
_PATTERN = r"/(?![/*])(?:\\.|\[(?:\\.|[^\]\\])*\]|[^/\n\\\[])+/"
_LITERAL = (
    r'"(?:\\.|[^"\\\n])*"|' r"'(?:\\.|[^'\\\n])*'|" r"`(?:\\.|[^`\\])*`|"
    rf"(?<=[=(,:?] ){_PATTERN}|(?<=\(){_PATTERN}"
)  # fmt: skip
_COMMENT = r"/\*\*(?:(?!\*/).)*\*/ ?| // [^\n]*"
_TOKEN = re.compile(rf"({_LITERAL})|({_COMMENT})|[^\"'`/ ]+|.", re.S)
# A function at the top level, or a constant.
_DEFINITION = re.compile(r"^(?:async )?function (\w+)\(.*?^}\n|^const (\w+) = .*?\n(?=\S)", re.M | re.S)
_FUNCTION = re.compile(r"^(?:async )?function (\w+)\(", re.M)
_SIGN = re.compile(r" *([=<>!&|?:;,{}()\[\]*%/]) *|(?<! [-+]) ?([-+]) ?(?![-+])")
_END = re.compile(r"(?<=[{(\[,;=>?:])\n|\n(?=[})\].,:?])")  # of lines that end no statement


def packed_script(code: str) -> str:
    """Return a script as short as it gets without reading it as a browser does."""
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        if match[1]:
            literals.append(match[1])
            return f"\ue000{len(literals) - 1}\ue001"
        return "" if match[2] else match[0]

    text = _without_unused(_TOKEN.sub(keep, code), literals)
    text = _END.sub("", _SIGN.sub(r"\1\2", re.sub(r"\n\s*", "\n", text)))
    text = _with_joined_constants(re.sub(r",(?=[})\]])", "", text))
    return _with_short_names(text, literals)


def _without_unused(text: str, literals: list[str]) -> str:
    """Return a script without what it defines and names nowhere else; without one, others may be unused."""
    while True:
        names = re.findall(r"\w+", f"{text} {' '.join(literals)}")
        unused = {name for pair in _DEFINITION.findall(text) for name in pair if names.count(name) == 1}
        if not unused:
            return text
        text = _DEFINITION.sub(partial(_unless, unused), text)


def _unless(unused: set[str], match: re.Match[str]) -> str:
    return "" if (match[1] or match[2]) in unused else match[0]


def _with_joined_constants(text: str) -> str:
    """Return a script in which constants that follow one another share one word const."""
    first, *lines = text.split("\n")
    joined = [first]
    for line in lines:
        if line.startswith("const ") and _innermost(joined[-1]).startswith("const "):
            joined[-1] += f",{line.removeprefix('const ')}"
        else:
            joined.append(line)
    return "\n".join(joined)


def _innermost(line: str) -> str:
    """Return what stands in the last block that a line opens and does not close; without one, the line."""
    starts = [0]
    for place, sign in enumerate(line):
        if sign == "{":
            starts.append(place + 1)
        elif sign == "}":
            starts = starts[:-1] or [place + 1]
    return line[starts[-1] :]


def _with_short_names(text: str, literals: list[str]) -> str:
    """Return a script with short names for private methods and for functions that are only ever called, and
    with its literals, in whose gaps functions are called, too."""
    private = sorted(set(re.findall(r"#(\w+)", text)))
    text = re.sub(r"#(\w+)", lambda match: f"#{_short(private.index(match[1]))}", text)
    called = dict.fromkeys(_FUNCTION.findall(text))
    words = set(re.findall(r"\w+", " ".join(re.sub(r"\$\{\w+\(", "", literal) for literal in literals)))
    called = [n for n in called if n not in words and not re.search(rf"[.#]{n}\b|\b{n}\b(?!\()", text)]
    short = {name: f"${_short(place)}" for place, name in enumerate(called)}
    literals = [re.sub(r"(?<=\$\{)\w+(?=\()", lambda m: short.get(m[0], m[0]), each) for each in literals]
    text = re.sub(r"\w+", lambda match: short.get(match[0], match[0]), text)
    return re.sub("\ue000(\\d+)\ue001", lambda match: literals[int(match[1])], text)


def _short(place: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    return letters[place % 26] + (_short(place // 26 - 1) if place >= 26 else "")


def packed_style(style: str) -> str:
    """Return a style sheet without blanks that say nothing."""
    lines = re.sub(r"/\*.*?\*/", "", style, flags=re.S)
    return re.sub(r";}", "}", re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r": +", ":", lines.strip())))
