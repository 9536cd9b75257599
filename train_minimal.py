"""Train a character-level RNN, GRU or LSTM on a text file, and let it write.

    python train_minimal.py --data input.txt --epochs 50 --hidden-size 128
    python train_minimal.py --generate --checkpoint lstm_model.npz --length 500 --temperature 0.8

Generated text goes to standard output, everything else to standard error.  The code is in lstm/terminal/,
and `pip install .` makes a command `lstm` of it, which starts here too.
"""

import os
import sys

for library in ("OPENBLAS", "MKL", "OMP"):
    # Before NumPy is imported: more threads cost as many processors and gain nothing at these sizes, where
    # a second process (lstm/parallel) gains nearly as much again.
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

from lstm.terminal.command import main as command  # noqa: E402, F401  # what the installed `lstm` calls
from lstm.terminal.command import script_main as main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main())
