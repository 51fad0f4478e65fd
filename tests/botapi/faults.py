"""Trouble on demand: floods, errors, cut connections, slow answers, missing methods."""

from __future__ import annotations

import socket
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from tests.botapi.refusal import Refusal


@dataclass
class Fault:
    """What happens to the next ``times`` calls of ``method`` (None: of any)."""

    method: str | None
    times: float
    status: int = 0
    retry_after_s: int = 0
    reset: bool = False
    after: bool = False  # the call is carried out, and only its answer is lost
    delay_s: float = 0.0
    body: bytes | None = None


class Faults:
    """The troubles that are still to come, first come, first served."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._unknown: set[str] = set()
        self._poisoned: set[str] = set()

    def flood(self, method: str, *, retry_after_s: int = 1, times: float = 1) -> None:
        """429, and how long to wait."""
        self._faults.append(Fault(method, times, status=429, retry_after_s=retry_after_s))

    def fail(self, method: str | None, *, status: int = 502, times: float = 1) -> None:
        """An error in HTML, as the proxy before the real server sends it."""
        body = f"<html><h1>{status}</h1></html>".encode()
        self._faults.append(Fault(method, times, status=status, body=body))

    def refuse(self, method: str, *, status: int, times: float = 1) -> None:
        """An error of the API itself."""
        self._faults.append(Fault(method, times, status=status))

    def garble(self, method: str, body: bytes, *, times: float = 1, status: int = 200) -> None:
        """A body that no Bot API sends."""
        self._faults.append(Fault(method, times, status=status, body=body))

    def reset(self, method: str | None, *, times: float = 1, after: bool = False) -> None:
        """The connection is cut; with ``after``, once the call has been carried out."""
        self._faults.append(Fault(method, times, reset=True, after=after))

    def slow(self, method: str | None, delay_s: float, *, times: float = float("inf")) -> None:
        """The answer takes a while."""
        self._faults.append(Fault(method, times, delay_s=delay_s))

    def forget(self, *methods: str) -> None:
        """The server does not know these methods."""
        self._unknown.update(method.lower() for method in methods)

    def poison(self, chat_id: int) -> None:
        """Whatever is sent to this chat ends with an error of the server's."""
        self._poisoned.add(str(chat_id))

    def heal(self) -> None:
        """No more trouble."""
        self._faults.clear()
        self._unknown.clear()
        self._poisoned.clear()

    def knows(self, method: str) -> bool:
        return method.lower() not in self._unknown

    def next(self, method: str, params: Mapping[str, Any]) -> Fault | None:
        """What is to happen to this call."""
        if str(params.get("chat_id")) in self._poisoned:
            return Fault(method, 1, status=500)
        for fault in self._faults:
            if fault.method is None or fault.method.lower() == method.lower():
                fault.times -= 1
                if fault.times <= 0:
                    self._faults.remove(fault)
                return fault
        return None


def answer_for(fault: Fault) -> web.Response:
    """The answer that a fault with a status sends."""
    if fault.body is not None:
        return web.Response(status=fault.status, body=fault.body, content_type="text/html")
    if fault.status == 429:
        body = refusal_of_flood(fault.retry_after_s).body
    else:
        phrase = {401: "Unauthorized", 403: "Forbidden", 404: "Not Found"}.get(fault.status, "Oops")
        body = Refusal(fault.status, phrase).body
    return web.json_response(body, status=fault.status)


def refusal_of_flood(retry_after_s: int) -> Refusal:
    why = f"Too Many Requests: retry after {retry_after_s}"
    return Refusal(429, why, retry_after=retry_after_s)


def cut(request: web.Request) -> None:
    """Resets the connection as a broken network does: no goodbye."""
    transport = request.transport
    if transport is None:
        return
    connection: Any = transport.get_extra_info("socket")
    if connection is not None:
        linger = struct.pack("ii", 1, 0)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    transport.abort()
