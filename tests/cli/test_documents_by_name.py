"""Documents of a kind of one's own are named by file, folder or id, and judged as by the check."""

from __future__ import annotations

import json
import re

import pytest

from tests.cli.launch_repository import Finished
from tests.cli.review_repository import ReviewRepository

FILE = "proposals/1040/proposal.yaml"
COMMANDS = [("status", "{}"), ("policy", "explain", "reviewed", "{}")]
WAYS = [FILE, "proposals/1040", "1040"]


@pytest.fixture
def folders(reviews: ReviewRepository) -> ReviewRepository:
    """A repository whose proposals stand in folders: 1040, which is reviewed."""
    reviews.edit(("proposals/*.yaml", "proposals/*/proposal.yaml"), path=".launchpolicy.yaml")
    reviews.remove("proposals/1.yaml")
    reviews.remove("reviews/1.yaml")
    reviews.write(FILE, json.dumps({"number": 1040, "owner": "li.wei"}))
    reviews.review(1040)
    reviews.commit("move to folders")
    return reviews


def answers(
    repository: ReviewRepository, command: tuple[str, ...], *options: str
) -> list[Finished]:
    return [repository.run(*(word.format(way) for word in command), *options) for way in WAYS]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_a_document_is_named_by_file_folder_or_id(
    folders: ReviewRepository, command: tuple[str, ...]
) -> None:
    first, second, third = answers(folders, command)
    assert first.code == 0, first.complaint
    assert first.output == second.output == third.output


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
def test_what_the_check_judges_again_is_shown_by_file_folder_or_id(
    folders: ReviewRepository, command: tuple[str, ...]
) -> None:
    folders.branch()
    folders.remove("reviews/1040.yaml")
    folders.commit("take the review away")
    assert folders.verdicts("--base", "main")[FILE] == "blocked"
    for answer in answers(folders, command, "--base", "main"):
        assert "There is no reviews/1040.yaml." in answer.output, answer.complaint


def test_a_document_that_is_gone_is_shown_by_its_old_path(folders: ReviewRepository) -> None:
    folders.write(
        "policies/proposals/reviewed.yaml",
        json.dumps(
            {
                "apiVersion": "launchpolicy/v1",
                "kind": "Policy",
                "metadata": {"name": "reviewed", "title": "Proposals stay"},
                "spec": {
                    "match": {"kinds": ["Proposal"], "operations": ["delete"]},
                    "validations": [
                        {"expression": "oldObject.owner == ''", "message": "It stays."}
                    ],
                    "fix": "Leave it.",
                },
            }
        ),
    )
    folders.commit("keep proposals")
    folders.branch()
    folders.remove(FILE)
    folders.commit("delete it")
    assert folders.verdicts("--base", "main")[FILE] == "blocked"
    for command in COMMANDS:
        words = (word.format(FILE) for word in command)
        answer = folders.run(*words, "--base", "main")
        assert "It stays." in answer.output, answer.complaint
    assert folders.run("status", FILE).code == 2


def test_an_id_that_two_documents_have_names_neither(folders: ReviewRepository) -> None:
    """A status of the other one could be taken for that of the one that is meant."""
    folders.write("proposals/copy/proposal.yaml", json.dumps({"number": 1040, "owner": "sun.yu"}))
    refused = folders.run("status", "1040")
    assert refused.code == 2
    assert "1040 names 2 requests: proposals/1040/proposal.yaml" in refused.complaint
    assert "reviews/1040.yaml" not in refused.complaint
    several = folders.run("status", "proposals", "--base", "main")
    assert several.code == 2
    assert "names 2 requests" in several.complaint


@pytest.mark.parametrize("way", WAYS)
def test_a_document_is_approved_by_file_folder_or_id(folders: ReviewRepository, way: str) -> None:
    """Without a directory nobody can sign; the request itself is known by then."""
    refused = folders.run("approve", way, "--base", "main")
    assert "no directory of people" in refused.complaint


def test_test_reports_tell_a_proposal_from_the_review_with_its_id(
    folders: ReviewRepository,
) -> None:
    report = folders.check("--format", "junit").output
    assert re.findall('<testsuite name="([^"]+)"', report) == ["Proposal 1040", "Review 1040"]
