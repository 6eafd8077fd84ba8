"""The CEL variable `launches`: what a request has to do with the other requests beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from launchpolicy.documents.instants import parse_instant
from launchpolicy.facts.claims import claims_of, contested_claims, contested_within, text_at
from launchpolicy.facts.evidence.references import Reference
from launchpolicy.facts.launch_windows import Interval
from launchpolicy.facts.relatedness import (
    DEPENDS_ON,
    EMERGENCY,
    ENVIRONMENT,
    OPEN,
    PRODUCT,
    RISK,
    shared_names_of,
)
from launchpolicy.requests.kinds import STAGE, value_at
from launchpolicy.vocabulary.place import Route, format_route

Data = dict[str, Any]
Others = Sequence[tuple[str, Any]]
References = Callable[[Any], Iterable[Reference]]

_VOID = ("cancelled", "rolled-back")
_LAUNCHED = ("launched", "verified", "closed")
_OWING = ("launched", "verified", "rolled-back")
_NAME: Route = ("metadata", "name")


def launches_fact(
    path: str,
    data: Any,  # noqa: ANN401 (plain data)
    others: Iterable[tuple[str, Any]],
    references: References,
) -> Data:
    """The variable for the request `data` at `path`.

    A request is known by its path alone: one that took the name of another request
    could otherwise hide from it. One that is cancelled or rolled back neither overlaps nor claims.

    Args:
        path: where the request stands.
        data: the request.
        others: the path and data of other requests, all that `may_concern` it; its own
            path among them is passed over.
        references: finds the references of a request to evidence.
    """
    beside = [(each, other) for each, other in others if each != path]
    is_void = text_at(data, STAGE) in _VOID
    return {
        "overlaps": [] if is_void else list(_overlaps(data, beside)),
        "claims": [] if is_void else list(_claims(path, data, beside)),
        "dependencies": list(_dependencies(data, beside)),
        "reused": list(_reused(data, beside, references)),
        "reviewsOwed": list(_reviews_owed(data, beside)),
    }


def may_concern(data: Any, source: bytes) -> bool:  # noqa: ANN401 (plain data)
    """Whether the request in `source` may matter to `data`; false only if it certainly does not.

    For many sources, keep `concern_of(data)` and ask that.
    """
    return shared_names_of(data).includes(source)


def _name(path: str, data: object) -> str:
    return text_at(data, _NAME) or path


def _window(data: object) -> Interval | None:
    start = parse_instant(text_at(data, ("spec", "window", "start")))
    end = parse_instant(text_at(data, ("spec", "window", "end")))
    if start is None or end is None:
        return None
    return Interval(min(start, end), max(start, end))


def _overlaps(data: object, others: Others) -> Iterator[Data]:
    window = _window(data)
    product, environment = text_at(data, PRODUCT), text_at(data, ENVIRONMENT)
    for path, other in others:
        their_product, their_environment = text_at(other, PRODUCT), text_at(other, ENVIRONMENT)
        shared = (product and product == their_product) or (
            environment and environment == their_environment
        )
        stage, theirs = text_at(other, STAGE), _window(other)
        if not shared or stage not in OPEN or window is None or theirs is None:
            continue
        if window.meets(theirs):
            yield {
                "name": _name(path, other),
                "product": their_product,
                "environment": their_environment,
                "stage": stage,
                "start": text_at(other, ("spec", "window", "start")),
                "end": text_at(other, ("spec", "window", "end")),
            }


def _claims(path: str, data: object, others: Others) -> Iterator[Data]:
    ours = claims_of(data)
    found = [(pair, _name(path, data)) for pair in contested_within(ours)]
    for each, other in others if ours else ():
        if text_at(other, STAGE) not in _VOID:
            found += [
                (pair, _name(each, other)) for pair in contested_claims(ours, claims_of(other))
            ]
    for (mine, theirs), name in found:
        yield {
            "kind": mine.kind,
            "what": mine.what,
            "at": format_route(mine.route),
            "name": name,
            "theirs": format_route(theirs.route),
        }


def _dependencies(data: object, others: Others) -> Iterator[Data]:
    """What the request depends on: launched only if every request of that name is."""
    wanted = value_at(data, DEPENDS_ON)
    everybody = [*(other for _, other in others), data]
    for index, name in enumerate(wanted if isinstance(wanted, list) else ()):
        if not isinstance(name, str):
            continue
        stages = [text_at(each, STAGE) for each in everybody if text_at(each, _NAME) == name]
        is_itself = text_at(data, _NAME) == name
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
        }


def _reviews_owed(data: object, others: Others) -> Iterator[Data]:
    """Emergency launches of the same product that nobody has looked back on yet."""
    product = text_at(data, PRODUCT)
    for path, other in others:
        stage = text_at(other, STAGE)
        is_owing = text_at(other, RISK) == EMERGENCY and stage in _OWING
        is_reviewed = value_at(other, ("status", "review")) is not None
        if product and text_at(other, PRODUCT) == product and is_owing and not is_reviewed:
            due = text_at(other, ("spec", "emergency", "reviewBy"))
            yield {"name": _name(path, other), "stage": stage, "reviewBy": due}


def _reused(data: object, others: Others, references: References) -> Iterator[Data]:
    """Evidence whose very bytes vouch for another request as well."""
    ours = tuple(references(data))
    for path, other in others if ours else ():
        theirs: dict[str, Reference] = {}
        for reference in references(other):
            theirs.setdefault(reference.sha256, reference)
        for mine in ours:
            if mine.sha256 in theirs:
                yield {
                    "at": format_route(mine.route),
                    "path": mine.path,
                    "name": _name(path, other),
                    "theirs": format_route(theirs[mine.sha256].route),
                }
