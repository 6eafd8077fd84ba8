"""What is missing before a launch may start, derived from the policies of the stage `launched`.

The rule: a copy of the request is judged at the stage `launched`, with an execution that starts
now, by those whom the plan names. Whatever the policies find in it then is missing before the
start, but for what can only be recorded once the launch has begun: how its steps went, when it
was over, what was checked and found afterwards (`AFTER_THE_START`). All else counts, also a place
that a policy of the repository's own reads. Approvals that the stage asks for are given to what
was recorded, so they are no part of it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from launchpolicy.documents.lineless import UnplacedDocument
from launchpolicy.documents.reading import Document
from launchpolicy.engine.submission import RequestVersion
from launchpolicy.requests.kinds import STAGE, value_at
from launchpolicy.vocabulary.finding import Action, Finding, Judgement, Outcome, PolicyResult
from launchpolicy.vocabulary.place import Route

LAUNCHED: Final = "launched"

AFTER_THE_START: Final[tuple[Route, ...]] = (
    ("status", "execution", "finishedAt"),
    ("status", "execution", "steps"),
    ("status", "checksAfter"),
    ("status", "problems"),
    ("status", "newBackups"),
    ("status", "systemLog"),
    ("status", "resumption"),
    ("status", "report"),
    ("status", "summary"),
)
"""Where only what happened after the start is recorded."""

_EXECUTION: Route = ("status", "execution")
_STARTED: Route = (*_EXECUTION, "startedAt")
_PEOPLE = (("by", ("spec", "people", "executor")), ("watchedBy", ("spec", "people", "watcher")))


def as_started(version: RequestVersion, now: datetime) -> RequestVersion:
    """Return a copy of a request as if its launch started now; one that began keeps its start.

    Its document knows no lines. Without a document in its bytes the request is returned as it is.
    """
    document = version.document()
    if not isinstance(document, Document) or not isinstance(document.data, dict):
        return version
    data: Any = copy.deepcopy(document.data)
    status = data.setdefault(STAGE[0], {})
    if isinstance(status, dict):
        status[STAGE[1]] = LAUNCHED
        execution = status.setdefault(_EXECUTION[1], {})
        if isinstance(execution, dict):
            execution.setdefault(_STARTED[2], now.isoformat(timespec="seconds"))
            for key, route in _PEOPLE:
                person = value_at(data, route)
                if person is not None:
                    execution.setdefault(key, person)
    return RequestVersion(
        version.path, version.source, UnplacedDocument(version.path, document.text, data)
    )


def missing_before_start(judgement: Judgement) -> Iterator[Finding]:
    """Yield what keeps the launch from starting, of the judgement of a copy that started now."""
    yield from judgement.refusals
    for result in judgement.results:
        if _stops(result):
            yield from (finding for finding in result.findings if _is_before(finding))


def _stops(result: PolicyResult) -> bool:
    return result.outcome is Outcome.FAILED and result.action is Action.DENY


def _is_before(finding: Finding) -> bool:
    route = finding.place.full_route
    return not any(route[: len(later)] == later for later in AFTER_THE_START)
