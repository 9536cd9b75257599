"""Values of a link that a page's widgets can't have: the nearest is shown, and it is said.

Streamlit would drop such a value and show the widget's default without a word.
"""

import math
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

import streamlit as st
from streamlit.errors import StreamlitAPIException

_SEEN = "query_seen"  # in the session state: parameters as they were read last
# In the session state, for runs that begin again: values that were mended, what is to be read in place of the
# address, and the names of what was just taken out of it.
_MENDED, _INSTEAD, _JUST_NOW = "query_mended", "query_instead", "query_just_taken_out"


def forget() -> None:
    """The visitor came to a page: its address counts again, whatever was read before."""
    for name in (_SEEN, _MENDED, _INSTEAD):
        st.session_state[name] = {}


def fresh(name: str) -> list[str]:
    """The values of a parameter if they are new, else none.

    A run that the server starts itself sees the address as it was before the visitor's last moves: what
    was read once must not undo them.
    """
    given = _given(name)
    seen = st.session_state.setdefault(_SEEN, {})
    if not given or seen.get(name) == given:
        return []
    seen[name] = given
    return given


class Number(NamedTuple):
    """A number between two ends, in steps from the lower one; `start` is shown without a link."""

    low: float
    high: float
    start: float
    step: float = 1


def mend(widgets: Mapping[str, Number | Sequence[str]]) -> list[str]:
    """Put nearest values for what the link asks of bound widgets; to be called before they are made.

    widgets: parameter (the widget's key) to its range, or to its options, the first being the default.
    Returns a sentence for each parameter that was mended.
    """
    _take_out(widgets)
    complaints = []
    for name, allowed in widgets.items():
        if given := fresh(name):
            value, said = _asked(name, given, allowed)
            if said:
                st.session_state.setdefault(_MENDED, {})[name] = given
                st.session_state[name] = value == "true" if value in ("true", "false") else value
            complaints += said
    return complaints


def _take_out(widgets: Mapping[str, Number | Sequence[str]]) -> None:
    """Run the page again without what Streamlit's widgets can't bear, which is then mended like the rest.

    An empty value leaves a choice with nothing chosen, and infinity is an error in a field for whole numbers.
    """
    just_now = st.session_state.get(_JUST_NOW, frozenset())
    broken = [name for name, allowed in widgets.items() if _breaks(st.query_params.get_all(name), allowed)]
    new = [name for name in broken if name not in just_now]
    st.session_state[_JUST_NOW] = just_now.difference(widgets).union(new)
    if not new:
        return
    seen, mended = st.session_state.get(_SEEN, {}), st.session_state.get(_MENDED, {})
    # What was said of other parameters in this run is lost, and has to be said again.
    instead = {name: given for name, given in mended.items() if seen.get(name) == given}
    instead |= {name: st.query_params.get_all(name) for name in new}
    st.session_state[_SEEN], st.session_state[_INSTEAD] = {}, instead
    for name in new:
        with suppress(StreamlitAPIException):  # the browser went back to it: it is bound, but read no more
            del st.query_params[name]
    st.rerun()


def _breaks(given: Sequence[str], allowed: Number | Sequence[str]) -> bool:
    if not given:
        return False
    if not isinstance(allowed, Number):
        return "" in given
    try:
        return math.isinf(float(given[-1]))  # as Streamlit reads it: not only ASCII, and at any length
    except ValueError:
        return False


def _given(name: str) -> list[str]:
    """The values of a parameter, as the address has it or had it."""
    instead = st.session_state.get(_INSTEAD, {}).pop(name, [])
    return instead or st.query_params.get_all(name)


def _asked(name: str, given: Sequence[str], allowed: Number | Sequence[str]) -> tuple[float | str, list[str]]:
    """What a link asks for, or the nearest that there is, and what there is to say about it."""
    text = given[-1][:400]
    value = _nearest(text, allowed) if isinstance(allowed, Number) else _option(text, allowed)
    if len(given) > 1:
        return value, [f"The link has `{name}` {len(given)} times; shown is {value}, for the last one."]
    if not _same(text, value):
        return value, [f"The link's `{name}` is nothing this page can show; shown is {value}."]
    return value, []


def complain(complaints: Sequence[str]) -> None:
    """Say it, once, where the page begins."""
    if complaints:
        st.warning("  \n".join(complaints), icon=":material/link_off:")


def choose_part(parts: Sequence[str], parameter: str) -> str:
    """Which part of a page is shown: each has its own address."""
    complain(mend({parameter: parts}))
    return st.segmented_control(
        "Part", parts, default=parts[0], required=True, key=parameter, bind="query-params",
        label_visibility="collapsed",
    )  # fmt: skip


def whole(name: str, low: int, high: int, start: int) -> tuple[int, list[str]]:
    """A whole number of the address that no widget is bound to, and what had to be mended."""
    given = fresh(name)
    return _asked(name, given, Number(low, high, start)) if given else (start, [])


def bound_whole(name: str, low: int, high: int, start: int) -> int:
    """Put a whole number into the state of a bound widget, before it is made, and return it.

    The link's, if the visitor has just come to the page, and it is said if that had to be mended; from then
    on what they have chosen: the address that the server sees is one move behind and must not undo it.
    """
    _take_out({name: Number(low, high, start)})
    seen = st.session_state.setdefault(_SEEN, {})
    value = st.session_state.get(name, start)
    if name not in seen:
        seen[name] = _given(name)
        if seen[name]:
            value, complaints = _asked(name, seen[name], Number(low, high, start))
            if complaints:
                st.session_state.setdefault(_MENDED, {})[name] = seen[name]
            complain(complaints)
    st.session_state[name] = value = min(max(value, low), high)
    return value


def _nearest(text: str, allowed: Number) -> float:
    value = _number(text)
    if math.isnan(value):
        return allowed.start
    steps = round((min(max(value, allowed.low), allowed.high) - allowed.low) / allowed.step)
    nearest = round(allowed.low + steps * allowed.step, 9)  # 3, not 3.0000000000000004
    return nearest if isinstance(allowed.step, float) else int(nearest)


def _option(text: str, options: Sequence[str]) -> str:
    """The option that is meant, whatever its capitals and plus signs; of numbers the nearest; else the
    default."""
    plain = text.replace("+", " ").strip().casefold()
    named = next((option for option in options if option.casefold() == plain), None)
    if named is not None:
        return named
    numbers = [_number(option) for option in options]
    wanted = _number(text)
    if math.isnan(wanted) or any(math.isnan(number) for number in numbers):
        return options[0]
    return min(zip(numbers, options, strict=True), key=lambda row: abs(row[0] - wanted))[1]


def _number(text: str) -> float:
    """The number that a text is, NaN if it is none."""
    try:
        return float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        return math.nan


def _same(text: str, value: float | str) -> bool:
    if isinstance(value, str):
        return text == value
    return _number(text) == value
