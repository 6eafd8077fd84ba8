"""How often policies stood in the way, and how often they were waived, as the ledger says it."""

from __future__ import annotations

from launchpolicy.ledger.entry import FORMAT_3
from launchpolicy.ledger.policy_history import policy_history
from tests.ledger.views.ledgers import entry

WAIVER = {
    "policy": "test-reports-fresh",
    "waiver": "quarter-end",
    "owner": "wang.jianguo",
    "expires": "2026-12-01T00:00:00Z",
}


def _unmet(policy: str, outcome: str) -> dict[str, str]:
    return {"policy": policy, "outcome": outcome}


def test_every_landing_counts_a_policy_once_however_it_stood_in_the_way() -> None:
    history = policy_history(
        [
            entry("approved", "one", "2026-11-01T00:00:00Z", hurdles=[_unmet("a", "fixed")]),
            entry(
                "bypassed",
                "two",
                "2026-11-02T00:00:00Z",
                attempted="approved",
                verdict="blocked",
                hurdles=[_unmet("a", "failed"), _unmet("a", "fixed"), _unmet("b", "pending")],
            ),
            entry("approved", "three", "2026-11-03T00:00:00Z"),
        ]
    )
    assert (history.landings, history.held, history.waived) == (3, {"a": 2, "b": 1}, {})


def test_a_waived_policy_complained_and_did_not_stand_in_the_way() -> None:
    history = policy_history([entry("approved", "one", "2026-11-01T00:00:00Z", waivers=[WAIVER])])
    assert (history.held, history.waived) == ({}, {"test-reports-fresh": 1})


def test_entries_about_rules_are_no_landings_of_requests() -> None:
    rules = entry("policy-changed", "rules", "2026-11-01T00:00:00Z", kind="Rules")
    assert policy_history([rules]).landings == 0


def test_a_void_entry_says_nothing_of_a_policy() -> None:
    void = entry("approved", "one", "2026-11-01T00:00:00Z", hurdles=[_unmet("a", "failed")])
    voids = entry(
        "voided",
        "one",
        "2026-11-02T00:00:00Z",
        format=FORMAT_3,
        kind="Rules",
        voids={"first": 0, "last": 0},
    )
    history = policy_history([void, voids])
    assert (history.landings, history.held) == (0, {})
