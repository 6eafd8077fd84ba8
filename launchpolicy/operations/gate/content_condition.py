"""Is what is about to be deployed what was approved?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from launchpolicy.engine.launches.start_conditions import Condition, ConditionState, Shortcoming
from launchpolicy.facts.deployed_content import ContentComparison, ContentState
from launchpolicy.vocabulary.text import Text, quantity

_ID = "content"
_REFUSED: Final = frozenset({ContentState.OTHER, ContentState.MISSING, ContentState.UNKNOWN})


def content_condition(rows: Sequence[ContentComparison]) -> Condition:
    """Return whether everything that is deployed is identified by the request, and the same.

    What the request does not identify cannot be compared: something deployed under its name leaves
    the question open. Where nothing is identified and nothing given, the condition says so and is
    met, as unchecked: a tag was approved, and a tag it is.
    """
    refused = [row for row in rows if row.state in _REFUSED]
    open_rows = [row for row in rows if _is_open(row)]
    if refused:
        shortcomings = tuple(Shortcoming(_says(row), _FIXES[row.state]) for row in refused)
        return Condition(_ID, ConditionState.NOT_MET, shortcomings[0].message, shortcomings)
    if open_rows:
        shortcomings = tuple(Shortcoming(_says(row), _IDENTIFY) for row in open_rows)
        return Condition(_ID, ConditionState.UNDECIDED, shortcomings[0].message, shortcomings)
    states = {row.state for row in rows}
    is_unchecked = ContentState.SAME not in states or ContentState.NOT_IDENTIFIED in states
    return Condition(_ID, ConditionState.MET, _summary(rows), is_unchecked=is_unchecked)


def _is_open(row: ContentComparison) -> bool:
    return row.state is ContentState.NOT_IDENTIFIED and bool(row.deployed)


def _says(row: ContentComparison) -> Text:
    name, approved, deployed = row.name, row.approved, row.deployed
    if row.state is ContentState.OTHER:
        return Text(
            f"{name}: {deployed} is not what was approved, {approved}.",
            f"{name}：{deployed} 不是批准的 {approved}。",
        )
    if row.state is ContentState.MISSING:
        return Text(
            f"{name} was approved as {approved}, and nothing says what is deployed.",
            f"{name} 批准的是 {approved}，而未给出将要部署的内容。",
        )
    if row.state is ContentState.UNKNOWN:
        return Text(f"{name} is no content of this request.", f"{name} 不在本申请的上线内容中。")
    return Text(
        f"{name}: the request names {approved or 'nothing'}, which {deployed} cannot be compared"
        " with.",
        f"{name}：申请中写的是 {approved or '空'}，无法与 {deployed} 比较。",
    )


def _summary(rows: Sequence[ContentComparison]) -> Text:
    same = {row.name for row in rows if row.state is ContentState.SAME}
    left_out = [row.name for row in rows if row.state is ContentState.LEFT_OUT]
    loose = [row.name for row in rows if row.state is ContentState.NOT_IDENTIFIED]
    parts = []
    if same:
        parts.append(
            Text(
                f"{quantity(len(same), 'thing is', 'things are')} exactly as approved.",
                f"{len(same)} 项与批准内容完全一致。",
            )
        )
    if left_out:
        parts.append(
            Text(
                f"Left out on request: {', '.join(left_out)}.",
                f"按要求未部署：{'、'.join(left_out)}。",
            )
        )
    if loose:
        parts.append(
            Text(
                f"Not compared, because the request names neither digest nor commit:"
                f" {', '.join(loose)}.",
                f"未比较（申请未写明摘要或提交）：{'、'.join(loose)}。",
            )
        )
    if not parts:
        return _NOTHING
    return Text(" ".join(part.en for part in parts), "".join(part.zh for part in parts))


_NOTHING = Text("The request lists no content.", "申请没有列出上线内容。")
_IDENTIFY = Text(
    "Write the digest or the whole commit into `reference` of that content, and have it approved.",
    "请在该内容的 `reference` 中写明摘要或完整提交，并重新审批。",
)
_FIXES: Final[dict[ContentState, Text]] = {
    ContentState.OTHER: Text(
        "Deploy what was approved, or have the new version approved.",
        "请部署已批准的内容，或重新审批新版本。",
    ),
    ContentState.MISSING: Text(
        "Give it: --artifact NAME=DIGEST or --commit NAME=SHA; where it is not deployed this time:"
        " --partial",
        "请给出：--artifact 名称=摘要 或 --commit 名称=提交；若本次不部署该项，请加上 --partial。",
    ),
    ContentState.UNKNOWN: Text(
        "Name it as `spec.content` or `spec.handover.installables` does.",
        "请使用 `spec.content` 或 `spec.handover.installables` 中的名称。",
    ),
}
