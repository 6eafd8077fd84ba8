"""Entries of `approvals.alsoRules` that name no file: a misspelt one protects nothing."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.hosts.subfolder import path_from_top, path_seen_from, whole_of
from launchpolicy.requests.configuration import FILE, Configuration
from launchpolicy.requests.idle_globs import IdleGlob, idle_globs
from launchpolicy.vocabulary.snapshot import Snapshot
from launchpolicy.vocabulary.text import Text


def idle_further_rules(snapshot: Snapshot, configuration: Configuration) -> Iterator[IdleGlob]:
    """Yield the entries of `approvals.alsoRules` that name no file of the git repository.

    Args:
        snapshot: the launch repository, which may be a folder of a larger git repository.
        configuration: that of the launch repository.
    """
    if not configuration.also_rules:
        return
    whole, prefix = whole_of(snapshot)
    paths = (path_from_top(path_seen_from(entry.path, prefix)) for entry in whole.entries())
    yield from idle_globs(configuration.also_rules, paths)


def idle_glob_text(idle: IdleGlob) -> Text:
    """Return what to say of an entry that names no file, and what to do about it."""
    if idle.near:
        return Text(
            f"`approvals.alsoRules` in {FILE} names {idle.glob}, and there is no such file, so "
            f"that it protects nothing; did you mean {idle.near}?",
            f"{FILE} 的 `approvals.alsoRules` 中的 {idle.glob} 没有对应的文件，"
            f"起不到保护作用；是否应为 {idle.near}？",
        )
    return Text(
        f"`approvals.alsoRules` in {FILE} names {idle.glob}, and there is no such file yet; "
        "check its spelling, or leave it for a file that comes later.",
        f"{FILE} 的 `approvals.alsoRules` 中的 {idle.glob} 目前没有对应的文件；"
        "请核对写法，如该文件以后才会加入，可以保留。",
    )
