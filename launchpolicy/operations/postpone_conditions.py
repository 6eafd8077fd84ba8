"""Require that a launch may still be moved: not begun, here or elsewhere, to a time ahead."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from launchpolicy.hosts.git.repository import find_top, open_repository, prefix_of
from launchpolicy.hosts.git.tracking import fetch_branches
from launchpolicy.operations.record.find_launch import has_begun_on_a_branch
from launchpolicy.operations.record.launch_branch import nearest_remote, usual_names
from launchpolicy.requests.kinds import STAGE, value_at
from launchpolicy.requests.launch_progress import is_answered, window_of
from launchpolicy.vocabulary.errors import UndecidedError, UsageError
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.text import Text

_FACTS_OF_THE_NIGHT = ("execution", "rollback", "cancellation")


def require_not_begun(data: Data, path: str) -> None:
    """Require that a request is asked for, has a window, and says nothing of the night.

    Raises:
        UsageError: it does not.
    """
    stage = value_at(data, STAGE)
    has_begun = any(is_answered(value_at(data, ("status", key))) for key in _FACTS_OF_THE_NIGHT)
    if stage == "launched" and not has_begun:
        raise _prepared_here_error(path)
    if stage != "requested" or has_begun:
        raise _begun_already_error(path)
    if window_of(data) is None:
        raise UsageError(
            Text(f"{path} has no window yet.", f"{path} 尚未填写上线窗口。"),
            Text("Fill in spec.window instead.", "请直接填写 spec.window。"),
        )


def _prepared_here_error(path: str) -> UsageError:
    return UsageError(
        Text(
            f"{path} cannot be moved on this branch: backups or checks for its launch are recorded "
            "here, although it has not begun.",
            f"不能在本分支上将 {path} 改期：此处已登记该次上线的备份或检查，尽管上线尚未开始。",
        ),
        Text(
            "Switch to the branch that requests are merged into (git switch main), and postpone it "
            "there; what was recorded here belongs to the window before.",
            "请切换到申请要合并到的分支（git switch main），在那里改期；此处的登记属于原窗口。",
        ),
    )


def _begun_already_error(path: str) -> UsageError:
    return UsageError(
        Text(
            f"{path} cannot be moved: the launch has begun or ended.",
            f"{path} 不能改期：上线已开始或已结束。",
        ),
        Text(
            "A launch is postponed before it begins; afterwards it is rolled back and requested "
            "again (launchpolicy advance).",
            "改期只能在上线开始之前；之后应回滚并重新申请（launchpolicy advance）。",
        ),
    )


def require_ahead(window: tuple[datetime, datetime], now: datetime) -> None:
    """Require a window that is still to come, whatever the policies say of it.

    Raises:
        UsageError: it is not.
    """
    if not now < window[0] < window[1]:
        raise UsageError(
            Text(
                "The window must be ahead, and end after it starts.",
                "窗口须尚未开始，且结束时间晚于开始时间。",
            ),
            Text("Give --window START/END in the future.", "请用 --window 填写将来的起止时间。"),
        )


def require_nothing_recorded(root: Path, path: str) -> Text | None:
    """Require that no branch of its own says that the launch has begun, here or at the remote.

    Returns:
        Why the remote could not be asked; None where it was, or there is none.

    Raises:
        UsageError: it has begun.
    """
    if find_top(root) is None:
        return None
    unreached = None
    with open_repository(root) as repository:
        prefix = prefix_of(repository.top, root)
        remote = nearest_remote(repository, os.environ)
        if remote is not None:
            try:
                fetch_branches(remote, usual_names(path.split("/")[-2]))
            except UndecidedError as error:
                unreached = error.problem
        if has_begun_on_a_branch(repository, f"{prefix}{path}"):
            raise _begun_already_error(path)
    return unreached
