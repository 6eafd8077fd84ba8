"""The set `ledger`: a history with fixed dates, and every byte that its ledger has."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.agreement import program
from tests.agreement.digests import Item
from tests.agreement.workspace import DATE, WHOLE, Extent, Repository, Workspace
from tests.bench.long_history import long_history
from tests.cli.launch_repository import EXAMPLE

_MERGES = 400
_BRANCH = "launch-ledger"
_REQUESTS = ("LR-2026-0042", "LR-2026-0017")


def items(workspace: Workspace, extent: Extent) -> Iterator[Item]:
    """Yield the files of two ledgers, and what the commands of the ledger print about one.

    A sample has the files of the small ledger only, as appended and as built again.
    """
    small = _small(workspace)
    yield from _steps(small)
    yield from _files("small", small, _BRANCH)
    yield from _built(small, "en")
    if extent != WHOLE:
        return
    yield from _built(small, "zh")
    yield from _printed(small)
    yield from _written(small)
    large = Repository(workspace, workspace.folder / "large")
    long_history(large.folder, _MERGES)
    _append(large)
    yield from _files("large", large, _BRANCH)


def _append(repository: Repository, *arguments: str) -> program.Result:
    key = {"LAUNCHPOLICY_LEDGER_KEY": program.ledger_key()}
    return repository.run("ledger", "append", f"--now={_at(12)}", *arguments, **key)


def _small(workspace: Workspace) -> Repository:
    """A repository that has just adopted launchpolicy; approvals are signed files."""
    repository = workspace.repository("small")
    for name in (".launchpolicy.yaml", "people.yaml", "calendar.yaml"):
        shutil.copy(EXAMPLE / name, repository.folder)
    _edit(repository, ".launchpolicy.yaml", "source: github", "source: signed")
    repository.commit("Adopt launchpolicy", _at(0))
    return repository


def _steps(repository: Repository) -> Iterator[Item]:
    """Let the history grow, with every way in which a request can land; append between."""
    yield Item("small: append", "adopted", _append(repository).content)
    _merge(repository, "LR-1", 1)
    before = repository.git("rev-parse", "HEAD").decode().strip()
    _request(repository, "LR-2")
    repository.commit("One half", _at(2))
    _edit(repository, "launches/LR-2/request.yaml", "takes: 25m", "takes: 26m")
    repository.commit("And the other", _at(2))
    done = _append(repository, "--landed-after", before)
    yield Item("small: append", "landed together", done.content)
    repository.git("mv", "launches/LR-1", "launches/LR-3")
    repository.commit("Move a request", _at(4))
    _merge(repository, "LR-4", 5, source=_REQUESTS[1])
    _edit(repository, "people.yaml", "zhou.kai", "zhou.kai2")
    repository.commit("Change the people", _at(6))
    repository.git("rm", "-r", "--quiet", "launches/LR-2")
    repository.commit("Withdraw a request", _at(7))
    repository.write("launches/LR-5/request.yaml", b"kind: LaunchRequest\nspec: {a: 1, a: 2}\n")
    repository.commit("A request that is refused", _at(8))
    repository.git("rm", "--quiet", "people.yaml")
    repository.commit("Remove the people", _at(9))
    _merge(repository, "LR-6", 10)
    yield Item("small: append", "the rest", _append(repository).content)


def _merge(repository: Repository, name: str, hour: int, source: str = _REQUESTS[0]) -> None:
    repository.git("switch", "--quiet", "--create", f"branch-{name}")
    _request(repository, name, source)
    repository.commit(f"Request {name}", _at(hour))
    repository.git("switch", "--quiet", "main")
    message = f"Merge {name}"
    repository.git("merge", "--quiet", "--no-ff", "-m", message, f"branch-{name}", at=_at(hour))


def _request(repository: Repository, name: str, source: str = _REQUESTS[0]) -> None:
    shutil.copytree(EXAMPLE / "launches" / source, repository.folder / "launches" / name)
    _edit(repository, f"launches/{name}/request.yaml", source, name)


def _edit(repository: Repository, path: str, old: str, new: str) -> None:
    file = repository.folder / path
    text = file.read_text("utf-8")
    if old not in text:
        message = f"{path} does not hold {old!r}"
        raise ValueError(message)
    file.write_text(text.replace(old, new), "utf-8")


def _at(hour: int) -> str:
    return (datetime.fromisoformat(DATE) + timedelta(hours=hour)).isoformat()


def _files(group: str, repository: Repository, branch: str) -> Iterator[Item]:
    """Yield every file of a branch by its path."""
    listing = repository.git("ls-tree", "-r", "-z", "--name-only", branch).decode()
    for path in filter(None, listing.split("\0")):
        top = path.split("/")[0]
        yield Item(f"{group}: {top}", path, repository.git("cat-file", "blob", f"{branch}:{path}"))


def _built(repository: Repository, language: str) -> Iterator[Item]:
    """Yield the files of a ledger that is built again; they must be the same."""
    branch = f"rebuilt-{language}"
    done = repository.run("ledger", "build", branch, f"--now={DATE}", f"--lang={language}")
    yield Item("small: commands", f"build {language}", done.content)
    yield from _files(f"small, rebuilt {language}", repository, branch)


def _printed(repository: Repository) -> Iterator[Item]:
    """Yield what the commands about a ledger print."""
    for arguments in (
        ("verify",),
        ("verify", "--quick"),
        ("query",),
        ("query", "--format=json"),
        ("show", "LR-1"),
        ("show", "LR-1", "--format=json"),
        ("prove", "LR-1"),
    ):
        for language in ("en", "zh"):
            done = repository.run("ledger", *arguments, f"--lang={language}")
            yield Item("small: commands", " ".join((*arguments, language)), done.content)


def _written(repository: Repository) -> Iterator[Item]:
    """Yield every file of the views, and of the exports in formats of text."""
    for name, arguments in {
        "render": ("render", "rendered", f"--now={DATE}"),
        "export csv": ("export", "exported-csv", "--format=csv"),
        "export jsonl": ("export", "exported-jsonl", "--format=jsonl"),
    }.items():
        done = repository.run("ledger", *arguments, "--lang=en")
        yield Item("small: commands", name, done.content)
        folder = repository.folder / arguments[1]
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            content = repository.workspace.normalised(file.read_bytes())
            yield Item(f"small: {name}", file.relative_to(folder).as_posix(), content)
