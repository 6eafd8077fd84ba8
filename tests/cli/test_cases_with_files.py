"""Test cases of policies that look up documents and ask about files."""

from __future__ import annotations

import json

import pytest

from tests.cli.review_repository import ReviewRepository, lookup, policy

CASES = """\
apiVersion: launchpolicy/v1
kind: PolicyTest
metadata: {name: reviewed}
spec:
  object: cases/one.yaml
  path: proposals/1.yaml
  files: {reviews/1.yaml: "number: 1\\napprover: sun.yu\\n"}
  cases:
    - {name: with its review, expect: passed}
    - {name: without any, files: {}, expect: failed, says: There is no reviews/1.yaml.}
    - name: of another proposal
      files: {reviews/1.yaml: "number: 2\\napprover: sun.yu\\n"}
      expect: failed
      at: number
    - {name: by the owner, set: {owner: sun.yu}, expect: failed, at: owner}
"""


def with_cases(repository: ReviewRepository, cases: str = CASES) -> None:
    repository.write("policies/proposals/cases/one.yaml", "number: 1\nowner: li.wei\n")
    repository.write("policies/proposals/reviewed.test.yaml", cases)


def run(repository: ReviewRepository) -> tuple[int, str]:
    finished = repository.run("policy", "test", "policies/proposals")
    return finished.code, finished.output + finished.complaint


def test_cases_give_the_documents_that_are_looked_up(reviews: ReviewRepository) -> None:
    with_cases(reviews)
    code, output = run(reviews)
    assert (code, output) == (0, "1 policy, 4 cases: 4 as expected, 0 not\n")


def test_a_case_without_the_review_that_it_expects_fails(reviews: ReviewRepository) -> None:
    with_cases(reviews, CASES.replace("files: {}, expect: failed", "files: {}, expect: passed"))
    code, output = run(reviews)
    assert code == 1
    assert "without any (passed): failed: There is no reviews/1.yaml.\n" in output


def test_a_case_that_fails_unexpectedly_shows_the_finding_and_its_place(
    reviews: ReviewRepository,
) -> None:
    with_cases(reviews, CASES.replace("expect: failed, at: owner", "expect: passed"))
    code, output = run(reviews)
    assert code == 1
    assert "by the owner (passed): failed: The owner reviewed it. (at owner)\n" in output
    chinese = reviews.run("policy", "test", "policies/proposals", "--lang", "zh").output
    assert "The owner reviewed it.（位置 owner）" in chinese


def test_a_malformed_document_of_a_case_is_a_mistake_of_the_case(
    reviews: ReviewRepository,
) -> None:
    with_cases(reviews, CASES.replace("number: 2", "number: two"))
    code, output = run(reviews)
    assert code == 1
    assert "files: reviews/1.yaml:1:9: Looked up as `review`: " in output


@pytest.mark.parametrize(
    ("old_files", "outcome"),
    [("", "error"), ("oldFiles: {}", "failed"), ("oldFiles: {notes/1.md: Text.}", "passed")],
)
def test_a_case_says_what_the_change_touches(
    reviews: ReviewRepository, old_files: str, outcome: str
) -> None:
    reviews.write(
        "policies/proposals/reviewed.yaml",
        policy("reviewed", "files.exists('notes/1.md') && !('notes/1.md' in files.changed)"),
    )
    with_cases(
        reviews,
        f"""\
apiVersion: launchpolicy/v1
kind: PolicyTest
metadata: {{name: reviewed}}
spec:
  object: cases/one.yaml
  path: proposals/1.yaml
  files: {{notes/1.md: Text.}}
  cases:
    - {{name: untouched, oldFiles: {{notes/1.md: Text.}}, expect: passed}}
    - {{name: new, oldFiles: {{}}, expect: failed}}
    - name: in question
      expect: {outcome}
      {old_files}
""",
    )
    code, output = run(reviews)
    assert code == 0, output


def test_mistakes_in_what_is_asked_of_a_review_are_noticed_by_the_cases(
    reviews: ReviewRepository,
) -> None:
    with_cases(reviews)
    finished = reviews.run("policy", "mutate", "policies/proposals", "--jobs", "1")
    assert finished.code == 0, finished.output + finished.complaint


def _survivors(reviews: ReviewRepository) -> list[str]:
    finished = reviews.run(
        "policy", "mutate", "policies/proposals", "--jobs", "1", "--format", "json"
    )
    report = json.loads(finished.output)
    return [mutant for each in report["policies"] for mutant in each["survivors"]]


def test_a_mistake_in_the_path_of_a_lookup_that_no_case_notices_is_named(
    reviews: ReviewRepository,
) -> None:
    without = "lookups.review.exists ? lookups.review.object.approver != object.owner : true"
    reviews.with_policy(without, lookups=[lookup()])
    cases = CASES.partition("  cases:")[0] + "  cases:\n    - {name: reviewed, expect: passed}\n"
    with_cases(reviews, cases)
    survivors = _survivors(reviews)
    assert "lookups[0].path 1: 'reviews/' → 'reviews/~'" in survivors
    by_owner = '{reviews/1.yaml: "{number: 1, approver: li.wei}"}'
    with_cases(reviews, f"{cases}    - {{name: own, files: {by_owner}, expect: failed}}\n")
    assert not any(mutant.startswith("lookups") for mutant in _survivors(reviews))


def test_another_file_that_a_mistake_asks_about_is_looked_for_before_it_counts_as_noticed(
    reviews: ReviewRepository,
) -> None:
    reviews.with_policy("files.exists('notes/1.md')")
    cases = CASES.partition("  files:")[0] + "  cases:\n    - {name: without, expect: failed}\n"
    with_cases(reviews, cases)
    assert "validations[0].expression 5: 'notes/1.md' → 'notes/1.md~'" in _survivors(reviews)


MANY_WITHOUT = ("policy", "test"), ("policy", "test", "--coverage"), ("policy", "mutate")


@pytest.mark.parametrize("command", MANY_WITHOUT, ids=" ".join)
def test_all_files_of_cases_that_are_missing_or_malformed_are_named(
    reviews: ReviewRepository, command: tuple[str, ...]
) -> None:
    """Otherwise who writes twenty policies runs the command twenty times."""
    reviews.write("policies/proposals/cases/one.yaml", "number: 1\nowner: li.wei\n")
    names = ("reviewed", "second", "third")
    bindings = ", ".join(f"{{policy: {name}, action: deny}}" for name in names)
    reviews.write(
        "policies/proposals/pack.yaml",
        "apiVersion: launchpolicy/v1\nkind: Pack\nmetadata: {name: proposals, title: P}\n"
        f"spec: {{version: 1, bindings: [{bindings}]}}\n",
    )
    for name in names[1:]:
        text = (reviews.folder / "policies/proposals/reviewed.yaml").read_text("utf-8")
        reviews.write(f"policies/proposals/{name}.yaml", text.replace("reviewed", name, 1))
    reviews.write("policies/proposals/third.test.yaml", CASES.replace("cases:", "csaes:"))
    finished = reviews.run(*command)
    assert finished.code == 2
    assert "There is no policies/proposals/reviewed.test.yaml." in finished.complaint
    assert "There is no policies/proposals/second.test.yaml." in finished.complaint
    assert "`csaes` is not a key of" in finished.complaint
