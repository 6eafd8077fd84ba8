"""The site says who wrote and merged what, and which changes of rules nobody approved."""

from __future__ import annotations

import re

from launchpolicy.reporters.ledger.site import pages
from tests.ledger.views.ledgers import digest_of, entry, view

AT = "2026-11-01T08:00:00Z"
APPROVAL = {
    "by": "xu.bo",
    "role": "company-leadership",
    "policy": "rules-approved",
    "at": "2026-10-31T07:30:00Z",
    "source": "signed",
    "where": "approvals/rules.yaml",
}
RULES = {"kind": "Rules", "stage": "", "content": "", "path": ""}
FORMAT = "launchpolicy/ledger-entry/v3"
MAKERS = {
    "format": FORMAT,
    "authors": ({"name": "Li Wei", "person": "li.wei"},),
    "mergedBy": {"name": "Chen Jie", "person": "chen.jie"},
}


def _site() -> dict[str, str]:
    files = ({"path": "people.yaml", "sha256": digest_of("a")},)
    entries = [
        entry("adopted", "rules", AT, files=files, **RULES),
        entry("approved", "LR-1", AT, **MAKERS),
        entry("policy-changed", "rules", AT, files=files, approvals=(APPROVAL,), **RULES, **MAKERS),
        entry("people-changed", "rules", AT, files=files, **RULES, **MAKERS),
    ]
    return {path: re.sub(r"<[^>]+>", "", text) for path, text in pages.files(view(entries))}


def test_a_launch_says_who_wrote_and_who_merged_it() -> None:
    text = _site()["launches/1.html"]
    assert "written by" in text
    assert "提交作者" in text
    assert re.search(r"merged by\W*合入人\W*chen\.jie", text)


def test_a_change_of_rules_says_who_made_it_and_when_it_was_approved_if_at_all() -> None:
    rules = _site()["rules.html"]
    first, changed = rules.index("#0"), rules.index("#2")
    unapproved = rules.index("#3")
    if unapproved < changed:  # the latest first
        parts = {3: rules[unapproved:changed], 2: rules[changed:first], 0: rules[first:]}
    else:
        parts = {0: rules[first:changed], 2: rules[changed:unapproved], 3: rules[unapproved:]}
    assert "2026-10-31 07:30 UTC" in parts[2]
    assert re.search(r"merged by\W*合入人\W*chen\.jie", parts[2])
    assert "approved by nobody" in parts[3]
    assert "无人批准" in parts[3]
    assert "approved by nobody" not in parts[2] + parts[0]
