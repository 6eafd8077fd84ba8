"""Whether a signed approval is for this repository and this change, and until when it counts.

A signature holds for ever, and old files stand in the history of git for anybody to bring back. So
an approval counts only where what it was given for is still what happens (threat N7): the same
repository, the same version of the base that is replaced, there since the same commit, and no
longer than the base allows. One that was merged counts on only while the base has the version that
it is of; one that the base dropped or replaced does not come back.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from launchpolicy.documents.instants import instant
from launchpolicy.facts.approvals.signed_approval import ApprovalBinding
from launchpolicy.vocabulary.text import Text


class SignedFileHistory(NamedTuple):
    """What the base knows of a file: whether it holds these words, or held them and dropped them.

    `dropped_by` is the commit of the base that dropped them, "" where none did.
    """

    is_in_base: bool
    dropped_by: str


def reason_not_bound(
    spec: Mapping[str, Any],
    binding: ApprovalBinding,
    digest: str,
    history: SignedFileHistory,
) -> Text | None:
    """Return why an approval does not count here; None where it does.

    Args:
        spec: what is signed.
        binding: what an approval of this change has to be bound to.
        digest: the approval digest of the version proposed.
        history: what the base knows of the file.
    """
    if any(key not in spec for key in ApprovalBinding._fields):
        return _FIRST_FORMAT
    if spec["repository"] != binding.repository:
        return reason_other_repository(spec, binding)
    if history.dropped_by:
        return _reason_dropped(history.dropped_by)
    if history.is_in_base:
        keeps_version = binding.replaces == digest == spec["of"]["digest"]
        return None if keeps_version else _USED
    if spec["replaces"] != binding.replaces:
        return _OTHER_BASE
    return None if spec["since"] == binding.since else _LEFT_AND_BACK


def reason_other_repository(spec: Mapping[str, Any], binding: ApprovalBinding) -> Text | None:
    """Return why a decision of another repository does not count here; None for one of this."""
    if spec.get("repository") == binding.repository:
        return None
    other = spec.get("repository", "?")
    return Text(
        f"is for another repository ({other}), not for {binding.repository}",
        f"属于另一仓库（{other}），而非 {binding.repository}",
    )


def end_of(spec: Mapping[str, Any], longest: timedelta) -> datetime:
    """Return when an approval ends: as it says, but no later than `longest` after it was given."""
    return min(instant(spec["expires"]), instant(spec["at"]) + longest)


_AGAIN = Text("sign it again with `launchpolicy approve`", "请用 `launchpolicy approve` 重新签署")
_FIRST_FORMAT = Text(
    "was signed by an earlier version of launchpolicy, which bound it to no repository: "
    f"{_AGAIN.en}",
    f"由早期版本的 launchpolicy 签署，未与仓库绑定：{_AGAIN.zh}",
)
_USED = Text(
    f"was merged before, for a version that the base has left behind: {_AGAIN.en}",
    f"此前已随另一版本合并，基准已不再是该版本：{_AGAIN.zh}",
)
_OTHER_BASE = Text(
    f"was given to replace another version than the one in the base: {_AGAIN.en}",
    f"给出时所替换的并非基准中的现有版本：{_AGAIN.zh}",
)
_LEFT_AND_BACK = Text(
    "was given before the base left the version that it replaces, and came back to it: "
    f"{_AGAIN.en}",
    f"给出之后，基准曾离开所替换的版本又恢复：{_AGAIN.zh}",
)


def _reason_dropped(commit: str) -> Text:
    return Text(
        f"was dropped from the base by {commit[:10]}, so it does not come back: {_AGAIN.en}",
        f"已由基准的提交 {commit[:10]} 撤下，不能恢复：{_AGAIN.zh}",
    )
