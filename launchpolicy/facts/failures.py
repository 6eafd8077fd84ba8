"""Launches that failed and that nothing made good since: what a further attempt answers for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from launchpolicy.documents.instants import parse_instant
from launchpolicy.facts.change import change_between
from launchpolicy.facts.relatedness import AFTER, ENVIRONMENT, PRODUCT
from launchpolicy.requests.kinds import STAGE, text_at, value_at
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Data, Route, format_route

Fields = dict[str, Any]

_NUMBERS = re.compile(r"v?([0-9]{1,9}(?:\.[0-9]{1,9})*)(?![0-9])", re.IGNORECASE)
_LAUNCHED = ("launched", "verified", "closed")
_ROLLED_BACK_AT: tuple[Route, ...] = (
    ("status", "rollback", "finishedAt"),
    ("status", "rollback", "decidedAt"),
    ("status", "execution", "finishedAt"),
)
_CANCELLED_AT: tuple[Route, ...] = (("status", "cancellation", "at"),)
_LAUNCHED_AT: tuple[Route, ...] = (
    ("status", "execution", "finishedAt"),
    ("status", "execution", "startedAt"),
    ("spec", "window", "end"),
)


class LaunchAttempt(NamedTuple):
    """What a request says of an attempt at a launch, and what came of it.

    `is_failed` says that it was rolled back, or cancelled after its notice (D3.3.5); `ended` is
    when that was or when it was launched, "" where nobody recorded it. `content` is what tells
    what is launched from other things. `plan` has the `spec` of the request, and nothing else.
    """

    name: str
    stage: str
    product: str
    environment: str
    version: str
    after: str
    ended: str
    is_failed: bool
    content: frozenset[tuple[str, str]]
    plan: Fields


def attempt_of(name: str, data: object) -> LaunchAttempt:
    """Return the attempt that the request `data` of this name is."""
    stage = text_at(data, STAGE)
    is_failed = stage == "rolled-back" or (
        stage == "cancelled" and value_at(data, ("status", "notice")) is not None
    )
    ends = {"rolled-back": _ROLLED_BACK_AT, "cancelled": _CANCELLED_AT}.get(stage, _LAUNCHED_AT)
    spec = value_at(data, ("spec",))
    return LaunchAttempt(
        name=name,
        stage=stage,
        product=text_at(data, PRODUCT),
        environment=text_at(data, ENVIRONMENT),
        version=text_at(data, ("spec", "product", "version")),
        after=text_at(data, AFTER),
        ended=next((text for text in (text_at(data, route) for route in ends) if text), ""),
        is_failed=is_failed,
        content=frozenset(_content(data)),
        plan={"spec": spec} if is_failed or stage == "requested" else {},
    )


def failures_fact(ours: LaunchAttempt, others: Sequence[LaunchAttempt]) -> Iterator[Fields]:
    """Yield the failed launches that the request `ours` tries again, or says that it does.

    `open` are those of its product, in any environment and by any process, that nothing launched
    since. A fix of the version before, which has none of the content that failed, is no such
    attempt. `named` is what `spec.attempt.after` names. `edits` is what differs in the plans,
    and `installed` the digests of the files that the other handed over.
    """
    failures = (other for other in others if other.is_failed and ours.stage == "requested")
    for other in failures:
        is_named = bool(ours.after) and other.name == ours.after
        is_open = _repeats(ours, other) and not any(_settles(third, other) for third in others)
        if is_named or is_open:
            edits = change_between(other.plan, _in_words_of(other.plan, ours.plan)).edits
            yield {
                "name": other.name,
                "stage": other.stage,
                "failedAt": other.ended if parse_instant(other.ended) else "",
                "open": is_open,
                "named": is_named,
                "edits": [format_route(edit.route) for edit in edits],
                "installed": list(_digests(other.plan)),
            }


def _digests(data: object) -> Iterator[str]:
    """Yield the sha256 of each file that is handed over and installed."""
    items = value_at(data, ("spec", "handover", "installables"))
    texts = (text_at(item, ("sha256",)) for item in (items if isinstance(items, list) else ()))
    yield from (text for text in texts if text)


def _content(data: object) -> Iterator[tuple[str, str]]:
    """Yield what is launched: references of content, digests and commits of what is installed."""
    for route in (("spec", "content"), ("spec", "handover", "installables")):
        items = value_at(data, route)
        for item in items if isinstance(items, list) else ():
            reference = text_at(item, ("reference",))
            if reference:
                yield text_at(item, ("name",)), reference
            for key in (("sha256",), ("commit",), ("evidence", "sha256")):
                if text_at(item, key):
                    yield "", text_at(item, key)


def _in_words_of(old: Data, new: Data) -> Data:
    """Return `new` with each text as `old` writes it, where it says the same in fewer languages.

    A text left out in one language, or written without naming its language, changes no plan.
    """
    if _says_the_same(old, new):
        return old
    if isinstance(old, dict) and isinstance(new, dict):
        return {key: _in_words_of(old.get(key), value) for key, value in new.items()}
    if isinstance(old, list) and isinstance(new, list):
        by_name = {text_at(item, ("name",)): item for item in old}
        by_name.pop("", None)
        return [_in_words_of(by_name.get(text_at(item, ("name",))), item) for item in new]
    return new


def _says_the_same(old: object, new: object) -> bool:
    mine, theirs = _languages(new), _languages(old)
    if isinstance(new, str) != isinstance(old, str):
        return not set(mine.values()).isdisjoint(theirs.values())
    shared = mine.keys() & theirs.keys()
    return bool(shared) and all(mine[key] == theirs[key] for key in shared)


def _languages(text: object) -> dict[str, str]:
    """Return what a text says in each language it names, "" for none; {} where it is no text."""
    if isinstance(text, str):
        return {"": text}
    if isinstance(text, dict) and text.keys() <= {"en", "zh"}:
        return {key: value for key, value in text.items() if isinstance(value, str)}
    return {}


def _repeats(attempt: LaunchAttempt, failure: LaunchAttempt) -> bool:
    """Return whether an attempt launches what failed, or a later version, which includes it.

    Versions that cannot be compared may be anything, and so are no way out.
    """
    if not attempt.product or attempt.product != failure.product:
        return False
    mine, theirs = _numbers(attempt.version), _numbers(failure.version)
    is_earlier = bool(mine) and bool(theirs) and mine < theirs
    return not is_earlier or not attempt.content.isdisjoint(failure.content)


def _settles(launch: LaunchAttempt, failure: LaunchAttempt) -> bool:
    """Return whether a launch carried out after the failure, in its place, made it good."""
    if launch.stage not in _LAUNCHED or not _repeats(launch, failure):
        return False
    is_in_place = launch.environment == failure.environment or launch.after == failure.name
    return is_in_place and _is_before(failure.ended, launch.ended)


def _is_before(earlier: str, later: str) -> bool:
    instants: list[datetime | None] = [parse_instant(earlier), parse_instant(later)]
    first, second = instants
    return first is not None and second is not None and first < second


def _numbers(version: str) -> list[int]:
    """Return the numbers that a version begins with, without zeros at the end; [] for none."""
    match = _NUMBERS.match(version)
    numbers = [int(number) for number in match[1].split(".")] if match else []
    while len(numbers) > 1 and numbers[-1] == 0:
        del numbers[-1]
    return numbers
