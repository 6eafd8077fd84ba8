"""Web addresses in the site: of the repository's own, and never what a request says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import pytest

from launchpolicy.hosts.forges.registry import FORGES
from launchpolicy.reporters.ledger.site import pages
from launchpolicy.reporters.ledger.site.links import WebLinks
from launchpolicy.reporters.ledger.view import LedgerView
from tests.ledger.site.history import HOSTILE, hostile
from tests.ledger.views.ledgers import commit_of, digest_of, entry, view

SHOP = "https://github.com/acme/launches"
AT = "2026-11-01T08:00:00Z"
COMMIT = commit_of("a")
PATTERNS = FORGES["github"].load().web_addresses(SHOP)
assert PATTERNS is not None
WEB = PATTERNS._asdict()


def _view(web: Mapping[str, str]) -> LedgerView:
    approval = {"by": "li", "role": "lead", "policy": "p", "at": AT, "source": "review"}
    old, new = digest_of("old"), digest_of("new")
    path = "policies/a b.yaml"
    rule = {"kind": "Rules", "stage": "", "content": "", "path": "", "commit": COMMIT}
    entries = [
        entry("adopted", "rules", AT, files=({"path": path, "sha256": old},), **rule),
        entry(
            "approved",
            "LR-1",
            AT,
            commit=COMMIT,
            proposal={"number": 7},
            approvals=({**approval, "where": "review 12 of pull request 7"},),
        ),
        entry("policy-changed", "rules", AT, files=({"path": path, "sha256": new},), **rule),
    ]
    return replace(view(entries), web=web, prefix="shop/")


def test_a_launch_links_to_its_commit_pull_request_review_and_request() -> None:
    site = dict(pages.files(_view(WEB)))
    page = site["launches/1.html"]
    for address in (
        f"{SHOP}/commit/{COMMIT}",
        f"{SHOP}/pull/7",
        f"{SHOP}/pull/7#pullrequestreview-12",
        f"{SHOP}/blob/{COMMIT}/shop/launches/LR-1/request.yaml",
    ):
        assert f'href="{address}"' in page
    assert ">acme/launches</a>" in site["index.html"]


def test_a_change_of_rules_shows_both_digests_and_links_to_the_differences() -> None:
    page = dict(pages.files(_view(WEB)))["rules.html"]
    assert re.search(rf"{digest_of('old')}</code></td><td><code>{digest_of('new')}", page)
    assert f"{SHOP}/commit/{COMMIT}#diff-" in page


@pytest.mark.parametrize(
    "repository",
    ["", "javascript:alert(1)//a/b", 'https://github.com/a/b"onclick=x', "http://github.com/a/b"],
)
def test_what_is_no_repository_on_the_web_makes_no_links(repository: str) -> None:
    web = {name: pattern.replace(SHOP, repository) for name, pattern in WEB.items()}
    pages_of_site = dict(pages.files(_view(web)))
    assert [name for name, text in pages_of_site.items() if "rel=" in text and "nore" in text] == []
    assert WebLinks(web).commit(COMMIT) == ""


@pytest.mark.parametrize(
    "where",
    ["", "https://evil.example", "review 1 of pull request 2/../3", "review x of proposal 1"],
)
def test_a_review_is_linked_only_by_its_numbers(where: str) -> None:
    assert WebLinks(WEB).review(where) == ""


def test_o3_hostile_texts_make_no_address_of_their_own() -> None:
    for name, text in pages.files(replace(view(hostile()), web=WEB)):
        if name.endswith(".html"):
            targets = re.findall(r'href="(https?:[^"]*|javascript:[^"]*)"', text)
            assert [target for target in targets if not target.startswith(f"{SHOP}/")] in (
                [],
                [SHOP],
            )
    assert " " not in WebLinks(WEB).file(COMMIT, HOSTILE[0])


def test_a_rule_outside_of_the_launch_root_is_linked_from_the_top() -> None:
    links = WebLinks(WEB, "shop/")
    top = WebLinks(WEB)
    assert links.file(COMMIT, "../CODEOWNERS") == f"{SHOP}/blob/{COMMIT}/CODEOWNERS"
    assert links.difference(COMMIT, "../CODEOWNERS") == top.difference(COMMIT, "CODEOWNERS")
    assert links.difference(COMMIT, "people.yaml") == top.difference(COMMIT, "shop/people.yaml")
