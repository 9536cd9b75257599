"""The run that goes on with the training of a checkpoint made elsewhere."""

import copy

from lesson.training.engine.settings import RunRequest, RunSettings, digest, from_json
from lesson.training.live.own_text import OWN
from lesson.widgets.catalogue import sample_text, text_names
from lstm import InputError, Vocabulary
from lstm.diagnosis.observation import plain
from lstm.storage.checkpoint import Checkpoint
from lstm.training import Training, train
from visualization.text import join_words

_LONGER = 10  # epochs more, for a training that is done
_MOST_EPOCHS = 3_600  # that a run can have


def run_that_resumes(model: Checkpoint, own: str | None = None) -> RunRequest:
    """Return the run that goes on with a checkpoint, which is then its `resume`.

    own: the visitor's text.  A training that is done gets ten epochs more.
    Raises InputError, in one sentence, if the checkpoint holds no training, its text is neither a sample text
    nor the visitor's, or its settings are none that can be chosen here.
    """
    if model.training is None or model.settings is None:
        raise InputError("The checkpoint holds only a network, not the state of a training that could go on.")
    candidates = ((name, text, _training_on(model, text)) for name, text in _texts(own))
    name, text, training = next((row for row in candidates if row[2]), ("", "", None))
    if training is None:
        raise InputError("The network learned from a text that is not here; paste or upload that text first.")
    return RunRequest(_run_settings(model, training, name, text), text)


def what_ends(model: Checkpoint) -> str:
    """Say which settings of a checkpoint's training a run that goes on here does without; "" if none."""
    saved = model.settings
    if saved is None:
        return ""
    ending = {
        f"the {saved.schedule} schedule": saved.schedule != "constant",
        "the warm-up": saved.warm_up > 0,
        f"the patience of {saved.patience} epochs": saved.patience is not None,
    }
    if not (parts := [part for part, is_used in ending.items() if is_used]):
        return ""
    return (
        f"Here it goes on with the learning rate {plain(saved.learning_rate, None)} in every step. "
        f"A run on this page does without {join_words(parts)}."
    )


def _texts(own: str | None) -> list[tuple[str, str]]:
    samples = [(name, sample_text(name)) for name in text_names()]
    return samples if own is None else [*samples, (OWN, own)]


def _training_on(model: Checkpoint, text: str) -> Training | None:
    """Return the training of a checkpoint if this is its text."""
    if Vocabulary.from_text(text) != model.vocabulary:
        return None
    try:
        net = copy.deepcopy(model.net)  # going on gives it its latest weights; the model shows its best
        return train(net, model.vocabulary.encode(text), model.training, **vars(model.settings))
    except InputError:
        return None


def _run_settings(model: Checkpoint, training: Training, name: str, text: str) -> RunSettings:
    net, saved = model.net, model.settings
    other = InputError("The checkpoint was trained with settings that cannot be chosen here.")
    if (
        net.layers > 1
        or net.kind == "gru_reset_after"
        or saved.decay != 1
        or saved.validation_share != 0.1
        or saved.line_end is not None
        or (saved.clip_norm and saved.clip_value)
    ):
        raise other
    clip = "norm" if saved.clip_norm else "value" if saved.clip_value else "off"
    epochs = -(-training.step // training.chunks)  # begun until now
    noted = _noted_settings(model)
    try:
        return RunSettings(
            text=name,
            digest=digest(text) if name == OWN else "",
            cell=net.kind,
            hidden=net.hidden_size,
            seq=saved.seq_length,
            batch=saved.batch_size,
            rate=saved.learning_rate,
            bias=noted.bias,
            clip=clip,
            clip_at=saved.clip_norm or saved.clip_value or RunSettings.clip_at,
            optimiser=saved.optimiser,
            seed=saved.seed,
            amount=saved.epochs if epochs < saved.epochs <= _MOST_EPOCHS else epochs + _LONGER,
            temperature=noted.temperature,
            dropout=saved.dropout,
            decay=saved.weight_decay,
        )
    except InputError as error:
        raise other from error


def _noted_settings(model: Checkpoint) -> RunSettings:
    """Return the settings of the page that saved the checkpoint, for what training alone does not know."""
    try:
        return from_json(model.notes.get("settings", ""))
    except (TypeError, ValueError, RecursionError):  # a note is untrusted: anything may stand there
        return RunSettings(cell=model.net.kind, bias=1.0 if model.net.kind == "lstm" else 0.0)
