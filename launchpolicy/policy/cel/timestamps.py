"""The function `timestamp` of expressions, which reads RFC 3339 and nothing else (threat L4).

The library's own takes `T1:00:00Z`, `:60`, `+0800`, spaces around and years of two digits. It lets
nobody replace a standard function at run time, but it looks for each name in the container of the
environment first, and ours is declared there.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cel_expr_python import cel

from launchpolicy.documents.instants import parse_date_time

CONTAINER: Final = "launchpolicy"
"""The container (CEL, "Name resolution") of all expressions, when they are checked and run."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ERROR = "not a date-time of RFC 3339"


def timestamp_function() -> Any:  # noqa: ANN401 (the library's type)
    """Return the declaration of `timestamp` with what it does; an exception is a CEL error."""
    kinds = cel.Type
    overloads = [
        cel.Overload(
            f"strict_timestamp_{kind.name().lower()}",
            return_type=kinds.TIMESTAMP,
            parameters=[kind],
            is_member=False,
            impl=implementation,
        )
        for kind, implementation in (
            (kinds.STRING, _of_text),
            (kinds.INT, _of_seconds),
            (kinds.TIMESTAMP, _of_timestamp),
        )
    ]
    return cel.FunctionDecl(f"{CONTAINER}.timestamp", overloads)


def without_container(message: str) -> str:
    """Return a message of the library without the container, of which no author knows."""
    message = message.replace(f" (in container '{CONTAINER}')", "")
    return message.replace(f"'{CONTAINER}.", "'")


def _of_text(text: str) -> datetime:
    moment = parse_date_time(text)
    if moment is None:
        raise ValueError(_ERROR)
    return moment


def _of_seconds(seconds: int) -> datetime:
    return _EPOCH + timedelta(seconds=seconds)


def _of_timestamp(moment: datetime) -> datetime:
    return moment
