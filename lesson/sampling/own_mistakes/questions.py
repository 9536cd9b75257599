"""The questions of the part *Its own mistakes*; their numbers are measured."""

from lesson.frame.memo import memo
from lesson.sampling.own_mistakes.free_sentences import change_of
from lesson.sampling.own_mistakes.measured import (
    LIKELIEST,
    count_of_places,
    count_of_texts,
    mistakes,
    ranges,
    written,
)
from lesson.sampling.own_mistakes.sentences import SMALL
from lesson.sampling.parameters import BY_SURPRISE
from lesson.widgets.question import Question, answers_with
from visualization.numbers import number

MISTAKE, FREE = "mistake", "free"  # names of what is covered
NEAR, FAR = 3, 20  # characters: the ends of the right answer


@memo()
def questions() -> list[Question]:
    """Return the questions of this part."""
    return [_recovery(), _piling_up()]


def recovery(network: str, kind: str = LIKELIEST) -> int:
    """Return after how many characters the mean extra surprise is below 0.1 bits for the first time."""
    mean = mistakes()[network, kind].mean
    return 1 + next(k for k, extra in enumerate(mean) if extra < SMALL)


def _recovery() -> Question:
    row, after = mistakes()["LSTM", LIKELIEST], recovery("LSTM")
    result = (
        f"We did this at {count_of_places():,} places. Without the mistake a character surprises the "
        f"network by {number(row.intact, 1)} bits. The first character after the mistake costs "
        f"{number(row.mean[0], 1)} bits more, the second {number(row.mean[1], 1)}, the fifth "
        f"{number(row.mean[4])}, and the tenth {number(row.mean[9])}, all in the mean. Character {after} is "
        f"the first at which the mean is less than {SMALL} bits."
    )
    right = "soon" if NEAR <= after <= FAR else "at_once" if after < NEAR else "late"
    texts = {
        "at_once": f"1 or {NEAR - 1}",
        "soon": f"{NEAR} to {FAR}",
        "late": f"More than {FAR}",
        "never": "Never, its states stay changed",
    }
    is_right = f"It is {texts[right][0].lower()}{texts[right][1:]} characters, in the mean. "
    return Question(
        "one_wrong_letter",
        "the LSTM of the fables reads a text in which one character is wrong; after it the text is right "
        "again. How many characters later does the network predict as well as without the mistake?",
        answers_with(texts, right, result, is_right),
        right=right,
        covers=(MISTAKE, "curves", FREE),  # the next question's answer, too
    )


def _piling_up() -> Question:
    own, true = (change_of(written()["LSTM", key], BY_SURPRISE) for key in (1.0, None))
    (low, high), (later, last) = ranges()[0], ranges()[-1]
    result = (
        f"{count_of_texts()} texts, each {last} characters long. The characters {low}–{high} surprise a "
        f"judge (another network) by {number(own.first)} bits each, the characters {later}–{last} by "
        f"{number(own.last)}. In the true text it is {number(true.first)} and {number(true.last)} bits."
    )
    right = "pile_up" if own.rises else "level" if own.last > true.last else "as_good"
    texts = {
        "pile_up": "It gets worse and worse: mistakes lead to mistakes",
        "level": "It is worse than true text at once, and stays so",
        "as_good": "It stays as good as true text",
    }
    is_right = f"{texts[right].split(':')[0]}. "
    return Question(
        "pile_up",
        "the LSTM of the fables reads 200 characters of true text and then writes on by itself, at "
        "temperature 1. It now reads its own characters, mistakes and all. What happens to its "
        "text with distance?",
        answers_with(texts, right, result, is_right),
        right=right,
        covers=(FREE,),
    )
