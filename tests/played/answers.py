"""What each student answers: made up, different from student to student, and the same at each run."""

import random
import re
from collections import Counter
from typing import Any

from lesson.classroom.question import DEALT, RIGHT, UNSURE, Deal, Question

Answer = str | float
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_KNOW = {"before": 0.25, "after": 0.75, "": 0.4}  # how often they are right, by the test's part
_CONVINCED = 0.8  # in a second vote
_UNSURE = 0.08
_NEAR = (0.2, 0.5, 0.9, 1.1, 1.6, 4.0)  # an estimate, of what is true


def answer_of(question: Question, seat: int, asking: str, round: int, part: str) -> Answer:
    """Return what the student at a seat answers in a round."""
    # The same student is as sure of a question whenever it is asked, and knows more after the lesson.
    knows = random.Random(f"{question.id} {seat}").random()
    dice = random.Random(f"{question.id} {seat} {part} {round}")
    is_right = knows < (_CONVINCED if round > 1 else _KNOW[part])
    if dice.random() < _UNSURE:
        return UNSURE
    if question.settings:
        return _setting(question, dice)
    if question.kind == DEALT:
        deal = question.deal(seat, asking)
        assert deal is not None
        return _computed(question, deal, is_right, dice)
    if question.scale:
        return _estimate(question, dice)
    if is_right:
        assert isinstance(question.right, str)
        return question.right
    return dice.choice([answer.id for answer in question.answers if answer.id != question.right])


def _setting(question: Question, dice: random.Random) -> str:
    """Return places of the controls, not far from their middles."""
    places = []
    for setting in question.settings:
        last = len(setting.values) - 1
        places.append(min(last, max(0, last // 2 + dice.randint(-4, 4))))
    return ",".join(map(str, places))


def _computed(question: Question, deal: Deal, is_right: bool, dice: random.Random) -> float:
    """Return what somebody computes from the own numbers: right, or by one of the mistakes with a name."""
    digits = question.digits or 0
    if not is_right and len(deal.keys) > 1:
        outcome, low, high = dice.choice(deal.keys[1:])
        for value in (round((low + high) / 2, more) for more in (digits, digits + 1, digits + 2)):
            if deal.outcome(value) == outcome and question.has_answer(value):
                return value
    return next(
        value for value in (round(deal.truth, more) for more in range(digits, 9))
        if deal.outcome(value) == RIGHT
    )  # fmt: skip


def _estimate(question: Question, dice: random.Random) -> float:
    """Return a number on the scale, within a few times of what is true."""
    scale = question.scale
    assert scale is not None
    truth = question.right if isinstance(question.right, int | float) else (scale.low + scale.high) / 3
    value = float(f"{min(scale.high, max(scale.low, truth * dice.choice(_NEAR))):.2g}")
    return round(value) if scale.unit in ("networks", "steps") or scale.high > 1000 else value


def counts_of(question: Question, answers: dict[int, Answer], asking: str) -> dict[str, Any]:
    """Return how a room has to count the answers of a round, by seat; without what nobody has answered."""
    if question.kind == DEALT:
        outcomes = Counter(
            answer if isinstance(answer, str) else question.deal(seat, asking).outcome(answer)  # type: ignore
            for seat, answer in answers.items()
        )
        return dict(outcomes)
    unsure = sum(answer == UNSURE for answer in answers.values())
    rest = [answer for answer in answers.values() if answer != UNSURE]
    counts: dict[str, Any] = {UNSURE: unsure} if unsure else {}
    if question.settings:
        return counts | ({"dots": dict(Counter(map(str, rest)))} if rest else {})
    if question.scale:
        return counts | ({"numbers": sorted(map(float, rest))} if rest else {})
    return counts | dict(Counter(map(str, rest)))


def number_words(value: float, digits: int | None = None) -> str:
    """Return a number as the course's phones write it; digits: after the point, where it asks for so many."""
    if digits is not None:
        typed = str(value).partition(".")[2]
        places = max(digits, len(typed)) if len(typed) <= 6 and float(value) != int(value) else digits
        return f"{value:,.{places}f}".replace("-", "−")
    front, _, power = f"{value:.2e}".partition("e-")
    if power and int(power) > 3:
        times = "" if float(front) == 1 else f"{float(front):g} · "
        return f"{times}10⁻{str(int(power)).translate(_RAISED)}"
    if float(value) == int(value):
        return f"{int(value):,}".replace("-", "−")
    return f"{float(f'{value:.3g}'):,}".replace("-", "−")


def plain(html: str) -> str:
    """Return the words of a text of the course without its markup, its spaces alike."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html.replace("&nbsp;", " "))).strip()


def giveaways(question: Question) -> list[str]:
    """Return pieces of the replies to a question, which nobody may read before its reveal."""
    replies = {question.reply, *(answer.reply for answer in question.answers)} - {""}
    pieces = (max(re.split(r"<[^>]*>|&nbsp;", reply), key=len).strip() for reply in replies)
    return [piece for piece in pieces if len(piece) > 15]
