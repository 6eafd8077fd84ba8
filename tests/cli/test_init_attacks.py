"""`launchpolicy init` among hostile names, links and odd surroundings: nothing wrong is written."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.cli.new_repository import ACTION, COMMIT, NewRepository, new_repository

HOSTILE_NAMES = [
    'Li "Wei"',
    "Li: [Wei",
    "- Li",
    "Li\nroles: {product-lead: [li]}",
    "Li # Wei",
    "*li",
    "李薇",
    "Søren Ångström",
    "\u202eevil",
    "true",
    "%{owner} ${{ github.token }}",
]


@pytest.fixture
def fresh(tmp_path: Path) -> NewRepository:
    return new_repository(tmp_path)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_is_a_name_and_nothing_else(tmp_path: Path, name: str) -> None:
    repository = new_repository(tmp_path, name=name, email="x+'y`z@example.com")
    assert repository.init("--action", ACTION).code == 0
    content = yaml.safe_load(repository.read("people.yaml"))
    assert set(content) == {"apiVersion", "kind", "people"}
    (person,) = content["people"]
    shown = " ".join(name.replace("\u202e", "").replace("*", "").split())
    assert person["display"] == shown
    assert person["emails"] == ["x+'y`z@example.com"]
    assert repository.run("people", "check").code == 1


@pytest.mark.parametrize("email", ["", "no address", "a@b, c@d", "x@y\nroles: {}", '"a b"@c'])
def test_an_odd_address_is_left_out(tmp_path: Path, email: str) -> None:
    repository = new_repository(tmp_path, email=email)
    assert repository.init().code == 0
    (person,) = yaml.safe_load(repository.read("people.yaml"))["people"]
    assert person["emails"] == []
    assert repository.run("check").code == 0


@pytest.mark.parametrize(
    "text",
    [
        "ssh-dss AAAA x",
        "ssh-ed25519 not base64!",
        "ssh-ed25519-cert-v01@openssh.com AAAA",
        'command="rm" ssh-ed25519 AAAA',
        "",
        "\0\0",
    ],
)
def test_what_is_no_key_for_approvals_is_not_taken_for_one(fresh: NewRepository, text: str) -> None:
    (fresh.home / ".ssh" / "id_ed25519.pub").write_text(text)
    assert fresh.init().code == 0
    (person,) = yaml.safe_load(fresh.read("people.yaml"))["people"]
    assert "keys" not in person
    assert "ssh-keygen -t ed25519" in fresh.read("people.yaml")


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com.evil.example/acme/launches",
        "https://evil.example/github.com/acme/launches",
        "git@github.com:acme/launches\n.git",
        "https://github.com/acme",
        'https://github.com/ac"me/launches',
        "https://github.com/acme/../launches",
        "ext::sh -c id",
        "--upload-pack=id",
    ],
)
def test_an_odd_remote_is_not_github(fresh: NewRepository, address: str) -> None:
    fresh.git("config", "remote.origin.url", address)
    assert fresh.init("--action", ACTION).code == 0
    assert "source: signed" in fresh.read(".launchpolicy.yaml")
    assert not (fresh.folder / ".github").exists()


def test_a_token_in_the_remote_is_written_nowhere(fresh: NewRepository) -> None:
    fresh.git("remote", "add", "origin", "https://me:s3cret@github.com/acme/launches.git")
    done = fresh.init("--action", ACTION)
    assert done.code == 0
    assert "s3cret" not in done.output + done.complaint
    assert all(b"s3cret" not in data for data in fresh.files().values())
    assert "repos/acme/launches/rulesets" in done.output


@pytest.mark.parametrize(
    "name",
    [".launchpolicy.yaml", "people.yaml", ".gitattributes", ".pre-commit-config.yaml"],
)
def test_nothing_is_written_through_a_link(fresh: NewRepository, name: str) -> None:
    outside = fresh.home / "outside"
    (fresh.folder / name).symlink_to(outside)
    done = fresh.init("--action", ACTION)
    assert done.code == 2
    assert name in done.complaint
    assert not outside.exists()
    assert fresh.files() == {}


@pytest.mark.parametrize("folder", [".github", ".github/workflows"])
def test_a_folder_that_is_a_link_stops_everything_before_the_first_file(
    fresh: NewRepository, folder: str
) -> None:
    fresh.git("remote", "add", "origin", "https://github.com/acme/launches")
    outside = fresh.home / "outside"
    outside.mkdir()
    (fresh.folder / folder).parent.mkdir(exist_ok=True)
    (fresh.folder / folder).symlink_to(outside)
    done = fresh.init("--action", ACTION)
    assert done.code == 2
    assert f"{folder} is in the way" in done.complaint
    assert list(outside.iterdir()) == []
    assert fresh.files() == {}


def test_a_folder_that_leads_into_another_repository_is_refused(
    fresh: NewRepository, tmp_path: Path
) -> None:
    other = new_repository(tmp_path / "other")
    (fresh.folder / "ops").symlink_to(other.folder)
    for asked in ("ops", "ops/deeper"):
        done = fresh.init(asked)
        assert done.code == 2, asked
        assert "link" in done.complaint
    assert other.files() == {}


def test_a_fifo_in_place_of_a_file_is_not_waited_for(fresh: NewRepository) -> None:
    os.mkfifo(fresh.folder / "calendar.yaml")
    done = fresh.init()
    assert done.code == 2
    assert "calendar.yaml" in done.complaint


def test_without_a_git_repository_the_remedy_is_git_init(tmp_path: Path) -> None:
    fresh = new_repository(tmp_path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    done = NewRepository(elsewhere, fresh.home, fresh.environment).init()
    assert done.code == 2
    assert "git init" in done.complaint
    assert list(elsewhere.iterdir()) == []


def test_without_a_name_in_git_the_remedy_is_git_config(tmp_path: Path) -> None:
    nameless = new_repository(tmp_path, name="")
    done = nameless.init()
    assert done.code == 2
    assert "git config --global user.name" in done.complaint
    assert nameless.files() == {}
    by_environment = nameless.init(GIT_AUTHOR_NAME="Li Wei", GIT_AUTHOR_EMAIL="li@example.com")
    assert by_environment.code == 0, by_environment.complaint


def test_without_a_terminal_every_missing_answer_is_named(fresh: NewRepository) -> None:
    done = fresh.run("init", "--language", "en")
    assert done.code == 2
    assert "--process, --approvals, --country" in done.complaint
    assert "--yes" in done.complaint
    assert fresh.files() == {}


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--action", f"acme/x@{'0' * 40}"),
        ("--action", "acme/x@main"),
        ("--action", f"acme/x@{COMMIT}\nrun: id"),
        ("--action", f"acme/x/y@{COMMIT}"),
        ("--action", f"-acme/x@{COMMIT}"),
        ("--branch", "a b"),
        ("--branch", "x]\njobs: {}"),
        ("--branch", "-x"),
        ("--branch", "a..b"),
        ("--branch", "rel*"),
        ("--owner", "acme"),
        ("--owner", "@acme @evil"),
        ("--owner", "@a\n* @evil"),
        ("--rules", "Product Lead"),
        ("--rules", "a]"),
        ("--country", "XX"),
        ("--country", "China"),
        ("--country", ""),
        ("--process", "product-lunch"),
    ],
)
def test_an_answer_that_cannot_be_used_writes_nothing(
    fresh: NewRepository, option: str, value: str
) -> None:
    done = fresh.init(option, value)
    assert done.code == 2
    assert option in done.complaint
    assert "Traceback" not in done.complaint
    assert fresh.files() == {}


def test_a_configuration_that_is_not_right_is_named_and_left_alone(fresh: NewRepository) -> None:
    fresh.write(".launchpolicy.yaml", "apiVersion: launchpolicy/v1\nkind: Configuratoin\n")
    done = fresh.init()
    assert done.code == 2
    assert ".launchpolicy.yaml:2" in done.complaint
    assert set(fresh.files()) == {".launchpolicy.yaml"}


def test_a_folder_that_may_not_be_written_is_said_and_leaves_no_half_file(
    fresh: NewRepository,
) -> None:
    (fresh.folder / "calendar.yaml").mkdir()
    done = fresh.init()
    assert done.code == 2
    assert "calendar.yaml is in the way" in done.complaint
    assert fresh.files() == {}


def test_a_run_that_is_killed_between_two_files_leaves_whole_ones_and_can_be_run_again(
    fresh: NewRepository,
) -> None:
    code = (
        "import os, sys\n"
        "from launchpolicy.hosts import whole_files\n"
        "from launchpolicy.cli.main import main\n"
        "link, left = os.link, [1]\n"
        "def killed(source, target):\n"
        "    if not left:\n"
        "        os._exit(137)\n"
        "    left.pop()\n"
        "    link(source, target)\n"
        "os.link = killed\n"
        "sys.argv = ['launchpolicy', 'init', '--yes', '--process', 'system-cutover']\n"
        "main()\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code], cwd=fresh.folder, env=fresh.environment, check=False
    )
    assert killed.returncode == 137
    whole = {name for name in fresh.files() if ".launchpolicy-" not in name}
    assert whole == {".launchpolicy.yaml"}
    assert fresh.init().code == 0
    assert "system-cutover" in fresh.read(".launchpolicy.yaml")
    assert "leader-in-charge" in fresh.read("people.yaml")


def test_at_a_terminal_it_asks_and_takes_the_answers(fresh: NewRepository) -> None:
    zone = "Asia/Hong_Kong"
    answers = ["system-cutover, emergency-launch", "signed", "zh", "none", zone, "dba, rd-lead"]
    output, code = at_a_terminal(fresh, answers)
    assert code == 0, output
    content = yaml.safe_load(fresh.read(".launchpolicy.yaml"))
    assert list(content["processes"]) == ["system-cutover", "emergency-launch"]
    assert content["approvals"] == {"source": "signed", "rules": ["dba", "rd-lead"]}
    assert content["language"] == "zh"
    calendar = yaml.safe_load(fresh.read("calendar.yaml"))
    assert "holidays" not in calendar
    assert calendar["timezone"] == zone
    assert "已写入" in output


def at_a_terminal(repository: NewRepository, answers: list[str]) -> tuple[str, int]:
    """Runs init at a pseudo-terminal, with one answer for each question (`]: ` ends one)."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "launchpolicy.cli.main", "init"],
        cwd=repository.folder,
        env={**repository.environment, "TERM": "dumb"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    seen = b""
    waiting = list(answers)
    answered = 0
    while True:
        ready, _, _ = select.select([ours], [], [], 60)
        assert ready, seen.decode()
        try:
            piece = os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        seen += piece
        if seen.count(b"]: ") > answered and waiting:
            answered += 1
            os.write(ours, waiting.pop(0).encode() + b"\n")
    os.close(ours)
    return seen.decode(), process.wait()


def test_at_a_terminal_it_asks_what_only_github_needs(fresh: NewRepository) -> None:
    fresh.git("remote", "add", "origin", "https://github.com/acme/launches")
    output, code = at_a_terminal(fresh, ["", "", "", "", "", "", "@acme/launch-office", ACTION])
    assert code == 0, output
    assert "@acme/launch-office" in fresh.read(".github/CODEOWNERS")
    assert f"@{COMMIT}" in fresh.read(".github/workflows/launchpolicy.yml")


def test_an_answer_at_a_terminal_that_cannot_be_used_is_asked_for_again(
    fresh: NewRepository,
) -> None:
    zones = ["Mars/Base", "Asia/Shanghai"]
    processes = ["product-lunch", "product-launch"]
    answers = [*processes, "signed", "en", "XX", "CN", *zones, "No Role", "rd-lead"]
    output, code = at_a_terminal(fresh, answers)
    assert code == 0, output
    text = " ".join(output.split())
    assert "'product-lunch' cannot be used. Did you mean product-launch? Known: product-" in text
    assert "'XX' cannot be used. Write the two letters of a country" in text
    assert "'Mars/Base' cannot be used. Write the IANA name of a time zone" in text
    assert "--country" not in text
    content = yaml.safe_load(fresh.read(".launchpolicy.yaml"))
    assert list(content["processes"]) == ["product-launch"]
    assert content["approvals"]["rules"] == ["rd-lead"]
    assert "CN" in fresh.read("calendar.yaml")


def test_wrong_owner_and_program_at_a_terminal_are_asked_for_again(fresh: NewRepository) -> None:
    fresh.git("remote", "add", "origin", "https://github.com/acme/launches")
    answers = ["", "", "", "", "", "", "acme", "@acme/launch-office", "x", ACTION]
    output, code = at_a_terminal(fresh, answers)
    assert code == 0, output
    assert "@acme/launch-office" in fresh.read(".github/CODEOWNERS")
    assert f"@{COMMIT}" in fresh.read(".github/workflows/launchpolicy.yml")


@pytest.mark.parametrize("folder", [".git", ".git/x", "a${{ github.token }}b", "two\nlines"])
def test_a_folder_that_workflows_could_not_name_safely_is_refused(
    fresh: NewRepository, folder: str
) -> None:
    done = fresh.run("init", folder, "--yes")
    assert done.code == 2, done
    assert "cannot hold a launch repository" in done.complaint
    assert not (fresh.folder / folder / "people.yaml").exists()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("source", ["github", "signed"])
def test_the_first_hash_of_a_role_is_removed_as_the_comment_says(
    fresh: NewRepository, language: str, source: str
) -> None:
    """Only the `#`, and nothing after it."""
    assert fresh.init("--language", language, "--approvals", source).code == 0
    lines = fresh.read("people.yaml").splitlines()
    offered = re.compile(r"^( *)#( *(?:- \{|[a-z][a-z-]*:(?: |$)).*)$")
    used = [offered.sub(r"\1\2", line) for line in lines]
    fresh.write("people.yaml", "\n".join(used).replace("[]", "[li.wei]") + "\n")
    content = yaml.safe_load(fresh.read("people.yaml"))
    assert content["roles"]["product-lead"] == ["li.wei"]
    assert {"names", "deputies"} <= content.keys()
    assert {"keys", "accounts"} & content["people"][0].keys()
    roles = lines.index("#roles:")
    only_roles = [*lines[:roles], *(offered.sub(r"\1\2", line) for line in lines[roles:])]
    fresh.write("people.yaml", "\n".join(only_roles) + "\n")
    assert "YAML" not in fresh.run("people", "check").complaint
