"""What the address of the sampling page can say: one table for its parts.

The units, the character and the options of some controls depend on the network and its text: these are set
where they are drawn, by `within` and `among`.
"""

from lesson.frame.parameters import Choice, Number, Switch, Text
from lesson.sampling.regex import LONGEST_PATTERN
from lstm.interpret.probes import MOST_BACK
from lstm.interpret.text_rules import RULES
from visualization.drawings.heat import ORDERS

WRITE, MEMORY, SURGERY = "Write", "Read its memory", "Gate surgery"
OWN_MISTAKES, TWO_LAYERS, GAPS = "Its own mistakes", "Two layers", "Fill the gaps"
TASK = Choice(
    "task", "Part", options=(WRITE, MEMORY, SURGERY, OWN_MISTAKES, TWO_LAYERS, GAPS), former=("tab",)
)

# Which network, after which prompt, and how each character is drawn; the same for all three parts.
NETWORK = Choice(
    "network",
    "Network",
    help="The models of this course. You can add a run or a file of your own at the end of this page.",
)
PROMPT = Text("prompt", "Prompt")
TEMPERATURE = Number(
    "tau", "Temperature", 0.0, 2.0, 0.8, 0.05, former=("t",),
    help="The logits are divided by the temperature before a character is drawn. At 0 the likeliest "
    "character is always taken.",
)  # fmt: skip
NO_TOP_K = "off"
TOP_K = Choice(
    "k", "Top k", options=(NO_TOP_K, "1", "2", "3", "5", "10", "20", "40"),
    help="Only the k likeliest characters may be drawn.",
)  # fmt: skip
TOP_P = Number(
    "p", "Top p", 0.05, 1.0, 1.0, 0.05,
    help="The likeliest characters are taken, one after the other, until their probabilities add up to at "
    "least p. Only these may be drawn. 1 allows all characters. Holtzman et al. 2020 call this nucleus "
    "sampling.",
)  # fmt: skip
LENGTH = Choice("n", "Characters", options=("100", "200", "300", "500", "1000"), start="300")
SEED = Number(
    "s", "Seed", 0, 10**6, 1, help="The same seed gives the same random numbers, and so the same text."
)

# What is looked at in a text: a character, and what a gate or a state does there.
CHARACTER = Number("at", "Chosen character", 1, 1, 1)
SYMBOL = Choice("symbol", "Gate or state")
LAYER = Choice(
    "layer", "Layer", options=("1",),
    help="Layer 1 reads the characters. Each other layer reads the h of the layer below it. The output layer "
    "reads the h of the last one.",
)  # fmt: skip

# Read its memory: the text, the map of the units, and the hunt for one.
WHAT_IT_WROTE, UNSEEN_TEXT, OWN_TEXT = "what it wrote", "held-out text", "my own text"
READS = Choice(
    "reads", "The text that the network reads", options=(WHAT_IT_WROTE, UNSEEN_TEXT, OWN_TEXT),
    former=("of",), former_options={"text it never saw": UNSEEN_TEXT},
    help="Held-out text is the part of the model's text that the network did not learn from.",
)  # fmt: skip
UNIT = Number("unit", "Unit")
ORDER = Choice(
    "order", "Order of the units", options=ORDERS, former_options={"alike together": ORDERS[0]},
)  # fmt: skip
OWN_SCALE = Switch(
    "each", "A scale for each unit", start=True,
    help="If this is off, all units share one colour scale. Some units then seem not to change at all.",
)  # fmt: skip
PATTERN_RULE = "regular expression"
RULE = Choice(
    "rule",
    "Rule",
    options=(*RULES, PATTERN_RULE),
    help="A rule gives a number to each character of the text. The units are compared with these numbers.",
)
PATTERN = Text("pattern", "Expression", longest=LONGEST_PATTERN)
STATE = Choice("by", "Units of", options=("C", "h"))

# Gate surgery: what is done to the network from the chosen character on.
CLAMP, ABLATE, SWAP = "clamp a gate", "ablate units", "swap the memory"
OPERATION = Choice(
    "operation", "Operation", options=(CLAMP, ABLATE, SWAP),
    former_options={"hold a gate": CLAMP, "cut units out": ABLATE, "the memory of another text": SWAP},
    help="Clamp a gate: hold it at a value. Ablate a unit: set its state to 0. (In an LSTM this is C; then h "
    "is 0 too.) Swap the memory: let the network read another text, and replace its C by the C from there. "
    "(In a GRU or an RNN this is h.)",
)  # fmt: skip
GATE = Choice("gate", "Gate")
# It starts at 0, not at 1: with f = 1 the challenge of the open bracket would be solved at once.
CLAMP_VALUE = Number("clamp", "Clamped at", 0.0, 1.0, 0.0, 0.05, former=("hold",))
ALL_UNITS = "all"
UNITS = Text(
    "units", "Units", ALL_UNITS, 300,
    help="Numbers and ranges of units, with commas between them, such as 3, 17, 20-25; to clamp a gate also "
    "the word all. The first unit has the number 0.",
)  # fmt: skip
OTHER_TEXT = Text("other", "The other text", longest=200)

# Its own mistakes: where one wrong character is read, and what the networks write on their own.
MISTAKE_NETWORK = Choice(
    "reader", "Network", options=("LSTM", "GRU", "RNN"),
    help="The three networks that learned the fables. Each has 128 units.",
)  # fmt: skip
MISTAKE_PASSAGE = Number(
    "passage", "Passage", 1, 12, 1, 1, help="Twelve passages of held-out text, from different fables."
)
MISTAKE_PLACE = Number(
    "place", "Mistake at", 21, 100, 61, 1, help="The number of the character in the passage."
)
WRONG_RANK = Number(
    "wrong", "Its rank", 1, 58, 1, 1,
    help="The 58 wrong characters, in the order of the probabilities that the network gives to them there. 1 "
    "is the likeliest of them.",
)  # fmt: skip
FREE_TEMPERATURE = Number("free", "Temperature of the draw", 0.0, 2.0, 1.0, 0.1)
BY_SURPRISE, BY_WORDS = "surprise of a judge", "known words"
FREE_MEASURE = Choice("judged", "Measured by", options=(BY_SURPRISE, BY_WORDS))

# The same units elsewhere: a stretch of the text, and which units count as on in it.
STRETCH_START = Number("from", "First character of the stretch", 1, 1, 1)
STRETCH_END = Number("to", "Last character of the stretch", 1, 1, 1)
ON_THRESHOLD = Number(
    "on", "Threshold in standard deviations", 0.1, 1.5, 0.3, 0.1,
    help="How far a unit has to be from its own mean, in its own standard deviations, to count as on. It has "
    "to be on the same side of its mean during the whole stretch.",
)  # fmt: skip
OFF_OUTSIDE = Switch(
    "edges", "Off just before and after", start=False,
    help="Only units that are on in the stretch, but neither at the character before it nor at the one "
    "after it.",
)  # fmt: skip

# Two layers: which character is looked at, and what is read off the h of each layer.
STRETCH = 240  # characters of held-out text that the part shows
LAYERS_AT = Number("layers_at", "Character", 1, STRETCH, 64)
CHARACTER_BEFORE = "an earlier character"
READ_OFF = Choice(
    "read_off", "The probes name",
    options=(CHARACTER_BEFORE, "the next character", "inside quotes", "position in word", "end of word"),
    help="A linear probe is fitted for each layer. It reads this off the h of the layer.",
)  # fmt: skip
STEPS_BACK = Number(
    "steps_back", "Steps back", 0, MOST_BACK, 0,
    help="0 is the character that the network has just read.",
)  # fmt: skip

# Fill the gaps: in which text, and at which character.
LONGEST_GAP_TEXT = 200  # characters
FIRST_SNOW, HONEST_SCALE, CAT_AND_MOUSE = "first snow", "the honest scale", "the cat and the mouse"
GAP_TEXT = Choice(
    "gap_text", "Text with a gap", options=(HONEST_SCALE, FIRST_SNOW, CAT_AND_MOUSE, OWN_TEXT),
    help="Lines of the fables that no model learned from, or a text of your own.",
)  # fmt: skip
GAP = Number("gap", "Gap at character", 1, LONGEST_GAP_TEXT, 41)

PARAMETERS = (
    TASK, NETWORK, PROMPT, TEMPERATURE, TOP_K, TOP_P, LENGTH, SEED, CHARACTER, SYMBOL, LAYER, READS, UNIT,
    ORDER, OWN_SCALE, RULE, PATTERN, STATE, OPERATION, GATE, CLAMP_VALUE, UNITS, OTHER_TEXT,
    MISTAKE_NETWORK, MISTAKE_PASSAGE, MISTAKE_PLACE, WRONG_RANK, FREE_TEMPERATURE, FREE_MEASURE,
    STRETCH_START, STRETCH_END, ON_THRESHOLD, OFF_OUTSIDE,
    LAYERS_AT, READ_OFF, STEPS_BACK, GAP_TEXT, GAP,
)  # fmt: skip
