"""What is still to be done for one request: judged as it stands, with approvals looked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.engine.submission import Submission
from launchpolicy.facts.approvals.file_names import approval_folder
from launchpolicy.facts.approvals.records import ApprovalRecord
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.git.repository import find_top, open_repository, prefix_of
from launchpolicy.hosts.git.revisions import resolve
from launchpolicy.hosts.launch_root import request_path, require_launch_root
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.approvals.electorate import (
    Electorate,
    add_approvals,
    electorate_between,
)
from launchpolicy.operations.approvals.record_file import read_record
from launchpolicy.operations.check import run as check
from launchpolicy.operations.check.base_branch import base_of, configuration_at
from launchpolicy.operations.check.check_input import CheckInput, CheckOptions
from launchpolicy.operations.requests_of_kinds import file_in_folder
from launchpolicy.operations.rules.load import load_configuration
from launchpolicy.operations.rules.people_and_calendar import load_directory
from launchpolicy.operations.submissions.rule_files import is_rule
from launchpolicy.requests.configuration import SIGNED
from launchpolicy.requests.directory import Directory
from launchpolicy.vocabulary.errors import MalformedRulesError, UndecidedError, UsageError
from launchpolicy.vocabulary.finding import Outcome, Report
from launchpolicy.vocabulary.snapshot import bytes_at
from launchpolicy.vocabulary.text import Text


class OpenTasks(NamedTuple):
    """The report on one request, and the directory that its approvals were counted by.

    `note` says which version was judged, where the one in the work tree is another.
    """

    check_input: CheckInput
    report: Report
    directory: Directory | None
    note: Text | None = None


def open_tasks(request: Path, base: str | None, record: Path | None, now: datetime) -> OpenTasks:
    """Return the report on one request.

    With `base` the request is that of HEAD, and approvals are counted as in the pull request.
    Without, it is that of the work tree. Its signed approvals are held against the usual base, if
    there is one; what a host would be asked for is still missing.

    Raises:
        LaunchpolicyError: it cannot be judged.
    """
    root = require_launch_root(request if request.is_dir() else request.parent)
    files = work_tree(root)
    collected = read_record(record) if record is not None else None
    note = counted = None
    if base is None:
        path = request_path(root, file_in_folder(root, request))
        _require_no_rule(files, path)
        check_input = check.collect_input(CheckOptions(Path.cwd(), (request,)), now)
        # What looks the request up is judged with it, and is another's to do.
        asked = tuple(
            one for one in check_input.submissions if one.path == path or one.other_files is None
        )
        check_input = check_input._replace(submissions=asked)
        if collected is None:
            counted = _with_signed_approvals(check_input, root, files, now)
        check_input = counted or _with_approvals_here(check_input, files, collected, now)
    else:
        options = CheckOptions(root, base=base, collected=collected, by_hand=collected is not None)
        check_input = check.collect_input(options, now)
        path = request_path(root, file_in_folder(root, request))
        asked = tuple(one for one in check_input.submissions if one.path == path)
        if not asked and not _is_about_rules(check_input, path):
            raise _not_changed(request, base)
        check_input = check_input._replace(submissions=asked)
        note = _other_version_here(files, asked[0]) if asked else None
    directory = load_directory(files, check_input.rules.configuration.paths)
    report = check.run_check(check_input)
    if base is None and counted is None and _is_pending(report):
        note = _uncounted_here(check_input, files)
    return OpenTasks(check_input, report, directory, note)


def _is_pending(report: Report) -> bool:
    return any(
        result.outcome is Outcome.PENDING
        for judgement in report.judgements
        for result in judgement.results
    )


def _is_about_rules(check_input: CheckInput, path: str) -> bool:
    """Return whether the file at a path is a rule, and the change is one of rules."""
    return check_input.rule_change is not None and is_rule(path, check_input.rules.configuration)


def _require_no_rule(files: WorkTreeSnapshot, path: str) -> None:
    """Require that the file at a path is no rule: only a change of the rules is approved.

    Raises:
        UsageError: it is one.
        MalformedRulesError: the configuration is not right.
    """
    _, configuration = load_configuration(files)
    if not is_rule(path, configuration):
        return
    raise UsageError(
        Text(
            f"{path} is a rule, and no request: what is approved is a change of the rules.",
            f"{path} 是规则文件而不是申请：需要审批的是规则的变更。",
        ),
        Text(
            "Add --base, such as --base main, to see who can approve the change of HEAD.",
            "请加上 --base（例如 --base main），查看 HEAD 的规则变更可由谁审批。",
        ),
    )


def _uncounted_here(check_input: CheckInput, files: WorkTreeSnapshot) -> Text | None:
    """Return a note if there are signed approvals, which count only against a base."""
    folders = {approval_folder(submission.path) for submission in check_input.submissions}
    is_signed = check_input.rules.configuration.approvals == SIGNED
    if not is_signed or not any(any(files.entries(folder)) for folder in folders):
        return None
    return Text(
        "There are signed approvals, which may count only once the request is held against the "
        "branch that it is merged into: add --base, such as --base main.",
        "已有签名审批；部分审批须与合入的分支对照后才会计入，请加上 --base，例如 --base main。",
    )


def _other_version_here(files: WorkTreeSnapshot, judged: Submission) -> Text | None:
    """Return a note if the request in the work tree is not the committed one that is judged."""
    data = bytes_at(files, judged.path, MAX_BYTES)
    if judged.new is not None and data == judged.new.source:
        return None
    path = judged.path
    return Text(
        f"Looked at HEAD: {path} has changes here that are not committed, and they are not judged.",
        f"查看的是 HEAD：{path} 在本地有尚未提交的改动，未参与判定。",
    )


def _with_signed_approvals(
    check_input: CheckInput, root: Path, files: WorkTreeSnapshot, now: datetime
) -> CheckInput | None:
    """Return the input with the signed approvals that count against the usual base.

    None where approvals are not signed files, or nothing is known that they could be held against.
    """
    rules = check_input.rules
    if rules.configuration.approvals != SIGNED or find_top(root) is None:
        return None
    try:
        with open_repository(root) as repository:
            base = base_of(repository)
            prefix = prefix_of(repository.top, root)
            if base is None or configuration_at(repository, base, prefix) is None:
                return None
            commits = base.commit, resolve(repository, "HEAD")
            run = electorate_between(repository, commits, prefix, rules, None, now)
            return _counted_in(check_input, replace(run, proposed=files))
    except (UndecidedError, MalformedRulesError):  # a shallow clone: nothing to hold them against
        return None


def _counted_in(check_input: CheckInput, run: Electorate) -> CheckInput:
    """Return the input with the approvals of a run; none of them comes later."""
    submissions = tuple(
        submission._replace(approvals_come_later=False)
        for submission in add_approvals(list(check_input.submissions), run)
    )
    return check_input._replace(submissions=submissions)


def _with_approvals_here(
    check_input: CheckInput,
    files: WorkTreeSnapshot,
    collected: ApprovalRecord | None,
    now: datetime,
) -> CheckInput:
    source = check_input.rules.configuration.approvals
    if collected is None and source != SIGNED:
        collected = ApprovalRecord(source)
    return _counted_in(check_input, Electorate(check_input.rules, files, files, now, collected))


def _not_changed(request: Path, base: str) -> UsageError:
    return UsageError(
        Text(
            f"{request} is as it is in {base}: there is nothing to approve.",
            f"{request} 与 {base} 中相同：没有需要审批的内容。",
        ),
        Text("Leave --base out to see its current state.", "去掉 --base 可查看其现状。"),
    )
