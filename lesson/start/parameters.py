"""What the address of the start page says: one row for each parameter."""

from lesson.frame.parameters import Choice, Number, Text

SELF_TEST = "Self-test"
SECTION = Choice("section", "Part", options=("Start", "Plan a lesson", "Projector", "My course", SELF_TEST))
WORD = Text("word", "A word", "The fox", 40)
_LENGTHS = ("10", "45", "90")
MINUTES = Choice(
    "minutes", "Minutes", options=_LENGTHS, start="45",
    former_options={f"{length} minutes": length for length in _LENGTHS},
)  # fmt: skip
DECK = Choice("deck", "Page")  # among the decks of questions
QUESTION = Number("q", "Question", 1, 99, 1)  # within the deck

PARAMETERS = (SECTION, WORD, MINUTES, DECK, QUESTION)
