"""The exercises as files to take away: `exercises` and `lstm`, so that no clone is needed.

Nothing of them is run here: a student's code runs on the student's machine only.
"""

import io
import zipfile

from lesson.frame import ROOT

_README = """Exercise {number}: {title}

Needs Python 3.11 or later and NumPy 2.2 or later:   pip install "numpy>=2.2"

1. Fill the gaps in exercises/exercise_{number}.py.
2. python -m exercises check {number}
3. python -m exercises hint {number}
"""


def exercise_zip(number: int, title: str) -> bytes:
    """One exercise with all that its check needs."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in ("exercises", "lstm"):
            for path in sorted((ROOT / folder).rglob("*.py")):
                archive.writestr(str(path.relative_to(ROOT)), path.read_bytes())
        archive.writestr("README.txt", _README.format(number=number, title=title))
    return file.getvalue()
