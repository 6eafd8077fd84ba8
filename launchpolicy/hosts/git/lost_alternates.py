"""Explain a clone that borrows its objects from a repository that is not there any more."""

from __future__ import annotations

import re

from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.text import Text

_COMPLAINT = re.compile(
    r"^error: (?:unable to normalize alternate object path: (?P<path>.+)"
    r"|object directory (?P<folder>.+) does not exist; check .*alternates)$",
    re.MULTILINE,
)
"""What git says of an alternate that it does not find (git, object-file.c)."""


def lost_alternate(complaint: str) -> UndecidedError | None:
    """Return the problem with a clone whose alternate git does not find.

    Args:
        complaint: what git wrote to standard error.

    Returns:
        The error; None where git does not complain of an alternate.
    """
    match = _COMPLAINT.search(complaint)
    if match is None:
        return None
    folder = match["path"] or match["folder"]
    return UndecidedError(
        Text(
            f"This clone borrows objects from {folder}, which is not there"
            " (git clone --shared or --reference).",
            f"当前克隆从 {folder} 借用对象，而该目录不存在（git clone --shared 或 --reference）。",
        ),
        Text(
            "Put that repository back or mount it; if it was moved, correct objects/info/alternates"
            " in the git folder of this clone. Otherwise clone again without --shared.",
            "请恢复或挂载该仓库；如果它已移动，请更正本克隆 git 目录中的 objects/info/alternates。"
            "否则请不带 --shared 重新克隆。",
        ),
    )
