"""One request and its answer, both bounded: a server that never ends its answer keeps nobody.

The timeouts of httpx are for each read, and a byte a second meets them all. So the request is made
in a thread of its own, and the wait for it has a limit.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # an extra, loaded by the connection
    import httpx

LARGEST_MIB = 32
"""MiB of the largest body; GitHub's own, 100 items a page, have less than 3."""

_GZIP = 31
"""Window bits of zlib: a gzip header and trailer (zlib manual, `inflateInit2`)."""


class Reply(NamedTuple):
    """An answer that was received whole: `body` is what was sent, not compressed any more."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class LateReplyError(Exception):
    """The answer was not there in time; what is still coming is left alone."""


class UnusableBodyError(Exception):
    """The body is too large or not compressed as it says; asking again would not help."""


def exchange(http: httpx.Client, request: httpx.Request, seconds: float) -> Reply:
    """Return the answer to a request.

    Raises:
        LateReplyError: it has not arrived after so many seconds.
        UnusableBodyError: its body is too large, or cannot be decompressed.
        Exception: whatever the layers of the transport raise.
    """
    outcome: list[Reply | BaseException] = []

    def work() -> None:
        try:
            outcome.append(_receive(http, request))
        except BaseException as error:  # noqa: BLE001 (raised again by the one who waits)
            outcome.append(error)

    thread = Thread(target=work, daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome:
        raise LateReplyError
    if isinstance(outcome[0], BaseException):
        raise outcome[0]
    return outcome[0]


def _receive(http: httpx.Client, request: httpx.Request) -> Reply:
    response = http.send(request, stream=True)
    try:
        body = bytearray()
        for piece in response.iter_raw():
            body += piece
            _require_size(body)
        encoding = response.headers.get("content-encoding")
        return Reply(response.status_code, response.headers, _plain(bytes(body), encoding))
    finally:
        response.close()


def _plain(body: bytes, encoding: str | None) -> bytes:
    """Return the body as it was before it was compressed; nothing larger is ever in memory."""
    if encoding is None or encoding.strip().lower() == "identity" or not body:
        return body
    if encoding.strip().lower() != "gzip":
        raise UnusableBodyError("it has a content encoding that was not asked for")
    decompressor = zlib.decompressobj(_GZIP)
    try:
        plain = decompressor.decompress(body, LARGEST_MIB * 2**20 + 1)
    except zlib.error as error:
        raise UnusableBodyError("it is not compressed as it says") from error
    _require_size(plain)
    if not decompressor.eof:
        raise UnusableBodyError("its compressed body is cut off")
    return plain


def _require_size(body: bytes | bytearray) -> None:
    if len(body) > LARGEST_MIB * 2**20:
        raise UnusableBodyError(f"it is larger than {LARGEST_MIB} MiB")
