"""What the first visitor would wait for, done once by the server."""

import ast
import gc
import importlib

from lesson.catalogue import catalogue
from lesson.frame.files import ROOT
from lesson.frame.memo import memo
from lesson.frame.web_files import offered_script, offered_scripts


def prepare() -> None:
    """Do what the first visitor would wait for, then what the first lecturer and the first student of a part
    would: no page waits for it."""
    warm_up()
    import_parts()
    for path in offered_scripts():
        offered_script(path)
    catalogue()
    from lesson.sampling.two_layers.probing import probing

    probing()


def import_parts() -> None:
    """Import what the pages import, and the start page's parts, which are imported where they are needed.

    No visitor waits for it.  And a server has the code of every drawing: behind a proxy, who asks for it may
    have their page from another server.
    """
    for page in (*sorted((ROOT / "pages").glob("*.py")), ROOT / "lesson/start/introduction.py"):
        for node in ast.walk(ast.parse(page.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("lesson."):
                room = importlib.import_module(str(node.module))
                for part in (alias.name for alias in node.names if not hasattr(room, alias.name)):
                    importlib.import_module(f"{node.module}.{part}")


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
