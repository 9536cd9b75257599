"""Brackets and quotes: what a line of the bracket text has to close."""

CLOSER = {"(": ")", "[": "]", "{": "}"}


def closes_what_it_opens(line: str) -> bool:
    """Return whether every bracket outside quotes is closed by its own kind, and every quote."""
    waiting, quoted = [], False
    for char in line:
        if char == '"':
            quoted = not quoted
        elif not quoted and char in CLOSER:
            waiting.append(CLOSER[char])
        elif not quoted and char in CLOSER.values() and (not waiting or waiting.pop() != char):
            return False
    return not waiting and not quoted
