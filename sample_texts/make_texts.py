"""Write the synthetic texts: python sample_texts/make_texts.py

Each is drawn from a small grammar with a fixed seed, so the files beside this script can be made
again to the byte.
"""

import random
from collections.abc import Callable
from pathlib import Path

PAIRS = ("()", "[]", "{}")


def bracket_line(rng: random.Random, depth: int = 0) -> str:
    """Letters, quoted words and brackets of three kinds, nested up to four deep."""
    parts = []
    for _ in range(rng.randint(1, 3)):
        kind = rng.random()
        if kind < 0.5 and depth < 4:
            opening, closing = rng.choice(PAIRS)
            parts.append(opening + bracket_line(rng, depth + 1) + closing)
        elif kind < 0.65:
            parts.append('"' + "".join(rng.choices("abc", k=rng.randint(1, 4))) + '"')
        else:
            parts.append(rng.choice("abc"))
    return "".join(parts)


def brackets(rng: random.Random) -> str:
    """Lines of nested brackets, at least one pair in each, 100 KB."""
    lines, size = [], 0
    while size < 100_000:
        line = bracket_line(rng)
        if any(character in line for character in "([{") and 6 <= len(line) <= 60:
            lines.append(line)
            size += len(line) + 1
    return "\n".join(lines) + "\n"


WRITERS: dict[str, Callable[[random.Random], str]] = {"brackets": brackets}


if __name__ == "__main__":
    for name, writer in WRITERS.items():
        path = Path(__file__).with_name(f"{name}.txt")
        path.write_text(writer(random.Random(f"{name} 1")), encoding="utf-8", newline="\n")
        print(f"{path.name}: {path.stat().st_size:,} bytes")
