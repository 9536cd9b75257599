"""What the address says of a page, and the controls that are bound to it: one table for each page.

A parameter's name is the key of its widget, its key in the session state and its name in the address.
Streamlit's own binding (`bind="query-params"`) keeps the three equal, and knows about history, defaults and
settings that come back when a visitor returns to a page; so it is used as it is, and the names of two pages
never meet: Streamlit hands the value of a key on to whichever widget has it next, and the T of one page is
not the T of another.  Addresses from before a renaming are still read: `former` has the old names.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

import streamlit as st

BOUND: dict[str, Any] = {"bind": "query-params", "persist_state": "session"}


def address_value(value: float | str | bool) -> str:
    """Return a value as the address has it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) else f"{value:g}"


@dataclass(frozen=True)
class Parameter:
    """A name in the address; former: names that it had, which addresses of the time still have."""

    name: str
    label: str = ""
    help: str | None = field(default=None, kw_only=True)
    former: tuple[str, ...] = field(default=(), kw_only=True)

    def _widget(self, layout: dict[str, Any]) -> dict[str, Any]:
        """Return what every widget of the parameter is made with."""
        return {"label": self.label, "key": self.name, "help": self.help, **BOUND, **layout}


# On every page: the question that a link asks, by its id, or that it asks none.  No widget is bound to it.
ASK = Parameter("ask")
NO_QUESTION = "none"


@dataclass(frozen=True)
class Text(Parameter):
    """A text; `longest`: how many characters of it are read."""

    start: str = ""
    longest: int | None = None

    def text_input(self, **layout: Any) -> str:
        """Draw a field for a line of text."""
        return st.text_input(value=self.start, max_chars=self.longest, **self._widget(layout))


@dataclass(frozen=True)
class Switch(Parameter):
    """On or off."""

    start: bool = False

    def toggle(self, **layout: Any) -> bool:
        """Draw a switch."""
        return st.toggle(value=self.start, **self._widget(layout))

    @property
    def options(self) -> tuple[str, ...]:
        """The two values as the address has them."""
        return ("false", "true")

    @property
    def default(self) -> str:
        """The value without a link, as the address would have it."""
        return self.options[self.start]


@dataclass(frozen=True)
class Number(Parameter):
    """A number between two ends, in steps from the lower one; `start` is shown without a link."""

    low: float = 0
    high: float = 1
    start: float = 0
    step: float = 1

    def within(self, low: float, high: float, start: float) -> Self:
        """Return the same parameter between other ends, where these depend on what else is chosen."""
        return replace(self, low=low, high=high, start=start)

    @property
    def grid(self) -> list[float]:
        """All values that a slider can reach, lowest first."""
        count = 1 + round((self.high - self.low) / self.step)
        values = [round(self.low + k * self.step, 9) for k in range(count)]
        return values if isinstance(self.step, float) else [int(value) for value in values]

    @property
    def address_values(self) -> list[str]:
        """The same as the address has them."""
        return [address_value(value) for value in self.grid]

    @property
    def values(self) -> range:
        """All values of a parameter in whole steps."""
        return range(int(self.low), int(self.high) + 1, int(self.step))

    def slider(self, **layout: Any) -> float:
        """Draw a slider."""
        return st.slider(
            min_value=self.low, max_value=self.high, value=self.start, step=self.step, **self._widget(layout)
        )

    def number_input(self, **layout: Any) -> float:
        """Draw a field for a number."""
        return st.number_input(
            min_value=self.low, max_value=self.high, value=self.start, step=self.step, **self._widget(layout)
        )

    def select_slider(self, **layout: Any) -> int:
        """Draw a slider over whole steps; unlike `slider` it never stands between two of them."""
        if st.session_state.get(self.name, self.start) not in self.values:
            st.session_state[self.name] = self.start
        return st.select_slider(options=self.values, value=int(self.start), **self._widget(layout))


@dataclass(frozen=True)
class Choice(Parameter):
    """One of several texts; `start`, by default the first, is chosen without a link.

    former_options: wordings that options had, with those of today; addresses of the time still have them.
    """

    options: tuple[str, ...] = ()
    start: str = ""
    former_options: Mapping[str, str] = field(default_factory=dict, kw_only=True, hash=False)

    def among(self, options: Sequence[str], start: str = "") -> Self:
        """Return the same parameter with other options, where these depend on what else is chosen."""
        return replace(self, options=tuple(options), start=start)

    @property
    def default(self) -> str:
        """What is chosen without a link."""
        return self.start or self.options[0]

    @property
    def address_values(self) -> list[str]:
        """The options as the address has them."""
        return list(self.options)

    def pills(self, **layout: Any) -> str:
        """Draw the options as pills; one is always chosen."""
        return st.pills(**self._row(layout))

    def segmented_control(self, **layout: Any) -> str:
        """Draw the options side by side; one is always chosen."""
        return st.segmented_control(**self._row(layout))

    def selectbox(self, **layout: Any) -> str:
        """Draw the options as a list that opens."""
        self._settle()
        at = self.options.index(self.default)
        return st.selectbox(options=self.options, index=at, **self._widget(layout))

    def select_slider(self, **layout: Any) -> str:
        """Draw a slider over the options."""
        self._settle()
        return st.select_slider(options=self.options, value=self.default, **self._widget(layout))

    def _row(self, layout: dict[str, Any]) -> dict[str, Any]:
        self._settle()
        return {"options": self.options, "default": self.default, "required": True, **self._widget(layout)}

    def _settle(self) -> None:
        """Take the default if what was chosen is an option no longer."""
        if st.session_state.get(self.name, self.default) not in self.options:
            st.session_state[self.name] = self.default
