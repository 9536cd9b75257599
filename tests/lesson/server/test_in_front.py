"""What stands in front of Streamlit: what is nobody's there reaches it."""

import asyncio

import pytest

from lesson.server.answers import Answers
from lesson.server.scripts import Scripts
from tests.lesson.server.test_answers import get, streamlit

OWN = {"/api/echo": lambda app: Answers(app, dict), "/scripts/bars/bars.js": Scripts}
OTHERS = ["/", "/gates", "/static/js/api.js", "/_stcore/health", "/apiecho", "/scripts"]


@pytest.mark.parametrize("own", OWN)
@pytest.mark.parametrize("path", OTHERS)
def test_everything_else_goes_to_streamlit(own, path):
    assert asyncio.run(get(OWN[own](streamlit), path))[2] == b"streamlit"
    assert asyncio.run(get(OWN[own](streamlit), own))[2] != b"streamlit"


@pytest.mark.parametrize("own", OWN)
def test_a_socket_goes_to_streamlit(own):
    reached = []

    async def app(scope, receive, send):
        reached.append(scope["type"])

    asyncio.run(OWN[own](app)({"type": "websocket", "path": own}, None, None))
    assert reached == ["websocket"]
