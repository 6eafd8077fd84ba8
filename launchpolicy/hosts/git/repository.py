"""Find, check and open a repository; everything else here starts from one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from launchpolicy.hosts.git import problems
from launchpolicy.hosts.git.objects import OID_LENGTHS, ObjectReader
from launchpolicy.hosts.git.plumbing import Git, GitAnswer, git_in
from launchpolicy.hosts.git.settings import safe_directories
from launchpolicy.hosts.git.trees import TreeReader
from launchpolicy.hosts.platform import belongs_to_us
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.text import Text

_EMPTY_TREES = {
    "sha1": "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    "sha256": "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}
_FACTS = ("--is-shallow-repository", "--show-object-format", "--is-bare-repository")
_PLACES = ("--path-format=absolute", "--git-dir", "--git-common-dir")
_HEX_DIGITS = frozenset("0123456789abcdef")


class Repository(NamedTuple):
    """An open repository. Use it in a `with` statement: it may hold a git process.

    `top` is the top level of the work tree (None: a bare repository), `git_dir` the folder of
    HEAD and the index, which a linked worktree has of its own, `common_dir` that of everything
    else. `index_file` is another index file that git names to a hook.
    """

    top: Path | None
    git_dir: Path
    common_dir: Path
    is_shallow: bool
    empty_tree: str
    index_file: Path | None
    git: Git
    objects: ObjectReader
    trees: TreeReader

    def close(self) -> None:
        self.objects.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()


def is_oid(text: str) -> bool:
    """Return whether `text` is a whole object id."""
    return len(text) in OID_LENGTHS and _HEX_DIGITS.issuperset(text)


def find_top(folder: Path) -> Path | None:
    """Return the nearest folder, from `folder` upwards, that holds a `.git`; asks no git.

    git would also take a folder that merely looks like a bare repository, which any pull request
    can bring along (threat G2); this does not.
    """
    start = folder.resolve()
    return next(
        (candidate for candidate in (start, *start.parents) if os.path.lexists(candidate / ".git")),
        None,
    )


def prefix_of(top: Path | None, folder: Path) -> str:
    """Return the place of a folder in its repository: "" for the top level, else `folder/`.

    Without a top level, as in a bare repository, it is "".
    """
    place = folder.resolve().relative_to(top.resolve()).as_posix() if top is not None else "."
    return "" if place == "." else f"{place}/"


def open_repository(folder: Path, environ: Mapping[str, str] = os.environ) -> Repository:
    """Return the repository whose work tree holds `folder`.

    Raises:
        UndecidedError: there is none, git is missing, or it does not trust the repository.
    """
    top = find_top(folder)
    if top is None:
        raise problems.not_a_repository(folder)
    git = git_in(top, environ)
    command = ("rev-parse", *_FACTS, *_PLACES, "--show-toplevel")
    answer = git.run(*command)
    if _is_distrusted(answer):
        git = git._replace(options=safe_directories(git, environ))
        answer = git.run(*command)
    if answer.code != 0:
        raise _refusal(answer, top)
    *facts, work_tree = _lines(answer, 6)
    if Path(work_tree) != top:
        raise problems.other_work_tree(top, work_tree)
    return _repository(git, top, facts, environ)


def open_repository_or_bare(folder: Path, environ: Mapping[str, str] = os.environ) -> Repository:
    """Return the repository whose work tree holds `folder`, or the bare one that `folder` is.

    Taken for bare is only the very folder, outside of any work tree and owned by who asks: what a
    pull request or an archive brings along is neither (threats G2, G3).

    Raises:
        UndecidedError: there is none, git is missing, or it does not trust the repository.
    """
    if find_top(folder) is None and _is_own_bare(folder):
        return open_bare(folder, environ)
    return open_repository(folder, environ)


def _is_own_bare(folder: Path) -> bool:
    parts = (folder / "HEAD").is_file(), (folder / "objects").is_dir(), (folder / "refs").is_dir()
    return all(parts) and belongs_to_us(folder.stat())


def open_bare(git_dir: Path, environ: Mapping[str, str] = os.environ) -> Repository:
    """Return the bare repository in `git_dir`, which a person named; none is ever discovered.

    Raises:
        UndecidedError: it is no bare repository, or git is missing.
    """
    folder = git_dir.resolve()
    if not folder.is_dir():
        raise problems.not_bare(git_dir)
    git = git_in(folder, environ, (f"--git-dir={folder}",))
    answer = git.run("rev-parse", *_FACTS, *_PLACES)
    facts = _lines(answer, 5) if answer.code == 0 else []
    if facts[2:3] != ["true"]:
        raise problems.not_bare(git_dir)
    return _repository(git, None, facts, environ)


def _repository(
    git: Git, top: Path | None, facts: list[str], environ: Mapping[str, str]
) -> Repository:
    shallow, object_format, _, git_dir, common_dir = facts
    grafts = Path(common_dir, "info", "grafts")
    if os.path.lexists(grafts):
        raise problems.grafts(grafts)
    objects = ObjectReader(git)
    return Repository(
        top=top,
        git_dir=Path(git_dir),
        common_dir=Path(common_dir),
        is_shallow=shallow != "false",
        empty_tree=_EMPTY_TREES[object_format],
        index_file=_index(top, Path(git_dir), environ),
        git=git,
        objects=objects,
        trees=TreeReader(objects),
    )


def _lines(answer: GitAnswer, count: int) -> list[str]:
    lines = os.fsdecode(answer.output).split("\n")[:-1]
    if len(lines) != count or lines[1] not in _EMPTY_TREES:
        raise problems.not_understood("rev-parse")
    return lines


def _refusal(answer: GitAnswer, top: Path) -> Exception:
    if _is_distrusted(answer):
        return problems.dubious_ownership(top)
    if "not a git repository" in answer.complaint:
        if Path(top, ".git").is_file():
            return _lost_repository(top, answer.complaint)
        return problems.not_a_repository(top)
    return problems.git_failed("rev-parse", answer.code, answer.complaint)


def _lost_repository(top: Path, complaint: str) -> UndecidedError:
    """Return the problem with a linked worktree or submodule whose repository is elsewhere now."""
    # Loaded here on purpose: only an error needs it.
    import shlex  # noqa: PLC0415

    place = complaint.rpartition("not a git repository: ")[2]
    return UndecidedError(
        Text(
            f"{top} is a linked worktree or a submodule, and its repository is not there: {place}",
            f"{top} 是关联工作区或子模块，但其仓库不存在：{place}",
        ),
        Text(
            "If the repository was moved, run in it: git worktree repair "
            f"{shlex.quote(str(top))}. In a container, mount the repository as well.",
            f"如果仓库已移动，请在仓库中运行 git worktree repair {shlex.quote(str(top))}；"
            "在容器中请同时挂载仓库本身。",
        ),
    )


def _is_distrusted(answer: GitAnswer) -> bool:
    return answer.code != 0 and (
        "dubious ownership" in answer.complaint or "safe.directory" in answer.complaint
    )


def _index(top: Path | None, git_dir: Path, environ: Mapping[str, str]) -> Path | None:
    """Return the index that git names to its hooks: `git commit -a` fills another than usual.

    It is the one thing taken from a `GIT_*` variable, so one that cannot be ours is refused:
    where it lies in another git folder, and where it is not there, which git takes for empty.
    """
    index_name = environ.get("GIT_INDEX_FILE")
    if not index_name or top is None:
        return None
    index = top / index_name
    if index.parent.resolve() == git_dir.resolve():
        is_ours = index.exists() or index.name == "index"
    else:
        is_ours = index.exists() and not (index.parent / "HEAD").exists()
    if not is_ours:
        raise problems.foreign_index(index)
    return index
