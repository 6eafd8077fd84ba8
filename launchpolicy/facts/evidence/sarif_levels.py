"""How bad a result of a scan is: its level by SARIF 2.1.0 (3.27.10), and its severity.

A log can name the rule of a result in five ways. Where they lead to several rules, or to none, the
worst counts (threat E9).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from launchpolicy.facts.evidence.json_reading import objects, text
from launchpolicy.policy.edition import EDITION, FOURTH_EDITION, SIXTH_EDITION

Fields = Mapping[str, Any]

LEVELS: Final = ("none", "note", "warning", "error")
"""From the best to the worst."""

SEVERITIES: Final = ("", "low", "medium", "high", "critical")
"""By the score of CVSS, from the best to the worst; "" is none."""

_FOLDED: Final = "folded"
_SETTLED: Final = frozenset({"pass", "notApplicable", "informational"})
_SCORES: Final = ((9.0, "critical"), (7.0, "high"), (4.0, "medium"), (0.0, "low"))
_GREATEST: Final = 10.0
_NUMBER: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
_SEVERITY_KEYS: Final = ("security-severity", "cvssv3_baseScore", "cvssV3_baseScore")
_WORD_KEYS: Final = ("severity", "issue_severity", "cvssv3_baseSeverity", "security_severity_level")
_WORDS: Final = {"moderate": "medium", **{word: word for word in SEVERITIES if word}}
_FURTHER_SCORES: Final = frozenset(
    {
        *("securityseverity", "cvssv3basescore", "cvssv2basescore", "cvssv4basescore", "cvssscore"),
        *("cvss", "cvssv3score", "basescore", "cvssbasescore", "cvss3score"),
    }
)
_FURTHER_WORDS: Final = frozenset(
    {
        *("severity", "issueseverity", "cvssv3baseseverity", "securityseveritylevel"),
        *("baseseverity", "severitylevel", "cvssseverity", "severitylabel", "risk", "risklevel"),
        *(
            "严重程度",
            "严重性",
            "严重级别",
            "漏洞等级",
            "漏洞级别",
            "风险等级",
            "风险级别",
            "危害等级",
        ),
        *("级别", "等级", "危险等级"),
    }
)
_MORE_WORDS: Final = {
    **_WORDS,
    **dict.fromkeys(("blocker", "严重", "致命", "超危", "紧急", "特别严重"), "critical"),
    **dict.fromkeys(("高", "高危", "高风险"), "high"),
    **dict.fromkeys(("中", "中危", "中风险", "中等"), "medium"),
    **dict.fromkeys(("低", "低危", "低风险"), "low"),
}
_CRITICAL_TAG: Final = "CRITICAL"
"""What scanners of vulnerabilities (Trivy) put among the tags of a rule."""


def object_in(value: object) -> dict[str, Any]:
    """Return an object, or an empty one where there is none."""
    return value if isinstance(value, dict) else {}


class Rules:
    """The rules of one run, by every way in which a result may name one."""

    def __init__(self, run: Fields, edition: int = EDITION) -> None:
        self.edition = edition
        tool = object_in(run.get("tool"))
        self._driver = object_in(tool.get("driver"))
        self._extensions = _items(tool.get("extensions"))
        self._components = [self._driver, *objects(self._extensions)]
        self._by_name: dict[tuple[str, str], list[Fields]] = {}
        for component in self._components:
            for rule in objects(component.get("rules")):
                for key in ("id", "guid"):
                    name = text(rule.get(key))
                    self._by_name.setdefault((key, _name_key(key, name)), []).append(rule)
                folded = (_FOLDED, text(rule.get("id")).casefold())
                self._by_name.setdefault(folded, []).append(rule)
        invocations = map(object_in, _items(run.get("invocations")))
        self._overrides = [self._overrides_in(invocation) for invocation in invocations]

    def of_result(self, result: Fields) -> list[Fields]:
        """Return every rule that a result can mean (3.27.5 to 3.27.7, 3.52); mostly one."""
        return self._rules(
            object_in(result.get("rule")), text(result.get("ruleId")), result.get("ruleIndex")
        )

    def _rules(self, reference: Fields, name: str = "", index: object = None) -> list[Fields]:
        rules: list[Fields] = []
        for component in self._components_of(object_in(reference.get("toolComponent"))):
            for place in (index, reference.get("index")):
                rule = _item(component.get("rules"), place)
                rules += [rule] if rule is not None else []
        guid = text(reference.get("guid"))
        rules += self._by_name.get(("guid", _name_key("guid", guid)), []) if guid else []
        for called in filter(None, (name, text(reference.get("id")))):
            rules += self._rules_called(called)
        return list({id(rule): rule for rule in rules}.values())

    def _rules_called(self, name: str) -> list[Fields]:
        """Return the rules with an id, or else with the longest id above it (3.5.4).

        Where none has it, one that differs only in capitals is what the log means.
        """
        whole = name
        while name and ("id", name) not in self._by_name:
            name = name.rpartition("/")[0]
        if name or self.edition <= SIXTH_EDITION:
            return self._by_name[("id", name)] if name else []
        return self._by_name.get((_FOLDED, whole.casefold()), [])

    def _components_of(self, reference: Fields) -> Sequence[Fields]:
        """Return where the index of a rule counts: in the driver, where nothing else is named."""
        extension = _item(self._extensions, reference.get("index"))
        guid = text(reference.get("guid")).lower()
        same = [part for part in self._components if guid and _guid_of(part) == guid]
        name = text(reference.get("name"))
        same += [part for part in self._components if name and text(part.get("name")) == name]
        if extension is not None:
            same.append(extension)
        return same or [self._driver]

    def is_lost(self, result: Fields) -> bool:
        """Return whether a result names a rule by its place, and no rule is there."""
        places = (result.get("ruleIndex", -1), object_in(result.get("rule")).get("index", -1))
        return any(place != -1 for place in places) and not self.of_result(result)

    def _overrides_in(self, invocation: Fields) -> dict[int, str]:
        """Return the levels that an invocation gives to rules in place of their own (3.20.5)."""
        levels: dict[int, str] = {}
        for override in objects(invocation.get("ruleConfigurationOverrides")):
            level = text(object_in(override.get("configuration")).get("level"))
            for rule in self._rules(object_in(override.get("descriptor"))) if level else ():
                levels[id(rule)] = worst([level, *filter(None, [levels.get(id(rule))])])
        return levels

    def level_of(self, rule: Fields, invocation: object) -> str:
        """Return the level at which an invocation, by its index, reports a rule.

        A result that names no invocation (-1) has the rule's own level by the standard; what the
        invocations of its run override counts where it is worse.
        """
        default = text(object_in(rule.get("defaultConfiguration")).get("level")) or "warning"
        if invocation == -1:
            every = [levels[id(rule)] for levels in self._overrides if id(rule) in levels]
            return worst([default, *every])
        if type(invocation) is int and 0 <= invocation < len(self._overrides):
            return self._overrides[invocation].get(id(rule), default)
        return default


def is_settled(result: Fields) -> bool:
    """Return whether a result says that there is nothing to do (3.27.9)."""
    return text(result.get("kind")) in _SETTLED


def level_of(result: Fields, rules: Rules, edition: int = EDITION) -> str:
    """Return the level of a result, one of `LEVELS`.

    A `kind` other than `fail` may have no level but `none`; where it has one, the level counts. A
    result that awaits a review, or was left open, is as bad as its rule says, also with the level
    `none` that the standard wants for it; so is a failure of level `none`. What the standard does
    not know is taken for the worst.

    Args:
        result: as the log has it.
        rules: those of its run.
        edition: that of the program as which it is read (`policy.edition`).
    """
    written = result.get("level")
    is_none = written == "none" and edition > FOURTH_EDITION
    if written is not None and not is_none:
        return written if written in LEVELS else "error"
    if is_settled(result):
        return "none"
    if rules.is_lost(result):
        return "error"
    invocation = object_in(result.get("provenance")).get("invocationIndex", -1)
    return worst(rules.level_of(rule, invocation) for rule in rules.of_result(result))


def worst(levels: Iterable[str]) -> str:
    """Return the worst of some levels; an unknown one is an error, and none at all a warning."""
    known = [level if level in LEVELS else "error" for level in levels]
    return max(known, key=LEVELS.index, default="warning")


def severity_of(result: Fields, rules: Rules) -> str:
    """Return how severe a result is for security, one of `SEVERITIES`.

    The score stands in the properties of the rule, in some logs in those of the result. A score
    that is none counts as critical.
    """
    holders = [result, *rules.of_result(result)]
    bags = [object_in(holder.get("properties")) for holder in holders]
    severities = [_severity_in(bag) for bag in bags]
    if rules.edition > SIXTH_EDITION:
        severities += map(_further_severity_in, bags)
    return max(severities, key=SEVERITIES.index)


def _severity_in(properties: Fields) -> str:
    scored = [_severity_of_score(properties.get(key)) for key in _SEVERITY_KEYS]
    words = [_WORDS.get(text(properties.get(key)).strip().lower(), "") for key in _WORD_KEYS]
    return max([*scored, *words], key=SEVERITIES.index)


def _further_severity_in(properties: Fields) -> str:
    """Return the worst severity under a key in other words, or in another spelling."""
    severities = [""]
    for key, written in properties.items():
        name = "".join(filter(str.isalnum, key.lower()))
        word = text(written).strip().lower()
        if name in _FURTHER_WORDS:
            severities.append(_MORE_WORDS.get(word, ""))
        if name in _FURTHER_SCORES and _is_number(written):
            severities.append(_severity_of_score(written))
    tags = properties.get("tags")
    if isinstance(tags, list) and _CRITICAL_TAG in tags:
        severities.append("critical")
    return max(severities, key=SEVERITIES.index)


def _is_number(written: object) -> bool:
    if isinstance(written, str):
        return _NUMBER.fullmatch(written.strip()) is not None
    return isinstance(written, int | float)


def _severity_of_score(written: object) -> str:
    if written is None or (isinstance(written, str) and not written.strip()):
        return ""
    word = text(written).strip().lower()
    if word in {*_WORDS, "none"}:
        return _WORDS.get(word, "")
    try:
        score = float(written) if isinstance(written, (str, int, float)) else math.nan
    except (ValueError, OverflowError):
        score = math.nan
    if isinstance(written, bool):
        score = math.nan
    if not 0 <= score <= _GREATEST:
        return "critical"
    return next((severity for least, severity in _SCORES if score >= least and score), "")


def _guid_of(component: Fields) -> str:
    return text(component.get("guid")).lower()


def _name_key(key: str, name: str) -> str:
    return name.lower() if key == "guid" else name


def _items(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _item(items: object, index: object) -> dict[str, Any] | None:
    """Return the object at an index; None where there is none."""
    if not isinstance(items, list) or type(index) is not int or not 0 <= index < len(items):
        return None
    return items[index] if isinstance(items[index], dict) else None
