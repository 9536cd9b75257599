"""Which words rhyme: families of one sound, by the endings and the words that have it."""

import re

# An ending ("-ight") holds for words of one syllable; longer words, and those that are not said as
# they are written, stand by themselves and go before the endings.  Of endings the longest decides.
FAMILIES = (
    "-ace -ase", "-ack", "-ade -aid -ayed afraid", "-ag", "-ail -ale", "-ain -ane -ein again",
    "-air -are bear pear wear there where", "-ake break steak awake mistake", "-all -awl", "-ame -aim",
    "-amp", "-an -ann", "-and", "-ank", "-ap", "-ar", "-ark", "-art heart", "-ass", "-ast", "-at",
    "-ate -ait great eight weight", "-ay -ey away today", "-each", "-eed bead", "-ead -ed said instead",
    "-eaf -ief", "-eam -eem", "-ean -een queen", "-eap -eep asleep", "-ear -eer -ier here",
    "-ease -eese -eeze -ees -eas", "-eat -eet", "-ee -ea key me he she we be", "-eck", "-eel -eal", "-eg",
    "-ell farewell", "-en", "-end friend", "-ent", "-est guest", "-et",
    "-oo -ue -ew two you who do to shoe through", "-ice", "-ick", "-id", "-ide -ied beside inside outside",
    "-ife", "-ig", "-ight -ite height delight", "-ill", "-ime -yme", "-in begin within", "-ind behind",
    "-ine -ign", "-ing", "-ings", "-ink", "-ip", "-ire", "-ish", "-it", "-ize -ise -ies eyes",
    "-oad -ode -owed sewed", "-oak -oke", "-oat -ote", "-ock", "-og", "-old", "-ole -oal -oll bowl whole",
    "-one -oan known grown blown alone", "-ong along", "-ook", "-ool", "-oom", "-oon -une afternoon",
    "-oor -ore -oar four pour before", "-op", "-orn", "-ose -oes -ows", "-ot", "-ound around",
    "-out about without doubt", "-ow -oe go so no though below sew", "now how cow plow brow", "-own",
    "-ox -ocks", "-uck", "-ug", "-um -umb come some", "-ump", "-un one done none son everyone", "-up",
    "-us -uss", "-ut", "-y -ie -igh eye good-bye",
    "-elf itself herself himself", "-ilk", "-ond beyond", "frost lost cost", "most toast coast",
    "-ears -eers", "-ens", "hour sour tower flower shower", "wood stood good could would", "-uts", "-ans",
    "-oats", "-ogs", "-egs", "tough rough enough", "-idge", "-oof", "-irds words", "fruit -oot", "-ooth",
    "-im", "-ung", "drove stove", "-illed", "wind grinned", "-eeth", "-ilt", "-urn -earn", "-ush", "-ull",
)  # fmt: skip
_FAMILY = {name: number for number, family in enumerate(FAMILIES) for name in family.split()}


def sound(word: str) -> int | None:
    """Return the number of the family that a word belongs to; None if the table does not have it."""
    if word in _FAMILY:
        return _FAMILY[word]
    syllables = re.findall(r"[aeiouy]+", re.sub(r"(?<=[^aeiouy])e$", "", word))
    if len(syllables) != 1:
        return None
    endings = (f"-{word[start:]}" for start in range(len(word)))
    return next((_FAMILY[ending] for ending in endings if ending in _FAMILY), None)


def rhyme(first: str, second: str) -> bool:
    """Tell whether two words are different and have one sound."""
    return first != second and sound(first) is not None and sound(first) == sound(second)


def last_word(line: str) -> str:
    """Return the last word of a line, in small letters; "" if it has none."""
    words: list[str] = re.findall(r"[a-z]+(?:['-][a-z]+)*", line.lower())
    return words[-1] if words else ""


def rhyming_pairs(text: str) -> list[bool]:
    """For each two lines of a verse, the first and second, the third and fourth: do their ends rhyme?

    Verses stand between empty lines; a line that has no second one in its verse counts as not rhyming.
    """
    verdicts = []
    for verse in re.split(r"\n{2,}", text.strip("\n")):
        ends = [last_word(line) for line in verse.split("\n")]
        pairs = zip(ends[::2], [*ends[1::2], ""], strict=False)
        verdicts += [rhyme(first, second) for first, second in pairs]
    return verdicts
