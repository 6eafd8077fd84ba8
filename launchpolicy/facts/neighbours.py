"""The CEL variable `launches`: what a request has to do with the other requests beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from launchpolicy.facts.claims import (
    Claim,
    claims_by_key,
    claims_of,
    contested_claims,
    contested_within,
)
from launchpolicy.facts.evidence.references import Reference
from launchpolicy.facts.failures import LaunchAttempt, attempt_of, failures_fact
from launchpolicy.facts.launch_windows import Interval, window_of
from launchpolicy.facts.relatedness import (
    DEPENDS_ON,
    EARLIER,
    EMERGENCY,
    ENVIRONMENT,
    OPEN,
    PRODUCT,
    RISK,
)
from launchpolicy.requests.kinds import STAGE, text_at, value_at
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Data, Route, format_route

Fields = dict[str, Any]

_VOID = ("cancelled", "rolled-back")
_LAUNCHED = ("launched", "verified", "closed")
_OWING = ("launched", "verified", "rolled-back")
_NAME: Route = ("metadata", "name")


class RequestSummary(NamedTuple):
    """What a request says that may matter to the requests beside it, found once.

    `own_name` is "" where the request has none; `name` is its path then. `overlap` and `review` are
    what others learn about it: that its launch is open, and that it owes a review.
    """

    path: str
    own_name: str
    name: str
    stage: str
    product: str
    environment: str
    risk: str
    window: Interval | None
    depends_on: Sequence[object]
    claims: Sequence[Claim]
    claims_by_key: Mapping[tuple[str, str], Sequence[Claim]]
    references: tuple[Reference, ...]
    references_by_digest: Mapping[str, Reference]
    overlap: Fields | None
    review: Fields | None
    attempt: LaunchAttempt


def summary_of(path: str, data: Data, references: tuple[Reference, ...]) -> RequestSummary:
    """Return the summary of the request `data` at `path` with these references to evidence."""
    own_name, stage = text_at(data, _NAME), text_at(data, STAGE)
    depends_on = value_at(data, DEPENDS_ON)
    claims = claims_of(data)
    by_digest: dict[str, Reference] = {}
    for reference in references:
        by_digest.setdefault(reference.sha256, reference)
    return RequestSummary(
        path=path,
        own_name=own_name,
        name=own_name or path,
        stage=stage,
        product=text_at(data, PRODUCT),
        environment=text_at(data, ENVIRONMENT),
        risk=text_at(data, RISK),
        window=window_of(data),
        depends_on=depends_on if isinstance(depends_on, list) else (),
        claims=claims,
        claims_by_key=claims_by_key(claims),
        references=references,
        references_by_digest=by_digest,
        overlap=_overlap(own_name or path, data) if stage in OPEN else None,
        review=_review(own_name or path, data),
        attempt=attempt_of(own_name or path, data),
    )


def launches_fact(ours: RequestSummary, others: Iterable[RequestSummary]) -> Fields:
    """Return the variable for the request `ours`.

    A request is known by its path alone: one that took the name of another request
    could otherwise hide from it. One that is cancelled or rolled back neither overlaps nor claims.

    Args:
        ours: the request.
        others: other requests, all that may concern it; one of its own path is passed over.
    """
    beside = [other for other in others if other.path != ours.path]
    is_void = ours.stage in _VOID
    return {
        "overlaps": [] if is_void else list(_overlaps(ours, beside)),
        "claims": [] if is_void else list(_claims(ours, beside)),
        "dependencies": list(_dependencies(ours, beside)),
        "reused": list(_reused_evidence(ours, beside)),
        "reviewsOwed": list(_reviews_owed(ours, beside)),
        "earlier": list(_earlier(ours, beside)),
        "failures": list(failures_fact(ours.attempt, [other.attempt for other in beside])),
    }


def _overlap(name: str, data: object) -> Fields:
    return {
        "name": name,
        "product": text_at(data, PRODUCT),
        "environment": text_at(data, ENVIRONMENT),
        "stage": text_at(data, STAGE),
        "start": text_at(data, ("spec", "window", "start")),
        "end": text_at(data, ("spec", "window", "end")),
    }


def _review(name: str, data: object) -> Fields | None:
    """Return the review that an emergency launch still owes; None where it owes none."""
    stage = text_at(data, STAGE)
    is_reviewed = value_at(data, ("status", "review")) is not None
    if text_at(data, RISK) != EMERGENCY or stage not in _OWING or is_reviewed:
        return None
    due = text_at(data, ("spec", "emergency", "reviewBy"))
    return {"name": name, "stage": stage, "reviewBy": due}


def _overlaps(ours: RequestSummary, others: Sequence[RequestSummary]) -> Iterator[Fields]:
    if ours.window is None:
        return
    for other in others:
        is_shared = (ours.product and ours.product == other.product) or (
            ours.environment and ours.environment == other.environment
        )
        if not is_shared or other.overlap is None or other.window is None:
            continue
        if ours.window.meets(other.window):
            yield other.overlap


def _claims(ours: RequestSummary, others: Sequence[RequestSummary]) -> Iterator[Fields]:
    contested = [(pair, ours.name) for pair in contested_within(ours.claims)]
    keys = ours.claims_by_key.keys()
    for other in others:
        if other.stage not in _VOID and not keys.isdisjoint(other.claims_by_key):
            pairs = contested_claims(ours.claims, other.claims_by_key)
            contested += [(pair, other.name) for pair in pairs]
    for (mine, theirs), name in contested:
        yield {
            "kind": mine.kind,
            "what": mine.what,
            "at": format_route(mine.route),
            "name": name,
            "theirs": format_route(theirs.route),
        }


def _dependencies(ours: RequestSummary, others: Sequence[RequestSummary]) -> Iterator[Fields]:
    """Yield what the request depends on: launched only if every request of that name is.

    `precedes` says that each of them has a window, which ends before ours begins. Requests that
    depend on each other in a circle cannot all precede each other.
    """
    everybody = [*others, ours] if ours.depends_on else []
    for index, name in enumerate(ours.depends_on):
        if not isinstance(name, str):
            continue
        named = [request for request in everybody if request.own_name == name]
        stages = [request.stage for request in named]
        is_itself = ours.own_name == name
        yield {
            "name": name,
            "at": format_route((*DEPENDS_ON, index)),
            "stage": next(
                (stage for stage in stages if stage not in _LAUNCHED), "".join(stages[:1])
            ),
            "known": bool(stages),
            "launched": bool(stages)
            and not is_itself
            and all(stage in _LAUNCHED for stage in stages),
            "precedes": bool(named) and all(_precedes(request, ours) for request in named),
            "itself": is_itself,
        }


def _precedes(other: RequestSummary, ours: RequestSummary) -> bool:
    if other.window is None or ours.window is None:
        return False
    return other.window.end <= ours.window.start


def _reviews_owed(ours: RequestSummary, others: Sequence[RequestSummary]) -> Iterator[Fields]:
    """Yield emergency launches of the same product whose review is still missing."""
    for other in others if ours.product else ():
        if other.review is not None and other.product == ours.product:
            yield other.review


def _earlier(ours: RequestSummary, others: Sequence[RequestSummary]) -> Iterator[Fields]:
    """Yield the launches of the same product that were carried out, whatever came of them."""
    for other in others if ours.product else ():
        if other.product == ours.product and other.stage in EARLIER:
            yield {"name": other.name, "stage": other.stage}


def _reused_evidence(ours: RequestSummary, others: Sequence[RequestSummary]) -> Iterator[Fields]:
    """Yield evidence whose very bytes vouch for another request as well."""
    digests = ours.references_by_digest.keys()
    for other in others if digests else ():
        theirs = other.references_by_digest
        if digests.isdisjoint(theirs):
            continue
        for mine in ours.references:
            if mine.sha256 in theirs:
                yield {
                    "at": format_route(mine.route),
                    "path": mine.path,
                    "name": other.name,
                    "theirs": format_route(theirs[mine.sha256].route),
                }
