"""The digest of a file in the work tree is that of what git stores, whatever git does to it."""

from __future__ import annotations

import hashlib
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.hosts.git.snapshots import IndexSnapshot
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.snapshot import Snapshot

Git = Callable[..., str]
Write = Callable[..., None]

ATTRIBUTES = {
    "none": "",
    "auto": "* text=auto",
    "text": "* text",
    "text, eol=lf": "* text eol=lf",
    "text, eol=crlf": "* text eol=crlf",
    "auto, eol=crlf": "* text=auto eol=crlf",
    "eol alone": "* eol=crlf",
    "binary": "* binary",
    "no text but eol": "* -text eol=lf",
    "crlf of old": "* crlf",
    "no crlf of old": "* -crlf",
    "input of old": "* crlf=input",
    "text without meaning": "* text=perhaps crlf",
    "ident": "* ident",
    "ident and text": "* ident text",
    "no filter set up": "* filter=unknown",
}


def contents(snapshot: Snapshot) -> dict[str, bytes | None]:
    entries = [each for each in snapshot.entries() if not each.path.endswith(".gitattributes")]
    return {each.entry.path: each.data for each in snapshot.read(entries, 1024 * 1024)}


def index_of(folder: Path) -> dict[str, bytes | None]:
    with open_repository(folder) as repository:
        return contents(IndexSnapshot(repository))


_ENDS = [b"\r\n", b"\n", b"\r"]
_ODD = [b"\0", b"\x01", b"\x7f", b"\x1a", b"\x1b", b"\xff", b"\t"]
_WORDS = [b"a", b"x" * 130, "中文".encode(), b"$Id$", b"$Id: 1 $", b"$Id: ", b"$", b"$I", b":"]
PIECES = st.sampled_from([*_ENDS, *_ODD, *_WORDS])


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.lists(PIECES, max_size=8).map(b"".join), min_size=4, max_size=8),
    st.sampled_from(["false", "true", "input", "yes", "0", ""]),
)
def test_every_file_is_read_as_git_would_store_it(files: list[bytes], autocrlf: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, attributes in enumerate(ATTRIBUTES.values()):
            (folder / f"{number}").mkdir()
            (folder / f"{number}" / ".gitattributes").write_text(attributes + "\n")
            for other, content in enumerate(files):
                (folder / f"{number}" / f"{other}").write_bytes(content)
        _git(folder, "init", "--quiet")
        _git(folder, "config", "core.autocrlf", autocrlf)
        _git(folder, "config", "core.safecrlf", "false")
        _git(folder, "add", "--all")
        assert contents(work_tree(folder)) == index_of(folder)


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.mark.parametrize("inner", ["", "teams/launches"])
@pytest.mark.parametrize("attributes", ["* text=auto", "* text", ""])
def test_a_file_that_was_added_with_crlf_keeps_it_where_git_keeps_it(
    empty: Path, git: Git, write: Write, attributes: str, inner: str
) -> None:
    root = empty / inner
    write(root, {"old.txt": b"one\r\n", "mixed.txt": b"one\r\ntwo\n"})
    git(empty, "add", "--all")
    write(empty, {".gitattributes": attributes})
    write(root, {"old.txt": b"one\r\ntwo\r\n", "mixed.txt": b"1\r\n", "new.txt": b"new\r\n"})
    git(empty, "config", "core.autocrlf", "true")
    here = contents(work_tree(root))
    git(empty, "add", "--all")
    stored = {path.removeprefix(f"{inner}/"): data for path, data in index_of(empty).items()}
    assert here == stored
    assert here["new.txt"] == b"new\n"
    assert here["old.txt"] == (b"one\ntwo\n" if attributes == "* text" else b"one\r\ntwo\r\n")


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [
        ("UTF-16", "utf-16"),
        ("utf16", "utf-16"),
        ("UTF-16LE", "utf-16-le"),
        ("UTF-16BE", "utf-16-be"),
        ("UTF-16LE-BOM", "utf-16"),
        ("UTF-32", "utf-32"),
        ("GBK", "gbk"),
        ("UTF-8", "utf-8"),
    ],
)
def test_a_file_in_another_encoding_is_what_git_makes_of_it(
    empty: Path, git: Git, write: Write, encoding: str, codec: str
) -> None:
    content = "验收,通过\r\n第二行\r\n".encode(codec)
    write(empty, {".gitattributes": f"* text working-tree-encoding={encoding}\n", "a": content})
    here = contents(work_tree(empty))
    git(empty, "add", "a")
    assert here["a"] == index_of(empty)["a"] == "验收,通过\n第二行\n".encode()


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("UTF-16", b"plain"),
        ("UTF16", b"plain"),
        ("UTF-16", "无标记".encode("utf-16-le")),
        ("UTF-16LE", "有标记".encode("utf-16")),
        ("UTF-8x", b"plain"),
        ("rot13", b"plain"),
        ("GBK", b"\xff\xff"),
    ],
)
def test_a_file_that_is_not_in_its_encoding_is_undecided_as_git_refuses_it(
    empty: Path, git: Git, write: Write, encoding: str, content: bytes
) -> None:
    write(empty, {".gitattributes": f"a working-tree-encoding={encoding}\n", "a": content})
    with pytest.raises(AssertionError):
        git(empty, "add", "a")
    with pytest.raises(UndecidedError) as caught:
        contents(work_tree(empty))
    assert encoding in caught.value.problem.en
    assert encoding in caught.value.problem.zh


@pytest.mark.parametrize("place", [".git/config", "home"])
@pytest.mark.parametrize("kind", ["clean", "process"])
def test_a_clean_filter_is_never_run_and_the_file_is_undecided(
    empty: Path, git: Git, write: Write, tmp_path: Path, place: str, kind: str
) -> None:
    trap = tmp_path / "ran"
    write(empty, {".gitattributes": "*.txt filter=trap\n", "a.txt": "a\n", "b.csv": "b\n"})
    scope = "--local" if place == ".git/config" else "--global"
    git(empty, "config", scope, f"filter.trap.{kind}", f"touch {trap}; cat")
    with pytest.raises(UndecidedError) as caught:
        contents(work_tree(empty))
    assert not trap.exists()
    assert "trap" in caught.value.problem.en
    write(empty, {".gitattributes": "*.txt filter=trap\na.txt -filter\n"})  # as the remedy says
    assert contents(work_tree(empty))["a.txt"] == b"a\n"


def test_what_git_lfs_would_store_is_a_pointer_here_too(
    empty: Path, git: Git, write: Write
) -> None:
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'a' * 64}\nsize 3\n"
    write(empty, {".gitattributes": "*.png filter=lfs -text\n", "a.png": "x" * 9, "b.png": pointer})
    assert contents(work_tree(empty))["a.png"] == b"x" * 9  # git lfs install was never run
    git(empty, "config", "--global", "filter.lfs.process", "git-lfs filter-process")
    found = contents(work_tree(empty))
    digest = hashlib.sha256(b"x" * 9).hexdigest()
    assert found["a.png"] == pointer.replace("a" * 64, digest).replace("3\n", "9\n").encode()
    assert found["b.png"] == pointer.encode()


@pytest.mark.parametrize("name", ["core.autocrlf", "core.attributesFile"])
def test_settings_of_the_system_count_as_they_do_for_git_add(
    empty: Path, git: Git, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    system = tmp_path / "system"
    (tmp_path / "attributes").write_text("* text\n")
    value = "true" if name == "core.autocrlf" else str(tmp_path / "attributes")
    git(empty, "config", "--file", str(system), name, value)
    monkeypatch.delenv("GIT_CONFIG_NOSYSTEM")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", str(system))
    write(empty, {"a": b"a\r\n"})
    assert contents(work_tree(empty))["a"] == b"a\n"
    git(empty, "add", "a")
    assert index_of(empty)["a"] == b"a\n"


def test_attributes_of_many_files_cost_one_process(
    empty: Path, write: Write, counted: tuple[dict[str, str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    environ, log = counted
    monkeypatch.setenv("PATH", environ["PATH"])
    write(empty, {f"folder {n % 7}/file\n{n}": b"a\r\n" for n in range(200)})
    write(empty, {".gitattributes": "* text\n"})
    snapshot = work_tree(empty)
    for _ in range(3):
        assert set(contents(snapshot).values()) == {b"a\n"}
    assert len(log.read_text().splitlines()) <= 3  # rev-parse, config, check-attr


def test_outside_of_git_files_are_what_they_are(tmp_path: Path, write: Write) -> None:
    write(tmp_path, {".gitattributes": "* text\n", "a": b"a\r\n"})
    assert contents(work_tree(tmp_path))["a"] == b"a\r\n"


def test_files_that_are_not_read_cost_no_other_its_own_attributes(tmp_path: Path) -> None:
    """Attributes are asked for ahead: for many long paths, some of files that are too large."""
    _git(tmp_path, "init", "--quiet")
    (tmp_path / ".gitattributes").write_text("*.text text\n")
    for number in range(150):
        ending = "text" if number % 2 else "raw"
        content = b"x" * 40 if number % 3 == 0 else b"a\r\n"
        (tmp_path / f"{'long-' * 30}{number:03}.{ending}").write_bytes(content)
    snapshot = work_tree(tmp_path)
    entries = [entry for entry in snapshot.entries() if entry.path.startswith("long")]
    blobs = list(snapshot.read(entries, 30))
    stored = {"text": b"a\n", "raw": b"a\r\n"}
    assert [blob.data for blob in blobs] == [
        None if number % 3 == 0 else stored["text" if number % 2 else "raw"]
        for number in range(150)
    ]
