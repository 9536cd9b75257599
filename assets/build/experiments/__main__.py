"""Measure the tables of the course's experiments: python -m assets.build.experiments [name ...]

Without names, those of all modules of this folder, one after the other.  Each writes
assets/experiments/NAME.json; what a file holds already, with the same settings, stays: delete it to measure
all of it again.
"""

import os
import pkgutil
import sys
import time
from importlib import import_module

# Small matrices: threads would wait for each other.  Set before NumPy is imported.
os.environ.update({f"{library}_NUM_THREADS": "1" for library in ("OPENBLAS", "MKL", "OMP")})


def names() -> list[str]:
    """List the experiments: the modules of this folder but this one and the one that writes their files."""
    package = import_module("assets.build.experiments")
    modules = (info.name for info in pkgutil.iter_modules(package.__path__))
    return [name for name in modules if name not in ("__main__", "table")]


def main() -> None:
    """Build the tables that the command line names, or all of them."""
    chosen = sys.argv[1:] or names()
    if unknown := set(chosen) - set(names()):
        sys.exit(f"There is no experiment {', '.join(sorted(unknown))}; choose from {', '.join(names())}.")
    for name in chosen:
        began = time.perf_counter()
        import_module(f"assets.build.experiments.{name}").build()
        print(f"{name}: {time.perf_counter() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
