"""The hunt on the page: a unit is named, a rule stated, and the units are ranked by how they follow it."""

from typing import NamedTuple

import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.frame.links import complain, mend, settings_of_link
from lesson.frame.parameters import Choice
from lesson.sampling.layers import layer_in_words
from lesson.sampling.memory import hunt_sentences as sentences
from lesson.sampling.memory.quotes_challenge import note_search, show_challenge
from lesson.sampling.networks import TrainedNetwork
from lesson.sampling.parameters import (
    ABLATE,
    OPERATION,
    PATTERN,
    PATTERN_RULE,
    RULE,
    STATE,
    SURGERY,
    TASK,
    UNIT,
    UNITS,
)  # fmt: skip
from lesson.sampling.unit_search import MOST, Search, rank_units
from lesson.sampling.write.passages import Passage
from lesson.widgets.panel import set_panel
from lstm import InputError
from lstm.interpret.unit_search import LEAST, SHIFTS, Hunt, most_by_chance

_RESULT = "hunt_result"  # in the session state


class Result(NamedTuple):
    """What came of a search: the ranking, or why there is none; own_unit: the unit that was chosen then."""

    network: str
    search: Search
    own_unit: int
    outcome: Hunt | str


def show_hunt(network: TrainedNetwork, passage: Passage, layer: int) -> None:
    """Show the challenge, the controls of the hunt in a layer, and its result."""
    st.subheader("Hunt for a unit")
    prose(
        "Click rows of the map and look for a unit that follows something in the coloured text, for example "
        "quotes or line ends. Leave its row selected: this is your unit. Then choose a rule and "
        "press *Hunt*. All units are ranked by how well they follow the rule on the first half of a text. "
        "Their score is the correlation with the rule on the second half.\n\n"
        "A rule is a number for each character: 1 for yes and 0 for no, or a count. As a test, we move these "
        f"numbers along the text to the wrong characters, {SHIFTS} times (in a short text less often), by a "
        "different distance each time. Each of these *control rules* has a best unit, too. A unit counts as "
        f"found if at most {most_by_chance(SHIFTS)} of the {SHIFTS} scores as high."
    )
    show_challenge(network)
    _hunt(network, passage, layer)


def _hunt(network: TrainedNetwork, passage: Passage, layer: int) -> None:
    text, which = _text(network, passage)
    state = STATE if network.checkpoint.net.kind == "lstm" else STATE.among(["h"])
    complain(mend(RULE, state))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        search = _choose_search(text, state, layer)
        clicked = st.button("Hunt", type="primary", icon=":material/search:", key="hunt")
    note(f"{sentences.rule_in_words(search.rule)} The hunt reads {len(text):,} characters of {which}.")
    if clicked:
        note_search(network, search)
        st.session_state[_RESULT] = _run(network, search)
    result: Result | None = st.session_state.get(_RESULT)
    if result is not None and (result.network, result.search) == (network.key, search):
        _show_result(network, result)


def _text(network: TrainedNetwork, passage: Passage) -> tuple[str, str]:
    """Return the text that is hunted in, and what it is in words."""
    text = network.unseen_text(MOST)
    if len(text) >= LEAST:
        return text, "held-out text"
    return passage.text, "the text above"


def _choose_search(text: str, state: Choice, layer: int) -> Search:
    rule = RULE.selectbox(width=230)
    pattern = ""
    if rule == PATTERN_RULE:
        pattern = PATTERN.text_input(placeholder=r"for example \w+ing", width=260)
    return Search(text, rule, state.segmented_control(width="content"), pattern, layer)


def _run(network: TrainedNetwork, search: Search) -> Result:
    """Search, and return what came of it with the unit that is chosen now."""
    unit = UNIT.within(0, network.checkpoint.net.hidden_size - 1, 0)
    setting, _ = settings_of_link([unit])  # as it stands in the address when the hunt begins
    own_unit = int(setting.get(unit.name, unit.start))
    try:
        outcome: Hunt | str = rank_units(network, search)
    except InputError as error:
        outcome = str(error)
    return Result(network.key, search, own_unit, outcome)


def _show_result(network: TrainedNetwork, result: Result) -> None:
    if isinstance(result.outcome, str):
        st.error("The hunt could not begin.", icon=":material/error:")
        st.text(result.outcome)  # it may quote the visitor's expression: no markup
        return
    hunt = result.outcome
    finding = sentences.finding(network, result.search, hunt)
    (st.success if finding.clear else st.warning)(finding.text, icon=finding.icon)
    prose(
        layer_in_words(network.checkpoint.net, result.search.layer)
        + sentences.place_of(result.own_unit, hunt)
    )
    prose(sentences.ranking(hunt))
    _offer_units(hunt, f"look_{hash((network.key, result.search))}")


def _offer_units(hunt: Hunt, key: str) -> None:
    """Draw what leads from the ranking to the map and to the surgery."""
    st.pills(
        "Look at a unit in the map", [str(unit) for unit in hunt.order[: sentences.RANKS]], key=key,
        on_change=_look_at_unit, args=(key,),
    )  # fmt: skip
    st.button(
        f"Ablate unit {hunt.best} in Gate surgery", icon=":material/content_cut:", on_click=_ablate,
        args=(hunt.best,),
    )  # fmt: skip


def _ablate(unit: int) -> None:
    """Go to the surgery with this unit ablated."""
    st.session_state[TASK.name] = SURGERY
    set_panel("surgery", {OPERATION.name: ABLATE, UNITS.name: str(unit)})


def _look_at_unit(key: str) -> None:
    if st.session_state.get(key) is not None:
        set_panel("memory", {UNIT.name: int(st.session_state[key])})
