"""The hunt on the page: a unit is named, a rule stated, and the units are ranked by how they follow it."""

import secrets

import numpy as np
import streamlit as st

from lesson.frame.glossary import note, prose
from lesson.frame.links import complain, mend
from lesson.sampling.challenges import WHO_IS_SPEAKING, solve
from lesson.sampling.hunting import MOST, PATTERN, hunted, told_apart
from lesson.sampling.memory import quotes_challenge as quotes
from lesson.sampling.sources import TAKEN, Source
from lesson.sampling.write.writing import Written
from lstm import InputError
from lstm.interpret.text_rules import RULES
from lstm.interpret.unit_search import LEAST, Hunt
from visualization.gates import number

_SHOWN = 6  # units
_WEAK = 0.3  # a correlation below it is nothing to build on, however sure it is
_RESULT, _HUNTED, _LOOKED = "hunt_result", "hunted_for_quotes", "hunt_looked"  # in the session state


def hunt_part(source: Source, written: Written) -> None:
    """The whole section."""
    st.subheader("Hunt for a unit")
    prose(
        "Look first: click through the map until a row seems to follow something that you have a word for, "
        "and leave it chosen; that is *your* unit. Then state the rule. All units are ranked by how they "
        "follow it on one half of a text and scored on the other half. A unit counts as found if it does "
        "better there than all but one in a hundred rules that were merely shifted along the text."
    )
    _challenge(source)
    _hunt(source, written)


@st.fragment
def _hunt(source: Source, written: Written) -> None:
    text, whose = _text(source, written)
    states = ("C", "h") if source.checkpoint.net.kind == "lstm" else ("h",)
    rules = (*RULES, PATTERN)
    complain(mend({"rule": rules, "by": states}))
    if st.session_state.get("by", states[0]) not in states:
        st.session_state.by = states[0]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        rule = st.selectbox(
            "Rule", rules, key="rule", bind="query-params", persist_state="session", width=230,
            help="What a character is compared with, after it was read.",
        )  # fmt: skip
        pattern = ""
        if rule == PATTERN:
            pattern = st.text_input(
                "Expression", key="pattern", bind="query-params", persist_state="session", max_chars=200,
                placeholder=r"for example \w+ing", width=260,
            )  # fmt: skip
        state = st.segmented_control(
            "Units of", states, default=states[0], required=True, key="by", bind="query-params",
            persist_state="session", width="content",
        )  # fmt: skip
        clicked = st.button("Hunt", type="primary", icon=":material/search:", key="hunt")
    note(_says(rule) + f" The text is {whose}, {len(text):,} characters.")
    asked = (source.key, text, rule, pattern, state)
    if clicked:
        _search(source, asked)
    kept = st.session_state.get(_RESULT)
    if kept is None or kept[0] != asked:
        return
    _, own, outcome = kept
    if isinstance(outcome, str):
        st.error("There was nothing to hunt for.", icon=":material/error:")
        st.text(outcome)  # it may quote the visitor's expression: no markup
    else:
        _show(source, asked, own, outcome)


def _text(source: Source, written: Written) -> tuple[str, str]:
    """The text that is hunted in, and what it is."""
    if len(source.fresh(MOST)) >= LEAST:
        return source.fresh(MOST), "text that the network did not learn from"
    return written.text, "the one above"


def _says(rule: str) -> str:
    if rule == PATTERN:
        return "1 inside a match of the expression, as Python's `re` finds it line by line, 0 outside."
    return RULES[rule].says[0].upper() + RULES[rule].says[1:] + "."


def _search(source: Source, asked: tuple) -> None:
    """Hunt, and keep what came of it with the unit that was chosen then."""
    _, text, rule, pattern, state = asked
    if rule == quotes.RULE:
        st.session_state.setdefault(_HUNTED, set()).add(source.key)
    own = min(int(st.session_state.get("unit", 0)), source.checkpoint.net.hidden_size - 1)
    try:
        outcome: Hunt | str = hunted(source, rule, state, pattern, text)
    except InputError as error:
        outcome = str(error)
    st.session_state[_RESULT] = (asked, own, outcome)


def _show(source: Source, asked: tuple, own: int, found: Hunt) -> None:
    _, text, rule, pattern, state = asked
    best, count = found.best, len(found.order)
    score, chance = found.score[best], found.baseline
    low = " It is low where the rule is high." if found.sign[best] < 0 else ""
    chance_best = f"of {len(chance)} shifted rules the best reached {number(chance[-1])}"
    if not found.found:
        st.warning(
            "**Nothing better than chance.** The unit that followed best on the first half, "
            f"{best}, comes to {number(score)} on the second; of a hundred rules shifted along the text, "
            f"{100 * found.chance:.0f} do as well.",
            icon=":material/casino:",
        )
    elif score < _WEAK:
        st.warning(
            f"**Unit {best} of {state} follows it weakly**: its correlation with the rule is {number(score)} "
            f"on the half that did not choose it.{low} That is more than chance ({chance_best}), but no unit "
            f"of this network can be said to know it.{_apart(source, asked, best)}",
            icon=":material/blur_on:",
        )
    else:
        st.success(
            f"**Unit {best} of {state} follows it**: its correlation with the rule is {number(score)} on the "
            f"half that did not choose it.{low} Chance: {chance_best}.{_apart(source, asked, best)}",
            icon=":material/target:",
        )
    prose(_own(own, found))
    rows = [
        f"| {place} | {unit} | {number(found.score[unit])} |"
        for place, unit in enumerate(found.order[:_SHOWN], 1)
    ]
    prose("\n".join([f"| place of {count} | unit | on the other half |", "|--:|--:|--:|", *rows]))
    key = f"look_{hash(asked)}"
    st.pills(
        "Look at a unit in the map", [str(unit) for unit in found.order[:_SHOWN]], key=key, on_change=_look,
        args=(key,),
    )  # fmt: skip
    st.button(
        f"Cut unit {best} out in Gate surgery", icon=":material/content_cut:", on_click=_cut, args=(best,)
    )
    if st.session_state.pop(_LOOKED, False):
        st.rerun()  # the map is outside this fragment


def _cut(unit: int) -> None:
    """Go to the surgery with this unit cut out."""
    st.session_state.update(tab="Gate surgery", operation="cut units out", units=str(unit))
    st.session_state[_LOOKED] = True


def _look(key: str) -> None:
    if st.session_state.get(key) is not None:
        st.session_state.unit = int(st.session_state[key])
        st.session_state[_LOOKED] = True


def _apart(source: Source, asked: tuple, unit: int) -> str:
    """For a yes-or-no rule: how well one threshold tells them apart."""
    _, text, rule, pattern, state = asked
    share = told_apart(source, unit, rule, state, pattern, text)
    if share is None:
        return ""
    return f" One threshold on it tells yes from no in {share:.0%} of the cases there, each counted equally."


def _own(own: int, found: Hunt) -> str:
    place = found.place(own)
    if place == 1:
        return f"Your unit was {own}: **the very one**."
    score = number(found.score[own])
    return f"Your unit was {own}: place {place} of {len(found.order)}, {score} on the other half."


@st.fragment
def _challenge(source: Source) -> None:
    """Name a unit that knows that somebody speaks."""
    with st.container(border=True):
        prose(
            "**Challenge: who is speaking?** Before any hunt for it, name a unit that knows whether the text "
            f"is inside quotes. It is judged on {quotes.STRETCHES} stretches of {quotes.LENGTH} characters "
            "that you do not see, of text kept from training: with one threshold it has to tell inside from "
            f"outside, {quotes.RIGHT:.0%} on average of both, in {quotes.ENOUGH} of them."
        )
        if not quotes.readable(source):
            if st.button("Take the fables", icon=":material/auto_stories:"):
                st.session_state[TAKEN] = "fables"
                st.rerun()
            note("The text of this network has no quotes, or none that it did not learn from.")
            return
        if source.key in st.session_state.get(_HUNTED, set()):
            note("You have hunted for quotes in this network already; in another one the challenge is open.")
            return
        with st.container(horizontal=True, vertical_alignment="bottom"):
            last = source.checkpoint.net.hidden_size - 1
            unit = st.number_input("The unit", 0, last, value=None, key="quote_unit", width=140)
            if st.button("Check the unit", icon=":material/task_alt:") and unit is not None:
                _judge(source, int(unit))


def _judge(source: Source, unit: int) -> None:
    shares = quotes.judge(quotes.readout(source), unit, secrets.randbits(32))
    right = sum(share >= quotes.RIGHT for share in shares)
    count, pass_at_all = source.checkpoint.net.hidden_size, quotes.lucky(source)
    told = f"Unit {unit}: {right} of {quotes.STRETCHES} stretches; on average {np.mean(shares):.0%} right."
    if quotes.passed(shares):
        solve(WHO_IS_SPEAKING)
        st.success(
            f"**Solved.** {told} A blind guess had {pass_at_all} chances in {count}.",
            icon=":material/trophy:",
        )
    else:
        st.warning(
            f"{told} Choose *text it never saw* and colour it by units that change where a quote opens and "
            "change back where it closes.",
            icon=":material/search:",
        )
