"""What probes name: the properties of a text by the controls, and their classes as they are written."""

from collections.abc import Sequence
from typing import NamedTuple

from lesson.frame.query import Query
from lesson.sampling.parameters import CHARACTER_BEFORE, READ_OFF, STEPS_BACK
from lstm.interpret.probes import (
    INSIDE_QUOTES,
    LONGEST_WORD,
    MOST_BACK,
    NEXT,
    WORD_END,
    WORD_POSITION,
    back,
)
from visualization.text import character_in_words, visible

JUST_READ = back(0)
_BY_OPTION = dict(zip(READ_OFF.options[1:], (NEXT, INSIDE_QUOTES, WORD_POSITION, WORD_END), strict=True))
# In the order in which the results are listed: what comes, what was, and what it all belongs to.
ORDER = (NEXT, *(back(steps) for steps in range(MOST_BACK + 1)), INSIDE_QUOTES, WORD_POSITION, WORD_END)
_YES_NO = {
    INSIDE_QUOTES: (("·", "“"), ("outside quotes", "inside quotes")),
    WORD_END: (("·", "▪"), ("not the end of a word", "the end of a word")),
}


class Classes(NamedTuple):
    """The classes of a property: as one sign each, and in words."""

    signs: list[str]
    words: list[str]


def property_of(query: Query) -> str:
    """Return the property that a picture asks about."""
    option = query.choice(READ_OFF)
    return back(int(query.number(STEPS_BACK))) if option == CHARACTER_BEFORE else _BY_OPTION[option]


def setting_of(name: str) -> dict[str, str]:
    """Return what the controls are set to for a property."""
    for option, other in _BY_OPTION.items():
        if other == name:
            return {READ_OFF.name: option}
    return {READ_OFF.name: CHARACTER_BEFORE, STEPS_BACK.name: name.split()[1]}


def label_of(name: str) -> str:
    """Return a property's name in the list of results."""
    labels = {
        NEXT: "next character", JUST_READ: "character just read", back(1): "1 character before",
        INSIDE_QUOTES: "inside quotes", WORD_POSITION: "position in word", WORD_END: "end of word",
    }  # fmt: skip
    return labels.get(name) or f"{name.split()[1]} characters before"


def classes_in_words(name: str, chars: Sequence[str]) -> Classes:
    """Return how the classes of a property are written; chars: of the vocabulary."""
    if name in _YES_NO:
        signs, words = _YES_NO[name]
        return Classes(list(signs), list(words))
    if name == WORD_POSITION:
        positions = range(1, LONGEST_WORD + 1)
        words = [f"letter {k} of a word" for k in positions]
        words[-1] = f"letter {LONGEST_WORD} of a word, or a later one"
        return Classes(["·", *map(str, positions)], ["no letter", *words])
    return Classes([visible(char) for char in chars], [character_in_words(char) for char in chars])
