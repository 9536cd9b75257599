"""Votes of a class on questions of every kind, made up, the same at each run."""

import random

from lesson.classroom.asking import Asking, Vote
from lesson.classroom.question import DEALT, UNSURE, Question
from lesson.classroom.room import Room, Student


def vote(question: Question, seat: int, dice: random.Random) -> Vote:
    """One student's vote: often right where that can be said, now and then unsure."""
    luck = dice.random()
    if luck < 0.06:
        return Vote(UNSURE, 1)
    if question.settings:
        places = [
            min(len(setting.values) - 1, max(0, round(dice.gauss(0.6, 0.2) * (len(setting.values) - 1))))
            for setting in question.settings
        ]
        return Vote(",".join(map(str, places)), 1)
    if question.kind == DEALT:
        deal = question.deal(seat, "1")
        keys = deal.keys if luck < 0.9 else [("", question.scale.low, question.scale.high)]
        _, low, high = keys[0] if luck < 0.45 else keys[int(dice.random() ** 2 * len(keys))]
        answer = deal.truth if luck < 0.45 else dice.uniform(low, high)
        return Vote(answer, 1, deal.outcome(answer), question.error(deal, answer))
    if question.scale:
        low, high, is_logarithmic, _ = question.scale
        place = min(1, max(0, dice.gauss(0.55, 0.2)))
        return Vote(low * (high / low) ** place if is_logarithmic else low + place * (high - low), 1)
    return Vote(dice.choice([answer.id for answer in question.answers]), 1)


def class_of(question: Question, stage: str, size: int, rounds: int = 1, bars: bool = False) -> Room:
    """A room at a stage of a question that so many students have voted on in so many rounds.

    bars: everybody sees how the votes are spread.
    """
    dice = random.Random(3)
    students = {str(k): Student(str(k), 0.0, k) for k in range(max(size, 1))}
    votes = {
        number: {str(k): vote(question, k, dice) for k in range(size)} for number in range(1, rounds + 1)
    }
    asking = Asking("1", question, stage, max(1, rounds), bars, votes if size else {})
    return Room(number=1, students=students, askings=(asking,))
