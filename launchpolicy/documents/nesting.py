"""How deep a text is nested that could not be read: the place where it exceeds the cap.

libyaml reads ahead, and since 0.2.6 it limits nesting itself: it may give up before the events at
which `events` counts depth. Cut at the place where it gave up, the same text gives these events.
"""

from __future__ import annotations

from typing import Any

from yaml import MarkedYAMLError
from yaml._yaml import CParser
from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from launchpolicy.documents.limits import MAX_DEPTH
from launchpolicy.documents.refusals import RefusalError


def too_deep(text: str) -> RefusalError | None:
    """Return the refusal of the first container below `MAX_DEPTH` others; None if there is none.

    Of a text that is not YAML, the part that could be read counts.
    """
    try:
        return _first(text)
    except MarkedYAMLError as error:
        if error.problem_mark is None:
            return None
        readable = text[: error.problem_mark.index]
    try:
        return _first(readable)
    except MarkedYAMLError:
        return None


def _first(text: str) -> RefusalError | None:
    next_event = CParser(text).get_event
    depth = 0
    while True:
        event: Any = next_event()
        kind = type(event)
        if kind is StreamEndEvent:
            return None
        if kind is MappingStartEvent or kind is SequenceStartEvent:
            if depth == MAX_DEPTH:
                mark = event.start_mark
                return RefusalError("too-deep", mark.line, mark.column, MAX_DEPTH)
            depth += 1
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            depth -= 1
