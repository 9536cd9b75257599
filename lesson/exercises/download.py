"""The exercises as files to take away: `exercises` and `lstm`, so that no clone is needed.

Nothing of them is run here: a student's code runs on the student's machine only.
"""

import io
import zipfile
from pathlib import Path

from lesson.frame.files import ROOT

_README = """Exercise {number}: {title}

Needs Python 3.11 or later and NumPy 2.2 or later:   pip install "numpy>=2.2"

In a terminal, in the folder of this file:

1. Fill the gaps in exercises/exercise_{number}.py.
2. python -m exercises check {number}
3. python -m exercises hint {number}

To run your file by itself, with prints of your own:   python -m exercises.exercise_{number}
"""


def exercise_zip(number: int, title: str) -> bytes:
    """Pack one exercise with all that its check needs, in a folder of its own."""
    file, top = io.BytesIO(), Path(f"lstm_exercise_{number}")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in ("exercises", "lstm"):
            for path in sorted((ROOT / folder).rglob("*.py")):
                archive.writestr((top / path.relative_to(ROOT)).as_posix(), path.read_bytes())
        archive.writestr(f"{top}/README.txt", _README.format(number=number, title=title))
    return file.getvalue()
