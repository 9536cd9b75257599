"""The part Replay of the training page: choose a trained model and leaf through its training."""

import time

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.frame.links import bound_whole, complain, mend
from lesson.frame.memo import memo
from lesson.frame.parameters import Number
from lesson.training.parameters import MODEL, MOMENT, PROMPT
from lesson.training.replay.film import (
    LONGEST_PROMPT,
    MEASURED_LENGTH,
    WORTH_READING,
    Film,
    catalogue,
    change_since,
    expected,
    film_of,
    gates,
    place_of,
)
from lesson.training.replay.questions import questions
from lesson.widgets.bars import draw_bars
from lesson.widgets.catalogue import model_names, sample_text
from lesson.widgets.gate_table import gate_table
from lesson.widgets.loss_curves import draw_losses
from lesson.widgets.questions import ask
from lesson.widgets.unknown_characters import readable
from visualization.drawings.bars import describe_next, likeliest

HEIGHT = 340  # pixels, of what it wrote: as high as the curves beside it
PACE = 0.8  # seconds a moment is shown for while the film plays
_CATALOGUE = "catalogue"  # the widget
_PLAYING, _DUE = "replay_playing", "replay_due"  # in the session state


def warm_up() -> None:
    """Make all films and measure the answers before somebody asks for them: 0.2 s."""
    _captions()
    questions()


def show() -> None:
    """Ask, let the visitor choose a model, and show its training as a film."""
    ask(questions(), "replay")
    complain(mend(MODEL.among(model_names())))
    name = _choose_model()
    if MOMENT.name not in st.session_state:  # the first visit, or a link: it stays there
        st.session_state[_PLAYING] = False
    bound_whole(_moments(film_of(name)))  # another model may have fewer moments
    playing = st.session_state.get(_PLAYING, False)
    st.fragment(_film, run_every=PACE if playing else None)(name, playing)


def _choose_model() -> str:
    """Draw the catalogue, a box that a link can set and a list to compare; return the model's name."""
    name = MODEL.among(model_names()).selectbox()
    with st.expander("The catalogue: all models", icon=":material/view_list:"):
        st.session_state[_CATALOGUE] = name  # whichever way it was chosen
        # Not a data frame: that holds a choice back for 150 ms.
        st.radio(
            "Open a model", model_names(), key=_CATALOGUE, captions=_captions(), on_change=_take,
            label_visibility="collapsed",
        )  # fmt: skip
        note(
            "The validation loss is that of the weights in the file, of ln V. Worth reading: the first "
            f"moment at which {WORTH_READING:.0%} of the four-character pieces it wrote occur in its text."
        )
    film = film_of(name)
    net, text_name = film.checkpoint.net, film.checkpoint.notes["text"]
    prose(
        f"{net.kind.upper()} with {net.hidden_size} units and {net.weights.flat.size:,} parameters, trained "
        f"on *{text_name}* ({len(sample_text(text_name)):,} characters); worth reading {film.worth_reading}."
    )
    return name


@memo()
def _captions() -> list[str]:
    """Return what there is to compare of each model, in a line."""
    return [
        f"{row['cell']} with {row['units']} units, {row['parameters']:,} parameters · text: {row['text']} · "
        f"validation loss {row['validation loss']} · worth reading {row['worth reading']}"
        for row in catalogue()
    ]


def _take() -> None:
    """Show the model that was chosen in the catalogue."""
    st.session_state[MODEL.name] = st.session_state[_CATALOGUE]


def _film(name: str, timed: bool) -> None:
    """Draw the film and its controls; timed: whether this fragment is run by the clock."""
    film = film_of(name)
    if st.session_state.get(_PLAYING):
        _advance(film.last)
    if timed != st.session_state.get(_PLAYING, False):
        st.rerun()  # only a run of the page starts or stops the clock
    moment = _controls(film, timed)
    left, right = st.columns(2)
    left.code(film.texts[moment], language=None, wrap_lines=True, height=HEIGHT)
    with right:
        draw_losses(
            [film.marked(moment)], len(film.checkpoint.vocabulary), int(film.curve.step[-1]),
            key="replay_loss", logarithmic=True,
        )  # fmt: skip
    prose(f"{place_of(film, moment)}  \n{change_since(film, moment)}")
    left, right = st.columns(2)
    with left:
        _expectation(film, moment)
    with right:
        _gates(film, moment)


def _moments(film: Film) -> Number:
    """Return the parameter with as many moments as a film has."""
    return MOMENT.within(0, film.last, 0)


def _controls(film: Film, playing: bool) -> int:
    """Draw the slider through the moments and the button that moves it; return the moment."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        moment = _moments(film).slider(on_change=_stop)
        label, icon = ("Stop", "stop") if playing else ("Play", "play_arrow")
        st.button(label, icon=f":material/{icon}:", key="replay_play", on_click=_play, args=(film.last,))
    return moment


def _play(last: int) -> None:
    state = st.session_state
    state[_PLAYING] = not state.get(_PLAYING, False)
    if state[_PLAYING]:
        state[MOMENT.name] = 0 if state[MOMENT.name] >= last else state[MOMENT.name]
        state[_DUE] = time.monotonic() + PACE


def _stop() -> None:
    st.session_state[_PLAYING] = False


def _advance(last: int) -> None:
    """Go to the next moment, if it is due; stop at the end.  Other runs of the page don't move it."""
    state = st.session_state
    if time.monotonic() < state[_DUE]:
        return
    state[_DUE] = time.monotonic() + PACE / 2  # the clock is the browser's: it may be a little early
    state[MOMENT.name] = min(state[MOMENT.name] + 1, last)
    state[_PLAYING] = state[MOMENT.name] < last


def _expectation(film: Film, moment: int) -> None:
    """Draw what the network of this moment expects after the student's prompt."""
    prompt = PROMPT.text_input(placeholder="nothing: the beginning of a line")
    vocabulary = film.checkpoint.vocabulary
    if len(prompt) > LONGEST_PROMPT:
        note(f"Of a long prompt only the last {LONGEST_PROMPT} characters are read.")
    known_part = readable(prompt[-LONGEST_PROMPT:], vocabulary)
    bars = likeliest(expected(film.name, moment, known_part), vocabulary.chars)
    draw_bars(bars, key="replay_next", alt=describe_next(bars))


def _gates(film: Film, moment: int) -> None:
    """Draw gate statistics as a small table; Markdown, which is drawn faster than any data frame."""
    measured = gates(film.name, moment)
    prose(gate_table(measured))
    if not measured:
        return
    note(
        f"Over all {film.checkpoint.net.hidden_size} units and {MEASURED_LENGTH} characters that it does "
        "not learn from, the same at every moment."
    )
