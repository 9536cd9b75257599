"""Train a character-level RNN, GRU or LSTM on a text file, and let it write.

    python train_minimal.py --data input.txt --epochs 50 --hidden-size 128
    python train_minimal.py --generate --checkpoint lstm_model.npz --length 500 --temperature 0.8

Generated text goes to standard output, everything else to standard error.  The code is in lstm/terminal/,
and `pip install .` makes a command `lstm` of it.
"""

import sys

from lstm.terminal.command import script_main as main

if __name__ == "__main__":
    sys.exit(main())
