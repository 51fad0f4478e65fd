"""HTTP to the Bot API over aiohttp: httpx spends most of its time on finding a connection."""

from __future__ import annotations

import io
import json
import os
import re
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import InvalidToken, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram.form import Form, encoded

TOO_MANY_REQUESTS = 429
NOT_FOUND = 404
_TOKEN_IN_URL = re.compile(r"/bot([^/]+)/")


class FloodWait(TelegramError):  # noqa: N818  # named as PTB names its own
    """Telegram asks for ``seconds`` of silence.

    Not PTB's RetryAfter: building one warns that its own attribute is deprecated.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"Flood control: wait {seconds:g} s")
        self.seconds = seconds


class Unreachable(NetworkError):  # noqa: N818
    """No connection came about: nobody has seen the request, so a repetition does no harm."""


class MethodUnknown(InvalidToken):
    """404: the server has no such method, or the token is not even like one.

    PTB takes both for InvalidToken; a server that lacks one method can still do all others.
    """


class AiohttpRequest(BaseRequest):
    """PTB's documented seam for another HTTP library. Timeouts are in seconds.

    Raises TimedOut, NetworkError, Unreachable, FloodWait, MethodUnknown (for any 404) or what PTB
    makes of an answer. None of them carries or chains the URL, because the URL holds the token.
    """

    def __init__(
        self,
        pool_size: int = 256,
        connect_timeout_s: float = 5.0,
        pool_timeout_s: float = 5.0,
        write_timeout_s: float = 10.0,
        read_timeout_s: float = 10.0,
    ) -> None:
        self._pool_size = pool_size
        self._connect_s = connect_timeout_s
        self._pool_s = pool_timeout_s
        self._write_s = write_timeout_s
        self._read_s = read_timeout_s
        self._open = False
        self._session: aiohttp.ClientSession | None = None
        self._proxy: str | None = None

    @property
    def read_timeout(self) -> float | None:
        return self._read_s

    async def initialize(self) -> None:
        self._open = True

    async def shutdown(self) -> None:
        self._open = False
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | Form | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The status and the body; a body that is an error has the token blotted out."""
        timeout = _timeout(
            connect_s=_given(connect_timeout, self._connect_s),
            pool_s=_given(pool_timeout, self._pool_s),
            write_s=_given(write_timeout, self._write_s),
            read_s=_given(read_timeout, self._read_s),
        )
        try:
            async with self._connections(url).request(
                method,
                url,
                proxy=self._proxy,
                data=_body(request_data),
                headers=self._headers(request_data),
                timeout=timeout,
                allow_redirects=False,  # the API has none; a captive portal would get the token
            ) as response:
                status, payload = response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut(type(error).__name__) from None
        except (aiohttp.ClientConnectorError, aiohttp.ClientProxyConnectionError) as error:
            raise Unreachable(_cause(error)) from None
        except Exception as error:  # of any kind: PTB would quote it, and what it was sending
            raise NetworkError(_cause(error)) from None
        if status < 300:
            return status, payload
        if status == TOO_MANY_REQUESTS:
            raise FloodWait(_retry_after_s(payload))
        token = _TOKEN_IN_URL.search(url)
        payload = payload.replace(token[1].encode(), b"***") if token else payload
        if status == NOT_FOUND:
            raise MethodUnknown(payload[:200].decode("utf-8", "replace"))
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Like PTB's, which logs a broken answer in full: it may hold what people typed."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            answer = None
        if not isinstance(answer, dict) or (answer.get("ok", True) and "result" not in answer):
            raise NetworkError("Invalid server response")
        return answer

    def _headers(self, request_data: RequestData | Form | None) -> dict[str, str]:
        headers = {"User-Agent": self.USER_AGENT}
        if isinstance(request_data, Form) or (request_data and not request_data.contains_files):
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        return headers

    def _connections(self, url: str) -> aiohttp.ClientSession:
        if not self._open:
            raise NetworkError("The connection to the Bot API is shut down")
        if self._session is None:
            self._proxy = _proxy(url)
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._pool_size),
                cookie_jar=aiohttp.DummyCookieJar(),
            )
        return self._session


def _proxy(url: str) -> str | None:
    """The proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name: many networks need one.

    Not aiohttp's ``trust_env``: it reads ~/.netrc in a thread before each request.
    """
    address = urlsplit(url)
    if address.hostname is None or proxy_bypass(address.hostname):
        return None
    return getproxies().get(address.scheme)


def _given(timeout: Any, default_s: float) -> float | None:
    if timeout is BaseRequest.DEFAULT_NONE:
        return default_s
    return None if timeout is None else float(timeout)


def _timeout(
    *, connect_s: float | None, pool_s: float | None, write_s: float | None, read_s: float | None
) -> aiohttp.ClientTimeout:
    """aiohttp's words for the four: its ``connect`` is the wait for the pool and the connection.

    It has none for writing and starts the one for reading after it: the total covers a write that
    hangs.
    """
    return aiohttp.ClientTimeout(
        connect=_sum(connect_s, pool_s),
        sock_connect=connect_s,
        sock_read=read_s,
        total=_sum(connect_s, pool_s, write_s, read_s),
    )


def _sum(*timeouts_s: float | None) -> float | None:
    known = [timeout_s for timeout_s in timeouts_s if timeout_s is not None]
    return sum(known) if len(known) == len(timeouts_s) else None


def _body(request_data: RequestData | Form | None) -> aiohttp.FormData | bytes | None:
    if request_data is None:
        return None
    if isinstance(request_data, Form):
        return request_data.body
    if not request_data.contains_files:
        return encoded(request_data.json_parameters)
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (filename, content, mime) in request_data.multipart_data.items():
        file = io.BytesIO(content) if isinstance(content, bytes) else content
        form.add_field(name, file, filename=filename, content_type=mime)
    return form


def _cause(error: Exception) -> str:
    errno = getattr(error, "errno", None)
    reason = f": {os.strerror(errno)}" if isinstance(errno, int) and errno > 0 else ""
    return f"{type(error).__name__}{reason}"


def _retry_after_s(payload: bytes) -> float:
    try:
        return float(json.loads(payload)["parameters"]["retry_after"])
    except (ValueError, TypeError, KeyError):
        return 1.0  # a proxy's 429, not Telegram's
