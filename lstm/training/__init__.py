"""Training: a text cut into chunks, steps of the optimiser, the best epoch, a report after every step.

Read `training.py` first: `train` and the step.  `batches.py` says what is read at each step, `best_epoch.py`
which weights are worth keeping, `evaluation.py` how good a network is.
"""

from lstm.training.evaluation import evaluate
from lstm.training.progress import Progress
from lstm.training.training import Training, train

__all__ = ["Progress", "Training", "evaluate", "train"]
