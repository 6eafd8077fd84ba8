"""Errors for why a request cannot be approved: not there, not answered, or no directory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from launchpolicy.requests.configuration import FILE
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.near_names import with_meant
from launchpolicy.vocabulary.text import Text


def still_open(path: str, revision: str) -> UsageError:
    return UsageError(
        Text(
            f"{path} at {revision} has open questions (TODO), so there is nothing to approve yet.",
            f"{revision} 中的 {path} 尚有未填写的内容（TODO），还不能审批。",
        ),
        Text(
            "`launchpolicy check` lists them; approve the version that answers them.",
            "`launchpolicy check` 会逐一列出；请待全部填写并提交后再审批。",
        ),
    )


def nothing_to_approve(path: str, revision: str) -> UsageError:
    return UsageError(
        Text(
            f"{revision} has no well-formed request at {path}.",
            f"{revision} 中的 {path} 不存在，或格式不正确。",
        ),
        Text(
            "Commit the request first, and see that `launchpolicy check` reads it.",
            "请先提交申请，并确认 `launchpolicy check` 可以读取。",
        ),
    )


def not_well_formed(path: str, revision: str, findings: Sequence[Finding]) -> UsageError:
    first = findings[0]
    return UsageError(
        Text(
            f"{path} at {revision} is malformed: {first.message.en}",
            f"{revision} 中的 {path} 格式不正确：{first.message.zh}",
        ),
        Text(
            f"`launchpolicy check {path}` shows the place; commit what is right, then approve it.",
            f"`launchpolicy check {path}` 会指出位置；请改正并提交后再审批。",
        ),
    )


def no_directory(revision: str) -> UsageError:
    return UsageError(
        Text(f"{revision} has no directory of people.", f"{revision} 中没有人员名录。"),
        Text(
            "Add people.yaml with people, roles and keys, and merge it first.",
            "请添加 people.yaml（人员、角色和公钥）并先行合并。",
        ),
    )


def no_base() -> UsageError:
    return UsageError(
        Text(
            "The branch that requests are merged into was not found: there is no main or master.",
            "未找到申请要合并到的分支：既没有 main，也没有 master。",
        ),
        Text("Name it: --base BRANCH.", "请指定：--base <分支>。"),
    )


def too_long(longest: timedelta) -> UsageError:
    hours = int(longest.total_seconds() // 3600)
    return UsageError(
        Text(
            f"An approval counts {hours}h at most here (`approvals.longest`).",
            f"本仓库的审批最长有效 {hours}h（`approvals.longest`）。",
        ),
        Text(f"Give --expires {hours}h or less.", f"请把 --expires 设为不超过 {hours}h。"),
    )


def no_request(path: str, *, is_rule: bool) -> UsageError:
    """Return the error about a file that is no request; a rule is approved with all others."""
    remedy = Text("Name a request file or its folder.", "请指定申请文件或其目录。")
    if is_rule:
        remedy = Text(
            f"It is a rule, and rules are approved as a whole: launchpolicy approve {FILE}",
            f"该文件属于规则，规则须整体审批：launchpolicy approve {FILE}",
        )
    return UsageError(Text(f"{path} is no request.", f"{path} 不是申请。"), remedy)


def not_held(person: str, role: str, held: Sequence[str]) -> UsageError:
    if not held:
        return UsageError(
            Text(f"{person} holds no role.", f"{person} 未担任任何角色。"),
            Text(
                "Only who holds a role approves. If this person should, have a role given under "
                "`roles` in people.yaml, in a change of its own that is merged first.",
                "只有担任角色的人员可以审批。如应由其审批，请先在 people.yaml 的 `roles` "
                "下为其分配角色，并单独提交、合并该变更。",
            ),
        )
    return UsageError(
        Text(f"{person} does not hold the role {role}.", f"{person} 并不担任角色 {role}。"),
        with_meant(
            Text(
                f"Roles held: {', '.join(held)}. Name one of them with --as, or none.",
                f"所担任的角色：{'、'.join(held)}。请用 --as 指定其中之一，或省略 --as。",
            ),
            role,
            held,
        ),
    )
