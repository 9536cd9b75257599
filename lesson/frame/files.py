"""Files of the repository that pages read."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
_IMPORT = re.compile(r'^import \{[^}]*\} from "(.+)"\n', re.M)
_EXPORT = re.compile(r"^export (?!default)", re.M)
_COMMENT = re.compile(r"^ *(?://[^\n]*|/\*\*(?:(?!\*/).)*\*/)\n", re.M | re.S)  # on lines of its own


def asset(path: str) -> str:
    """Return a text file of assets/, such as `cell/cell.js`."""
    return (ROOT / "assets" / path).read_text("utf-8")


def script(path: str) -> str:
    """Join a module of assets/, such as `cell/cell.js`, and all it imports: each file once, imports first.

    The scripts are ES modules, so that an editor, TypeScript's compiler and Node read them as they are.  But
    Streamlit takes a component's JavaScript as one string and loads it from no address, so that an `import`
    in it would find nothing.  All joined files share one scope: a name stands at the top level of only one of
    them (a test says which does not).  Comments stay here: a script travels with each change of its data.
    """
    code: dict[Path, str] = {}
    _join(ROOT / "assets" / path, code)
    return "\n".join(code.values())


def _join(file: Path, code: dict[Path, str]) -> None:
    """Add a file and what it imports to the code."""
    text = file.read_text("utf-8")
    for other in _IMPORT.findall(text):
        imported = (file.parent / other).resolve()
        if imported not in code:
            _join(imported, code)
    code[file] = _COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", text))).strip() + "\n"
