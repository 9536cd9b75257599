"""Command line: `python -m exercises`, `… check 1 [FILE]`, `… hint 1 [K]`, `… solution 1`."""

import argparse
import importlib
import sys
from pathlib import Path
from typing import NoReturn

from exercises.catalogue import EXERCISES, Exercise
from exercises.judge import FOLDER, solution_path
from exercises.student import Student, Wrong
from lstm import InputError
from lstm.errors import one_line


class Parser(argparse.ArgumentParser):
    """Says in one sentence what is wrong with a command line."""

    def error(self, message: str) -> NoReturn:
        says = one_line(f"{message[0].upper()}{message[1:]}; --help lists what there is.")
        self.exit(2, f"{self.prog}: {says}\n")


def main(argv: list[str] | None = None) -> int:
    """Run one command; 0 if it did what was asked, and for `check` only if the exercise is passed."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")  # C̃ on a Windows console
    args = _parser().parse_args(argv)
    if args.command is None:
        for exercise in EXERCISES:
            print(f"{exercise.number}  {exercise.title} (about {exercise.minutes} minutes). {exercise.goal}")
        print("\nFill the gaps in exercises/exercise_1.py, then: python -m exercises check 1")
        return 0
    exercise = EXERCISES[args.number - 1]
    if args.command == "check":
        return _check(exercise, args.file or FOLDER / f"exercise_{args.number}.py")
    if args.command == "hint":
        return _hint(exercise, args.hint)
    print(solution_path(args.number))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m exercises", description="Exercises with gaps to fill.")
    commands = parser.add_subparsers(dest="command", metavar="check | hint | solution")
    for name, says in (
        ("check", "what is right so far, and the first mistake"),
        ("hint", "a hint"),
        ("solution", "where the solution is"),
    ):
        command = commands.add_parser(name, help=says, description=says)
        command.add_argument("number", type=int, choices=[e.number for e in EXERCISES])
        if name == "check":
            command.add_argument("file", type=Path, nargs="?", help="your file, if it is another")
        if name == "hint":
            command.add_argument("hint", type=int, nargs="?", default=1, help="the number of the hint (1)")
    return parser


def _check(exercise: Exercise, path: Path) -> int:
    check = importlib.import_module(f"exercises.check_{exercise.number}").check
    try:
        for line in check(Student(path)):
            print(line, flush=True)
    except InputError as error:
        print(one_line(str(error)))
        return 1
    except Wrong as error:
        print(error)
        hint = exercise.first_hint(error.open_gap) if error.open_gap else None
        if hint:
            print(_worded(exercise, hint))
        else:
            first = f" {exercise.first_hint(error.gap)}" if error.gap else ""
            print(f"Hints: python -m exercises hint {exercise.number}{first}")
        return 1
    except KeyboardInterrupt:
        print("Stopped.")
        return 130
    print(f"You have passed exercise {exercise.number}. To think about: {exercise.question}")
    return 0


def _hint(exercise: Exercise, number: int) -> int:
    count = len(exercise.hints)
    if not 1 <= number <= count:
        print(f"Exercise {exercise.number} has the hints 1 to {count}.")
        return 1
    print(_worded(exercise, number))
    return 0


def _worded(exercise: Exercise, number: int) -> str:
    """Write a hint with the way to the next."""
    count = len(exercise.hints)
    after = f"\nThe next: python -m exercises hint {exercise.number} {number + 1}" if number < count else ""
    return f"Hint {number} of {count}. {exercise.hints[number - 1]}{after}"


if __name__ == "__main__":
    sys.exit(main())
