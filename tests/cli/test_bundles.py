"""Bundles: packs from somewhere else that judge only as they were approved."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.company import Company
from tests.cli.launch_repository import Finished, LaunchRepository
from tests.cli.own_pack import PACK, POLICY
from tests.cli.test_data_documents import FILE, refused, write
from tests.cli.test_further_rules import rules_of
from tests.cli.test_rule_changes import approve_rules

LOCK = "bundles.lock.yaml"
COPY = "bundles/company/packs/own/watcher-named.yaml"
TEST = """\
apiVersion: launchpolicy/v1
kind: PolicyTest
metadata: {name: watcher-named}
spec:
  object: cases/request.yaml
  cases:
    - {name: one watches, expect: passed}
    - {name: nobody watches, remove: [spec.people.watcher], expect: failed}
"""


@pytest.fixture
def source(tmp_path: Path, bare_folder: LaunchRepository) -> LaunchRepository:
    """A git repository beside the launch repository, with one pack; its tag is v1."""
    rules = replace(bare_folder, folder=tmp_path / "rules")
    write(rules, "policies/own/pack.yaml", PACK)
    write(rules, "policies/own/watcher-named.yaml", POLICY)
    write(rules, "policies/own/watcher-named.test.yaml", TEST)
    write(rules, "policies/own/cases/request.yaml", bare_folder.request.read_bytes())
    write(rules, "README.md", "Not part of any pack.\n")
    rules.git("init", "--quiet", "--initial-branch=main")
    rules.commit("rules")
    rules.git("tag", "v1")
    return rules


@pytest.fixture
def bundled(bare_folder: LaunchRepository, source: LaunchRepository) -> LaunchRepository:
    """A folder with the bundle `company`, whose pack every launch is judged by."""
    added = add(bare_folder, source.folder)
    assert added.code == 0, added.complaint
    bare_folder.edit(("[launch]        #", "[launch, own]   #"), path=FILE)
    return bare_folder


def add(repository: LaunchRepository, source: Path | str, *options: str) -> Finished:
    chosen = options or ("--ref", "v1")
    return repository.run("bundle", "add", str(source), "--name", "company", *chosen)


def untouched(repository: LaunchRepository) -> bool:
    return not (repository.folder / "bundles").exists() and "bundles" not in (
        repository.folder / FILE
    ).read_text("utf-8")


def test_a_copied_pack_judges_like_an_own_one(bundled: LaunchRepository) -> None:
    assert bundled.check().code == 0
    bundled.edit(("    watcher: qian.na\n", ""))
    finished = bundled.check()
    assert finished.code == 1
    assert "Nobody watches." in finished.output


def test_a_check_reaches_for_no_source(bundled: LaunchRepository, source: LaunchRepository) -> None:
    shutil.rmtree(source.folder)
    assert bundled.check().code == 0
    assert bundled.run("bundle", "verify").code == 0
    finished = bundled.run("bundle", "verify", "--source")
    assert finished.code in {2, 3}
    assert "Traceback" not in finished.complaint


def test_the_cases_of_a_bundle_are_run_with_the_others(bundled: LaunchRepository) -> None:
    finished = bundled.run("policy", "test")
    assert finished.code == 0, finished.output + finished.complaint
    assert "1 policies, 2 cases" in finished.output or "2 cases" in finished.output


def test_a_policy_of_a_bundle_that_was_edited_is_refused(bundled: LaunchRepository) -> None:
    bundled.edit(("has(object.spec.people.watcher)", "true"), path=COPY)
    refused(bundled.check(), f"{COPY} is not the file that was copied")
    verified = bundled.run("bundle", "verify")
    assert (verified.code, COPY in verified.output) == (1, True)


def test_a_policy_of_a_bundle_that_was_removed_is_refused(bundled: LaunchRepository) -> None:
    (bundled.folder / COPY).unlink()
    refused(bundled.check(), f"{COPY} of the bundle company is missing")


@pytest.mark.parametrize(
    "path",
    [
        "bundles/company/packs/own/cases/more.yaml",
        "bundles/company/packs/lax/pack.yaml",
        "bundles/company/README.md",
    ],
)
def test_a_file_that_was_slipped_into_a_bundle_is_refused(
    bundled: LaunchRepository, path: str
) -> None:
    write(bundled, path, PACK.replace("name: own", "name: lax"))
    refused(bundled.check(), path)


def test_a_link_in_a_bundle_is_refused(bundled: LaunchRepository) -> None:
    file = bundled.folder / COPY
    file.rename(bundled.folder / "elsewhere.yaml")
    file.symlink_to(bundled.folder / "elsewhere.yaml")
    refused(bundled.check(), COPY)


def test_a_linked_folder_of_bundles_is_refused(bundled: LaunchRepository) -> None:
    (bundled.folder / "bundles").rename(bundled.folder / "elsewhere")
    (bundled.folder / "bundles").symlink_to("elsewhere")
    refused(bundled.check(), "bundles is not a regular file")


def test_a_lock_that_was_edited_without_its_digest_is_refused(bundled: LaunchRepository) -> None:
    digest = _digest_in_lock(bundled, "packs/own/pack.yaml")
    bundled.edit((digest, "0" * 64), path=LOCK)
    refused(bundled.check(), "is not that of the files listed", LOCK)


def _digest_in_lock(repository: LaunchRepository, path: str) -> str:
    lines = (repository.folder / LOCK).read_text("utf-8").splitlines()
    line = next(line for line in lines if path in line)
    return line.rpartition(": ")[2].strip('"')


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("ref: v1", "ref: v2", "bundle update company"),
        ("ref: v1}", "ref: v1, packs: [lax]}", "bundle update company"),
        ("name: company,", "name: other,", "is declared, and not in"),
    ],
)
def test_a_declaration_that_its_copy_does_not_follow_is_refused(
    bundled: LaunchRepository, old: str, new: str, words: str
) -> None:
    bundled.edit((old, new), path=FILE)
    refused(bundled.check(), words)


def test_a_missing_or_broken_lock_is_refused(bundled: LaunchRepository) -> None:
    text = (bundled.folder / LOCK).read_text("utf-8")
    (bundled.folder / LOCK).unlink()
    refused(bundled.check(), "is declared, and not in")
    write(bundled, LOCK, text.replace("kind: BundleLock", "kind: Lock"))
    refused(bundled.check(), f"{LOCK}:")


@pytest.mark.parametrize("name", ["launch", "own"])
def test_a_pack_cannot_take_the_name_of_another(
    bare_folder: LaunchRepository, source: LaunchRepository, name: str
) -> None:
    write(bare_folder, "policies/own/pack.yaml", PACK)
    write(bare_folder, "policies/own/watcher-named.yaml", POLICY)
    folder = source.folder / "policies"
    (folder / "own").rename(folder / name)
    source.edit(("name: own", f"name: {name}"), path=f"policies/{name}/pack.yaml") if (
        name != "own"
    ) else None
    source.commit("rename")
    done = add(bare_folder, source.folder, "--ref", "main")
    refused(done, f"/packs/{name}/pack.yaml:1:1: The name `{name}` of this pack is taken")
    assert untouched(bare_folder)


def test_a_bundle_that_does_not_load_is_not_written(
    bare_folder: LaunchRepository, source: LaunchRepository
) -> None:
    source.edit(("people.watcher)", "people.wacther)"), path="policies/own/watcher-named.yaml")
    source.commit("misspell")
    finished = add(bare_folder, source.folder, "--ref", "main")
    refused(finished, COPY, "watcher")
    assert untouched(bare_folder)


def test_a_change_of_a_bundle_waits_for_the_owners_of_the_rules(
    company: Company, source: LaunchRepository
) -> None:
    repository = company.repository
    repository.git("switch", "--quiet", "main")
    assert add(repository, source.folder).code == 0
    repository.edit(("[launch]        #", "[launch, own]   #"), path=FILE)
    repository.commit("bundle")
    company.leadership_owns_the_rules()
    assert not rules_of(repository)
    old, new = "has(object.spec.people.watcher)", '"true"'
    source.edit((old, new), path="policies/own/watcher-named.yaml")
    source.edit(("version: 1", "version: 2"), path="policies/own/pack.yaml")
    source.commit("weaken")
    repository.git("checkout", "request", "--", "launches")
    repository.edit(("    watcher: qian.na\n", ""))
    assert repository.run("bundle", "update", "company", "--ref", "main").code == 0
    repository.commit("bring a weaker bundle with the request that needs it")
    (rules,) = rules_of(repository)
    assert rules["verdict"] == "blocked"
    report = json.loads(repository.check("--base", "main", "--format", "json").output)
    launch = next(each for each in report["requests"] if each["kind"] == "LaunchRequest")
    outcomes = {result["policy"]: result["outcome"] for result in launch["results"]}
    assert outcomes["watcher-named"] == "failed"
    approve_rules(company, "xu.bo")
    assert rules_of(repository)[0]["verdict"] == "pass"


def test_an_update_shows_what_changes_and_removes_what_is_gone(
    bundled: LaunchRepository, source: LaunchRepository
) -> None:
    source.edit(("Nobody watches.", "Somebody must watch."), path="policies/own/watcher-named.yaml")
    pack = PACK.replace("version: 1", "version: 2").replace(
        "action: deny}", "action: deny}, {policy: tester-named, action: warn}"
    )
    write(source, "policies/own/pack.yaml", pack)
    other = POLICY.replace("watcher-named", "tester-named").replace("watcher", "testers")
    write(source, "policies/own/tester-named.yaml", other)
    source.git("rm", "--quiet", "policies/own/cases/request.yaml")
    source.git("rm", "--quiet", "policies/own/watcher-named.test.yaml")
    source.commit("second version")
    source.git("tag", "v2")
    before = _tree(bundled)
    dry = bundled.run("bundle", "update", "company", "--ref", "v2", "--dry-run")
    assert dry.code == 0, dry.complaint
    assert _tree(bundled) == before
    done = bundled.run("bundle", "update", "company", "--ref", "v2")
    for output in (dry.output, done.output):
        assert "+ own/tester-named" in output
        assert "~ own/watcher-named" in output
    assert not (bundled.folder / "bundles/company/packs/own/cases").exists()
    assert "ref: v2" in (bundled.folder / FILE).read_text("utf-8")
    assert bundled.check().code == 0
    assert bundled.run("bundle", "verify", "--source").code == 0
    again = bundled.run("bundle", "update", "company")
    assert "unchanged" in again.output


def _tree(repository: LaunchRepository) -> dict[str, bytes]:
    files = (path for path in repository.folder.rglob("*") if path.is_file())
    return {str(path): path.read_bytes() for path in files}


def test_a_copy_that_never_came_from_its_source_is_found(
    bundled: LaunchRepository, source: LaunchRepository
) -> None:
    """Whoever edits a policy and its lock alike is found by asking the source again."""
    source.edit(
        ("has(object.spec.people.watcher)", '"true"'), path="policies/own/watcher-named.yaml"
    )
    source.commit("an insider's version")
    commit = _commit_in_lock(bundled)
    assert bundled.run("bundle", "update", "company", "--ref", "main").code == 0
    forged = _commit_in_lock(bundled)
    bundled.edit((forged, commit), ("ref: main", "ref: v1"), path=LOCK)
    bundled.edit(("ref: main", "ref: v1"), path=FILE)
    assert bundled.check().code == 0
    assert bundled.run("bundle", "verify").code == 0
    finished = bundled.run("bundle", "verify", "--source")
    assert finished.code == 1
    assert f"{COPY} is not what the source" in finished.output


def _commit_in_lock(repository: LaunchRepository) -> str:
    lines = (repository.folder / LOCK).read_text("utf-8").splitlines()
    return next(line.rpartition(": ")[2].strip('"') for line in lines if "commit:" in line)


def test_a_tag_that_was_moved_is_told(bundled: LaunchRepository, source: LaunchRepository) -> None:
    source.git("config", "uploadpack.allowAnySHA1InWant", "true")
    source.commit("more")
    source.git("tag", "--force", "v1")
    finished = bundled.run("bundle", "verify", "--source")
    assert finished.code == 0, finished.output + finished.complaint
    assert f"v1 leads to {source.git('rev-parse', 'HEAD')} now" in finished.output


@pytest.mark.parametrize(
    ("address", "ref", "words"),
    [
        ("ext::sh -c touch% pwned", "v1", "no repository that is fetched from"),
        ("http://rules.example.com/rules.git", "v1", "no repository that is fetched from"),
        ("git://rules.example.com/rules.git", "v1", "no repository that is fetched from"),
        ("https://li:secret@rules.example.com/rules.git", "v1", "holds a password"),
        ("rules-that-are-not-there", "v1", "does not exist"),
        ("HERE", "--upload-pack=touch pwned", "no name of a branch"),
        ("HERE", "v1:refs/heads/x", "no name of a branch"),
        ("HERE", "+v1", "no name of a branch"),
    ],
)
def test_an_address_or_a_name_that_git_could_take_for_more_is_refused(
    bare_folder: LaunchRepository, source: LaunchRepository, address: str, ref: str, words: str
) -> None:
    address = address.replace("HERE", str(source.folder))
    finished = add(bare_folder, address, f"--ref={ref}")
    refused(finished, words)
    assert untouched(bare_folder)
    assert not (bare_folder.folder / "pwned").exists()


def test_a_name_that_the_source_does_not_have_is_undecided(
    bare_folder: LaunchRepository, source: LaunchRepository
) -> None:
    finished = add(bare_folder, source.folder, "--ref", "v9")
    assert finished.code == 3
    assert "cannot be fetched" in finished.complaint
    assert untouched(bare_folder)


def test_a_link_in_the_source_is_not_copied(
    bare_folder: LaunchRepository, source: LaunchRepository
) -> None:
    (source.folder / "policies/own/cases/secret.yaml").symlink_to("/etc/passwd")
    source.commit("a link")
    refused(add(bare_folder, source.folder, "--ref", "main"), "is not a regular file")
    assert untouched(bare_folder)


def test_names_that_differ_in_case_alone_are_not_copied(
    bare_folder: LaunchRepository, source: LaunchRepository
) -> None:
    write(source, "policies/own/cases/Request.yaml", "other: true\n")
    source.commit("a twin")
    refused(add(bare_folder, source.folder, "--ref", "main"), "are one file on some systems")
    assert untouched(bare_folder)


def test_a_pack_that_the_source_does_not_have(
    bare_folder: LaunchRepository, source: LaunchRepository
) -> None:
    refused(add(bare_folder, source.folder, "--pack", "owm"), "Did you mean own?")
    assert untouched(bare_folder)


def test_a_commit_id_is_a_name_as_well(
    bare_folder: LaunchRepository, source: LaunchRepository
) -> None:
    commit = source.git("rev-parse", "HEAD")
    source.commit("later")
    assert add(bare_folder, source.folder, "--ref", commit).code == 0
    assert _commit_in_lock(bare_folder) == commit


def test_kinds_and_data_that_a_pack_needs_come_with_it(
    bare_folder: LaunchRepository, source: LaunchRepository
) -> None:
    declared = (
        "apiVersion: launchpolicy/v1\nkind: Configuration\nprocesses: {}\nmandatory: []\n"
        "kinds:\n  - {name: Ticket, files: tickets/*.yaml, schema: schemas/ticket.schema.json,"
        " id: object.name, packs: [own]}\n"
        "data:\n  - {name: teams, file: data/teams.txt}\n"
    )
    schema = {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}
    write(source, FILE, declared)
    write(source, "schemas/ticket.schema.json", json.dumps(schema))
    write(source, "data/teams.txt", "web\n")
    write(source, "data/private.txt", "not needed\n")
    policy = POLICY.replace("LaunchRequest", "Ticket").replace(
        "at: spec.people.watcher", "at: name"
    )
    policy = policy.replace("has(object.spec.people.watcher)", "object.name in data.teams")
    write(source, "policies/own/watcher-named.yaml", policy)
    source.commit("tickets")
    finished = add(bare_folder, source.folder, "--ref", "main")
    refused(finished, "Add the lines below to .launchpolicy.yaml", "name your file")
    assert "file: bundles/company/files/data/teams.txt\n" in finished.output
    assert untouched(bare_folder)
    file = bare_folder.folder / FILE
    file.write_text(file.read_text("utf-8") + finished.output, "utf-8")
    finished = add(bare_folder, source.folder, "--ref", "main")
    assert finished.code == 0, finished.complaint
    assert "Name its packs" not in finished.output
    assert not (bare_folder.folder / "bundles/company/files/data/private.txt").exists()
    write(bare_folder, "tickets/one.yaml", "name: web\n")
    assert bare_folder.check("tickets").code == 0
    write(bare_folder, "bundles/company/files/data/teams.txt", "web\ndb\n")
    refused(bare_folder.check("tickets"), "bundles/company/files/data/teams.txt")
