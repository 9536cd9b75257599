"""Tools above the book: a training's batch in parts, each computed by a process of its own.

Processes and not threads: a training step is thousands of NumPy calls of a few microseconds, and threads
of one Python wait for each other at every one of them.

Read `batch_parts.py` first; `worker.py` is the other process, `shared_arrays.py` what both of them see.
"""

from lstm.parallel.batch_parts import BatchParts, suitable_processes

__all__ = ["BatchParts", "suitable_processes"]
