"""The keys of a SARIF log that decide; none may stand in other letters (threat E9).

Readers in some languages take `Results` for `results`. Here keys are taken as they are written, so
that such a key would hide what it holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, Final

from launchpolicy.facts.evidence.contents import identifier
from launchpolicy.facts.evidence.json_reading import objects
from launchpolicy.facts.evidence.sarif_levels import object_in
from launchpolicy.policy.edition import SIXTH_EDITION
from launchpolicy.vocabulary.text import Text

Fields = Mapping[str, Any]

_DECIDING: Final = frozenset(
    {
        *("runs", "version", "inlineExternalProperties", "results", "invocations", "tool"),
        *("externalPropertyFileReferences", "conversion", "rules", "notifications"),
        *("level", "kind", "ruleId", "ruleIndex", "rule", "suppressions", "baselineState"),
        *("provenance", "properties", "defaultConfiguration", "id", "guid"),
        *("executionSuccessful", "exitCode", "exitSignalName", "exitSignalNumber"),
        *("processStartFailureMessage", "toolExecutionNotifications", "endTimeUtc"),
        *("toolConfigurationNotifications", "startTimeUtc", "ruleConfigurationOverrides"),
    }
)
_IN_SMALL_LETTERS: Final = frozenset(key.lower() for key in _DECIDING)

_NOTIFICATIONS: Final = ("toolExecutionNotifications", "toolConfigurationNotifications")
_PLAIN: Final = {key.lower(): key for key in (*_DECIDING, "status", "descriptor")}


def problem_with_keys(log: Fields, edition: int) -> Text | None:
    """Return what to do about a key that only some readers take for one that decides.

    `edition` is that of the program as which the log is read (`policy.edition`).
    """
    key = _misspelt_key(log) or (_nearly_deciding_key(log) if edition > SIXTH_EDITION else "")
    if not key:
        return None
    return Text(
        f"The key {key} in it is no key of SARIF, but differs from one only in capitals or signs; "
        "readers would disagree, so let the scanner write it as the standard does.",
        f"其中的键 {key} 与 SARIF 的键只有大小写或符号之别，不同程序的解读会不一致；"
        "请让扫描工具按标准书写。",
    )


def _misspelt_key(log: Fields) -> str:
    """Return a key that only some readers take for one that decides; "" where there is none."""
    runs = objects(log["runs"])
    parts = (
        (log, *runs),
        (tool for run in runs for tool in _tools(run)),
        (invocation for run in runs for invocation in objects(run.get("invocations"))),
        (result for run in runs for result in objects(run.get("results"))),
    )
    for part in chain.from_iterable(parts):
        for key in part:
            if key not in _DECIDING and key.lower() in _IN_SMALL_LETTERS:
                return identifier(key)
    return ""


def _nearly_deciding_key(log: Fields) -> str:
    """Return a key that differs from one that decides only in capitals and signs; "" for none."""
    runs = objects(log["runs"])
    results = [result for run in runs for result in objects(run.get("results"))]
    scans = [scan for run in runs for scan in objects(run.get("invocations"))]
    parts = (
        (log, *runs, *results, *scans),
        (item for result in results for item in objects(result.get("suppressions"))),
        (item for scan in scans for key in _NOTIFICATIONS for item in objects(scan.get(key))),
    )
    for part in chain.from_iterable(parts):
        for key in part:
            plain = "".join(filter(str.isalnum, key.lower()))
            if plain in _PLAIN and key != _PLAIN[plain]:
                return identifier(key)
    return ""


def _tools(run: Fields) -> Iterator[Fields]:
    """Yield the components of a tool and the rules that they describe."""
    tool = object_in(run.get("tool"))
    for component in (object_in(tool.get("driver")), *objects(tool.get("extensions"))):
        yield component
        yield from objects(component.get("rules"))
