"""Fetch one commit of another repository into a folder of ours that is thrown away afterwards."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from launchpolicy.hosts.git.plumbing import Git, git_in, with_network
from launchpolicy.hosts.git.repository import Repository, is_oid, open_bare
from launchpolicy.hosts.temporary import temporary_folder
from launchpolicy.vocabulary.errors import UndecidedError, UsageError
from launchpolicy.vocabulary.text import Text

_NAME = re.compile(r"(?!.*(?:\.\.|@\{|//))[A-Za-z0-9_][A-Za-z0-9._/+@-]*")
_ADDRESS = re.compile(r"(?:https|ssh|file)://[^\s\x00-\x1f]+|[\w.-]+@[\w.-]+:[^\s\x00-\x1f:][^\s]*")
_PASSWORD = re.compile(r"[a-z]+://[^/@]*:[^/@]*@")
_FETCH = (
    "fetch",
    "--quiet",
    "--no-tags",
    "--no-recurse-submodules",
    "--no-auto-maintenance",
)
_SETTINGS = ("-c", "fetch.fsckObjects=true", "-c", "http.followRedirects=initial")


class ForeignCommit(NamedTuple):
    """A commit of another repository, in a repository of ours."""

    repository: Repository
    commit: str


@contextmanager
def foreign_commit(
    source: str, ref: str, environ: Mapping[str, str] = os.environ
) -> Iterator[ForeignCommit]:
    """Yield what a branch, a tag or a commit id of another repository leads to.

    Args:
        source: an address (https, ssh, file) or an absolute path.
        ref: the name; "" for where its HEAD is.
        environ: the environment of the run.

    Raises:
        UsageError: the address or the name is none that is read.
        UndecidedError: it cannot be reached, has nothing of that name, or there is no room for it.
    """
    _require_address(source)
    if ref and not _NAME.fullmatch(ref):
        raise _bad_name(ref)
    with temporary_folder() as folder:
        git = git_in(folder, environ)
        git.demand("init", "--quiet", "--bare", "--template=", ".")
        commit = _fetch(_outward(git, environ), source, ref or "HEAD")
        with open_bare(folder, environ) as repository:
            yield ForeignCommit(repository, commit)


def _outward(git: Git, environ: Mapping[str, str]) -> Git:
    """Return git allowed to fetch over what cannot be changed on the way, and over nothing else."""
    outward = with_network(git, environ)
    return outward._replace(
        environment={**outward.environment, "GIT_ALLOW_PROTOCOL": "file:https:ssh"},
        options=(*outward.options, *_SETTINGS, f"--git-dir={outward.folder}"),
    )


def _fetch(git: Git, source: str, ref: str) -> str:
    answer = git.run(*_FETCH, "--depth=1", "--", source, ref)
    if answer.code != 0 and is_oid(ref):
        # Not every server gives a commit by its id: then all of it is fetched, and looked through.
        answer = git.run(*_FETCH, "--", source, "+refs/*:refs/foreign/*")
    name = ref if is_oid(ref) else "FETCH_HEAD"
    if answer.code == 0:
        commit = git.run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
        if commit.code == 0:
            return commit.output.decode().strip()
    complaint = answer.complaint or "it has no such commit"
    raise UndecidedError(
        Text(
            f"{ref} of {source} cannot be fetched: {complaint}",
            f"无法获取 {source} 的 {ref}：{complaint}",
        ),
        Text(
            "Check the address, the name of the branch or tag, and your access.",
            "请检查地址、分支或标签名称以及访问权限。",
        ),
    )


def _require_address(source: str) -> None:
    if _PASSWORD.match(source):
        raise UsageError(
            Text(
                "The address holds a password, which would be written into the configuration.",
                "地址中含有密码，会被写入配置。",
            ),
            Text(
                "Leave it out, and let git ask its credential helper.",
                "请去掉密码，由 git 的凭据助手提供。",
            ),
        )
    if not Path(source).is_absolute() and not _ADDRESS.fullmatch(source):
        raise UsageError(
            Text(
                f"{source!r} is no repository that is fetched from.",
                f"{source!r} 不是可获取的仓库地址。",
            ),
            Text(
                "Give a folder, an archive, or an address with https, ssh or file.",
                "请给出目录、归档文件，或 https、ssh、file 地址。",
            ),
        )


def _bad_name(ref: str) -> UsageError:
    return UsageError(
        Text(f"{ref!r} is no name of a branch or tag.", f"{ref!r} 不是分支或标签名称。"),
        Text("Give a branch, a tag or a whole commit id.", "请给出分支、标签或完整的提交号。"),
    )
