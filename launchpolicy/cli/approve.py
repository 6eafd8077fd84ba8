"""`launchpolicy approve REQUEST`: sign an approval and commit it, or verify those committed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import click

from launchpolicy.cli.approval_wording import (
    DECISIONS,
    approved_already_message,
    capacity_of,
    committed_message,
    in_brackets,
    nothing_to_commit,
    problem_with,
    title_of,
    two_decisions,
    unfulfilled_message,
    window_of,
    written_message,
)
from launchpolicy.cli.completion_values import requests
from launchpolicy.cli.default_key import default_key
from launchpolicy.cli.duration import DurationType
from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.prose import print_prose
from launchpolicy.cli.request_type import RequestType
from launchpolicy.facts.approvals.signed_approval import ApprovalDecision, GivenDecision
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.operations.approve.blocking_policies import unfulfilled_policies
from launchpolicy.operations.approve.commit import commit_approval, require_branch
from launchpolicy.operations.approve.sign import (
    CommittedRequest,
    approve,
    approver,
    asks_for,
    committed_request,
    held_roles,
    require_counted,
    roles_of,
)
from launchpolicy.operations.approve.standing import standing_approval
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.finding import PolicyText
from launchpolicy.vocabulary.text import Language, Text

_HELP = say(
    """Approve a REQUEST (a request file or its folder) as it is committed.

    Signs the approval digest with your SSH key and writes approvals/YOU.yaml beside the request.
    Commit that file, or have it committed with --commit: it counts for this content only. The
    commit holds that file alone; your git identity, signature and hooks apply as in `git commit`.

    A change of the rules (configuration, people, calendar, packs) is approved as a whole, by the
    name of the configuration.

    \b
      launchpolicy approve launches/LR-2026-0042 --commit
      launchpolicy approve .launchpolicy.yaml --commit
      launchpolicy approve launches/LR-2026-0042 --as product-lead --key ~/.ssh/work
      launchpolicy approve launches/LR-2026-0042 --verify
    """,
    """审批已提交的 REQUEST（申请文件或其目录）。

    用您的 SSH 密钥对审批摘要签名，写入申请旁的 approvals/<您的标识>.yaml。
    请提交该文件，或用 --commit 一并提交：它只对这份内容有效。
    该提交只含此文件；您的 git 身份、签名和钩子与 `git commit` 一样生效。

    规则变更（配置、人员名录、日历、策略包）以配置文件的名称整体审批。

    \b
      launchpolicy approve launches/LR-2026-0042 --commit
      launchpolicy approve .launchpolicy.yaml --commit
      launchpolicy approve launches/LR-2026-0042 --as product-lead --key ~/.ssh/work
      launchpolicy approve launches/LR-2026-0042 --verify
    """,
)


@click.command(help=_HELP)
@click.argument("request", type=RequestType(), shell_complete=requests)
@click.option(
    "--as",
    "roles",
    multiple=True,
    metavar="ROLE",
    help=say("As what (every role you hold).", "审批身份（默认：您的所有角色）。"),
)
@click.option(
    "--key",
    type=click.Path(path_type=Path),
    envvar="LAUNCHPOLICY_KEY",
    help=say("Your private key (~/.ssh/id_…).", "您的私钥（默认 ~/.ssh/id_…）。"),
)
@click.option(
    "--expires",
    type=DurationType(),
    metavar="DURATION",
    help=say(
        "How long it counts (default: as long as the configuration allows).",
        "有效时长（默认：配置允许的最长时间）。",
    ),
)
@click.option(
    "--head",
    default="HEAD",
    metavar="REF",
    help=say("The commit to approve (HEAD).", "所审批的提交（默认 HEAD）。"),
)
@click.option(
    "--base",
    metavar="REF",
    help=say(
        "The branch it is merged into (default: origin's, else main or master).",
        "申请要合并到的分支（默认：origin 的默认分支，否则 main 或 master）。",
    ),
)
@click.option(
    "--commit",
    "commits",
    is_flag=True,
    help=say("Commit the signature to the branch checked out.", "把签名提交到当前分支。"),
)
@click.option(
    "--document",
    default="",
    metavar="ID",
    help=say(
        "The id of the one that is meant, in a file of many documents.",
        "文件含多个文档时，所指文档的标识。",
    ),
)
@click.option(
    "--anyway",
    is_flag=True,
    help=say(
        "Sign even where this repository does not count signed files.",
        "即使本仓库不计入签名文件也签署。",
    ),
)
@click.option(
    "--withdraw",
    "withdraws",
    is_flag=True,
    help=say("Take back what you gave before.", "撤回此前给出的审批。"),
)
@click.option(
    "--object",
    "objects",
    is_flag=True,
    help=say("Ask for changes, which blocks.", "要求修改（会阻断）。"),
)
@click.option("--yes", is_flag=True, help=say("Do not ask.", "不再询问。"))
@click.option("--verify", is_flag=True, help=say("Verify; sign nothing.", "仅验证，不签名。"))
@language_option()
@click.option("--now", type=InstantType(), help=say("The time.", "时间。"))
def command(  # noqa: PLR0913, PLR0917 (one parameter per option, as click wants them)
    request: Path,
    roles: tuple[str, ...],
    key: Path | None,
    expires: timedelta | None,
    head: str,
    base: str | None,
    document: str,
    lang: str | None,
    now: datetime | None,
    *,
    commits: bool,
    anyway: bool,
    withdraws: bool,
    objects: bool,
    yes: bool,
    verify: bool,
) -> int:
    """Return the exit code: 0 signed or all verified, 1 one does not hold, 2 it cannot be done."""
    if verify and commits:
        raise nothing_to_commit()
    decision = _decision(withdraws=withdraws, objects=objects)
    target = committed_request(request, head, base, document)
    language = chosen_language(lang, target.rules.configuration.language)
    moment = now or clock_now()
    if verify:
        return _verify(target, moment, language)
    if not anyway:
        require_counted(target, base)
    chosen_key = key or default_key()
    person = approver(target, chosen_key)
    given_as = roles_of(target, person, roles)
    counted_roles = given_as or held_roles(target, person)
    if decision is ApprovalDecision.APPROVE and expires is None:
        standing = standing_approval(target, chosen_key, given_as, moment, committed=commits)
        if standing is not None:
            return _say(approved_already_message(standing), language)
    branch = require_branch(target, base) if commits else ""
    _show(target, person.display, counted_roles, branch, language)
    _show_consequence(decision, lambda: unfulfilled_policies(target, base, moment), language)
    if not yes and not _ask_for_consent(language):
        return 1
    moments = (moment, moment + (expires or target.document.longest))
    given = GivenDecision(person.name, given_as, decision)
    path = approve(target, given, chosen_key, moments)
    file = path.as_posix()
    approval_commit = commit_approval(target, file, counted_roles, decision) if commits else None
    return _say(
        committed_message(approval_commit) if approval_commit else written_message(path), language
    )


def _show_consequence(
    decision: ApprovalDecision, judge: Callable[[], Sequence[PolicyText]], language: Language
) -> None:
    """Print what the decision means; of an approval, which policies block the version anyway."""
    if decision is not ApprovalDecision.APPROVE:
        _say(DECISIONS[decision], language)
    elif unfulfilled := judge():
        _say(unfulfilled_message(unfulfilled), language)


def _say(message: Text, language: Language) -> int:
    for line in message.in_language(language).splitlines():
        print_prose(line)
    return 0


def _decision(*, withdraws: bool, objects: bool) -> ApprovalDecision:
    if withdraws and objects:
        raise two_decisions()
    if objects:
        return ApprovalDecision.OBJECT
    return ApprovalDecision.WITHDRAW if withdraws else ApprovalDecision.APPROVE


def _show(
    target: CommittedRequest, name: Text, roles: tuple[str, ...], branch: str, language: Language
) -> None:
    """Print what is about to be approved, before the approver is asked."""
    version = target.version
    window = value_at(version.data, ("spec", "window"))
    rows = [
        (Text("request", "申请"), in_brackets(version.name, target.path, language)),
        (Text("title", "标题"), title_of(version.data, language)),
        (Text("window", "窗口"), window_of(window)),
        (Text("evidence", "证据"), str(len(version.evidence))),
        (Text("digest", "审批摘要"), version.digest),
        (Text("approved by", "审批人"), name.in_language(language)),
        (Text("as", "身份"), capacity_of(target, roles).in_language(language)),
        (Text("commit to", "提交到"), branch),
    ]
    for label, value in rows:
        if value:
            row = Text(f"{label.en}: {value}", f"{label.zh}：{value}")
            print_prose(row.in_language(language))
    if not asks_for(target, roles):
        role_list = Text(", ".join(roles), "、".join(roles))
        note = Text(
            f"Note: no policy that judges this request asks for an approval by {role_list.en}; the "
            "signature will be listed, not counted.",
            f"提示：判定该申请的策略均不要求 {role_list.zh} 的审批；该签名会列出，但不计入。",
        )
        print_prose(note.in_language(language))


def _ask_for_consent(language: Language) -> bool:
    if not sys.stdin.isatty():
        raise UsageError(
            Text("There is no terminal to ask for your consent.", "没有终端，无法询问您的确认。"),
            Text("Give --yes.", "请加上 --yes。"),
        )
    question = Text("Sign this approval?", "签署此审批？").in_language(language)
    return click.confirm(question, default=False)


def _verify(target: CommittedRequest, now: datetime, language: Language) -> int:
    reviews = target.reviews(now)
    if not reviews:
        none = Text("There is no signed approval.", "没有签名审批。")
        print_prose(none.in_language(language))
        return 1
    problems = [(review, problem_with(target, review, now)) for review in reviews]
    for review, problem in problems:
        mark = "✗" if problem else "✓"
        says = problem or Text(
            f"signed by {review.account.shown} ({review.account.key}) for this version",
            f"由 {review.account.shown}（{review.account.key}）对此版本签署",
        )
        click.echo(f"{mark} {escape(review.where)}: {escape(says.in_language(language))}")
    return 1 if any(problem for _, problem in problems) else 0
