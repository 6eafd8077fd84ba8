"""`people add` fills in people.yaml, so that nobody has to edit YAML to take part."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

from tests.cli.launch_repository import LaunchRepository
from tests.cli.new_repository import NewRepository, new_repository

WANG = ("wang.fang", "--display", "Wang Fang", "--department", "product")
ROLES = ("product-lead", "rd-lead", "operations-lead", "company-leadership")


@pytest.fixture
def fresh(tmp_path: Path) -> NewRepository:
    return new_repository(tmp_path)


def key(folder: Path, name: str) -> Path:
    file = folder / name
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(file)], check=True)
    return file


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_directory_of_init_is_filled_without_an_editor(
    fresh: NewRepository, tmp_path: Path, language: str
) -> None:
    assert fresh.init("--language", language, "--approvals", "signed").code == 0
    for role in ROLES:
        person = ("--department", "product", "--key", str(key(tmp_path, role)), "--role", role)
        added = fresh.run("people", "add", f"head.{role}", *person)
        assert added.code == 0, added.complaint
    other = ("--department", "quality", "--key", str(key(tmp_path, "x")), "--role", "product-lead")
    assert fresh.run("people", "add", "zhou.kai", *other).code == 0
    checked = fresh.run("people", "check")
    assert checked.code == 0, checked.output
    content = yaml.safe_load(fresh.read("people.yaml"))
    assert content["roles"]["product-lead"] == ["head.product-lead", "zhou.kai"]
    assert content["roles"]["rd-lead"] == ["head.rd-lead"]


def test_a_role_is_put_to_use_where_its_comment_stands(fresh: NewRepository) -> None:
    fresh.init("--approvals", "signed")
    lines = fresh.read("people.yaml").splitlines()
    assert fresh.run("people", "add", *WANG, "--role", "rd-lead").code == 0
    after = fresh.read("people.yaml").splitlines()
    at = lines.index("#  rd-lead: []") + 1
    assert after[at] == "  rd-lead: [wang.fang]"
    assert "roles:" in after
    assert "#  product-lead: []" in after


def test_a_new_person_stands_behind_the_comments_of_the_one_before(fresh: NewRepository) -> None:
    fresh.init("--approvals", "github")
    assert fresh.run("people", "add", *WANG, "--github", "7", "wangfang").code == 0
    lines = fresh.read("people.yaml").splitlines()
    at = next(number for number, line in enumerate(lines) if "wang.fang" in line)
    assert lines[at - 1].lstrip().startswith("#accounts:")
    people = yaml.safe_load(fresh.read("people.yaml"))["people"]
    assert people[1]["accounts"] == {"github": {"id": 7, "login": "wangfang"}}


def test_a_person_who_is_there_gets_more_and_keeps_the_rest(
    repository: LaunchRepository, tmp_path: Path
) -> None:
    file = repository.folder / "people.yaml"
    before = yaml.safe_load(file.read_text("utf-8"))
    public = key(tmp_path, "li").with_suffix(".pub")
    more = ("--key", str(public), "--role", "rd-lead", "--email", "li@example.org")
    for _ in range(2):  # what is there already is not written again
        assert repository.run("people", "add", "li.wei", *more).code == 0
    after = yaml.safe_load(file.read_text("utf-8"))
    (was,) = (one for one in before["people"] if one["name"] == "li.wei")
    (person,) = (one for one in after["people"] if one["name"] == "li.wei")
    assert person["keys"] == [public.read_text("utf-8").strip()]
    assert person["emails"] == [*was["emails"], "li@example.org"]
    assert person["accounts"] == was["accounts"]
    assert after["roles"]["rd-lead"] == [*before["roles"]["rd-lead"], "li.wei"]


def test_a_role_per_department_is_that_of_the_persons_own_or_of_one_named(
    fresh: NewRepository,
) -> None:
    fresh.init("--process", "system-cutover", "--approvals", "signed")
    for role in ("department-head", "department-head/logistics"):
        person = ("tang.yu", "--department", "finance", "--role", role)
        assert fresh.run("people", "add", *person).code == 0
    roles = yaml.safe_load(fresh.read("people.yaml"))["roles"]
    assert roles["department-head"] == {"finance": ["tang.yu"], "logistics": ["tang.yu"]}


REFUSED = {
    "a new person without a department": (("wang.fang",), "--department"),
    "a misspelt role": ((*WANG, "--role", "product-led"), "Did you mean product-lead?"),
    "an id that is none": (("Wang Fang", "--department", "product"), "Nothing was written"),
    "an address of another": ((*WANG, "--email", "LI.WEI@example.com"), "stands already in line"),
    "a key that is not there": ((*WANG, "--key", "nowhere"), "cannot be used"),
}


@pytest.mark.parametrize(("arguments", "says"), REFUSED.values(), ids=REFUSED)
def test_what_would_not_be_right_is_not_written(
    fresh: NewRepository, arguments: tuple[str, ...], says: str
) -> None:
    fresh.init("--approvals", "signed")
    before = fresh.read("people.yaml")
    refused = fresh.run("people", "add", *arguments)
    assert refused.code == 2
    assert says in refused.complaint
    assert fresh.read("people.yaml") == before


def test_a_private_key_is_never_written(fresh: NewRepository, tmp_path: Path) -> None:
    fresh.init("--approvals", "signed")
    private = key(tmp_path, "wang")
    private.with_suffix(".pub").unlink()
    assert fresh.run("people", "add", *WANG, "--key", str(private)).code == 2
    renamed = tmp_path / "private.pub"
    renamed.write_bytes(private.read_bytes())
    assert fresh.run("people", "add", *WANG, "--key", str(renamed)).code == 2
    assert "PRIVATE" not in fresh.read("people.yaml")


def test_without_a_directory_the_error_names_the_command_that_writes_one(
    fresh: NewRepository,
) -> None:
    fresh.init("--approvals", "signed")
    (fresh.folder / "people.yaml").unlink()
    refused = fresh.run("people", "add", *WANG, "--role", "rd-lead")
    assert (refused.code, "launchpolicy init" in refused.complaint) == (2, True)
    assert fresh.init().code == 0
    assert fresh.run("people", "add", *WANG, "--role", "rd-lead").code == 0


def test_a_role_that_only_makes_fit_for_a_duty_can_be_given(fresh: NewRepository) -> None:
    fresh.init("--approvals", "signed")
    assert "#  dba: []" in fresh.read("people.yaml")
    added = fresh.run("people", "add", *WANG, "--role", "dba", "--role", "application-maintainer")
    assert added.code == 0, added.complaint
    assert "#  dba: []" not in fresh.read("people.yaml")
    roles = yaml.safe_load(fresh.read("people.yaml"))["roles"]
    assert roles == {"dba": ["wang.fang"], "application-maintainer": ["wang.fang"]}
    assert fresh.run("people", "add", *WANG, "--role", "dbb").code == 2


def test_a_repository_of_reviews_gets_its_directory_with_the_first_person(
    fresh: NewRepository,
) -> None:
    (fresh.folder / ".launchpolicy.yaml").write_text(
        "apiVersion: launchpolicy/v1\nkind: Configuration\napprovals: {rules: [maintainer]}\n"
    )
    refused = fresh.run("people", "add", "wang.fang", "--role", "maintainer")
    assert (refused.code, "--department" in refused.complaint) == (2, True)
    assert not (fresh.folder / "people.yaml").exists()
    assert fresh.run("people", "add", *WANG, "--role", "maintainer").code == 0
    assert fresh.run("people", "add", "zhou.kai", "--department", "rd").code == 0
    content = yaml.safe_load(fresh.read("people.yaml"))
    assert [one["name"] for one in content["people"]] == ["wang.fang", "zhou.kai"]
    assert content["roles"] == {"maintainer": ["wang.fang"]}


def test_a_link_in_place_of_the_directory_is_not_followed(
    fresh: NewRepository, tmp_path: Path
) -> None:
    fresh.init("--approvals", "signed")
    outside = tmp_path / "outside.yaml"
    outside.write_bytes((fresh.folder / "people.yaml").read_bytes())
    (fresh.folder / "people.yaml").unlink()
    (fresh.folder / "people.yaml").symlink_to(outside)
    before = outside.read_bytes()
    assert fresh.run("people", "add", *WANG).code == 2
    assert outside.read_bytes() == before


def test_a_private_key_that_git_would_commit_is_named(fresh: NewRepository) -> None:
    fresh.init("--approvals", "signed")
    inside = key(fresh.folder, "wang.key")
    for file in (inside, Path(f"{inside}.pub")):
        added = fresh.run("people", "add", *WANG, "--key", str(file))
        assert added.code == 0
        assert "is a private key" in added.complaint
        assert "wang.key" in added.complaint
        assert ".gitignore" in added.complaint
    assert (
        "私钥" in fresh.run("people", "add", *WANG, "--key", str(inside), "--lang", "zh").complaint
    )


def test_a_private_key_outside_or_ignored_is_not_complained_of(
    fresh: NewRepository, tmp_path: Path
) -> None:
    fresh.init("--approvals", "signed")
    fresh.write(".gitignore", "*.key\n")
    for file in (key(fresh.folder, "wang.key"), key(tmp_path, "wang")):
        assert fresh.run("people", "add", *WANG, "--key", str(file)).complaint == ""
