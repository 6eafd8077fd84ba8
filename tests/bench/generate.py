"""Launch repositories of any size, the same bytes each time."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

from tests.bench.rules import CONFIGURATION, PACK, POLICIES

REQUEST = Template("""\
apiVersion: launchpolicy/v1
kind: LaunchRequest
metadata:
  name: ${name}
  title: {en: "Checkout 3.${number}", zh: "结算服务 3.${number} 上线"}
  labels: {team: payments}
spec:
  process: bench
  product:
    {name: checkout, version: 3.${number}.0, change: version-upgrade, environment: production}
  risk: ${risk}
  summary: {en: Split payment and refunds., zh: 支持分单支付与退款。}
  people: {requester: li.wei, executor: zhao.min, watcher: qian.na, testers: [sun.yu]}
  window: {start: 2026-12-${day}T22:00:00+08:00, end: 2026-12-${day}T23:30:00+08:00}
  watch:
    - {name: backup, how: Restore rehearsal finished by 20:00}
    - {name: monitoring, how: Error rate and p95 on the checkout board}
  content:
    - {name: checkout-service, kind: code, reference: v3.${number}.0}
    - {name: orders-db, kind: database, reference: migration ${number}}
  impact:
    departments: [customer-service, finance]
    systems:
      - {name: billing, confirmedBy: chen.jie}
    suspension: {none: {reason: Rolling upgrade without interruption}}
  acceptance:
    checks:
      - {name: functional, result: accepted}
      - {name: visual, result: accepted}
    document: {path: acceptance/acceptance.pdf, kind: document, sha256: ${digest}}
    acceptedBy:
      - {by: wang.fang, role: product-lead, at: 2026-11-24T10:00:00+08:00}
      - {by: zhou.kai, role: rd-lead, at: 2026-11-24T15:30:00+08:00}
  checks:
    before:
      - {name: servers, target: web-01 to web-04}
      - {name: database-connection, target: orders-db}
    after:
      - {name: product-runs, target: smoke suite}
      - {name: performance, target: p95 of the checkout call, limit: 300ms}
  backup:
    - name: orders-db
      kind: database
      by: he.lin
      role: dba
      location: vault-b/orders
      restore: {how: pg_restore, takes: 20m}
  rollback:
    owner: zhao.min
    trigger: Error rate above 1 % for five minutes, or any lost order
    decideWithin: 30m
    takes: 25m
    steps:
      - {name: restore, action: restore-backup, backup: orders-db}
      - {name: revert, action: revert-code, to: v3.${number}.0}
    impact:
      summary: Orders of the window are replayed from the queue
      users: 12000
      dataLoss: none
      assessedBy: he.lin
      assessedAt: 2026-11-23T10:00:00+08:00
  steps:
    - {name: drain, by: zhao.min, action: Drain web-01, takes: 5m, expected: No session}
    - {name: migrate, by: he.lin, action: Migration ${number}, takes: 12m, expected: Equal rows}
status:
  stage: requested
""")


def request(number: int) -> str:
    """A complete launch request of about 70 lines that fulfils the five rules."""
    return REQUEST.substitute(
        name=request_name(number),
        number=number,
        day=f"{1 + number % 28:02d}",
        risk="major" if number % 3 == 0 else "standard",
        digest=hashlib.sha256(str(number).encode()).hexdigest(),
    )


def request_name(number: int) -> str:
    return f"LR-2026-{number:05d}"


def launch_repository(folder: Path, requests: Mapping[str, str]) -> list[str]:
    """Lays out a launch repository and commits it; returns the paths of the requests.

    Args:
        folder: An empty or missing folder.
        requests: The text of each request by its name.
    """
    write_file(folder / ".launchpolicy.yaml", as_json(CONFIGURATION))
    write_file(folder / "policies/bench/pack.yaml", as_json(PACK))
    for policy in POLICIES:
        write_file(folder / f"policies/bench/{policy['metadata']['name']}.yaml", as_json(policy))
    paths = [f"launches/{name}/request.yaml" for name in requests]
    for path, text in zip(paths, requests.values(), strict=True):
        write_file(folder / path, text)
    commit_everything(folder)
    return paths


def good_requests(count: int) -> dict[str, str]:
    return {request_name(number): request(number) for number in range(1, count + 1)}


def commit_everything(folder: Path) -> None:
    """Makes the folder a git repository with one commit."""
    identity = ["-c", "user.name=bench", "-c", "user.email=bench@example.com"]
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "-m", "Launches"]):
        subprocess.run(["git", *identity, *arguments], cwd=folder, check=True)


def as_json(data: dict[str, Any]) -> str:
    """JSON is YAML as well, and every tool reads it."""
    return json.dumps(data, ensure_ascii=False, indent=2)


def write_file(path: Path, text: str) -> None:
    """Write a file, and the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
