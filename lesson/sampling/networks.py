"""The trained networks that the page can work with: those of the catalogue, and a visitor's own."""

from dataclasses import dataclass

import streamlit as st

from lesson.frame.glossary import note
from lesson.frame.query import Query, QueryError
from lesson.sampling.parameters import NETWORK
from lesson.training.engine.recording import Recording
from lesson.training.engine.settings import digest
from lesson.training.live.own_checkpoint import MODEL, checked_model, choose_own_checkpoint
from lesson.training.live.session import registry, viewer
from lesson.widgets.catalogue import model, model_names, sample_text, text_names
from lstm import InputError
from lstm.storage.checkpoint import Checkpoint
from lstm.text import split

UPLOAD, RUN = "my upload", "my run"  # names beside those of the catalogue
NEXT_NETWORK = "next_network"  # in the session state: the network to be chosen when the page runs next
_RUN = "own_run"  # in the session state: the visitor's run as it was when they took it


@dataclass(frozen=True)
class TrainedNetwork:
    """A trained network with its vocabulary.

    key: tells it from any other; two with one key write the same.  text: what it learned from, None
    where that is not known.
    """

    name: str
    key: str
    checkpoint: Checkpoint
    text: str | None

    @property
    def learned(self) -> str | None:
        """Return the part of its text that it learned from."""
        return None if self.text is None else split(self.text)[0]

    @property
    def held_out(self) -> str | None:
        """Return the part of its text that it did not learn from."""
        return None if self.text is None else split(self.text)[1]

    def unseen_text(self, most: int) -> str:
        """Return the first characters of that part, from the beginning of a line on; "" if there is none."""
        text = self.held_out or ""
        start = text.find("\n") + 1
        return text[start : start + most] if len(text) - start > most // 2 else text[:most]


def network_names() -> list[str]:
    """Return the names of all networks that can be chosen now."""
    own = [name for name, key in ((UPLOAD, MODEL), (RUN, _RUN)) if key in st.session_state]
    return [*model_names(), *own]


def network_named(name: str) -> TrainedNetwork:
    """Return a network by its name, one of `network_names`."""
    if name == RUN:
        return st.session_state[_RUN]
    if name == UPLOAD:
        checkpoint: Checkpoint = st.session_state[MODEL]
        text_name = checkpoint.notes.get("text")
        text = sample_text(text_name) if text_name in text_names() else None
        if text is not None and checkpoint.vocabulary.unknown(text):
            text = None  # whatever it is called, it is not what this network learned from
        return _own_network(name, checkpoint, text)
    checkpoint = model(name)
    return TrainedNetwork(name, name, checkpoint, sample_text(checkpoint.notes["text"]))


def _own_network(name: str, checkpoint: Checkpoint, text: str | None) -> TrainedNetwork:
    """Return a visitor's network; what tells it from any other is its weights."""
    return TrainedNetwork(name, f"own {digest(checkpoint.net.weights.flat.tobytes())}", checkpoint, text)


def is_own(network: TrainedNetwork) -> bool:
    """Return whether only this visitor has the network."""
    return network.name in (UPLOAD, RUN)


def network_of(query: Query) -> TrainedNetwork:
    """Return the network that a picture asks about.  Raises QueryError for one that is not there."""
    name = query.values.get(NETWORK.name, model_names()[0])
    if name in (UPLOAD, RUN):
        if not isinstance(query.network, TrainedNetwork):
            raise QueryError("Your own network is no longer here; choose it again.")
        return query.network
    if name not in model_names():
        raise QueryError("There is no network of this name.")
    return network_named(name)


def choose_own_network() -> None:
    """Draw the drawer by which a visitor takes their run as it is now, or uploads a network."""
    with st.expander("A network of your own", icon=":material/upload:"):
        runs = [run for run in viewer().all_runs if run.settings.reads_text]
        for number, recording in enumerate(runs):
            cell, step = recording.settings.cell.upper(), recording.head
            label = f"Load my run of the page Training ({cell}, step {step:,})"
            if st.button(label, icon=":material/download:", key=f"take_run_{number}"):
                _take_run(recording)
        if not runs:
            note(
                "Start a run on the page *Training*. You can then load its network here, "
                "as it is at that moment."
            )
        if choose_own_checkpoint() is not None:
            note(f"You can now choose your network above: *{UPLOAD}*.")


def _take_run(recording: Recording) -> None:
    """Keep the run's network of this moment and choose it."""
    try:
        checkpoint = checked_model(registry().checkpoint(recording, {"text": recording.settings.text}))
    except InputError as error:
        st.error(str(error))
        return
    st.session_state[_RUN] = _own_network(RUN, checkpoint, recording.text)
    st.session_state[NEXT_NETWORK] = RUN
    st.rerun()
