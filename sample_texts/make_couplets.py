"""Write the rhymes that a network can learn to rhyme from: python sample_texts/make_couplets.py

Our verses of rhymes.txt, and between them verses that are put together from half-lines: a first half
that anybody could begin with, and a second half whose last word rhymes.  Half-lines come again and
again.  The seed is fixed: the file can be made again to the byte.
"""

import random
from pathlib import Path

FOLDER = Path(__file__).parent
SIZE = 210_000  # characters
VERSES_BETWEEN = 9  # for each verse of rhymes.txt, all of which come in

# How the first line of a couplet begins: "The merry goat", "A baker's dog", "My sister's hen".
WHICH = (
    ("The A My Our One",
     "merry little jolly sleepy clever hungry happy tiny silly lazy dusty gentle muddy lucky busy"),
    ("The A", "baker's miller's farmer's sailor's tailor's"),
    ("My Our", "mother's father's uncle's sister's brother's"),
)  # fmt: skip
WHO = "goat mouse cat dog hen fox bear frog duck cow pig owl crow lamb bee king queen cook boy girl"

DETERMINERS = "a the my our one that"

# A sound a row: the second halves of the first line; how the second line begins and what it is about;
# its second halves.  Beginning and thing go with the sound, so that a network has not far to carry it.
SOUNDS = (
    ("ran up the hill, walked to the mill, lay very still, climbed on the sill, ate its whole fill",
     "And found, And filled", "jar lamp",
     "upon the hill, beside the mill, upon the sill, when all was still, for Uncle Bill"),
    ("sat in the tree, sailed on the sea, came in for tea, danced with a bee, was full of glee",
     "Then took, Then washed", "cup plum",
     "below the tree, beside the sea, for you and me, and made some tea, at half past three"),
    ("slept in the hay, ran all the way, came out to play, sailed down the bay, was here to stay",
     "Who hid, Who blew", "horn fan",
     "upon the tray, beneath the hay, for me today, beside the bay, the first of May"),
    ("danced in the night, put out the light, flew a blue kite, jumped up in fright, was dressed in white",
     "But saw, But kept", "star flute",
     "late in the night, by candle light, tied to a kite, that shone so bright, all painted white"),
    ("went into town, wore a gold crown, put on a gown, turned upside down, was big and brown",
     "And wore, And sold", "shoe scarf",
     "in our old town, beneath the crown, inside a gown, all painted brown, and then sat down"),
    ("sat on the mat, bought a new hat, danced with the cat, grew round and fat",
     "Then caught, Then brought", "fish broom",
     "beneath the mat, inside a hat, beside the cat, that was too fat, and that was that"),
    ("knocked at the door, slept on the floor, walked to the shore, asked us for more",
     "Who picked, Who cleaned", "nut pot",
     "behind the door, upon the floor, along the shore, and asked for more, and gave me four"),
    ("walked in the rain, came down the lane, rode on the train, leaned on a cane, looked through the pane",
     "But lost, But shook", "coat stick",
     "out in the rain, along the lane, upon the train, tied to a cane, behind the pane"),
    ("jumped on the bed, stood on its head, baked all the bread, rode on a sled, was dressed in red",
     "And hugged, And wrapped", "doll sheet",
     "beneath the bed, upon its head, and ate the bread, inside the shed, behind the sled, all painted red"),
    ("sang to the moon, played us a tune, ate with a spoon, woke up at noon, came home in June",
     "Then hit, Then broke", "drum plate",
     "beneath the moon, and hummed a tune, inside a spoon, that afternoon, the first of June"),
    ("sat on the wall, danced at the ball, came down the hall, was very small, woke with a call",
     "Who pulled, Who held", "rope kite",
     "behind the wall, before the ball, inside the hall, that was too small, for one and all"),
    ("danced with the king, began to sing, pulled on the string, sat on the swing, came in the spring",
     "But bought, But played", "harp brush",
     "to please the king, and tried to sing, tied to a string, beneath the swing, early in spring"),
    ("jumped in the brook, read a good book, danced with the cook, gave me a look, hung on a hook",
     "And drew, And used", "pen map",
     "beside the brook, inside a book, to please the cook, upon the hook, and had a look"),
    ("fell in the well, rang the brass bell, lived in a shell, had cakes to sell",
     "Then dropped, Then left", "nail pin",
     "inside the well, beneath the bell, inside a shell, and wished us well, that it could sell"),
    ("swam in the lake, baked a plum cake, lay wide awake, danced with the rake, woke with a shake",
     "Who stole, Who shared", "jug pear",
     "beside the lake, inside a cake, and lay awake, beneath the rake, and watched it bake"),
    ("sailed in a boat, put on a coat, wrote us a note, danced with a goat, swam in the moat",
     "But packed, But made", "box net",
     "inside the boat, beneath the coat, tied to a note, to please the goat, that would not float"),
    ("wound up the clock, sat on a rock, put on a sock, led the whole flock, sailed from the dock",
     "And turned, And threw", "key stone",
     "behind the clock, beneath the rock, inside a sock, to please the flock, and heard a knock"),
    ("looked at the sky, learned how to fly, baked a big pie, began to cry, jumped very high",
     "Then licked, Then swept", "bag crumb",
     "below the sky, to help it fly, inside a pie, that made us cry, and hung it high"),
    ("came down the street, had muddy feet, ate something sweet, stole all the meat, ran through the wheat",
     "Who pushed, Who liked", "cart bean",
     "across the street, beneath its feet, that tasted sweet, beside the wheat, upon the seat"),
    ("danced in the snow, walked very slow, stood in a row, began to grow, made a big bow",
     "But chased, But rubbed", "comb pan",
     "beneath the snow, and made it glow, all in a row, where daisies grow, tied with a bow"),
    ("lay in the sun, ate a sweet bun, laughed at the fun, began to run",
     "And chose, And tossed", "rose hat",
     "out in the sun, beside a bun, and called it fun, and had to run, when day was done, for everyone"),
)  # fmt: skip


def couplet(rng: random.Random) -> list[str]:
    """Write two lines that rhyme, with two different words at their ends."""

    def draw(words: str, separator: str = " ") -> str:
        return rng.choice(words.split(separator))

    firsts, begins, things, seconds = rng.choice(SOUNDS)
    whose, what_kind = rng.choices(WHICH, (3, 1, 1))[0]
    first, second = draw(firsts, ", "), draw(seconds, ", ")
    while second.split()[-1] == first.split()[-1]:
        second = draw(seconds, ", ")
    return [
        f"{draw(whose)} {draw(what_kind)} {draw(WHO)} {first},",
        f"{draw(begins, ', ')} {draw(DETERMINERS)} {draw(things)} {second}{draw('. . . . . . . . . !')}",
    ]


def couplets(rng: random.Random) -> str:
    """Write verses of two couplets each, with a verse of rhymes.txt after every few, 210 KB."""
    by_hand = (FOLDER / "rhymes.txt").read_text("utf-8").strip().split("\n\n")
    verses, size = list[str](), 0
    while size < SIZE or by_hand:
        if by_hand and len(verses) % (VERSES_BETWEEN + 1) == VERSES_BETWEEN:
            verse = by_hand.pop(0)
        else:
            verse = "\n".join(couplet(rng) + couplet(rng))
        verses.append(verse)
        size += len(verse) + 2
    return "\n\n".join(verses) + "\n"


if __name__ == "__main__":
    (FOLDER / "couplets.txt").write_text(couplets(random.Random("couplets 1")), "utf-8")
