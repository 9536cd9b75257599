"""Find the matches of a regular expression; run as a process of its own, by `lesson.sampling.regex`.

It reads [pattern, text] as JSON and writes {"spans": …} or {"error": …}.  It imports nothing of ours, so
that it starts fast.
"""

import json
import re
import sys


def _bound(seconds: int, memory: int) -> None:
    """Let the system stop what goes on for too long or takes too much, where it can."""
    try:
        import resource
    except ImportError:  # not on Windows; the parent stops it then
        return
    for what, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)):
        try:
            resource.setrlimit(what, (most, most))
        except (OSError, ValueError):  # a system that does not know this limit
            continue


def main() -> None:
    """Answer one question."""
    _bound(int(sys.argv[1]), int(sys.argv[2]))
    pattern, text = json.loads(sys.stdin.buffer.read().decode("utf-8", "surrogatepass"))
    try:
        matches = re.compile(pattern, re.MULTILINE).finditer(text)
        answer = {"spans": [match.span() for match in matches if match.end() > match.start()]}
    except (re.error, ValueError) as error:  # ValueError: flags that exclude each other
        words = " ".join(str(error).split())  # it may quote a line end
        answer = {"error": f"is not one that Python's re understands: {words}"}
    except (OverflowError, RecursionError):
        answer = {"error": "is too deep or too large"}
    except MemoryError:
        answer = {"error": "needs too much memory"}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "surrogatepass"))


main()
