"""Measure the README's figures and write its tables.

python -m tests.figures [NAME …] [--busy] [--quick] [--write]

What is measured goes into tests/figures/results.json, a name at a time, and from there into the README; what
was not measured stays there with its own date.  --busy: meanwhile another process keeps every core busy;
those figures stand beside the quiet ones.  --quick: little of everything, to try whether it works; nothing is
written.  --write: measure nothing, write the README again.  Each name has a process of its own.

All of them need Linux, Chromium, nginx, PostgreSQL, PyTorch, what is in requirements-dev.txt, and for quality
a folder (--texts) with tiny Shakespeare as plays.txt and the names of makemore as names.txt.  Nothing else
should run on the machine.
"""

import argparse
import os
import sys
import time
from contextlib import nullcontext

from tests.figures import readme, results
from tests.figures.measure import measure
from tests.figures.owners import AMISS, OWNERS, Owner
from tests.figures.results import BUSY, QUIET
from tests.figures.table import Table, Values, fill, names_in
from tests.load.busy import busy

TEXTS = "FIGURES_TEXTS"  # in the environment: the folder of the texts that nobody here wrote


def parts_of(owner: Owner) -> list[Table | str]:
    """Return all tables and sentences of an owner."""
    return [part for parts in owner.blocks.values() for part in parts]


def missing(owner: Owner, values: Values) -> list[str]:
    """Return the names of the values that the README has a place for, and that were not measured."""
    names = set().union(*map(names_in, parts_of(owner)))
    return sorted(names - set(values))


def short_of(part: Table | str, values: Values, is_busy: bool) -> list[str]:
    """Return a sentence for each figure of a part that is short of what is asked."""
    if isinstance(part, Table):
        return list(part.short(values, is_busy))
    words = fill(part, values) if part == AMISS else None
    return [words] if words else []


def short(measured: results.Results) -> list[str]:
    """Return a sentence for each figure that is short of what is asked."""
    return [
        f"{name}, {state}: {words}"
        for name, owner in OWNERS.items()
        for state in (QUIET, BUSY)
        for part in parts_of(owner)
        for words in short_of(part, results.values(measured, name, state), state == BUSY)
    ]


def main() -> None:
    """Do what is asked for."""
    minutes = "\n".join(f"  {name:10} {owner.minutes:g} minutes" for name, owner in OWNERS.items())
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, epilog=f"names:\n{minutes}"
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help="which figures; all of them by default")
    parser.add_argument("--busy", action="store_true", help="another process keeps every core busy")
    parser.add_argument("--quick", action="store_true", help="try it; nothing is written")
    parser.add_argument("--write", action="store_true", help="measure nothing, write the README again")
    parser.add_argument("--texts", metavar="FOLDER", help="where plays.txt and names.txt are, for quality")
    options = parser.parse_args()
    names = options.names or [
        name for name, owner in OWNERS.items() if not (options.busy and owner.is_steady)
    ]
    if unknown := set(names) - set(OWNERS):
        parser.error(
            f"there are no figures called {', '.join(sorted(unknown))}; choose from {', '.join(OWNERS)}"
        )
    if options.busy and (steady := [name for name in names if OWNERS[name].is_steady]):
        parser.error(f"{', '.join(steady)}: measured on a quiet machine only")
    if options.texts:
        os.environ[TEXTS] = options.texts
    failed = [] if options.write else [name for name in names if not _measured(name, options)]
    measured = results.read()
    if not options.quick:
        readme.write(measured)
        shorts = short(measured)
        print(f"\nShort of what is asked, {len(shorts)}:", *shorts, sep="\n  ", flush=True)
    if failed:
        sys.exit(f"Not measured: {', '.join(failed)}.")


def _measured(name: str, options: argparse.Namespace) -> bool:
    """Measure one owner, and save what came of it; False if nothing did."""
    owner, state = OWNERS[name], BUSY if options.busy else QUIET
    print(f"\n=== {name}, {state}, about {owner.minutes:g} minutes", flush=True)
    if not options.quick:
        results.settle()
    conditions, began = results.conditions(owner.packages), time.perf_counter()
    with busy(os.cpu_count() or 1) if options.busy else nullcontext():
        values = measure(owner, options.quick)
    if isinstance(values, BaseException):  # the others go on
        print(f"{type(values).__name__}: {values}\n{values.__cause__ or ''}", flush=True)
        return False
    took = (time.perf_counter() - began) / 60
    print(f"--- {name} took {took:.1f} minutes", flush=True)
    names = missing(owner, values)
    if names:  # a dash would stand where a figure was
        print(f"--- {name} has not measured: {', '.join(names)}; nothing of it is written", flush=True)
    if options.quick:
        tried = {name: {state: {"conditions": conditions, "values": values}}}
        print(*readme.blocks(tried, {name: owner}).values(), sep="\n\n", flush=True)
    if options.quick or names:
        return options.quick
    measured = results.read()
    each = {"conditions": conditions, "minutes": round(took, 1), "values": dict(values)}
    measured.setdefault(name, {})[state] = each
    results.write(measured)
    readme.write(measured)
    return True


if __name__ == "__main__":
    main()
