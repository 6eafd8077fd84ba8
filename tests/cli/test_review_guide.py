"""The guide about reviews shows a repository that works, from its files alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml

from tests.cli.launch_repository import clean_environment
from tests.cli.review_repository import ReviewRepository, pack, policy

GUIDES = Path(__file__).parents[2] / ".github" / "guides"
NAMES = ("reviews.md", "reviews.zh-CN.md")
_BLOCK = re.compile(r"^```yaml\n(?:# (\S+)\n)?(.*?)^```", re.MULTILINE | re.DOTALL)


def files_of(name: str) -> dict[str, str]:
    """Return the files of a guide by path (their first line), and the other block under ""."""
    text = (GUIDES / name).read_text("utf-8")
    return {block[1] or "": block[2] for block in _BLOCK.finditer(text)}


def repository_of(folder: Path, name: str) -> ReviewRepository:
    """Return a repository with the files of a guide and nothing else, committed on main."""
    (folder / "home").mkdir()
    repository = ReviewRepository(folder / "guide", clean_environment(folder / "home"))
    repository.folder.mkdir()
    repository.git("init", "--quiet", "--initial-branch", "main")
    for path, text in files_of(name).items():
        if path:
            repository.write(path, text)
    repository.commit("follow the guide")
    return repository


@pytest.mark.parametrize("name", NAMES)
def test_the_files_of_the_guide_are_a_repository_that_works(tmp_path: Path, name: str) -> None:
    guide = repository_of(tmp_path, name)
    tested = guide.run("policy", "test")
    assert (tested.code, tested.output) == (0, "1 policy, 3 cases: 3 as expected, 0 not\n")
    assert guide.verdicts() == {"proposals/1.yaml": "pass", "reviews/1.yaml": "pass"}
    for words in (("status", "1"), ("policy", "explain", "reviewed", "proposals/1.yaml")):
        assert guide.run(*words).code == 0
    guide.branch()
    guide.remove("reviews/1.yaml")
    guide.commit("take the review away")
    assert guide.verdicts("--base", "main")["proposals/1.yaml"] == "blocked"


@pytest.mark.parametrize("name", NAMES)
def test_the_command_of_the_guide_writes_a_policy(tmp_path: Path, name: str) -> None:
    guide = repository_of(tmp_path, name)
    words = ("policy", "new", "stage-given", "--kind", "Proposal", "--pack", "proposals")
    drafted = guide.run(*words)
    assert drafted.code == 0, drafted.complaint
    assert guide.run("policy", "test").code == 0
    guide.write("policies/proposals/pack.yaml", "")
    for path in (guide.folder / "policies/proposals").rglob("*"):
        if path.is_file():
            path.unlink()
    missing = guide.check()
    assert "launchpolicy policy new ID --kind KIND --pack proposals" in " ".join(
        missing.complaint.split()
    )
    assert guide.run(*words).code == 0
    assert guide.verdicts()["proposals/1.yaml"] == "blocked"


@pytest.mark.parametrize("name", NAMES)
def test_the_questions_about_files_of_the_guide_work(reviews: ReviewRepository, name: str) -> None:
    whole = json.loads(policy("reviewed"))
    whole["spec"]["validations"] = yaml.safe_load(files_of(name)[""])["validations"]
    reviews.write("policies/proposals/reviewed.yaml", json.dumps(whole))
    assert reviews.verdicts()["proposals/1.yaml"] == "undecided"
    reviews.write("proposals/README.md", "Proposals.\n")
    reviews.write("notes/1.md", "Reviewed-by: sun.yu\n")
    assert reviews.verdicts() == {"proposals/1.yaml": "pass", "reviews/1.yaml": "pass"}


def in_groups(repository: ReviewRepository, name: str) -> None:
    """Give the repository proposals in groups, with the rules about numbers of a guide."""
    text = (GUIDES / name).read_text("utf-8")
    unique, still_there = (
        next(code for code in re.findall(r"`(data\.groups[^`]+)`", text) if word in code)
        for word in ("object.number) + '-'))).flatten()", "oldObject")
    )
    repository.edit(
        ("proposals/*.yaml", "proposals/*/*/proposal.yaml"),
        (
            "kind: Configuration\n",
            "kind: Configuration\ndata: [{name: groups, file: groups.txt}]\n",
        ),
        path=".launchpolicy.yaml",
    )
    repository.write("groups.txt", "web\ndb\n")
    kept = policy(
        "kept",
        "object.number == oldObject.number",
        match={"kinds": ["Proposal"], "operations": ["update"]},
    )
    gone = policy("gone", still_there, match={"kinds": ["Proposal"], "operations": ["delete"]})
    repository.write("policies/proposals/kept.yaml", kept)
    repository.write("policies/proposals/gone.yaml", gone)
    repository.with_policy(unique)
    repository.write("policies/proposals/pack.yaml", pack("proposals", "reviewed", "kept", "gone"))
    repository.remove("proposals/1.yaml")
    repository.write("proposals/web/1-a/proposal.yaml", "number: 1\nowner: li.wei\n")
    repository.write("proposals/db/2-b/proposal.yaml", "number: 2\nowner: li.wei\n")
    repository.commit("sort by group")
    repository.branch()


@pytest.mark.parametrize("name", NAMES)
def test_the_rules_of_the_guide_about_numbers_keep_them(
    reviews: ReviewRepository, name: str
) -> None:
    in_groups(reviews, name)
    assert set(reviews.verdicts().values()) == {"pass"}
    reviews.write("proposals/db/1-copy/proposal.yaml", "number: 1\nowner: li.wei\n")
    reviews.commit("take a number twice")
    assert reviews.verdicts("--base", "main")["proposals/db/1-copy/proposal.yaml"] == "blocked"
    reviews.git("rm", "-rq", "proposals/db/1-copy")
    reviews.git("mv", "proposals/web/1-a", "proposals/web/3-a")
    reviews.write("proposals/web/3-a/proposal.yaml", "number: 3\nowner: li.wei\n")
    reviews.commit("another number over a rename")
    assert reviews.verdicts("--base", "main")["proposals/web/1-a/proposal.yaml"] == "blocked"
    reviews.git("reset", "-q", "--hard", "main")
    reviews.git("mv", "proposals/web/1-a", "proposals/db/1-a")
    reviews.commit("move to another group")
    assert set(reviews.verdicts("--base", "main").values()) == {"pass"}


def test_fields_of_a_kind_that_is_only_looked_up_are_no_blind_spot_unseen(tmp_path: Path) -> None:
    guide = repository_of(tmp_path, "reviews.md")
    guide.edit(
        ("  approver: {type: string}", "  approver: {type: string}\n  date: {}"),
        path="schemas/review.schema.yaml",
    )
    spots = json.loads(guide.run("policy", "blind-spots", "--format", "json").output)
    (review,) = [kind for kind in spots["kinds"] if kind["kind"] == "Review"]
    assert [field["field"] for field in review["unread"]] == ["date"]
