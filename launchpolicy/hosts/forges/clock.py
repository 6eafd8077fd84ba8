"""The clock of this machine against the clock of a forge."""

from __future__ import annotations

from datetime import datetime

from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.text import Text

_MOST_MINUTES = 5


def clock_problem(now: datetime, server: datetime | None, title: str) -> UndecidedError | None:
    """Return why `now` cannot be believed; None where it can.

    Freezes, windows and expiries rest on it: a forge's clock that is more than 5 minutes away, or
    unknown, leaves everything undecided. `title` is the forge's name.
    """
    if server is None:
        return UndecidedError(
            Text(
                f"{title}'s answer to the time cannot be used: no answer has a date.",
                f"{title} 的应答均无日期，无法核对时间。",
            ),
            Text(
                f"Run the check again; if it happens again, look at {title}'s status and the "
                "token's permissions.",
                f"请重新运行检查；若再次出现，请查看 {title} 的状态以及令牌的权限。",
            ),
        )
    minutes = abs((now - server).total_seconds()) / 60
    return _clocks_apart(round(minutes), title) if minutes > _MOST_MINUTES else None


def _clocks_apart(minutes: int, title: str) -> UndecidedError:
    return UndecidedError(
        Text(
            f"The clock here is {minutes} minutes away from {title}'s.",
            f"本机时钟与 {title} 相差 {minutes} 分钟。",
        ),
        Text("Set the clock of the runner.", "请校准运行器的时钟。"),
    )
