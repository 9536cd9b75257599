"""What the address of the cheat sheet says: one row for each parameter."""

from lesson.frame.parameters import Choice, Parameter

PART = Choice("sheet", "Part", options=("Sheet", "True, half true", "Compared", "Words"))
HIDDEN_UNITS = Choice("sheet_H", "Hidden units H", options=("32", "64", "128", "256"), start="128")
CHARACTERS = Choice("sheet_D", "Characters D", options=("30", "65", "100", "200"), start="65")
TERM = Parameter("term")  # the entry of the glossary that stands on top; the glossary reads it by itself

PARAMETERS = (PART, HIDDEN_UNITS, CHARACTERS, TERM)
