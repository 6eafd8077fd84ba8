"""Where bundles come from: repositories, folders and archives, and the first of all bundles."""

from __future__ import annotations

import json
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.cli.launch_repository import REQUEST, LaunchRepository
from tests.cli.own_pack import PACK, POLICY
from tests.cli.test_bundles import LOCK, source
from tests.cli.test_data_documents import FILE, refused, write

__all__ = ["source"]


def packed(path: Path, folder: Path) -> Path:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w") as archive:
            for file in sorted(folder.rglob("*")):
                archive.write(file, file.relative_to(folder.parent))
    else:
        with tarfile.open(path, "w:gz") as tar:
            tar.add(folder, folder.name)
    return path


@pytest.mark.parametrize("name", ["rules.tar.gz", "rules.zip", "rules"])
@pytest.mark.parametrize("part", ["policies", "policies/own"])
def test_an_archive_or_a_folder_is_a_source_with_its_packs_or_as_one(
    bare_folder: LaunchRepository, source: LaunchRepository, tmp_path: Path, name: str, part: str
) -> None:
    folder = source.folder / part
    path = folder if name == "rules" else packed(tmp_path / name, folder)
    added = bare_folder.run("bundle", "add", str(path), "--name", "company")
    assert added.code == 0, added.complaint
    assert (bare_folder.folder / "bundles/company/packs/own/pack.yaml").read_text("utf-8") == PACK
    assert ("archive: " in (bare_folder.folder / LOCK).read_text("utf-8")) is (name != "rules")
    assert bare_folder.run("bundle", "verify", "--source").code == 0
    assert bare_folder.check().code == 0
    listed = bare_folder.run("bundle", "list")
    assert "company: own, from" in listed.output


def test_another_archive_of_the_same_name_is_found(
    bare_folder: LaunchRepository, source: LaunchRepository, tmp_path: Path
) -> None:
    path = packed(tmp_path / "rules.zip", source.folder / "policies")
    assert bare_folder.run("bundle", "add", str(path), "--name", "company").code == 0
    write(source, "policies/own/README.md", "more\n")
    packed(path, source.folder / "policies")
    assert bare_folder.check().code == 0
    verified = bare_folder.run("bundle", "verify", "--source")
    assert verified.code == 1
    assert "is another archive" in verified.output


def test_a_ref_means_nothing_without_git(
    bare_folder: LaunchRepository, source: LaunchRepository
) -> None:
    folder = str(source.folder / "policies")
    refused(
        bare_folder.run("bundle", "add", folder, "--name", "a", "--ref", "v1"), "no git repository"
    )


@pytest.mark.parametrize(
    ("name", "words"), [("Company", "no name of a bundle"), ("../x", "no name of a bundle")]
)
def test_a_name_cannot_lead_out_of_the_folder_of_bundles(
    bare_folder: LaunchRepository, source: LaunchRepository, name: str, words: str
) -> None:
    refused(bare_folder.run("bundle", "add", str(source.folder), "--name", name), words)
    assert not (bare_folder.folder / "bundles").exists()


def test_a_bundle_is_not_added_twice_and_has_to_be_there_to_be_updated(
    bare_folder: LaunchRepository, source: LaunchRepository
) -> None:
    again = ("bundle", "add", str(source.folder), "--name", "company")
    assert bare_folder.run(*again).code == 0
    refused(bare_folder.run(*again), "bundle update company")
    refused(bare_folder.run("bundle", "update", "other"), "There is: company.")
    refused(bare_folder.run("bundle", "verify", "other"), "There is: company.")
    refused(bare_folder.run("bundle", "update", "--ref", "-x"), "no name of a branch")


def test_the_name_of_a_bundle_follows_from_its_source(
    bare_folder: LaunchRepository, source: LaunchRepository
) -> None:
    source.folder.rename(source.folder.with_name("Company_Rules.git"))
    address = source.folder.with_name("Company_Rules.git")
    assert bare_folder.run("bundle", "add", str(address)).code == 0
    assert (bare_folder.folder / "bundles/company-rules/packs/own").is_dir()


def test_an_update_that_would_not_load_changes_nothing(
    bare_folder: LaunchRepository, source: LaunchRepository
) -> None:
    assert bare_folder.run("bundle", "add", str(source.folder), "--name", "company").code == 0
    source.edit(("people.watcher)", "people.wacther)"), path="policies/own/watcher-named.yaml")
    source.commit("misspell")
    before = (bare_folder.folder / LOCK).read_bytes()
    refused(bare_folder.run("bundle", "update"), "watcher-named.yaml", "watcher")
    assert (bare_folder.folder / LOCK).read_bytes() == before
    assert bare_folder.check().code == 0


def test_a_policy_of_a_bundle_is_explained_where_it_stands(
    bare_folder: LaunchRepository, source: LaunchRepository
) -> None:
    assert bare_folder.run("bundle", "add", str(source.folder), "--name", "company").code == 0
    bare_folder.edit(("[launch]        #", "[launch, own]   #"), path=FILE)
    path = "bundles/company/packs/own/watcher-named.yaml"
    explained = bare_folder.run("policy", "explain", "watcher-named", REQUEST)
    assert explained.code == 0, explained.complaint
    assert f"{path}:7" in explained.output


def test_an_update_under_the_same_version_says_that_it_will_be_blocked(
    bare_folder: LaunchRepository, source: LaunchRepository
) -> None:
    assert bare_folder.run("bundle", "add", str(source.folder), "--name", "company").code == 0
    source.edit(("Nobody watches.", "Watch."), path="policies/own/watcher-named.yaml")
    source.commit("other words")
    dry = bare_folder.run("bundle", "update", "--dry-run")
    assert "the version of own does not rise" in dry.output
    source.edit(("version: 1", "version: 2"), path="policies/own/pack.yaml")
    source.commit("raise")
    dry = bare_folder.run("bundle", "update", "--dry-run")
    assert "~ own/watcher-named" in dry.output
    assert "does not rise" not in dry.output


@pytest.mark.parametrize(
    ("file", "text"),
    [("pack.yaml", "spec: ["), ("pack.yaml", "spec: 1\n"), ("watcher-named.yaml", "[]\n")],
)
def test_an_update_repairs_a_copy_that_was_spoilt(
    bare_folder: LaunchRepository, source: LaunchRepository, file: str, text: str
) -> None:
    assert bare_folder.run("bundle", "add", str(source.folder), "--name", "company").code == 0
    write(bare_folder, f"bundles/company/packs/own/{file}", text)
    assert bare_folder.check().code == 2
    updated = bare_folder.run("bundle", "update")
    assert updated.code == 0, updated.complaint
    assert bare_folder.check().code == 0


def adopted(repository: LaunchRepository) -> None:
    repository.edit(
        ("rules: [company-leadership, technology-department]", "rules: anybody"), path=FILE
    )
    repository.git("init", "--quiet", "--initial-branch=main")
    repository.commit("adopt launchpolicy")
    repository.git("switch", "--quiet", "--create", "change")


def test_the_cases_of_the_first_bundle_are_no_stray_requests(
    bare_folder: LaunchRepository, source: LaunchRepository
) -> None:
    adopted(bare_folder)
    assert bare_folder.run("bundle", "add", str(source.folder), "--name", "company").code == 0
    bare_folder.commit("the first bundle")
    finished = bare_folder.check("--base", "main", "--format", "json")
    report = json.loads(finished.output)
    assert [each["kind"] for each in report["requests"]] == ["Rules"]
    assert finished.code == 0


@pytest.mark.parametrize("path", ["bundles/other/request.yaml", "bundles/request.yaml"])
def test_a_request_is_not_hidden_beside_a_bundle(
    bare_folder: LaunchRepository, source: LaunchRepository, path: str
) -> None:
    adopted(bare_folder)
    assert bare_folder.run("bundle", "add", str(source.folder), "--name", "company").code == 0
    write(bare_folder, path, bare_folder.request.read_bytes())
    bare_folder.commit("the first bundle, and a launch")
    refused(bare_folder.check("--base", "main"), path)


def test_a_request_is_not_hidden_in_a_bundle(
    bare_folder: LaunchRepository, source: LaunchRepository
) -> None:
    adopted(bare_folder)
    assert bare_folder.run("bundle", "add", str(source.folder), "--name", "company").code == 0
    path = "bundles/company/launches/LR-1/request.yaml"
    write(bare_folder, path, bare_folder.request.read_bytes())
    bare_folder.commit("the first bundle, and a launch")
    refused(bare_folder.check("--base", "main"), path)


def test_two_bundles_do_not_share_a_pack(
    bare_folder: LaunchRepository, source: LaunchRepository
) -> None:
    assert bare_folder.run("bundle", "add", str(source.folder), "--name", "company").code == 0
    again = bare_folder.run("bundle", "add", str(source.folder), "--name", "other")
    refused(again, "bundles/other/packs/own/pack.yaml:1:1: The name `own` of this pack is taken")
    refused(again, "by the pack in bundles/company/packs/own")
    refused(again, "launchpolicy bundle add SOURCE --pack NAME")
    write(source, "policies/more/pack.yaml", PACK.replace("name: own", "name: more"))
    write(source, "policies/more/watcher-named.yaml", POLICY)
    source.commit("more")
    added = bare_folder.run(
        "bundle", "add", str(source.folder), "--name", "other", "--pack", "more"
    )
    assert added.code == 0, added.complaint
    assert bare_folder.check().code == 0
    assert bare_folder.run("bundle", "list").output.count("\n") == 2
