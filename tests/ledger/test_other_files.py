"""What rests on other files, in the ledger: judged again when they land, and again by `verify`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.review_repository import ReviewRepository, review_repository


@pytest.fixture
def reviews(tmp_path: Path) -> ReviewRepository:
    return review_repository(tmp_path)


def entries(repository: ReviewRepository) -> list[tuple[Any, ...]]:
    """Append, and return event, path and verdict of the entries after the adoption."""
    done = repository.run("ledger", "append")
    assert done.code == 0, done.complaint
    count = int(done.output.rsplit(" entries appended", 1)[0].split()[-1])
    shown = (repository.run("ledger", "show", f"#{i}", "--format", "json") for i in range(1, count))
    listed = [json.loads(one.output) for one in shown]
    return [(entry["event"], entry["path"], entry["verdict"]) for entry in listed]


def verified(repository: ReviewRepository) -> str:
    done = repository.run("ledger", "verify")
    assert done.code == 0, done.output + done.complaint
    return done.output


def test_a_review_that_is_taken_away_enters_the_proposal_that_it_served(
    reviews: ReviewRepository,
) -> None:
    reviews.propose(2)
    reviews.review(2)
    reviews.commit("two")
    reviews.review(1, approver="li.wei")
    reviews.commit("the owner reviews the first")
    reviews.remove("reviews/2.yaml")
    reviews.commit("take the second away")
    assert entries(reviews) == [
        ("approved", "proposals/2.yaml", "pass"),
        ("approved", "reviews/2.yaml", "pass"),
        ("amended", "reviews/1.yaml", "pass"),
        ("bypassed", "proposals/1.yaml", "blocked"),
        ("bypassed", "reviews/2.yaml", "undecided"),
        ("bypassed", "proposals/2.yaml", "blocked"),
    ]
    assert "every landing is as it is recorded" in verified(reviews)


def test_a_landing_is_judged_beside_the_files_of_its_time(reviews: ReviewRepository) -> None:
    reviews.with_policy(
        "files.matches('notes/' + string(object.number) + '.md', 'yes')"
        " && 'notes/1.md' in files.changed"
    )
    reviews.commit("notes say yes")
    reviews.write("notes/1.md", "yes")
    reviews.commit("write them")
    reviews.write("notes/1.md", "no")
    reviews.commit("change them")
    reviews.write("elsewhere.md", "no")
    reviews.commit("something else")
    assert entries(reviews)[-2:] == [
        ("recorded", "proposals/1.yaml", "pass"),
        ("bypassed", "proposals/1.yaml", "blocked"),
    ]
    assert "Every landing of the history has its entries" in verified(reviews)


def test_a_merged_branch_is_judged_beside_what_it_is_merged_with(
    reviews: ReviewRepository,
) -> None:
    reviews.branch("two")
    reviews.propose(2)
    reviews.commit("propose")
    reviews.git("switch", "--quiet", "main")
    reviews.review(2)
    reviews.commit("review before")
    reviews.git("merge", "--quiet", "--no-ff", "--message", "merge", "two")
    assert ("approved", "proposals/2.yaml", "pass") in entries(reviews)
    verified(reviews)
