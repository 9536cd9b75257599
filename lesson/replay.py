"""The part Replay of the training page: choose a trained model and leaf through its training."""

import time

import streamlit as st

from lesson.film import (
    LONGEST,
    READ,
    WORTH,
    Film,
    catalogue,
    changed,
    expected,
    film,
    gates,
    sentences_begun,
    settles,
    told,
    words_known,
)
from lesson.models import model_names, sample_text
from lesson.query import Number, complain, mend
from lesson.questions import Question, ask
from lesson.show import draw_prepared, theme
from visualization.replay import HEIGHT, describe_next, film_spec, marker_frame, next_frame, next_spec

PACE = 0.8  # seconds a moment is shown for while the film plays
_PLAYING, _DUE = "replay_playing", "replay_due"  # in the session state


def replay() -> None:
    """The whole part: a guess, the catalogue, the film."""
    ask(_questions(), "replay")
    complaints = mend({"model": model_names()})
    name = _choose()
    shown = film(name)
    complain(complaints + mend({"moment": Number(0, shown.last, 0)}))
    # Another model may have fewer moments.
    st.session_state.moment = min(st.session_state.get("moment", 0), shown.last)
    playing = st.session_state.get(_PLAYING, False)
    st.fragment(_film, run_every=PACE if playing else None)(name, playing)


def _choose() -> str:
    """The catalogue: a box that a link can set, and a table to compare and choose from."""
    name = st.selectbox("Model", model_names(), key="model", bind="query-params", persist_state="session")
    with st.expander("The catalogue: all models", icon=":material/view_list:"):
        st.dataframe(
            catalogue(), hide_index=True, key="catalogue", on_select=_take, selection_mode="single-row",
            alt="The trained models with their texts, sizes and losses.",
        )  # fmt: skip
        st.caption(
            "Choose a row to open it. The validation loss is that of the end, of ln V. Worth reading: the "
            f"first moment at which {WORTH:.0%} of the four-character pieces it wrote occur in its text."
        )
    shown = film(name)
    net, text_name = shown.checkpoint.net, shown.checkpoint.notes["text"]
    st.markdown(
        f"{net.kind.upper()} with {net.hidden_size} units and {net.weights.flat.size:,} parameters, trained "
        f"on *{text_name}* ({len(sample_text(text_name)):,} characters); worth reading {shown.worth_reading}."
    )
    return name


def _take() -> None:
    """The row that was chosen in the table becomes the model."""
    if rows := st.session_state.catalogue["selection"]["rows"]:
        st.session_state.model = model_names()[rows[0]]


def _film(name: str, timed: bool) -> None:
    """The film and its controls; timed: whether this fragment is run by the clock."""
    shown = film(name)
    if st.session_state.get(_PLAYING):
        _advance(shown.last)
    if timed != st.session_state.get(_PLAYING, False):
        st.rerun()  # only a run of the page starts or stops the clock
    moment = _controls(shown, timed)
    checkpoint = shown.checkpoint
    snapshots = checkpoint.snapshots
    left, right = st.columns(2)
    left.code(shown.texts[moment], language=None, wrap_lines=True, height=HEIGHT)
    words = told(shown, moment)
    with right:
        marker = marker_frame(
            snapshots.step[moment], snapshots.loss[moment], snapshots.validation_loss[moment]
        )
        spec = film_spec(shown.curves, len(checkpoint.vocabulary), theme())
        draw_prepared(spec, marker, words.replace("**", ""), key="replay_loss")
    st.markdown(f"{words}  \n{changed(shown, moment)}")
    left, right = st.columns(2)
    with left:
        _expectation(shown, moment)
    with right:
        _gates(shown, moment)


def _controls(shown: Film, playing: bool) -> int:
    """The slider through the moments and the button that moves it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        moment = st.slider(
            "Moment of the training", 0, shown.last, key="moment",
            bind="query-params", persist_state="session", on_change=_stop,
        )  # fmt: skip
        label, icon = ("Stop", "stop") if playing else ("Play", "play_arrow")
        st.button(label, icon=f":material/{icon}:", key="replay_play", on_click=_play, args=(shown.last,))
    return moment


def _play(last: int) -> None:
    state = st.session_state
    state[_PLAYING] = not state.get(_PLAYING, False)
    if state[_PLAYING]:
        state.moment = 0 if state.moment >= last else state.moment
        state[_DUE] = time.monotonic() + PACE


def _stop() -> None:
    st.session_state[_PLAYING] = False


def _advance(last: int) -> None:
    """The next moment, if it is due; the film stops at its end.  Other runs of the page don't move it."""
    state = st.session_state
    if time.monotonic() < state[_DUE]:
        return
    state[_DUE] = time.monotonic() + PACE / 2  # the clock is the browser's: it may be a little early
    state.moment = min(state.moment + 1, last)
    state[_PLAYING] = state.moment < last


def _expectation(shown: Film, moment: int) -> None:
    """What the network of this moment expects after the student's prompt."""
    prompt = st.text_input(
        "What does it expect after …", key="prompt", bind="query-params", persist_state="session",
        placeholder="nothing: the beginning of a line",
    )  # fmt: skip
    vocabulary = shown.checkpoint.vocabulary
    if len(prompt) > LONGEST:
        st.caption(f"Of a long prompt only the last {LONGEST} characters are read.")
    prompt = prompt[-LONGEST:]
    if unknown := vocabulary.unknown(prompt):
        st.caption("This model has never seen these characters; they are left out:")
        st.code(" ".join(unknown), language=None, wrap_lines=True)
    known = "".join(char for char in prompt if char in vocabulary)
    frame = next_frame(expected(shown.name, moment, known), vocabulary.chars)
    draw_prepared(next_spec(theme()), frame, describe_next(frame), key="replay_next")


def _gates(shown: Film, moment: int) -> None:
    """Gate statistics as a small table; Markdown, which is drawn faster than any data frame."""
    measured = gates(shown.name, moment)
    if not measured:
        st.markdown("**Gates.** A plain RNN has no gates: it rewrites its whole state at every character.")
        return
    rows = [
        f"| **{letter}** {_MEANING[letter]} | {mean:.2f} | {is_open:.0%} | {closed:.0%} |"
        for letter, (mean, is_open, closed) in measured.items()
    ]
    head = ["| gate | mean | open, above 0.9 | closed, below 0.1 |", "|---|--:|--:|--:|"]
    st.markdown("\n".join([*head, *rows]))
    st.caption(
        f"Over all {shown.checkpoint.net.hidden_size} units and {READ} characters that it does not learn "
        "from, the same at every moment."
    )


_MEANING = {"f": "forget", "i": "input", "o": "output", "z": "keep", "r": "reset"}


@st.cache_resource(show_spinner=False)
def _questions() -> list[Question]:
    """What comes first, and what a low training loss is worth; the numbers are those of the models."""
    return [_what_comes_first(), _who_guesses_better()]


def _what_comes_first() -> Question:
    shown = film("fables")
    learned, step = sample_text("fables"), shown.checkpoint.snapshots.step
    letters, words, sentences = (
        "after the end" if at is None else f"from step {step[at]:,}"
        for at in (
            settles(shown.letters, 0.75),
            settles([words_known(text, learned) for text in shown.texts], 0.5),
            settles([sentences_begun(text) for text in shown.texts], 0.9),
        )
    )
    found = (
        f"Measured in what the LSTM on the fables wrote: three quarters of its characters are as frequent as "
        f"in the text {letters}; half of its words are words of the text {words}; nine of ten sentence ends "
        f"are followed by a capital {sentences}."
    )
    return Question(
        "learns_first",
        "a network reads fables, character by character, from random weights. What will it learn first?",
        dict.fromkeys(
            ("Where a sentence begins", "Whole words", "How frequent spaces and letters are"), found
        ),
        "How frequent spaces and letters are",
    )


def _who_guesses_better() -> Question:
    ends = {}
    for name in ("fables", "fables_gru"):
        snapshots = film(name).checkpoint.snapshots
        ends[name] = (
            f"{snapshots.loss[-1]:.2f} in training and {snapshots.validation_loss[-1]:.2f} in validation"
        )
    best = film("fables_gru").checkpoint.snapshots
    at = int(best.validation_loss.argmin())
    found = (
        f"The LSTM ends at {ends['fables']}, the GRU at {ends['fables_gru']}. The GRU was best at step "
        f"{best.step[at]:,}, with {best.validation_loss[at]:.2f}; what it learned after that holds for its "
        "own text alone. Open fables_gru and watch the curves part."
    )
    return Question(
        "overfits",
        f"on the same text, at the end of the same number of steps, the GRU's training loss is "
        f"{best.loss[-1]:.2f} and the LSTM's {film('fables').checkpoint.snapshots.loss[-1]:.2f}. "
        "Which of them guesses new text better?",
        {"The GRU": found, "The LSTM": found, "Both alike": found},
        "The LSTM",
    )
