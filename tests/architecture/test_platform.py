"""What only some systems have is asked for in one module, which knows what to do without it."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from launchpolicy.hosts import platform

PACKAGE = Path(__file__).parents[2] / "launchpolicy"
HOME = PACKAGE / "hosts" / "platform.py"
ONLY_ON_LINUX = PACKAGE / "hosts" / "forked_process.py"
"""Nothing calls it before its own `can_fork` has agreed."""

ONLY_SOMEWHERE = re.compile(
    r"\b(?:sched_[gs]etaffinity|get(?:e?[ug]id|groups|pgid)|dir_fd|supports_(?:dir_)?fd|mkfifo"
    r"|fch(?:mod|own|dir)|lchown|chroot|O_(?:DIRECTORY|NOFOLLOW|NONBLOCK|CLOEXEC)"
    r"|SIG(?:PIPE|HUP|ALRM|KILL|USR[12])|killpg|setsid|preexec_fn|start_new_session)\b"
    r"|\bos\.fork|\bos\.name\b|\bsys\.platform\b"
    r"|\bimport (?:fcntl|resource|pwd|grp|termios|tty|pty|syslog)\b|[\"']/(?:dev|proc|tmp)/"
)


def test_no_other_module_asks_for_what_only_some_systems_have() -> None:
    found = [
        f"{path.relative_to(PACKAGE)}:{number}: {line.strip()}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path not in {HOME, ONLY_ON_LINUX}
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if ONLY_SOMEWHERE.search(line)
    ]
    assert found == []


def test_the_search_sees_what_it_looks_for() -> None:
    assert len(ONLY_SOMEWHERE.findall(HOME.read_text("utf-8"))) > 5
    for line in ("os.geteuid()", "import fcntl", 'open("/dev/null")', "os.fork()", "SIGPIPE"):
        assert ONLY_SOMEWHERE.search(line) is not None, line


def test_there_is_at_least_one_core_whatever_the_system_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert platform.usable_cores() >= 1
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    monkeypatch.delattr(os, "process_cpu_count", raising=False)
    assert platform.usable_cores() == 1
    monkeypatch.setattr(os, "cpu_count", lambda: 8)
    assert platform.usable_cores() == 8


def test_a_file_is_not_ours_where_nobody_can_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert platform.belongs_to_us(tmp_path.stat())
    monkeypatch.delattr(os, "geteuid")
    assert not platform.belongs_to_us(tmp_path.stat())


@pytest.fixture(params=["descriptors", "paths"])
def folder(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[platform.OpenFolder]:
    if request.param == "paths":
        monkeypatch.setattr(platform, "has_folder_descriptors", lambda: False)
    elif not platform.has_folder_descriptors():
        assert sys.platform == "win32"
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "file").write_text("text", "utf-8")
    (tmp_path / "link").symlink_to("inner/file")
    (tmp_path / "door").symlink_to("inner")
    opened = platform.open_folder(tmp_path)
    yield opened
    opened.close()


def test_both_ways_to_read_a_folder_see_the_same(folder: platform.OpenFolder) -> None:
    found = {each.name: stat.S_IFMT(each.mode) for each in folder.listing()}
    assert found == {b"inner": stat.S_IFDIR, b"link": stat.S_IFLNK, b"door": stat.S_IFLNK}
    inner = folder.enter(b"inner")
    with inner.open_file(b"file") as file:
        assert file.read() == b"text"
    inner.close()
    assert folder.mode(b"nothing") is None
    assert folder.mode(b"x" * 300) is None


def test_no_way_to_read_a_folder_follows_a_link(folder: platform.OpenFolder) -> None:
    with pytest.raises(OSError):  # noqa: PT011 (each system has its own)
        folder.open_file(b"link")
    with pytest.raises(OSError):  # noqa: PT011 (each system has its own)
        folder.enter(b"door")
    for name in (b"inner", b"nothing"):
        with pytest.raises(OSError):  # noqa: PT011 (each system has its own)
            folder.open_file(name).read()
    with pytest.raises(OSError):  # noqa: PT011 (each system has its own)
        folder.enter(b"nothing")
