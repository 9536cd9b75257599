"""An owner measures in a process of its own, so that none pays for what another has left."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module

from tests.figures.owners import Owner
from tests.figures.table import Values


def measure(owner: Owner, is_quick: bool) -> Values | BaseException:
    """Return what an owner has measured, or why it could not: the others go on."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        future = pool.submit(call, owner.measure, is_quick)
        return future.exception() or future.result()


def call(place: str, is_quick: bool) -> Values:
    """Measure here.  place: module:function."""
    module, _, function = place.partition(":")
    return getattr(import_module(module), function)(is_quick)
