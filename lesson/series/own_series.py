"""A series of the visitor's own: a file with a column of numbers.

It stays in the session state and in the runs that learn it, and is stored nowhere.
"""

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from lesson.frame.glossary import note
from lstm import InputError
from lstm.series.own import FEWEST, MOST, OwnSeries, read_series
from visualization.numbers import scientific

OWN_NUMBERS, _TROUBLE = "own_series", "own_series_trouble"  # in the session state
_UPLOAD = "upload_series"  # the widget


def choose_own_series() -> OwnSeries | None:
    """Draw the field for a file and return its series; None, and one sentence, until one fits."""
    series: OwnSeries | None = st.session_state.get(OWN_NUMBERS)
    with st.expander("Your series", expanded=series is None, icon=":material/table_rows:"):
        st.file_uploader(
            f"A CSV or text file with one column: {FEWEST} to {MOST:,} numbers, the oldest first",
            max_upload_size=1, key=_UPLOAD, on_change=_take_file,
        )  # fmt: skip
        note("The server keeps your numbers only while you look at them and at their runs.")
    if trouble := st.session_state.get(_TROUBLE):
        st.error(trouble)
    if series is None:
        return None
    mean, deviation = series.scale
    note(
        f"Your series has {len(series.values):,} numbers. The network learns from the first {series.cut:,}; "
        f"the last {len(series.values) - series.cut:,} are the test. All are scaled with the mean "
        f"({scientific(mean) if mean >= 0 else '−' + scientific(-mean)}) and the standard deviation "
        f"({scientific(deviation)}) of the first part."
    )
    return series


def text_of(series: OwnSeries) -> str:
    """Return the series as the text of its run: a number in each line, exactly."""
    return "\n".join(map(repr, series.values))


def _take_file() -> None:
    """Put a file's series into the session state if it can be learned from."""
    file = st.session_state.get(_UPLOAD)
    if not isinstance(file, UploadedFile):  # None, or a file that the server has lost meanwhile
        return
    try:
        st.session_state[OWN_NUMBERS] = read_series(file.getvalue())
    except InputError as error:
        st.session_state[_TROUBLE] = str(error)
        return
    st.session_state.pop(_TROUBLE, None)
