"""One visitor as a server meets them: Streamlit's own messages over a WebSocket, without a browser.

What a browser would do by itself is done: a fragment is run again when a widget of it moves, and again
and again where the page asks for it; cached messages are acknowledged; the address is sent along; the code
of drawings is loaded.
"""

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import websockets
from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.load.asking import Asking

# The field of a widget's state by the kind of element, where it is not told by the value.
_FIELDS = {
    "button": "trigger_value",
    "slider": "double_array_value",
    "text_input": "string_value",
    "selectbox": "string_value",
    "checkbox": "bool_value",
    "bidi_component": "json_value",
}


@dataclass
class Widget:
    """A widget as the server described it last."""

    kind: str
    fragment: str
    proto: Any


@dataclass
class Visitor:
    """One tab.  address: of the server, without a page."""

    address: str
    page: str = ""
    query: str = ""
    cookie: str = ""  # that its browser sends along
    widgets: dict[str, Widget] = field(default_factory=dict)  # by id
    again: dict[str, float] = field(default_factory=dict)  # fragment: seconds after which it runs again
    words: dict[tuple[int, ...], str] = field(default_factory=dict)  # what is read, by its place
    progress: dict[tuple[int, ...], str] = field(default_factory=dict)  # the text of progress bars
    exceptions: list[str] = field(default_factory=list)
    traces: list[str] = field(default_factory=list)  # of them, as far as the server tells it

    def __post_init__(self) -> None:
        self._states: dict[str, tuple[str, Any]] = {}
        self._pages: dict[str, str] = {}  # address of a page: its hash
        self._hash, self._cached, self._socket = "", {}, None
        self.session = ""  # the id of its session, as the server has said it
        self._one_at_a_time = asyncio.Lock()
        self._loaded: set[str] = set()  # the drawings whose code is there

    async def enter(self, page: str = "", **query: str) -> float:
        """Come to the app at one of its pages; the seconds until it stood there."""
        began = time.perf_counter()
        netloc = urlsplit(self.address).netloc
        self._socket = await websockets.connect(
            f"ws://{netloc}/_stcore/stream", subprotocols=["streamlit"], max_size=None, compression=None,
            ping_interval=None, open_timeout=60, origin=f"http://{netloc}",
            additional_headers={"Cookie": self.cookie} if self.cookie else None,
        )  # fmt: skip
        self.page, self.query = page, urlencode(query)
        await self._run(name=page)
        await self._load()
        return time.perf_counter() - began

    async def go(self, page: str, **query: str) -> float:
        """Go to another page; the seconds until it stood there."""
        self.page, self.query = page, urlencode(query)
        self.widgets.clear()
        self.again.clear()
        self.words.clear()
        return await self._run(page=self._pages[page]) + await self._load()

    async def leave(self) -> None:
        """Close the tab."""
        if self._socket:
            await self._socket.close()
            self._socket = None

    def vanish(self) -> None:
        """Be gone without a word, as a browser that is killed."""
        if self._socket:
            self._socket.transport.abort()
            self._socket = None

    def freeze(self) -> None:
        """Be out of reach: the connection stands open, and nothing is read or answered."""
        if self._socket:
            self._socket.transport.pause_reading()

    async def move(self, key: str, value: Any) -> float:
        """Move the widget of that key; the seconds until the answer was there in full."""
        found = self.find(key)
        assert found is not None, f"{self.page}?{self.query} has no {key!r}: {sorted(self.keys())}"
        name, widget = found
        if widget.kind == "slider":
            value = [value]
        self._states[name] = (_FIELDS[widget.kind], value)
        return await self._run(widget.fragment)

    async def say(self, message: BackMsg | bytes) -> None:
        """Send a message of any kind, and wait for nothing."""
        await self._socket.send(message if isinstance(message, bytes) else message.SerializeToString())

    def set_state(self, key: str, kind: str, value: Any) -> None:
        """Give a widget a value of any kind, to be sent with the next run."""
        found = self.find(key)
        assert found is not None
        self._states[found[0]] = (kind, value)

    def rerun(self) -> BackMsg:
        """The message that asks for a run of the page as it stands."""
        message = BackMsg()
        message.rerun_script.query_string, message.rerun_script.page_script_hash = self.query, self._hash
        return message

    async def run(self) -> float:
        """Have the page run; the seconds until it was answered."""
        return await self._run()

    async def hear(self) -> str:
        """The kind of the next message; "closed" if there is no connection any more."""
        if self._socket is None:
            return "closed"
        try:
            message = ForwardMsg.FromString(await asyncio.wait_for(self._socket.recv(), 30))
        except websockets.ConnectionClosed:
            return "closed"
        return message.WhichOneof("type") or ""

    async def look(self) -> float:
        """Run once what the page runs again and again by itself; the seconds until it was answered."""
        return sum([await self._run(fragment) for fragment in list(self.again)])

    def find(self, key: str) -> tuple[str, Widget] | None:
        """The id and the widget of a key, if it is on the page."""
        return next(((name, w) for name, w in self.widgets.items() if name.endswith(f"-{key}")), None)

    def keys(self) -> set[str]:
        """Of every widget on the page."""
        return {name.split("-", 2)[-1] for name in self.widgets}

    def read(self) -> str:
        """All that the page says."""
        return "\n".join(self.words.values())

    async def _run(self, fragment: str = "", page: str | None = None, name: str = "") -> float:
        async with self._one_at_a_time:
            asked = BackMsg()
            rerun = asked.rerun_script
            rerun.query_string, rerun.fragment_id, rerun.page_name = self.query, fragment, name
            rerun.page_script_hash = self._hash if page is None else page
            rerun.context_info.url = f"{self.address}/{self.page}"
            for widget, (kind, value) in self._states.items():
                state = rerun.widget_states.widgets.add(id=widget)
                if kind.endswith("array_value"):
                    getattr(state, kind).data.extend(value)
                elif isinstance(value, Message):
                    getattr(state, kind).CopyFrom(value)
                else:
                    setattr(state, kind, value)
            rerun.cached_message_hashes.extend(self._cached)
            if not fragment:
                self.again.clear()
            began = time.perf_counter()
            await self._socket.send(asked.SerializeToString())
            while not self._take(await asyncio.wait_for(self._socket.recv(), 60)):
                pass
            self._states = {w: s for w, s in self._states.items() if s[0] != "trigger_value"}
            return time.perf_counter() - began

    async def _load(self) -> float:
        """Load the code of the drawings that are new to this tab; the seconds until it was there."""
        wanted = [json.loads(w.proto.json)[0] for name, w in self.widgets.items() if name.endswith("_loader")]
        paths = {f"/scripts/{w['name']}/{w['name']}.js?v={w['version']}" for w in wanted} - self._loaded
        self._loaded |= paths
        way = Asking(self.address)
        try:
            return sum([await way.load(path) for path in sorted(paths)])
        finally:
            await way.leave()

    def _take(self, raw: bytes) -> bool:
        """Take one message in; whether it says that the run is over."""
        message = ForwardMsg.FromString(raw)
        kind = message.WhichOneof("type")
        if message.hash and message.metadata.cacheable:
            self._cached[message.hash] = None
        if kind == "new_session":
            self._hash = message.new_session.page_script_hash or self._hash
            self.session = message.new_session.initialize.session_id or self.session
        elif kind == "navigation":
            self._pages = {p.url_pathname or "": p.page_script_hash for p in message.navigation.app_pages}
            self._pages[""] = next(p.page_script_hash for p in message.navigation.app_pages if p.is_default)
            self._hash = message.navigation.page_script_hash or self._hash
        elif kind == "auto_rerun":
            self.again[message.auto_rerun.fragment_id] = message.auto_rerun.interval
        elif kind == "stop_auto_rerun":
            self.again.pop(message.stop_auto_rerun.fragment_id, None)
        elif kind == "delta":
            self._see(message)
        return kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN

    def _see(self, message: ForwardMsg) -> None:
        if message.delta.WhichOneof("type") != "new_element":
            return
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        shown = getattr(element, kind)
        place = tuple(message.metadata.delta_path)
        self.words.pop(place, None)
        self.progress.pop(place, None)
        if kind == "progress":
            self.progress[place] = shown.text
        if kind == "exception":
            self.exceptions.append(f"{shown.type}: {shown.message}")
            self.traces.extend(shown.stack_trace)
        if kind in ("markdown", "alert", "heading"):
            self.words[place] = shown.body
        if name := getattr(shown, "id", ""):
            self.widgets[name] = Widget(kind, message.delta.fragment_id, shown)
