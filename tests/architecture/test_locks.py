"""The locks: whole, by hash, the same for the gate as for the tests, and of this project."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.oldest_versions import oldest_versions, read_requirements

ROOT = Path(__file__).parents[2]
LOCKS = ("action", "test", "release")
_PIN = re.compile(
    r"^([a-z0-9-]+)==(\S+?)(?: ; (.+))? \\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)+)"
)


def _text(name: str) -> str:
    return (ROOT / f".ci/{name}.txt").read_text("utf-8")


def _pins(text: str) -> dict[str, str]:
    """The version that each line of a lock pins; nothing else may stand there."""
    lines = "".join(line for line in text.splitlines(keepends=True) if not _is_comment(line))
    pins = {}
    while lines:
        found = _PIN.match(lines)
        assert found is not None, lines[:200]
        pins[found[1]] = found[2]
        lines = lines[found.end() :]
    return pins


def _is_comment(line: str) -> bool:
    return line.strip() == "" or line.lstrip().startswith("#")


def _wanted(*extras: str) -> Iterator[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    optional = project["project"]["optional-dependencies"]
    for each in (
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(each for extra in extras for each in optional[extra]),
    ):
        yield Requirement(each)


@pytest.mark.parametrize("name", LOCKS)
def test_every_line_of_a_lock_is_one_version_with_its_hashes(name: str) -> None:
    assert len(_pins(_text(name))) > 20


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://example.com",
        "--extra-index-url https://example.com",
        "--find-links /wheels",
        "--trusted-host example.com",
        "click>=8",
        "click==8.5.1",
        "click @ https://example.com/click.whl",
        "-e .",
    ],
)
def test_a_line_that_could_bring_something_else_is_found(line: str) -> None:
    with pytest.raises(AssertionError):
        _pins(f"{_text('action')}{line}\n")


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_index_and_no_folder_of_this_machine(name: str) -> None:
    assert not re.search(r"://|(?<![\w.])/\w", _text(name))


@pytest.mark.parametrize(("name", "extras"), [("action", ["github"]), ("test", ["dev"])])
def test_a_lock_holds_what_the_project_asks_for(name: str, extras: list[str]) -> None:
    pins = _pins(_text(name))
    for requirement in _wanted(*extras):
        version = pins[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(Version(version), prereleases=True), requirement
    assert (
        "editables" in pins
    )  # the build backend asks for it when the package is installed in place


def test_the_gate_runs_the_versions_that_were_tested() -> None:
    assert _pins(_text("action")).items() <= _pins(_text("test")).items()


def test_dependabot_watches_the_locks() -> None:
    updates = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text("utf-8"))["updates"]
    watched = [
        set(each.get("directories", ())) for each in updates if each["package-ecosystem"] == "pip"
    ]
    assert any({"/", "/.ci"} <= each for each in watched)


def test_the_oldest_versions_are_those_of_what_users_get() -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    oldest = oldest_versions(read_requirements(text))
    assert len(oldest) == len({each.name for each in _wanted("dask", "github", "export", "pdf")})
    assert any(each.startswith("httpx==") for each in oldest)
    assert not any(each.startswith("pytest") for each in oldest)


@pytest.mark.parametrize("requirement", ["click", "click<9", "click>=8,>=8.1", "click!=8.2"])
def test_a_requirement_without_one_lower_bound_is_refused(requirement: str) -> None:
    with pytest.raises(ValueError, match="exactly one lower bound"):
        oldest_versions([requirement])


def test_an_upper_bound_an_extra_and_a_repetition_do_not_matter() -> None:
    asked = ["b>=2,<3", "a[x]>=1.0", "a>=1.0", "c~=4.1", "d==5"]
    assert oldest_versions(asked) == ["a==1.0", "b==2", "c==4.1", "d==5"]


@pytest.mark.parametrize("action", ["action.yml", ".github/actions/ledger/action.yml"])
def test_an_action_installs_nothing_but_locked_wheels_and_itself(action: str) -> None:
    steps = yaml.safe_load((ROOT / action).read_text("utf-8"))["runs"]["steps"]
    script = next(step["run"] for step in steps if step.get("id") == "install")
    calls = [line.strip() for line in script.splitlines() if line.strip().startswith("pip --")]
    assert calls == [
        (
            "pip --require-hashes --only-binary :all: --no-compile"
            ' --requirement "$source/.ci/action.txt"'
        ),
        'pip --no-index --no-deps --no-build-isolation --no-compile "$source"',
    ]
    assert script.count(" pip install ") == 1  # the function that these two calls use


def test_a_wheel_that_is_not_the_locked_one_is_not_installed(tmp_path: Path) -> None:
    """A planted index: the right name and version, and other bytes."""
    name = "rfc8785"
    version = _pins(_text("action"))[name]
    wheel = tmp_path / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as planted:
        planted.writestr(f"{name}/__init__.py", "print('PWNED')\n")
        about = f"{name}-{version}.dist-info"
        planted.writestr(
            f"{about}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        )
        planted.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        planted.writestr(f"{about}/RECORD", "")
    begin = _text("action").index(f"\n{name}==") + 1
    lock = tmp_path / "lock.txt"
    lock.write_text(_text("action")[begin : _text("action").index("    # via", begin)], "utf-8")
    done = subprocess.run(
        [
            *(sys.executable, "-I", "-m", "pip", "install", "--isolated", "--no-index"),
            *("--find-links", tmp_path, "--target", tmp_path / "there"),
            *("--require-hashes", "--only-binary", ":all:", "--requirement", lock),
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "DO NOT MATCH THE HASHES" in done.stderr
    assert not (tmp_path / "there").exists()
