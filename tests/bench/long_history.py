"""A launch repository with a long history: thousands of merges by git fast-import, in seconds."""

from __future__ import annotations

import functools
import hashlib
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "product-launch"
STAGES = ("requested", "launched", "verified", "closed")
_START = 1_767_225_600  # 2026-01-01T00:00:00Z
_STEP = 600
_DIGEST = re.compile(r"sha256: ([0-9a-f]{64})")


def long_history(folder: Path, merges: int, example: Path = EXAMPLE) -> Path:
    """A repository whose main branch has `merges` merges: launches that pass through four stages.

    Configuration, people and requests are those of `example`.

    Each merge brings one commit of a branch, as a pull request does. Nobody approves anything, so
    every merge is entered as bypassed: that costs what an approved one costs, but for signatures.
    """
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(folder)], check=True)
    stream = b"".join(_stream(merges, example))
    subprocess.run(
        ["git", "-C", str(folder), "fast-import", "--quiet", "--done"], input=stream, check=True
    )
    subprocess.run(["git", "-C", str(folder), "reset", "--quiet", "--hard"], check=True)
    return folder


def _stream(merges: int, example: Path) -> Iterator[bytes]:
    yield b"feature done\n"
    yield _commit(1, "refs/heads/main", None, None, _START, "Adopt launchpolicy")
    for name in (".launchpolicy.yaml", "people.yaml"):  # holidays would need an extra
        source = (example / name).read_bytes().replace(b"source: github", b"source: signed")
        yield _file(name, source)
    request = (example / "launches" / "LR-2026-0042" / "request.yaml").read_text("utf-8")
    main = 1
    for number in range(merges):
        launch, stage = divmod(number, len(STAGES))
        name = f"LR-{launch:06d}"
        text = request.replace("LR-2026-0042", name)
        text = text.replace("name: checkout,", f"name: p-{launch},")
        text = text.replace("stage: requested", f"stage: {STAGES[stage]}")
        text = _DIGEST.sub(functools.partial(_own, name), text)
        branch, merge = main + 1, main + 2
        at = _START + (number + 1) * _STEP
        yield _commit(branch, f"refs/heads/b-{number}", main, None, at, f"{name} {STAGES[stage]}")
        yield _file(f"launches/{name}/request.yaml", text.encode())
        yield f"reset refs/heads/b-{number}\n\n".encode()
        yield _commit(merge, "refs/heads/main", main, branch, at + 60, f"Merge {name}")
        yield _file(f"launches/{name}/request.yaml", text.encode())
        main = merge
    yield b"done\n"


def _own(name: str, digest: re.Match[str]) -> str:
    """Evidence of its own for every launch, as in life: what is shared would be a finding."""
    return f"sha256: {hashlib.sha256(f'{digest.group(1)} {name}'.encode()).hexdigest()}"


def _commit(
    mark: int, reference: str, parent: int | None, other: int | None, at: int, message: str
) -> bytes:
    told = message.encode()
    who = b"Li Wei <li.wei@example.com> %d +0800" % at
    lines = [b"commit %s\nmark :%d\n" % (reference.encode(), mark)]
    lines += [b"author %s\ncommitter %s\n" % (who, who), b"data %d\n%s\n" % (len(told), told)]
    lines += [b"from :%d\n" % parent] if parent is not None else []
    lines += [b"merge :%d\n" % other] if other is not None else []
    return b"".join(lines)


def _file(path: str, source: bytes) -> bytes:
    return b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(source), source)
