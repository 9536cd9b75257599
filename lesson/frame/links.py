"""Values of a link that a page's widgets can't have: the nearest is shown, and it is said.

Streamlit would drop such a value and show the widget's default without a word.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

import streamlit as st
from streamlit.errors import StreamlitAPIException
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lesson.frame.arrivals import note_arrival
from lesson.frame.nearest_values import is_former, nearest_value
from lesson.frame.parameters import Choice, Number, Parameter, Switch, Text, address_value

_LAST_VALUES = "query_seen"  # in the session state: parameters as they were read last
# In the session state, for runs that begin again: values that were mended, what is to be read in place of the
# address, and the names of what was just taken out of it.
_MENDED, _INSTEAD, _JUST_NOW = "query_mended", "query_instead", "query_just_taken_out"
_RENAMED = "query_renamed"  # in the session state: parameters that the address had by a former name


def arrive(
    page: str,
    parameters: Iterable[Parameter],
    by_history: bool = False,
    led: Mapping[str, Sequence[str]] | None = None,
    is_led: bool = False,
) -> None:
    """Take over a page's address when the visitor comes to it; by_history: by Back or Forward.

    led: what a class that is led has got into the address of the page in view, whose widgets know it not yet.
    is_led: a class was led here from another page; that is a link, even if it names no settings.
    It counts again, whatever was read before, and former names are put in order.  A link shows exactly its
    state: settings that it does not name are as they are at first, whatever the tab held before, and
    questions are unanswered, whatever the visitor has done (`arrivals.take_back` says what is no link).
    """
    parameters = tuple(parameters)
    for name in (_LAST_VALUES, _MENDED, _INSTEAD, _RENAMED):
        st.session_state[name] = {}
    _rename(parameters)
    if led is not None:
        _take_along(parameters, led)
    is_link = is_led or any(parameter.name in st.query_params for parameter in parameters)
    note_arrival(page, is_link, by_history)
    for parameter in parameters if is_link else ():
        renamed = parameter.name in st.session_state[_RENAMED]
        if not renamed and parameter.name in st.session_state:
            del st.session_state[parameter.name]


def _take_along(parameters: Sequence[Parameter], led: Mapping[str, Sequence[str]]) -> None:
    """Let widgets that are in view learn what a link says of them, and what it does not name begin anew."""
    _read_address(led)
    values = {each.name: _start(each) for each in parameters if each.name in st.session_state}
    values |= {each.name: list(led[each.name]) for each in parameters if each.name in led}
    values = {name: texts for name, texts in values.items() if texts}
    st.session_state[_RENAMED], st.session_state[_INSTEAD] = dict(values), dict(values)


def _read_address(led: Mapping[str, Sequence[str]]) -> None:
    """Let Streamlit know the address that the browser has gone to within the page.

    It would not read it there, and overwrite it with what it knows as soon as a widget leaves the page: a
    setting of a widget that comes new into view would be lost.
    """
    if (context := get_script_run_ctx()) is None:
        return
    with context.session_state.query_params() as address:
        for name in set(address) - led.keys():
            address.discard_param_no_forward_msg(name)
        for name, values in led.items():
            address.set_with_no_forward_msg(name, list(values) if len(values) > 1 else values[-1])


def _start(parameter: Parameter) -> list[str]:
    if isinstance(parameter, Number):
        return [address_value(parameter.start)]
    is_list = isinstance(parameter, Switch) or (isinstance(parameter, Choice) and parameter.options)
    return [parameter.default] if is_list else []


def say_again() -> None:
    """Let the next run, which the visitor has not asked for, say once more what was mended."""
    _read_again({})


def _rename(parameters: Sequence[Parameter]) -> None:
    """Give what the address has by a former name its name of today."""
    renamed: dict[str, list[str]] = {}
    old = set()
    for parameter in parameters:
        names = [name for name in parameter.former if name in st.query_params]
        if names and parameter.name not in st.query_params:
            renamed[parameter.name] = st.query_params.get_all(names[0])
            old.update(names)
    if not renamed:
        return
    rest = {name: st.query_params.get_all(name) for name in st.query_params if name not in old}
    with suppress(StreamlitAPIException):  # a name is bound in this session: the address stays as it is
        st.query_params.from_dict(rest | renamed)
    # Streamlit has read the address already: its widgets learn these values through the session state.
    st.session_state[_RENAMED], st.session_state[_INSTEAD] = dict(renamed), dict(renamed)
    for parameter in parameters:
        if parameter.name in renamed and isinstance(parameter, Text):
            st.session_state[parameter.name] = renamed[parameter.name][-1][: parameter.longest]


def fresh(parameter: Parameter) -> list[str]:
    """Return the values of a parameter if they are new, else none.

    A run that the server starts itself sees the address as it was before the visitor's last moves: what
    was read once must not undo them.
    """
    values = _values(parameter.name)
    last_values = st.session_state.setdefault(_LAST_VALUES, {})
    if not values or last_values.get(parameter.name) == values:
        return []
    last_values[parameter.name] = values
    return values


def mend(*parameters: Parameter) -> list[str]:
    """Put nearest values for what the link asks of bound widgets; to be called before they are made.

    Returns a sentence for each parameter that was mended.
    """
    _take_out(parameters)
    complaints = []
    for parameter in parameters:
        if values := fresh(parameter):
            value, words = nearest_value(parameter, values)
            if words:
                st.session_state.setdefault(_MENDED, {})[parameter.name] = values
            is_new = parameter.name in st.session_state.get(_RENAMED, {}) or is_former(parameter, values[-1])
            if words or is_new:
                st.session_state[parameter.name] = value == "true" if isinstance(parameter, Switch) else value
            complaints += words
    return complaints


def settings_of_link(parameters: Iterable[Parameter]) -> tuple[dict[str, float | str], list[str]]:
    """Return what the address says of parameters that no widget of Streamlit's is bound to, or the nearest.

    With a sentence for each that was mended, once.  Their drawing writes the address itself: what it has set
    meanwhile counts more there than what a run of the server's own sees.
    """
    setting, complaints = {}, []
    for parameter in parameters:
        values = _values(parameter.name)
        if not values:
            continue
        setting[parameter.name], words = nearest_value(parameter, values)
        if fresh(parameter):
            complaints += words
    return setting, complaints


def _take_out(parameters: Sequence[Parameter]) -> None:
    """Run the page again without what Streamlit's widgets can't bear, which is then mended like the rest.

    An empty value leaves a choice with nothing chosen, and infinity is an error in a field for whole numbers.
    """
    just_now = st.session_state.get(_JUST_NOW, frozenset())
    broken = [p.name for p in parameters if _breaks(p, st.query_params.get_all(p.name))]
    new = [name for name in broken if name not in just_now]
    st.session_state[_JUST_NOW] = just_now.difference(p.name for p in parameters).union(new)
    if not new:
        return
    _read_again({name: st.query_params.get_all(name) for name in new})
    for name in new:
        with suppress(StreamlitAPIException):  # the browser went back to it: it is bound, but read no more
            del st.query_params[name]
    st.rerun()


def _read_again(broken: dict[str, list[str]]) -> None:
    """Let the next run read the address as this one did; broken: what it finds no longer.

    What was said of other parameters in this run is lost, and has to be said again.
    """
    last_values, mended = st.session_state.get(_LAST_VALUES, {}), st.session_state.get(_MENDED, {})
    instead = {name: values for name, values in mended.items() if last_values.get(name) == values}
    unread = st.session_state.get(_INSTEAD, {})
    st.session_state[_LAST_VALUES], st.session_state[_INSTEAD] = {}, unread | instead | broken


def _breaks(parameter: Parameter, values: Sequence[str]) -> bool:
    if not values:
        return False
    if not isinstance(parameter, Number):
        return "" in values and isinstance(parameter, Choice | Switch)
    try:
        return math.isinf(float(values[-1]))  # as Streamlit reads it: not only ASCII, and at any length
    except ValueError:
        return False


def _values(name: str) -> list[str]:
    """Return the values of a parameter, as the address has it or had it."""
    instead = st.session_state.get(_INSTEAD, {}).pop(name, [])
    return instead or st.query_params.get_all(name)


def complain(complaints: Sequence[str]) -> None:
    """Say it, once, where the page begins."""
    if complaints:
        st.warning("  \n".join(complaints), icon=":material/link_off:")


def choose_part(part: Choice) -> str:
    """Draw the choice of the part of a page that is shown: each has its own address."""
    complain(mend(part))
    return part.segmented_control(label_visibility="collapsed")


def bound_whole(parameter: Number) -> int:
    """Put a whole number into the state of a bound widget, before it is made, and return it.

    The link's, if the visitor has just come to the page, and it is said if that had to be mended; from then
    on what they have chosen: the address that the server sees is one move behind and must not undo it.
    """
    name = parameter.name
    _take_out([parameter])
    last_values = st.session_state.setdefault(_LAST_VALUES, {})
    value = st.session_state.get(name, parameter.start)
    if name not in last_values:
        last_values[name] = _values(name)
        if last_values[name]:
            value, complaints = nearest_value(parameter, last_values[name])
            if complaints:
                st.session_state.setdefault(_MENDED, {})[name] = last_values[name]
            complain(complaints)
    st.session_state[name] = value = int(min(max(value, parameter.low), parameter.high))
    return value
