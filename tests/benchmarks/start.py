"""What the library and its command line take to start, of processor time: python -m tests.benchmarks.start"""

import sys

from tests.installed.conftest import ROOT
from tests.installed.test_installed import processor_time


def figures(is_quick: bool) -> dict[str, float]:
    """Measure both, the best of nine; ten seconds are quick enough."""
    python = sys.executable
    numpy = processor_time(python, "-c", "import numpy")
    return {
        "import_s": processor_time(python, "-c", "import lstm") - numpy,
        "help_s": processor_time(python, ROOT / "train_minimal.py", "--help"),
    }


if __name__ == "__main__":
    for name, seconds in figures(False).items():
        print(f"{name} {seconds:.2f}")
