"""Read, fetch and move references of another repository by compare-and-swap (threat L2).

Never with force: a push names the commit that the reference is at, and one that has moved since
refuses it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

from launchpolicy.hosts.git import problems
from launchpolicy.hosts.git.plumbing import Git, GitAnswer, with_network
from launchpolicy.hosts.git.repository import Repository, is_oid
from launchpolicy.vocabulary.errors import UndecidedError, UsageError
from launchpolicy.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class Remote:
    """A remote of a repository by its name, or another repository by path or URL."""

    repository: Repository
    name: str
    git: Git

    def commit_of(self, reference: str) -> str | None:
        """Return the commit that a reference is at over there; None where there is none.

        Raises:
            UndecidedError: the remote cannot be reached.
        """
        for line in self.listing(reference):
            oid, _, name = line.partition("\t")
            if name == reference and is_oid(oid):
                return oid
        return None

    def listing(self, *patterns: str, symbolic: bool = False) -> list[str]:
        """Return the references over there that match, as git lists them.

        With `symbolic`, what a symbolic reference leads to has a line of its own.

        Raises:
            UndecidedError: the remote cannot be reached.
        """
        options = ("--symref",) if symbolic else ()
        answer = self.git.run("ls-remote", *options, "--", self.name, *patterns)
        if answer.code != 0:
            raise self._unreachable(answer)
        return answer.output.decode("utf-8", "replace").splitlines()

    def fetch(self, reference: str) -> str | None:
        """Fetch what a reference is at; return its commit, None where there is none.

        Raises:
            UndecidedError: the remote cannot be reached.
        """
        commit = self.commit_of(reference)
        if commit is not None and not self.bring(commit):
            answer = self.git.run(*_FETCH, "--", self.name, reference)
            if answer.code != 0:
                raise self._unreachable(answer)
        return commit

    def bring(self, commit: str) -> bool:
        """Fetch one commit, if it is not here; return False if the other side does not give it."""
        if self.repository.git.run("cat-file", "-e", f"{commit}^{{commit}}").code == 0:
            return True
        return self.git.run(*_FETCH, "--", self.name, commit).code == 0

    def push(self, new: str, reference: str, old: str | None) -> bool:
        """Move a reference over there from `old` to `new`; return False if it was not at `old`.

        Raises:
            UndecidedError: it is refused for another reason, or the remote cannot be reached.
        """
        lease = f"--force-with-lease={reference}:{old or ''}"
        answer = self.git.run(
            "push", "--porcelain", "--no-verify", lease, "--", self.name, f"{new}:{reference}"
        )
        if answer.code == 0:
            return True
        now = self.commit_of(reference)
        if now == new:  # it arrived, and the answer was lost
            return True
        if now != old:
            return False
        raise _refusal(self.name, reference, answer)

    def _unreachable(self, answer: GitAnswer) -> UndecidedError:
        why = "; ".join(answer.complaint.splitlines())
        return UndecidedError(
            Text(
                f"The repository {self.name} cannot be read: {why}",
                f"无法读取仓库 {self.name}：{why}",
            ),
            Text(
                "Check its address and your access; then run this again, nothing is lost.",
                "请检查地址与访问权限后重新运行，不会丢失任何内容。",
            ),
        )


_FETCH = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules")


def remote_of(repository: Repository, name: str, environ: Mapping[str, str] = os.environ) -> Remote:
    """Return the remote of this name, path or URL.

    Raises:
        UsageError: it could be read as an option, or as a helper program to be run.
    """
    if not name or name.startswith("-") or "::" in name or "\n" in name:
        raise UsageError(
            Text(f"{name!r} is no name of a remote.", f"{name!r} 不是远程仓库的名称。"),
            Text("Give a remote's name, a path or a URL.", "请填写远程仓库名称、路径或 URL。"),
        )
    return Remote(repository, name, with_network(repository.git, environ))


def _refusal(name: str, reference: str, answer: GitAnswer) -> UndecidedError:
    why = answer.complaint or answer.output.decode("utf-8", "replace").strip()
    problem = problems.git_failed("push", answer.code, why)
    return UndecidedError(
        problem.problem,
        Text(
            f"See that this job may write {reference} of {name} (permission `contents: write`, "
            "rulesets); then run it again, nothing is lost.",
            f"请确认本任务有权写入 {name} 的 {reference}（`contents: write` 权限、规则集），"
            "然后重新运行，不会丢失任何内容。",
        ),
    )
