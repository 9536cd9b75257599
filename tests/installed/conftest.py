"""The library as somebody else has it: a wheel in a fresh environment, the checkout out of sight."""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_LEFT_OUT = shutil.ignore_patterns(".git", "node_modules", ".*_cache", "__pycache__", "build", "*.egg-info")
_BIN = "Scripts" if os.name == "nt" else "bin"


class Environment:
    """A virtual environment, and an empty folder to work in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        venv.create(folder / "environment", with_pip=True)
        self.programs = folder / "environment" / _BIN

    def run(self, program: str, *arguments: object) -> subprocess.CompletedProcess:
        """Run a program of this environment in its folder; it must exit with 0."""
        done = subprocess.run(
            [self.programs / program, *map(str, arguments)],
            cwd=self.folder, capture_output=True, text=True, check=False, env=_environment(),
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done

    def python(self, code: str) -> str:
        """Return what a piece of code prints."""
        return self.run("python", "-c", code).stdout


def _environment() -> dict[str, str]:
    """The variables of this process, without those that lead back to the checkout."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """The folder with the source archive and the wheel that is built from it."""
    copy, out = tmp_path_factory.mktemp("copy") / "repository", tmp_path_factory.mktemp("built")
    shutil.copytree(ROOT, copy, ignore=_LEFT_OUT)
    subprocess.run([sys.executable, "-m", "build", "--outdir", out, copy], check=True, capture_output=True)
    return out


@pytest.fixture(scope="session")
def wheel(built):
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="session")
def fresh(tmp_path_factory, wheel):
    """An environment with the wheel and what it requires."""
    environment = Environment(tmp_path_factory.mktemp("fresh"))
    environment.run("python", "-m", "pip", "install", "-q", wheel)
    return environment


@pytest.fixture(scope="session")
def fresh_with_extras(tmp_path_factory, wheel):
    """An environment with the wheel and all that it can use."""
    environment = Environment(tmp_path_factory.mktemp("extras"))
    environment.run("python", "-m", "pip", "install", "-q", f"{wheel}[charts,exchange]")
    return environment
