"""Since when a document has its approved part, where its kind looks up a list of documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from launchpolicy.documents.schema.schema import Schema
from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.operations.approvals.signing_history import SigningHistory
from launchpolicy.requests.configuration import configuration_of
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.kinds import Kind
from launchpolicy.requests.lookups import Lookup
from tests.cli.review_repository import ReviewRepository

PATH = "proposals/1.yaml"


def _since(repository: ReviewRepository, pattern: str) -> str:
    lookup = Lookup("reviews", "Review", "", files=(pattern,))
    schema = Schema({"type": "object"})
    kind = Kind("Proposal", FilePatterns(("proposals/*.yaml",)), schema, "path.stem", "")
    kind = kind._replace(lookups=(lookup,))
    with open_repository(Path(repository.folder)) as opened:
        base = repository.git("rev-parse", "HEAD")
        binding = SigningHistory(opened, base, "").binding(configuration_of({}), kind, PATH)
    return binding.since


@pytest.mark.parametrize("pattern", ["reviews/*.yaml", "**/1*.yaml"])
def test_an_approval_is_not_brought_back_by_a_document_that_came_to_the_list_and_went(
    reviews: ReviewRepository, pattern: str
) -> None:
    before = _since(reviews, pattern)
    reviews.write("reviews/17.yaml", "number: 17\napprover: mallory\n")
    reviews.commit("another review")
    reviews.remove("reviews/17.yaml")
    gone = reviews.commit("and gone")
    assert _since(reviews, pattern) == gone != before
    reviews.write("notes/17.txt", "What the pattern does not match.\n")
    reviews.commit("a note")
    assert _since(reviews, pattern) == gone
