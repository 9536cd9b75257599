"""The lessons: a room for each page, `widgets` for what two rooms use, `course` for what looks at all rooms.

A part of a page is a file with `show` as its first function, read from top to bottom like a script: it has
the part's name (`gates/over_time.py`), or is `part.py` in a folder of that name if the part needs more files
(`gates/challenges/part.py`).  What the address says is in the room's `parameters.py`; files with the same
purpose have the same name in every room: `questions.py`, `challenges.py`, `controls.py`, `sentences.py`.
"""
