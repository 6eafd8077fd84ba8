from __future__ import annotations

import pytest

from launchpolicy.hosts.file_names import (
    UNREADABLE,
    asked_folder,
    checked_name,
    require_regular,
    steps,
)
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, SnapshotEntry


def test_a_name_that_is_not_utf_8_is_shown_and_cannot_be_read() -> None:
    found = checked_name(b"launches/caf\xe9.yaml", "100644", "0" * 40)
    assert found == SnapshotEntry("launches/caf\\xe9.yaml", UNREADABLE, "")
    assert UNREADABLE not in REGULAR_MODES


def test_a_name_in_chinese_is_kept() -> None:
    path = "launches/上线申请/request.yaml"
    assert checked_name(path.encode(), "100644", "") == SnapshotEntry(path, "100644", "")


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../secret",
        "launches/../../secret",
        "launches/./request.yaml",
        "launches//request.yaml",
        "launches/",
        ".git/config",
        "launches/.git/config",
        "launches/\0.yaml",
        "launches/\udce9.yaml",
    ],
)
def test_e1_a_path_that_leads_elsewhere_leads_nowhere(path: str) -> None:
    assert steps(path) is None


@pytest.mark.parametrize("folder", ["/", "..", ".", "./launches", "/launches", "a//b", "x/\0"])
def test_asking_for_an_impossible_folder_is_an_error_and_not_an_empty_answer(folder: str) -> None:
    with pytest.raises(UsageError) as caught:
        asked_folder(folder)
    assert "launches/LR-2026-0042" in caught.value.remedy.zh


@pytest.mark.parametrize(
    ("folder", "expected"), [("", []), ("launches", ["launches"]), ("a/b/", ["a", "b"])]
)
def test_a_folder_may_end_in_a_slash(folder: str, expected: list[str]) -> None:
    assert asked_folder(folder) == expected


@pytest.mark.parametrize("mode", ["120000", "160000", "040000", UNREADABLE])
def test_only_regular_files_may_be_read(mode: str) -> None:
    with pytest.raises(ValueError, match="not a regular file"):
        require_regular([SnapshotEntry("a", "100644", ""), SnapshotEntry("b", mode, "")])
