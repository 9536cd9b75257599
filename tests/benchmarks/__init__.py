"""Benchmarks, run by hand: python -m tests.benchmarks.speed"""

import os

for library in ("OPENBLAS", "MKL", "OMP"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")  # before NumPy is imported
