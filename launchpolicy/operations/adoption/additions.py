"""Add lines to files that others wrote where that is safe; otherwise they are shown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from launchpolicy.documents.reading import Document, read
from launchpolicy.reporters.adoption.hooks import hook_lines
from launchpolicy.reporters.adoption.setup import Program
from launchpolicy.vocabulary.text import Language

_FIRST_ITEM = re.compile(r"^repos:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*( *)- ", re.MULTILINE)


def has_attribute(data: bytes, pattern: str) -> bool:
    """Return whether a `.gitattributes` says that git leaves this pattern's bytes alone."""
    for line in data.decode("utf-8", "replace").splitlines():
        fields = line.split()
        if fields[:1] == [pattern] and {"-text", "binary"} & set(fields[1:]):
            return True
    return False


def with_line(data: bytes, line: str) -> bytes | None:
    """Return the file with a line at its end; None for what is no text file."""
    if b"\0" in data or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    end = b"\r\n" if b"\r\n" in data else b"\n"
    gap = b"" if not data or data.endswith(b"\n") else end
    return data + gap + line.encode() + end


def has_hooks(data: bytes, folder: str) -> bool:
    """Return whether a pre-commit configuration checks the launch repository in `folder`."""
    expected_arguments = ["--directory", folder] if folder else []
    for repository in _repositories(data) or ():
        hooks = repository.get("hooks") if isinstance(repository, dict) else None
        for hook in hooks if isinstance(hooks, list) else ():
            is_ours = isinstance(hook, dict) and hook.get("id") == "launchpolicy-check"
            if is_ours and (hook.get("args") or []) == expected_arguments:
                return True
    return False


def with_hooks(data: bytes, program: Program, folder: str, language: Language) -> bytes | None:
    """Return a pre-commit configuration with our hooks at the end of `repos`; None if unsure.

    Sure is only what reads afterwards as it did before, with our entry as the last one.
    """
    before = _repositories(data)
    text = data.decode("utf-8", "replace")
    first = _FIRST_ITEM.search(text)
    if before is None or first is None or "\r" in text:
        return None
    lines = [*hook_lines(program, folder, language, first.group(1))]
    after = text.removesuffix("\n") + "\n" + "\n".join(lines) + "\n"
    repositories = _repositories(after.encode())
    is_sound = (
        repositories is not None
        and repositories[:-1] == list(before)
        and _rest(after) == _rest(text)
    )
    return after.encode() if is_sound else None


def _repositories(data: bytes) -> Sequence[Any] | None:
    """Return the list `repos` of a pre-commit configuration; None where it has none."""
    document = read(".pre-commit-config.yaml", data)
    content: Any = document.data if isinstance(document, Document) else None
    repositories = content.get("repos") if isinstance(content, dict) else None
    return repositories if isinstance(repositories, list) else None


def _rest(text: str) -> object:
    document = read(".pre-commit-config.yaml", text.encode())
    content: Any = document.data if isinstance(document, Document) else {}
    return {key: value for key, value in content.items() if key != "repos"}


def lacks_owners(data: bytes, ours: str) -> bool:
    """Return whether a CODEOWNERS file names no owner for one of the paths of `ours`."""
    have = {fields[0] for fields in _rules(data.decode("utf-8", "replace")) if fields[1:]}
    return any(fields[0] not in have for fields in _rules(ours))


def _rules(text: str) -> list[list[str]]:
    lines = (line.partition(" #")[0] for line in text.splitlines())
    return [line.split() for line in lines if line.strip() and not line.startswith("#")]
