"""A page of one sign again and again is read, and holds nobody up (threat E: a page as a trap)."""

from __future__ import annotations

import time

import pytest

from launchpolicy.facts.evidence.document import read
from launchpolicy.facts.stances import stance_of
from launchpolicy.policy.edition import EDITION

_SIGNS = 50_000
_SECONDS = 8.0
"""What grew with the square of the length took 13 to 31 of them; what is read once takes 0.3."""
PIECES = (
    "\n",
    " ",
    "(",
    "[ ] ",
    "□ ",
    "|",
    "- > * |\n",
    "* ",
    "“",
    "根据",
    "未经",
    "may be ",
    "a: ",
)


@pytest.mark.parametrize("piece", PIECES)
def test_a_repeated_sign_takes_time_that_grows_with_the_page(piece: str) -> None:
    page = "Acceptance of Payments 3.2, as agreed\n" + piece * (_SIGNS // len(piece))
    began = time.process_time()
    read("page.md", page.encode(), {}, EDITION)
    stance_of(page, counts_doubts=True)
    assert time.process_time() - began < _SECONDS
