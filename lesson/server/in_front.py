"""What stands in front of Streamlit, in its order."""

from collections.abc import Callable, Mapping

from starlette.middleware import Middleware

from lesson.server.answers import Answers
from lesson.server.entrance import Entrance
from lesson.server.guard import Guard
from lesson.server.health import Health
from lesson.server.scripts import Scripts
from lesson.widgets.source import Source


def in_front(
    health: Health, sources: Callable[[], Mapping[str, Source]], *rooms: Middleware
) -> list[Middleware]:
    """Return the middleware of the course, the first to meet a request first.

    sources: what pictures ask, called at the first question.  rooms: what serves class mode.
    """
    return [
        Middleware(Entrance, health=health),
        *rooms,
        Middleware(Scripts),
        Middleware(Answers, sources=sources),
        Middleware(Guard),
    ]
