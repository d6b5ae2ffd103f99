"""People who use the app, without their browsers: each speaks with the server as a page in a browser does."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from time import perf_counter

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import connect
from websockets.typing import Subprotocol

PATIENCE = 60.0
"""Seconds to wait for an answer."""


class Visitor:
    """One page that is open in one browser: what it shows is read, and its fields can be filled.

    Attributes:
        failures: What the page said of anything that went wrong.
    """

    def __init__(self, address: str, page: str, query: str) -> None:
        self._open = ExitStack()
        stream = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
        self._socket = self._open.enter_context(
            connect(stream, subprotocols=[Subprotocol("streamlit")], max_size=None, compression=None)
        )
        self._page, self._query = page, query.removeprefix("?")
        self._states: dict[str, WidgetState] = {}
        self._fields: dict[str, str] = {}
        self._shown: list[str] = []
        self._script = ""
        self.failures: list[str] = []
        self._run()

    def close(self) -> None:
        self._open.close()

    def reads(self, words: str) -> bool:
        """Return whether the last answer holds these words."""
        return any(words in text for text in self._shown)

    def fill(self, place: str, text: str) -> float:
        """Enter something in the field of a place; return the seconds until the server has answered in full."""
        widget, fragment = next(both for both in self._fields.items() if f"-{place}-" in both[0])
        self._states[widget].string_value = text
        started = perf_counter()
        self._run(fragment)
        return perf_counter() - started

    def _run(self, fragment: str = "") -> None:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_name, state.page_script_hash = self._query, self._page, self._script
        state.fragment_id = fragment
        state.widget_states.widgets.extend(self._states.values())
        self._socket.send(message.SerializeToString())
        self._shown = []
        while True:
            answer = ForwardMsg.FromString(self._bytes())
            kind = answer.WhichOneof("type")
            if kind == "navigation":
                self._script = answer.navigation.page_script_hash
            elif kind == "delta":
                self._note(answer)
            elif kind == "script_finished" and answer.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return

    def _bytes(self) -> bytes:
        # Linux waits up to 40 ms before it says that something has arrived, and the server sends no more until it does.
        self._socket.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        received = self._socket.recv(PATIENCE)
        assert isinstance(received, bytes)
        return received

    def _note(self, answer: ForwardMsg) -> None:
        element = answer.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "text_input":
            field = element.text_input
            self._fields[field.id] = answer.delta.fragment_id
            value = field.value if field.set_value else field.default
            self._states[field.id] = WidgetState(id=field.id, string_value=value)
        elif kind == "html":
            self._shown.append(element.html.body)
        elif kind == "text":
            self._shown.append(element.text.body)
        elif kind in ("alert", "exception"):
            self.failures.append(str(element))
