"""A page of one sign again and again is read, and holds nobody up (threat E: a page as a trap)."""

from __future__ import annotations

import pytest

from launchpolicy.facts.evidence.document import read
from launchpolicy.facts.stances import stance_of
from launchpolicy.policy.edition import EDITION
from tests.growth import grows_with_its_input

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
    def read_page(signs: int) -> None:
        page = "Acceptance of Payments 3.2, as agreed\n" + piece * (signs // len(piece))
        read("page.md", page.encode(), {}, EDITION)
        stance_of(page, counts_doubts=True)

    assert grows_with_its_input(read_page, 10_000)
