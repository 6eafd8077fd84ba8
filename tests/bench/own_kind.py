"""A kind of the user's own: its schema and its files, good ones and spoiled ones."""

from __future__ import annotations

import hashlib
from pathlib import Path
from string import Template
from typing import Any

from tests.bench.generate import as_json, commit_everything, write_file
from tests.bench.own_rules import CONFIGURATION, PACK, POLICIES

_FILE = Template("""\
name: ${name}
title: {en: "Checkout 3.${number}", zh: "结算服务 3.${number} 变更"}
labels: {team: payments, tier: "1"}
service: {name: checkout, version: 3.${number}.0, environment: production}
risk: ${risk}
summary: Split payment and refunds, behind a switch that is off at first.
people: {requester: li.wei, executor: zhao.min, watcher: qian.na, testers: [sun.yu]}
window: {start: "2026-12-${day}T22:00:00+08:00", end: "2026-12-${day}T23:30:00+08:00"}
watch:
  - {name: backup, how: Restore rehearsal finished by 20:00}
  - {name: monitoring, how: Error rate and p95 on the checkout board}
content:
  - {name: checkout-service, kind: code, reference: v3.${number}.0}
  - {name: orders-db, kind: database, reference: migration ${number}}
departments: [customer-service, finance]
acceptance:
  checks:
    - {name: functional, result: accepted}
    - {name: visual, result: accepted}
  document: {path: acceptance/acceptance.pdf, sha256: ${digest}}
  acceptedBy:
    - {by: wang.fang, role: product-lead, at: "2026-11-24T10:00:00+08:00"}
    - {by: zhou.kai, role: rd-lead, at: "2026-11-24T15:30:00+08:00"}
backups:
  - name: orders-db
    kind: database
    by: he.lin
    location: vault-b/orders
    restore: {how: pg_restore, takes: 20m}
rollback:
  owner: zhao.min
  trigger: Error rate above 1 % for five minutes, or any lost order
  takes: 25m
  impact: {summary: Orders of the window are replayed, users: 12000, assessedBy: he.lin}
steps:
  - {name: drain, by: zhao.min, action: Drain web-01, takes: 5m, expected: No session}
  - {name: migrate, by: he.lin, action: Migration ${number}, takes: 12m, expected: Equal rows}
""")


def _object(required: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required.split(),
        "properties": properties,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


_TEXT = {"type": "string", "minLength": 1, "maxLength": 2000}
_NAME = {"type": "string", "pattern": "^[a-z0-9]+([.-][a-z0-9]+)*$", "maxLength": 63}
_TIME = {"type": "string", "format": "date-time"}
_SPAN = {"type": "string", "pattern": "^[1-9][0-9]*[mh]$"}
_DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    **_object(
        "name title service risk summary people window content",
        name={"type": "string", "pattern": "^CR-[0-9]{5}$"},
        title=_object("en zh", en=_TEXT, zh=_TEXT),
        labels={"type": "object", "additionalProperties": {"type": "string"}},
        service=_object(
            "name version",
            name=_NAME,
            version={"type": "string", "pattern": "^[0-9]+\\.[0-9]+\\.[0-9]+$"},
            environment={"enum": ["staging", "production"]},
        ),
        risk={"enum": ["minor", "standard", "major"]},
        summary=_TEXT,
        people=_object(
            "requester executor",
            **dict.fromkeys(("requester", "executor", "watcher"), _NAME),
            testers=_list(_NAME) | {"minItems": 1, "uniqueItems": True},
        ),
        window=_object("start end", start=_TIME, end=_TIME),
        watch=_list(_object("name how", name=_NAME, how=_TEXT)),
        content=_list(
            _object(
                "name kind reference",
                name=_NAME,
                kind={"enum": ["code", "database", "configuration"]},
                reference=_TEXT,
            )
        ),
        departments=_list(_NAME),
        acceptance=_object(
            "checks",
            checks=_list(_object("name result", name=_NAME, result={"enum": ["accepted", "no"]})),
            document=_object("path", path=_TEXT, sha256=_DIGEST),
            acceptedBy=_list(_object("by role at", by=_NAME, role=_NAME, at=_TIME)),
        ),
        backups=_list(
            _object(
                "name kind by",
                **dict.fromkeys(("name", "kind", "by"), _NAME),
                location=_TEXT,
                restore=_object("how", how=_TEXT, takes=_SPAN),
            )
        ),
        rollback=_object(
            "owner trigger",
            owner=_NAME,
            trigger=_TEXT,
            takes=_SPAN,
            impact=_object(
                "summary",
                summary=_TEXT,
                users={"type": "integer", "minimum": 0},
                assessedBy=_NAME,
            ),
        ),
        steps=_list(
            _object("name action", name=_NAME, by=_NAME, action=_TEXT, takes=_SPAN, expected=_TEXT)
        ),
    ),
}


def spoiled_files() -> dict[str, str]:
    """Return files that break one rule each, or the schema, by their names.

    Raises:
        RuntimeError: the text of a file no longer has what is to be changed.
    """
    changes = (
        (", assessedBy: he.lin}", "}"),
        (", sha256: ", ", path2: "),
        ("pdf, sha256: ", "pdf} # "),
        ("{name: backup, how", "{name: backups, how"),
        ("departments: [customer-service, finance]", "departments: []"),
        ("departments: [customer-service, finance]\n", ""),
        (", takes: 5m", ""),
        ("{name: migrate, by: he.lin, ", "{name: migrate, "),
        ("users: 12000", "users: many"),
        ('end: "2026-12-', 'end: "2026-13-'),
    )
    files = {}
    for number, (before, after) in enumerate(changes, start=34):
        name, text = _one_file(number * _MAJOR)
        if text.count(before) != 1:
            message = f"{before!r} does not stand once in a file"
            raise RuntimeError(message)
        files[name] = text.replace(before, after)
    return files


_MAJOR = 3
"""Each third file is of major risk, and so is every spoiled one."""


def good_files(count: int) -> dict[str, str]:
    """Return the texts of files that pass, by their names."""
    return dict(_one_file(number) for number in range(1, count + 1))


def own_kind_repository(folder: Path, files: dict[str, str]) -> list[str]:
    """Lay out a repository with the kind, its policies and files; return the files' paths.

    Args:
        folder: An empty or missing folder.
        files: The text of each file by its name.
    """
    write_file(folder / ".launchpolicy.yaml", as_json(CONFIGURATION))
    write_file(folder / "schemas/change.schema.json", as_json(SCHEMA))
    write_file(folder / "policies/changes/pack.yaml", as_json(PACK))
    for policy in POLICIES:
        write_file(folder / f"policies/changes/{policy['metadata']['name']}.yaml", as_json(policy))
    paths = [f"changes/{name}.yaml" for name in files]
    for path, text in zip(paths, files.values(), strict=True):
        write_file(folder / path, text)
    commit_everything(folder)
    return paths


def _one_file(number: int) -> tuple[str, str]:
    name = f"CR-{number:05d}"
    return name, _FILE.substitute(
        name=name,
        number=number,
        day=f"{1 + number % 28:02d}",
        risk="major" if number % _MAJOR == 0 else "standard",
        digest=hashlib.sha256(str(number).encode()).hexdigest(),
    )
