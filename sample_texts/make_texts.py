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
            parts.append('"' + "".join(rng.choices("abc", k=rng.randint(1, 3))) + '"')
        else:
            parts.append(rng.choice("abc"))
    return "".join(parts)


def brackets(rng: random.Random) -> str:
    """Lines of nested brackets, at least one pair in each, 100 KB."""
    lines, size = [], 0
    while size < 100_000:
        line = bracket_line(rng)
        if any(character in line for character in "([{") and 6 <= len(line) <= 40:
            lines.append(line)
            size += len(line) + 1
    return "\n".join(lines) + "\n"


VERBS = ("count", "find", "sort", "join", "mark", "weigh", "move", "paint", "sum", "check")
NOUNS = ("stones", "birds", "words", "boats", "leaves", "lamps", "coins", "roads")
NAMES = ("total", "best", "item", "left", "right", "size", "step", "value")
TESTS = ("<", ">", "==", "!=")


def expression(rng: random.Random) -> str:
    """Write a name, a number, or two of them with an operator."""
    first = rng.choice(NAMES)
    if rng.random() < 0.4:
        return first
    return f"{first} {rng.choice('+-*')} {rng.choice((rng.choice(NAMES), str(rng.randint(1, 9))))}"


def condition(rng: random.Random) -> str:
    """Something that an if or a while can ask."""
    return (
        f"{rng.choice(NAMES)} {rng.choice(TESTS)} {rng.choice((rng.choice(NAMES), str(rng.randint(0, 9))))}"
    )


def block(rng: random.Random, depth: int, last: str) -> list[str]:
    """Write a few statements at one depth, the last of them given."""
    indent, lines = 4 * depth * " ", []
    for _ in range(rng.randint(1, 3)):
        kind = rng.random()
        if depth < 4 and kind < 0.15:
            lines += [f"{indent}for item in {rng.choice(NOUNS)}:", *block(rng, depth + 1, inner(rng))]
        elif depth < 4 and kind < 0.25:
            lines += [f"{indent}while {condition(rng)}:", *block(rng, depth + 1, inner(rng))]
        elif depth < 4 and kind < 0.45:
            lines += [f"{indent}if {condition(rng)}:", *block(rng, depth + 1, inner(rng))]
            if rng.random() < 0.4:
                lines += [f"{indent}else:", *block(rng, depth + 1, inner(rng))]
        elif kind < 0.6:
            lines.append(f"{indent}print({rng.choice(NAMES)})")
        else:
            lines.append(f"{indent}{rng.choice(NAMES)} = {expression(rng)}")
    return [*lines, f"{indent}{last}"]


def inner(rng: random.Random) -> str:
    """Write the last statement of an inner block."""
    name = rng.choice(NAMES)
    return rng.choice((f"{name} = {expression(rng)}", f"print({name})", f"return {name}"))


def programs(rng: random.Random) -> str:
    """Tiny functions in a language like Python, indented by four spaces, 110 KB."""
    functions, size = [], 0
    while size < 110_000:
        noun = rng.choice(NOUNS)
        arguments = ", ".join([noun, *rng.sample(NAMES, rng.randint(0, 2))])
        head = f"def {rng.choice(VERBS)}_{noun}({arguments}):"
        function = "\n".join([head, *block(rng, 1, f"return {expression(rng)}")]) + "\n"
        functions.append(function)
        size += len(function) + 1
    return "\n".join(functions)


FOODS = {
    "g": ("flour", "sugar", "butter", "rice", "honey", "cheese", "oats"),
    "ml": ("milk", "water", "cream", "oil"),
    "": ("eggs", "apples", "lemons", "onions", "carrots", "pears", "plums"),
}
DISHES = ("cake", "soup", "bread", "pie", "stew", "tart", "pudding", "salad")
MOODS = ("Plain", "Warm", "Golden", "Sunday", "Winter", "Garden", "Quick", "Village")
MONTHS = ("January", "March", "April", "May", "June", "August", "October", "December")


def recipe(rng: random.Random) -> str:
    """Write a title, a date, what to take, and numbered steps that use just that."""
    kinds = rng.sample([(unit, food) for unit, foods in FOODS.items() for food in foods], rng.randint(3, 5))
    ingredients, foods = [], [food for _, food in kinds]
    for unit, food in kinds:
        amount = rng.randint(2, 6) if not unit else 50 * rng.randint(1, 10)
        ingredients.append(f"- {amount} {unit} {food}" if unit else f"- {amount} {food}")
    main = foods[0].rstrip("s") if foods[0].endswith("s") and foods[0] != "oats" else foods[0]
    title = f"{rng.choice(MOODS)} {main} {rng.choice(DISHES)}"
    date = f"{rng.randint(1, 28)} {rng.choice(MONTHS)} {rng.randint(1950, 1999)}"
    steps = [f"Mix the {foods[0]} with the {foods[1]}."]
    for food in foods[2:]:
        steps.append(
            rng.choice(
                (f"Add the {food} and stir.", f"Wash the {food} first.", f"Fold in the {food} slowly.")
            )
        )
    wait = f"Wait {5 * rng.randint(1, 6)} minutes."
    bake = f"Bake for {5 * rng.randint(3, 12)} minutes at {10 * rng.randint(15, 22)} degrees."
    steps += rng.choice(([wait, bake], [bake], [bake, wait])) + [f"Serve for {rng.randint(2, 8)}."]
    numbered = [f"{number}. {step}" for number, step in enumerate(steps, 1)]
    return "\n".join([title, date, *ingredients, *numbered]) + "\n"


def recipes(rng: random.Random) -> str:
    """Recipes with quantities and dates, 120 KB."""
    written, size = [], 0
    while size < 120_000:
        written.append(recipe(rng))
        size += len(written[-1]) + 1
    return "\n".join(written)


BEGINNINGS = ("Br", "Cal", "Dor", "El", "Fen", "Gl", "Har", "Il", "Kel", "Lor", "Mar", "Nor", "Os", "Pel",
              "Quil", "Ran", "Sel", "Tor", "Ul", "Ven", "Wes", "Yar", "Zel", "Thr", "Sk", "Om")  # fmt: skip
MIDDLES = ("a", "e", "i", "o", "u", "ae", "ea", "io", "an", "en", "in", "or", "ar", "el", "il", "ov", "um")
ENDINGS = ("bek", "dorn", "mere", "vik", "holm", "gard", "nesse", "tova", "quay", "fell", "moor", "strand",
           "wen", "dale", "thorpe", "lund")  # fmt: skip


def places(rng: random.Random) -> str:
    """Invented names of places, one a line, none twice, 21 KB."""
    names: dict[str, None] = {}
    size = 0
    while size < 21_000:
        parts = [rng.choice(BEGINNINGS), *rng.choices(MIDDLES, k=rng.choice((1, 1, 2))), rng.choice(ENDINGS)]
        name = ("Upper ", "Lower ", "New ")[rng.randrange(3)] if rng.random() < 0.12 else ""
        name += "".join(parts)
        if name not in names:
            names[name] = None
            size += len(name) + 1
    return "\n".join(names) + "\n"


WRITERS: dict[str, Callable[[random.Random], str]] = {
    "brackets": brackets,
    "programs": programs,
    "recipes": recipes,
    "places": places,
}


if __name__ == "__main__":
    for name, writer in WRITERS.items():
        path = Path(__file__).with_name(f"{name}.txt")
        path.write_text(writer(random.Random(f"{name} 1")), encoding="utf-8", newline="\n")
        print(f"{path.name}: {path.stat().st_size:,} bytes")
