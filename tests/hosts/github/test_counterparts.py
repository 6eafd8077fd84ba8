"""What the tests fetch: once, whole or not at all, and loudly missing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.hosts.github import counterparts

_NPM = """\
#!/bin/sh
echo called >> "{log}"
arguments="$*"
while [ "$1" != --prefix ]; do shift; done
mkdir -p "$2/node_modules/.bin" && echo program > "$2/node_modules/.bin/program"
{end}
"""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setattr(counterparts, "_CACHE", folder)
    return folder


def _npm(folder: Path, monkeypatch: pytest.MonkeyPatch, end: str = "") -> Path:
    """Puts an npm of ours first on the path; gives the file that counts its calls."""
    program, log = folder / "bin/npm", folder / "log"
    program.parent.mkdir()
    program.write_text(_NPM.format(log=log, end=end))
    program.chmod(0o755)
    path = f"{program.parent}:/usr/bin:/bin"
    monkeypatch.setattr(counterparts, "_ENVIRONMENT", {"PATH": path})
    return log


def test_without_npm_it_is_said_what_to_install(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counterparts, "_ENVIRONMENT", {"PATH": ""})
    with pytest.raises(pytest.fail.Exception, match="apt-get install nodejs npm"):
        counterparts.program_of("a@1", "program")
    assert [each.name for each in cache.iterdir()] == ["lock"]


def test_what_npm_does_not_get_is_not_half_there(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _npm(tmp_path, monkeypatch, "echo npm error network unreachable >&2; exit 1")
    with pytest.raises(
        pytest.fail.Exception, match=r"npm says:\nnpm error network unreachable\nWithout a package"
    ):
        counterparts.program_of("a@1", "program")
    assert [each.name for each in cache.iterdir()] == ["lock"]


def test_an_npm_that_fails_without_a_word_is_named_with_its_exit_code(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _npm(tmp_path, monkeypatch, "exit 7")
    with pytest.raises(
        pytest.fail.Exception, match=r"npm install .* failed\. npm says:\nexit code 7"
    ):
        counterparts.program_of("a@1", "program")
    assert not (cache / "a-1").exists()


@pytest.mark.usefixtures("cache")
def test_npm_is_never_made_to_keep_its_reason_to_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "arguments"
    _npm(tmp_path, monkeypatch, f'echo "$arguments" > {seen}; exit 1')
    with pytest.raises(pytest.fail.Exception):
        counterparts.program_of("a@1", "program")
    assert not {"--silent", "-s", "--quiet", "-q"} & set(seen.read_text().split())


def test_two_who_need_it_at_once_fetch_it_once(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = _npm(tmp_path, monkeypatch, "sleep 0.1")
    with ThreadPoolExecutor(2) as workers:
        found = set(workers.map(counterparts.program_of, ["a@1"] * 2, ["program"] * 2))
    assert found == {cache / "a-1/node_modules/.bin/program"}
    assert found.pop().read_text() == "program\n"
    assert log.read_text() == "called\n"
