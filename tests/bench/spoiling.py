"""Requests that break one rule each: where the tools do not agree, their times say nothing."""

from __future__ import annotations

from tests.bench.generate import request, request_name

# What is cut or changed in the text of a good request, by the rule that then no longer holds.
_SPOILED: dict[str, list[tuple[str, str]]] = {
    "rollback-impact-assessed": [("      assessedBy: he.lin\n", "")],
    "acceptance-document-attached": [
        ("    document: ", "    customerReport: "),
    ],
    "backup-is-watched": [("{name: backup, how", "{name: backups, how")],
    "major-risk-names-departments": [
        ("departments: [customer-service, finance]", "departments: []"),
        ("    departments: [customer-service, finance]\n", ""),
    ],
    "steps-say-who-and-how-long": [
        (", takes: 5m", ""),
        ("{name: migrate, by: he.lin, ", "{name: migrate, "),
    ],
}
_MAJOR = 3
"""Request 3, and so every spoiled one, is of major risk."""


def requests_with_expectations() -> tuple[dict[str, str], dict[str, str]]:
    """Ten good requests and the spoiled ones; and for each spoiled one the rule it breaks.

    Raises:
        RuntimeError: the text of a request no longer has what was to be spoiled.
    """
    requests = {request_name(number): request(number) for number in range(1, 11)}
    expected: dict[str, str] = {}
    number = 100
    for rule, changes in _SPOILED.items():
        for before, after in changes:
            number += 1
            good = request(number * _MAJOR)
            if good.count(before) != 1:
                message = f"{rule}: {before!r} does not stand once in a request"
                raise RuntimeError(message)
            name = request_name(number * _MAJOR)
            requests[name] = good.replace(before, after)
            expected[name] = rule
    return requests, expected
