"""What a visitor has solved, on every page; kept by their browser."""

from lesson.frame import record


def solved(page: str) -> frozenset[str]:
    """Return the names of what is solved on a page, named by its address."""
    start = f"{page}/"
    return frozenset(name.removeprefix(start) for name in record.entries("solved") if name.startswith(start))


def mark_solved(page: str, *names: str) -> None:
    """Note that these are solved; what is solved stays so.  In a fragment, `send_solved` has to follow."""
    for name in names:
        record.add("solved", f"{page}/{name}")


def mark_tried(page: str, name: str) -> None:
    """Count a try at a challenge that this page's script checks; a class hears of it."""
    tries = record.entries("tried").get(f"{page}/{name}", "0")
    record.add("tried", f"{page}/{name}", str(int(tries) + 1 if tries.isdigit() else 1))


def send_solved(page: str) -> None:
    """Let the browser keep what is solved on a page: from a fragment that has marked it and runs alone."""
    record.send(f"solved_{page}")
