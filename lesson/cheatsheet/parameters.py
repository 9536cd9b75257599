"""What the address of the cheat sheet says: one row for each parameter."""

from lesson.frame.parameters import Choice, Parameter

PART = Choice(
    "sheet", "Part", options=("Sheet", "True, half true", "Compared", "After the LSTM", "Words", "Sources")
)
HIDDEN_UNITS = Choice("sheet_H", "Hidden units H", options=("32", "64", "128", "256"), start="128")
CHARACTERS = Choice(
    "sheet_V", "Characters V", options=("30", "65", "100", "200"), start="65", former=("sheet_D",)
)
# Which cell to take: what it depends on.
FAR = Choice(
    "aid_far",
    "How far back does the network have to look?",
    options=("a few steps", "tens of steps", "hundreds or more"),
)
WHERE = Choice(
    "aid_where", "Where does the network run?",
    options=("step by step, as data arrives", "on a large server, whole texts at once"),
)  # fmt: skip
MUCH = Choice("aid_much", "How much text is there to learn from?", options=("little", "a lot"))
TOPIC = Choice(
    "topic", "Topic",
    options=(
        "Used today", "Attention", "Residual paths", "State-space models, xLSTM", "Layer normalisation",
        "Tokens",
    ),
)  # fmt: skip
TERM = Parameter("term")  # the entry of the glossary that stands on top; the glossary reads it by itself

PARAMETERS = (PART, HIDDEN_UNITS, CHARACTERS, FAR, WHERE, MUCH, TOPIC, TERM)
