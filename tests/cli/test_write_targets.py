"""Every command that writes where the user says: what is wrong with the place, and what to do."""

from __future__ import annotations

import json
import resource
import subprocess
from pathlib import Path

import pytest

from tests.cli.launch_repository import NOW, PROJECT, REQUEST, Finished, LaunchRepository
from tests.cli.own_pack import PACK, POLICY
from tests.ledger.chronicle import begun
from tests.processes.program import COMMAND

FILES = {
    "a report of check": ("check", "--now", NOW, "--output", "json={}"),
    "a paper": ("paper", "application", REQUEST, "--output", "{}"),
    "the agenda": ("agenda", "--output", "{}"),
    "a list of duties": ("status", "--due", "--format", "json", "--output", "{}"),
    "a calendar of duties": ("status", "--due", "--format", "ics", "--output", "{}"),
    "a receipt": ("ledger", "prove", "#0", "--output", "{}"),
    "a settlement": ("ledger", "settlement", "--output", "{}"),
    "a signing key": ("ledger", "keygen", "example.com/launches", "{}"),
    "coverage": ("policy", "test", "policies/own", "--coverage", "--coverage-file", "{}"),
    "figures of mutants": ("policy", "mutate", "policies/own", "--jobs", "1", "--write", "{}"),
}
FOLDERS = {
    "papers of a stage": ("paper", "--all", REQUEST, "{}"),
    "mail drafts": ("status", "--due", "--format", "eml", "--output", "{}"),
    "views of the ledger": ("ledger", "render", "{}"),
    "a dataset": ("ledger", "export", "{}", "--format", "csv"),
    "a dataset in SQLite": ("ledger", "export", "{}", "--format", "sqlite"),
    "a dataset of several ledgers": ("ledger", "merge", "{}", ".", "--format", "jsonl"),
    "an audit": ("audit", "--output", "{}"),
}
PLACES = {
    "below a file": "file/x",
    "below nothing": "nowhere/x",
    "a link to nothing": "dangling",
    "below a link to nothing": "dangling/x",
    "a folder that cannot be made": "/proc/nope/x",
}
PLACES_OF_FILES = {**PLACES, "a folder": "folder"}
PLACES_OF_FOLDERS = {
    **{name: place for name, place in PLACES.items() if name != "below nothing"},
    "a file": "file",
}
_CASES = """\
apiVersion: launchpolicy/v1
kind: PolicyTest
metadata: {name: watcher-named}
spec:
  object: cases/request.yaml
  cases: [{name: named, expect: passed}]
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> LaunchRepository:
    """A repository with a ledger, a pack of its own, and places where nothing can be written."""
    chronicle = begun(tmp_path_factory.mktemp("targets"))
    chronicle.merged("LR-2026-0042")
    own = chronicle.folder / "policies/own"
    (own / "cases").mkdir(parents=True)
    (own / "pack.yaml").write_text(PACK, "utf-8")
    (own / "watcher-named.yaml").write_text(POLICY, "utf-8")
    (own / "watcher-named.test.yaml").write_text(_CASES, "utf-8")
    request = (chronicle.folder / REQUEST).read_text("utf-8")
    (own / "cases/request.yaml").write_text(request, "utf-8")
    chronicle.git("config", "user.name", "Li Wei")
    chronicle.git("config", "user.email", "li.wei@example.com")
    assert chronicle.run("append").code == 0
    (chronicle.folder / "file").write_text("mine\n", "utf-8")
    (chronicle.folder / "folder").mkdir()
    (chronicle.folder / "dangling").symlink_to("gone")
    return LaunchRepository(chronicle.folder, chronicle.environment)


def _run(office: LaunchRepository, command: tuple[str, ...], place: str) -> Finished:
    return office.run(*(word.replace("{}", place) for word in command))


def _require_explained(office: LaunchRepository, done: Finished, place: str) -> None:
    assert done.code == 2, done
    assert place in done.complaint
    expected = ("→ Name a", "is a directory", "is a file")
    assert any(words in done.complaint for words in expected)
    assert "defect" not in done.complaint
    assert (office.folder / "file").read_text("utf-8") == "mine\n"
    assert (office.folder / "dangling").is_symlink()
    assert not (office.folder / "gone").exists()
    assert not list((office.folder / "folder").iterdir())


@pytest.mark.parametrize("place", PLACES_OF_FILES.values(), ids=PLACES_OF_FILES)
@pytest.mark.parametrize("command", FILES.values(), ids=FILES)
def test_a_file_that_cannot_be_written_is_named_with_what_to_do(
    office: LaunchRepository, command: tuple[str, ...], place: str
) -> None:
    _require_explained(office, _run(office, command, place), place)


@pytest.mark.parametrize("place", PLACES_OF_FOLDERS.values(), ids=PLACES_OF_FOLDERS)
@pytest.mark.parametrize("command", FOLDERS.values(), ids=FOLDERS)
def test_a_folder_that_cannot_be_written_is_named_with_what_to_do(
    office: LaunchRepository, command: tuple[str, ...], place: str
) -> None:
    _require_explained(office, _run(office, command, place), place)


@pytest.mark.parametrize("command", [*FILES.values(), *FOLDERS.values()], ids=[*FILES, *FOLDERS])
def test_a_place_that_can_be_written_is(
    office: LaunchRepository, command: tuple[str, ...], tmp_path: Path
) -> None:
    done = _run(office, command, str(tmp_path / "new"))
    assert done.code in {0, 1}, done
    assert (tmp_path / "new").exists()


_ON_A_FULL_DISK = {
    name: command
    for name, command in {**FILES, **FOLDERS}.items()
    if name
    in {
        *("a paper", "a signing key", "figures of mutants", "papers of a stage", "mail drafts"),
        *("views of the ledger", "a dataset", "a dataset in SQLite", "an audit"),
    }
}


@pytest.mark.parametrize("command", _ON_A_FULL_DISK.values(), ids=_ON_A_FULL_DISK)
def test_a_full_disk_is_said_with_what_to_do_and_leaves_no_secret_half(
    office: LaunchRepository, command: tuple[str, ...], tmp_path: Path
) -> None:
    target = tmp_path / "new"
    done = subprocess.run(
        [*COMMAND, *(word.replace("{}", str(target)) for word in command)],
        cwd=office.folder,
        env={**office.environment, "PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
    )
    assert done.returncode == 3, done
    assert str(target) in done.stderr
    assert "→ Make room on that disk" in done.stderr
    assert not target.is_file()


@pytest.mark.parametrize("found", ["no figures", "[]", "{"])
def test_figures_are_not_written_over_something_else(
    office: LaunchRepository, found: str, tmp_path: Path
) -> None:
    (tmp_path / "notes").write_text(found, "utf-8")
    done = _run(office, FILES["figures of mutants"], str(tmp_path / "notes"))
    assert (done.code, done.output) == (2, "")
    assert "it holds something else than figures of packs" in done.complaint
    assert (tmp_path / "notes").read_text("utf-8") == found


def test_figures_of_other_packs_stay(office: LaunchRepository, tmp_path: Path) -> None:
    (tmp_path / "figures").write_text('{"other": {"total": 3}}', "utf-8")
    assert _run(office, FILES["figures of mutants"], str(tmp_path / "figures")).code in {0, 1}
    figures = json.loads((tmp_path / "figures").read_text("utf-8"))
    assert figures["other"] == {"total": 3}
    assert "own" in figures


def test_a_folder_in_place_of_a_table_is_not_filled(
    office: LaunchRepository, tmp_path: Path
) -> None:
    assert _run(office, FOLDERS["a dataset"], str(tmp_path / "new")).code == 0
    (tmp_path / "new/entries.csv").unlink()
    (tmp_path / "new/entries.csv").mkdir()
    done = _run(office, FOLDERS["a dataset"], str(tmp_path / "new"))
    assert done.code == 2
    assert "entries.csv cannot be written: it is a folder" in done.complaint


def test_a_link_in_a_folder_of_ours_is_not_followed(
    office: LaunchRepository, tmp_path: Path
) -> None:
    target = tmp_path / "new"
    assert _run(office, FOLDERS["views of the ledger"], str(target)).code == 0
    (tmp_path / "precious").write_text("mine", "utf-8")
    page = next(target.rglob("*.html"))
    page.unlink()
    page.symlink_to(tmp_path / "precious")
    done = _run(office, FOLDERS["views of the ledger"], str(target))
    assert done.code == 2
    assert f"{page} cannot be written: it is a link" in done.complaint
    assert (tmp_path / "precious").read_text("utf-8") == "mine"
