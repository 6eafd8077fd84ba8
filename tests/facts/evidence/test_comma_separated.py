"""The cells of a CSV file are read one by one: a refusal in one of them is a refusal (E20)."""

from __future__ import annotations

import pytest

from launchpolicy.facts.evidence.comma_separated import cells_of
from launchpolicy.facts.evidence.contents import EvidenceContents
from launchpolicy.facts.evidence.document import read
from launchpolicy.policy.edition import EDITION, NINTH_EDITION

ROWS = "check,result,by\nfunctional,{},wang.fang\nvisual,accepted,wang.fang\n"


def _stance(text: str, edition: int = EDITION) -> object:
    contents = read("a.csv", text.encode(), {}, edition)
    assert isinstance(contents, EvidenceContents), contents
    return contents.details["stance"]


@pytest.mark.parametrize("result", ["rejected", "not accepted", "不通过", "不同意"])
def test_a_refusal_in_a_cell_of_a_csv_file_is_one(result: str) -> None:
    refused = ROWS.format(result)

    assert _stance(refused) != _stance(ROWS.format("accepted"))
    assert _stance(refused.replace(",", ";")) == _stance(refused)


def test_a_row_that_tells_of_what_the_product_rejects_is_no_refusal() -> None:
    told = ROWS.format("accepted; the page rejects a wrong card")

    assert _stance(told) == _stance(ROWS.format("accepted"))


def test_what_landed_under_the_ninth_edition_is_read_as_one_sentence_a_row() -> None:
    refused, accepted = ROWS.format("rejected"), ROWS.format("accepted")

    assert _stance(refused, edition=NINTH_EDITION) == _stance(accepted, edition=NINTH_EDITION)


def test_cells_in_quotes_keep_their_commas_and_lose_their_line_ends() -> None:
    assert cells_of('a,b\n"1, 2\n3",4\n') == "a\tb\n1, 2 3\t4"


def test_a_text_that_is_no_table_stays_as_it_is() -> None:
    text = f'a,"{"x" * 200_000}"'

    assert cells_of(text) == text
