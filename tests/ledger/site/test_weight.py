"""The weight of a site of 5,000 launches: what the front page loads stays below a megabyte."""

from __future__ import annotations

import itertools

from launchpolicy.reporters.ledger.site import pages
from tests.ledger.sample import sample_entries
from tests.ledger.views.ledgers import view

MEGABYTE = 1_000_000


def test_five_thousand_launches_weigh_less_than_a_megabyte() -> None:
    files = pages.files(view(sample_entries(5000)))
    loaded = dict(itertools.takewhile(lambda file: file[0] != "rules.html", files))
    assert (
        loaded["index.html"].count('["LR-2026-') + loaded["index.html"].count(',"LR-2026-') >= 5000
    )
    assert sum(len(text.encode()) for text in loaded.values()) < MEGABYTE
