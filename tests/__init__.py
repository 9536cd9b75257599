"""Tests; on one thread of BLAS, because for products this small a second one costs more than it does."""

import os

for library in ("OPENBLAS", "MKL", "OMP"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")  # before NumPy is imported
