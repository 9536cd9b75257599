"""The file of a model: its name as it was typed, and what the model is in a few words."""

from pathlib import Path

from lstm.errors import InputError, check_name
from lstm.network import Network
from lstm.terminal.output import say


def existing(name: str) -> Path:
    """Return the path of a checkpoint: the .npz where a .pkl is named and only the .npz beside it exists."""
    path = Path(name)
    if path.suffix == ".pkl" and not is_there(path) and is_there(path.with_suffix(".npz")):
        say(f"There is no {path}; using {path.with_suffix('.npz')}.")
        return path.with_suffix(".npz")
    return path


def is_there(path: Path) -> bool:
    """Return whether there is a file of this name.  Raises InputError if there can be none."""
    try:
        return Path(check_name(path)).exists()
    except OSError as error:
        raise InputError(f"{path} can't be the name of a file ({error.strerror}); give another.") from error


def describe(net: Network) -> str:
    """Say what a network is, in a few words."""
    return f"{net.kind.upper()}, {net.hidden_size} hidden units, {net.weights.flat.size:,} parameters"
