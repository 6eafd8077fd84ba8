"""Commit an approval, alone, to the branch of its request (`launchpolicy approve --commit`).

A signature is for one version, so it is committed only on top of that very version.
"""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass

from launchpolicy.facts.approvals.signed_approval import ApprovalDecision
from launchpolicy.hosts.git.changes import changed_files
from launchpolicy.hosts.git.repository import Repository, open_repository, prefix_of
from launchpolicy.hosts.git.revisions import head
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.git.writing import commit_path, has_identity
from launchpolicy.hosts.subfolder import below, changes_below, changes_seen_from
from launchpolicy.operations.approve.problems import no_base
from launchpolicy.operations.approve.sign import CommittedRequest
from launchpolicy.operations.check.base_branch import BaseBranch, base_of
from launchpolicy.operations.submissions.read import requests_among
from launchpolicy.operations.submissions.rule_files import changed_rules
from launchpolicy.requests.configuration import FILE
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_BRANCHES = "refs/heads/"
_SUBJECTS = {
    ApprovalDecision.APPROVE: "Approve",
    ApprovalDecision.WITHDRAW: "Withdraw the approval of",
    ApprovalDecision.OBJECT: "Object to",
}
_UNFINISHED = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD")


@dataclass(frozen=True, slots=True)
class ApprovalCommit:
    """The commit and where it is; `push` is the command to publish it, "" without remote."""

    commit: str
    branch: str
    subject: str
    push: str


def require_branch(target: CommittedRequest, base_name: str | None) -> str:
    """Return the branch that is checked out, if an approval may be committed to it.

    Raises:
        LaunchpolicyError: it is not the proposal of this request, or not at the version approved.
    """
    with open_repository(target.root) as repository:
        branch = _branch(repository)
        if head(repository) != target.commit:
            raise _another_version(target, branch)
        if any((repository.git_dir / name).exists() for name in _UNFINISHED):
            raise _unfinished_operation(branch)
        if not has_identity(repository):
            raise _no_identity()
        base = base_of(repository, base_name)
        if base is None:
            raise no_base()
        if branch == base.branch:
            raise _on_base(branch)
        if not _proposes(repository, target, base):
            raise _not_proposed(target, branch, base)
    return branch


def commit_approval(
    target: CommittedRequest, path: str, roles: tuple[str, ...], decision: ApprovalDecision
) -> ApprovalCommit:
    """Commit the approval at `path` (from the launch repository's top), and nothing else.

    Raises:
        UsageError: git or a hook refuses; the file stays, staged.
    """
    as_what = f" as {', '.join(roles)}" if roles else ""
    subject = " ".join(f"{_SUBJECTS[decision]} {target.version.name}{as_what}".split())
    with open_repository(target.root) as repository:
        prefix = prefix_of(repository.top, target.root)
        refusal = commit_path(repository, f"{prefix}{path}", subject)
        if refusal is not None:
            raise _commit_refusal(path, refusal)
        commit = head(repository) or ""
        branch = _branch(repository)
        return ApprovalCommit(commit, branch, subject, _push(repository, branch))


def _branch(repository: Repository) -> str:
    answer = repository.git.run("symbolic-ref", "--quiet", "HEAD")
    name = os.fsdecode(answer.output).removesuffix("\n")
    if answer.code != 0 or not name.startswith(_BRANCHES):
        raise UsageError(
            Text("No branch is checked out (HEAD is detached).", "当前未检出任何分支。"),
            Text(
                "Switch to the branch of the request: git switch BRANCH.",
                "请切换到申请所在分支：git switch <分支>。",
            ),
        )
    return name.removeprefix(_BRANCHES)


def _proposes(repository: Repository, target: CommittedRequest, base: BaseBranch) -> bool:
    """Return whether merging the branch would change the request, or files in its folder."""
    changes = changed_files(repository, base.commit, target.commit)
    prefix = prefix_of(repository.top, target.root)
    own = changes_below(changes.files, prefix)
    old, new = (
        below(CommitSnapshot(repository, commit), prefix) for commit in (base.commit, target.commit)
    )
    if target.path == FILE:
        seen = changes_seen_from(changes.files, prefix)
        return bool(changed_rules(seen, target.rules, old, new))
    touched_requests = requests_among(own, target.rules, new, old)
    return any(change.path == target.path for change, _ in touched_requests)


def _push(repository: Repository, branch: str) -> str:
    upstream = repository.git.demand(
        "for-each-ref", "--format=%(upstream:short)", "--", f"{_BRANCHES}{branch}"
    )
    if upstream.strip():
        return "git push"
    remotes = repository.git.demand("remote").decode("utf-8", "replace").split()
    if not remotes:
        return ""
    remote = "origin" if "origin" in remotes else remotes[0]
    return f"git push --set-upstream {shlex.quote(remote)} {shlex.quote(branch)}"


def _another_version(target: CommittedRequest, branch: str) -> UsageError:
    short = target.commit[:10]
    return UsageError(
        Text(
            f"The version to approve is {short}, and the branch {branch} is at another commit.",
            f"所审批的版本是 {short}，而分支 {branch} 处于另一提交。",
        ),
        Text(
            "Leave out --head to approve what is checked out, or switch to the branch that ends "
            "at that commit.",
            "请省略 --head 以审批当前检出的版本，或切换到以该提交结尾的分支。",
        ),
    )


def _unfinished_operation(branch: str) -> UsageError:
    return UsageError(
        Text(
            f"A merge, cherry-pick or revert is not finished on {branch}.",
            f"分支 {branch} 上有尚未完成的合并、拣选或撤销操作。",
        ),
        Text(
            "Finish it or give it up (git status shows how), then approve.",
            "请先完成或放弃该操作（git status 会说明方法），再审批。",
        ),
    )


def _no_identity() -> UsageError:
    return UsageError(
        Text(
            "git does not know by what name and address to commit.",
            "git 不知道提交所用的姓名和邮箱。",
        ),
        Text(
            'Run: git config user.name "Your Name" && git config user.email "you@example.com"',
            '请运行：git config user.name "姓名" && git config user.email "you@example.com"',
        ),
    )


def _on_base(branch: str) -> UsageError:
    return UsageError(
        Text(
            f"{branch} is the branch that requests are merged into, and is checked out.",
            f"当前检出的 {branch} 正是申请要合并到的分支。",
        ),
        Text(
            "Switch to the branch of the request: git switch BRANCH.",
            "请切换到申请所在分支：git switch <分支>。",
        ),
    )


def _not_proposed(target: CommittedRequest, branch: str, base: BaseBranch) -> UsageError:
    against = base.branch or base.commit[:10]
    return UsageError(
        Text(
            f"The branch {branch} does not propose {target.version.name}: against {against} it "
            f"changes nothing of it.",
            f"分支 {branch} 并未提交 {target.version.name}：与 {against} 相比没有任何相关改动。",
        ),
        Text(
            "Switch to the branch of the request; if requests are merged into another branch, "
            "name it with --base. To approve what was merged without your approval, sign without "
            "--commit, and propose the file.",
            "请切换到申请所在分支；如申请要合并到其他分支，请用 --base 指定。"
            "如要补批未经您审批即已合入的申请，请不带 --commit 签署，再提交该文件。",
        ),
    )


def _commit_refusal(path: str, refusal: str) -> UsageError:
    return UsageError(
        Text(
            f"{path} is signed and written, but git did not commit it: {refusal}",
            f"{path} 已签署并写入，但 git 未能提交：{refusal}",
        ),
        Text(
            f"Fix what git or the hook complains about, then: git commit --only -- "
            f"{shlex.quote(path)}",
            f"请处理 git 或钩子报告的问题，然后运行：git commit --only -- {shlex.quote(path)}",
        ),
    )
