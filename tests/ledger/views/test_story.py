"""What `ledger show` prints of a launch."""

from __future__ import annotations

import pytest

from launchpolicy.ledger.launches import launches_of
from launchpolicy.reporters.ledger.text import story
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.vocabulary.text import Language
from tests.ledger.views.ledgers import digest_of, entry

_APPROVAL = {
    "by": "wang.fang",
    "role": "product-lead",
    "policy": "both-leads-approve",
    "at": "2026-11-24T07:30:00Z",
    "source": "signed",
    "where": "launches/LR-1/approvals/wang.fang.yaml",
}
_EVIDENCE = {"path": "backup/manifest.yaml", "kind": "backup", "sha256": digest_of("a")[7:]}


def _story(language: Language) -> str:
    evidence = tuple(
        {**_EVIDENCE, "at": f"status.backups.{number}", "found": digest_of("a")}
        for number in range(2)
    )
    approvals = (_APPROVAL, {**_APPROVAL, "policy": "operations-accepts"})
    landed = entry(
        "approved", "LR-1", "2026-11-25T02:00:00Z", approvals=approvals, evidence=evidence
    )
    (launch,) = launches_of([landed]).all
    return "".join(story(launch, ReaderView(language=language, width=200)))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "approved by wang.fang as product-lead · 2026-11-24T07:30:00Z · launches/LR-1/"),
        ("zh", "wang.fang 以产品部负责人身份审批 · 2026-11-24T07:30:00Z · launches/LR-1/"),
    ],
)
def test_an_approval_says_when_it_was_given_and_once(language: Language, words: str) -> None:
    assert _story(language).count(words) == 1


def test_a_file_that_is_referred_to_twice_is_listed_once() -> None:
    assert _story("en").count("backup/manifest.yaml") == 1
