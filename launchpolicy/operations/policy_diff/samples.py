"""The requests that two versions of a policy are asked about: its cases, and the repository's own.

Each sample can be asked about with other data. Facts that were read about the real request stay,
so other data may refer to no evidence but what the request refers to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from launchpolicy.documents.lineless import without_lines
from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.validation import check
from launchpolicy.engine.amendments import AmendmentError, amend
from launchpolicy.engine.analysis.case_context import CaseError, context_of_case, with_other_files
from launchpolicy.engine.analysis.case_files import CaseFiles
from launchpolicy.engine.analysis.decided_otherwise import PolicyVersion, RequestSample
from launchpolicy.engine.context import Context
from launchpolicy.engine.submission import RequestVersion, Submission
from launchpolicy.facts.change import change_between
from launchpolicy.facts.evidence.references import references
from launchpolicy.facts.evidence.variable import evidence_fact, reference_data
from launchpolicy.facts.facts import NO_FACTS, Facts
from launchpolicy.facts.marked_facts import with_marked_facts
from launchpolicy.facts.other_files import OtherFiles
from launchpolicy.operations.policy.test import PolicyUnderTest
from launchpolicy.operations.policy_diff.sides import RulesSide
from launchpolicy.operations.submissions.case_files import other_files_of_case
from launchpolicy.operations.submissions.compared_base import base_of_requests
from launchpolicy.operations.submissions.facts import add_facts
from launchpolicy.operations.submissions.facts_read import OTHER_FILES, is_read_by
from launchpolicy.operations.submissions.other_files import OtherFilesReader
from launchpolicy.operations.submissions.read import (
    changed_submissions,
    request_entries,
    submissions,
)
from launchpolicy.policy.expressions import mentions
from launchpolicy.policy.policy import Policy
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.errors import LaunchpolicyError, UndecidedError
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.snapshot import Snapshot
from launchpolicy.vocabulary.text import Text

_MOST_REQUESTS = 200
"""Of the repository; more would say no more, and take long."""

_DATA = "data"


def case_samples(side: RulesSide, pack: str, policy: Policy, kind: Kind) -> list[RequestSample]:
    """Return the cases of one version of a policy; none of a shipped pack, whose are elsewhere.

    Raises:
        MalformedRulesError: the cases are not right.
    """
    folder = side.pack_folder(pack)
    if folder is None or pack not in side.rules.packs:
        return []
    own, kinds = side.rules.packs[pack], side.rules.kinds
    tested = PolicyUnderTest(side.snapshot, folder, own, policy, kind, kinds)
    if side.snapshot.entry(tested.path) is None:
        return []
    test, baselines = tested.cases()
    samples = (
        _case_sample(tested, test["spec"], case, baselines) for case in test["spec"]["cases"]
    )
    return [sample for sample in samples if sample is not None]


def _case_sample(
    tested: PolicyUnderTest,
    spec: Mapping[str, Data],
    case: Mapping[str, Data],
    baselines: Mapping[str, Data],
) -> RequestSample | None:
    facts = {**spec.get("facts", {}), **case.get("facts", {})}
    whole = {**spec, **case, "facts": facts}
    original = whole.get("object")
    if original is None:
        return None
    try:
        amended = amend(baselines[original], case.get("set", {}), case.get("remove", ()))
    except AmendmentError:
        return None
    given = {key: value for key, value in whole.items() if key not in {"set", "remove"}}
    given["object"] = _DATA
    if isinstance(given.get("old"), dict):
        given["old"] = {"object": original, **given["old"]}
    policy, kind = tested.policy, tested.kind
    reads_texts = mentions(policy, "texts")

    def context_of(data: Data) -> Context | None:
        known = {**baselines, _DATA: amended if data is None else data}
        try:
            return context_of_case(kind, given, known, reads_texts=reads_texts)
        except CaseError:
            return None

    def beside(context: Context, version: PolicyVersion) -> Context | None:
        """Return the context with the other files of the case, as a version asks for them."""
        context = _with_data(context, version, facts.get("data", {}))
        if not _asks_for_files(version.policy):
            return context
        find = partial(_files_of_case, version.rules.kinds)
        try:
            return with_other_files(given, context, version.policy, find)
        except CaseError:
            return None

    name = case["name"]
    data = None if case.get("delete") else amended
    return RequestSample(Text(f"case `{name}`", f"用例 `{name}`"), data, context_of, beside)


def _files_of_case(
    kinds: Mapping[str, Kind],
    policy: Policy,
    submission: Submission,
    files: CaseFiles,
) -> OtherFiles | None:
    """Return what a policy asks about the files of a case, by the kinds of its own version."""
    return other_files_of_case(policy, kinds, submission, files)


def _with_data(context: Context, version: PolicyVersion, given: Mapping[str, Data]) -> Context:
    """Return a context with the data documents of a version, and in their place what is given."""
    kind = version.rules.kinds.get(context.kind)
    values = kind.data.values if kind is not None else {}
    return context._replace(data={**values, **given})


def _asks_for_files(policy: Policy) -> bool:
    return any(is_read_by(policy, name) for name in OTHER_FILES)


def request_samples(
    old: RulesSide, new: RulesSide, now: datetime
) -> dict[str, list[RequestSample]]:
    """Return the requests that the newer side holds, as new ones, by kind.

    Raises:
        UndecidedError: one cannot be read.
    """
    entries = list(request_entries(new.snapshot, new.rules))[:_MOST_REQUESTS]
    if not entries:
        return {}
    changes = changed_submissions(entries, None)
    try:
        proposals = submissions(changes, new.rules, new.snapshot, None)
        facts = [
            [item.facts for item in add_facts(proposals, side.rules, _where(side, new), now)]
            for side in (old, new)
        ]
    except UndecidedError:
        raise
    except LaunchpolicyError:  # people or calendar are not right: the check says so
        return {}
    samples: dict[str, list[RequestSample]] = {}
    for submission, before, after in zip(proposals, *facts, strict=True):
        kind = new.rules.kinds[submission.kind]
        whole = submission._replace(facts=_joint(before, after))
        sample = _request_sample(whole, kind, now, new.snapshot)
        if sample is not None:
            samples.setdefault(kind.name, []).append(sample)
    return samples


def _where(side: RulesSide, new: RulesSide) -> tuple[Snapshot, Snapshot]:
    return side.snapshot, new.snapshot


def _joint(before: Facts, after: Facts) -> Facts:
    """Return the facts that either side asked for."""
    fields = {
        name: getattr(after, name)
        if getattr(after, name) is not getattr(NO_FACTS, name)
        else getattr(before, name)
        for name in Facts._fields
    }
    return Facts(**fields)


def _request_sample(
    submission: Submission, kind: Kind, now: datetime, snapshot: Snapshot
) -> RequestSample | None:
    version = submission.new
    if version is None or submission.unjudged is not None or version.problems(kind):
        return None
    document = version.document()
    if not isinstance(document, Document) or version.open_questions(kind):
        return None
    path = submission.path

    def context_of(data: Data) -> Context | None:
        changed = _document(path, kind, data)
        evidence = _evidence(submission.facts, kind, data) if changed is not None else None
        if evidence is None:
            return None
        facts = submission.facts._replace(evidence=evidence)
        facts = with_marked_facts(facts, kind.schema, (data, None))
        change = change_between(None, data)
        context = Context(kind.name, path, changed, None, change, (), now, facts)
        return context._replace(schema=kind.schema, approvals_come_later=True)

    def beside(context: Context, version: PolicyVersion) -> Context | None:
        """Return the context with the other files of the snapshot, as a version asks for them."""
        context = _with_data(context, version, {})
        if context.document is None or not _asks_for_files(version.policy):
            return context
        source = context.document.text.encode()
        proposal = submission._replace(new=RequestVersion(path, source, context.document))
        base = base_of_requests([proposal], snapshot)
        others = OtherFilesReader(version.rules, snapshot, base).other_files(proposal)
        if others is not None and others.problems:
            return None
        return context._replace(other_files=others)

    return RequestSample(Text(path, path), document.data, context_of, beside)


def _evidence(facts: Facts, kind: Kind, data: Data) -> Mapping[str, Data] | None:
    """Return what is known of the evidence of changed data; None where some of it was not read."""
    if not facts.evidence["references"]:  # no policy asks for it
        return facts.evidence
    known = {_content(record): record for record in facts.evidence["references"]}
    records = []
    for reference in references(kind.schema, data):
        stated = reference_data(reference)
        record = known.get(_content(stated))
        if record is None:
            return None
        records.append({**record, **stated})
    return evidence_fact(records)


def _content(record: Mapping[str, Data]) -> tuple[str, str, str]:
    return record["path"], record["kind"], record["sha256"]


def _document(path: str, kind: Kind, data: Data) -> Document | None:
    document = read(path, json.dumps(data, ensure_ascii=False).encode())
    if not isinstance(document, Document) or check(kind.schema, document):
        return None
    return without_lines(document)


def with_same_kind(
    samples: Mapping[str, Sequence[RequestSample]], policies: Sequence[Policy]
) -> Iterator[RequestSample]:
    """Yield the samples of every kind that some policy is about."""
    for kind, of_kind in samples.items():
        if any(kind in policy.match.kinds for policy in policies):
            yield from of_kind
