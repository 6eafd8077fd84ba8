"""A connection that gives the answer to what was asked, and to nothing else.

PyGithub follows a 301 without the query, so a filtered list would become another one; on a 202 it
asks again without an end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from github.Requester import (
    HTTPRequestsConnectionClass,
    HTTPSRequestsConnectionClass,
    RequestsResponse,
)

_Asked = Any


class UnfinishedError(Exception):
    """The host has not made its answer yet."""


@dataclass(frozen=True, slots=True)
class Connection:
    """What PyGithub takes for a connection (`cnx`)."""

    inner: HTTPRequestsConnectionClass | HTTPSRequestsConnectionClass

    def request(self, *asked: _Asked) -> None:
        self.inner.request(*asked)

    def getresponse(self) -> RequestsResponse:
        """The answer.

        Raises:
            UnfinishedError: there is none yet.
        """
        answer = self.inner.getresponse()
        if answer.status == 202:  # noqa: PLR2004 (RFC 9110: accepted)
            raise UnfinishedError
        answer.headers.pop("location", None)
        return answer

    def close(self) -> None:
        self.inner.close()


def open_connection(address: str, timeout: int) -> Connection:
    """A connection to the host of an address; seconds until an answer must have begun.

    Raises:
        ValueError: it is no address of a web server.
    """
    parts = urlsplit(address)
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise ValueError(address)
    secure = parts.scheme == "https"
    kind = HTTPSRequestsConnectionClass if secure else HTTPRequestsConnectionClass
    return Connection(kind(parts.hostname, parts.port, timeout=timeout))
