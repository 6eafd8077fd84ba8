"""The commit of the running program, from records that a program or a stranger wrote."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.hosts.forges.github.addresses import github_name
from launchpolicy.hosts.git.addresses import without_credentials
from launchpolicy.hosts.machine import country, time_zone, zone_of
from launchpolicy.operations.adoption.identity import person_id
from launchpolicy.operations.adoption.installation import program_of
from launchpolicy.reporters.adoption.setup import Program

COMMIT = "0123456789abcdef0123456789abcdef01234567"
GITHUB = Program("https://github.com/acme/launchpolicy", COMMIT, "acme/launchpolicy")


def vcs(url: object, commit: object = COMMIT) -> dict[str, Any]:
    return {"url": url, "vcs_info": {"vcs": "git", "commit_id": commit}}


@pytest.mark.parametrize(
    ("record", "program"),
    [
        (vcs("https://github.com/acme/launchpolicy"), GITHUB),
        (vcs("https://x:token@github.com/acme/launchpolicy.git"), GITHUB),
        (vcs("ssh://git@github.com/acme/launchpolicy.git"), GITHUB),
        (
            vcs("https://me:pw@git.acme.example/tools/launchpolicy"),
            Program("https://git.acme.example/tools/launchpolicy", COMMIT),
        ),
        (vcs("file:///srv/launchpolicy"), None),
        (vcs("https://github.com/acme/launchpolicy", "v1.0"), None),
        (vcs("https://github.com/acme/launchpolicy", "0" * 40), None),
        (vcs("https://github.com/acme/launchpolicy", COMMIT[:12]), None),
        (vcs(None), None),
        ({"url": "file:///srv/launchpolicy", "dir_info": {}}, None),
        ({"url": "https://x/launchpolicy.whl", "archive_info": {}}, None),
        ({"url": "file:///nowhere/at/all", "dir_info": {"editable": True}}, None),
        ({"url": "file:///", "dir_info": {"editable": True}}, None),
        (None, None),
        ([], None),
        ("x", None),
    ],
)
def test_a_record_names_a_commit_that_others_can_fetch_or_none(
    record: object, program: Program | None
) -> None:
    assert program_of(record) == program


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    folder.mkdir()
    for arguments in (
        ("init", "-q", "-b", "main"),
        ("remote", "add", "origin", "https://github.com/acme/launchpolicy.git"),
        ("commit", "-q", "--allow-empty", "-m", "x"),
        ("update-ref", "refs/remotes/origin/main", "HEAD"),
    ):
        git(folder, *arguments)
    return folder


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.com")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def editable(folder: Path) -> Program | None:
    return program_of({"url": folder.as_uri(), "dir_info": {"editable": True}})


def test_an_editable_installation_is_its_checkout(checkout: Path) -> None:
    commit = git(checkout, "rev-parse", "HEAD")
    assert editable(checkout) == Program(GITHUB.address, commit, GITHUB.action)


def test_a_checkout_with_changes_is_no_commit(checkout: Path) -> None:
    (checkout / "x").write_text("x")
    git(checkout, "add", "x")
    assert editable(checkout) is None


def test_a_commit_that_was_never_pushed_is_of_no_use_to_others(checkout: Path) -> None:
    git(checkout, "commit", "-q", "--allow-empty", "-m", "only here")
    assert editable(checkout) is None


def test_a_folder_inside_another_repository_is_not_its_checkout(checkout: Path) -> None:
    (checkout / "inner").mkdir()
    assert editable(checkout / "inner") is None


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://github.com/acme/launches", "acme/launches"),
        ("https://github.com/acme/launches.git/", "acme/launches"),
        ("git@github.com:acme/launches.git", "acme/launches"),
        ("ssh://git@ssh.github.com:443/acme/launches.git", "acme/launches"),
        ("https://token@github.com/acme/a.b_c-d", "acme/a.b_c-d"),
        ("https://GitHub.com/acme/launches", "acme/launches"),
        ("https://gitlab.com/acme/launches", ""),
        ("https://notgithub.com/acme/launches", ""),
        ("https://github.com/acme/launches/tree/main", ""),
        ("https://github.com/acme/..", ""),
        ("/srv/github.com/acme/launches", ""),
        ("", ""),
    ],
)
def test_a_repository_on_github_is_known_by_its_address(address: str, name: str) -> None:
    assert github_name(address) == name


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("https://u:p@host.example:8443/a/b", "https://host.example:8443/a/b"),
        ("ssh://me@host.example/a/b", "ssh://git@host.example/a/b"),
        ("https://host.example/a?token=x", ""),
        ("file:///a/b", ""),
        ("host:a/b", ""),
        ("https://[bad/a", ""),
        ("https://host.example", ""),
    ],
)
def test_credentials_are_dropped_from_an_address(address: str, clean: str) -> None:
    assert without_credentials(address) == clean


@pytest.mark.parametrize(
    ("display", "email", "name"),
    [
        ("Li Wei", "x@y", "li.wei"),
        ("李薇", "li.wei@example.com", "li.wei"),
        ("Jürgen Müller", "x@y", "jurgen.muller"),
        ("Søren", "s.o@example.com", "s.o"),
        ("O'Neil, Pat-Ann", "x@y", "o.neil.pat.ann"),
        ("李薇", "", "first.person"),
        ("李薇", "李@例", "first.person"),
        ("...", "", "first.person"),
    ],
)
def test_an_id_is_made_of_what_is_latin(display: str, email: str, name: str) -> None:
    assert person_id(display, email) == name


def test_the_time_zone_is_a_name_that_exists(tmp_path: Path) -> None:
    link = tmp_path / "localtime"
    link.symlink_to("/usr/share/zoneinfo/Europe/Berlin")
    assert time_zone({"TZ": ":Asia/Shanghai"}, link) == "Asia/Shanghai"
    assert time_zone({"TZ": "CST-8"}, link) == "Europe/Berlin"
    assert time_zone({"TZ": "../../etc/passwd"}, tmp_path / "none") == "UTC"
    assert time_zone({"TZ": "Etc/UTC"}, tmp_path / "none") == "UTC"


@pytest.mark.parametrize(
    ("zone", "locale", "expected"),
    [
        ("UTC", {"LANG": "zh_CN.UTF-8"}, "CN"),
        ("UTC", {"LC_ALL": "C", "LANG": "de_AT"}, "AT"),
        ("UTC", {"LANG": "C.UTF-8"}, ""),
        ("UTC", {}, ""),
    ],
)
def test_the_country_is_that_of_the_locale_where_the_zone_has_none(
    zone: str, locale: dict[str, str], expected: str
) -> None:
    assert country(zone, locale) == expected


def test_a_machine_that_runs_in_utc_does_not_give_its_zone_to_the_calendar_of_a_country() -> None:
    assert zone_of("CN", "UTC") == "Asia/Shanghai"
    assert zone_of("CN", "Europe/Berlin") == "Europe/Berlin"
    assert zone_of("", "UTC") == "UTC"
    assert zone_of("XX", "UTC") == "UTC"
