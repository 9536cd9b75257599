"""What the first visitor would wait for, done once by the server."""

import gc
import importlib

from lesson.catalogue import catalogue
from lesson.frame.memo import memo


def prepare() -> None:
    """Do what the first visitor would wait for, then what the first lecturer and the first student of a part
    would: no page waits for it."""
    warm_up()
    catalogue()
    from lesson.sampling.two_layers.probing import probing

    probing()


@memo()
def warm_up() -> None:
    """Import what the pages need, and settle the memory; does nothing after the first time."""
    _raise_open_file_limit()
    for module in ("altair", "pandas", "pyarrow", "visualization", "lstm"):
        importlib.import_module(module)
    # Not above: the start page shows its first text before anything heavy is imported.
    from lesson.training.live import part as live
    from lesson.training.replay import part as replay

    replay.warm_up()
    live.warm_up()
    # What was imported lives as long as the server: the collector need not look at it again.
    gc.collect()
    gc.freeze()


def _raise_open_file_limit() -> None:
    """Allow 4,096 open files: a visitor takes four for two minutes longer than they stay, and some laptops
    allow 256."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = 4096 if hard == resource.RLIM_INFINITY else min(4096, hard)
    if soft != resource.RLIM_INFINITY and soft < enough:
        resource.setrlimit(resource.RLIMIT_NOFILE, (enough, hard))
