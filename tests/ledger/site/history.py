"""A company's half year in the ledger, and what an attacker would write into it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from launchpolicy.ledger.entry import Entry
from tests.ledger.views.ledgers import entry, product, said

_START = datetime(2026, 6, 1, 1, tzinfo=UTC)
_PRODUCTS = ("checkout", "loyalty", "search", "tracking")
_PEOPLE = (
    {"person": "li.wei", "role": "requester", "display": {"en": "Li Wei", "zh": "李薇"}},
    {"person": "zhao.min", "role": "executor", "display": {"en": "Zhao Min", "zh": "赵敏"}},
    {"person": "sun.yu", "role": "tester", "display": {"en": "Sun Yu", "zh": "孙宇"}},
)
HOSTILE = (
    "<img src=x onerror=\"window.broken='img'\">",
    "<script>window.broken='script'</script>",
    "\"><svg onload=window.broken='svg'>",
    "javascript:window.broken='link'",
    "{{ 7 * 7 }}${window.broken='template'}",
    "' onmouseover='window.broken=1",
    "</title><script>window.broken='title'</script>",
    "</template><script>window.broken='data'</script>",
    "\u202egpj.exe\u2066 \x00\x1b[31m",
)


def half_year(count: int = 60) -> list[Entry]:
    """Entries of `count` launches: most go well, some fail, one in ten is not announced."""
    return [each for number in range(count) for each in _launch(number)]


def hostile() -> list[Entry]:
    """Launches all of whose texts are attacks on whoever looks at them."""
    entries = []
    for number, text in enumerate(HOSTILE):
        entries.append(
            entry(
                "bypassed",
                f"{text}-{number}",
                "2026-11-01T00:00:00Z",
                attempted="approved",
                verdict="blocked",
                title=said(text),
                summary=said(text),
                product=product(text, text),
                process=text,
                people=({"person": text, "role": text, "display": said(text)},),
                hurdles=({"policy": text, "outcome": "failed"},),
                evidence=({"at": text, "path": text, "kind": text, "sha256": text, "found": text},),
                approvals=(
                    {
                        "by": text,
                        "role": text,
                        "policy": text,
                        "at": "2026-11-01T00:00:00Z",
                        "source": text,
                        "where": text,
                    },
                ),
                planned={"start": "2026-11-03T22:00:00+08:00"},
            )
        )
    return entries


def _launch(number: int) -> Iterator[Entry]:
    name = f"LR-2026-{number:04d}"
    at = _START + timedelta(days=3 * number)
    facts = _facts(number, at)
    if number % 9 == 4:
        yield entry(
            "bypassed",
            name,
            _utc(at),
            attempted="approved",
            verdict="blocked",
            hurdles=({"policy": "both-leads-approve", "outcome": "pending"},),
            **facts,
        )
    else:
        yield entry(
            "approved",
            name,
            _utc(at),
            requested_at=_utc(at - timedelta(days=1)),
            hurdles=({"policy": "rollback-impact-assessed", "outcome": "fixed"},),
            **facts,
        )
    if number % 13 == 7:
        yield entry("cancelled", name, _utc(at + timedelta(days=1)), stage="cancelled", **facts)
        return
    done = at + timedelta(days=2, hours=1)
    facts["actual"] = {"start": _text(at + timedelta(days=2)), "end": _text(done)}
    yield entry("launched", name, _utc(done), stage="launched", **facts)
    if number % 8 == 3:
        facts["problems"] = (
            {
                "name": "slow",
                "found_at": _text(done),
                "settled_at": _text(done + timedelta(hours=2)),
            },
        )
        facts["rollback"] = {"by": "zhao.min", "finished_at": _text(done + timedelta(hours=1))}
        yield entry("rolled-back", name, _utc(done), stage="rolled-back", **facts)
        return
    if number % 10 != 6:
        facts["announced"] = {"at": _text(done + timedelta(days=1)), "by": "li.wei"}
    yield entry("closed", name, _utc(done + timedelta(days=2)), stage="closed", **facts)


def _facts(number: int, at: datetime) -> dict[str, Any]:
    thing = _PRODUCTS[number % len(_PRODUCTS)]
    return {
        "title": said(f"{thing.title()} {number}.0", f"{thing} 第 {number} 版"),
        "summary": said("Faster and calmer.", "更快、更稳。"),
        "product": product(thing, f"{number}.0"),
        "process": "product-launch" if number % 3 else "system-cutover",
        "risk": "emergency" if number % 11 == 5 else "standard",
        "people": _PEOPLE,
        "planned": {"start": _text(at + timedelta(days=2)), "end": _text(at + timedelta(days=2.1))},
    }


def _utc(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _text(moment: datetime) -> str:
    return (moment + timedelta(hours=8)).strftime("%Y-%m-%dT%H:%M:%S+08:00")
