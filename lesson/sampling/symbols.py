"""Gates and states of each cell that the sampling page can show."""

SYMBOLS = {
    "lstm": ("C", "C̃", "f", "i", "o", "h"), "gru": ("h", "h̃", "z", "r"), "rnn": ("h",),
}  # fmt: skip


NAMES = {"C̃": "C_tilde", "h̃": "h_tilde"}  # as arrays are called


MEANING = {
    "C": "the memory", "C̃": "what could be written into it", "f": "how much of it is kept",
    "i": "how much is written", "o": "how much is shown", "h": "what is shown",
    "h̃": "what could be written", "z": "how much of h is kept", "r": "how much of h the candidate sees",
}  # fmt: skip
