"""What a picture asks of the server: names and values, checked by the table of parameters of its page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from lesson.frame.parameters import Choice, Number, Switch, Text, address_value

ALONG = "along"  # in a query: the control along whose whole range the answer is wanted
NEAR = "near"  # in a query: how many positions to both sides of the present one are wanted, if not all
_ON_THE_GRID = 1e-6  # of a step: how exactly a number has to be one of its slider's


class QueryError(ValueError):
    """A query that no page of this version sends; in one sentence."""


@dataclass(frozen=True)
class Query:
    """Names and values as they came; a name that is missing has its value of the start.

    network: the visitor's own network, where the question came through their own session, else None.
    """

    values: Mapping[str, str]
    network: object | None = None

    def number(self, parameter: Number) -> float:
        """Return a number that the parameter's slider can reach; whole where its steps are.

        Raises QueryError for any other.
        """
        text = self.values.get(parameter.name)
        if text is None:
            return parameter.start
        try:
            value = float(text) if len(text) < 30 and text.isascii() and "_" not in text else float("nan")
        except ValueError:
            value = float("nan")
        if not parameter.low <= value <= parameter.high:
            raise QueryError(f"{parameter.name} is a number from {parameter.low:g} to {parameter.high:g}.")
        steps = (value - parameter.low) / parameter.step
        if abs(steps - round(steps)) > _ON_THE_GRID:
            raise QueryError(f"{parameter.name} goes in steps of {parameter.step:g}.")
        value = round(parameter.low + round(steps) * parameter.step, 9)
        return value if isinstance(parameter.step, float) else int(value)

    def whole(self, name: str, low: int, high: int, start: int) -> int:
        """Return a whole number between two ends; raises QueryError for any other."""
        return int(self.number(Number(name, low=low, high=high, start=start, step=1)))

    def choice(self, parameter: Choice) -> str:
        """Return one of a parameter's options, by a former wording too; raises QueryError for any other."""
        value = self.values.get(parameter.name, parameter.default)
        value = parameter.former_options.get(value, value)
        if value not in parameter.options:
            raise QueryError(f"{parameter.name} is one of {', '.join(parameter.options)}.")
        return value

    def switch(self, parameter: Switch) -> bool:
        """Return whether a switch is on; raises QueryError for what is neither true nor false."""
        value = self.values.get(parameter.name, parameter.default)
        if value not in parameter.options:
            raise QueryError(f"{parameter.name} is true or false.")
        return value == "true"

    def text(self, parameter: Text) -> str:
        """Return a text, as much of it as is read."""
        return self.values.get(parameter.name, parameter.start)[: parameter.longest]

    def positions(self, controls: Iterable[Number | Choice]) -> list["Query"]:
        """Return the query for every value of the control along which it asks; itself alone if along none.

        controls: those that have such answers.  Raises QueryError for any other.
        """
        name = self.values.get(ALONG, "")
        if not name:
            return [self]
        control = next((control for control in controls if control.name == name), None)
        if control is None:
            raise QueryError(f"There are no answers along {name[:40]!r}.")
        return [replace(self, values={**self.values, name: value}) for value in control.address_values]

    def nearby(self, control: Number) -> range:
        """Return which positions along a control are wanted, from 0: all, or those near the present one."""
        count = len(control.address_values)
        if NEAR not in self.values:
            return range(count)
        distance = self.whole(NEAR, 1, count, count)
        present = control.address_values.index(address_value(self.number(control)))
        return range(max(0, present - distance), min(count, present + distance + 1))
