"""The requests of a landing as entries tell them: their data, evidence, names and renames."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from launchpolicy.documents.reading import Document
from launchpolicy.engine.document_name import name_of
from launchpolicy.engine.submission import RequestVersion
from launchpolicy.facts.evidence.references import Reference
from launchpolicy.ledger.landing import LandedRequest
from launchpolicy.operations.approvals.versions import found_digest
from launchpolicy.operations.ledger.judge_landing import JudgedRequest, LandingJudge
from launchpolicy.requests.kinds import Kind, value_at
from launchpolicy.vocabulary.finding import Judgement, Operation, worst
from launchpolicy.vocabulary.snapshot import Snapshot
from launchpolicy.vocabulary.text import Text

_NAME = ("metadata", "name")


def landed_requests(
    bench: LandingJudge, judged: Sequence[JudgedRequest]
) -> Iterator[LandedRequest]:
    """Each request of a landing; one that was moved is one, not one gone and one new."""
    display = _display(bench)
    alone = list(judged)
    for old, new in _moves(judged):
        alone.remove(old)
        alone.remove(new)
        yield _moved(_landed(bench, old, display), _landed(bench, new, display))
    for each in alone:
        yield _landed(bench, each, display)


def _landed(
    bench: LandingJudge, judged: JudgedRequest, display: Mapping[str, Text]
) -> LandedRequest:
    submission, kind = judged.submission, bench.rules.pack_set.kinds[judged.submission.kind]
    new, old = _data(submission.new), _data(submission.old)
    return LandedRequest(
        judgement=_named(judged.judgement, kind, submission.new),
        new=new,
        old=old,
        source=submission.new.source if submission.new is not None else None,
        staged=bool(kind.process),
        evidence=tuple(_evidence(bench.new, kind, submission.new)),
        display=display,
        fixed=bench.fixed(submission) if submission.new is not None else (),
    )


def _moves(judged: Sequence[JudgedRequest]) -> Iterator[tuple[JudgedRequest, JudgedRequest]]:
    """Pairs of a request that is gone and one that has come which are the same launch.

    The same bytes at another path, or the same name, or all that was asked for under another name.
    """
    gone = [each for each in judged if each.judgement.operation is Operation.DELETE]
    come = [each for each in judged if each.judgement.operation is Operation.CREATE]
    for old in gone:
        twin = next((each for each in come if _is_same(old, each)), None)
        if twin is not None:
            come.remove(twin)
            yield old, twin


def _is_same(old: JudgedRequest, new: JudgedRequest) -> bool:
    before, after = old.submission, new.submission
    if before.kind != after.kind or before.old is None or after.new is None:
        return False
    if before.old.source == after.new.source:
        return True
    then, now = _data(before.old), _data(after.new)
    if not isinstance(then, dict) or not isinstance(now, dict):
        return False
    name, spec = value_at(then, _NAME), then.get("spec")
    is_named_alike = name is not None and name == value_at(now, _NAME)
    return is_named_alike or (spec is not None and spec == now.get("spec"))


def _moved(old: LandedRequest, new: LandedRequest) -> LandedRequest:
    verdict = worst([old.judgement.verdict, new.judgement.verdict])
    return replace(
        new,
        judgement=replace(new.judgement, verdict=verdict),
        old=old.old,
        renamed_from=(old.judgement.name, old.judgement.path),
    )


def _named(judgement: Judgement, kind: Kind, version: RequestVersion | None) -> Judgement:
    """A request that was refused is called by its path; where it still says its name, by that."""
    if version is None or judgement.name != version.path:
        return judgement
    document = version.document()
    if not isinstance(document, Document) or not isinstance(value_at(document.data, _NAME), str):
        return judgement
    return replace(judgement, name=name_of(kind, document))


def _data(version: RequestVersion | None) -> Any:  # noqa: ANN401 (plain data)
    """The plain data of a version, None where there is none; a refused one may be any."""
    document = version.document() if version is not None else None
    return document.data if isinstance(document, Document) else None


def _evidence(
    snapshot: Snapshot, kind: Kind, version: RequestVersion | None
) -> Iterator[tuple[Reference, str]]:
    if version is not None:
        for reference in version.references(kind):
            yield reference, found_digest(snapshot, version.path, reference)


def _display(bench: LandingJudge) -> dict[str, Text]:
    surroundings = bench.rules.surroundings
    if surroundings is None or surroundings.directory is None:
        return {}
    return {person.name: person.display for person in surroundings.directory.people}
