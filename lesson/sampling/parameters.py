"""What the address of the sampling page can say: one table for its three parts.

The units, the character and the options of some controls depend on the network and its text: these are set
where they are drawn, by `within` and `among`.
"""

from lesson.frame.parameters import Choice, Number, Switch, Text
from lesson.sampling.regex import LONGEST_PATTERN
from lstm.interpret.text_rules import RULES
from visualization.drawings.heat import ORDERS

WRITE, MEMORY, SURGERY = "Write", "Read its memory", "Gate surgery"
TASK = Choice("task", "Part", options=(WRITE, MEMORY, SURGERY), former=("tab",))

# Which network, after which prompt, and how each character is drawn; the same for all three parts.
NETWORK = Choice(
    "network", "Network", help="The models of this course; your own run or upload comes in further down."
)
PROMPT = Text("prompt", "Prompt")
TEMPERATURE = Number(
    "tau", "Temperature", 0.0, 2.0, 0.8, 0.05, former=("t",),
    help="The logits are divided by it before a character is drawn. 0 always takes the likeliest.",
)  # fmt: skip
NO_TOP_K = "off"
TOP_K = Choice(
    "k", "Top k", options=(NO_TOP_K, "1", "2", "3", "5", "10", "20", "40"),
    help="Only the k likeliest characters may be drawn.",
)  # fmt: skip
TOP_P = Number(
    "p", "Top p", 0.05, 1.0, 1.0, 0.05,
    help="Only the likeliest characters that reach the probability p together may be drawn; 1 is all. "
    "Holtzman et al. 2020 call it nucleus sampling.",
)  # fmt: skip
LENGTH = Choice("n", "Characters", options=("100", "200", "300", "500", "1000"), start="300")
SEED = Number("s", "Seed", 0, 10**6, 1, help="The luck of the draw: the same seed, the same text.")

# What is looked at in a text: a character, and what a gate or a state does there.
CHARACTER = Number("at", "Chosen character", 1, 1, 1)
SYMBOL = Choice("symbol", "Gate or state")
LAYER = Choice(
    "layer", "Layer", options=("1",),
    help="The first layer reads the characters, each other one what the layer below it shows, and the last "
    "one's h is what the next character is read off.",
)  # fmt: skip

# Read its memory: the text, the map of the units, and the hunt for one.
WHAT_IT_WROTE, UNSEEN_TEXT, OWN_TEXT = "what it wrote", "text it never saw", "my own text"
READS = Choice(
    "reads", "The text that it reads", options=(WHAT_IT_WROTE, UNSEEN_TEXT, OWN_TEXT), former=("of",)
)
UNIT = Number("unit", "Unit")
ORDER = Choice("order", "Order of the units", options=ORDERS)
OWN_SCALE = Switch(
    "each", "A scale for each unit", start=True,
    help="Off: one scale for all, on which units with a large C look as if they stood still.",
)  # fmt: skip
PATTERN_RULE = "regular expression"
RULE = Choice(
    "rule",
    "Rule",
    options=(*RULES, PATTERN_RULE),
    help="What a character is compared with, after it was read.",
)
PATTERN = Text("pattern", "Expression", longest=LONGEST_PATTERN)
STATE = Choice("by", "Units of", options=("C", "h"))

# Gate surgery: what is done to the network from the chosen character on.
HOLD, CUT, SWAP = "hold a gate", "cut units out", "the memory of another text"
OPERATION = Choice("operation", "What is done", options=(HOLD, CUT, SWAP))
GATE = Choice("gate", "Gate")
# It starts at 0, not at 1: with f = 1 the challenge of the open bracket would be solved at once.
HELD_AT = Number("hold", "Held at", 0.0, 1.0, 0.0, 0.05)
ALL_UNITS = "all"
UNITS = Text(
    "units", "Units", ALL_UNITS, 300,
    help="Numbers or ranges with commas between them, such as 3, 17, 20-25; or all.",
)  # fmt: skip
OTHER_TEXT = Text("other", "The other text", longest=200)

PARAMETERS = (
    TASK, NETWORK, PROMPT, TEMPERATURE, TOP_K, TOP_P, LENGTH, SEED, CHARACTER, SYMBOL, LAYER, READS, UNIT,
    ORDER, OWN_SCALE, RULE, PATTERN, STATE, OPERATION, GATE, HELD_AT, UNITS, OTHER_TEXT,
)  # fmt: skip
