"""Runs in words."""

from collections.abc import Sequence

from lesson.training.engine.settings import RunSettings
from lstm.diagnosis.observation import plain

_NAMES = {
    "text": "{}", "cell": "", "hidden": "{} units", "seq": "{} steps", "batch": "batch {}",
    "rate": "learning rate {}", "bias": "forget bias {:g}", "seed": "seed {}", "optimiser": "{}",
}  # fmt: skip


def names_of(settings: Sequence[RunSettings]) -> list[str]:
    """Name each of one or two runs: by what the run is, or by what the two differ in."""
    if len(settings) == 1:
        return [what_is_it(settings[0])]
    differing = settings[0].differs(settings[1])
    if len(settings) > 2 or not differing:
        return [f"run {n + 1}" for n in range(len(settings))]
    return [", ".join(dict.fromkeys(_part(one, name) for name in differing)) for one in settings]


def what_is_it(settings: RunSettings) -> str:
    """Describe a run in a few words."""
    parts = [_part(settings, name) for name in ("cell", "hidden", "rate")]
    task = f"recall over {settings.seq} steps" if settings.recall else settings.text
    return f"{task}: {', '.join(parts)}"


def what_differs(one: RunSettings, other: RunSettings) -> list[str]:
    """Name the settings in which two runs differ, as a visitor knows them, but the samples' temperature."""
    called = {
        "text": "text", "digest": "text", "cell": "cell", "hidden": "number of units",
        "seq": "sequence length", "batch": "batch", "rate": "learning rate", "bias": "forget bias",
        "clip": "clipping", "clip_at": "clipping", "optimiser": "optimiser", "seed": "seed",
        "amount": "length of training", "budget": "length of training", "dropout": "dropout",
        "decay": "weight decay",
    }  # fmt: skip
    return list(dict.fromkeys(called[name] for name in one.differs(other) if name in called))


def length_of(settings: RunSettings) -> str:
    """Say how long a run trains: 20 epochs, 7 seconds."""
    unit = settings.budget if settings.amount > 1 else settings.budget.removesuffix("s")
    return f"{settings.amount} {unit}"


def _part(settings: RunSettings, name: str) -> str:
    value = getattr(settings, name)
    if name == "cell":
        return settings.cell.upper()
    if name in ("clip", "clip_at"):
        return "no clipping" if settings.clip == "off" else f"clipped by {settings.clip} {settings.clip_at:g}"
    if name in ("amount", "budget"):
        return length_of(settings)
    if name == "digest":
        return settings.text
    if name == "bias" and settings.cell == "gru":
        return f"update-gate bias {value:g}"
    if name in ("dropout", "decay"):
        what = "weight decay" if name == "decay" else name
        return f"{what} {value:g}" if value else f"no {what}"
    if name == "temperature":
        return f"temperature {value:g}"
    return _NAMES[name].format(plain(value, None) if name == "rate" else value)
