"""What was measured, and under which conditions: a file that is committed, from which tables are written."""

import datetime
import json
import os
import platform
import re
import subprocess
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from tests.figures.table import Values

ROOT = Path(__file__).parents[2]
FILE = Path(__file__).with_name("results.json")
QUIET, BUSY = "quiet", "busy"
TITLES = {
    "numpy": "NumPy", "torch": "PyTorch", "streamlit": "Streamlit", "uvicorn": "Uvicorn",
    "playwright": "Playwright", "psycopg": "Psycopg", "distributed": "Dask",
}  # fmt: skip
Results = dict[str, dict[str, dict[str, Any]]]  # owner, quiet or busy, {"conditions": …, "values": …}


def read() -> Results:
    """Return all results."""
    return json.loads(FILE.read_text("utf-8")) if FILE.exists() else {}


def write(results: Results) -> None:
    """Save all results."""
    beside = FILE.with_suffix(".new")
    beside.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")
    beside.replace(FILE)


def settle(most: float = 90.0) -> None:
    """Wait until the machine has come to rest, for most seconds: what was measured before has left a load."""
    end = time.monotonic() + most
    while os.getloadavg()[0] > 1 and time.monotonic() < end:
        time.sleep(5)


def conditions(packages: tuple[str, ...]) -> dict[str, Any]:
    """Return what a figure depends on, at this moment, before anything is measured."""
    kernel = os.environ.get("OPENBLAS_CORETYPE")  # chosen by hand, not by what the processor can do
    return {
        "date": datetime.date.today().isoformat(),
        "commit": commit(),
        "load": f"{os.getloadavg()[0]:.1f}",
        "cores": os.cpu_count(),
        "AVX-512": has_avx512(),
        "versions": {"Python": platform.python_version()}
        | {TITLES.get(name, name): found for name in packages if (found := version_of(name))}
        | ({"OpenBLAS for": kernel} if kernel else {}),
    }


def commit() -> str:
    """Return the commit that is measured, with "-dirty" if more has changed since than figures."""
    own = (":!README.md", f":!{FILE.relative_to(ROOT)}")
    words = [["rev-parse", "--short", "HEAD"], ["status", "--porcelain", "--", ".", *own]]
    name, changes = (
        subprocess.run(["git", *each], cwd=ROOT, capture_output=True, text=True).stdout.strip()
        for each in words
    )
    return f"{name}-dirty" if changes else name


def has_avx512() -> bool | None:
    """Return whether the processor has AVX-512; None where the system doesn't say."""
    file = Path("/proc/cpuinfo")
    return "avx512f" in file.read_text() if file.exists() else None


def version_of(name: str) -> str:
    """Return the version of a package, of nginx or of PostgreSQL; "" if it is not installed."""
    if name in ("nginx", "PostgreSQL"):
        from tests.cluster.postgres import PROGRAMS
        from tests.cluster.proxy import NGINX

        program = NGINX if name == "nginx" else PROGRAMS and PROGRAMS / "postgres"
        if not program:
            return ""
        words = [program, "-v" if name == "nginx" else "--version"]
        done = subprocess.run(words, capture_output=True, text=True)
        return re.search(r"\d[\d.]*", done.stderr + done.stdout)[0]
    try:
        return version(name).partition("+")[0]
    except PackageNotFoundError:
        return ""


def said(each: dict[str, Any]) -> str:
    """Return conditions in words."""
    words = [each["date"]]
    words += [f"load {each['load']} before"] if each.get("load") else []
    cores = f"{each['cores']} cores"
    words.append(cores + {True: " with AVX-512", False: " without AVX-512", None: ""}[each.get("AVX-512")])
    words += [f"{name} {number}" for name, number in each.get("versions", {}).items()]
    words += [each["note"]] if each.get("note") else []
    return ", ".join(words)


def sentence(states: dict[str, dict[str, Any]]) -> str:
    """Return the conditions of an owner's figures."""
    here = [name for name in (QUIET, BUSY) if name in states]
    parts = [(f"{name}: " if BUSY in here else "") + said(states[name]["conditions"]) for name in here]
    return f"Measured: {'; '.join(parts)}." if parts else "Not measured yet."


def values(results: Results, owner: str, state: str = QUIET) -> Values:
    """Return what an owner has measured; nothing if it has not."""
    return results.get(owner, {}).get(state, {}).get("values", {})
