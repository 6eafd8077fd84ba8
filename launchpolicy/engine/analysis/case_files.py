"""The other files of a policy's test case, found as the case writes them down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from launchpolicy.documents.reading import Document
from launchpolicy.engine.context import Context
from launchpolicy.engine.submission import RequestVersion, Submission
from launchpolicy.facts.other_files import OtherFiles
from launchpolicy.policy.policy import Policy
from launchpolicy.vocabulary.text import Text


class CaseFiles(NamedTuple):
    """The other files of a case, by path: as they are, and as they were (None: not said).

    `data` are the data documents that the case supposes, by name.
    """

    files: Mapping[str, str]
    old_files: Mapping[str, str] | None
    data: Mapping[str, Any]


FindOtherFiles = Callable[[Policy, Submission, CaseFiles], OtherFiles | None]
"""Finds what a policy asks about other files, those of a case."""


def other_files_in(
    case: Mapping[str, Any], context: Context, policy: Policy, find: FindOtherFiles
) -> OtherFiles | None:
    """Return what `policy` finds of other files in a case, whose document is in `context`."""
    policy = policy._replace(params={**policy.params, **case.get("params", {})})
    new, old = _version(context.document), _version(context.old)
    submission = Submission(context.kind, context.path, new, old)
    files = CaseFiles(case.get("files", {}), case.get("oldFiles"), context.data)
    return find(policy, submission, files)


def first_problem(others: OtherFiles | None) -> Text | None:
    """Return what is wrong with a document that a case looks up; None where nothing is."""
    if others is None or not others.problems:
        return None
    finding = others.problems[0].findings[0]
    return Text(
        f"files: {finding.place}: {finding.message.en}",
        f"files：{finding.place}：{finding.message.zh}",
    )


def _version(document: Document | None) -> RequestVersion | None:
    if document is None:
        return None
    return RequestVersion(document.path, document.text.encode(), document)
