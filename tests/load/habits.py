"""What visitors do on each page: one move of a hand."""

import json
import random

from lesson.gates import sliders
from lesson.gates.sliders import SLIDERS
from tests.load.visitor import Visitor

# Who is where when a class of sixty works on its own, three of them with trainings that others do not have.
CLASS = {
    "gates": 14, "gradients": 12, "training": 8, "live": 6, "sampling": 10, "exercises": 4, "cheatsheet": 3,
    "": 3,
}  # fmt: skip
SHEETS = ("Sheet", "True, half true", "Words")
RUNS = ("16", "32", "64")  # hidden units of the three trainings
PAGES = [page for page in CLASS if page != "live"]


async def enter(visitor: Visitor, page: str, run: int = 0) -> float:
    """Come to a page; live: and start the training of that number, or join it."""
    if page != "live":
        return await visitor.enter(page)
    seconds = await visitor.enter("training", tab="Live", hidden=RUNS[run % len(RUNS)])
    await visitor.move("start", True)
    return seconds


async def move(visitor: Visitor, dice: random.Random) -> float:
    """One move of what is on the page; the seconds until it was answered in full."""
    page = visitor.page
    if page == "gates":
        return await visitor.move("cell_feed", cell_message(dice, visitor))
    if page == "gradients":
        return await visitor.move("radius", dice.randint(10, 40) / 20)
    if page == "training" and visitor.again:
        return await visitor.look()
    if page == "training" and visitor.find("moment"):
        return await visitor.move("moment", dice.randint(0, 40))
    if page == "training":  # they had a run, and it has ended or been left
        return await visitor.go(page, tab="Replay")
    if page == "sampling":
        return await visitor.move("t", dice.randint(0, 40) / 20)
    if page == "exercises":
        return await visitor.move(f"exercise_{dice.randint(1, 5)}_done", dice.random() < 0.5)
    if page == "cheatsheet":
        return await visitor.go(page, sheet=dice.choice(SHEETS))
    return await visitor.move("word", dice.choice(("fox", "hen", "stone", "river")))


def cell_message(dice: random.Random, visitor: Visitor) -> str:
    """What the browser sends when a slider of the cell was let go."""
    held = dice.choice(("x", "C_prev", "b_f"))
    setting = sliders.positions(sliders.START)
    setting[held] = dice.randrange(len(SLIDERS[held].range))
    visitor.turn += 1
    sent = {
        "view": "step",
        "setting": setting,
        "open": [],
        "held": held,
        "t": 1,
        "seen": 0,
        "turn": visitor.turn,
    }
    return json.dumps({"sent": sent})
