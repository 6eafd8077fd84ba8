"""Explain what one policy decides on one request."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document, read
from launchpolicy.engine.analysis.explanation import PolicyExplanation, explain
from launchpolicy.engine.document_name import name_of
from launchpolicy.engine.request import context_of
from launchpolicy.engine.submission import Submission
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.launch_root import require_launch_root
from launchpolicy.operations.check.status import open_tasks
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.policy.policy import Policy
from launchpolicy.vocabulary.errors import LaunchpolicyError, UndecidedError, UsageError
from launchpolicy.vocabulary.finding import Judgement, PolicyResult, Report, Verdict
from launchpolicy.vocabulary.near_names import did_you_mean, near_names
from launchpolicy.vocabulary.snapshot import read_one
from launchpolicy.vocabulary.text import Language, Text

_FEW = 5


class ExplainedPolicy(NamedTuple):
    """An explanation, with the policy's file; None where the policy is not in this repository."""

    explanation: PolicyExplanation
    file: Document | None
    language: Language | None
    """The language of the configuration."""


class ExplainedRequest(NamedTuple):
    """Which request, and how it is judged: as `status` has it.

    `document` is the id of the one that is meant in a file of many; "" where it holds one.
    """

    file: Path
    base: str | None
    record: Path | None
    document: str = ""


def explain_policy(policy: str, request: ExplainedRequest, now: datetime) -> ExplainedPolicy:
    """Return the explanation of what `policy` decides on a request, as `status` judges it.

    Raises:
        UsageError: the policy is none that judges this request.
        LaunchpolicyError: the request cannot be judged.
    """
    file = request.file
    check_input, report, *_ = open_tasks(file, request.base, request.record, now)
    rules = check_input.rules
    names = {_name_of(one, rules): one for one in check_input.submissions}
    submission = next(iter(names.values())) if len(names) == 1 else names.get(request.document)
    if submission is None or request.document not in {"", *names}:
        raise _not_one_request(file, list(names))
    context = context_of(submission, rules, now)
    if isinstance(context, Judgement):
        raise _not_judged(context)
    chosen = next((item for item in context.policies if item.id == policy), None)
    if chosen is None:
        raise _not_applied(policy, context.policies, rules)
    result = _result_of(report, submission, _name_of(submission, rules), policy)
    explanation = explain(chosen, context, result)
    root = require_launch_root(file if file.is_dir() else file.parent)
    return ExplainedPolicy(explanation, _file_of(chosen, rules, root), rules.configuration.language)


def _name_of(submission: Submission, rules: PackSet) -> str:
    """Return the id of a request; its path where it has none."""
    version = submission.new or submission.old
    document = version.document() if version is not None else None
    if not isinstance(document, Document):
        return submission.path
    return name_of(rules.kinds[submission.kind], document)


def _result_of(report: Report, submission: Submission, name: str, policy: str) -> PolicyResult:
    """Return the outcome of a policy as the report says it, with a waiver that was applied."""
    return next(
        result
        for judgement in report.judgements
        if (judgement.path, judgement.name) == (submission.path, name)
        for result in judgement.results
        if result.policy == policy
    )


def _file_of(policy: Policy, rules: PackSet, root: Path) -> Document | None:
    """Return the file of a policy, if it is in this launch repository as it was judged by."""
    snapshot = WorkTreeSnapshot(root)
    data = rules.packs[policy.text.pack].source["policies"][policy.id]
    for folder in rules.configuration.pack_folders:
        entry = snapshot.entry(f"{folder}/{policy.text.pack}/{policy.id}.yaml")
        if entry is None:
            continue
        blob = read_one(snapshot, entry, MAX_BYTES)
        document = read(entry.path, blob.data or b"")
        if isinstance(document, Document) and document.data == data:
            return document
    return None


def _not_one_request(request: Path, names: Sequence[str]) -> UsageError:
    """Return the error about a file or folder of several requests, or without the one named."""
    listed, more = names[:_FEW], len(names) - _FEW
    english = ", ".join(listed) + (f" and {more} more" if more > 0 else "")
    chinese = "、".join(listed) + (f" 等 {len(names)} 份" if more > 0 else "")
    return UsageError(
        Text(
            f"{request} holds: {english}; a decision is explained for one.",
            f"{request} 中有：{chinese}；每次只能说明一份申请的判定。",
        ),
        Text(
            "Name the file of the request, or the one that you mean in a file of many: "
            "--document ID.",
            "请指定申请文件；一个文件含多个文档时，用 --document ID 指定其中一个。",
        ),
    )


def _not_judged(judgement: Judgement) -> LaunchpolicyError:
    first = judgement.refusals[0]
    problem = Text(f"{first.place}: {first.message.en}", f"{first.place}：{first.message.zh}")
    kind = UndecidedError if judgement.verdict is Verdict.UNDECIDED else UsageError
    return kind(problem, first.fix)


def _not_applied(policy: str, applied: Sequence[Policy], rules: PackSet) -> UsageError:
    other = rules.policy(policy)
    if other is not None:
        pack = other.text.pack
        return UsageError(
            Text(
                f"The policy `{policy}` does not judge this request: its pack `{pack}` is not "
                "among those of its process or kind.",
                f"策略 `{policy}` 不判定该申请：其策略包 `{pack}` 不属于该申请的流程或类型。",
            ),
            Text(
                "Compare `processes` and `kinds` in .launchpolicy.yaml.",
                "请核对 .launchpolicy.yaml 中的 `processes` 与 `kinds`。",
            ),
        )
    near = near_names(policy, (item.id for item in applied), 3)
    all_listed = Text("`launchpolicy check -v` lists them.", "请用 `launchpolicy check -v` 列出。")
    return UsageError(
        Text(f"There is no policy `{policy}` here.", f"此处没有名为 `{policy}` 的策略。"),
        did_you_mean(near) if near else all_listed,
    )
