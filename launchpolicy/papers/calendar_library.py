"""The library that writes calendars (RFC 5545), loaded when a calendar is asked for."""

from __future__ import annotations

from typing import Any

from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.text import Text


def calendar_library() -> Any:  # noqa: ANN401 (a module)
    """Return the library `icalendar`.

    Raises:
        UndecidedError: it is not installed.
    """
    try:
        import icalendar  # noqa: PLC0415 (heavy)
    except ImportError as error:
        raise UndecidedError(
            Text(
                "The calendar needs the library `icalendar`, which is not installed.",
                "生成日历需要 `icalendar` 库，而它尚未安装。",
            ),
            Text(
                "Install launchpolicy again, or run `pip install icalendar`.",
                "请重新安装 launchpolicy，或运行 `pip install icalendar`。",
            ),
        ) from error
    return icalendar
