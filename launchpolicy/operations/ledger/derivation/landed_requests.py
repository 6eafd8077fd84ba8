"""Describe the requests of a landing as entries do: data, evidence, names and renames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from launchpolicy.documents.reading import Document
from launchpolicy.engine.document_name import name_of
from launchpolicy.engine.submission import RequestVersion, data_of
from launchpolicy.facts.evidence.references import Reference
from launchpolicy.ledger.landing import LandedRequest
from launchpolicy.operations.approvals.versions import found_digest
from launchpolicy.operations.ledger.derivation.judge_landing import JudgedRequest, LandingJudge
from launchpolicy.operations.ledger.derivation.landed_documents import own_source
from launchpolicy.requests.kinds import Kind, value_at
from launchpolicy.vocabulary.finding import Judgement, Operation, worst
from launchpolicy.vocabulary.snapshot import Snapshot
from launchpolicy.vocabulary.text import Text

_NAME = ("metadata", "name")


def landed_requests(
    judge: LandingJudge, judged_requests: Sequence[JudgedRequest]
) -> Iterator[LandedRequest]:
    """Yield each request of a landing; a moved one is one, not one gone and one new."""
    display = _display(judge)
    alone = list(judged_requests)
    for old, new in _moves(judged_requests):
        alone.remove(old)
        alone.remove(new)
        yield _moved_request(
            _landed_request(judge, old, display), _landed_request(judge, new, display)
        )
    for judged_request in alone:
        yield _landed_request(judge, judged_request, display)


def _landed_request(
    judge: LandingJudge, judged_request: JudgedRequest, display: Mapping[str, Text]
) -> LandedRequest:
    submission = judged_request.submission
    kind = judge.rules.pack_set.kinds[submission.kind]
    new, old = data_of(submission.new), data_of(submission.old)
    return LandedRequest(
        judgement=_with_name(judged_request.judgement, kind, submission.new),
        new=new,
        old=old,
        source=own_source(submission),
        staged=bool(kind.process),
        evidence=tuple(_evidence(judge.new, kind, submission.new)),
        display=display,
        document=submission.document,
        fixed=judge.fixed_policies(submission) if submission.new is not None else (),
    )


def _moves(
    judged_requests: Sequence[JudgedRequest],
) -> Iterator[tuple[JudgedRequest, JudgedRequest]]:
    """Yield pairs of a request that is gone and one that has come: the same launch.

    The same bytes at another path, or the same name, or all that was asked for under another name.
    """
    gone = [
        candidate
        for candidate in judged_requests
        if candidate.judgement.operation is Operation.DELETE
    ]
    come = [
        candidate
        for candidate in judged_requests
        if candidate.judgement.operation is Operation.CREATE
    ]
    for old in gone:
        twin = next((candidate for candidate in come if _is_same(old, candidate)), None)
        if twin is not None:
            come.remove(twin)
            yield old, twin


def _is_same(old: JudgedRequest, new: JudgedRequest) -> bool:
    before, after = old.submission, new.submission
    if before.kind != after.kind or before.old is None or after.new is None:
        return False
    if after.document:
        return after.moved_from is before.old
    if before.old.source == after.new.source:
        return True
    then, now = data_of(before.old), data_of(after.new)
    if not isinstance(then, dict) or not isinstance(now, dict):
        return False
    name, spec = value_at(then, _NAME), then.get("spec")
    is_named_alike = name is not None and name == value_at(now, _NAME)
    return is_named_alike or (spec is not None and spec == now.get("spec"))


def _moved_request(old: LandedRequest, new: LandedRequest) -> LandedRequest:
    verdict = worst([old.judgement.verdict, new.judgement.verdict])
    return replace(
        new,
        judgement=new.judgement._replace(verdict=verdict),
        old=old.old,
        renamed_from=(old.judgement.name, old.judgement.path, old.document),
    )


def _with_name(judgement: Judgement, kind: Kind, version: RequestVersion | None) -> Judgement:
    """Return a refused request's judgement under the name that it still says, if any."""
    if version is None or judgement.name != version.path:
        return judgement
    document = version.document()
    if not isinstance(document, Document) or not isinstance(value_at(document.data, _NAME), str):
        return judgement
    return judgement._replace(name=name_of(kind, document))


def _evidence(
    snapshot: Snapshot, kind: Kind, version: RequestVersion | None
) -> Iterator[tuple[Reference, str]]:
    if version is not None:
        for reference in version.references(kind):
            yield reference, found_digest(snapshot, version.path, reference)


def _display(judge: LandingJudge) -> dict[str, Text]:
    people_and_calendar = judge.rules.people_and_calendar
    if people_and_calendar is None or people_and_calendar.directory is None:
        return {}
    return {person.name: person.display for person in people_and_calendar.directory.people}
