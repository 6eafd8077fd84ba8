"""Whether the scans of a SARIF log came to their end, by all that their invocations say (E9).

`executionSuccessful` alone proves nothing where an exit code, a signal or an error of the tool
itself contradicts it (SARIF 2.1.0, section 3.20): the worst counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from launchpolicy.facts.evidence.json_reading import objects, text
from launchpolicy.facts.evidence.sarif_levels import object_in, worst

_NOTIFICATIONS: Final = ("toolExecutionNotifications", "toolConfigurationNotifications")
_NUMBERS: Final = ("exitCode", "exitSignalNumber")
_MESSAGES: Final = ("exitSignalName", "processStartFailureMessage")
_INVOCATIONS: Final = "invocations"


def failure_of(run: Mapping[str, Any]) -> str:
    """Return the name of the property by which a run did not come to its end; "" where it did.

    A run without results has said nothing. A run need not say how its tool was invoked, and what
    invoked a converter counts like what invoked the tool.
    """
    written = run.get(_INVOCATIONS)
    if written is not None and not _is_list_of_objects(written):
        return _INVOCATIONS
    descriptors = list(_descriptors(run))
    invocations = objects(written)
    conversion = object_in(run.get("conversion")).get("invocation")
    if conversion is not None:
        invocations.append(object_in(conversion))
    for invocation in invocations:
        if invocation.get("executionSuccessful") is not True:
            return "executionSuccessful"
        if key := _contradiction(invocation, descriptors):
            return key
    return "" if isinstance(run.get("results"), list) else "results"


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and len(objects(value)) == len(value)


def _contradiction(invocation: Mapping[str, Any], descriptors: list[dict[str, Any]]) -> str:
    """Return the name of what belies that an invocation was successful; "" for nothing."""
    for key in _NUMBERS:
        number = invocation.get(key)
        if number is not None and (type(number) is not int or number):
            return key
    for key in _MESSAGES:
        if invocation.get(key):
            return key
    for key in _NOTIFICATIONS:
        notifications = invocation.get(key)
        if notifications is None:
            continue
        if not _is_list_of_objects(notifications):
            return key
        if any(_level(item, descriptors) == "error" for item in notifications):
            return key
    return ""


def _level(notification: Mapping[str, Any], descriptors: list[dict[str, Any]]) -> str:
    """Return the level of a notification: its own, or the worst of what may describe it (3.58.6).

    A place may be one in the tool or in an extension; each counts.
    """
    if notification.get("level") is not None:
        return worst([text(notification["level"])])
    reference = object_in(notification.get("descriptor"))
    names = {text(reference.get("id")), text(reference.get("guid")).lower()} - {""}
    place = reference.get("index")
    return worst(
        text(object_in(descriptor.get("defaultConfiguration")).get("level")) or "warning"
        for descriptor in descriptors
        if names & {text(descriptor.get("id")), text(descriptor.get("guid")).lower()}
        or (type(place) is int and descriptor["place"] == place)
    )


def _descriptors(run: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield what describes the notifications of a tool and its extensions, each with its place."""
    tool = object_in(run.get("tool"))
    for component in (object_in(tool.get("driver")), *objects(tool.get("extensions"))):
        written = component.get("notifications")
        for place, descriptor in enumerate(written if isinstance(written, list) else ()):
            yield {**object_in(descriptor), "place": place}
