"""What visitors do on each page: one move of a hand.

Settings are drawn at random from all that the controls can reach, so that no answer is there already.
"""

import random
from dataclasses import dataclass, field

from lesson.frame.parameters import Choice, Number, address_value
from lesson.gates import sliders
from lesson.gates.sliders import SLIDERS
from lesson.gradients import parameters as gradients
from lesson.sampling import parameters as sampling
from lesson.widgets.catalogue import model_names
from tests.load.asking import Asking
from tests.load.visitor import Visitor
from tests.load.watching import Watching, id_of

# Who is where when a class of sixty works on its own, three of them with trainings that others do not have.
CLASS = {
    "gates": 14, "gradients": 12, "training": 8, "live": 6, "sampling": 10, "exercises": 4, "cheatsheet": 3,
    "": 3,
}  # fmt: skip
SHEETS = ("Sheet", "True, half true", "Words")
RUNS = ("16", "32", "64")  # hidden units of the three trainings
PAGES = [page for page in CLASS if page != "live"]
WHOLE = ("", "cheatsheet")  # a move there is a run of the whole page


@dataclass
class Student:
    """One tab: a session of Streamlit, and the way in which its pictures ask."""

    address: str
    tab: Visitor = field(init=False)
    asking: Asking = field(init=False)
    watching: Watching | None = None

    def __post_init__(self) -> None:
        self.tab, self.asking = Visitor(self.address), Asking(self.address)

    @property
    def page(self) -> str:
        """Where they are."""
        return self.tab.page

    async def enter(self, page: str, run: int = 0) -> float:
        """Come to a page; live: and start the training of that number, or join it."""
        if page != "live":
            return await self.tab.enter(page)
        hidden = RUNS[run % len(RUNS)]
        seconds = await self.tab.enter("training", tab="Live", hidden=hidden)
        await self.tab.move("start", True)
        self.watching = Watching(self.asking, id_of(hidden=hidden))
        return seconds

    async def look(self) -> float:
        """Ask once what is new of the run that they watch."""
        assert self.watching is not None
        return await self.watching.look()

    async def step(self) -> int:
        """Return the step that the run in view has reached."""
        await self.look()
        assert self.watching is not None
        return self.watching.step

    async def leave(self) -> None:
        """Close the tab."""
        await self.tab.leave()
        await self.asking.leave()


async def move(student: Student, dice: random.Random) -> float:
    """One move of what is on the page; the seconds until it was answered in full."""
    name, question, post = question_of(student.page, dice)
    if name:
        return await student.asking.ask(name, question, post=post)
    if student.page == "exercises":
        return await student.tab.move(f"exercise_{dice.randint(1, 5)}_done", dice.random() < 0.5)
    return await student.tab.go(student.page, **({"sheet": dice.choice(SHEETS)} if student.page else {}))


async def move_or_go(student: Student, dice: random.Random) -> float:
    """A move, or now and then the way to another page."""
    if dice.random() < 0.1:
        return await student.tab.go(dice.choice(PAGES))
    return await move(student, dice)


def question_of(page: str, dice: random.Random) -> tuple[str, dict[str, str], bool]:
    """The answer that a slider's move on a page asks for, its question, and whether it goes by POST."""
    if page == "gates":
        return "gates/step", {**anywhere(page, dice), "along": dice.choice(("x", "C_prev", "b_f"))}, False
    if page == "gradients":
        along = dice.choice(("bf", "radius", "bz", "scale"))
        return "gradients/race", {**anywhere(page, dice), "along": along}, False
    if page == "training":
        return "replay/film", {"model": dice.choice(model_names())}, False
    if page == "sampling":
        return "sampling/write", anywhere(page, dice), True
    return "", {}, False


def anywhere(page: str, dice: random.Random) -> dict[str, str]:
    """A value of what can be set on a page, drawn from all that the controls can reach."""
    if page == "gates":
        positions = [dice.randrange(len(slider.range)) for slider in SLIDERS.values()]
        return {"cell": "_".join([sliders.VERSION, *map(str, positions)])}
    settings = {"gradients": gradients.SETTINGS, "sampling": (sampling.TEMPERATURE, sampling.SEED)}
    return {parameter.name: _any_value(parameter, dice) for parameter in settings.get(page, ())}


def _any_value(parameter: Number | Choice, dice: random.Random) -> str:
    """One of all values that a parameter can have, as the address has it."""
    if isinstance(parameter, Choice):
        return dice.choice(parameter.options)
    steps = dice.randint(0, round((parameter.high - parameter.low) / parameter.step))
    return address_value(round(parameter.low + steps * parameter.step, 9))
