"""The file of a model: its name as it was typed, and what the model is in a few words."""

from pathlib import Path

from lstm.errors import InputError, check_name
from lstm.network import Network
from lstm.settings import Settings
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
    name, _, variant = net.kind.partition("_")
    kind = f"{name.upper()} ({variant.replace('_', ' ')})" if variant else name.upper()
    layers = f"{net.layers} layers of " if net.layers > 1 else ""
    return f"{kind}, {layers}{net.hidden_size} hidden units, {net.weights.flat.size:,} parameters"


def describe_settings(settings: Settings) -> str:
    """Say how a network is trained, in a few words; what a setting leaves out is not said."""
    parts = {
        f"{settings.optimiser}, learning rate {settings.learning_rate:.3g}": True,
        f"{settings.schedule} schedule": settings.schedule != "constant",
        f"warm-up of {settings.warm_up} steps": settings.warm_up,
        f"dropout {settings.dropout:g}": settings.dropout,
        f"weight decay {settings.weight_decay:g}": settings.weight_decay,
        f"patience of {settings.patience} epochs": settings.patience is not None,
        "lines in another order": settings.line_end is not None,
    }
    return ", ".join(part for part, holds in parts.items() if holds)
