"""The version of the course: whether a page that is open still fits to its server."""

import hashlib

from lesson.frame.files import ROOT
from lesson.frame.memo import memo

VERSION = "v"  # in a query: that of the page that asks
_CODE = (("lesson", "*.py"), ("lstm", "*.py"), ("visualization", "*.py"), ("assets", "*.*s"))  # js, css


@memo()
def version() -> str:
    """Return a short text that is another for any other code: 12 hexadecimal digits."""
    digest = hashlib.sha256()
    for folder, pattern in _CODE:
        for path in sorted((ROOT / folder).rglob(pattern)):
            if path.is_file():
                digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]
