"""Names in the views of the ledger: products, environments, and for whom a deputy approved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from launchpolicy.operations.ledger.views.render import ViewInputs, view_inputs
from launchpolicy.reporters.ledger import page, readme
from launchpolicy.reporters.ledger.site import pages
from launchpolicy.reporters.ledger.text import story
from launchpolicy.reporters.ledger.view import LedgerView
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.text import Language, Text
from tests.ledger.views.ledgers import entry, view

AT = "2026-11-01T08:00:00Z"
NAMES = Names(
    {
        "products": {"checkout": Text("Checkout <1>", "结算")},
        "environments": {"production": Text("Production", "生产环境")},
        "roles": {"product-lead": Text("Product manager", "产品总监")},
    }
)
APPROVAL = {"by": "li.wei", "role": "product-lead", "policy": "both-leads-approve", "at": AT}
LAUNCH = entry(
    "approved",
    "LR-1",
    AT,
    product={"name": "checkout", "version": "3.2.0", "environment": "production"},
    approvals=[{**APPROVAL, "source": "github", "where": "review 1", "standsFor": "wang.fang"}],
)


def _view(language: Language) -> LedgerView:
    return replace(view([LAUNCH], language), names=NAMES)


WORDS = {
    "en": ("Checkout", "Production", "Product manager, as deputy of wang.fang"),
    "zh": ("结算", "生产环境", "产品总监（代理 wang.fang）"),
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_of_a_launch_shows_names(language: Language) -> None:
    ((_, text),) = page.files(_view(language))
    assert [words for words in WORDS[language] if words not in text] == []
    assert "<1>" not in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_first_page_counts_products_by_name(language: Language) -> None:
    ((_, text),) = readme.files(_view(language))
    assert f"{WORDS[language][0]}" in text
    assert "| checkout" not in text


def test_the_site_has_both_names() -> None:
    site = dict(pages.files(_view("en")))
    (launch,) = (text for path, text in site.items() if path.startswith("launches/"))
    assert [words for both in WORDS.values() for words in both if words not in launch] == []
    assert "结算" in site["index.html"]
    assert "<1>" not in launch + site["index.html"]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_launch_in_a_terminal_shows_names(language: Language) -> None:
    told = "".join(story(_view(language).all[0], ReaderView(language), NAMES))
    assert [words for words in WORDS[language] if words not in told] == []


def test_what_views_are_made_from_holds_the_names() -> None:
    inputs = ViewInputs(("readme",), "note", "zh", (), NAMES)
    assert view_inputs(inputs.source).names == NAMES


def test_without_names_nothing_is_added() -> None:
    inputs = ViewInputs(("readme",), "note", "en")
    assert b"names" not in inputs.source
    assert view_inputs(inputs.source) == inputs


@pytest.mark.parametrize(
    ("language", "name"), [("en", "Wang Fang (wang.fang)"), ("zh", "王芳（wang.fang）")]
)
def test_who_approved_is_named_as_entries_name_them(language: Language, name: str) -> None:
    approvals = [{**APPROVAL, "by": "wang.fang", "source": "github", "where": "review 1"}]
    people = [
        {"person": "wang.fang", "role": "acceptor", "display": {"en": "Wang Fang", "zh": "王芳"}}
    ]
    launch = entry("approved", "LR-1", AT, approvals=approvals, people=people)
    shown = view([launch], language)
    ((_, text),) = page.files(shown)
    assert name in text
    assert name in dict(pages.files(shown))["launches/0.html"]
    (story_launch,) = shown.all
    reader = ReaderView(language)
    assert name in "".join(story(story_launch, reader, shown.names))


def test_a_page_has_no_row_without_a_value() -> None:
    launch = entry("approved", "LR-1", AT)
    facts = dict(pages.files(view([launch])))["launches/0.html"].partition("What and when")[2]
    assert "<th" not in facts.partition("</section>")[0]
