"""An example in comments of which only the inner line was uncommented: what its author reads."""

from __future__ import annotations

import pytest

from launchpolicy.documents.reading import Refusal, read

PEOPLE = "people:\n  - name: li.wei\n\n# Every role.\n#roles:\n#  # Head of product\n"


@pytest.mark.parametrize("line", ["  product-lead: [li.wei]", " product-lead: [li.wei]"])
def test_a_key_that_is_still_a_comment_is_named_with_its_line(line: str) -> None:
    refusal = read("people.yaml", f"{PEOPLE}{line}\n".encode())
    assert isinstance(refusal, Refusal)
    (finding,) = refusal.findings
    assert "`roles:`, remove the # of line 5, too" in finding.fix.en
    assert "同时去掉第 5 行的 #" in finding.fix.zh


def test_a_comment_that_is_a_sentence_is_no_key() -> None:
    refusal = read("people.yaml", b"people:\n  - name: li.wei\n# Note: roles\n  x: [\n")
    assert isinstance(refusal, Refusal)
    assert "remove the #" not in refusal.findings[0].fix.en
