"""Facts as a policy's test case supposes them, for want of files, calendars and neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from launchpolicy.facts.evidence.references import Reference
from launchpolicy.facts.evidence.variable import evidence_fact, reference_data
from launchpolicy.facts.gathered import Facts
from launchpolicy.policy.fact_shapes import FACTS, REFERENCE, FactError, completed

_GOOD = {"en": "It says what it should.", "zh": "内容符合要求。"}


def supposed(given: Mapping[str, Any], references: Iterable[Reference]) -> Facts:
    """The facts of a case: what it gives, and good evidence where it gives nothing.

    `given["evidence"]` is by path; each file that is not named was read and says what it should.

    Raises:
        FactError: what is given does not have the shape of the fact, or is about a file that the
            request does not refer to.
    """
    files = dict(given.get("evidence", {}))
    records = []
    for reference in references:
        stated = {"read": True, "passed": True, "says": _GOOD, **files.get(reference.path, {})}
        facts = completed(REFERENCE, stated, f"evidence.{reference.path}")
        records.append({**facts, **reference_data(reference)})
    strange = set(files) - {record["path"] for record in records}
    if strange:
        message = f"evidence.{min(strange)}: the request refers to no such file"
        raise FactError(message)
    others = {
        name: completed(shape, given.get(name, {}), name)
        for name, shape in FACTS.items()
        if name != "evidence"
    }
    return Facts(evidence=evidence_fact(records), **others)
