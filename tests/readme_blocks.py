"""Run the blocks of a page that are marked as runnable, in order, as a reader would.

`python tests/readme_blocks.py README.md …` runs every block that begins with ```` ```sh test ````:
each in bash with `-euo pipefail`, in one temporary folder for each page; a `cd`, and an exported
variable, last for the blocks after it, as they do in a reader's terminal. A command whose line ends
in `# exit 1` must end with that code; every other with 0. It stops at the first that does not.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(r"^ *(?P<fence>`{3,}|~{3,})(?P<info>[^`]*)$")
_EXIT = re.compile(r"^(?P<command>.*\S)\s+#\s*exit\s+(?P<code>\d+)\s*$")

# Kept between blocks: where the reader stands, and what the reader has exported.
_KEEP = """
__keep() {
    __code=$?
    if [ "$__code" -eq 0 ] && [ -z "${__ended:-}" ]; then
        echo "it ends before its last line" >&2; exit 98
    fi
    { pwd -P; export -p; } >"$__KEPT.new" && mv "$__KEPT.new" "$__KEPT"
    exit "$__code"
}
trap __keep EXIT
if [ -e "$__KEPT" ]; then cd "$(head -n 1 "$__KEPT")"; eval "$(tail -n +2 "$__KEPT")"; fi
"""
_EXPECT = """
__expect() {{ # its command runs apart, so that `set -e` holds inside it
    set +e; ( set -e; {command} ); __got=$?; set -e
    [ "$__got" -eq {code} ] && return
    echo "line {line}: expected exit code {code}, got $__got" >&2
    exit 97
}}
__expect
"""


@dataclass(frozen=True)
class Block:
    """One runnable block: its number on the page from 1, the line it begins at, and its text."""

    number: int
    line: int
    text: str


class UnfollowableError(Exception):
    """A page that a reader cannot follow, with the reason."""


def runnable_blocks(page: str) -> list[Block]:
    """Return the blocks of a page whose info string is `sh test`.

    Raises:
        UnfollowableError: there is none, or one is not closed.
    """
    blocks = [
        Block(number, line, text)
        for number, (line, text) in enumerate(_marked(page.splitlines()), start=1)
    ]
    if not blocks:
        message = "no runnable block: mark at least one with ```sh test"
        raise UnfollowableError(message)
    return blocks


def _marked(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The first line number and the text of every block that is marked."""
    fence, marked, begin = "", False, 0
    for number, line in enumerate(lines, start=1):
        found = _FENCE.match(line)
        if not fence and found:
            fence, begin = found["fence"], number + 1
            marked = found["info"].split() == ["sh", "test"]
        elif fence and found and found["fence"].startswith(fence) and not found["info"].strip():
            if marked:
                yield begin, "\n".join(lines[begin - 1 : number - 1])
            fence = ""
    if fence and marked:
        message = f"the block at line {begin - 1} is never closed"
        raise UnfollowableError(message)


def script_of(block: Block) -> str:
    """Return the block as a script for bash, its expected exit codes checked."""
    return "\n".join(_checked(block))


def _checked(block: Block) -> Iterator[str]:
    yield _KEEP
    before: list[str] = []
    for offset, line in enumerate(block.text.splitlines()):
        found = _EXIT.match(line)
        whole = [*before, found["command"] if found else line]
        before = []
        if line.endswith("\\"):
            before = whole
        elif found:
            command, at = "\n".join(whole), block.line + offset
            yield _EXPECT.format(command=command, code=int(found["code"]), line=at)
        else:
            yield from whole
    yield from before
    yield "__ended=yes"


def run(page: Path, folder: Path, environment: Mapping[str, str]) -> list[float]:
    """Run the blocks of a page in `folder`, and return how many seconds each took.

    Raises:
        UnfollowableError: there is no block, or one failed; with its line and output.
    """
    seconds = []
    kept = folder.parent / f"{folder.name}.kept"
    for block in runnable_blocks(page.read_text(encoding="utf-8")):
        begin = time.monotonic()
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script_of(block)],
            cwd=folder,
            env={**environment, "__KEPT": str(kept)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        seconds.append(time.monotonic() - begin)
        if done.returncode != 0:
            message = (
                f"block {block.number}, line {block.line}: exit code {done.returncode}\n"
                f"{block.text}\n--- its output:\n{done.stdout.decode(errors='replace')}"
            )
            raise UnfollowableError(message)
    return seconds


def main(pages: Sequence[str]) -> int:
    """Run every page in a folder of its own; print one line for each. Return 1 if one failed."""
    for page in pages:
        with tempfile.TemporaryDirectory(prefix="readme-") as parent:
            folder = Path(parent) / "here"
            folder.mkdir()
            try:
                seconds = run(Path(page), folder, os.environ)
            except UnfollowableError as error:
                sys.stderr.write(f"{page}: {error}\n")
                return 1
        sys.stdout.write(f"{page}: {len(seconds)} blocks, {sum(seconds):.0f} s\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
