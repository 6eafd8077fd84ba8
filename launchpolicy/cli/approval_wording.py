"""What `launchpolicy approve` says: what is approved, what was done, why a file does not count."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from launchpolicy.facts.approvals.records import SubmittedReview
from launchpolicy.facts.approvals.signed_approval import ApprovalDecision
from launchpolicy.operations.approve.commit import ApprovalCommit
from launchpolicy.operations.approve.sign import CommittedRequest
from launchpolicy.requests.kinds import value_at
from launchpolicy.requests.names import names_of
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.finding import PolicyText
from launchpolicy.vocabulary.text import Language, Text, quantity, text_of

DECISIONS = {
    ApprovalDecision.WITHDRAW: Text(
        "decision: withdraw; no approval that you gave before counts",
        "意见：撤回；您此前给出的审批均不计入",
    ),
    ApprovalDecision.OBJECT: Text(
        "decision: object; it blocks until you approve or withdraw it",
        "意见：要求修改；在您批准或撤回之前会阻断",
    ),
}


def written_message(path: Path) -> Text:
    return Text(
        f"Written: {path}. Commit it to the branch of the request:\n  git add {path}",
        f"已写入：{path}。请提交到申请所在分支：\n  git add {path}",
    )


def unfulfilled_message(policies: Sequence[PolicyText]) -> Text:
    """Return a warning that the version is blocked, with the policies that say so."""
    english, chinese = (
        "\n".join(f"  ✗ {one.title.in_language(language)} ({one.id})" for one in policies)
        for language in ("en", "zh")
    )
    blocking = quantity(len(policies), "policy is", "policies are")
    return Text(
        f"Note: the check blocks this version, even with every approval; {blocking} not fulfilled. "
        f"Once the request is corrected, this approval is void.\n{english}",
        f"提示：即使审批齐全，检查也会阻断此版本；有 {len(policies)} 条策略不满足。"
        f"申请修正后，此审批即作废。\n{chinese}",
    )


def approved_already_message(standing: SubmittedReview) -> Text:
    end = standing.expires.isoformat(timespec="minutes") if standing.expires is not None else ""
    until = Text(f", and counts until {end}", f"，有效期至 {end}") if end else Text("", "")
    return Text(
        f"This version is approved already: {standing.where}{until.en}. Nothing was written. "
        "To let the approval count for another time, give --expires.",
        f"此版本已获您的审批：{standing.where}{until.zh}。未写入任何内容。"
        "如需更改审批的有效时长，请加上 --expires。",
    )


def committed_message(approval_commit: ApprovalCommit) -> Text:
    """Return what was committed, and how the others get to see it."""
    short, branch, subject = (
        approval_commit.commit[:10],
        approval_commit.branch,
        approval_commit.subject,
    )
    if approval_commit.push:
        push = Text(
            f"Now push it:\n  {approval_commit.push}", f"请推送：\n  {approval_commit.push}"
        )
    else:
        push = Text(
            "There is no remote to push it to: it counts in this clone; others see it once the "
            "branch is pushed.",
            "没有可推送的远程仓库：审批已在本克隆中计入；推送分支后他人方可看到。",
        )
    return Text(
        f"Committed: {short} on {branch}: {subject}\n{push.en}",
        f"已提交：{short}（分支 {branch}）：{subject}\n{push.zh}",
    )


def capacity_of(target: CommittedRequest, roles: Sequence[str]) -> Text:
    """Return the roles that a person approves as, in Chinese by name, with the id for files."""
    names = names_of(target.rules.configuration, target.directory)
    chinese = (
        f"{names.role_names(role).zh}（{role}）" if names.role_names(role).zh != role else role
        for role in roles
    )
    return Text(", ".join(roles), "、".join(chinese))


def in_brackets(name: str, path: str, language: Language) -> str:
    """Return a name with its path in the brackets of a language."""
    return f"{name}（{path}）" if language == "zh" else f"{name} ({path})"


def title_of(data: object, language: Language) -> str:
    title = value_at(data, ("metadata", "title"))
    return text_of(title).in_language(language) if isinstance(title, str | dict) else ""


def window_of(window: object) -> str:
    if not isinstance(window, dict):
        return ""
    return f"{window.get('start', '?')} – {window.get('end', '?')}"


def problem_with(target: CommittedRequest, review: SubmittedReview, now: datetime) -> Text | None:
    if review.void is not None:
        return review.void
    if (review.request, review.digest) != (target.version.name, target.version.digest):
        return Text("is for another version", "针对的是另一版本")
    if review.expires is not None and now >= review.expires:
        return Text("has expired", "已过期")
    return None


def two_decisions() -> UsageError:
    return UsageError(
        Text(
            "--withdraw and --object say two things at once.",
            "--withdraw 与 --object 不能同时使用。",
        ),
        Text("Give one of them.", "请只用其中一个。"),
    )


def nothing_to_commit() -> UsageError:
    return UsageError(
        Text("--verify signs nothing to commit.", "--verify 不签名，没有可提交的内容。"),
        Text("Give either --verify or --commit.", "--verify 与 --commit 只能任选其一。"),
    )
