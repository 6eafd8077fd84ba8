"""Merge keys (`<<`): which keys they bring, and what they override, which is checked all the same.

What programs understand differently is refused: one key twice in a merged mapping, or two merged
mappings that give a key differently.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

from yaml.events import ScalarEvent, SequenceStartEvent

from launchpolicy.documents.event_tree import EventNode, events_of
from launchpolicy.documents.refusals import refusal_at
from launchpolicy.documents.scalars import NumberTooLargeError, resolve

Event = Any
_MERGE = "<<"


def merge(mapping: EventNode) -> list[EventNode]:
    """Put the keys that `<<` brings behind a mapping's own; its own stay, and the first of others.

    Returns what is overridden, so that it is checked like all else: of each merged mapping the
    keys that something else in the mapping gives.

    Raises:
        RefusalError: `<<` is quoted, has a tag, stands twice or brings what is no mapping; a merged
            mapping has one key twice, or gives a key otherwise than another one in the list.
    """
    pairs = mapping.pairs()
    merges = [pair for pair in pairs if _is_merge(pair[0])]
    if not merges:
        return []
    if len(merges) > 1:
        raise refusal_at("merge-twice", merges[1][0].start)
    kept = [pair for pair in pairs if not _is_merge(pair[0])]
    own = {key.start.value for key, _ in kept}
    merged: dict[str, EventNode] = {}
    overridden: list[EventNode] = []
    for source in _merged_mappings(*merges[0]):
        _refuse_duplicate_keys(source)
        rest = EventNode(source.start)
        rest.end = source.end
        for key, value in source.pairs():
            name = key.start.value
            if name not in own and name not in merged:
                merged[name] = value
                kept.append((key, value))
                continue
            if name not in own and not _is_same(merged[name], value):
                raise refusal_at("merge-conflict", key.start, name[:80])
            rest.children += (key, value)
        overridden.append(rest)
    mapping.children = [node for pair in kept for node in pair]
    return overridden


def _merged_mappings(key: EventNode, value: EventNode) -> list[EventNode]:
    is_list = isinstance(value.start, SequenceStartEvent)
    if is_list and value.start.tag is not None:
        raise refusal_at("tag", value.start)
    sources = value.children if is_list else [value]
    if not all(source.is_mapping for source in sources):
        raise refusal_at("merge-value", key.start)
    return sources


def _refuse_duplicate_keys(mapping: EventNode) -> None:
    lines: dict[str, int] = {}
    for key, _ in mapping.pairs():
        event = key.start
        if event.value in lines:
            raise refusal_at("duplicate-key", event, event.value[:80], lines[event.value] + 1)
        lines[event.value] = event.start_mark.line


def _is_same(one: EventNode, other: EventNode) -> bool:
    """Return whether two values are written alike, quotes of texts aside."""
    if one is other:
        return True
    events_of_both = zip_longest(events_of(one), events_of(other))
    return all(_meaning(ours) == _meaning(theirs) for ours, theirs in events_of_both)


def _meaning(event: Event) -> tuple[type, str]:
    """Return what kind of value or bracket an event is, and its text."""
    if not isinstance(event, ScalarEvent):
        return type(event), ""
    if event.style != "":
        return str, event.value
    try:
        return type(resolve(event.value)), event.value
    except NumberTooLargeError:
        return int, event.value


def _is_merge(key: EventNode) -> bool:
    if key.start.value != _MERGE:
        return False
    if key.start.style != "":
        raise refusal_at("merge-quoted", key.start)
    if key.start.tag is not None:
        raise refusal_at("tag", key.start)
    return True
