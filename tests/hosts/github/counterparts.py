"""What GitHub publishes about itself, and a server made of it: packages for npm, fetched once.

They lie below `.cache/npm/`. Without npm, or without a package index that it reaches, the tests
that need them fail and say so.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

GRAPHQL_SCHEMA = "@octokit/graphql-schema@15.26.1"
WEBHOOK_EXAMPLES = "@octokit/webhooks-examples@7.6.1"
OPENAPI = "@octokit/openapi@23.0.2"
PRISM = "@stoplight/prism-cli@5.14.2"

_CACHE = Path(__file__).parents[3] / ".cache/npm"
_ENVIRONMENT = dict(os.environ)  # as it is before a test gives itself another home
_SECONDS = 540
_INSTALL = (
    "These tests need npm and a package index that it reaches: "
    "apt-get install nodejs npm (Node.js 18.20 or newer)."
)
_ELSE = "Without a package index that npm reaches: make test WITHOUT=npm."


def file_of(package: str, name: str) -> Path:
    """One file of a package; of the rest, which may be large, nothing is kept."""

    def bring(folder: Path) -> None:
        _npm("pack", package, "--pack-destination", str(folder))
        (archive,) = folder.glob("*.tgz")
        with tarfile.open(archive) as packed:
            content = packed.extractfile(f"package/{name}")
            assert content is not None, f"{package} holds no file {name}"
            file = folder / "package" / name
            file.parent.mkdir(parents=True)
            with content, file.open("xb") as written:
                shutil.copyfileobj(content, written)
        archive.unlink()

    return _brought(f"{package} {name}", bring) / "package" / name


def program_of(package: str, name: str) -> Path:
    """A program of a package that is installed with everything it needs."""

    def bring(folder: Path) -> None:
        _npm("install", "--no-audit", "--no-fund", "--prefix", str(folder), package)

    return _brought(package, bring) / "node_modules/.bin" / name


def _brought(what: str, bring: Callable[[Path], None]) -> Path:
    """The folder of something; made whole by whoever is first, or not at all."""
    folder = _CACHE / "".join(letter if letter.isalnum() else "-" for letter in what).strip("-")
    with _only_one():
        if not folder.exists():
            fresh = Path(tempfile.mkdtemp(prefix="fresh-", dir=_CACHE))
            try:
                bring(fresh)
                fresh.rename(folder)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
    return folder


@contextlib.contextmanager
def _only_one() -> Iterator[None]:
    _CACHE.mkdir(parents=True, exist_ok=True)
    with (_CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _npm(command: str, *arguments: str) -> None:
    npm = shutil.which("npm", path=_ENVIRONMENT.get("PATH"))
    if npm is None:
        pytest.fail(_INSTALL, pytrace=False)
    done = subprocess.run(
        [npm, command, "--loglevel=error", "--ignore-scripts", *arguments],
        cwd=_CACHE,
        env=_ENVIRONMENT,
        check=False,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
    )
    if done.returncode != 0:
        reason = (done.stderr + done.stdout).strip() or f"exit code {done.returncode}, no message"
        call = f"npm {command} {' '.join(arguments)}"
        pytest.fail(f"{call} failed. npm says:\n{reason}\n{_ELSE}", pytrace=False)
